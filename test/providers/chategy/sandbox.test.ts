import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { chategyAccount, type Sandbox, startSandbox } from '../../../sandbox';
import {
	type Answer,
	anyNumber,
	anyString,
	callProvider,
	controlCall,
	matching,
	startReceiver,
} from '../../sandbox/client';
import { peakOfBuffers } from '../../support/memory';

const { accessToken, idempotencyKey, developerApiKey, instances } = chategyAccount;
const CLIENT = { Authorization: `Bearer ${accessToken}` };
const DEVELOPER = { Authorization: developerApiKey };
const PHONE = '995598464533';
const OK = { code: 200, status: 'success' };

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.control.reset());
afterAll(() => sandbox.close());

const client = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
	callProvider(sandbox, 'chategy', method, `/api/v1${path}`, body, { ...CLIENT, ...headers });
const developer = (method: string, path: string, body?: unknown): Promise<Answer> =>
	callProvider(sandbox, 'chategy', method, path, body, DEVELOPER);
const send = (fields: Record<string, unknown> = {}, headers?: Record<string, string>): Promise<Answer> =>
	client('POST', '/delivery', { phone: PHONE, text: 'Hello', ...fields }, headers);
const refused = (errors: unknown, statusId: number | null = null): unknown => ({
	meta: { code: 422, errors, message: 'Unprocessable Entity', status: 'fail', status_id: statusId },
});
const deliveryOf = ({ json }: Answer): Record<string, unknown> & { id: number } =>
	(json as { delivery: Record<string, unknown> & { id: number } }).delivery;
const writtenIn = (ms: number): string => new Date(Date.now() + ms).toISOString().slice(0, 19).replace('T', ' ');
const DAY = 24 * 60 * 60 * 1000;

describe('keys', () => {
	it('have the token in the form of the collection', () => {
		expect(JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString())).toMatchObject({
			customer_id: chategyAccount.customerId,
		});
		const url = `${sandbox.url}/chategy`;
		const webSocket = `${url.replace('http', 'ws')}/socket/websocket`;
		expect(sandbox.credentials('chategy')).toEqual([
			{
				type: 'chategyApi',
				values: {
					'Base URL': url,
					'Client Access Token': accessToken,
					'Idempotency Key': idempotencyKey,
					'WebSocket URL': webSocket,
					'WhatsApp WebSocket URL': webSocket,
				},
			},
			{ type: 'chategyDeveloperApi', values: { 'Base URL': url, 'API Key': developerApiKey } },
		]);
	});

	it.each<[string, string, Record<string, string>]>([
		['/api/v1/account', 'none', {}],
		['/api/v1/account', 'a wrong token', { Authorization: 'Bearer wrong' }],
		['/api/v1/account', 'a token without Bearer', { Authorization: accessToken }],
		['/api/v1/webhooks', 'the developer key', DEVELOPER],
		['/developer/v1/instances', 'none', {}],
		['/developer/v1/webhooks', 'a key with Bearer', { Authorization: `Bearer ${developerApiKey}` }],
		['/developer/v1/instances', 'a token', CLIENT],
	])('%s refuses %s', async (path, _name, headers) => {
		const { status, json } = await callProvider(sandbox, 'chategy', 'GET', path, undefined, headers);
		expect([status, json]).toEqual([401, { meta: { status: 'fail', message: 'Not authorized!', code: 401 } }]);
	});

	it('are not shown by the control', async () => {
		await client('GET', '/account');
		const { text } = await controlCall(sandbox, 'GET', '/requests');
		expect(text).not.toContain(accessToken);
	});
});

it('answers 404 to an unknown path', async () => {
	expect((await client('GET', '/nowhere')).json).toEqual({
		meta: { status: 'fail', message: 'Not found', code: 404 },
	});
});

