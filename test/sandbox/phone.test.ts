import {
	chataloAccount,
	chategyAccount,
	type ProviderName,
	providers,
	wapioAccount,
	whacenterAccount,
} from '../../sandbox';
import { callProvider, controlCall, DEVICE, NUMBER, sendText, startReceiver, useSandbox } from './client';

interface Bubble {
	id: number;
	by: 'customer' | 'account';
	content: {
		kind: string;
		text: string | null;
		quoted?: { text: string; byAccount: boolean };
		file?: { url: string };
	};
	isEdited: boolean;
	isDeleted: boolean;
	reactions: { emoji: string }[];
	messageId: string | null;
	sent?: { status: string; note: string | null; scheduledAt: string | null };
	webhook?: { state: string; detail: string };
}

interface Chat {
	id: string;
	name: string;
	isGroup: boolean;
	acts: string[];
	bubbles: Bubble[];
}

interface Account {
	provider: ProviderName;
	id: string;
	number?: string;
	isConnected: boolean;
	acts: string[];
	statuses: string[];
	webhook: string | null;
	hasQrCode: boolean;
}

const sandbox = useSandbox();
let receiver: Awaited<ReturnType<typeof startReceiver>>;
beforeEach(async () => {
	receiver = await startReceiver();
});
afterEach(() => receiver.close());

const SESSION = wapioAccount.sessions.connected;
const AMINA = { device: SESSION, chat: '212600000001', from: { id: '212600000001', name: 'Amina' } };

async function accounts(): Promise<Account[]> {
	return (await controlCall(sandbox(), 'GET', '/accounts')).json as Account[];
}

async function chats(provider: ProviderName, device: string): Promise<Chat[]> {
	const { status, json } = await controlCall(sandbox(), 'GET', `/chats?provider=${provider}&device=${device}`);
	expect(status).toBe(200);
	return json as Chat[];
}

async function bubbles(provider: ProviderName, device: string, chat: string): Promise<Bubble[]> {
	return (await chats(provider, device)).find(({ id }) => id === chat)?.bubbles ?? [];
}

async function customer(provider: ProviderName, act: object): Promise<void> {
	const { status, text } = await controlCall(sandbox(), 'POST', `/${provider}/customer`, act);
	expect([status, status === 200 ? '' : text]).toEqual([200, '']);
}

async function sendWapio(body: object): Promise<void> {
	const headers = { Authorization: `Bearer ${wapioAccount.pat}`, 'x-session-id': SESSION };
	const answer = await callProvider(sandbox(), 'wapio', 'POST', '/api/send-message', body, headers);
	expect(answer.status).toBe(202);
}

/** The body of the only webhook that came, or of the last one. */
function received(): unknown {
	return JSON.parse(receiver.received.at(-1)?.body ?? 'null');
}

