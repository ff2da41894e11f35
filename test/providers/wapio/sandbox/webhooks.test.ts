import { createHmac } from 'node:crypto';
import { type EventOf, type Sandbox, startSandbox, wapioAccount } from '../../../../sandbox';
import { type Answer, anyNumber, anyString, callProvider, matching, startReceiver } from '../../../sandbox/client';

const { pat, sessionKey, sessions, groups, channel, sender } = wapioAccount;
const SECRET = 'a-signing-secret-for-tests';
const path = `/v1/whatsapp-sessions/${sessions.connected}`;
const everything = [
	[
		'messages.received',
		'messages-personal.received',
		'messages-group.received',
		'messages-newsletter.received',
		'messages.upsert',
		'message.sent',
	],
	[
		'messages.update',
		'messages.reaction',
		'messages.delete',
		'message-receipt.update',
		'call',
		'poll.results',
		'group-participants.update',
	],
	['groups.update', 'contacts.upsert', 'chats.update', 'session.status', 'qrcode.updated'],
].flat();

let sandbox: Sandbox;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
beforeEach(async () => {
	sandbox = await startSandbox();
	receiver = await startReceiver();
});
afterEach(async () => {
	await sandbox.close();
	await receiver.close();
});

const call = async (method: string, below: string, body?: unknown, token: string = pat): Promise<Answer> =>
	await callProvider(sandbox, 'wapio', method, `${path}${below}`, body, { Authorization: `Bearer ${token}` });
const register = async (
	subscribed_events: string[] = everything,
	more: object = { signing_secret: SECRET },
): Promise<Answer> =>
	await call('PUT', '/webhook', { target_url: receiver.url, subscribed_events, is_active: true, ...more });
const last = (): Record<string, unknown> =>
	JSON.parse(receiver.received.at(-1)?.body ?? '{}') as Record<string, unknown>;

it('is null, then set, shown without its secret, and removed', async () => {
	expect((await call('GET', '/webhook', undefined, sessionKey)).text).toBe('null');
	expect((await register(['call'])).status).toBe(200);
	expect((await call('GET', '/webhook')).json).toEqual({
		target_url: receiver.url,
		subscribed_events: ['call'],
		is_active: true,
	});
	expect(sandbox.control.webhook('wapio')).toBe(receiver.url);
	const removed = await call('DELETE', '/webhook');
	expect([removed.status, removed.text, sandbox.control.webhook('wapio')]).toEqual([200, '', null]);
});

it.each<[string, object]>([
	['no address', { target_url: '' }],
	['an address that is none', { target_url: 'localhost' }],
	['no events', { subscribed_events: [] }],
	['an unknown event', { subscribed_events: ['messages.eaten'] }],
	['a short secret', { signing_secret: 'short' }],
])('refuses %s', async (_name, more) => {
	expect((await register(['call'], more)).status).toBe(422);
	expect(sandbox.control.webhook('wapio')).toBeNull();
});

it('signs what it posts, at the time of each attempt, and names the event', async () => {
	await register();
	await sandbox.control.incoming('wapio', 'text', { times: 2 });
	const [first, second] = receiver.received;
	expect(second?.body).toBe(first?.body);
	for (const { headers, body } of receiver.received) {
		const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['x-webhook-signature'])) ?? [];
		expect(v1).toBe(createHmac('sha256', SECRET).update(`${t}.${body}`).digest('hex'));
		expect(Math.abs(Number(t) - Date.now() / 1000)).toBeLessThan(5);
		expect(headers).toMatchObject({
			'x-webhook-event': 'messages.received',
			'x-webhook-total-attempts': '3',
			'x-webhook-event-id': matching(/^bps_evt_/),
		});
	}
	expect(receiver.received.map(({ headers }) => headers['x-webhook-attempt'])).toEqual(['1', '2']);
	expect(second?.headers['x-webhook-delivery-id']).toBe(first?.headers['x-webhook-delivery-id']);
});

it('posts nothing that was not subscribed to', async () => {
	await register(['call']);
	expect((await sandbox.control.incoming('wapio', 'text')).deliveries).toEqual([]);
	expect((await sandbox.control.incoming('wapio', 'call')).deliveries).toHaveLength(1);
});

