/* From `npm start` to the first message, by the clicks and keys of a newcomer: the README's steps. */
import { expect, type Page, test } from '@playwright/test';
import { findOperation } from '../../nodes/shared/operations/define/gateway';
import { providerOf } from '../support/providers';
import { EditorPage } from './editor/editorPage';
import { PhonePage } from './editor/phonePage';
import { fact } from './support/fixtures';
import { chromium, NO_CHROMIUM } from './support/settings';
import { type Started, startAsNewcomer } from './support/started';

/** What the newcomer may take, apart from the start itself. */
const LIMIT_MS = 3 * 60_000;

/** A run on a busy machine may take longer than a person on an idle one. */
const SLOWNESS = 3;

const WRITTEN = 'Hello from my first workflow';

const actionOf = () => {
	const { action } = findOperation(providerOf('chatalo').gateway, 'message', 'sendText');
	return new RegExp(`^\\s*${action}\\s*$`);
};

test.skip(chromium === undefined, NO_CHROMIUM);

// The second workflow is built in the n8n of the first.
test.describe.serial('in the n8n of npm start', () => {
	let started: Started;
	let editor: EditorPage;
	let phone: PhonePage;
	/** Clicks since they were last counted. */
	let clicks = 0;

	/** Counts the newcomer's clicks in all pages of the same window. */
	async function count(page: Page): Promise<void> {
		await page.context().exposeBinding('countClick', () => clicks++);
		await page
			.context()
			.addInitScript("addEventListener('pointerdown', ({ isTrusted }) => isTrusted && countClick(), true)");
	}

	/** Plays what a newcomer does, and notes how long it took and how many clicks. */
	async function timed(what: string, play: () => Promise<void>): Promise<void> {
		clicks = 0;
		const begin = Date.now();
		await play();
		const ms = Date.now() - begin;
		const result = `${(ms / 1000).toFixed(0)} s, ${clicks} clicks`;
		fact(what, result);
		console.log(`${what}: ${result}`);
		expect(ms, what).toBeLessThan(LIMIT_MS * SLOWNESS);
	}

	/** Has the customer write in the chat with the device, as on a second screen. */
	async function customerWrites(text: string): Promise<void> {
		await phone.page.bringToFront();
		await phone.write(text);
		await editor.page.bringToFront();
	}

	/** Waits until Chatalo's webhook is one of these. */
	async function expectListening(kind: 'webhook' | 'webhook-test'): Promise<void> {
		const webhook = async () => {
			const response = await fetch(`${started.sandboxUrl}/control/accounts`);
			const accounts = (await response.json()) as Array<{ provider: string; webhook: string | null }>;
			return accounts.find(({ provider }) => provider === 'chatalo')?.webhook ?? '';
		};
		await expect.poll(webhook, { message: 'the registered URL', timeout: 60_000 }).toContain(`/${kind}/`);
	}

	test.beforeAll(async ({ browser }) => {
		test.setTimeout(15 * 60_000);
		started = await startAsNewcomer();
		fact('npm start, until it is ready', `${(started.startMs / 1000).toFixed(0)} s`);
		const context = await browser.newContext();
		const page = await context.newPage();
		await count(page);
		editor = new EditorPage(page, started.url);
		phone = new PhonePage(await context.newPage(), started.sandboxUrl);
		await phone.goto();
		await phone.openChat({ provider: 'Chatalo' }, 'Arik');
		await page.bringToFront();
	});
	test.afterAll(async () => {
		await editor?.page.context().close();
		await started?.close();
	});

	test('Trigger manually → Chatalo "Send Text": the bubble is on the phone', async () => {
		const { page, panel } = editor;
		await timed('From the log-in to the first message', async () => {
			await page.goto(`${started.url}/home/workflows`);
			await page.locator('input[name="emailOrLdapLoginId"]').fill(started.email);
			await page.locator('input[type="password"]').fill(started.password);
			await page.keyboard.press('Enter');
			await page.getByRole('button', { name: 'Create workflow' }).click();
			await editor.addTrigger(/Trigger manually/);
			await editor.addNode('Chatalo', 'Actions', actionOf());
			await panel.chooseFirst('device');
			await panel.fill({ phoneNumber: '6281200000001', text: WRITTEN });
			await panel.execute();
			await panel.expectOneItem();
			await phone.page.bringToFront();
			await expect(phone.bubble(WRITTEN)).toBeVisible();
		});
		await expect(phone.bubble(WRITTEN)).toHaveCount(1);
		await page.bringToFront();
		await panel.close();
	});

	test('"Your first workflow" of the README: trigger and reply, tried and published', async () => {
		const { page, panel } = editor;
		const reply = 'Thanks for your message!';
		await timed('From the empty workflow to the published reply', async () => {
			await editor.newWorkflow();
			await editor.addNode('Chatalo', 'Triggers', /^\s*On any/);
			await panel.execute();
			await expectListening('webhook-test');
			await customerWrites('Hello?');
			await panel.expectOneItem();
			await panel.close();
			await editor.addNode('Chatalo', 'Actions', actionOf());
			await panel.drag('device', 'device');
			await panel.drag('chat.address', 'phoneNumber');
			await panel.fill({ text: reply });
			await panel.close();
			await editor.at('execute-workflow-button').click();
			await expectListening('webhook-test');
			await customerWrites('Are you open today?');
			await expect(phone.bubble(reply)).toHaveCount(1, { timeout: 120_000 });
			await editor.publish();
			await expectListening('webhook');
			await customerWrites('And tomorrow?');
			await expect(phone.bubble(reply)).toHaveCount(2, { timeout: 120_000 });
		});
		await page.waitForTimeout(2_000);
		await expect(phone.bubble(reply)).toHaveCount(2);
	});
});
