/* The node above the providers: built by hand, failing over, answering, and asking, with the phones beside it. */
import { sleep } from '../../scripts/n8n/process';
import { providerOf } from '../support/providers';
import { EditorPage } from './editor/editorPage';
import { PhonePage } from './editor/phonePage';
import { expect, fact, openPage, test as base } from './support/fixtures';
import { chain, manualTrigger, node, ourNode } from './support/nodes';
import { chromium, NO_CHROMIUM, screenshotsFolder } from './support/settings';

/** Long enough for a second bubble to appear, if there were one. */
const SETTLE_MS = 2_000;

/** A customer whom the sandbox does not know. */
const CUSTOMER = '6281234500077';

const NODE = 'WhatsApp Gateways';

interface PhoneFixtures {
	phone: PhonePage;
}

const test = base.extend<PhoneFixtures>({
	phone: async ({ page, stage }, use) => {
		const phone = new PhonePage(page, stage.sandbox.url);
		await phone.goto();
		await use(phone);
	},
});

test.skip(chromium === undefined, NO_CHROMIUM);

let editor: EditorPage;

test.beforeAll(async ({ browser, stage }) => {
	editor = new EditorPage(await openPage(browser, stage), stage.n8n.url, screenshotsFolder);
});
test.afterAll(async () => await editor.page.context().close());

