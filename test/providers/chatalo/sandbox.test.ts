import { createHash } from 'node:crypto';
import { chataloAccount, type Sandbox, startSandbox } from '../../../sandbox';
import { anyNumber, anyString, call, DEVICE, KEYS, matching, NUMBER, sendText } from '../../sandbox/client';
import { peakOfBuffers } from '../../support/memory';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => {
	sandbox.control.reset();
	sandbox.control.setRateLimit('chatalo', null);
});
afterAll(() => sandbox.close());

const OK = { code: 200, message: 'OK' };
const refusal = (code: number, message: unknown): unknown => ({ data: [], meta: { code, message } });
const device = { device_id: DEVICE };

async function firstGroups(): Promise<{ id: string; name: string; participants: number }[]> {
	const { json } = await call(sandbox, 'POST', '/groups', device);
	return (json as { data: { id: string; name: string; participants: number }[] }).data;
}

describe('keys', () => {
	it.each([
		['none', {}],
		['a wrong public key', { ...KEYS, 'X-Public-Key': 'wrong' }],
		['a wrong secret key', { ...KEYS, 'X-Secret-Key': 'wrong' }],
		['no secret key', { 'X-Public-Key': chataloAccount.publicKey }],
	])('refuses %s', async (_name, headers) => {
		const answer = await call(sandbox, 'GET', '/profile', undefined, headers);
		expect(answer.status).toBe(403);
		expect(answer.json).toEqual(refusal(403, 'Unauthorized'));
	});

	it('does not send a message without them', async () => {
		await call(sandbox, 'POST', '/messages', { ...device, type: 'text', number: NUMBER, message: 'x' }, {});
		expect(sandbox.control.messages()).toEqual([]);
	});
});

it.each([
	['GET', '/nowhere'],
	['GET', '/contacts'],
	['POST', '/profile'],
	['POST', '/unsetWebhook'],
])('answers 404 to %s %s', async (method, path) => {
	const answer = await call(sandbox, method, path);
	expect(answer.status).toBe(404);
	expect(answer.json).toEqual(refusal(404, 'Not Found'));
	expect(sandbox.control.requests()).toMatchObject([{ method, path, answered: 404 }]);
});

describe('profile', () => {
	it('has the fields of the example', async () => {
		const { status, json } = await call(sandbox, 'GET', '/profile');
		expect(status).toBe(200);
		expect(json).toMatchObject({
			data: { first_name: 'Trimun', last_name: 'Su', plan: 'Premium', email: anyString, expires_on: anyString },
			meta: OK,
		});
		const devices = (json as { data: { assigned_devices: Record<string, unknown>[] } }).data.assigned_devices;
		expect(devices.map(({ status: state }) => state)).toEqual(['AUTHENTICATED', 'DISCONNECTED', 'CONNECTING']);
		expect(Object.keys(devices[0] ?? {})).toEqual(['id', 'name', 'whatsapp_number', 'status']);
	});

	it('pages the logs with per_page', async () => {
		const { json } = await call(sandbox, 'GET', '/profile/logs?page=4&limit=17');
		expect(json).toMatchObject({
			meta: { ...OK, pagination: { current_page: 4, total: 60, per_page: 17, last_page: 4 } },
		});
		const rows = (json as { data: Record<string, unknown>[] }).data;
		expect(rows).toHaveLength(9);
		expect(Object.keys(rows[0] ?? {})).toEqual(['id', 'date', 'action', 'ip_address', 'browser']);
	});

	it('writes log dates as in the example, newest first', async () => {
		const { json } = await call(sandbox, 'GET', '/profile/logs');
		const { data } = json as { data: { date: string }[] };
		expect(data).toHaveLength(15);
		expect(data[0]?.date).toBe('20 Jul 2023, 11:35:04 am');
		for (const { date } of data) expect(date).toMatch(/^\d\d [A-Z][a-z]{2} 2023, (0[1-9]|1[0-2]):\d\d:\d\d [ap]m$/);
	});

	it('filters logs, and takes empty filters for none', async () => {
		const data = async (query: string): Promise<Record<string, string>[]> => {
			const { json } = await call(sandbox, 'GET', `/profile/logs?limit=100&${query}`);
			return (json as { data: Record<string, string>[] }).data;
		};
		expect(await data('action=&ip=&date_from=&date_to=')).toHaveLength(60);
		const keyed = await data('action=api%20key');
		expect(new Set(keyed.map(({ action }) => action))).toEqual(new Set(['Update API Key']));
		expect(new Set((await data('ip=203.0.113.7')).map(({ ip_address }) => ip_address))).toEqual(
			new Set(['203.0.113.7']),
		);
		expect(await data('ip=203.0.113')).toEqual([]);
		expect(await data('date_from=2023-07-20%2011:35')).toHaveLength(1);
		expect(await data('date_to=2023-07-20%2011:35')).toHaveLength(59);
	});

	it.each([
		'date_from=2023-07-20',
		'date_to=20 Jul 2023, 11:35',
		'date_from=2023-13-40 11:35',
		'page=0',
		'limit=many',
	])('refuses %s', async (query) => {
		const { status, json } = await call(sandbox, 'GET', `/profile/logs?${query}`);
		expect(status).toBe(400);
		expect(json).toEqual(refusal(400, matching(/^The (date from|date to|page|limit) /)));
	});
});

