// Stands in for "fast-check" in every test file, so that all its properties use the seed of the run: see jest.config.js.
const library = require(PROPERTIES.library);
library.configureGlobal({ seed: PROPERTIES.seed });
module.exports = library;
