import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { type EventOf, type IncomingOptions, wapioAccount } from '../../../sandbox';
import { signature } from '../../../sandbox/providers/wapio/webhook';
import { startScriptedServer } from '../../support/scriptedServer';
import { type Deployment, startTriggerHost, type TriggerHost } from '../../support/triggerHost';
import { type Bench, credentialFor, startBench } from './bench';

const { sessions, sender, groups, channel } = wapioAccount;
const SECRET = 'a-signing-secret-for-tests';
const ALL = { events: ['*'], options: { includeOwn: true } };

let bench: Bench;
let host: TriggerHost;

beforeEach(async () => {
	bench = await startBench();
	host = await startTriggerHost(bench.engine);
});
afterEach(async () => {
	await host.close();
	await bench.close();
});

const deploy = (parameters: INodeParameters = {}): Deployment =>
	host.deploy({
		type: 'wapioTrigger',
		parameters,
		credentials: { wapioApi: { ...credentialFor(bench.sandbox.baseUrl('wapio')), webhookSigningSecret: SECRET } },
	});
const incoming = async (event: EventOf<'wapio'> = 'text', options: IncomingOptions = {}) =>
	await bench.sandbox.control.incoming('wapio', event, options);

/** The items of the executions that a published workflow makes of events. */
const startedBy = async (parameters: INodeParameters, events: Array<Parameters<typeof incoming>>) => {
	const wf = deploy(parameters);
	await wf.activate();
	for (const [event, options] of events) await incoming(event, options);
	await wf.idle();
	return wf.executions.flatMap(({ items }) => items.map(({ json }) => json));
};

const now = () => Math.floor(Date.now() / 1000);
const matching = (pattern: RegExp) => expect.stringMatching(pattern) as string;

/** A message as receivers saw it. */
const sample = (): IDataObject => ({
	event: 'messages.received',
	sessionId: sessions.connected,
	timestamp: 1789162035,
	data: {
		messages: {
			key: {
				id: '3EB0C431C26A1916E07E',
				fromMe: false,
				remoteJid: '212600000005@s.whatsapp.net',
				senderPn: '212600000005@s.whatsapp.net',
				cleanedSenderPn: '212600000005',
			},
			messageBody: 'Halo',
			messageTimestamp: 1789162034,
			pushName: 'Nadia',
			message: { conversation: 'Halo' },
		},
	},
});

/** Posts a body that is signed as the provider signs. */
const posted = async (
	wf: Deployment,
	body: unknown,
	options: { signed?: string; headers?: Record<string, string> } = {},
) => {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return await fetch(wf.productionUrl, {
		method: 'POST',
		headers: {
			'content-type': 'application/json',
			'x-webhook-signature': options.signed ?? signature(SECRET, text),
			...options.headers,
		},
		body: text,
	});
};

