/* The pictures in docs/images that show the phone: README's opening picture, and the phone alone. */
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from '@playwright/test';
import { EditorPage } from './editor/editorPage';
import { PhonePage } from './editor/phonePage';
import { providerOf } from '../support/providers';
import { expect, openPage, test } from './support/fixtures';
import { chain, ourNode } from './support/nodes';
import { screenshotsFolder } from './support/settings';

const ID = 'e2ePicture';
const EDITOR = { width: 1000, height: 700 };
const PHONE = { width: 400, height: 700 };
const DESKTOP = { width: 1100, height: 700 };

/** What a page loads at once. */
const MAX_BYTES = 400 * 1024;

const folder = screenshotsFolder ?? '';
const fileOf = (name: string) => path.join(folder, `${name}.png`);

/** Puts pictures beside each other. */
async function sideBySide(browser: Browser, pictures: Buffer[], file: string): Promise<void> {
	const page = await browser.newPage({ viewport: { width: 2_000, height: 1_000 } });
	const images = pictures.map((bytes) => `<img src="data:image/png;base64,${bytes.toString('base64')}">`);
	await page.setContent(`<!doctype html><style>
		body { margin: 0; padding: 24px; display: flex; gap: 24px; width: max-content; background: #e9eef2 }
		img { flex: none; border-radius: 12px; box-shadow: 0 2px 10px #0003 }
	</style>${images.join('')}`);
	await page.locator('body').screenshot({ path: file });
	await page.close();
}

test('the editor and the phone side by side, and the phone alone', async ({ browser, stage }) => {
	mkdirSync(folder, { recursive: true });
	const { sendText } = providerOf('chatalo').bench;
	const trigger = ourNode(
		stage,
		'Chatalo Trigger',
		'chataloTrigger',
		{},
		{ webhookId: '7d1c2f0e-5b1d-4f43-9d55-0a3f8c3d2d01' },
	);
	const reply = ourNode(stage, 'Send a text message', 'chatalo', {
		...sendText,
		phoneNumber: '={{ $json.chat.address }}',
		text: "={{ $json.text.includes('open') ? 'Hello ' + $json.sender.name + '! Yes, we are open from 9 to 5.' : 'Yes, within two days.' }}",
	});
	await stage.store([{ id: ID, name: 'Reply on WhatsApp', ...chain(trigger, reply) }]);

	const editor = new EditorPage(await openPage(browser, stage), stage.n8n.url);
	await editor.page.setViewportSize(EDITOR);
	await editor.page.goto(`${stage.n8n.url}/workflow/${ID}`);
	await editor.at('canvas-node').waitFor();
	const narrow = await browser.newPage({ viewport: PHONE, colorScheme: 'light' });
	const phone = new PhonePage(narrow, stage.sandbox.url);
	await phone.goto();
	await phone.openChat({ provider: 'Chatalo' }, 'Arik');
	await editor.at('execute-workflow-button').click();
	await expect.poll(() => stage.sandbox.control.webhook('chatalo') ?? '', 'listening').toContain('/webhook-test/');
	await phone.write('Good morning! Are you open today?');
	await expect(phone.bubble(/^.*Hello Arik!/)).toHaveCount(1, { timeout: 60_000 });
	await expect(editor.page.getByText('1 item').first()).toBeVisible();
	await editor.closeNotices();
	const canvas = await editor.page.screenshot();

	// From here on the phone has somebody to write to.
	await stage.n8n.api.publish(ID);
	try {
		await expect(phone.page.getByText('No workflow is listening')).toHaveCount(0);
		await sideBySide(browser, [canvas, await narrow.screenshot()], fileOf('editor-and-phone'));
		await narrow.setViewportSize(DESKTOP);
		await phone.write('Do you deliver to Bandung?');
		await expect(phone.bubble(/within two days/)).toHaveCount(1, { timeout: 60_000 });
		await narrow.screenshot({ path: fileOf('phone') });
	} finally {
		await stage.n8n.api.unpublish(ID);
	}
	await narrow.close();
	await editor.page.context().close();
	for (const name of ['editor-and-phone', 'phone']) {
		expect(statSync(fileOf(name)).size, name).toBeLessThan(MAX_BYTES);
		expect(readFileSync(fileOf(name)).subarray(1, 4).toString(), name).toBe('PNG');
	}
});