describe('delivery', () => {
	it('answers as the example', async () => {
		expect((await send({ dispatch_routing: ['sms'] })).json).toEqual({
			delivery: {
				callback_url: null,
				dispatch_routing: ['sms'],
				external_id: null,
				id: anyNumber,
				phone: `+${PHONE}`,
				priority: 'low',
				scheduled_at: null,
				sender_name: 'CHATEGY.IO',
				status_description: 'Accepted',
				status_id: 6,
				sum: '0.0',
				total_sms: 1,
				traffic_category: 0,
				utm_mark: null,
			},
			meta: OK,
		});
	});

	it.each<[string, () => Promise<Answer>]>([
		['JSON', () => send({ dispatch_routing: ['whatsapp', 'sms'], simulate_typing: false })],
		[
			'a query',
			() =>
				client(
					'POST',
					`/delivery?phone=${PHONE}&text=Hello&dispatch_routing[]=whatsapp&dispatch_routing[]=sms`,
				),
		],
		[
			'a form',
			() =>
				client(
					'POST',
					'/delivery',
					new URLSearchParams([
						['phone', PHONE],
						['text', 'Hello'],
						['dispatch_routing[]', 'whatsapp'],
						['dispatch_routing[]', 'sms'],
					]),
				),
		],
	])('takes %s', async (_name, post) => {
		expect(deliveryOf(await post()).dispatch_routing).toEqual(['whatsapp', 'sms']);
		expect(sandbox.control.messages('chategy')).toMatchObject([
			{
				device: String(instances.main.id),
				recipient: PHONE,
				recipientType: 'person',
				kind: 'text',
				text: 'Hello',
			},
		]);
	});

	it('filters the channels, and takes the default for none', async () => {
		expect(
			deliveryOf(await send({ dispatch_routing: ['whatsapp', 'pigeon', 'whatsapp', 'max'] })).dispatch_routing,
		).toEqual(['whatsapp', 'max']);
		expect(deliveryOf(await send({ dispatch_routing: ['pigeon'] })).dispatch_routing).toEqual(['sms']);
	});

	it('replaces an unknown sender name, keeps a known one, and counts the parts', async () => {
		expect(deliveryOf(await send({ sender_name: 'nobody' })).sender_name).toBe('CHATEGY.IO');
		expect(deliveryOf(await send({ sender_name: 'testname' })).sender_name).toBe('testname');
		expect(deliveryOf(await send({ text: 'ы'.repeat(71) })).total_sms).toBe(2);
	});

	it.each<[string, Record<string, unknown>, string, string]>([
		['username', { phone: undefined, username: '@ann_1' }, 'tdlib', '@ann_1'],
		['a Telegram id', { phone: undefined, tdlib_user_id: '379163707' }, 'tdlib', '379163707'],
		['a Telegram group', { phone: undefined, tdlib_user_id: -1001234567890 }, 'tdlib', '-1001234567890'],
		['a lid', { phone: undefined, whatsapp_lid: '43445322325@lid' }, 'whatsapp', '43445322325@lid'],
	])('sends to %s over its channel only', async (_name, fields, channel, recipient) => {
		const [name = ''] = Object.keys(fields).slice(1);
		expect((await send(fields)).json).toMatchObject({
			meta: { code: 422, errors: { [name]: [matching(/needs the/)] } },
		});
		expect(deliveryOf(await send({ ...fields, dispatch_routing: [channel] })).phone).toBeNull();
		expect(sandbox.control.messages()).toMatchObject([
			{ recipient, recipientType: recipient.startsWith('-') ? 'group' : 'person' },
		]);
	});

	it.each<[Record<string, unknown>, unknown]>([
		[{ text: '' }, { text: ['the text cannot be empty'] }],
		[{ text: 'x'.repeat(3501) }, { text: [matching(/too long/)] }],
		[{ phone: undefined }, { phone: ['the phone cannot be empty'] }],
		[{ phone: '123456' }, { phone: ['phone invalid'] }],
		[{ phone: '1234567890123456' }, { phone: ['phone invalid'] }],
		[
			{ phone: `${PHONE}@c.us`, text: ' ' },
			{ phone: ['phone invalid'], text: ['the text cannot be empty'] },
		],
		[{ priority: 'urgent' }, { priority: ['priority invalid'] }],
		[{ tdlib_user_id: 'ann', dispatch_routing: ['tdlib'] }, { tdlib_user_id: ['tdlib_user_id invalid'] }],
		[{ whatsapp_lid: 'lid', dispatch_routing: ['whatsapp'] }, { whatsapp_lid: ['whatsapp_lid invalid'] }],
		[{ scheduled_at: '2035-10-07T11:30' }, { scheduled_at: ['scheduled_at invalid'] }],
	])('refuses %j', async (fields, errors) => {
		const { status, json } = await send(fields);
		expect([status, json]).toEqual([422, refused(errors)]);
		expect(sandbox.control.messages()).toEqual([]);
	});

	it('keeps a message from a minute to a month ahead, in UTC', async () => {
		const written = writtenIn(5 * 60_000);
		expect(deliveryOf(await send({ scheduled_at: written })).scheduled_at).toBe(`${written.replace(' ', 'T')}Z`);
		expect(sandbox.control.scheduled('chategy')).toMatchObject([{ recipient: PHONE, text: 'Hello', written }]);
		for (const ms of [-60_000, 50_000, 32 * DAY]) {
			expect((await send({ scheduled_at: writtenIn(ms) })).json).toMatchObject({
				meta: { errors: { scheduled_at: [matching(/1 minute to 1 month/)] } },
			});
		}
	});

	it('says no with HTTP 200 when told so', async () => {
		sandbox.control.configure('chategy', { refusalStatus: 'ok', refusalWord: 'failed' });
		const { status, json } = await send({ text: '' });
		expect([status, json]).toMatchObject([200, { meta: { code: 422, status: 'failed' } }]);
		expect(() => sandbox.control.configure('chategy', { refusalStatus: 'maybe' })).toThrow('refusalStatus');
	});
});

