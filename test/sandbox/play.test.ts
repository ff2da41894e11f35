import { GROUPS, type PlayRequest, type ProviderName } from '../../sandbox';
import { anyString, controlCall, playKind, PROVIDERS, startReceiver, useSandbox } from './client';

let receiver: Awaited<ReturnType<typeof startReceiver>>;
beforeAll(async () => {
	receiver = await startReceiver();
});
afterAll(() => receiver.close());

const sandbox = useSandbox((one) => {
	receiver.received.length = 0;
	for (const provider of PROVIDERS) one.control.setWebhook(provider, receiver.url);
});

interface Menu {
	groups: { group: string; kinds: { name: string; says: string }[] }[];
	wrappers: { name: string; says: string }[];
	eventNames: string[];
	options: Record<string, string>;
}

const menuOf = async (provider: ProviderName): Promise<Menu> =>
	(await controlCall(sandbox(), 'GET', `/${provider}/incoming`)).json as Menu;

describe.each(PROVIDERS)('%s', (provider) => {
	it('lists what it plays, in groups, each with a sentence', async () => {
		const { groups, options } = await menuOf(provider);
		expect(groups.map(({ group }) => group)).toEqual(GROUPS);
		const kinds = groups.flatMap(({ kinds }) => kinds);
		expect(kinds.length).toBeGreaterThan(10);
		expect(new Set(kinds.map(({ name }) => name)).size).toBe(kinds.length);
		for (const { says } of kinds) expect(says).toMatch(/^[A-Z].{3,90}[^.]$/);
		expect(options).toMatchObject({ text: anyString, overrides: anyString });
		for (const sentence of Object.values(options)) expect(sentence).toMatch(/^[A-Z]/);
	});

	it('posts every kind as JSON that holds an object', async () => {
		const { kinds } = sandbox().control.playable(provider);
		for (const { name } of kinds) {
			const before = receiver.received.length;
			const { deliveries, bodies } = await sandbox().control.play(provider, name);
			expect([name, deliveries.map(({ status }) => status)]).toEqual([name, [200]]);
			expect(receiver.received.slice(before).map(({ body }) => body)).toEqual(bodies);
			const payload: unknown = JSON.parse(bodies[0] ?? '');
			expect([name, typeof payload, Array.isArray(payload)]).toEqual([name, 'object', false]);
			// A value that JSON cannot hold would be gone or be written as its class.
			expect(bodies[0]).not.toMatch(/undefined|NaN|\[object/);
		}
	});

	it('plays the same kind with another text, another person and in a group', async () => {
		const options: PlayRequest = { text: 'Zwölf "Pizzen" ✓', name: 'Zoë', phone: '33600000001', chat: 'group' };
		const first = provider === 'wapio' ? 'conversation' : provider === 'chategy' ? 'whatsapp.text' : 'text';
		const { payloads } = await playKind(sandbox(), provider, first, options);
		const body = JSON.stringify(payloads[0]);
		expect(body).toContain(JSON.stringify('Zwölf "Pizzen" ✓'));
		expect(body).toContain('33600000001');
		expect(body).toContain('"Zoë"');
	});

	it('refuses a kind and an option that it does not have', async () => {
		const unknown = await controlCall(sandbox(), 'POST', `/${provider}/incoming`, { kind: 'telepathy' });
		expect([unknown.status, unknown.text]).toEqual([400, expect.stringContaining('telepathy')]);
		const mistyped = await controlCall(sandbox(), 'POST', `/${provider}/incoming`, { kind: 'text', txet: 'x' });
		expect([mistyped.status, mistyped.text]).toEqual([400, expect.stringContaining('txet')]);
		const { kinds, options } = sandbox().control.playable(provider);
		if (options.includes('wrappers')) return;
		await expect(
			sandbox().control.play(provider, kinds[0]?.name ?? '', { wrappers: ['ephemeralMessage'] }),
		).rejects.toThrow('does not support wrappers');
	});

	it.each<[NonNullable<PlayRequest['contentType']>, string | undefined, RegExp]>([
		['json', 'application/json', /^\{/],
		['text', 'text/plain; charset=utf-8', /^\{/],
		['form', 'application/x-www-form-urlencoded', /^[^{]+=/],
		['none', undefined, /^\{/],
	])('labels the body as %s', async (contentType, label, beginning) => {
		const { kinds } = sandbox().control.playable(provider);
		await sandbox().control.play(provider, kinds[0]?.name ?? '', { contentType });
		const [posted] = receiver.received;
		expect(posted?.headers['content-type']).toBe(label);
		expect(posted?.body).toMatch(beginning);
	});
});

it('posts over HTTP, several times, with the id of the message', async () => {
	const { json } = await controlCall(sandbox(), 'POST', '/wapio/incoming', {
		kind: 'conversation',
		id: '3EB0FEEDFACE',
		times: 2,
	});
	expect(json).toMatchObject({ messageId: '3EB0FEEDFACE', deliveries: [{ status: 200 }, { status: 200 }] });
	expect(receiver.received.map(({ body }) => body)).toEqual([receiver.received[0]?.body, receiver.received[0]?.body]);
});

it('delivers one message under two names, with one id', async () => {
	const { payloads, messageId } = await playKind(sandbox(), 'wapio', 'conversation', {
		as: ['messages.received', 'messages.upsert'],
	});
	expect(payloads).toMatchObject([
		{ event: 'messages.received', data: { messages: { key: { id: messageId } } } },
		{ event: 'messages.upsert', data: { type: 'notify', messages: [{ key: { id: messageId } }] } },
	]);
	expect(receiver.received.map(({ headers }) => headers['x-webhook-event'])).toEqual([
		'messages.received',
		'messages.upsert',
	]);
});

it('says when nothing is registered', async () => {
	sandbox().control.setWebhook('wapio', null);
	expect(await sandbox().control.play('wapio', 'conversation')).toMatchObject({ registered: false, deliveries: [] });
});

describe('Chatalo, Whacenter and BalesOtomatis', () => {
	it.each<[ProviderName, string, PlayRequest, unknown]>([
		[
			'chatalo',
			'sticker',
			{ own: true },
			{
				from_me: true,
				is_sticker: true,
				message: false,
				has_media: true,
				media_info: { mimetype: 'image\\/webp', file_encoded: anyString },
				sender: { number: '6285170000001', in_group: false, group_id: null },
			},
		],
		['chatalo', 'empty', {}, { message: false, has_media: false }],
		['chatalo', 'nullIsland', {}, { location_attached: { latitude: 0, longitude: 0 } }],
		['chatalo', 'text', { phone: null }, { sender: { number: '203948576102938@lid' } }],
		[
			'chatalo',
			'text',
			{ chat: '628120000-1500000000' },
			{ sender: { in_group: true, group_id: '628120000-1500000000' } },
		],
		[
			'whacenter',
			'sticker',
			{ timestamp: 1_633_841_390 },
			{ message: '', media: expect.stringMatching(/\.webp$/) as unknown, timestamp: '2021-10-10 11:49:50' },
		],
		['whacenter', 'ad', {}, { ad_reply: { source_type: 'ad', source_id: anyString, source_url: anyString } }],
		['whacenter', 'empty', { own: true }, { message: '', media: null, isFromMe: true }],
		['whacenter', 'text', { chat: '628120000-1500000000' }, { is_group: true, from: '628120000-1500000000' }],
		[
			'balesOtomatis',
			'fileWithoutType',
			{},
			{ type: 'incoming_chat', data: { has_media: true, media_name: null, media_mime: null, message_body: '' } },
		],
		[
			'balesOtomatis',
			'text',
			{ chat: 'story', text: 'Hi' },
			{ data: { chat_id: 'status@broadcast', author: '6281200000001@c.us', message_body: 'Hi' } },
		],
		['balesOtomatis', 'otherId', { id: 'X1' }, { data: { id: 'X1' } }],
		['balesOtomatis', 'unknownEvent', {}, { type: 'something_new' }],
	])('%s tells %s', async (provider, kind, options, expected) => {
		const { payloads } = await playKind(sandbox(), provider, kind, options);
		expect(payloads[0]).toMatchObject(expected as object);
	});

	it('leave out an id and a time', async () => {
		const { payloads } = await playKind(sandbox(), 'chatalo', 'text', { withoutId: true, withoutTimestamp: true });
		expect(payloads[0]).not.toHaveProperty('chat_id');
		expect(payloads[0]).not.toHaveProperty('timestamp');
		expect((await playKind(sandbox(), 'balesOtomatis', 'text', { withoutId: true })).messageId).toBeNull();
	});
});
