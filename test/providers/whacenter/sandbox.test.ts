import { request as httpRequest } from 'node:http';
import { type Sandbox, startSandbox, whacenterAccount } from '../../../sandbox';
import {
	type Answer,
	anyNumber,
	callProvider,
	controlCall,
	matching,
	multipart,
	startReceiver,
} from '../../sandbox/client';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.control.reset());
afterAll(() => sandbox.close());

const { connected, timedOut, waiting } = whacenterAccount.devices;
const NUMBER = '6281200000001';
const no = (message: unknown): unknown => ({ status: false, message, data: [] });
const UNKNOWN = no('device not connected or not found');

const get = async (path: string, query: Record<string, string> = {}, device: string = connected): Promise<Answer> =>
	await callProvider(
		sandbox,
		'whacenter',
		'GET',
		`${path}?${new URLSearchParams({ device_id: device, ...query }).toString()}`,
	);
const post = async (path: string, fields: Record<string, string> = {}, device: string = connected): Promise<Answer> =>
	await callProvider(sandbox, 'whacenter', 'POST', path, multipart({ device_id: device, ...fields }));
const hello = { number: NUMBER, message: 'Hello' };

it.each([
	['success', connected],
	['refusal', 'unknown'],
])('answers a %s with HTTP 200 and JSON as text/html', async (_name, device) => {
	const { status, headers, json } = await get('/statusDevice', {}, device);
	expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=UTF-8']);
	expect(json).toMatchObject({ status: device === connected });
});

it('answers 404 to a path it does not have', async () => {
	expect((await get('/nowhere')).status).toBe(404);
});

it.each([
	['status', '/statusDevice'],
	['QR code', '/qr'],
	['webhook', '/getWebhook'],
])('refuses the %s of an unknown device in the words of the collection', async (_name, path) => {
	expect((await get(path, {}, 'unknown')).json).toEqual(UNKNOWN);
	expect((await callProvider(sandbox, 'whacenter', 'GET', path)).json).toEqual(UNKNOWN);
});

describe('devices', () => {
	it.each([
		[connected, 'CONNECTED', 'done'],
		[timedOut, 'NOT CONNECTED', 'timeout'],
		[waiting, 'NOT CONNECTED', matching(/^2@.+,.+,.+,.+/)],
	])('%s is %s', async (device, status, qr) => {
		const { json } = await get('/statusDevice', {}, device);
		expect(json).toEqual({
			status: true,
			message: 'success get device status',
			data: { status, nomor: matching(/^\d+$/), nama: matching(/./), qr },
		});
	});

	it('shows a QR code as PNG bytes only while one waits to be scanned', async () => {
		const answer = await fetch(`${sandbox.baseUrl('whacenter')}/qr?device_id=${waiting}`);
		expect(Buffer.from(await answer.arrayBuffer()).subarray(0, 4)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47]));
		expect((await get('/qr')).json).toEqual(no('device already connected'));
		expect((await get('/qr', {}, timedOut)).json).toEqual(no('qr timeout'));
	});

	it('brings a new QR code after a relog', async () => {
		expect((await post('/relogDevice', {}, timedOut)).json).toEqual({
			status: true,
			message: 'berhasil relog device',
			data: [],
		});
		expect((await get('/statusDevice', {}, timedOut)).json).toMatchObject({
			data: { status: 'NOT CONNECTED', qr: matching(/^2@/) },
		});
		expect((await get('/qr', {}, timedOut)).text).toContain('PNG');
	});

	it('can be logged out and in', async () => {
		sandbox.control.setDeviceStatus('whacenter', connected, 'NOT CONNECTED');
		expect((await post('/send', hello)).json).toEqual(UNKNOWN);
		sandbox.control.setDeviceStatus('whacenter', connected, 'CONNECTED');
		expect((await post('/send', hello)).json).toMatchObject({ status: true });
		expect(() => sandbox.control.setDeviceStatus('whacenter', connected, 'SLEEPING')).toThrow('NOT CONNECTED');
	});
});

