import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { type ScriptedServer, startScriptedServer } from '../../../support/scriptedServer';
import { startWhatsAppServer, type WhatsAppServer } from '../../../support/whatsAppServer';
import { encryptedFiles } from '../../../unit/trigger/media/encryptedFiles';
import { posted, sample, SECRET, useSignedTrigger } from './calls';

const trigger = useSignedTrigger();
const [image, audio] = encryptedFiles;

let whatsApp: WhatsAppServer;
let wapio: ScriptedServer;
/** What Wapio answers, by path; 404 elsewhere. */
let answers: Record<string, object>;

beforeEach(async () => {
	whatsApp = await startWhatsAppServer(trigger.bench().engine);
	answers = {};
	let slot: unknown = null;
	wapio = await startScriptedServer(({ path, method, json }) => {
		if (path.endsWith('/webhook')) {
			if (method === 'PUT') slot = json;
			return { body: { success: true, data: slot } };
		}
		const body = answers[path];
		if (path.startsWith('/files/')) return { headers: { 'content-type': 'image/jpeg' }, body: 'from Wapio' };
		return body ? { body } : { status: 404, body: { success: false, message: `no route; ${image.mediaKey}` } };
	});
});
afterEach(async () => {
	await whatsApp.close();
	await wapio.close();
});

const serve = (encrypted: string) =>
	whatsApp.script((_request, response) => {
		response.setHeader('content-type', 'application/octet-stream').end(Buffer.from(encrypted, 'base64'));
	});

/** An image as WhatsApp's libraries give it. */
const imagePart = (changes: object = {}): IDataObject => ({
	imageMessage: {
		url: 'https://mmg.whatsapp.net/v/t62.7118-24/1_n.enc?ccb=11-4',
		directPath: '/v/t62.7118-24/1_n.enc?ccb=11-4&oh=01',
		mimetype: 'image/jpeg',
		mediaKey: image.mediaKey,
		fileSha256: image.fileSha256,
		fileEncSha256: image.fileEncSha256,
		fileLength: '37',
		...changes,
	},
});

/** The item that a message with this part becomes, and Wapio's requests about it. */
async function received(message: IDataObject, options: INodeParameters = {}, beside: IDataObject = {}) {
	const credentials = trigger.credentialWith({ baseUrl: wapio.url, webhookSigningSecret: SECRET });
	const wf = trigger.deploy(
		{ output: 'simplifiedAndRaw', options: { downloadMedia: true, ...options } },
		credentials,
	);
	await wf.activate();
	const call = sample();
	Object.assign((call.data as { messages: IDataObject }).messages, { message, ...beside, messageBody: undefined });
	const response = await posted(wf, call);
	expect(response.status).toBe(200);
	await wf.idle();
	const item = wf.executions[0]?.items[0];
	const bytes = item?.binary?.data && (await trigger.bench().engine.binaryBuffer(item, 'data'));
	const asked = wapio.requests.filter(({ path }) => !path.endsWith('/webhook'));
	return { item, json: item?.json ?? {}, file: item?.binary?.data, content: bytes?.toString('base64'), asked };
}

describe('a file that WhatsApp keeps encrypted', () => {
	it('is decrypted here, without a request of the account', async () => {
		serve(image.encrypted);
		const { json, file, content, asked } = await received(imagePart());
		expect(json.mediaError).toBeUndefined();
		expect(content).toBe(image.plain);
		expect(file).toMatchObject({ mimeType: 'image/jpeg', fileName: 'image-3EB0C431C26A1916E07E.jpg' });
		expect(json.media).toMatchObject({ url: null, isEncrypted: true, sizeBytes: 37 });
		expect(asked).toEqual([]);
		expect(whatsApp.tunnels).toEqual(['mmg.whatsapp.net:443']);
		const [request] = whatsApp.requests;
		expect(request).toMatchObject({ host: 'mmg.whatsapp.net', path: '/v/t62.7118-24/1_n.enc?ccb=11-4&oh=01' });
		// n8n's helper adds its name.
		const names = Object.keys(request?.headers ?? {}).filter((name) => name !== 'user-agent');
		expect(names.sort()).toEqual(['accept', 'accept-encoding', 'connection', 'host']);
	});

	it('is a voice note as well', async () => {
		serve(audio.encrypted);
		const audioMessage = {
			mediaKey: audio.mediaKey,
			directPath: '/v/a.enc',
			mimetype: 'audio/ogg; codecs=opus',
			ptt: true,
		};
		const { content, file } = await received({ audioMessage });
		expect(content).toBe(audio.plain);
		expect(file).toMatchObject({ mimeType: 'audio/ogg', fileName: 'audio-3EB0C431C26A1916E07E.ogg' });
	});

	it('that differs from the one sent is not handed out', async () => {
		serve(audio.encrypted);
		const found = await received(imagePart());
		expect(found.file).toBeUndefined();
		expect(found.json).toMatchObject({ event: 'message', type: 'image', mediaErrorKind: 'mismatch' });
		expect(found.asked.map(({ path }) => path)).toEqual(['/api/decrypt-media', '/v1/media/decrypt']);
	});

	it('is kept to WhatsApp’s servers, redirects included', async () => {
		whatsApp.script((_request, response) => response.writeHead(302, { location: `${wapio.url}/files/a` }).end());
		const found = await received(imagePart());
		expect(found.file).toBeUndefined();
		expect(found.json).toMatchObject({ mediaErrorKind: 'blocked' });
		expect(found.asked.map(({ path }) => path)).not.toContain('/files/a');
	});

	it.each([
		['another server', { directPath: undefined, url: 'https://mmg.whatsapp.net.evil.example/a' }],
		['no TLS', { directPath: undefined, url: 'http://mmg.whatsapp.net/a' }],
		['a path that is none', { directPath: '@evil.example/a', url: undefined }],
	])('is not fetched from %s, nor requested', async (_title, place) => {
		const found = await received(imagePart(place));
		expect(found.file).toBeUndefined();
		expect(found.json).toMatchObject({ type: 'image', mediaErrorKind: 'blocked' });
		expect([found.asked, whatsApp.requests]).toEqual([[], []]);
	});
});