describe('accounts and chats', () => {
	it('lists every device of every provider, with its number and whether it is connected', async () => {
		const listed = await accounts();
		expect(new Set(listed.map(({ provider }) => provider))).toEqual(new Set(Object.keys(providers)));
		expect(listed.find(({ id }) => id === DEVICE)).toMatchObject({
			provider: 'chatalo',
			number: '6285170000001',
			isConnected: true,
			webhook: null,
		});
		const { disconnected } = wapioAccount.sessions;
		expect(listed.find(({ id }) => id === disconnected)).toMatchObject({ isConnected: false, hasQrCode: true });
	});

	it('shows both directions of a chat in order', async () => {
		sandbox().control.setWebhook('chatalo', receiver.url);
		const from = { id: NUMBER, name: 'Ana' };
		await customer('chatalo', { do: 'text', device: DEVICE, chat: NUMBER, from, text: 'Hello?' });
		await sendText(sandbox(), 'Hi Ana', NUMBER);
		expect(await bubbles('chatalo', DEVICE, NUMBER)).toMatchObject([
			{ by: 'customer', content: { kind: 'text', text: 'Hello?' }, webhook: { state: 'received' } },
			{ by: 'account', content: { kind: 'text', text: 'Hi Ana' }, sent: { status: 'accepted' } },
		]);
		expect(received()).toMatchObject({
			device_id: DEVICE,
			message: 'Hello?',
			from_me: false,
			sender: { name: 'Ana', number: NUMBER, in_group: false, group_id: null },
		});
	});

	it('shows what a test plays with overrides, in the chat its body names', async () => {
		await sandbox().control.incoming('chatalo', 'text', {
			overrides: { message: 'From afar', sender: { name: 'Zoe', number: '15550001111' } },
		});
		expect(await bubbles('chatalo', DEVICE, '15550001111')).toMatchObject([
			{ content: { text: 'From afar' }, webhook: { state: 'unregistered' } },
		]);
	});

	it.each([
		[500, 'refused', 'HTTP 500'],
		[404, 'refused', 'HTTP 404'],
	])('says how a webhook went that was answered with %i', async (status, state, detail) => {
		const refusing = await startReceiver({ status, body: 'no' });
		sandbox().control.setWebhook('wapio', refusing.url);
		await customer('wapio', { do: 'text', ...AMINA, text: 'Hello' });
		const [bubble] = await bubbles('wapio', SESSION, AMINA.chat);
		expect(bubble?.webhook?.state).toBe(state);
		expect(bubble?.webhook?.detail).toContain(detail);
		await refusing.close();
	});

	it('begins anew after a reset', async () => {
		await sendText(sandbox(), 'Gone soon', NUMBER);
		await controlCall(sandbox(), 'POST', '/reset');
		expect(await bubbles('chatalo', DEVICE, NUMBER)).toEqual([]);
	});
});

