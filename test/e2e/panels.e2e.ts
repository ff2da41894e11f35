/* The panels of our nodes as a builder sees them: the order of the fields, and the hints that show without hovering. */
import type { ProviderName } from '../../sandbox';
import { routedResources } from '../../nodes/WhatsAppGateways/operations';
import { findOperation } from '../../nodes/shared/operations/define/gateway';
import { providerOf } from '../support/providers';
import { EditorPage } from './editor/editorPage';
import { providerNames } from './providers';
import { expect, known, openPage, test } from './support/fixtures';
import { chromium, NO_CHROMIUM, screenshotsFolder } from './support/settings';

/** Tall enough for all fields of a panel. */
const VIEWPORT = { width: 1440, height: 1150 };

interface Panel {
	provider: ProviderName;
	resource: string;
	operation: string;
}

const text = (provider: ProviderName): Panel => {
	const { textTool } = providerOf(provider).e2e;
	return { provider, resource: textTool.resource as string, operation: textTool.operation as string };
};

const question = (provider: ProviderName): Panel => {
	return { provider, resource: providerOf(provider).sendAndWait.resource, operation: 'sendAndWait' };
};

const actionOf = ({ provider, resource, operation }: Panel): string =>
	findOperation(providerOf(provider).gateway, resource, operation).action;

test.skip(chromium === undefined, NO_CHROMIUM);

/** Opens the panel of a new node, takes its picture, and leaves it open for the test. */
async function withPanel(editor: EditorPage, panel: Panel, look: () => Promise<void>): Promise<void> {
	await editor.newWorkflow();
	await editor.addNode(providerOf(panel.provider).name, 'Actions', new RegExp(`^\\s*${actionOf(panel)}\\s*$`));
	await editor.picture(`${panel.provider}-${panel.resource}-${panel.operation}`.toLowerCase(), 'node-parameters');
	await look();
}

let editor: EditorPage;

test.beforeAll(async ({ browser, stage }) => {
	const page = await openPage(browser, stage);
	await page.setViewportSize(VIEWPORT);
	editor = new EditorPage(page, stage.n8n.url, screenshotsFolder);
});
test.afterAll(async () => await editor.page.context().close());

for (const panel of providerNames.flatMap((provider) => [text(provider), question(provider)])) {
	const { provider, operation } = panel;
	test(`${provider}, ${operation}: Options come last, and the number's hint is visible`, async () => {
		await withPanel(editor, panel, async () => {
			const labels = await editor.panel.labels();
			expect(labels.at(-1), labels.join(', ')).toBe('Options');
			expect(labels.filter((label) => label === 'Options')).toHaveLength(1);
			await expect(editor.panel.field('phoneNumber')).toContainText(/country code/i, { useInnerText: true });
			if (operation !== 'sendAndWait') return;
			const places = ['Phone Number', 'Message', 'Options'].map((label) => labels.indexOf(label));
			expect(places[0], labels.join(', ')).toBeGreaterThan(-1);
			expect(places, labels.join(', ')).toEqual([...places].sort((one, other) => one - other));
		});
	});
}

for (const { operation } of routedResources.flatMap(({ operations }) => operations)) {
	test(`WhatsApp Gateways, ${operation.value}: Providers come first, their phones next, Options last`, async () => {
		await editor.newWorkflow();
		await editor.addNode('WhatsApp Gateways', 'Actions', new RegExp(`^\\s*${operation.action}\\s*$`));
		await editor.panel.chooseSeveral('providers', ['Wapio', 'Chatalo']);
		await editor.picture(`gateways-${operation.value}`.toLowerCase());
		const labels = await editor.panel.labels();
		const isReply = operation.value === 'reply';
		const phones = isReply ? [] : ['Chatalo Device Names or IDs', 'Wapio Session Names or IDs'];
		const first = ['Resource', 'Operation', 'Providers', ...phones];
		expect(labels.slice(0, first.length), labels.join(', ')).toEqual(first);
		expect(labels.filter((label) => label === 'Options')).toHaveLength(1);
		expect(labels.at(-1), labels.join(', ')).toBe('Options');
		const parts = [/Credential for Chatalo API/, /Credential for Wapio API/, /one credential per provider/];
		const words = await editor.at('node-parameters').innerText();
		const places = [/^Providers$/m, ...parts, /^(Chatalo Device|Text)/m].map((part) => words.search(part));
		expect(places, words).not.toContain(-1);
		expect(places, words).toEqual([...places].sort((one, other) => one - other));
		if (isReply) return;
		await expect(editor.panel.field('providers')).toContainText(/left to right/, { useInnerText: true });
	});
}

test('Wapio, Send Location: no coordinates are filled in', async () => {
	const panel: Panel = { provider: 'wapio', resource: 'message', operation: 'sendLocation' };
	await withPanel(editor, panel, async () => {
		const labels = await editor.panel.labels();
		expect(labels.at(-1), labels.join(', ')).toBe('Options');
		const values = await editor.panel.valuesOf(['latitude', 'longitude']);
		expect(Object.values(values).filter((value) => value !== '')).toEqual([]);
	});
});

test('a field with text to write has an example in it', async () => {
	for (const provider of providerNames) {
		await withPanel(editor, text(provider), async () => {
			const names = ['text', 'message'];
			const fields = names.map((name) => editor.panel.field(name).locator('textarea'));
			const present = (await Promise.all(fields.map(async (field) => await field.count()))).findIndex(Boolean);
			const field = known(fields[present], `field for the text of ${provider}`);
			expect(await field.getAttribute('placeholder'), provider).toMatch(/\S/);
		});
	}
});
