const { availableParallelism } = require('node:os');

/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	// Most tests wait for real pauses; with two cores jest would run them one after the other.
	maxWorkers: Math.max(2, availableParallelism() - 1),
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.ts'],
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
	// Far above what a test takes: a busy machine may take its time.
	testTimeout: 60_000,
};
