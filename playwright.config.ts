/* The tests against a real n8n: `npm run e2e`, or `npx playwright test -g "words of a test's name"`. */
import { defineConfig } from '@playwright/test';
import type { N8nOptions } from './test/e2e/support/fixtures';
import { chromium, screenshotsFolder } from './test/e2e/support/settings';

const minutes = 60_000;
// Nobody asked for pictures: their tests would only be listed as skipped.
const withoutPictures = screenshotsFolder === undefined ? ['**/screenshots*.e2e.ts'] : [];

export default defineConfig<object, N8nOptions>({
	testDir: 'test/e2e',
	testMatch: '**/*.e2e.ts',
	outputDir: '.cache/e2e/results',
	// Its advice is to run tests in parallel.
	reportSlowTests: null,
	reporter: [['list'], ['html', { outputFolder: '.cache/e2e/report', open: 'never' }]],
	// One n8n and one sandbox, which the tests share.
	workers: 1,
	forbidOnly: true,
	// A second try would hide a message that was sent twice.
	retries: 0,
	// Far above what a test takes: a busy machine may take its time.
	timeout: 10 * minutes,
	expect: { timeout: 30_000 },
	use: {
		testIdAttribute: 'data-test-id',
		viewport: { width: 1440, height: 900 },
		actionTimeout: 2 * minutes,
		navigationTimeout: 2 * minutes,
		trace: 'retain-on-failure',
		screenshot: 'only-on-failure',
		launchOptions: {
			// A path that is always set keeps Playwright from looking for browsers of its own.
			executablePath: chromium ?? 'chromium',
			args: [
				'--no-sandbox',
				'--disable-gpu',
				'--disable-quic',
				'--no-first-run',
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync',
			],
		},
	},
	projects: [
		{ name: 'n8n 2', testIgnore: withoutPictures, use: { n8nLine: '2' } },
		{
			// n8n 2 registers triggers in one of two ways, and both are in use.
			name: 'n8n 2 without its publication service',
			testMatch: '**/trigger.e2e.ts',
			use: { n8nLine: '2', n8nEnv: { N8N_USE_WORKFLOW_PUBLICATION_SERVICE: 'false' } },
		},
		{
			name: 'n8n 1.123',
			// The editor of n8n 1 is a different one, the phone needs no n8n, and n8n Cloud is n8n 2.
			testIgnore: [
				...[
					'editor',
					'panels',
					'chat',
					'firstWorkflow',
					'gateways',
					'phone',
					'screenshots.docs',
					'singlePackages',
				].map((name) => `**/${name}.e2e.ts`),
				...withoutPictures,
			],
			use: { n8nLine: '1.123' },
		},
	],
});
