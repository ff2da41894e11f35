/* The phone of the sandbox in a browser. */
import { expect } from '@playwright/test';
import { chataloAccount, wapioAccount } from '../../sandbox';
import { PhonePage } from './editor/phonePage';
import { send, test, webhook } from './support/phone';
import { chromium, NO_CHROMIUM } from './support/settings';

test.skip(chromium === undefined, NO_CHROMIUM);

test('what the customer writes is posted; what a workflow sends appears', async ({
	phone,
	page,
	sandbox,
	receiver,
}) => {
	await phone.write('Is it <b>ready</b>?');
	expect(await webhook(receiver, 1)).toMatchObject({
		event: 'messages.received',
		data: { messages: { messageBody: 'Is it <b>ready</b>?', pushName: 'Amina' } },
	});
	await expect(
		phone.bubble('Is it <b>ready</b>?').getByRole('img', { name: /Received by the workflow/ }),
	).toBeVisible();

	await send(sandbox, { text: 'Approve here: http://127.0.0.1:9/approve?x=1&y=2. Your code is 482913' });
	const answer = phone.bubble('Approve here');
	await expect(answer).toHaveCount(1);
	const link = answer.getByRole('link');
	await expect(link).toHaveAttribute('href', 'http://127.0.0.1:9/approve?x=1&y=2');
	await expect(link).toHaveAttribute('target', '_blank');
	await expect(link).toHaveAttribute('rel', /noopener/);
	await expect(answer.getByRole('button', { name: 'Copy code 482913' })).toBeVisible();
	await expect(page.locator('.messages b')).toHaveCount(0);
});

test('a reply, a reaction and a status of a message', async ({ phone, page, sandbox, receiver }) => {
	await send(sandbox, { text: 'Shall we deliver today?' });
	const asked = phone.bubble('Shall we deliver today?').first();
	await phone.choose(asked, 'Reply');
	await page.keyboard.type('Yes, please');
	await page.keyboard.press('Enter');
	expect(await webhook(receiver, 1)).toMatchObject({
		data: { messages: { message: { extendedTextMessage: { text: 'Yes, please' } } } },
	});
	await expect(phone.bubble('Yes, please').locator('blockquote')).toContainText('Shall we deliver today?');
	await phone.choose(asked, 'React with 👍');
	expect(await webhook(receiver, 2)).toMatchObject({
		event: 'messages.reaction',
		data: [{ reaction: { text: '👍' } }],
	});
	await expect(asked.getByText('👍')).toBeVisible();
	await phone.choose(asked, 'Read');
	expect(await webhook(receiver, 3)).toMatchObject({ event: 'message-receipt.update', data: { status: 4 } });
	await expect(asked.getByRole('img', { name: 'Read' })).toBeVisible();
	await phone.choose(phone.bubble('Yes, please'), 'Edit');
	await page.getByRole('textbox', { name: 'Message' }).fill('Yes, after noon');
	await page.keyboard.press('Enter');
	expect(await webhook(receiver, 4)).toMatchObject({ event: 'messages.update' });
	await expect(phone.bubble('Yes, after noon')).toContainText('edited');
	await phone.choose(phone.bubble('Yes, after noon'), 'Delete for everyone');
	expect(await webhook(receiver, 5)).toMatchObject({ event: 'messages.delete' });
	await expect(phone.bubble('This message was deleted.')).toHaveCount(1);
});