describe('writing as the customer', () => {
	beforeEach(() => sandbox().control.setWebhook('wapio', receiver.url));

	it('answers, reacts, edits and deletes under the ids of the messages', async () => {
		await sendWapio({ to: AMINA.chat, kind: 'text', text: 'Shall we?' });
		const [asked] = await bubbles('wapio', SESSION, AMINA.chat);
		const id = asked?.messageId;
		await customer('wapio', { do: 'text', ...AMINA, text: 'Yes', replyTo: asked?.id });
		expect(received()).toMatchObject({
			event: 'messages.received',
			sessionId: SESSION,
			data: { messages: { message: { extendedTextMessage: { text: 'Yes', contextInfo: { stanzaId: id } } } } },
		});
		await customer('wapio', { do: 'reaction', ...AMINA, target: asked?.id, emoji: '👍' });
		expect(received()).toMatchObject({
			event: 'messages.reaction',
			data: [{ reaction: { text: '👍', key: { id, fromMe: true } } }],
		});
		const own = (await bubbles('wapio', SESSION, AMINA.chat))[1];
		expect(own?.content.quoted).toMatchObject({ text: 'Shall we?', byAccount: true });
		await customer('wapio', { do: 'edit', ...AMINA, target: own?.id, text: 'Yes!' });
		expect(received()).toMatchObject({ event: 'messages.update', data: [{ key: { id: own?.messageId } }] });
		expect((await bubbles('wapio', SESSION, AMINA.chat))[1]).toMatchObject({
			content: { text: 'Yes!' },
			isEdited: true,
		});
		await customer('wapio', { do: 'delete', ...AMINA, target: own?.id });
		expect(received()).toMatchObject({ event: 'messages.delete', data: { keys: [{ id: own?.messageId }] } });
		const [first, second] = await bubbles('wapio', SESSION, AMINA.chat);
		expect([first?.reactions.map(({ emoji }) => emoji), second?.isDeleted]).toEqual([['👍'], true]);
		await customer('wapio', { do: 'reaction', ...AMINA, target: asked?.id, emoji: '' });
		expect((await bubbles('wapio', SESSION, AMINA.chat))[0]?.reactions).toEqual([]);
	});

	it('writes as another person in a group', async () => {
		const from = { id: '212600000002', name: 'Youssef' };
		const chat = '120363000000000001';
		await customer('wapio', { do: 'text', device: SESSION, chat, isGroup: true, from, text: 'Me!' });
		expect(received()).toMatchObject({
			event: 'messages-group.received',
			data: {
				messages: {
					key: { remoteJid: wapioAccount.groups.family, participantPn: '212600000002@s.whatsapp.net' },
					pushName: 'Youssef',
				},
			},
		});
	});

	it('chooses an answer of a poll, and no other', async () => {
		const poll = { question: 'When?', options: ['Morning', 'Evening'], multiSelect: false };
		await sendWapio({ to: AMINA.chat, kind: 'poll', poll });
		const [asked] = await bubbles('wapio', SESSION, AMINA.chat);
		await customer('wapio', { do: 'choice', ...AMINA, target: asked?.id, text: 'Evening' });
		expect(received()).toMatchObject({
			event: 'poll.results',
			data: {
				key: { id: asked?.messageId },
				pollResult: [
					{ name: 'Morning', voters: [] },
					{ name: 'Evening', voters: ['212600000001@s.whatsapp.net'] },
				],
			},
		});
		const refused = await controlCall(sandbox(), 'POST', '/wapio/customer', {
			do: 'choice',
			...AMINA,
			target: asked?.id,
			text: 'Never',
		});
		expect(refused.status).toBe(400);
	});

	it('sends a file that the receiver can download', async () => {
		const bytes = Buffer.from('hello file');
		const file = { name: 'note.txt', mimeType: 'text/plain', base64: bytes.toString('base64') };
		await customer('wapio', { do: 'file', kind: 'document', ...AMINA, text: 'A note', file });
		const [bubble] = await bubbles('wapio', SESSION, AMINA.chat);
		const answer = await fetch(bubble?.content.file?.url ?? '');
		expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes);
		expect(received()).toMatchObject({
			data: { messages: { message: { documentMessage: { fileName: 'note.txt', caption: 'A note' } } } },
		});
	});

	it.each(Object.keys(providers) as ProviderName[])('%s takes everything that it says it takes', async (provider) => {
		const account = (await accounts()).find((one) => one.provider === provider);
		if (account === undefined) throw new Error('no account');
		const { control } = sandbox();
		control.setWebhook(provider, receiver.url);
		for (const chat of await chats(provider, account.id)) {
			const from = { id: chat.isGroup ? '6281200000001' : chat.id.replace(/\D/g, ''), name: 'Ana' };
			const where = { device: account.id, chat: chat.id, isGroup: chat.isGroup, from };
			for (const act of chat.acts) {
				const before = receiver.received.length;
				const inputs: Record<string, object> = {
					text: { do: 'text', text: 'Hi' },
					location: { do: 'location', latitude: 1, longitude: 2 },
					contact: { do: 'contact', name: 'Bob', phone: '+62 812' },
					call: { do: 'call' },
				};
				const isFile = ['image', 'video', 'voice', 'document', 'sticker'].includes(act);
				const input = isFile ? { do: 'file', kind: act } : inputs[act];
				if (input === undefined) continue;
				await customer(provider, { ...where, ...input });
				expect([chat.id, act, receiver.received.length]).toEqual([chat.id, act, before + 1]);
				const last = (await bubbles(provider, account.id, chat.id)).at(-1);
				expect(last).toMatchObject({ by: 'customer', content: { kind: act }, webhook: { state: 'received' } });
			}
		}
	});

	it.each([
		[
			'chatalo',
			{ do: 'call', device: DEVICE, chat: NUMBER, from: { id: NUMBER, name: 'Ana' } },
			/does not report call/,
		],
		[
			'wapio',
			{ do: 'call', ...AMINA, chat: '120363000000000001', isGroup: true },
			/does not report call in a group/,
		],
		['wapio', { do: 'text', ...AMINA, device: 'nobody', text: 'x' }, /no account "nobody"/],
		['wapio', { do: 'text', ...AMINA, device: wapioAccount.sessions.disconnected, text: 'x' }, /logged out/],
		['wapio', { do: 'reaction', ...AMINA, target: 999, emoji: '👍' }, /no message 999/],
		['wapio', { do: 'text', ...AMINA, from: { id: '../x', name: 'x' }, text: 'x' }, /digits/],
		['wapio', { do: 'dance', ...AMINA }, /do/],
	] as const)('%s refuses %j', async (provider, act, message) => {
		const { status, json } = await controlCall(sandbox(), 'POST', `/${provider}/customer`, act);
		expect(status).toBe(400);
		expect((json as { error: string }).error).toMatch(message);
	});
});