describe('contacts', () => {
	it('pages them with limit', async () => {
		const { json } = await call(sandbox, 'POST', '/contacts?page=1&limit=15', device);
		expect(json).toMatchObject({
			meta: { ...OK, pagination: { current_page: 1, total: 120, limit: 15, last_page: 8 } },
		});
		const rows = (json as { data: unknown[] }).data;
		expect(rows).toHaveLength(15);
		expect(rows[0]).toEqual({ number: NUMBER, name: 'Arik 1' });
	});

	it('caps the limit at 100, and has nothing after the last page', async () => {
		const first = await call(sandbox, 'POST', '/contacts?limit=5000', device);
		expect(first.json).toMatchObject({ meta: { pagination: { limit: 100, last_page: 2 } } });
		const third = await call(sandbox, 'POST', '/contacts?limit=100&page=3', device);
		expect(third.json).toMatchObject({ data: [], meta: { pagination: { current_page: 3 } } });
	});

	it('gives a picture that can be fetched, and none for some', async () => {
		const { json } = await call(sandbox, 'POST', '/contacts/picture', { ...device, number: NUMBER });
		const { data } = json as { data: { number: string; url: string } };
		expect(data.number).toBe(NUMBER);
		const picture = await fetch(data.url);
		expect(picture.headers.get('content-type')).toBe('image/png');
		expect(
			Buffer.from(await picture.arrayBuffer())
				.subarray(1, 4)
				.toString(),
		).toBe('PNG');
		const without = await call(sandbox, 'POST', '/contacts/picture', {
			...device,
			number: chataloAccount.withoutPicture,
		});
		expect(without.json).toMatchObject({ data: { url: null } });
	});

	it('checks numbers', async () => {
		const [absent] = chataloAccount.notOnWhatsApp;
		for (const [number, exists] of [
			[NUMBER, true],
			[absent, false],
		] as const) {
			const { json } = await call(sandbox, 'POST', '/contacts/check', { ...device, number });
			expect(json).toEqual({ data: { number, exists }, meta: OK });
		}
	});
});