test('a file of the customer, and one of the samples', async ({ phone, page, receiver }) => {
	const attach = async (kind: string): Promise<void> => {
		await page.getByRole('button', { name: 'Attach' }).click();
		await page.getByRole('menuitem', { name: kind, exact: true }).click();
	};
	await attach('Document');
	const dialog = page.getByRole('dialog');
	await dialog
		.getByLabel('File')
		.setInputFiles({ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') });
	await dialog.getByLabel('Caption').fill('My note');
	await dialog.getByRole('button', { name: 'Send' }).click();
	const body = (await webhook(receiver, 1)) as {
		data: { messages: { message: { documentMessage: { url: string } } } };
	};
	const { url } = body.data.messages.message.documentMessage;
	expect(await (await fetch(url)).text()).toBe('hello');
	await expect(phone.bubble('My note').getByRole('link', { name: 'note.txt' })).toBeVisible();

	await attach('Photo');
	await dialog.getByRole('button', { name: 'Send' }).click();
	expect(await webhook(receiver, 2)).toMatchObject({ data: { messages: { message: { imageMessage: {} } } } });
	await expect(page.getByRole('img', { name: 'sunset.png' })).toBeVisible();
	await expect.poll(() => page.evaluate("document.querySelector('.picture').naturalWidth")).toBe(480);
});

test('another person in a group, and only what the provider can report is offered', async ({
	phone,
	page,
	receiver,
}) => {
	await phone.openChat(/^Shop/, 'Family');
	await page.getByLabel('Member', { exact: true }).selectOption('Youssef');
	await page.getByRole('textbox', { name: 'Message' }).fill('Me too');
	await page.keyboard.press('Enter');
	expect(await webhook(receiver, 1)).toMatchObject({
		event: 'messages-group.received',
		data: { messages: { pushName: 'Youssef', key: { remoteJid: wapioAccount.groups.family } } },
	});
	const items = async (): Promise<string[]> => {
		await page.getByRole('button', { name: 'Attach' }).click();
		const texts = await page.getByRole('menuitem').allInnerTexts();
		await page.keyboard.press('Escape');
		return texts.map((text) => text.split('\n')[0] ?? '');
	};
	expect(await items()).not.toContain('Voice call');
	await phone.openChat(/^CS/, 'Budi');
	expect(await items()).toEqual(['Photo', 'Document', 'Voice note', 'More…']);
});

test('everything else a provider can report is under More…', async ({ phone: { page }, receiver }) => {
	await page.getByRole('button', { name: 'Attach' }).click();
	await page.getByRole('menuitem', { name: /^More/ }).click();
	await page.getByLabel('Search').fill('listresponse');
	await page
		.getByRole('dialog')
		.getByRole('button', { name: /listResponseMessage/ })
		.first()
		.click();
	expect(await webhook(receiver, 1)).toMatchObject({ data: { messages: { message: { listResponseMessage: {} } } } });
	await expect(page.getByRole('log').getByRole('article')).toHaveCount(1);
});

test('trouble is set, hits, and is shown in the log with its secrets masked', async ({ phone, page, sandbox }) => {
	await page.getByRole('button', { name: 'Trouble & log' }).click();
	await page.getByRole('button', { name: /^Drop after acceptance/ }).click();
	await expect(page.getByText('dropped after acceptance')).toBeVisible();
	await expect(send(sandbox, { text: 'Answer lost' })).rejects.toThrow();
	await expect(phone.bubble('Answer lost')).toHaveCount(1);
	await expect(page.getByText('Nothing is set: all requests work.')).toBeVisible();
	await page.getByRole('tab', { name: 'Log' }).click();
	const entry = page.getByRole('tabpanel').locator('details').first();
	await expect(entry).toContainText('POST /api/send-message');
	await expect(entry).toContainText('dropped after acceptance');
	await entry.locator('summary').click();
	await expect(entry).toContainText('authorization: ***');
	await expect(page.locator('body')).not.toContainText(wapioAccount.pat);
});

test('a device logs out, shows its QR code, and logs in; the last webhook comes again', async ({
	phone: { page },
	receiver,
}) => {
	await page.getByRole('button', { name: 'Account', exact: true }).click();
	await page.getByRole('menuitem', { name: /^Log out/ }).click();
	expect(await webhook(receiver, 1)).toMatchObject({ event: 'session.status', data: { status: 'disconnected' } });
	await expect(page.getByRole('img', { name: 'QR code' })).toBeVisible();
	await expect(page.getByRole('textbox', { name: 'Message' })).toHaveCount(0);
	await page.getByRole('button', { name: 'Log in' }).click();
	expect(await webhook(receiver, 2)).toMatchObject({ event: 'session.status', data: { status: 'connected' } });
	await page.getByRole('button', { name: 'Account', exact: true }).click();
	await page.getByRole('menuitem', { name: /^Deliver the last webhook again/ }).click();
	await webhook(receiver, 3);
	expect(receiver.bodies[2]).toBe(receiver.bodies[1]);
});

test('works with the keyboard alone', async ({ page, sandbox, receiver }) => {
	sandbox.control.setWebhook('chatalo', receiver.url);
	await page.goto(`${sandbox.url}/phone`);
	await expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible();
	const focused = () => page.evaluate<string>("document.activeElement?.textContent ?? ''");
	const tabTo = async (wanted: RegExp): Promise<void> => {
		for (let step = 0; step < 60; step++) {
			await page.keyboard.press('Tab');
			if (wanted.test(await focused())) return;
		}
		throw new Error(`the keyboard does not reach ${String(wanted)}`);
	};
	await tabTo(/^AArik/);
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { name: 'Arik' })).toBeVisible();
	for (let step = 0; step < 60; step++) {
		await page.keyboard.press('Tab');
		if ((await page.evaluate('document.activeElement?.id')) === 'text') break;
	}
	await page.keyboard.type('With keys only');
	await page.keyboard.press('Enter');
	expect(await webhook(receiver, 1)).toMatchObject({
		device_id: chataloAccount.devices.authenticated,
		message: 'With keys only',
	});
	expect(await page.evaluate('document.activeElement?.id'), 'focus after sending').toBe('text');
	await page.keyboard.press('Shift+Tab');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('menuitem', { name: 'Photo' })).toBeFocused();
	await page.keyboard.press('ArrowUp');
	await expect(page.getByRole('menuitem', { name: /^More/ })).toBeFocused();
	await page.keyboard.press('Escape');
	await expect(page.getByRole('button', { name: 'Attach' })).toBeFocused();
});