describe('what becomes of a sent message', () => {
	it('a status is set: the callback of Chategy, the receipt of Wapio', async () => {
		const headers = { Authorization: `Bearer ${chategyAccount.accessToken}` };
		const { phone } = chategyAccount.contact;
		const sent = { text: 'Hi', phone, callback_url: receiver.url, dispatch_routing: ['whatsapp'] };
		await callProvider(sandbox(), 'chategy', 'POST', '/api/v1/delivery', sent, headers);
		const device = String(chategyAccount.instances.main.id);
		const [bubble] = await bubbles('chategy', device, phone);
		await controlCall(sandbox(), 'POST', `/chategy/bubbles/${bubble?.id}/status`, { status: 'delivered' });
		expect(received()).toMatchObject({ delivery: { status: { status_id: 2 } } });
		expect((await bubbles('chategy', device, phone))[0]?.sent).toMatchObject({
			status: 'delivered',
			note: 'Delivered',
		});

		sandbox().control.setWebhook('wapio', receiver.url);
		await sendWapio({ to: AMINA.chat, kind: 'text', text: 'Hi' });
		const [other] = await bubbles('wapio', SESSION, AMINA.chat);
		await controlCall(sandbox(), 'POST', `/wapio/bubbles/${other?.id}/status`, { status: 'read' });
		expect(received()).toMatchObject({ event: 'message-receipt.update', data: { status: 4 } });
		expect((await bubbles('wapio', SESSION, AMINA.chat))[0]?.sent?.status).toBe('read');
	});

	it('a scheduled message shows its time', async () => {
		const device = whacenterAccount.devices.connected;
		const query = new URLSearchParams({
			device_id: device,
			number: NUMBER,
			message: 'Later',
			schedule: '2035-01-01 12:00:00',
		});
		await callProvider(sandbox(), 'whacenter', 'GET', `/send?${query.toString()}`);
		expect((await bubbles('whacenter', device, NUMBER))[0]?.sent).toMatchObject({
			status: 'scheduled',
			scheduledAt: '2035-01-01T05:00:00.000Z',
		});
	});

	it('a device is logged out and in, and the webhook says so', async () => {
		sandbox().control.setWebhook('wapio', receiver.url);
		const path = `/wapio/devices/${SESSION}/connected`;
		await controlCall(sandbox(), 'POST', path, { connected: false });
		expect(received()).toMatchObject({ event: 'session.status', data: { status: 'disconnected' } });
		const { rows } = (await controlCall(sandbox(), 'GET', `/wapio/devices/${SESSION}/qr`)).json as {
			rows: string[];
		};
		expect(rows.length).toBeGreaterThan(20);
		expect(rows.every((row) => /^[01]+$/.test(row) && row.length === rows.length)).toBe(true);
		await controlCall(sandbox(), 'POST', path, { connected: true });
		expect((await accounts()).find(({ id }) => id === SESSION)?.isConnected).toBe(true);
	});

	it('the last webhook is posted again with the same bytes', async () => {
		sandbox().control.setWebhook('chatalo', receiver.url);
		await sandbox().control.incoming('chatalo', 'text');
		expect((await controlCall(sandbox(), 'POST', '/chatalo/webhook/again')).status).toBe(200);
		const [one, two] = receiver.received;
		expect(two?.body).toBe(one?.body);
		expect((await controlCall(sandbox(), 'POST', '/whacenter/webhook/again')).status).toBe(400);
	});
});