describe('a message', () => {
	it('starts one execution, in the shape all providers share', async () => {
		const wf = deploy();
		await wf.activate();
		const response = await posted(wf, sample());
		await wf.idle();

		expect(response.status).toBe(200);
		expect(wf.executions).toHaveLength(1);
		expect(wf.executions[0]?.items.map(({ json }) => json)).toEqual([
			expect.objectContaining({
				event: 'message',
				provider: 'wapio',
				id: matching(/./),
				timestamp: '2026-09-11T21:27:14.000Z',
				direction: 'incoming',
				device: sessions.connected,
				chat: { id: matching(/^212600000005(@s\.whatsapp\.net)?$/), type: 'private' },
				sender: { id: matching(/^212600000005(@s\.whatsapp\.net)?$/), phone: '212600000005', name: 'Nadia' },
				type: 'text',
				text: 'Halo',
				media: null,
				location: null,
				replyTo: null,
				raw: sample(),
			}),
		]);
	});

	it('Raw gives the payload as it came', async () => {
		const wf = deploy({ output: 'raw' });
		await wf.activate();
		await posted(wf, sample());
		await wf.idle();
		expect(wf.executions[0]?.items[0]?.json).toEqual(sample());
	});

	const other = (change: IDataObject, message: IDataObject = {}): IDataObject => {
		const { data, ...rest } = sample();
		const { messages } = data as { messages: IDataObject };
		return { ...rest, data: { messages: { ...messages, ...message } }, ...change };
	};
	it.each<[string, IDataObject, IDataObject]>([
		[
			'directly in data',
			{
				event: 'messages.received',
				sessionId: sessions.connected,
				data: (sample().data as { messages: IDataObject }).messages,
			},
			{},
		],
		[
			'named by event_type, in payload',
			{
				event_type: 'message_received',
				account_id: 'a',
				session_id: sessions.connected,
				emitted_at: 1789162035000,
				payload: sample().data,
			},
			{},
		],
		['named by type', { ...sample(), event: undefined, type: 'messages.received' }, {}],
		['under the name of a private message', { ...sample(), event: 'messages-personal.received' }, {}],
		[
			'as an answer to another',
			other(
				{},
				{
					messageBody: null,
					message: { extendedTextMessage: { text: 'Halo', contextInfo: { stanzaId: 'THEFIRST' } } },
				},
			),
			{ replyTo: 'THEFIRST' },
		],
		[
			'with a place',
			other(
				{},
				{ messageBody: null, message: { locationMessage: { degreesLatitude: 33.5, degreesLongitude: -7.5 } } },
			),
			{ type: 'location', text: null, location: { latitude: 33.5, longitude: -7.5 } },
		],
		[
			'with a sticker',
			other(
				{},
				{
					messageBody: null,
					message: { stickerMessage: { mimetype: 'image/webp', url: 'https://example.com/a.webp' } },
				},
			),
			{ type: 'sticker', text: null },
		],
		[
			'with a voice note',
			other(
				{},
				{
					messageBody: null,
					message: {
						audioMessage: {
							mimetype: 'audio/ogg; codecs=opus',
							url: 'https://example.com/a.ogg',
							ptt: true,
						},
					},
				},
			),
			{ type: 'audio', text: null },
		],
		[
			'with a contact',
			other({}, { messageBody: null, message: { contactMessage: { displayName: 'M', vcard: 'BEGIN:VCARD' } } }),
			{ type: 'contact', text: null },
		],
		[
			'that vanishes',
			other({}, { messageBody: null, message: { ephemeralMessage: { message: { conversation: 'Halo' } } } }),
			{},
		],
		[
			'in a broadcast',
			other(
				{},
				{ key: { id: 'B1', fromMe: false, remoteJid: '1234567@broadcast', cleanedSenderPn: '212600000005' } },
			),
			{ chat: { id: '1234567@broadcast', type: 'broadcast' } },
		],
	])('%s is read, too', async (_name, body, expected) => {
		const wf = deploy();
		await wf.activate();
		expect((await posted(wf, body)).status).toBe(200);
		await wf.idle();
		expect(wf.executions[0]?.items[0]?.json).toMatchObject({
			event: 'message',
			device: sessions.connected,
			sender: { phone: '212600000005' },
			text: 'Halo',
			...expected,
		});
	});

	it('whose event stands in a header alone is read, too', async () => {
		const wf = deploy();
		await wf.activate();
		await posted(wf, { ...sample(), event: undefined }, { headers: { 'x-webhook-event': 'messages.received' } });
		await wf.idle();
		expect(wf.executions).toHaveLength(1);
	});
});

