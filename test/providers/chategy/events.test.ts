import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { startScriptedServer } from '../../support/scriptedServer';
import { type Deployment, startTriggerHost, type TriggerHost } from '../../support/triggerHost';
import { type Bench, startBench } from './bench';
import { chategyExamples } from './contracts/inbound';
import { Hooks } from './hooks';

let bench: Bench;
let host: TriggerHost;
let hooks: Hooks;

beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => {
	await bench.close();
});
beforeEach(async () => {
	bench.sandbox.control.reset();
	host = await startTriggerHost(bench.engine);
	hooks = new Hooks(bench.sandbox);
});
afterEach(async () => {
	await host.close();
});

type Payload = IDataObject & { payload: IDataObject };

const sample = (name: keyof typeof chategyExamples): IDataObject => structuredClone(chategyExamples[name].payload);
/** An example with other values inside its payload. */
const changed = (name: keyof typeof chategyExamples, change: (payload: IDataObject) => void): IDataObject => {
	const body = sample(name) as Payload;
	change(body.payload);
	return body;
};

const active = async (parameters: INodeParameters = {}): Promise<{ wf: Deployment; url: string }> => {
	const wf = host.deploy({ type: 'chategyTrigger', parameters });
	await wf.activate();
	const entry = (await hooks.all()).find(({ url }) => url.startsWith(wf.productionUrl));
	return { wf, url: entry?.url ?? '' };
};
const post = async (url: string, body: unknown) =>
	await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

/** What the executions that these payloads start begin with. */
const startedBy = async (parameters: INodeParameters, ...bodies: unknown[]) => {
	const { wf, url } = await active(parameters);
	for (const body of bodies) expect((await post(url, body)).status).toBe(200);
	await wf.idle();
	return wf.executions.map(({ items }) => items[0]?.json as IDataObject);
};

const own = { options: { includeOwn: true } };
const base = { provider: 'chategy', id: expect.any(String) as string };