describe('groups', () => {
	it('lists both forms of id, with how many are in each', async () => {
		const { json } = await call(sandbox, 'POST', '/groups', device);
		expect(json).toMatchObject({ meta: { pagination: { current_page: 1, total: 35, limit: 15, last_page: 3 } } });
		const groups = (json as { data: { id: string; participants: number }[] }).data;
		expect(groups[0]?.id).toMatch(/^628\d+-15\d{8}$/);
		expect(groups[1]?.id).toMatch(/^1203630\d{11}$/);
		expect(groups[0]?.participants).toBe(2);
	});

	it('gives the detail of each', async () => {
		for (const { id, name, participants } of await firstGroups()) {
			const { json } = await call(sandbox, 'POST', '/groups/detail', { ...device, group_id: id });
			const { data } = json as {
				data: { participants: { number: string; admin: string | null }[]; owner: string; desc: unknown };
			};
			expect(Object.keys(data)).toEqual([
				'id',
				'name',
				'desc',
				'owner',
				'creation',
				'restrict',
				'announce',
				'size',
				'participants',
			]);
			expect(data).toMatchObject({ id, name, size: participants });
			expect(data.participants).toHaveLength(participants);
			expect(data.participants.filter(({ admin }) => admin === 'superadmin')).toEqual([
				{ number: data.owner, admin: 'superadmin' },
			]);
		}
	});

	it('refuses an unknown group and an id with a suffix', async () => {
		const unknown = await call(sandbox, 'POST', '/groups/detail', { ...device, group_id: '120363999999999999' });
		expect([unknown.status, unknown.json]).toEqual([400, refusal(400, 'Group not found.')]);
		const [group] = await firstGroups();
		const suffixed = await call(sandbox, 'POST', '/groups/detail', { ...device, group_id: `${group?.id}@g.us` });
		expect([suffixed.status, suffixed.json]).toEqual([400, refusal(400, 'The group id format is invalid.')]);
	});
});