describe('calls that are none of the provider', () => {
	const refused = async (wf: Deployment, response: Response, status: number) => {
		await wf.idle();
		const started = wf.executions.map(({ items }) => items.map(({ json }) => json));
		expect([response.status, started]).toEqual([status, []]);
	};

	// Made when they are sent: a time that was too early when this file was read need not be so any more.
	const text = JSON.stringify(sample());
	it.each<[string, () => string]>([
		['no signature', () => ''],
		['a signature of another form', () => 'sha256=0123'],
		['a signature without a time', () => `v1=${'0'.repeat(64)}`],
		['a signature by another secret', () => signature('another-secret-for-tests', text)],
		['a signature that is too old', () => signature(SECRET, text, now() - 310)],
		['a signature of the future', () => signature(SECRET, text, now() + 310)],
		['a signature that is cut off', () => signature(SECRET, text).slice(0, -2)],
		['a signature of a longer time', () => signature(SECRET, text).replace('t=', 't=0')],
		['a signature of another body', () => signature(SECRET, JSON.stringify({ ...sample(), event: 'call' }))],
	])('%s: 401, and nothing starts', async (_name, signed) => {
		const wf = deploy();
		await wf.activate();
		await refused(wf, await posted(wf, sample(), { signed: signed() }), 401);
	});

	it('a signature of some minutes ago is taken', async () => {
		const wf = deploy();
		await wf.activate();
		const response = await posted(wf, sample(), {
			signed: signature(SECRET, JSON.stringify(sample()), now() - 280),
		});
		await wf.idle();
		expect([response.status, wf.executions.length]).toEqual([200, 1]);
	});

	it('the signature covers the bytes, not what they mean', async () => {
		const wf = deploy();
		await wf.activate();
		const spaced = JSON.stringify(sample(), undefined, 2);
		await refused(wf, await posted(wf, spaced, { signed: signature(SECRET, JSON.stringify(sample())) }), 401);
		expect((await posted(wf, spaced)).status).toBe(200);
	});

	it('a changed body: 401, and nothing starts', async () => {
		const wf = deploy();
		await wf.activate();
		const { bodies } = await incoming();
		await wf.idle();
		const before = wf.executions.length;
		const changed = (bodies[0] ?? '').replace('from the sandbox', 'from a stranger');
		const response = await posted(wf, changed, { signed: signature(SECRET, bodies[0] ?? '') });
		await wf.idle();
		expect([response.status, wf.executions.length]).toEqual([401, before]);
	});

	it.each<[string, unknown]>([
		['an empty object', {}],
		['a list', []],
		['no data', { event: 'messages.received', sessionId: sessions.connected }],
		['a message without a key', { event: 'messages.received', data: { messages: { messageBody: 'x' } } }],
		['another provider', { device_id: 'x', chat_id: 'y', sender: { name: 'A', number: '1' }, message: 'x' }],
	])('%s: 400, and nothing starts', async (_name, body) => {
		const wf = deploy();
		await wf.activate();
		await refused(wf, await posted(wf, body), 400);
	});
});

describe('the same event', () => {
	it.each([false, true])('three times (together: %s) starts one execution', async (parallel) => {
		const wf = deploy();
		await wf.activate();
		const { deliveries } = await incoming('text', { times: 3, parallel });
		await wf.idle();
		expect(deliveries.map(({ status }) => status)).toEqual([200, 200, 200]);
		expect(wf.executions).toHaveLength(1);
	});

	it('under the several names that a message has starts one', async () => {
		const key = {
			id: '3EB0SAME',
			fromMe: false,
			remoteJid: `${sender.number}@s.whatsapp.net`,
			cleanedSenderPn: sender.number,
		};
		const message = { key, messageBody: 'once', messageTimestamp: 1789162034, message: { conversation: 'once' } };
		const events = await startedBy({}, [
			['text', { overrides: { data: { messages: message } } }],
			['personal', { overrides: { data: { messages: message } } }],
			['upsert', { overrides: { data: { messages: [message], type: 'notify' } } }],
		]);
		expect(events.map(({ text }) => text)).toEqual(['once']);
	});

	it('is another one with another id', async () => {
		expect(await startedBy({}, [['text'], ['text']])).toHaveLength(2);
	});

	it('several messages in one call are an item each', async () => {
		const wf = deploy();
		await wf.activate();
		await incoming('several', { times: 2 });
		await wf.idle();
		expect(wf.executions).toHaveLength(1);
		const items = wf.executions[0]?.items ?? [];
		expect(items.map(({ json }) => (json.text as string).slice(-6))).toEqual(['part 1', 'part 2', 'part 3']);
		expect(new Set(items.map(({ json }) => json.id)).size).toBe(3);
	});
});

