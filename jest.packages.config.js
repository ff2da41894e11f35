const path = require('node:path');
const base = require('./jest.config.js');
const config = require('./jest.n8n.config.js');

const { PACKED_PACKAGE: packed = '', PACKED_PROVIDER: provider = '' } = process.env;
if (!packed || !provider)
	throw new Error('Run these tests by `npm run packages -- --test`, which builds the package first.');

// One of n8n's own dependencies, as n8n finds it: n8n-workflow asks for the version that n8n ships.
const zod = path.dirname(require.resolve('zod/package.json', { paths: [require.resolve('@n8n/config/package.json')] }));
const own = `(nodes/(?:shared|${provider})/|credentials/${provider})`;

/**
 * A provider's tests on the files of its packed package: what they import of nodes and credentials comes from there, and zod
 * is the one that n8n ships.
 *
 * @type {import('jest').Config}
 */
module.exports = {
	...config,
	testMatch: [
		'**/contracts/contracts.test.ts',
		'**/providers/hostileAnswers.test.ts',
		'**/response/*.test.ts',
		'**/test/{onceOnly,preparedAhead}.test.ts',
		`**/providers/${provider.toLowerCase()}/*.test.ts`,
		`**/providers/${provider.toLowerCase()}/{operations,trigger}/*.test.ts`,
	],
	moduleNameMapper: {
		...base.moduleNameMapper,
		// No package has it; a test reads a number of it.
		'^(?:\\.\\./)+(nodes/shared/http/undici/.*)$': '<rootDir>/$1',
		[`^(?:\\.\\./)+${own}(.*)$`]: `<rootDir>/${packed}/dist/$1$2.js`,
		'^zod/v4$': `${zod}/v4/index.cjs`,
	},
};
