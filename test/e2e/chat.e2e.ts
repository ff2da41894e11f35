/* A person with the sandbox's phone, and a workflow on the other end of the chat. */
import { sleep } from '../../scripts/n8n/process';
import { providerOf } from '../support/providers';
import { EditorPage } from './editor/editorPage';
import { PhonePage } from './editor/phonePage';
import { hasWebhooksByHand, providerNames } from './providers';
import { AskWorkflow, MESSAGE, PERSON } from './support/askWorkflow';
import { expect, fact, openPage, test as base } from './support/fixtures';
import { chain, manualTrigger, ourNode } from './support/nodes';
import { chromium, NO_CHROMIUM } from './support/settings';

/** Long enough for a second bubble to appear, if there were one. */
const SETTLE_MS = 2_000;

const WEBHOOK_ID = '7d1c2f0e-5b1d-4f43-9d55-0a3f8c3d2c0';

const test = base.extend<{ phone: PhonePage }>({
	phone: async ({ page, stage }, use) => {
		const errors: string[] = [];
		page.on('pageerror', (error) => errors.push(error.message));
		const phone = new PhonePage(page, stage.sandbox.url);
		await phone.goto();
		await use(phone);
		expect(errors, 'errors of the phone').toEqual([]);
	},
});

test.skip(chromium === undefined, NO_CHROMIUM);

for (const [index, provider] of providerNames.entries()) {
	const { name, bench } = providerOf(provider);

	test(`${name}: the customer writes on the phone, and the reply appears there, once`, async ({ stage, phone }) => {
		const { api, url } = stage.n8n;
		const id = `e2eChat${index}`;
		const webhookId = `${WEBHOOK_ID}${index}`;
		const { session } = bench.sendText as { session?: unknown };
		const events = session === undefined ? {} : { session };
		const trigger = ourNode(stage, 'Incoming', `${provider}Trigger`, events, { webhookId });
		const reply = ourNode(stage, 'Reply', provider, {
			...bench.sendText,
			phoneNumber: '={{ $json.chat.address }}',
			text: '=You wrote: {{ $json.text }}',
		});
		await stage.store([{ id, name: `Reply through ${name}`, ...chain(trigger, reply) }]);
		await api.publish(id);
		try {
			if (hasWebhooksByHand(provider))
				stage.sandbox.control.setWebhook(provider, `${url}/webhook/${webhookId}/webhook`);
			await phone.openAccount({ provider: name });
			await phone.write('Are you open today?');
			await expect(phone.bubble('You wrote: Are you open today?')).toHaveCount(1, { timeout: 60_000 });
			await expect(
				phone.bubble(/^Are you open today\?/).getByRole('img', { name: /Received by the workflow/ }),
			).toBeVisible();
			await sleep(SETTLE_MS);
			await expect(phone.bubble('You wrote:')).toHaveCount(1);
		} finally {
			await api.unpublish(id);
			stage.sandbox.control.setWebhook(provider, null);
		}
	});

	test(`${name}: the link in the bubble opens the response page, and the choice reaches the workflow`, async ({
		stage,
		phone,
	}) => {
		const ask = new AskWorkflow(stage, provider);
		const execution = await ask.begin();
		await phone.openChat({ provider: name }, PERSON);
		const question = phone.bubble(MESSAGE);
		await expect(question).toHaveCount(1);
		// The first link approves, the second declines.
		const decides = index % 2 === 0;
		const page = await phone.follow(question.getByRole('link').nth(decides ? 0 : 1));
		await expect(page.locator('body')).toContainText(MESSAGE);
		expect(await ask.statusOf(execution), 'status after the page was opened').toBe('waiting');
		await page.getByRole('button').click();
		await expect(page.getByRole('button'), 'the page after the choice').toHaveCount(0);
		fact('what the page says after the choice', await page.locator('body').innerText());
		const { status, data } = await stage.n8n.api.finished(execution);
		expect(status, 'status').toBe('success');
		expect(data, 'the choice in the output').toContain(`"approved":${decides}`);
		await expect(phone.bubble(MESSAGE)).toHaveCount(1);
	});
}

test('an answer that is dropped: the editor says that the message may have been sent, and it is on the phone once', async ({
	browser,
	stage,
	phone,
}) => {
	const id = 'e2eDropped';
	const text = 'Your order is on its way.';
	const send = ourNode(stage, 'Send', 'chatalo', {
		...providerOf('chatalo').bench.sendText,
		phoneNumber: '6281200000001',
		text,
	});
	await stage.store([{ id, name: 'Dropped answer', ...chain(manualTrigger('Start'), send) }]);
	const editor = new EditorPage(await openPage(browser, stage), stage.n8n.url);
	await editor.page.goto(`${stage.n8n.url}/workflow/${id}`);
	await editor.panel.open('Send');
	await phone.openChat({ provider: 'Chatalo' }, 'Arik');
	await phone.trouble(/^Drop after acceptance/);
	await editor.panel.execute();
	await editor.panel.expectOutput(/may have been sent|outcome is unknown/i);
	await editor.panel.expectOutput(/check the chat/i);
	await expect(phone.bubble(text)).toHaveCount(1);
	await sleep(SETTLE_MS);
	await expect(phone.bubble(text)).toHaveCount(1);
	expect(stage.sandbox.control.messages('chatalo').filter((message) => message.text === text)).toHaveLength(1);
	expect(editor.errors, 'errors of the editor').toEqual([]);
	await editor.page.context().close();
});