describe('sending', () => {
	const url = 'https://i.imgflip.com/2zxmg9.jpg';

	it.each([
		[
			{ type: 'text', message: 'Hi' },
			{ url: null, type: 'text' },
			{ kind: 'text', text: 'Hi', url: null },
		],
		[
			{ type: 'caption', message: 'Hi', url },
			{ url, type: 'caption' },
			{ kind: 'caption', text: 'Hi', url },
		],
		[
			{ type: 'file', url },
			{ url, type: 'file' },
			{ kind: 'file', text: null, url },
		],
	])('to a person and to a group: %j', async (message, answered, accepted) => {
		const person = await call(sandbox, 'POST', '/messages', { ...device, number: NUMBER, ...message });
		expect(person.json).toEqual({ data: { is_sent: true, number: NUMBER, ...answered }, meta: OK });
		const [group] = await firstGroups();
		const body = { ...device, group_id: group?.id, ...message };
		const toGroup = await call(sandbox, 'POST', '/messages/group', body);
		expect(toGroup.json).toEqual({ data: { is_sent: true, group_id: group?.id, ...answered }, meta: OK });
		expect(sandbox.control.messages('chatalo')).toEqual([
			{
				...accepted,
				provider: 'chatalo',
				sequence: 1,
				device: DEVICE,
				recipient: NUMBER,
				recipientType: 'person',
				acceptedAt: anyNumber,
				raw: { ...device, number: NUMBER, ...message },
			},
			{
				...accepted,
				provider: 'chatalo',
				sequence: 2,
				device: DEVICE,
				recipient: group?.id,
				recipientType: 'group',
				acceptedAt: anyNumber,
				raw: body,
			},
		]);
	});

	const text = { ...device, type: 'text', number: NUMBER, message: 'Hi' };
	it.each<[unknown, string]>([
		[undefined, 'The type field is required.'],
		[[], 'The type field is required.'],
		[{ ...text, type: undefined }, 'The type field is required.'],
		[{ ...text, type: 'video' }, 'The selected type is invalid.'],
		[{ ...text, number: undefined }, 'The number field is required.'],
		[{ ...text, number: 6281200000001 }, 'The number must be a string.'],
		[{ ...text, number: `+${NUMBER}` }, 'The number format is invalid.'],
		[{ ...text, number: '6281 2000' }, 'The number format is invalid.'],
		[{ ...text, number: '081200000001' }, 'The number format is invalid.'],
		[{ ...text, number: `${NUMBER}@c.us` }, 'The number format is invalid.'],
		[{ ...text, message: undefined }, 'The message field is required.'],
		[{ ...text, message: '  ' }, 'The message field is required.'],
		[{ ...text, message: { a: 1 } }, 'The message must be a string.'],
		[{ ...text, type: 'caption' }, 'The url field is required.'],
		[{ ...text, type: 'caption', url, message: undefined }, 'The message field is required.'],
		[{ ...text, type: 'file', url: 'file.jpg' }, 'The url format is invalid.'],
		[{ ...text, type: 'file', url: 'ftp://example.com/a' }, 'The url format is invalid.'],
		[{ ...text, device_id: undefined }, 'The device id field is required.'],
		[{ ...text, device_id: 'unknown' }, 'Device not found.'],
		['{"device_id": ', 'The request body is not valid JSON.'],
	])('refuses %j', async (body, message) => {
		const answer = await call(sandbox, 'POST', '/messages', body);
		expect([answer.status, answer.json]).toEqual([400, refusal(400, message)]);
		expect(sandbox.control.messages()).toEqual([]);
	});

	it('reads no fields from a body that is not sent as JSON', async () => {
		const form = new URLSearchParams({ ...text }).toString();
		const plain = await call(sandbox, 'POST', '/messages', JSON.stringify(text), {
			...KEYS,
			'Content-Type': 'text/plain',
		});
		expect(plain.status).toBe(400);
		const asForm = await call(sandbox, 'POST', '/messages', form, {
			...KEYS,
			'Content-Type': 'application/x-www-form-urlencoded',
		});
		expect(asForm.status).toBe(400);
	});

	it('answers is_sent: false for a number that is not on WhatsApp', async () => {
		const [absent] = chataloAccount.notOnWhatsApp;
		expect((await sendText(sandbox, 'Hi', absent)).json).toMatchObject({
			data: { is_sent: false, number: absent },
		});
		expect(sandbox.control.messages()).toEqual([]);
	});

	it('keeps any text as it is', async () => {
		const message = 'Halo 👋\n"quoted" \u202Abidi\u202C \\ </script> é';
		await sendText(sandbox, message);
		expect(sandbox.control.messages()[0]?.text).toBe(message);
	});
});

describe('a device that is not AUTHENTICATED', () => {
	it.each([
		'/contacts',
		'/contacts/check',
		'/contacts/picture',
		'/groups',
		'/groups/detail',
		'/messages',
		'/messages/group',
		'/messages/download',
	])('is refused by %s', async (path) => {
		const [, group] = await firstGroups();
		const fields = { number: NUMBER, group_id: group?.id, type: 'text', message: 'x', file_encoded: 'x' };
		for (const [id, status] of [
			[chataloAccount.devices.disconnected, 'DISCONNECTED'],
			[chataloAccount.devices.connecting, 'CONNECTING'],
		]) {
			const { json } = await call(sandbox, 'POST', path, { ...fields, device_id: id });
			expect(json).toEqual(refusal(400, `Device is not authenticated. Current status is ${status}.`));
		}
		expect(sandbox.control.messages()).toEqual([]);
	});

	it('can come and go', async () => {
		sandbox.control.setDeviceStatus('chatalo', DEVICE, 'DISCONNECTING');
		expect((await sendText(sandbox)).status).toBe(400);
		sandbox.control.setDeviceStatus('chatalo', DEVICE, 'AUTHENTICATED');
		expect((await sendText(sandbox)).status).toBe(200);
		expect(() => sandbox.control.setDeviceStatus('chatalo', DEVICE, 'ASLEEP')).toThrow('no device status "ASLEEP"');
		expect(() => sandbox.control.setDeviceStatus('chatalo', 'nobody', 'CONNECTED')).toThrow('no device "nobody"');
	});
});