describe('kinds of events', () => {
	const jid = (number: string, ending: string) => matching(new RegExp(`^${number}(${ending.replace('.', '\\.')})?$`));
	const privately = { id: jid(sender.number, '@s.whatsapp.net'), type: 'private' };
	const family = { id: jid(groups.family.replace('@g.us', ''), '@g.us'), type: 'group' };
	const amina = { phone: sender.number, name: sender.name };

	it.each<[EventOf<'wapio'>, IDataObject]>([
		['text', { event: 'message', type: 'text', chat: privately, sender: amina, direction: 'incoming' }],
		['personal', { event: 'message', type: 'text', chat: privately, sender: amina }],
		['upsert', { event: 'message', type: 'text', chat: privately, sender: amina }],
		['sdk', { event: 'message', type: 'text', chat: privately, sender: amina, device: sessions.connected }],
		[
			'image',
			{
				event: 'message',
				type: 'image',
				text: matching(/^Message 1/),
				media: { mimeType: 'image/jpeg', caption: matching(/^Message 1/) },
			},
		],
		[
			'document',
			{
				event: 'message',
				type: 'document',
				text: null,
				media: { mimeType: 'application/pdf', fileName: 'invoice.pdf', caption: null },
			},
		],
		['group', { event: 'message', type: 'text', chat: family, sender: amina }],
		['channel', { event: 'message', type: 'text', chat: { id: channel, type: 'channel' } }],
		['own', { event: 'message', type: 'text', direction: 'outgoing', chat: privately }],
		['lid', { event: 'message', chat: { type: 'private' }, sender: amina }],
		[
			'hidden',
			{
				event: 'message',
				chat: { type: 'private' },
				sender: { id: jid(sender.lid, '@lid'), phone: null, name: sender.name },
			},
		],
		['reaction', { type: 'reaction', text: '👍', replyTo: matching(/^3EB0/), chat: privately }],
		['edit', { text: matching(/, edited$/), chat: privately }],
		['delete', { chat: privately }],
		['receipt', { status: { messageId: matching(/^3EB0/), name: matching(/read/i), code: 4, delivered: true } }],
		[
			'call',
			{
				call: { id: matching(/^CALL/), isVideo: true, isGroup: false, state: 'offer' },
				sender: { phone: sender.number },
			},
		],
		['poll', { event: 'poll.results' }],
		['groupParticipants', { event: 'group-participants.update', chat: family }],
		['groupUpdate', { event: 'groups.update' }],
		['contact', { event: 'contacts.upsert' }],
		['chat', { event: 'chats.update' }],
		['sessionStatus', { event: 'session.status' }],
		['qr', { event: 'qrcode.updated' }],
	])('%s', async (kind, expected) => {
		const events = await startedBy(ALL, [[kind]]);
		expect(events).toMatchObject([
			{
				provider: 'wapio',
				device: sessions.connected,
				id: matching(/./),
				raw: expect.any(Object) as IDataObject,
				...expected,
			},
		]);
	});

	it('none of what is no message is taken for one', async () => {
		const kinds = [
			'edit',
			'delete',
			'receipt',
			'call',
			'poll',
			'groupParticipants',
			'groupUpdate',
			'contact',
			'chat',
			'sessionStatus',
			'qr',
		] as const;
		const events = await startedBy(
			ALL,
			kinds.map((kind) => [kind]),
		);
		expect(events.map(({ event }) => event)).toHaveLength(kinds.length);
		expect(events.map(({ event }) => event)).not.toContain('message');
	});

	it('an edit is not taken for the message that it changes', async () => {
		const key = {
			id: '3EB0EDITED',
			fromMe: false,
			remoteJid: `${sender.number}@s.whatsapp.net`,
			cleanedSenderPn: sender.number,
		};
		const edited = (conversation: string) => ({
			overrides: {
				data: [
					{
						key,
						update: { message: { editedMessage: { message: { conversation } } }, messageTimestamp: now() },
					},
				],
			},
		});
		const events = await startedBy({}, [
			['text', { overrides: { data: { messages: { key } } } }],
			['edit', edited('first')],
			['edit', edited('second')],
			['edit', edited('second')],
		]);
		expect(events.map(({ text }) => text)).toEqual([matching(/^Message/), 'first', 'second']);
	});

	it('each step of a message is a receipt of its own', async () => {
		const events = await startedBy({ events: ['receipts'] }, [
			['receipt', { overrides: { data: { key: { id: 'SAME' }, status: 3 } } }],
			['receipt', { overrides: { data: { key: { id: 'SAME' }, status: 4 } } }],
			['receipt', { overrides: { data: { key: { id: 'SAME' }, status: 4 } } }],
		]);
		expect(events.map(({ status }) => (status as IDataObject).code)).toEqual([3, 4]);
	});
});