describe('bulk delivery', () => {
	it('sends one text to many, and gives no ids', async () => {
		const { json } = await client('POST', '/bulk_delivery', {
			text: 'Hi',
			phones_numbers: [PHONE, '+995 598 464 534'],
			usernames: ['@ann'],
			dispatch_routing: ['tdlib', 'sms'],
			utm_mark: 'spring',
		});
		expect(json).toEqual({
			bulk_delivery: {
				dispatch_routing: ['tdlib', 'sms'],
				phones_numbers: [PHONE, '995598464534'],
				scheduled_at: null,
				sender_name: 'CHATEGY.IO',
				state: 2,
				text: 'Hi',
				url_shorting: false,
				utm_mark: 'spring',
			},
			meta: OK,
		});
		expect(sandbox.control.messages().map(({ recipient }) => recipient)).toEqual([PHONE, '995598464534', '@ann']);
		expect((await client('GET', '/utm_mark')).json).toEqual({ meta: OK, utm_marks: ['spring'] });
	});

	it.each<[Record<string, unknown>, unknown]>([
		[{ phones_numbers: [PHONE] }, { text: ['the text cannot be empty'] }],
		[{ text: 'Hi' }, { phones_numbers: ['phones_numbers cannot be empty'] }],
		[{ text: 'Hi', phones_numbers: [PHONE, '12'] }, { phones_numbers: ['12 invalid'] }],
		[{ text: 'Hi', usernames: ['ann'] }, { dispatch_routing: [anyString] }],
	])('refuses %j', async (fields, errors) => {
		expect((await client('POST', '/bulk_delivery', fields)).json).toEqual(refused(errors));
	});
});

describe('once only', () => {
	const fields = {
		text: 'Hello',
		phone: PHONE,
		external_id: '100',
		dispatch_routing: ['whatsapp', 'sms'],
		simulate_typing: false,
	};
	const checksum = createHmac('sha256', idempotencyKey).update(`whatsappsms100${PHONE}falseHello`).digest('hex');

	it('takes a request with a checksum once', async () => {
		expect((await send(fields, { checksum })).status).toBe(200);
		const again = await send(fields, { checksum });
		expect([again.status, again.json]).toEqual([
			409,
			{ meta: { status: 'fail', message: 'Request with current params has already been received', code: 409 } },
		]);
		expect(sandbox.control.messages()).toHaveLength(1);
	});

	it('refuses a wrong checksum', async () => {
		const { status, json } = await send({ ...fields, text: 'Other' }, { checksum });
		expect([status, json]).toEqual([400, { meta: { status: 'fail', message: 'Invalid checksum', code: 400 } }]);
	});

	it('does not look at the id without a checksum', async () => {
		await send(fields);
		expect((await send(fields)).status).toBe(200);
		expect(sandbox.control.messages()).toHaveLength(2);
	});

	it('tells a message that was taken and whose answer was lost', async () => {
		sandbox.control.fault({ kind: 'dropAfter', provider: 'chategy', path: '/api/v1/delivery' });
		await expect(send(fields, { checksum })).rejects.toThrow();
		expect((await send(fields, { checksum })).status).toBe(409);
		expect(sandbox.control.messages()).toHaveLength(1);
	});

	it('leaves the file out of the checksum', async () => {
		const query = `file_name=a.pdf&phone=${PHONE}&external_id=7`;
		const headers = { checksum: createHmac('sha256', idempotencyKey).update(`7a.pdf${PHONE}`).digest('hex') };
		const form = new FormData();
		form.append('file', new Blob(['%PDF'], { type: 'application/pdf' }), 'a.pdf');
		expect((await client('POST', `/send_file?${query}`, form, headers)).status).toBe(200);
	});
});