it('keeps a list of deliveries, in pages', async () => {
	await register();
	await sandbox.control.incoming('wapio', 'text');
	const { json } = await call('GET', '/webhook-deliveries?limit=100');
	const { data, next_cursor } = json as { data: { status: string }[]; next_cursor: string };
	expect([data.length, data[0]]).toEqual([
		100,
		{
			delivery_id: anyString,
			event_id: anyString,
			event: 'messages.received',
			status: 'delivered',
			attempt: 1,
			response_status: 200,
			created_at: anyString,
		},
	]);
	expect((await call('GET', `/webhook-deliveries?limit=100&cursor=${next_cursor}`)).json).toMatchObject({
		data: { length: 31 },
		next_cursor: null,
	});
	expect((await call('GET', '/webhook-deliveries?status=failed&limit=100')).json).toMatchObject({
		data: { length: 13 },
	});
});

const privateKey = {
	id: matching(/^3EB0/),
	fromMe: false,
	remoteJid: `${sender.number}@s.whatsapp.net`,
	cleanedSenderPn: sender.number,
};

it.each<[EventOf<'wapio'>, string, unknown]>([
	[
		'text',
		'messages.received',
		{
			messages: {
				key: privateKey,
				messageBody: anyString,
				messageTimestamp: anyNumber,
				pushName: sender.name,
				message: { conversation: anyString },
			},
		},
	],
	['personal', 'messages-personal.received', { messages: { key: privateKey } }],
	['upsert', 'messages.upsert', { messages: [{ key: privateKey }], type: 'notify' }],
	['several', 'messages.received', { messages: { length: 3 } }],
	[
		'image',
		'messages.received',
		{
			messages: {
				message: { imageMessage: { mimetype: 'image/jpeg', url: matching(/^http/), caption: anyString } },
			},
		},
	],
	[
		'encrypted',
		'messages.received',
		{ messages: { message: { imageMessage: { url: matching(/\.enc/), mediaKey: anyString } } } },
	],
	['document', 'messages.received', { messages: { message: { documentMessage: { fileName: 'invoice.pdf' } } } }],
	[
		'lid',
		'messages.received',
		{ messages: { key: { remoteJid: `${sender.lid}@lid`, cleanedSenderPn: sender.number } } },
	],
	[
		'hidden',
		'messages.received',
		{ messages: { key: { id: anyString, fromMe: false, remoteJid: `${sender.lid}@lid` } } },
	],
	[
		'group',
		'messages-group.received',
		{ messages: { key: { remoteJid: groups.family, participant: `${sender.lid}@lid` } } },
	],
	['channel', 'messages-newsletter.received', { messages: { key: { remoteJid: channel } } }],
	['own', 'message.sent', { messages: { key: { fromMe: true } } }],
	['edit', 'messages.update', [{ update: { message: { editedMessage: { message: { conversation: anyString } } } } }]],
	['reaction', 'messages.reaction', [{ reaction: { text: '👍', key: { fromMe: true } } }]],
	['delete', 'messages.delete', { keys: [{ id: anyString }] }],
	['receipt', 'message-receipt.update', { key: { fromMe: false }, messageTimestamp: anyNumber, status: 4 }],
	['call', 'call', [{ id: anyString, status: 'offer', isVideo: true }]],
	[
		'poll',
		'poll.results',
		{
			pollResult: [
				{ name: 'Morning', voters: [anyString] },
				{ name: 'Afternoon', voters: [] },
			],
		},
	],
	['groupParticipants', 'group-participants.update', { id: groups.family, action: 'add' }],
	['groupUpdate', 'groups.update', [{ id: groups.family }]],
	['contact', 'contacts.upsert', [{ name: sender.name }]],
	['chat', 'chats.update', [{ unreadCount: anyNumber }]],
	['sessionStatus', 'session.status', { status: 'disconnected' }],
	['qr', 'qrcode.updated', { qr: matching(/^2@/) }],
])('%s is %s', async (event, name, data) => {
	await register();
	await sandbox.control.incoming('wapio', event);
	expect(last()).toMatchObject({ event: name, sessionId: sessions.connected, timestamp: anyNumber, data });
});

it('sdk has the other envelope', async () => {
	await register();
	await sandbox.control.incoming('wapio', 'sdk');
	expect(last()).toMatchObject({
		event_type: 'message_received',
		session_id: sessions.connected,
		emitted_at: anyNumber,
		payload: { messages: {} },
	});
});