describe('sending', () => {
	const form = { device_id: connected, ...hello };
	it.each<[string, () => Promise<Answer>]>([
		['multipart', async () => await post('/send', hello)],
		[
			'urlencoded',
			async () => await callProvider(sandbox, 'whacenter', 'POST', '/send', new URLSearchParams(form)),
		],
		['JSON', async () => await callProvider(sandbox, 'whacenter', 'POST', '/send', form)],
		['a query', async () => await get('/send', hello)],
	])('takes %s', async (_name, send) => {
		expect((await send()).json).toEqual({ status: true, message: 'message sent', data: { id: anyNumber } });
		expect(sandbox.control.messages()).toMatchObject([
			{ recipient: NUMBER, recipientType: 'person', kind: 'text', text: 'Hello', raw: form },
		]);
	});

	it('takes a form in the body of a GET, as the collection shows it', async () => {
		const body = Buffer.from(await new Response(multipart(form)).arrayBuffer());
		const boundary = body.toString('latin1').split('\r\n')[0]?.slice(2) ?? '';
		const status = await new Promise((resolve, reject) => {
			const headers = {
				'Content-Type': `multipart/form-data; boundary=${boundary}`,
				'Content-Length': body.length,
			};
			const sending = httpRequest(
				`${sandbox.baseUrl('whacenter')}/send`,
				{ method: 'GET', agent: false, headers },
				(answer) => {
					answer.resume();
					resolve(answer.statusCode);
				},
			);
			sending.on('error', reject).end(body);
		});
		expect(status).toBe(200);
		expect(sandbox.control.messages()).toMatchObject([{ recipient: NUMBER, text: 'Hello' }]);
	});

	it('refuses a broken form', async () => {
		const answer = await fetch(`${sandbox.baseUrl('whacenter')}/send`, {
			method: 'POST',
			headers: { 'Content-Type': 'multipart/form-data; boundary=x' },
			body: 'no form',
		});
		expect(await answer.json()).toEqual(no('The request body is not valid form data.'));
	});

	it('says yes to a number that is none, and nothing arrives', async () => {
		expect((await post('/send', { ...hello, number: `\u202a${NUMBER}\u202c` })).json).toMatchObject({
			status: true,
		});
		expect(sandbox.control.messages()).toEqual([]);
	});

	it.each([
		['no number', { message: 'x' }, 'number is required'],
		['no message', { number: NUMBER }, 'message is required'],
		['a schedule of another form', { ...hello, schedule: '2035-10-07T11:30' }, 'schedule must be Y-m-d H:i:s'],
	])('refuses %s', async (_name, fields: Record<string, string>, message) => {
		expect((await post('/send', fields)).json).toEqual(no(message));
		expect(sandbox.control.messages()).toEqual([]);
	});

	it('sends a file with and without a caption', async () => {
		const file = 'https://example.com/a.jpg';
		await post('/send', { ...hello, file });
		await post('/send', { number: NUMBER, file, message: '' });
		expect(sandbox.control.messages()).toMatchObject([
			{ kind: 'file', text: 'Hello', url: file },
			{ kind: 'file', text: null, url: file },
		]);
	});

	it('finds groups by their name', async () => {
		const group = whacenterAccount.groups[2];
		expect((await post('/sendGroup', { group, message: 'Hi' })).json).toMatchObject({ status: true });
		expect((await post('/sendGroup', { group: 'Nobody', message: 'Hi' })).json).toEqual(no('group not found'));
		expect(sandbox.control.messages()).toMatchObject([{ recipient: group, recipientType: 'group', text: 'Hi' }]);
	});

	it('has retired buttons', async () => {
		expect((await post('/sendButton', { ...hello, button: 'a,b' })).json).toMatchObject({ status: false });
		expect(sandbox.control.messages()).toEqual([]);
	});
});

describe('schedule', () => {
	it('keeps a message for a time in UTC+7, lists it, and deletes it once', async () => {
		const { json } = await post('/send', { ...hello, schedule: '2035-10-07 11:30:00' });
		const id = String((json as { data: { id: number } }).data.id);
		const expected = [
			{ id, recipient: NUMBER, text: 'Hello', at: '2035-10-07T04:30:00.000Z', written: '2035-10-07 11:30:00' },
		];
		expect(sandbox.control.scheduled('whacenter')).toEqual(expected);
		expect((await controlCall(sandbox, 'GET', '/whacenter/scheduled')).json).toEqual(expected);
		expect(sandbox.control.messages()).toMatchObject([{ kind: 'schedule' }]);

		expect((await get('/deleteMessage', { id }, timedOut)).json).toEqual(no('message not found'));
		expect((await get('/deleteMessage', { id })).json).toMatchObject({ status: true });
		expect(sandbox.control.scheduled('whacenter')).toEqual([]);
		expect((await get('/deleteMessage', { id })).json).toEqual(no('message not found'));
	});

	it('keeps nothing for a time that is over', async () => {
		await post('/send', { ...hello, schedule: '2021-10-07 11:30:00' });
		expect(sandbox.control.scheduled('whacenter')).toEqual([]);
	});
});