describe('files', () => {
	const sendFile = (bytes: string[], type: string, query = `file_name=a.pdf&phone=${PHONE}`): Promise<Answer> => {
		const form = new FormData();
		form.append('file', new Blob(bytes, { type }), 'näme "1".pdf');
		return client('POST', `/send_file?${query}`, form);
	};

	it('are counted, not kept', async () => {
		const { json } = await sendFile(
			['%PDF\r\n--', '\r\n'],
			'application/pdf',
			`file_name=a.pdf&phone=${PHONE}&caption=Look&type=document&dispatch_routing[]=whatsapp&simulate_typing=false&reply_to_message_id=m1`,
		);
		expect(json).toMatchObject({
			delivery: {
				status_description: 'Received',
				simulate_typing: false,
				reply_to_message_id: 'm1',
				dispatch_routing: ['whatsapp'],
			},
			meta: OK,
		});
		const sha256 = createHash('sha256').update('%PDF\r\n--\r\n').digest('hex');
		expect(sandbox.control.messages()).toMatchObject([
			{
				kind: 'file',
				text: 'Look',
				raw: {
					file_name: 'a.pdf',
					file: { fileName: 'näme "1".pdf', mimeType: 'application/pdf', size: 10, sha256 },
				},
			},
		]);
	});

	it.each<[string, () => Promise<Answer>, unknown]>([
		[
			'no file',
			() => client('POST', `/send_file?file_name=a.pdf&phone=${PHONE}`),
			{ file: ['the file cannot be empty'] },
		],
		['a type that is not taken', () => sendFile(['x'], 'text/plain'), { base: ['invalid mime type'] }],
		[
			'a name without an extension',
			() => sendFile(['x'], 'image/png', `file_name=photo&phone=${PHONE}`),
			{ file_name: [anyString] },
		],
		[
			'another kind',
			() => sendFile(['x'], 'image/png', `file_name=a.png&type=sticker&phone=${PHONE}`),
			{ type: ['type invalid'] },
		],
		['no recipient', () => sendFile(['x'], 'image/png', 'file_name=a.png'), { phone: [anyString] }],
	])('refuses %s', async (_name, post, errors) => {
		expect((await post()).json).toEqual(refused(errors));
		expect(sandbox.control.messages()).toEqual([]);
	});

	it('of 100 MB are taken and none above, without holding them', async () => {
		const limit = 100 * 1024 * 1024;
		const upload = async (size: number): Promise<number> => {
			const head =
				'--edge\r\nContent-Disposition: form-data; name="file"; filename="a.mp4"\r\nContent-Type: video/mp4\r\n\r\n';
			const chunk = Buffer.alloc(1024 * 1024, 13);
			function* body(): Generator<Buffer> {
				yield Buffer.from(head);
				for (let rest = size; rest > 0; rest -= chunk.length)
					yield chunk.subarray(0, Math.min(rest, chunk.length));
				yield Buffer.from('\r\n--edge--\r\n');
			}
			// Not fetch, which holds much of what it has not handed on yet.
			const request = http.request(
				`${sandbox.baseUrl('chategy')}/api/v1/send_file?file_name=a.mp4&phone=${PHONE}`,
				{
					method: 'POST',
					headers: { ...CLIENT, 'Content-Type': 'multipart/form-data; boundary=edge' },
				},
			);
			const answered = once(request, 'response') as Promise<[http.IncomingMessage]>;
			await pipeline(Readable.from(body()), request);
			const [answer] = await answered;
			answer.resume();
			return answer.statusCode ?? 0;
		};
		const { result, peak } = await peakOfBuffers(async () => [await upload(limit), await upload(limit + 1)]);
		expect(result).toEqual([200, 422]);
		expect(sandbox.control.messages()).toMatchObject([{ raw: { file: { size: limit } } }]);
		// The collector comes when it likes; what counts is that the file is never there whole.
		expect(peak).toBeLessThan(limit / 2);
		// A busy machine may take its time.
	}, 120_000);
});

