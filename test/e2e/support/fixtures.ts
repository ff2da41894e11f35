/* What every test file imports: Playwright's test with an n8n and a sandbox to work with. */
import { test as base, type Browser, type Page } from '@playwright/test';
import { installN8n, type N8nLine } from '../../../scripts/n8n/install';
import { type ScriptedModel, startScriptedModel } from './model';
import { setStage, type Stage } from './stage';

export { expect } from '@playwright/test';

/** Which n8n a project runs against. */
export interface N8nOptions {
	n8nLine: N8nLine;
	/** Environment variables on top of the usual ones. */
	n8nEnv: NodeJS.ProcessEnv;
}

interface WorkerFixtures {
	/** A running n8n with the package in it, and a sandbox; shared by the tests until one fails. */
	stage: Stage;
}

interface TestFixtures {
	/** A language model that says what the test tells it to. */
	model: ScriptedModel;
}

/** The first use on a machine installs n8n. */
const INSTALLATION_MS = 20 * 60_000;

export const test = base.extend<TestFixtures, N8nOptions & WorkerFixtures>({
	n8nLine: ['2', { option: true, scope: 'worker' }],
	n8nEnv: [{}, { option: true, scope: 'worker' }],
	stage: [
		async ({ n8nLine, n8nEnv }, use) => {
			const stage = await setStage(await installN8n(console.log, n8nLine), n8nEnv);
			await use(stage);
			await stage.close();
		},
		{ scope: 'worker', timeout: INSTALLATION_MS },
	],
	model: async ({}, use) => {
		const model = await startScriptedModel();
		await use(model);
		await model.close();
	},
});

/** Opens a page that is logged in to n8n. Close its context when done. */
export async function openPage(browser: Browser, { n8n }: Stage): Promise<Page> {
	const context = await browser.newContext();
	const [name = '', value = ''] = n8n.api.loginCookie.split('=');
	await context.addCookies([{ name, value, url: n8n.url }]);
	return await context.newPage();
}

/** Notes something worth knowing that is neither right nor wrong; the report shows it with the test. */
export function fact(name: string, value: unknown): void {
	const description = typeof value === 'string' ? value : JSON.stringify(value);
	test.info().annotations.push({ type: name, description });
}

/** The value, where a test cannot go on without it. */
export function known<T>(value: T | undefined, what: string): T {
	if (value === undefined) throw new Error(`There is no ${what}`);
	return value;
}