describe('webhook', () => {
	it('is set, read and removed', async () => {
		expect((await call(sandbox, 'GET', '/webhook')).json).toEqual({ data: { url: null }, meta: OK });
		const url = 'https://domain.tld/webhook';
		expect((await call(sandbox, 'POST', '/setWebhook', { url })).json).toEqual({ data: { url }, meta: OK });
		expect((await call(sandbox, 'GET', '/webhook')).json).toEqual({ data: { url }, meta: OK });
		expect(sandbox.control.webhook('chatalo')).toBe(url);
		expect((await call(sandbox, 'DELETE', '/unsetWebhook')).json).toEqual({ data: [], meta: OK });
		expect(sandbox.control.webhook('chatalo')).toBeNull();
	});

	it('is removed by a request that names a content type and has no body, as the sample does', async () => {
		sandbox.control.setWebhook('chatalo', 'https://example.com/other');
		const answer = await call(sandbox, 'DELETE', '/unsetWebhook', undefined, {
			...KEYS,
			'Content-Type': 'application/json',
		});
		expect(answer.status).toBe(200);
		expect(sandbox.control.webhook('chatalo')).toBeNull();
	});

	it.each([{}, { url: '' }, { url: 5 }, { url: 'domain.tld/webhook' }])('refuses %j', async (body) => {
		expect((await call(sandbox, 'POST', '/setWebhook', body)).status).toBe(400);
		expect(sandbox.control.webhook('chatalo')).toBeNull();
	});
});

describe('download', () => {
	it('gives the bytes that were added, with their type', async () => {
		const bytes = Buffer.from([0, 255, 1, 254]);
		const { reference } = sandbox.control.addMedia(bytes, 'audio/ogg; codecs=opus');
		expect(reference).toMatch(/^eyJpdiI6/);
		const answer = await fetch(`${sandbox.baseUrl('chatalo')}/messages/download`, {
			method: 'POST',
			headers: { ...KEYS, 'Content-Type': 'application/json' },
			body: JSON.stringify({ ...device, file_encoded: reference }),
		});
		expect(answer.headers.get('content-type')).toBe('audio/ogg; codecs=opus');
		expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes);
	});

	it('refuses what it never gave out', async () => {
		const { reference } = sandbox.control.addMedia(Buffer.from('x'), 'text/plain');
		for (const file_encoded of ['nonsense', reference.slice(0, -8), `${reference}AAAA`]) {
			const { status, json } = await call(sandbox, 'POST', '/messages/download', { ...device, file_encoded });
			expect([status, json]).toEqual([400, refusal(400, 'The file encoded is invalid.')]);
		}
	});

	it('streams 100 MB without holding them', async () => {
		const size = 100 * 1024 * 1024;
		const { reference } = sandbox.control.addMedia({ size }, 'video/mp4');
		const hashes: string[] = [];
		const { peak } = await peakOfBuffers(async () => {
			for (let round = 0; round < 2; round++) {
				const answer = await fetch(`${sandbox.baseUrl('chatalo')}/messages/download`, {
					method: 'POST',
					headers: { ...KEYS, 'Content-Type': 'application/json' },
					body: JSON.stringify({ ...device, file_encoded: reference }),
				});
				expect(answer.headers.get('content-length')).toBe(String(size));
				const hash = createHash('sha256');
				let length = 0;
				for await (const part of answer.body as unknown as AsyncIterable<Uint8Array>) {
					hash.update(part);
					length += part.byteLength;
				}
				expect(length).toBe(size);
				hashes.push(hash.digest('hex'));
			}
		});
		expect(hashes[0]).toBe(hashes[1]);
		// The client here is fetch, which holds a good part of what it has not handed on yet (half of it on Node 24).
		expect(peak).toBeLessThan(size);
		// A busy machine may take its time.
	}, 120_000);
});
