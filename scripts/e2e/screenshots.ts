/* What a builder sees: the example workflows, the panel of each of our nodes, lists that open, the credential. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { readWorkflows } from '../n8n/content';
import { withPage, type Page } from './browser';
import { ensure, equal, type Checks } from './checks';
import type { Stage } from './stage';

const byTestId = (id: string) => `[data-test-id="${id}"]`;

/** Long enough for the editor's animations. */
const CALM_MS = 1_200;

const slug = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '');

async function closePopups(page: Page): Promise<void> {
	// n8n opens a list of advice over a published workflow.
	const close = page.locator('.n8n-popover button, [data-test-id="suggested-action-close"], [data-test-id="suggested-actions-close"]');
	if ((await close.count()) > 0) await close.first().click({ timeout: 1_000 }).catch(() => undefined);
}

async function openWorkflow(page: Page, url: string): Promise<void> {
	await page.goto(url);
	await page.locator(byTestId('canvas-node')).first().waitFor({ timeout: 60_000 });
	await page.waitForTimeout(CALM_MS);
	await closePopups(page);
}

async function openNode(page: Page, name: string): Promise<void> {
	await page.locator(`${byTestId('canvas-node')}[data-node-name="${name}"]`).first().dblclick();
	await page.locator(byTestId('node-parameters')).first().waitFor({ timeout: 10_000 });
	await page.waitForTimeout(CALM_MS);
}

/** Opens each list of the panel, takes its picture, and answers with how many entries each one showed. */
async function openLists(page: Page, picture: (name: string) => Promise<void>): Promise<number[]> {
	// Only a field that is set to "From list" has an input that cannot be typed into.
	const inputs = page.locator(`${byTestId('node-parameters')} ${byTestId('rlc-input-container')} input[readonly]`);
	const sizes: number[] = [];
	for (let index = 0; index < (await inputs.count()); index++) {
		await inputs.nth(index).scrollIntoViewIfNeeded();
		await inputs.nth(index).click();
		await page.locator(`${byTestId('rlc-item')}, ${byTestId('rlc-error-container')}`).first().waitFor({ timeout: 10_000 }).catch(() => undefined);
		await page.waitForTimeout(CALM_MS);
		await picture(`list-${index + 1}`);
		equal(await page.locator(byTestId('rlc-error-container')).count(), 0, 'errors in the list');
		sizes.push(await page.locator(byTestId('rlc-item')).count());
		await page.keyboard.press('Escape');
	}
	return sizes;
}

/** Takes the pictures; each that cannot be taken is a failed check. */
export async function takeScreenshots(stage: Stage, checks: Checks, options: { folder: string; browser?: string }): Promise<void> {
	mkdirSync(options.folder, { recursive: true });
	const { url, api } = stage.n8n;
	checks.about('The editor');
	await withPage(stage.installation, { url, cookie: api.loginCookie, browser: options.browser }, async (page) => {
		const errors: string[] = [];
		page.on('pageerror', (error) => errors.push(error.message));
		const picture = async (name: string) => void (await page.screenshot({ path: path.join(options.folder, `${name}.png`) }));

		for (const workflow of readWorkflows()) {
			const address = `${url}/workflow/${workflow.id}`;
			await checks.check(`the workflow "${workflow.name}" opens`, async () => {
				await openWorkflow(page, address);
				await picture(slug(workflow.name));
			});
			for (const node of workflow.nodes.filter(({ type }) => type.startsWith(`${stage.packageName}.`))) {
				await checks.check(`the panel of "${node.name}" opens, with its lists`, async () => {
					// Anew for each node: a panel that is left open changes how the next one opens.
					await openWorkflow(page, address);
					await openNode(page, node.name);
					const name = `${slug(workflow.name)}-${slug(node.name)}`;
					await picture(name);
					const sizes = await openLists(page, async (list) => await picture(`${name}-${list}`));
					ensure(sizes.every((size) => size > 0), `Entries in the lists: ${sizes.join(', ')}`);
				});
			}
		}
		for (const { id, name } of await api.credentials()) {
			await checks.check(`the credential "${name}" opens`, async () => {
				await page.goto(`${url}/home/credentials/${id}`);
				await page.locator(byTestId('credential-edit-dialog')).first().waitFor({ timeout: 30_000 });
				await page.waitForTimeout(2 * CALM_MS);
				await picture(`credential-${slug(name)}`);
			});
		}
		await checks.check('the page reported no errors', () => equal(errors, [], 'errors'));
	});
}
