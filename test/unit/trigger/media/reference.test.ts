import * as fc from 'fast-check';
import { addressOf, type EncryptedFile } from '../../../../nodes/shared/trigger/media/whatsapp/encryptedFile';
import { readReference, referenceOf, usableFile } from '../../../../nodes/shared/trigger/media/whatsapp/reference';
import { fileOf } from '../../../../nodes/shared/trigger/whatsapp/parts/files';
import { encryptedFiles } from './encryptedFiles';

const [image] = encryptedFiles;
const key = Buffer.from(image.mediaKey, 'base64');

const FILE: EncryptedFile = {
	kind: 'Image',
	directPath: '/v/t62.7118-24/1_2_n.enc?ccb=11-4&oh=01_Q5&oe=66',
	url: 'https://mmg.whatsapp.net/v/t62.7118-24/1_2_n.enc?ccb=11-4',
	mediaKey: image.mediaKey,
	hashes: { file: image.fileSha256, encrypted: image.fileEncSha256 },
	mime: 'image/jpeg',
	size: 37,
};

const contentOf = (reference: string | null): unknown =>
	JSON.parse(Buffer.from((reference ?? '').slice('wa1.'.length), 'base64url').toString());

describe('what the trigger returns', () => {
	const part = {
		url: FILE.url,
		directPath: FILE.directPath,
		mimetype: 'image/jpeg',
		fileLength: '37',
		fileSha256: image.fileSha256,
		fileEncSha256: image.fileEncSha256,
	};

	it.each([
		['Base64', image.mediaKey],
		["Node's Buffer in JSON", { type: 'Buffer', data: [...key] }],
		['a list', [...key]],
		['an object of positions', { ...key }],
	])('holds everything it takes, with a key as %s', (_form, mediaKey) => {
		const media = fileOf('imageMessage', { ...part, mediaKey }, {}, null);
		expect(media).toMatchObject({ url: null, isEncrypted: true, sizeBytes: 37 });
		expect(media.reference).toMatch(/^wa1\.[\w-]+$/);
		expect(contentOf(media.reference)).toEqual(FILE);
	});

	it.each([
		['imageMessage', 'Image'],
		['stickerMessage', 'Image'],
		['videoMessage', 'Video'],
		['ptvMessage', 'Video'],
		['audioMessage', 'Audio'],
		['documentMessage', 'Document'],
	])('%s is decrypted as %s', (name, kind) => {
		const { reference } = fileOf(name, { ...part, mediaKey: image.mediaKey }, {}, null);
		expect(contentOf(reference)).toMatchObject({ kind });
	});

	it('is bounded, whatever comes', () => {
		const long = 'x'.repeat(1_000_000);
		const huge = {
			mediaKey: long,
			url: `https://mmg.whatsapp.net/${long}`,
			directPath: `/${long}`,
			fileSha256: long,
		};
		const { reference } = fileOf('imageMessage', { ...huge, mimetype: `image/${long}`, media_id: long }, {}, null);
		expect((reference ?? '').length).toBeLessThan(1_000);
	});

	it('is none for a file with a plain address, or without anything', () => {
		const mediaUrl = 'https://cdn.example.com/a.jpg';
		expect(fileOf('imageMessage', { ...part, mediaKey: image.mediaKey }, { mediaUrl }, null)).toMatchObject({
			url: mediaUrl,
			reference: null,
		});
		expect(fileOf('imageMessage', { mimetype: 'image/jpeg' }, {}, null).reference).toBeNull();
	});
});

it('a reference is read as it was written', () => {
	const text = fc.option(fc.string({ maxLength: 128 }), { nil: null });
	const file = fc.record({
		kind: fc.constantFrom('Image', 'Video', 'Audio', 'Document'),
		directPath: text,
		url: text,
		mediaKey: text,
		hashes: fc.record({ file: text, encrypted: text }),
		mime: text,
		size: fc.option(fc.nat(), { nil: null }),
	}) as fc.Arbitrary<EncryptedFile>;
	fc.assert(fc.property(file, (each) => expect(readReference(referenceOf(each))).toEqual(each)));
});

it.each([
	...['', 'wa1.', 'wa1', 'wa2.e30', 'wa1.e30', 'wa1.bnVsbA', 'wa1.####', 'file-encoded-of-another-provider'],
	referenceOf(FILE).slice(0, -7),
	`${referenceOf(FILE)}.`,
	`wa1.${Buffer.from('[]').toString('base64url')}`,
	`wa1.${Buffer.from(JSON.stringify({ ...FILE, kind: 'History' })).toString('base64url')}`,
	`wa1.${'A'.repeat(100_000)}`,
])('%.40s is no reference', (written) => {
	expect(readReference(written)).toBeUndefined();
	expect(() => usableFile(written)).toThrow('damaged');
});

describe('the sender chose the address', () => {
	it.each([
		['path', { directPath: '/v/a.enc', url: null }, 'https://mmg.whatsapp.net/v/a.enc'],
		[
			'path before address',
			{ directPath: '/v/a.enc', url: 'https://media.whatsapp.net/b' },
			'https://mmg.whatsapp.net/v/a.enc',
		],
		[
			'address',
			{ directPath: null, url: 'https://media-cgk1-1.cdn.whatsapp.net/b?c=d' },
			'https://media-cgk1-1.cdn.whatsapp.net/b?c=d',
		],
		[
			'address beside an odd path',
			{ directPath: 'v/a.enc', url: 'https://mmg.whatsapp.net/b' },
			'https://mmg.whatsapp.net/b',
		],
		[
			'a path with two slashes stays a path',
			{ directPath: '//evil.example/a', url: null },
			'https://mmg.whatsapp.net//evil.example/a',
		],
	])('%s', (_title, place, expected) => {
		expect(addressOf(place)).toBe(expected);
	});

	it.each([
		...['@evil.example/a', '.evil.example/a', ':8443/a', ':a@evil.example/', '', 'http://[::1]/'].map(
			(directPath) => ({
				directPath,
				url: null,
			}),
		),
		...[
			'http://mmg.whatsapp.net/a',
			'https://mmg.whatsapp.net:8443/a',
			'https://mmg.whatsapp.net.evil.example/a',
			'https://evilwhatsapp.net/a',
			'https://user:word@mmg.whatsapp.net/a',
			'https://mmg.whatsapp.net./a',
			'https://mmg.whatsapp.net@evil.example/a',
			'https://127.0.0.1/a',
			'https://[::1]/whatsapp.net',
			'file:///etc/passwd',
			'ftp://mmg.whatsapp.net/a',
		].map((url) => ({ directPath: null, url })),
	])('%j leads nowhere', (place) => {
		expect(addressOf(place)).toBeUndefined();
		expect(() => usableFile(referenceOf({ ...FILE, ...place }))).toThrow("one of WhatsApp's servers");
	});
});