describe('the events', () => {
	it('a WhatsApp message', async () => {
		const [event] = await startedBy({}, sample('incoming'));
		expect(event).toMatchObject({
			...base,
			event: 'message',
			timestamp: '2025-11-25T11:19:22.000Z',
			direction: 'incoming',
			chat: { id: expect.stringMatching(/^995555558974(@c\.us)?$/) as string, type: 'private' },
			// sender_name is the number once more, between marks that nobody sees.
			sender: {
				id: expect.stringMatching(/^995555558974(@c\.us)?$/) as string,
				phone: '995555558974',
				name: 'Test',
			},
			type: 'text',
			text: 'text',
			media: null,
			location: null,
			replyTo: null,
			raw: sample('incoming'),
		});
		expect(event?.device).toMatch(/^(6329|2707)$/);
	});

	it('a WhatsApp message with a file', async () => {
		const [event] = await startedBy({}, sample('incomingFile'));
		expect(event).toMatchObject({
			...base,
			event: 'message',
			type: 'document',
			timestamp: '2025-11-25T11:20:13.000Z',
			media: {
				mimeType: 'image/jpeg',
				url: expect.stringMatching(/^https:\/\/production-docs\.storage\.example\.com\//) as string,
				reference: null,
				fileName: '1764069615_media.jpg',
				caption: 'text',
			},
		});
	});

	it('own WhatsApp messages: dropped unless wanted, also with a file and without an instance', async () => {
		expect(await startedBy({}, sample('outgoing'), sample('outgoingFile'))).toHaveLength(0);
		const [document, image] = await startedBy(own, sample('outgoing'), sample('outgoingFile'));
		expect(document).toMatchObject({
			...base,
			event: 'message',
			direction: 'outgoing',
			type: 'document',
			chat: { id: expect.stringMatching(/^95555558974|^995555558974/) as string, type: 'private' },
			sender: { phone: '996453558974' },
			media: { mimeType: 'application/msword', fileName: 'test.doc', caption: 'file new' },
		});
		expect(image).toMatchObject({
			direction: 'outgoing',
			type: 'image',
			device: '4140',
			media: { mimeType: 'image/jpeg', caption: null },
		});
	});

	it('a WhatsApp group, and an answer to a message', async () => {
		const body = changed('incoming', (payload) => {
			const message = payload.new_message as IDataObject;
			message.chat_id = '120363025246125486@g.us';
			(message.message as IDataObject).reply_to_message_id = 'true_995555558974@c.us_3EB0';
		});
		const [event] = await startedBy({}, body);
		expect(event).toMatchObject({
			chat: { id: '120363025246125486@g.us', type: 'group' },
			sender: { phone: '995555558974' },
			replyTo: 'true_995555558974@c.us_3EB0',
		});
	});

	it('a Telegram message', async () => {
		const [event] = await startedBy({}, sample('telegramIncoming'));
		expect(event).toMatchObject({
			...base,
			event: 'message',
			timestamp: '2023-11-24T12:15:34.000Z',
			direction: 'incoming',
			chat: { id: '379163707', type: 'private' },
			sender: { id: '379163707', phone: '995550846453', name: 'mdyageleva' },
			type: 'text',
			text: 'text',
			media: null,
			replyTo: null,
		});
	});

	it('a Telegram message in a group, told by its sign or by its word', async () => {
		const negative = changed('telegramIncoming', (payload) =>
			Object.assign(payload, { chat_id: -1001234567890, chat_type: undefined }),
		);
		const named = changed('telegramIncoming', (payload) => {
			payload.chat_type = 'group';
			(payload.message as IDataObject).id = 49283073;
		});
		const events = await startedBy({ chats: 'group' }, sample('telegramIncoming'), negative, named);
		expect(events.map(({ chat }) => chat)).toEqual([
			{ id: '-1001234567890', type: 'group' },
			{ id: '379163707', type: 'group' },
		]);
	});

	it('a Telegram message with a file', async () => {
		const body = changed('telegramIncoming', (payload) => {
			payload.message = {
				id: 49283074,
				timestamp: 1700828134,
				type: 'messagePhoto',
				file_data: {
					mime_type: 'image/png',
					caption: 'The bird',
					download_url: 'https://files.example.com/bird.png?Expires=1',
				},
			};
		});
		const [event] = await startedBy({}, body);
		expect(event).toMatchObject({
			type: 'image',
			media: { mimeType: 'image/png', fileName: 'bird.png', caption: 'The bird' },
		});
	});

	it('own Telegram messages are dropped unless wanted', async () => {
		expect(await startedBy({}, sample('telegramOutgoing'))).toHaveLength(0);
		const [event] = await startedBy(own, sample('telegramOutgoing'));
		expect(event).toMatchObject({
			direction: 'outgoing',
			text: 'this is a test message',
			chat: { id: '37916707' },
			sender: { id: '4335465' },
		});
	});

	it('a MAX message, of the same flat form', async () => {
		const body = { ...sample('telegramIncoming'), type: 'max_incoming_msg' };
		expect(await startedBy({ events: ['message_telegram'] }, body)).toHaveLength(0);
		const [event] = await startedBy({ events: ['message_max'] }, body);
		expect(event).toMatchObject({ ...base, event: 'message', text: 'text' });
	});

	it('a WhatsApp call', async () => {
		const [event] = await startedBy({}, sample('call'));
		expect(event).toMatchObject({
			...base,
			event: 'call',
			timestamp: '2025-06-30T14:21:04.000Z',
			direction: 'incoming',
			chat: { id: expect.stringMatching(/^995555123456(@c\.us)?$/) as string, type: 'private' },
			sender: { phone: '995555123456' },
			text: null,
			media: null,
			call: { id: '280F899CBF131466501CDA1B608', isVideo: false, isGroup: false, state: null, reason: null },
		});
	});

	it('a Telegram call', async () => {
		const [event] = await startedBy({}, sample('telegramCall'));
		expect(event).toMatchObject({
			...base,
			event: 'call',
			direction: 'incoming',
			chat: { id: '6888055', type: 'private' },
			sender: { id: '68880855', phone: '995598464533', name: 'TestName' },
			call: { id: '9', isVideo: false, state: 'callStateDiscarded', reason: 'callDiscardReasonDisconnected' },
		});
	});

	it.each<[string, boolean | null]>([
		['sent', null],
		['received', true],
		['read', true],
		['played', true],
		['failed', false],
		['expired', false],
		['content_gone', false],
		['content_too_big', false],
		['content_unuploadable', false],
		['inactive', false],
	])('the status %s of a message', async (status, delivered) => {
		const body = changed('status', (payload) => Object.assign(payload.message_status as IDataObject, { status }));
		const [event] = await startedBy({}, body);
		expect(event).toMatchObject({
			...base,
			event: 'message_status',
			chat: { id: expect.stringMatching(/^995555123456(@c\.us)?$/) as string, type: 'private' },
			status: { messageId: 'true_995555123456@c.us_8110THISISBOT', name: status, code: null, delivered },
		});
	});

	it('logging in and out', async () => {
		const events = await startedBy({}, sample('logIn'), sample('logOut'));
		expect(events).toMatchObject([
			{
				...base,
				event: 'log_in',
				device: expect.stringMatching(/^(368|1050)$/) as string,
				text: null,
				media: null,
			},
			{ ...base, event: 'log_out', device: '591', text: null, media: null },
		]);
	});

	it('what became of a message, posted to this address as its callback', async () => {
		const [event] = await startedBy({}, sample('deliveryStatus'));
		expect(event).toMatchObject({
			...base,
			event: 'delivery_status',
			status: { messageId: '26', name: 'length_restriction', code: 26, final: true, delivered: false },
			raw: sample('deliveryStatus'),
		});
	});

	it('Raw gives each as it came', async () => {
		const names = [
			'incoming',
			'telegramIncoming',
			'call',
			'telegramCall',
			'status',
			'logIn',
			'logOut',
			'deliveryStatus',
		] as const;
		const events = await startedBy({ output: 'raw' }, ...names.map(sample));
		expect(events).toEqual(names.map(sample));
	});
});

describe('which events start the workflow', () => {
	const one = {
		message_whatsapp: 'incoming',
		message_telegram: 'telegramIncoming',
		message_status: 'status',
		log_in: 'logIn',
		log_out: 'logOut',
		call: 'call',
	} as const;

	it.each(Object.entries(one))('%s alone', async (event, name) => {
		const bodies = Object.values(one).map(sample);
		expect(await startedBy({ events: [event], output: 'raw' }, ...bodies, sample('deliveryStatus'))).toEqual([
			sample(name),
		]);
	});

	it('calls of both messengers', async () => {
		expect(await startedBy({ events: ['call'] }, sample('call'), sample('telegramCall'))).toHaveLength(2);
	});

	it('delivery statuses alone, beside something that can be registered', async () => {
		const events = await startedBy(
			{ events: ['delivery_status', 'log_out'] },
			sample('deliveryStatus'),
			sample('incoming'),
		);
		expect(events.map(({ event }) => event)).toEqual(['delivery_status']);
	});

	it('by sender, however the number is written', async () => {
		const other = changed('incoming', (payload) => {
			const message = payload.new_message as IDataObject;
			Object.assign(message, {
				sender_id: '995555550000@c.us',
				sender_phone_number: '995555550000',
				chat_phone: '995555550000',
			});
			(message.message as IDataObject).id = 'false_995555550000@c.us_3B55';
		});
		expect(await startedBy({ options: { senders: '+995 555-558-974' } }, sample('incoming'), other)).toHaveLength(
			1,
		);
	});
});

describe('deliveries', () => {
	it.each([false, true])('the same message three times (together: %s) starts one execution', async (parallel) => {
		const { wf, url } = await active();
		const once = async () => (await post(url, sample('incoming'))).status;
		const statuses = parallel
			? await Promise.all([once(), once(), once()])
			: [await once(), await once(), await once()];
		await wf.idle();
		expect(statuses).toEqual([200, 200, 200]);
		expect(wf.executions).toHaveLength(1);
	});

	it('two statuses of one message start two, each of them once', async () => {
		const received = changed('status', (payload) =>
			Object.assign(payload.message_status as IDataObject, { status: 'received' }),
		);
		const events = await startedBy({}, received, sample('status'), received, sample('status'));
		expect(events.map(({ status }) => (status as IDataObject).name)).toEqual(['received', 'read']);
	});

	it('two delivery statuses of one message start two, a repeated callback none', async () => {
		const later = sample('deliveryStatus') as { delivery: { status: IDataObject } };
		later.delivery.status.status_id = 2;
		const events = await startedBy({}, sample('deliveryStatus'), sample('deliveryStatus'), later);
		expect(events.map(({ status }) => (status as IDataObject).code)).toEqual([26, 2]);
	});

	it('a message that names this address as its callback starts one execution when it has arrived', async () => {
		const { wf, url } = await active({ events: ['delivery_status', 'log_out'] });
		const sent = await bench.run({
			...bench.sendText,
			phoneNumber: '995598464533',
			text: 'Hi',
			options: { callbackUrl: url },
		});
		expect(sent.error).toBeUndefined();
		const messageId = sent.outputs[0]?.[0]?.json.messageId;
		await bench.sandbox.control.action('chategy', 'deliveryStatus', { id: Number(messageId), statusId: 2 });
		await wf.idle();
		expect(wf.executions.map(({ items }) => items[0]?.json)).toMatchObject([
			{
				event: 'delivery_status',
				status: { messageId, name: 'delivered', code: 2, final: true, delivered: true },
			},
		]);
	});

	it('a call that rings and one that has ended are two, as are two messages', async () => {
		const ringing = changed('telegramCall', (payload) =>
			Object.assign(payload.call as IDataObject, { state: 'callStatePending', reason: null }),
		);
		expect(await startedBy({}, ringing, sample('telegramCall'), sample('telegramCall'))).toHaveLength(2);
	});

	it.each([
		['no secret', ''],
		['a wrong secret', '?secret=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'],
		['two secrets', '?secret=a&secret=b'],
	])('forged (%s): 401 and no execution', async (_name, query) => {
		const { wf } = await active();
		expect((await post(`${wf.productionUrl}${query}`, sample('incoming'))).status).toBe(401);
		await wf.idle();
		expect(wf.executions).toHaveLength(0);
	});

	it.each<[string, unknown]>([
		['an empty object', {}],
		['a list', []],
		['a type without a payload', { type: 'whatsapp_incoming_msg' }],
		['a payload without a message', { type: 'whatsapp_incoming_msg', payload: { instance: { id: 1 } } }],
		['a delivery without a status', { delivery: { id: 26 } }],
		['a type that there is not', { type: 'pigeon_incoming_msg', payload: { message: 'coo' } }],
		['another provider', { event: 'messages.received', data: {} }],
	])('malformed (%s): 400 and no execution', async (_name, body) => {
		const { wf, url } = await active();
		expect((await post(url, body)).status).toBe(400);
		await wf.idle();
		expect(wf.executions).toHaveLength(0);
	});
});

describe('files', () => {
	const PHOTO = Buffer.from('ffd8ffe000104a464946', 'hex');

	/** A message whose file lies at this address. */
	const withFile = (download_url: string) =>
		changed('incomingFile', (payload) => {
			const { message } = payload.new_message as { message: { file_data: IDataObject } };
			message.file_data.download_url = download_url;
		});

	/** The provider and its storage on one host, which is where files may come from in a test. */
	const fetched = async (status: number) => {
		const server = await startScriptedServer(({ path }) => {
			if (path === '/files/photo.jpg') return { status, headers: { 'content-type': 'image/jpeg' }, body: PHOTO };
			const meta = { code: 200, status: 'success' };
			return { body: path.endsWith('webhooks') ? { webhooks: [], meta } : { meta } };
		});
		const credentials = { chategyApi: { accessToken: 'token-for-tests', baseUrl: server.url } };
		try {
			const wf = host.deploy({
				type: 'chategyTrigger',
				parameters: { options: { downloadMedia: true, binaryPropertyName: 'photo' } },
				credentials,
			});
			await wf.activate();
			const registered = server.requests.find(({ method }) => method === 'POST');
			const url = registered?.query.find(([name]) => name === 'url')?.[1] ?? '';
			expect((await post(url, withFile(`${server.url}/files/photo.jpg?X-Amz-Signature=made-up`))).status).toBe(
				200,
			);
			await new Promise((resolve) => setTimeout(resolve, 300));
			await wf.idle();
			const item = wf.executions[0]?.items[0];
			return { item, request: server.requests.find(({ path }) => path === '/files/photo.jpg') };
		} finally {
			await server.close();
		}
	};

	it('are fetched into binary from the link, without the credential', async () => {
		const { item, request } = await fetched(200);
		expect(item?.json.mediaError).toBeUndefined();
		expect(item?.binary?.photo).toMatchObject({
			mimeType: 'image/jpeg',
			fileName: expect.stringMatching(/\.jpg$/) as string,
		});
		expect(await bench.engine.binaryBuffer(item, 'photo')).toEqual(PHOTO);
		expect(request?.query).toEqual([['X-Amz-Signature', 'made-up']]);
		expect(request?.headers).not.toHaveProperty('authorization');
		expect(JSON.stringify(request?.headers)).not.toContain('token-for-tests');
	});

	it('whose link has expired do not hold the message back', async () => {
		const { item } = await fetched(403);
		expect(item?.binary).toBeUndefined();
		expect(item?.json).toMatchObject({ event: 'message', mediaError: expect.any(String) as string });
	});

	it('are not fetched from the inside of the network', async () => {
		const inside = await startScriptedServer({ headers: { 'content-type': 'image/jpeg' }, body: PHOTO });
		try {
			const { wf, url } = await active({ options: { downloadMedia: true } });
			await post(url, withFile(`${inside.url}/photo.jpg`));
			await new Promise((resolve) => setTimeout(resolve, 300));
			await wf.idle();
			expect(inside.requests).toHaveLength(0);
			expect(wf.executions[0]?.items[0]?.json).toMatchObject({ mediaError: expect.any(String) as string });
		} finally {
			await inside.close();
		}
	});

	it('of the sandbox arrive whole', async () => {
		const { wf } = await active({ options: { downloadMedia: true } });
		await bench.sandbox.control.incoming('chategy', 'document');
		await new Promise((resolve) => setTimeout(resolve, 300));
		await wf.idle();
		const item = wf.executions[0]?.items[0];
		expect(item?.json.mediaError).toBeUndefined();
		expect((await bench.engine.binaryBuffer(item)).length).toBeGreaterThan(20);
	});
});

it('every event of the sandbox is understood', async () => {
	const { wf } = await active({ events: ['*', 'message_max'], ...own });
	const kinds = [
		'text',
		'document',
		'ownImage',
		'echo',
		'group',
		'telegramText',
		'telegramFile',
		'telegramGroup',
		'telegramOwn',
		'maxText',
		'statusSent',
		'call',
		'telegramCall',
		'logIn',
		'logOut',
	] as const;
	for (const kind of kinds) {
		const { deliveries } = await bench.sandbox.control.incoming('chategy', kind);
		expect([kind, ...deliveries.map(({ status }) => status)]).toEqual([kind, 200]);
	}
	await wf.idle();
	expect(wf.executions).toHaveLength(kinds.length);
});
