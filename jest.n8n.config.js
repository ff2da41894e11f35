const config = require('./jest.config.js');

// For jest's workers as well, which inherit it.
process.env.TESTED_TRANSPORT = 'n8n';

/**
 * The tests of everything that sends, on the transport of the single-provider packages: n8n's own HTTP helper.
 *
 * @type {import('jest').Config}
 */
module.exports = {
	...config,
	testMatch: [
		'**/unit/http/{answer,fetchFile,gathered,multipart,timeLimit,n8nTransport,n8nWebSocket}.test.ts',
		'**/contracts/contracts.test.ts',
		'**/providers/**/*.test.ts',
		'**/response/*.test.ts',
		'**/onceOnly.test.ts',
		'**/preparedAhead.test.ts',
	],
	moduleNameMapper: { ...config.moduleNameMapper, '^(.*)/transport/transportFor$': '$1/n8n/transportFor' },
};
