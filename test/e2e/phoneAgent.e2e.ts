/* What the phone shows of an agent at work: formatting, takeover, the team's chat, typing, quick messages. */
import { expect } from '@playwright/test';
import fc from 'fast-check';
import { markdownToWhatsApp } from '../../nodes/shared/messaging/text/markdown';
import { send, test, webhook } from './support/phone';
import { chromium, NO_CHROMIUM } from './support/settings';

test.skip(chromium === undefined, NO_CHROMIUM);

test('what Text Format writes looks as in the Markdown', async ({ phone, page, sandbox }) => {
	const markdown = [
		'## Delivery',
		'We ship within *two **working** days*, ~~not five~~, see `SKU-42`.',
		'- **Java:** 2 days\n- Bali: *5 days*\n  - Lombok: 6 days',
		'1. Choose\n2. **Pay**',
		'> We call you first, *always*.\n> Promised.',
		'```\nORDER   12345\nTOTAL   *150*\n```',
		'[All areas](https://example.com/areas_of_delivery_) and 2\\*3\\*4 snake_case_name',
	].join('\n\n');
	await send(sandbox, { text: markdownToWhatsApp(markdown) });
	const text = phone.bubble('Delivery').locator('.text');
	await expect(text.locator('strong')).toHaveText(['Delivery', 'working', 'Java:', 'Pay']);
	await expect(text.locator('em')).toHaveText(['two working days', '5 days', 'always']);
	await expect(text.locator('em strong')).toHaveText(['working']);
	await expect(text.locator('s')).toHaveText(['not five']);
	await expect(text.locator('p code')).toHaveText(['SKU-42']);
	await expect(text.locator('ul li')).toHaveText(['Java: 2 days', 'Bali: 5 days']);
	await expect(text.locator('ol li')).toHaveText(['Choose', 'Pay']);
	await expect(text.locator('blockquote')).toHaveText('We call you first, always.\nPromised.', {
		useInnerText: true,
	});
	await expect(text.locator('pre')).toHaveText('ORDER   12345\nTOTAL   *150*', { useInnerText: true });
	await expect(text.getByRole('link')).toHaveAttribute('href', 'https://example.com/areas_of_delivery_');
	await expect(text).toContainText(/2\u2060?\*3\u2060?\*4 snake_case_name/);
	// In the list of chats, the same words without signs.
	await expect(page.getByRole('navigation').getByRole('button', { name: 'Amina' })).toContainText(
		'Delivery We ship within two working days',
	);
});

/** The page's own function on texts: the HTML that comes out, and its text. */
const RENDERED = `async (texts) => {
	const { textNodes } = await import('/phone/format.js');
	return texts.map((text) => {
		const box = document.createElement('div');
		box.append(...textNodes(text));
		return { tags: [...box.querySelectorAll('*')].map(({ localName }) => localName), shown: box.textContent };
	});
}`;

interface Rendered {
	tags: string[];
	shown: string;
}

const TAGS = ['p', 'ul', 'ol', 'li', 'blockquote', 'pre', 'code', 'strong', 'em', 's', 'a', 'button'];

test('signs in any order become formatting or stay, nothing else is lost, and nothing becomes HTML', async ({
	phone: { page },
}) => {
	const piece = fc.constantFrom(
		...['*', '_', '~', '`', '```', '> ', '- ', '1. ', '\n', ' ', 'a', 'é', '👍', '9', '482913 code', '(', '.'],
		...[
			'<b>',
			'</p>',
			'<img src=x onerror=alert(1)>',
			'&amp;',
			'https://example.com/a_b*c~',
			'javascript:alert(1)',
		],
	);
	const texts = fc.sample(
		fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
		{ numRuns: 3_000, seed: 7 },
	);
	const rendered = await page.evaluate<Rendered[]>(`(${RENDERED})(${JSON.stringify(texts)})`);
	// What is written without the signs of formatting and the spaces: neither more nor less may be gone.
	const bare = (text: string) => text.replace(/[*_~`>\s-]|\d+\. |[\d.]/g, '');
	const wrong = rendered.flatMap(({ tags, shown }, index) => {
		const text = texts[index] ?? '';
		const foreign = tags.filter((tag) => !TAGS.includes(tag));
		return foreign.length === 0 && bare(shown) === bare(text) ? [] : [{ text, shown, foreign }];
	});
	expect(wrong).toEqual([]);
});

test('the longest texts of signs are shown, whatever their order', async ({ phone: { page } }) => {
	const texts = ['*a ', '_*~', '`', '```', '* a*', '> ', 'https://a.b/*', '*_~a~_* ', '. '].map((sign) =>
		sign.repeat(20_000 / sign.length),
	);
	const rendered = await page.evaluate<Rendered[]>(`(${RENDERED})(${JSON.stringify(texts)})`);
	expect(rendered).toHaveLength(texts.length);
});

test('somebody takes over from the phone itself', async ({ phone, page, receiver }) => {
	await page.getByText('Shop, on its own phone').click();
	await phone.write('I take over. Ana');
	const body = (await webhook(receiver, 1)) as { event: string; data: { messages: { key: { id: string } } } };
	expect(body).toMatchObject({
		event: 'message.sent',
		data: {
			messages: {
				key: { fromMe: true, remoteJid: '212600000001@s.whatsapp.net' },
				message: { conversation: 'I take over. Ana' },
			},
		},
	});
	expect(body.data.messages.key.id).toMatch(/^[0-9A-F]{32}$/);
	await expect(phone.bubble('I take over. Ana')).toContainText('written on the phone');
	await page.getByRole('radio', { name: 'The customer' }).focus();
	await page.keyboard.press('Space');
	await phone.write('Thank you');
	expect(await webhook(receiver, 2)).toMatchObject({ data: { messages: { key: { fromMe: false } } } });
	// Chosen for one chat only, and where the provider reports it.
	await phone.openChat(/^Toko Utama/, 'Rudi');
	await expect(page.getByRole('radio')).toHaveCount(0);
});

test('a message to the team arrives in its chat, and is counted there', async ({ phone, page, sandbox }) => {
	await send(sandbox, { to: '6281200000009', text: '*Amina* needs a person' });
	const team = page.getByRole('navigation').getByRole('button', { name: /^Team/ }).first();
	await expect(team).toContainText('Amina needs a person');
	await expect(team.getByLabel('1 new')).toBeVisible();
	await phone.openChat(/^Shop/, 'Team');
	await expect(phone.bubble('needs a person')).toHaveCount(1);
	await expect(team.getByLabel('1 new')).toHaveCount(0);
});

test('typing is shown until the message comes', async ({ phone, page, sandbox }) => {
	await send(sandbox, { presence: 'composing' }, 'send-presence-update');
	await expect(page.getByText('Shop is typing…')).toBeVisible();
	await send(sandbox, { text: 'Here it is' });
	await expect(phone.bubble('Here it is')).toHaveCount(1);
	await expect(page.getByText('Shop is typing…')).toHaveCount(0);
});

test('five quick messages go out one after the other', async ({ phone, page, receiver }) => {
	await page.getByRole('textbox', { name: 'Message' }).click();
	for (const text of ['Hi', 'I have', 'a question', 'about', 'delivery']) {
		await page.keyboard.type(text);
		await page.keyboard.press('Enter');
	}
	await webhook(receiver, 5);
	await expect(phone.page.getByRole('log').locator('.text')).toHaveText([
		'Hi',
		'I have',
		'a question',
		'about',
		'delivery',
	]);
	await expect(page.getByRole('textbox', { name: 'Message' })).toBeFocused();
});