describe('the log', () => {
	it('hides the secrets in the URL of a webhook, and so does the list of accounts', async () => {
		const query = '?secret=s3cret&prod=pr0d&prev=cHJldg&workflow=w1&name=Reply';
		const hidden = '?secret=***&prod=***&prev=***&workflow=w1&name=Reply';
		sandbox().control.setWebhook('chatalo', `${receiver.url}${query}`);
		await customer('chatalo', {
			do: 'text',
			device: DEVICE,
			chat: NUMBER,
			from: { id: NUMBER, name: 'Ana' },
			text: `${receiver.url}${query}`,
		});
		const { text, json } = await controlCall(sandbox(), 'GET', '/log');
		expect((json as Array<{ target: string }>).map(({ target }) => target)).toEqual([`${receiver.url}${hidden}`]);
		expect(text).not.toMatch(/s3cret|pr0d|cHJldg/);
		expect((await accounts()).find(({ id }) => id === DEVICE)?.webhook).toBe(`${receiver.url}${hidden}`);
	});

	it('shows requests and webhooks, and none of their secrets', async () => {
		sandbox().control.setWebhook('chatalo', receiver.url);
		await sendText(sandbox(), `The key is ${chataloAccount.secretKey}`);
		await sandbox().control.incoming('chatalo', 'image');
		await callProvider(
			sandbox(),
			'whacenter',
			'GET',
			`/statusDevice?device_id=${whacenterAccount.devices.connected}`,
		);
		const { text, json } = await controlCall(sandbox(), 'GET', '/log');
		expect(json).toMatchObject([
			{ kind: 'request', provider: 'chatalo', method: 'POST', target: '/messages', outcome: '200' },
			{ kind: 'webhook', provider: 'chatalo', outcome: '200', response: 'ok' },
			{ kind: 'request', provider: 'whacenter' },
		]);
		expect(text).toContain('The key is ***');
		const secrets = [chataloAccount.secretKey, chataloAccount.publicKey, whacenterAccount.devices.connected];
		expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
		expect(text).toMatch(/file_encoded\\": \\"\*\*\*/);
	});

	it('is cut where a body is long, and shows the fault', async () => {
		sandbox().control.fault({ kind: 'status', status: 503 });
		await sendText(sandbox(), 'x'.repeat(200_000));
		const { json } = await controlCall(sandbox(), 'GET', '/log');
		const [entry] = json as { body: string; fault: string; outcome: string }[];
		expect([entry?.fault, entry?.outcome]).toEqual(['status', '503']);
		expect(entry?.body.length).toBeLessThan(7_000);
	});
});

describe('hostile texts', () => {
	const texts = [
		'<img src=x onerror=alert(1)>',
		'__proto__',
		'constructor',
		'\u202e\u0000\ud800',
		'javascript:alert(1)',
	];

	it.each(texts)('%j stays a text', async (text) => {
		await sendText(sandbox(), text);
		expect((await bubbles('chatalo', DEVICE, NUMBER))[0]?.content.text).toBe(text);
	});

	it.each([
		'{"__proto__":{"x":1}}',
		'not json',
		'[]',
		'null',
		'{"data":{"messages":[null,1,{"key":7}]},"event":"call"}',
	])('a webhook %s breaks nothing', async (body) => {
		await sandbox().control.deliverRaw(receiver.url, body);
		for (const provider of Object.keys(providers) as ProviderName[])
			await sandbox().control.deliverRaw({ provider }, body);
		expect((await controlCall(sandbox(), 'GET', '/log')).status).toBe(200);
		expect(Object.prototype).not.toHaveProperty('x');
	});
});
