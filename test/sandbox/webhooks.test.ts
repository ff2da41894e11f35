import { type EventOf, type Sandbox, startSandbox } from '../../sandbox';
import { anyNumber, anyString, call, DEVICE, KEYS, matching, startReceiver } from './client';

let sandbox: Sandbox;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
beforeEach(async () => {
	sandbox = await startSandbox();
	receiver = await startReceiver();
	await call(sandbox, 'POST', '/setWebhook', { url: receiver.url });
});
afterEach(async () => {
	await sandbox.close();
	await receiver.close();
});

async function play(
	event: EventOf<'chatalo'>,
	overrides: Record<string, unknown> = {},
): Promise<Record<string, unknown>> {
	const { deliveries } = await sandbox.control.incoming('chatalo', event, { overrides });
	expect(deliveries).toMatchObject([{ status: 200, body: 'ok' }]);
	return JSON.parse(receiver.received.at(-1)?.body ?? '') as Record<string, unknown>;
}

it('posts an image exactly as the example does', async () => {
	const payload = await play('image', {
		chat_id: 'D073D8Bxxxx',
		timestamp: 1689930829,
		sender: { name: 'SENDER-NAME', number: '628897509xxxx' },
		media_info: { file_encoded: 'eyJpdiI6ImV3d...' },
	});
	const example = `{"device_id":"${DEVICE}","chat_id":"D073D8Bxxxx","sender":{"name":"SENDER-NAME","number":"628897509xxxx","in_group":false,"group_id":null},"from_me":false,"is_forwarded":false,"is_sticker":false,"timestamp":1689930829,"broadcast":false,"message":false,"has_media":true,"media_info":{"mimetype":"image\\\\/jpeg","file_encoded":"eyJpdiI6ImV3d..."},"location_attached":{"latitude":null,"longitude":null}}`;
	expect(receiver.received[0]?.body).toBe(example);
	expect(receiver.received[0]?.headers['content-type']).toBe('application/json');
	expect(payload['media_info']).toMatchObject({ mimetype: 'image\\/jpeg' });
});

it.each<[EventOf<'chatalo'>, Record<string, unknown>]>([
	['text', { message: anyString, has_media: false, media_info: { mimetype: null, file_encoded: null } }],
	['sticker', { is_sticker: true, has_media: true, message: false }],
	['location', { message: false, location_attached: { latitude: anyNumber, longitude: anyNumber } }],
	['forwarded', { is_forwarded: true, message: anyString }],
	['group', { sender: { in_group: true, group_id: matching(/^1203630\d+$/) } }],
	['own', { from_me: true, sender: { number: '6285170000001' } }],
	['broadcast', { broadcast: true }],
])('%s', async (event, expected) => {
	expect(await play(event)).toMatchObject(expected);
});

it.each<[EventOf<'chatalo'>, string, string]>([
	['image', 'image/jpeg', '\xff\xd8\xff'],
	['video', 'video/mp4', '\0\0\0\x18ftyp'],
	['audio', 'audio/ogg; codecs=opus', 'OggS'],
	['document', 'application/pdf', '%PDF-1.4'],
	['sticker', 'image/webp', 'RIFF'],
])('%s comes with bytes to download', async (event, mimeType, beginning) => {
	const { media_info } = (await play(event)) as { media_info: { mimetype: string; file_encoded: string } };
	expect(media_info.mimetype).toBe(mimeType.replace('/', '\\/'));
	const answer = await fetch(`${sandbox.baseUrl('chatalo')}/messages/download`, {
		method: 'POST',
		headers: { ...KEYS, 'Content-Type': 'application/json' },
		body: JSON.stringify({ device_id: DEVICE, file_encoded: media_info.file_encoded }),
	});
	expect(answer.headers.get('content-type')).toBe(mimeType);
	expect(
		Buffer.from(await answer.arrayBuffer())
			.toString('latin1')
			.slice(0, beginning.length),
	).toBe(beginning);
});

it('overrides single fields, and removes those that are undefined', async () => {
	const payload = await play('image', {
		message: 'caption',
		media_info: { mimetype: 'image/jpeg' },
		location_attached: undefined,
		extra: 1,
	});
	expect(payload).toMatchObject({
		message: 'caption',
		media_info: { mimetype: 'image/jpeg', file_encoded: anyString },
		extra: 1,
	});
	expect(payload).not.toHaveProperty('location_attached');
});

it.each([false, true])('delivers again with the same bytes (parallel: %s)', async (parallel) => {
	const { deliveries, bodies } = await sandbox.control.incoming('chatalo', 'text', { times: 3, parallel });
	expect(deliveries.map(({ status }) => status)).toEqual([200, 200, 200]);
	expect(receiver.received.map(({ body }) => body)).toEqual([bodies[0], bodies[0], bodies[0]]);
	await sandbox.control.incoming('chatalo', 'text');
	expect(receiver.received[3]?.body).not.toBe(bodies[0]);
});

it('gives each event an id of its own, also after a reset', async () => {
	const ids = [(await play('text'))['chat_id'], (await play('text'))['chat_id']];
	sandbox.control.reset();
	sandbox.control.setWebhook('chatalo', receiver.url);
	ids.push((await play('text'))['chat_id']);
	expect(new Set(ids).size).toBe(3);
});

it('says when nothing is registered, when nobody listens, and what a receiver refuses', async () => {
	const refusing = await startReceiver({ status: 401, body: 'forged' });
	sandbox.control.setWebhook('chatalo', refusing.url);
	expect((await sandbox.control.incoming('chatalo', 'text')).deliveries).toMatchObject([
		{ status: 401, body: 'forged' },
	]);
	await refusing.close();
	expect((await sandbox.control.incoming('chatalo', 'text')).deliveries).toMatchObject([
		{ status: null, error: matching(/ECONNREFUSED/) },
	]);
	sandbox.control.setWebhook('chatalo', null);
	expect(await sandbox.control.incoming('chatalo', 'text')).toMatchObject({
		registered: false,
		deliveries: [],
		note: matching(/No webhook/),
	});
	expect(await sandbox.control.deliverRaw({ provider: 'chatalo' }, '{}')).toMatchObject({
		status: null,
		error: matching(/No webhook/),
	});
});

it('delivers anything raw', async () => {
	await sandbox.control.deliverRaw({ provider: 'chatalo' }, '{not json', {
		'Content-Type': 'text/plain',
		'X-Forged': 'yes',
	});
	await sandbox.control.deliverRaw(`${receiver.url}?key=wrong`, Buffer.from([0xff, 0x00]));
	expect(receiver.received).toMatchObject([
		{ body: '{not json', headers: { 'content-type': 'text/plain', 'x-forged': 'yes' } },
		{ headers: { 'content-type': 'application/json', 'content-length': '2' } },
	]);
	expect(await sandbox.control.deliverRaw('no url', '')).toMatchObject({ status: null, error: anyString });
});

it('refuses an event the provider does not have', async () => {
	await expect(sandbox.control.incoming('chatalo', 'earthquake' as 'text')).rejects.toThrow('no event "earthquake"');
	await expect(sandbox.control.incoming('chatalo', 'text', { times: 0 })).rejects.toThrow('times');
});
