import { createHash, webcrypto } from 'node:crypto';
import { request } from 'node:http';
import type { MediaFault, PlayRequest } from '../../sandbox';
import { callProvider, controlCall, DEVICE, KEYS, playKind, useSandbox } from './client';

const sandbox = useSandbox();

interface Part {
	url: string;
	directPath: string;
	mediaKey: string;
	fileSha256: string;
	fileEncSha256: string;
	fileLength: string;
	mimetype: string;
}

/** Plays a kind of Wapio and takes out the first part that has a key. */
async function part(kind: string, options: PlayRequest = {}): Promise<Part> {
	const { payloads } = await playKind(sandbox(), 'wapio', kind, options);
	const found = partIn(payloads[0]);
	if (found === undefined) throw new Error(`${kind} has no encrypted file`);
	return found;
}

function partIn(value: unknown): Part | undefined {
	if (typeof value !== 'object' || value === null) return undefined;
	if ('mediaKey' in value) return value as Part;
	return Object.values(value).flatMap((inner) => partIn(inner) ?? [])[0];
}

/** As a client behind a proxy that ends TLS asks for it: under WhatsApp's own name. */
function download(path: string): Promise<{ status: number; type: string; bytes: Buffer }> {
	return new Promise((resolve, reject) => {
		const asked = request(`${sandbox().url}${path}`, { headers: { host: 'mmg.whatsapp.net' } }, (answer) => {
			const parts: Buffer[] = [];
			answer.on('data', (one: Buffer) => parts.push(one));
			answer.on('end', () =>
				resolve({
					status: answer.statusCode ?? 0,
					type: answer.headers['content-type'] ?? '',
					bytes: Buffer.concat(parts),
				}),
			);
		});
		asked.on('error', reject).end();
	});
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64');

/** Decrypts with WebCrypto, which shares nothing with the code that encrypts. */
async function decrypt(encrypted: Buffer, mediaKey: string, kind: string): Promise<Buffer> {
	const { subtle } = webcrypto;
	const base = await subtle.importKey('raw', Buffer.from(mediaKey, 'base64'), 'HKDF', false, ['deriveBits']);
	const info = Buffer.from(`WhatsApp ${kind} Keys`);
	const salt = new Uint8Array(32);
	const keys = Buffer.from(await subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info }, base, 112 * 8));
	const [iv, cipherKey, macKey] = [keys.subarray(0, 16), keys.subarray(16, 48), keys.subarray(48, 80)];
	const content = encrypted.subarray(0, -10);
	const hmac = await subtle.importKey('raw', macKey, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
	const mac = Buffer.from(await subtle.sign('HMAC', hmac, Buffer.concat([iv, content])));
	if (!mac.subarray(0, 10).equals(encrypted.subarray(-10))) throw new Error('the MAC differs');
	const aes = await subtle.importKey('raw', cipherKey, 'AES-CBC', false, ['decrypt']);
	return Buffer.from(await subtle.decrypt({ name: 'AES-CBC', iv }, aes, content));
}