describe('webhook', () => {
	it('is one for each device, set and cleared by GET', async () => {
		const webhook = 'https://example.com/hook?a=1&b=2';
		expect((await get('/getWebhook')).json).toEqual({
			status: true,
			message: 'success get webhook',
			data: { webhook: '' },
		});
		await get('/setWebhook', { webhook });
		expect((await get('/getWebhook')).json).toMatchObject({ data: { webhook } });
		expect([sandbox.control.webhook('whacenter'), sandbox.control.webhook('whacenter', timedOut)]).toEqual([
			webhook,
			null,
		]);
		await get('/setWebhook', { webhook: '' });
		expect(sandbox.control.webhook('whacenter')).toBeNull();
	});

	it('is stored by no POST, nor under another name, although both say yes', async () => {
		for (const answer of [
			await post('/setWebhook', { webhook: 'https://example.com' }),
			await get('/setWebhook', { url: 'https://example.com' }),
		]) {
			expect(answer.json).toMatchObject({ status: true });
		}
		expect(sandbox.control.webhook('whacenter')).toBeNull();
	});

	it('posts JSON in the observed shape, and the five fields of the collection', async () => {
		const receiver = await startReceiver();
		try {
			await get('/setWebhook', { webhook: receiver.url });
			await sandbox.control.incoming('whacenter', 'text');
			await sandbox.control.incoming('whacenter', 'documented');
			const bodies = receiver.received.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
			expect(bodies[0]).toMatchObject({
				pushName: 'Ahmad',
				from: NUMBER,
				to: '6285170000011',
				source: 'WHACENTER',
				is_group: false,
				media: null,
			});
			expect(bodies[0]?.timestamp).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
			expect(
				Math.abs(Date.parse(`${String(bodies[0]?.timestamp).replace(' ', 'T')}+07:00`) - Date.now()),
			).toBeLessThan(5000);
			expect(Object.keys(bodies[1] ?? {}).sort()).toEqual(['from', 'media', 'message', 'timestamp', 'to']);
		} finally {
			await receiver.close();
		}
	});

	it('posts a form when asked to', async () => {
		const receiver = await startReceiver();
		try {
			await get('/setWebhook', { webhook: receiver.url });
			await controlCall(sandbox, 'POST', '/whacenter/settings', { webhookBody: 'form' });
			await sandbox.control.incoming('whacenter', 'ad', { overrides: { message: 'a & b' } });
			expect(receiver.received[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
			const fields = Object.fromEntries(new URLSearchParams(receiver.received[0]?.body));
			expect(fields).toMatchObject({ message: 'a & b', is_group: '0', media: '', 'ad_reply[source_type]': 'ad' });
		} finally {
			await receiver.close();
		}
	});

	it('knows no other setting', async () => {
		expect((await controlCall(sandbox, 'POST', '/whacenter/settings', { webhookBody: 'xml' })).status).toBe(400);
		expect((await controlCall(sandbox, 'POST', '/chatalo/settings', { webhookBody: 'form' })).json).toEqual({
			error: 'chatalo has no settings.',
		});
	});
});

describe('faults in its own form', () => {
	it('says no with HTTP 200 and text/html', async () => {
		sandbox.control.fault({ kind: 'bodyError', message: 'The device expired' });
		const answer = await post('/send', hello);
		expect([answer.status, answer.headers.get('content-type'), answer.json]).toEqual([
			200,
			'text/html; charset=UTF-8',
			no('The device expired'),
		]);
	});

	it('keeps the type that a fault brings, and a web page as it is', async () => {
		sandbox.control.fault({ kind: 'status', status: 503, headers: { 'content-type': 'application/json' } });
		expect((await post('/send', hello)).headers.get('content-type')).toMatch(/^application\/json/);
		sandbox.control.fault({ kind: 'html', accepted: true });
		expect((await post('/send', hello)).text).toMatch(/^<!DOCTYPE html>/);
		expect(sandbox.control.messages()).toHaveLength(1);
	});
});

it('shows requests with the device masked', async () => {
	await post('/send', hello);
	await get('/statusDevice');
	const { json, text } = await controlCall(sandbox, 'GET', '/requests?provider=whacenter');
	expect(json).toMatchObject([{ body: { device_id: '***', message: 'Hello' } }, { query: { device_id: '***' } }]);
	expect(text).not.toContain(connected);
	expect((await controlCall(sandbox, 'GET', '/messages')).text).not.toContain(connected);
});
