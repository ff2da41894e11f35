// Makes jest write its results down as JSON. `npm cit` hands no arguments on to the tests, so they come in by NODE_OPTIONS.
const [, script = ''] = process.argv;
if (/[\\/]jest(\.js)?$/.test(script)) process.argv.push('--json', `--outputFile=${process.env.JEST_RESULTS}`);