describe('encrypted files', () => {
	it.each<[string, string, string, string]>([
		['imageMessage', 'Image', 'image/jpeg', '\xff\xd8\xff'],
		['videoMessage', 'Video', 'video/mp4', '\0\0\0\x18ftyp'],
		['ptvMessage', 'Video', 'video/mp4', '\0\0\0\x18ftyp'],
		['audioMessage', 'Audio', 'audio/ogg', 'OggS'],
		['voiceNote', 'Audio', 'audio/ogg; codecs=opus', 'OggS'],
		['documentMessage', 'Document', 'application/pdf', '%PDF-1.4'],
		['documentVcard', 'Document', 'text/vcard', 'BEGIN:VCARD'],
		['stickerMessage', 'Image', 'image/webp', 'RIFF'],
		['lottieSticker', 'Image', 'application/was', 'PK\x03\x04'],
		['viewOnceMessageV2', 'Image', 'image/jpeg', '\xff\xd8\xff'],
		['productMessage', 'Image', 'image/jpeg', '\xff\xd8\xff'],
		['interactiveWithImage', 'Image', 'image/jpeg', '\xff\xd8\xff'],
	])('%s is a file under the keys of %s', async (kind, keys, mimeType, beginning) => {
		const told = await part(kind);
		expect(told.mimetype).toBe(mimeType);
		expect(told.directPath).toMatch(/^\/v\/t62\.\d+-24\/\d+_\d+_\d+_n\.enc\?ccb=11-4&oh=\w+&oe=\w+&_nc_sid=\w+$/);
		expect(told.url).toBe(`https://mmg.whatsapp.net${told.directPath}&mms3=true`);
		const { status, type, bytes } = await download(told.directPath);
		expect([status, type]).toEqual([200, 'application/octet-stream']);
		expect(Buffer.from(told.mediaKey, 'base64')).toHaveLength(32);
		expect(sha256(bytes)).toBe(told.fileEncSha256);
		const file = await decrypt(bytes, told.mediaKey, keys);
		expect([sha256(file), String(file.length)]).toEqual([told.fileSha256, told.fileLength]);
		expect(file.toString('latin1').startsWith(beginning)).toBe(true);
	});

	it('have a key of their own each, the same ones after a reset', async () => {
		const [one, other] = [await part('imageMessage'), await part('imageMessage')];
		expect(one.mediaKey).not.toBe(other.mediaKey);
		sandbox().control.reset();
		expect((await part('imageMessage')).mediaKey).toBe(one.mediaKey);
	});

	it('are of any size', async () => {
		const told = await part('videoMessage', { media: { size: 100_000 } });
		const { bytes } = await download(told.directPath);
		expect([told.fileLength, (await decrypt(bytes, told.mediaKey, 'Video')).length]).toEqual(['100000', 100_000]);
	});

	it.each<[NonNullable<PlayRequest['form']>, unknown, unknown]>([
		['plain', expect.stringMatching(/^[\w+/]{43}=$/), '159'],
		['protobuf', expect.stringMatching(/^[\w+/]{43}=$/), '159'],
		['object', { type: 'Buffer', data: expect.any(Array) as unknown }, { low: 159, high: 0, unsigned: true }],
		[
			'indexed',
			expect.objectContaining({ '0': expect.any(Number) as unknown, '31': expect.any(Number) as unknown }),
			159,
		],
	])('tell their key as %s', async (form, mediaKey, fileLength) => {
		expect(await part('imageMessage', { form })).toMatchObject({ mediaKey, fileLength });
	});
});