describe('states', () => {
	it('are shown, and move as the control says', async () => {
		const { id } = deliveryOf(await send({ dispatch_routing: ['whatsapp'] }));
		expect((await client('GET', `/delivery/${id}`)).json).toMatchObject({
			delivery: {
				id,
				operator: { slug: 'georgia' },
				phone: `+${PHONE}`,
				status: { description: 'Accepted', status_id: 6 },
				sum: '0.00',
			},
			meta: OK,
		});
		await sandbox.control.action('chategy', 'deliveryStatus', { id, statusId: 2 });
		expect(deliveryOf(await client('GET', `/delivery/${id}`)).status).toEqual({
			description: 'Delivered',
			status_id: 2,
		});
		expect((await client('GET', '/delivery/1')).status).toBe(404);
		await expect(sandbox.control.action('chategy', 'deliveryStatus', { id, statusId: 999 })).rejects.toThrow('999');
		await expect(sandbox.control.action('chategy', 'nothing')).rejects.toThrow('deliveryStatus');
	});

	it('call back when they are final, until the answer is 200', async () => {
		const receiver = await startReceiver();
		const refusing = await startReceiver({ status: 404, body: '' });
		try {
			sandbox.control.configure('chategy', { callbackIntervalMs: 5 });
			const { id } = deliveryOf(
				await send({ callback_url: receiver.url, dispatch_routing: ['whatsapp', 'sms'] }),
			);
			expect(await sandbox.control.action('chategy', 'deliveryStatus', { id, statusId: 1 })).toEqual({
				callbacks: [],
			});
			await sandbox.control.action('chategy', 'deliveryStatus', { id, statusId: 1, callback: true });
			await sandbox.control.action('chategy', 'deliveryStatus', { id, statusId: 2, channel: 'sms' });
			expect(receiver.received.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
				{
					delivery: {
						sender_name: 'CHATEGY.IO',
						id,
						status: { status_id: 1, description: 'Passed to the operator', dispatch_routing: 'whatsapp' },
					},
				},
				{
					delivery: {
						sender_name: 'CHATEGY.IO',
						id,
						status: { status_id: 2, description: 'Delivered', dispatch_routing: 'sms' },
					},
				},
			]);
			await send({ callback_url: refusing.url });
			const { json } = await controlCall(sandbox, 'POST', '/chategy/actions/deliveryStatus', { statusId: 45 });
			expect((json as { callbacks: unknown[] }).callbacks).toHaveLength(10);
			expect(refusing.received).toHaveLength(10);
		} finally {
			await Promise.all([receiver.close(), refusing.close()]);
		}
	});

	it('may come by themselves', async () => {
		sandbox.control.configure('chategy', { autoStatus: 16, autoStatusMs: 10 });
		const { id } = deliveryOf(await send());
		await sleep(100);
		expect(deliveryOf(await client('GET', `/delivery/${id}`)).status).toMatchObject({ status_id: 16 });
	});

	it.each<[string, string, number | null, unknown]>([
		['an SMS', 'sms', 2, { dispatch_type: ['dispatch_type invalid'] }],
		['one that is under way', 'whatsapp', null, { delivery: ['delivery not_complete'] }],
		['one of WhatsApp that was deleted', 'whatsapp', 4, { delivery: ['delivery not found'] }],
		['one of Telegram that was deleted', 'tdlib', 4, { tdlib_delivery: ['tdlib_delivery not found'] }],
	])('keep %s from being deleted', async (_name, channel, statusId, errors) => {
		const { id } = deliveryOf(await send({ dispatch_routing: [channel] }));
		if (statusId !== null) await sandbox.control.action('chategy', 'deliveryStatus', { statusId });
		const { status, json } = await client('DELETE', `/delivery/${id}`);
		expect([status, json]).toEqual([422, refused(errors)]);
	});

	it('let a delivered message be deleted once', async () => {
		const { id } = deliveryOf(await send({ dispatch_routing: ['tdlib'] }));
		await sandbox.control.action('chategy', 'deliveryStatus', { statusId: 2 });
		expect((await client('DELETE', `/delivery/${id}`)).json).toEqual({ meta: OK });
		expect((await client('DELETE', `/delivery/${id}`)).status).toBe(422);
		expect((await client('DELETE', '/delivery/1')).json).toEqual(refused({ delivery: ['delivery not found'] }));
	});
});