// What is built in the first test is used in those after it.
test.describe.serial('a text through Chatalo, or else Wapio', () => {
	const text = 'Your table is ready.';

	test.afterAll(({ stage: { sandbox } }) => {
		const [device] = sandbox.control.devices('chatalo');
		// Also after a failure: other tests send through it.
		if (device) sandbox.control.setDeviceStatus('chatalo', device.id, 'AUTHENTICATED');
	});

	test('the node is built by hand: providers, their credentials, their phones, recipient, and text', async ({
		stage,
	}) => {
		const { panel } = editor;
		await editor.newWorkflow();
		await editor.addNode(NODE, 'Actions', /^\s*Send a text message\s*$/);
		expect((await panel.labels()).slice(0, 3)).toEqual(['Resource', 'Operation', 'Providers']);
		await panel.chooseSeveral('providers', ['Chatalo', 'Wapio']);
		expect(await panel.chosen('providers')).toEqual(['Chatalo', 'Wapio']);
		for (const [type, label] of [
			['chataloApi', 'Chatalo API'],
			['wapioApi', 'Wapio API'],
		] as const) {
			const [{ name = '' } = {}] = Object.values(stage.credentialOf(type) ?? {});
			await panel.chooseCredential(name, label);
		}
		for (const field of ['chataloDevices', 'wapioSessions']) {
			const [entry = ''] = await panel.entriesOf(field);
			fact(field, entry);
			await panel.chooseSeveral(field, [entry]);
			expect(await panel.chosen(field), field).toHaveLength(1);
		}
		await panel.fill({ phoneNumber: CUSTOMER, text });
		fact('labels', await panel.labels());
		await editor.picture('gateways-built', 'ndv');
	});

	test('the first phone is logged out: the message is at the second, once', async ({ phone, stage }) => {
		await phone.openAccount({ provider: 'Chatalo' });
		await phone.setLoggedIn(false);
		await editor.panel.execute();
		await editor.panel.expectOneItem();
		await editor.panel.showJson();
		await editor.panel.expectOutput(/"provider":\s*"wapio"/);
		await editor.panel.expectOutput(
			/"attempts":\s*\[\s*\{\s*"provider":\s*"chatalo",\s*"outcome":\s*"refused",\s*"reason":\s*"disconnected"\s*\},\s*\{\s*"provider":\s*"wapio",\s*"outcome":\s*"accepted"/,
		);
		await editor.picture('gateways-failed-over', 'ndv');
		await phone.openChat({ provider: 'Wapio' }, CUSTOMER);
		await expect(phone.bubble(text)).toHaveCount(1);
		await sleep(SETTLE_MS);
		await expect(phone.bubble(text)).toHaveCount(1);
		expect(stage.sandbox.control.messages('chatalo').filter((sent) => sent.text === text)).toEqual([]);
	});

	test('the next run skips the first', async ({ phone }) => {
		await editor.panel.execute();
		await editor.panel.expectOutput(/"outcome":\s*"skipped"/);
		await editor.panel.expectOutput(/"reason":\s*"disconnected"/);
		await phone.openChat({ provider: 'Wapio' }, CUSTOMER);
		await expect(phone.bubble(text)).toHaveCount(2);
	});

	test('a wrong number stops at once: the editor names the field, and nobody is asked', async ({ stage }) => {
		const { control } = stage.sandbox;
		const before = control.requests().length;
		await editor.panel.fill({ phoneNumber: '12' });
		await editor.panel.execute();
		await editor.panel.expectOutput(/Phone Number: /);
		expect(
			control
				.requests()
				.slice(before)
				.map(({ path }) => path),
		).toEqual([]);
		await editor.picture('gateways-refused', 'ndv');
	});

	test('the order is under the node, and the same after the page is loaded again', async () => {
		await editor.panel.close();
		const subtitle = editor.page.getByText('Send Text: Chatalo → Wapio');
		await expect(subtitle).toBeVisible();
		await editor.picture('gateways-canvas');
		await editor.page.reload();
		await expect(subtitle).toBeVisible();
		await editor.panel.open('Send a text message');
		expect(await editor.panel.chosen('providers')).toEqual(['Chatalo', 'Wapio']);
		// Before a credential is chosen, the editor already tries to list the provider's phones.
		const others = editor.errors.filter((error) => !error.includes('/rest/dynamic-node-parameters/options'));
		expect(others, 'errors of the editor').toEqual([]);
	});
});

test('a reply goes back through the provider that received the message, behind an agent that drops the event', async ({
	model,
	phone,
	stage,
}) => {
	const { api } = stage.n8n;
	const id = 'e2eGatewaysReply';
	const webhookIds = {
		chatalo: '2b8e5c1a-7d4f-4e7b-9a1c-5f0d3c2b1a01',
		wapio: '2b8e5c1a-7d4f-4e7b-9a1c-5f0d3c2b1a02',
	};
	const triggers = (['chatalo', 'wapio'] as const).map((provider) => {
		const { session } = providerOf(provider).bench.sendText as { session?: unknown };
		const events = session === undefined ? {} : { session };
		return ourNode(stage, `${provider} in`, `${provider}Trigger`, events, { webhookId: webhookIds[provider] });
	});
	const openAiApi = {
		id: await api.createCredential({
			name: 'Model of the replies',
			type: 'openAiApi',
			data: { apiKey: 'none', url: model.url },
		}),
		name: 'Model of the replies',
	};
	const agent = node(
		'AI Agent',
		'@n8n/n8n-nodes-langchain.agent',
		{ promptType: 'define', text: '={{ $json.text }}', options: {} },
		{ typeVersion: 3.1 },
	);
	const chatModel = node(
		'Model',
		'@n8n/n8n-nodes-langchain.lmChatOpenAi',
		{ model: { __rl: true, mode: 'id', value: 'scripted' }, options: {} },
		{ typeVersion: 1.2, credentials: { openAiApi } },
	);
	const reply = ourNode(stage, 'Reply', 'whatsAppGateways', {
		providers: ['chatalo', 'wapio'],
		operation: 'reply',
		text: '={{ $json.output }}',
	});
	const to = (name: string, type = 'main') => ({ [type]: [[{ node: name, type, index: 0 }]] });
	await stage.store([
		{
			id,
			name: 'Reply through the provider that received',
			settings: { executionOrder: 'v1' },
			nodes: [...triggers, agent, chatModel, reply],
			connections: {
				...Object.fromEntries(triggers.map(({ name }) => [name, to(agent.name)])),
				[chatModel.name]: to(agent.name, 'ai_languageModel'),
				[agent.name]: to(reply.name),
			},
		},
	]);
	await api.publish(id);
	try {
		for (const provider of ['Chatalo', 'Wapio']) {
			const answer = `Yes, until six, says the agent of ${provider}.`;
			model.script({ text: answer });
			await phone.openAccount({ provider });
			await phone.write('Are you open today?');
			await expect(phone.bubble(answer)).toHaveCount(1, { timeout: 60_000 });
			await sleep(SETTLE_MS);
			await expect(phone.bubble(answer)).toHaveCount(1);
			expect(stage.sandbox.control.messages().filter((sent) => sent.text === answer)).toMatchObject([
				{ provider: provider.toLowerCase() },
			]);
		}
	} finally {
		await api.unpublish(id);
	}
});

test('a question goes out through the second provider, and the link in its bubble continues the workflow', async ({
	phone,
	stage,
}) => {
	const { api } = stage.n8n;
	const id = 'e2eGatewaysAsk';
	const question = 'Approve invoice INV-9?';
	const ask = ourNode(
		stage,
		'Ask',
		'whatsAppGateways',
		{
			providers: ['chatalo', 'wapio'],
			operation: 'sendAndWait',
			chataloDevices: [stage.sandbox.control.devices('chatalo')[0]?.id],
			phoneNumber: CUSTOMER,
			message: question,
			options: { skipFailedFor: 0 },
		},
		{ webhookId: '2b8e5c1a-7d4f-4e7b-9a1c-5f0d3c2b1a03' },
	);
	await stage.store([{ id, name: 'Ask through whoever can', ...chain(manualTrigger('Start'), ask) }]);
	await phone.openAccount({ provider: 'Chatalo' });
	await phone.setLoggedIn(false);
	try {
		const execution = await api.runManually(id, 'Start');
		await api.waiting(execution);
		await phone.openChat({ provider: 'Wapio' }, CUSTOMER);
		const bubble = phone.bubble(question);
		await expect(bubble).toHaveCount(1);
		const page = await phone.follow(bubble.getByRole('link').first());
		expect((await api.execution(execution)).status, 'status after the page was opened').toBe('waiting');
		await page.getByRole('button').click();
		await expect(page.getByRole('button'), 'the page after the choice').toHaveCount(0);
		const { status, data } = await api.finished(execution);
		expect(status, 'status').toBe('success');
		expect(data, 'the choice in the output').toContain('"approved":true');
		expect(stage.sandbox.control.messages('chatalo').filter((sent) => sent.text?.startsWith(question))).toEqual([]);
		await expect(phone.bubble(question)).toHaveCount(1);
	} finally {
		await phone.openAccount(/not connected/);
		await phone.setLoggedIn(true);
	}
});
