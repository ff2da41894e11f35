/* What a builder sees: the example workflows, the panel of each of our nodes, lists that open, the credentials. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { name as packageName } from '../../package.json';
import { readWorkflows } from '../../scripts/n8n/content';
import { credentialTypesOf, providerNames } from './providers';
import { publishExamples, unpublishExamples } from './support/examples';
import { expect, known, openPage, test as base } from './support/fixtures';
import { screenshotsFolder } from './support/settings';

/** Long enough for the editor's animations. */
const CALM_MS = 1_200;

const slug = (name: string) =>
	name
		.toLowerCase()
		.replaceAll(/[^a-z0-9]+/g, '-')
		.replaceAll(/^-|-$/g, '');

/** A page that is logged in; each test fails where its page reports an error. */
const test = base.extend({
	page: async ({ browser, stage }, use) => {
		const page = await openPage(browser, stage);
		const errors: string[] = [];
		page.on('pageerror', (error) => errors.push(error.message));
		await use(page);
		await page.context().close();
		expect(errors, 'errors that the page reported').toEqual([]);
	},
});

async function picture(page: Page, name: string): Promise<void> {
	await page.waitForTimeout(CALM_MS);
	await page.screenshot({ path: path.join(screenshotsFolder ?? '', `${name}.png`) });
}

async function openWorkflow(page: Page, url: string): Promise<void> {
	await page.goto(url);
	await page.getByTestId('canvas-node').first().waitFor();
	await page.waitForTimeout(CALM_MS);
	// n8n opens a list of advice over a published workflow.
	const advice = ['.n8n-popover button', '[data-test-id^="suggested-action"][data-test-id$="-close"]'];
	const close = page.locator(advice.join());
	if ((await close.count()) > 0)
		await close
			.first()
			.click({ timeout: 1_000 })
			.catch(() => undefined);
}

async function openNode(page: Page, name: string): Promise<Locator> {
	const node = page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	await node.first().dblclick();
	const panel = page.getByTestId('node-parameters').first();
	await panel.waitFor();
	return panel;
}

/** Opens each list of the panel and takes its picture; fails where one shows an error or nothing. */
async function openLists(page: Page, panel: Locator, name: string): Promise<void> {
	// Only a field that is set to "From list" has an input that nothing can be typed into.
	const inputs = panel.getByTestId('rlc-input-container').locator('input[readonly]');
	for (let index = 0; index < (await inputs.count()); index++) {
		await inputs.nth(index).scrollIntoViewIfNeeded();
		await inputs.nth(index).click();
		const error = page.getByTestId('rlc-error-container');
		await expect(page.getByTestId('rlc-item').or(error).first()).toBeAttached();
		await picture(page, `${name}-list-${index + 1}`);
		await expect(error, 'errors in the list').toHaveCount(0);
		await page.keyboard.press('Escape');
	}
}

test.beforeAll(async ({ stage }) => {
	mkdirSync(screenshotsFolder ?? '', { recursive: true });
	await publishExamples(stage);
});
test.afterAll(async ({ stage }) => await unpublishExamples(stage));

for (const workflow of readWorkflows()) {
	test.describe(workflow.name, () => {
		test('the workflow opens', async ({ page, stage }) => {
			await openWorkflow(page, `${stage.n8n.url}/workflow/${workflow.id}`);
			await picture(page, slug(workflow.name));
		});
		for (const { name } of workflow.nodes.filter(({ type }) => type.startsWith(`${packageName}.`))) {
			test(`the panel of "${name}" opens, with its lists`, async ({ page, stage }) => {
				await openWorkflow(page, `${stage.n8n.url}/workflow/${workflow.id}`);
				const panel = await openNode(page, name);
				const prefix = `${slug(workflow.name)}-${slug(name)}`;
				await picture(page, prefix);
				await openLists(page, panel, prefix);
			});
		}
	});
}

for (const type of providerNames.flatMap(credentialTypesOf)) {
	test(`the credential of type ${type} opens`, async ({ page, stage }) => {
		const { id: fileId, name } = known(
			stage.credentials.find((each) => each.type === type),
			`credential of type ${type}`,
		);
		await page.goto(`${stage.n8n.url}/home/credentials/${stage.credentialIds.get(fileId)}`);
		await page.getByTestId('credential-edit-dialog').first().waitFor();
		await page.waitForTimeout(CALM_MS);
		await picture(page, `credential-${slug(name)}`);
	});
}