describe('account', () => {
	it('shows what the example does', async () => {
		expect((await client('GET', '/account')).json).toMatchObject({
			meta: OK,
			account: {
				token: accessToken,
				customer_id: chategyAccount.customerId,
				sender_names: chategyAccount.senderNames,
				total_amount: '780.70',
				tdlib_session: 3,
				whatsapp_session: 1,
				subscription_status: 'active',
			},
		});
	});

	it('finds an operator', async () => {
		expect((await client('GET', '/operators/search?phone=%2B995%20598-464-533')).json).toEqual({
			formatted_phone: '+995598464533',
			meta: OK,
			operator: { brand_name: 'Georgia', country: 'Georgia', id: 81, name: 'Georgia', slug: 'georgia' },
		});
		expect((await client('GET', '/operators/search')).json).toEqual(
			refused({ phone: ["Phone number can't be blank"] }),
		);
	});

	it('authorizes MAX', async () => {
		expect((await client('POST', '/max/close_session')).json).toEqual(
			refused({ max_session_closer: ['max_session_closer session_not_found'] }),
		);
		expect((await client('POST', '/max/send_phone?phone=12')).json).toEqual(
			refused({ phone: ['Phone number has invalid format'] }),
		);
		expect((await client('POST', '/max/send_phone?phone=79811597745')).json).toEqual({ meta: OK });
		expect((await client('POST', '/max/send_code')).json).toEqual(refused({ code: ["code can't be blank"] }));
		expect((await client('POST', '/max/send_code?code=1')).json).toEqual(
			refused({ confirmation_code: ['confirmation code invalid'] }),
		);
		expect((await client('POST', `/max/send_code?code=${chategyAccount.max.code}`)).json).toEqual({ meta: OK });
		expect((await client('GET', '/account')).json).toMatchObject({ account: { max_session: 2 } });
		expect((await client('POST', '/max/close_session')).json).toEqual({ meta: OK });
	});
});