describe('what cannot be decrypted here, Wapio decrypts', () => {
	it('by its newest request', async () => {
		answers['/api/decrypt-media'] = { success: true, data: { public_url: `${wapio.url}/files/a` } };
		const { content, asked, json } = await received(imagePart());
		expect(Buffer.from(content ?? '', 'base64').toString()).toBe('from Wapio');
		expect(json.mediaErrorKind).toBeUndefined();
		expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
			'POST /api/decrypt-media',
			'GET /files/a',
		]);
		const [first, second] = asked;
		expect(first?.json).toEqual({
			session_id: expect.any(String) as string,
			mediaKey: image.mediaKey,
			directPath: '/v/t62.7118-24/1_n.enc?ccb=11-4&oh=01',
			url: 'https://mmg.whatsapp.net/v/t62.7118-24/1_n.enc?ccb=11-4',
			type: 'image',
		});
		expect(first?.headers['x-session-id']).toBe((first?.json as IDataObject).session_id);
		expect(second?.headers).not.toHaveProperty('authorization');
	});

	it('by its older request, and by an id', async () => {
		answers['/v1/media/decrypt'] = { data: { media_id: 'bps_media_1' } };
		answers['/v1/media/bps_media_1/download-url'] = { download_url: `${wapio.url}/files/a` };
		const { content, asked } = await received(imagePart());
		expect(Buffer.from(content ?? '', 'base64').toString()).toBe('from Wapio');
		expect(asked[1]?.json).toMatchObject({
			key: { id: '3EB0C431C26A1916E07E' },
			message: { imageMessage: { mediaKey: image.mediaKey, mimetype: 'image/jpeg' } },
		});
		expect(asked.map(({ path }) => path).slice(1)).toEqual([
			'/v1/media/decrypt',
			'/v1/media/bps_media_1/download-url',
			'/files/a',
		]);
	});

	it('where the key is missing or broken', async () => {
		answers['/api/decrypt-media'] = { download_url: `${wapio.url}/files/a` };
		const { content } = await received(imagePart({ mediaKey: 'c2hvcnQ=' }));
		expect(Buffer.from(content ?? '', 'base64').toString()).toBe('from Wapio');
		expect(whatsApp.requests).toEqual([]);
	});

	it('and if it cannot either, the message comes without the file, and shows no key', async () => {
		const found = await received(imagePart());
		expect(found.file).toBeUndefined();
		expect(found.json).toMatchObject({ mediaErrorKind: 'expired' });
		expect(found.json.mediaError).not.toMatch(/no route|wa1\./);
		expect(found.json.mediaError).not.toContain(image.mediaKey);
	});
});

describe('a file in the payload', () => {
	it('is used before asking WhatsApp, and is removed from raw', async () => {
		const { content, json } = await received(imagePart(), {}, { base64: `data:image/png;base64,${image.plain}` });
		expect(content).toBe(image.plain);
		expect(json.raw).toMatchObject({ data: { messages: { base64: '<37 bytes>' } } });
		expect(whatsApp.requests).toEqual([]);
	});

	it('that is broken is decrypted after all', async () => {
		serve(image.encrypted);
		const { content, json } = await received(imagePart(), {}, { base64: 'not base64' });
		expect(content).toBe(image.plain);
		expect(json.raw).toMatchObject({ data: { messages: { base64: 'not base64' } } });
	});
});

describe('a file that is too large', () => {
	const tooLarge = async (changes: object = {}) => {
		const found = await received(imagePart(changes), { largestFile: 1 });
		expect(found.file).toBeUndefined();
		expect(found.json).toMatchObject({ type: 'image', mediaErrorKind: 'too_large' });
		expect(found.asked).toEqual([]);
	};

	it('is not requested if the message says so', async () => {
		await tooLarge({ fileLength: '1000001' });
		expect(whatsApp.requests).toEqual([]);
	});

	it('is not read, if the server says so', async () => {
		let sent = 0;
		whatsApp.script((_request, response) => {
			response.writeHead(200, { 'content-length': '900000000' });
			response.write('x', () => sent++);
		});
		await tooLarge();
		expect(sent).toBeLessThan(2);
	});

	it('is read up to its limit otherwise', async () => {
		let sent = 0;
		whatsApp.script((_request, response) => {
			const more = (): void => {
				while (!response.destroyed && response.write(Buffer.alloc(64 * 1024))) sent += 64 * 1024;
			};
			response.writeHead(200).on('drain', more);
			more();
		});
		await tooLarge({ fileLength: undefined });
		expect(sent).toBeLessThan(30_000_000);
	});
});

it('an error without end, a byte at a time, costs neither memory nor time', async () => {
	let sent = 0;
	whatsApp.script((_request, response) => {
		response.writeHead(404);
		const timer = setInterval(() => {
			if (response.destroyed) return clearInterval(timer);
			for (let times = 0; times < 1_000; times++) {
				response.write('x');
				sent++;
			}
		}, 1);
	});
	const start = Date.now();
	const before = process.memoryUsage().rss;
	const found = await received(imagePart());
	expect(found.json).toMatchObject({ mediaErrorKind: 'expired' });
	expect(Date.now() - start).toBeLessThan(7_000);
	expect(sent).toBeLessThan(1_000_000);
	expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
});