describe('faults of files', () => {
	it.each<[MediaFault, number]>([
		['missing', 404],
		['forbidden', 403],
		['expired', 410],
		['failing', 500],
		['redirect', 302],
	])('%s is %d', async (fault, status) => {
		const told = await part('imageMessage', { media: { fault } });
		expect((await download(told.directPath)).status).toBe(status);
		expect(sandbox().control.downloads()).toMatchObject([
			{ path: told.directPath.replace(/\?.*/, ''), host: 'mmg.whatsapp.net', status, fault },
		]);
	});

	it('corrupt changes the MAC, short too', async () => {
		for (const fault of ['corrupt', 'short'] as const) {
			const told = await part('imageMessage', { media: { fault } });
			const { bytes, status } = await download(told.directPath);
			expect(status).toBe(200);
			await expect(decrypt(bytes, told.mediaKey, 'Image')).rejects.toThrow('the MAC differs');
		}
	});

	it('wrongType is a web page by its name only', async () => {
		const told = await part('imageMessage', { media: { fault: 'wrongType' } });
		const { type, bytes } = await download(told.directPath);
		expect(type).toBe('text/html; charset=utf-8');
		expect(await decrypt(bytes, told.mediaKey, 'Image')).toHaveLength(Number(told.fileLength));
	});

	it.each<[MediaFault, number]>([
		['endless', 1_000_000],
		['drip', 3],
	])('%s goes on after the file is over', async (fault, atLeast) => {
		const told = await part('imageMessage', { media: { fault } });
		const answer = await fetch(`${sandbox().url}${told.directPath}`);
		expect(answer.headers.get('content-length')).toBeNull();
		let received = 0;
		for await (const chunk of answer.body ?? []) {
			received += (chunk as Uint8Array).length;
			if (fault === 'drip') expect((chunk as Uint8Array).length).toBeLessThanOrEqual(3);
			if (received >= atLeast) break;
		}
		expect(received).toBeGreaterThanOrEqual(atLeast);
	});

	it('hang never answers', async () => {
		const told = await part('imageMessage', { media: { fault: 'hang' } });
		const asked = fetch(`${sandbox().url}${told.directPath}`, { signal: AbortSignal.timeout(200) });
		await expect(asked).rejects.toThrow(/timeout/);
	});

	it('can be set and ended over HTTP, for one file or all', async () => {
		const [one, other] = [await part('imageMessage'), await part('voiceNote')];
		const statuses = async (): Promise<number[]> => [
			(await download(one.directPath)).status,
			(await download(other.directPath)).status,
		];
		await controlCall(sandbox(), 'POST', '/media/fault', { fault: 'expired', file: one.url });
		expect(await statuses()).toEqual([410, 200]);
		await controlCall(sandbox(), 'POST', '/media/fault', { fault: null, file: one.url });
		await controlCall(sandbox(), 'POST', '/media/fault', { fault: 'missing' });
		expect(await statuses()).toEqual([404, 404]);
		await controlCall(sandbox(), 'POST', '/media/fault', { fault: null });
		expect(await statuses()).toEqual([200, 200]);
		expect((await controlCall(sandbox(), 'GET', '/media/downloads')).json).toHaveLength(6);
		const unknown = await controlCall(sandbox(), 'POST', '/media/fault', { fault: 'drip', file: 'nothing' });
		expect([unknown.status, unknown.text]).toEqual([400, expect.stringContaining('no file')]);
	});

	it('also reach what a gateway gives out by reference or address', async () => {
		const { payloads } = await playKind(sandbox(), 'chatalo', 'image', { media: { fault: 'expired' } });
		const { file_encoded } = (payloads[0] as { media_info: { file_encoded: string } }).media_info;
		const body = { device_id: DEVICE, file_encoded };
		expect((await callProvider(sandbox(), 'chatalo', 'POST', '/messages/download', body, KEYS)).status).toBe(410);
		const whacenter = await playKind(sandbox(), 'whacenter', 'document');
		const { media } = whacenter.payloads[0] as { media: string };
		expect((await fetch(media)).headers.get('content-type')).toBe('application/pdf');
		sandbox().control.setMediaFault('missing', media);
		expect((await fetch(media)).status).toBe(404);
	});
});

it('tells a file without a key, or in base64, where it is asked to', async () => {
	const message = async (media: PlayRequest['media']): Promise<Record<string, unknown>> => {
		const { payloads } = await playKind(sandbox(), 'wapio', 'imageMessage', { media });
		return (payloads[0] as { data: { messages: Record<string, unknown> } }).data.messages;
	};
	expect(await message({ plain: 'url' })).toMatchObject({
		message: { imageMessage: { url: expect.stringMatching(/^http:.*\/files\//) as unknown } },
	});
	const beside = await message({ plain: 'publicUrl' });
	expect(beside).toMatchObject({ publicUrl: expect.stringMatching(/\/files\//) as unknown });
	expect(JSON.stringify(beside)).not.toContain('mediaKey');
	expect(await message({ inline: 'beside' })).toMatchObject({ base64: expect.stringMatching(/^\/9j\//) as unknown });
	expect(await message({ inline: 'message', dataUri: true })).toMatchObject({
		message: { base64: expect.stringMatching(/^data:image\/jpeg;base64,\/9j\//) as unknown },
	});
	expect(await message({ inline: 'part' })).toMatchObject({
		message: { imageMessage: { base64: expect.stringMatching(/^\/9j\//) as unknown } },
	});
});