describe('instances', () => {
	const create = (fields: Record<string, unknown>): Promise<Answer> =>
		developer('POST', '/api/tmp/instances', { instance: fields });
	const valid = {
		phone: '995555846453',
		email: 'new@example.com',
		password: 'example123',
		external_id: 'x1',
		dispatch_routing: ['whatsapp'],
	};

	it('are created, with a token that works', async () => {
		const { json } = await create(valid);
		expect(json).toMatchObject({
			instance: {
				id: anyNumber,
				customer_id: anyNumber,
				idempotency_key: matching(/^.{8}$/),
				renew_subscription: true,
				external_id: 'x1',
			},
			meta: OK,
		});
		const { token, customer_id } = (json as { instance: { token: string; customer_id: number } }).instance;
		const account = await callProvider(sandbox, 'chategy', 'GET', '/api/v1/account', undefined, {
			Authorization: `Bearer ${token}`,
		});
		expect(account.json).toMatchObject({
			account: { customer_id, dispatch_routing: ['whatsapp'], whatsapp_session: 0 },
		});
		expect((await create(valid)).json).toEqual({
			meta: {
				status: 'fail',
				code: 422,
				message: 'Unprocessable entity',
				errors: { email: ['already exists'], phone: ['already exists'] },
			},
		});
	});

	it.each([
		{ ...valid, password: 'short1' },
		{ ...valid, password: 'lettersonly' },
		{ ...valid, email: undefined },
		{ ...valid, phone: '12' },
	])('refuse %j', async (fields) => {
		expect((await create(fields)).status).toBe(422);
	});

	it('are found by customer and by external id', async () => {
		const { main } = instances;
		expect((await developer('GET', `/developer/v1/instances/${main.customerId}`)).json).toMatchObject({
			meta: OK,
			instance: { id: main.id, whatsapp_session: 1, whatsapp_phone: anyString },
		});
		expect((await developer('GET', `/developer/v1/instances/${main.id}`)).json).toEqual({
			meta: { code: 404, message: 'Not found', status: 'fail' },
		});
		expect((await developer('GET', '/developer/v1/instances/?external_id=77777')).json).toMatchObject({
			meta: { total_count: 1 },
			instances: [{ id: main.id }],
		});
		expect((await developer('GET', '/developer/v1/instances/?external_id=none')).status).toBe(404);
	});

	it('are paged', async () => {
		const page = async (query: string): Promise<{ meta: unknown; instances: unknown[] }> =>
			(await developer('GET', `/developer/v1/instances?${query}`)).json as {
				meta: unknown;
				instances: unknown[];
			};
		expect((await page('')).instances).toHaveLength(100);
		expect(await page('page=3&per_page=50')).toMatchObject({
			meta: { ...OK, page: 3, total_count: 120, per_page: 50 },
		});
		expect((await page('page=3&per_page=50')).instances).toHaveLength(20);
		expect((await page('page=4&per_page=50')).instances).toEqual([]);
		expect((await page('per_page=500')).instances).toHaveLength(100);
	});

	it('are changed, paid for and logged out', async () => {
		const { main, poor } = instances;
		const path = `/developer/v1/instances/${main.id}`;
		expect(
			(await developer('PUT', `${path}?renew_subscription=false&external_id=new&dispatch_routing[]=max`)).json,
		).toEqual({ instance: { customer_id: main.customerId, id: main.id, renew_subscription: false }, meta: OK });
		expect((await client('GET', '/account')).json).toMatchObject({ account: { dispatch_routing: ['max'] } });
		expect((await developer('PUT', `${path}?email=${poor.email}`)).json).toMatchObject({
			meta: { errors: { email: ['already exists'], renew_subscription: [anyString] } },
		});
		expect((await developer('POST', `${path}/renew_subscription`)).json).toEqual({
			instance: { id: main.id, subscription_paid_until: '2035-08-01' },
			meta: OK,
		});
		expect((await developer('POST', `/developer/v1/instances/${poor.id}/renew_subscription`)).json).toEqual(
			refused({ base: ['not enough money'] }, 1),
		);
		expect((await developer('DELETE', `${path}/delete_container_session`)).json).toEqual({ meta: OK });
		expect(sandbox.control.devices('chategy')[0]?.status).toBe('disconnected');
		expect((await developer('DELETE', '/developer/v1/instances/1/delete_container_session')).status).toBe(404);
	});
});

describe.each<['client' | 'developer', (method: string, path: string) => Promise<Answer>]>([
	['client', (method, path) => client(method, path)],
	['developer', (method, path) => developer(method, `/developer/v1${path}`)],
])('webhooks of the %s', (owner, request) => {
	it('are created, listed, changed and deleted, several at once', async () => {
		const made = await request('POST', '/webhooks?url=https://example.com/a&types[]=whatsapp_log_out');
		const { id } = (made.json as { webhook: { id: number } }).webhook;
		expect(made.json).toEqual({
			meta: OK,
			webhook: { id, types: ['whatsapp_log_out'], url: 'https://example.com/a' },
		});
		await request('POST', '/webhooks?url=https://example.com/b&types[]=tdlib_incoming_msg&types[]=whatsapp_log_in');
		expect((await request('GET', '/webhooks')).json).toMatchObject({
			webhooks: [{ id }, { types: ['tdlib_incoming_msg', 'whatsapp_log_in'] }],
		});
		await request('PUT', `/webhooks/${id}?url=https://example.com/c&types[]=whatsapp_log_in`);
		await request('PATCH', `/webhooks/${id}?url=https://example.com/d`);
		expect((await request('GET', `/webhooks/${id}`)).json).toMatchObject({
			webhook: { id, url: 'https://example.com/d', types: ['whatsapp_log_in'] },
		});
		expect(sandbox.control.webhook('chategy', owner)).toBe('https://example.com/d');
		expect((await request('DELETE', `/webhooks/${id}`)).json).toEqual({ meta: OK });
		expect((await request('GET', `/webhooks/${id}`)).status).toBe(404);
	});

	it.each([
		'url=https://example.com',
		'url=https://example.com&types[]=everything',
		'url=example&types[]=whatsapp_log_in',
	])('refuse %s', async (query) => {
		expect((await request('POST', `/webhooks?${query}`)).status).toBe(422);
	});
});
