const { availableParallelism } = require('node:os');
const { propertySeed } = require('./test/support/propertySeed.cjs');

/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	// A process that holds much collects garbage slowly.
	workerIdleMemoryLimit: '600MB',
	// Most tests wait for real pauses, so there is work for more than there are cores.
	maxWorkers: Math.max(7, availableParallelism()),
	testSequencer: '<rootDir>/test/support/longestFirst.cjs',
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.ts'],
	moduleNameMapper: { '^fast-check$': '<rootDir>/test/support/fastCheck.cjs' },
	globals: { PROPERTIES: { seed: propertySeed(), library: require.resolve('fast-check') } },
	transform: {
		'^.+\\.ts$': [
			'@swc/jest',
			{
				jsc: { parser: { syntax: 'typescript', decorators: true }, target: 'es2022' },
				module: { type: 'commonjs' },
			},
		],
	},
	setupFiles: ['<rootDir>/test/support/setup.ts'],
	setupFilesAfterEnv: ['<rootDir>/test/support/checkedEvents.ts'],
	// Far above what a test takes: a busy machine may take its time.
	testTimeout: 60_000,
};