/** What a screen reader or a small screen would stumble over. A string: the test's own side has no types of a browser. */
const FLAWS = `(() => {
	const nameOf = (element) => {
		const labels = [...(element.labels ?? [])].map((one) => one.textContent).join('');
		return (element.getAttribute('aria-label') || labels || element.innerText || element.alt || '').trim();
	};
	const controls = [...document.querySelectorAll('button, a, input, select, textarea, [role=img], [role=log]')];
	const visible = controls.filter((one) => one.checkVisibility());
	const named = (one) => nameOf(one) !== '' || [...one.querySelectorAll('img')].some(({ alt }) => alt !== '');
	const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
	return {
		nameless: visible.filter((one) => !named(one)).map((one) => one.outerHTML.slice(0, 120)),
		images: [...document.images].filter((one) => !one.hasAttribute('alt')).length,
		doubled: ids.filter((id, index) => ids.indexOf(id) !== index),
		tooWide: document.documentElement.scrollWidth > innerWidth,
	};
})()`;

for (const [name, width, height] of [
	['a desktop', 1440, 900],
	['a phone', 390, 780],
] as const) {
	test(`has a name for every control and no sideways scrolling on ${name}`, async ({ page, sandbox, receiver }) => {
		void receiver;
		await page.setViewportSize({ width, height });
		const phone = new PhonePage(page, sandbox.url);
		await phone.goto();
		await phone.openAccount(/^Shop/);
		await page.getByRole('navigation').getByRole('button', { name: 'Amina' }).first().click();
		await send(sandbox, { text: `Long ${'word'.repeat(300)}` });
		await send(sandbox, { kind: 'poll', poll: { question: 'When?', options: ['A', 'B'], multiSelect: false } });
		await page.getByRole('button', { name: 'A', exact: true }).waitFor();
		const check = async (where: string): Promise<void> => {
			const found = await page.evaluate(FLAWS);
			expect(found, where).toEqual({ nameless: [], images: 0, doubled: [], tooWide: false });
		};
		await check('the chat');
		await page.getByRole('button', { name: 'Attach' }).click();
		await check('the menu');
		await page.getByRole('menuitem', { name: 'Location' }).click();
		await check('the dialog');
		await page.getByRole('button', { name: 'Cancel' }).click();
		await page.getByRole('button', { name: /Trouble/ }).click();
		await check('the drawer');
	});
}