describe('files', () => {
	const image = async (overrides: Record<string, unknown> = {}, event: EventOf<'wapio'> = 'image') => {
		const wf = deploy({ options: { downloadMedia: true, binaryPropertyName: 'photo' } });
		await wf.activate();
		await incoming(event, { overrides });
		await new Promise((resolve) => setTimeout(resolve, 300));
		await wf.idle();
		return wf.executions[0]?.items[0];
	};

	it('are fetched into binary on request', async () => {
		const item = await image();
		expect(item?.json.mediaError).toBeUndefined();
		expect(item?.binary?.photo).toMatchObject({ mimeType: 'image/jpeg' });
		expect((await bench.engine.binaryBuffer(item, 'photo')).subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
	});

	it('are not fetched from the inside of the network, and the message is not held back', async () => {
		const inside = await startScriptedServer({
			headers: { 'content-type': 'image/png' },
			body: Buffer.from('89504e470d0a1a0a', 'hex'),
		});
		try {
			const item = await image({
				data: { messages: { message: { imageMessage: { url: `${inside.url}/photo.png` } } } },
			});
			expect(inside.requests).toHaveLength(0);
			expect(item?.json).toMatchObject({ type: 'image', mediaError: expect.any(String) as string });
			expect(item?.binary).toBeUndefined();
		} finally {
			await inside.close();
		}
	});

	it('that only WhatsApp could decrypt do not hold the message back, and their address is not passed on as one', async () => {
		const item = await image({}, 'encrypted');
		expect(item?.json).toMatchObject({
			type: 'image',
			media: { url: null, mimeType: 'image/jpeg' },
			mediaError: expect.any(String) as string,
		});
		expect(item?.binary).toBeUndefined();
	});

	it('that have no address do not hold the message back', async () => {
		const item = await image({ data: { messages: { message: { imageMessage: { url: undefined } } } } });
		expect(item?.json).toMatchObject({ type: 'image', mediaError: expect.any(String) as string });
	});
});

describe('filters', () => {
	it('own messages are dropped unless wanted', async () => {
		expect(await startedBy({}, [['own']])).toHaveLength(0);
		expect(
			await startedBy({ options: { includeOwn: true, replaceExistingWebhook: true } }, [['own']]),
		).toHaveLength(1);
	});

	it('by kind of event, also where the provider sends more than was asked for', async () => {
		const wf = deploy({ events: ['receipts'] });
		await wf.activate();
		expect((await posted(wf, sample())).status).toBe(200);
		await incoming('receipt');
		await wf.idle();
		expect(wf.executions.map(({ items }) => (items[0]?.json.raw as IDataObject).event)).toEqual([
			'message-receipt.update',
		]);
	});

	it('by chat', async () => {
		const found = await startedBy({ chats: 'group' }, [['text'], ['group'], ['channel']]);
		expect(found.map(({ chat }) => (chat as IDataObject).type)).toEqual(['group']);
	});

	it('by sender, however the number is written, also behind a LID', async () => {
		const from = (number: string) => ({
			overrides: {
				data: { messages: { key: { cleanedSenderPn: number, senderPn: `${number}@s.whatsapp.net` } } },
			},
		});
		const found = await startedBy({ options: { senders: '+212 612-345678' } }, [
			['lid', from('212612345678')],
			['lid', from('212612345679')],
		]);
		expect(found.map(({ sender: by }) => (by as IDataObject).phone)).toEqual(['212612345678']);
	});
});
