import { createCipheriv, createHmac, hkdfSync } from 'node:crypto';
import { MediaFailure } from '../../../../nodes/shared/trigger/media/failure';
import { decrypt, keyOf } from '../../../../nodes/shared/trigger/media/whatsapp/decrypt';
import { encryptedFiles } from './encryptedFiles';

type File = (typeof encryptedFiles)[number];

const bytes = (base64: string): Buffer => Buffer.from(base64, 'base64');
const NO_HASHES = { file: null, encrypted: null };
const hashesOf = (file: File) => ({ file: file.fileSha256, encrypted: file.fileEncSha256 });

const [image, audio] = encryptedFiles;

const failure = (act: () => unknown): unknown => {
	try {
		return act();
	} catch (error) {
		return error instanceof MediaFailure ? error.kind : error;
	}
};

describe('known answers', () => {
	it.each(encryptedFiles.map((file) => [`${file.kind}, ${bytes(file.plain).length} bytes`, file] as const))(
		'%s',
		(_title, file) => {
			const plain = decrypt(bytes(file.encrypted), bytes(file.mediaKey), {
				kind: file.kind,
				hashes: hashesOf(file),
			});
			expect(plain.toString('base64')).toBe(file.plain);
		},
	);

	it('without hashes', () => {
		const plain = decrypt(bytes(image.encrypted), bytes(image.mediaKey), { kind: 'Image', hashes: NO_HASHES });
		expect(plain.toString('base64')).toBe(image.plain);
	});
});

describe('anything else is no file', () => {
	const tried = (
		encrypted: Buffer,
		key: Buffer,
		kind: File['kind'],
		hashes: Parameters<typeof decrypt>[2]['hashes'],
	) => failure(() => decrypt(encrypted, key, { kind, hashes }));

	it('each changed bit', () => {
		const encrypted = bytes(image.encrypted);
		for (let bit = 0; bit < encrypted.length * 8; bit++) {
			const changed = Buffer.from(encrypted);
			changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
			expect(tried(changed, bytes(image.mediaKey), 'Image', NO_HASHES)).toBe('mismatch');
		}
	});

	it('each beginning of it', () => {
		const encrypted = bytes(image.encrypted);
		for (let length = 0; length < encrypted.length; length++) {
			const cut = encrypted.subarray(0, length);
			expect(tried(cut, bytes(image.mediaKey), 'Image', NO_HASHES)).toBe('mismatch');
		}
	});

	it('another kind, another key, bytes behind it', () => {
		const [encrypted, key] = [bytes(image.encrypted), bytes(image.mediaKey)];
		expect(tried(encrypted, key, 'Video', NO_HASHES)).toBe('mismatch');
		expect(tried(encrypted, bytes(audio.mediaKey), 'Image', NO_HASHES)).toBe('mismatch');
		expect(tried(Buffer.concat([encrypted, Buffer.alloc(16)]), key, 'Image', NO_HASHES)).toBe('mismatch');
	});

	it('a hash of another file', () => {
		const [encrypted, key] = [bytes(image.encrypted), bytes(image.mediaKey)];
		expect(tried(encrypted, key, 'Image', { file: null, encrypted: audio.fileEncSha256 })).toBe('mismatch');
		expect(tried(encrypted, key, 'Image', { file: audio.fileSha256, encrypted: null })).toBe('mismatch');
	});

	it('wrong padding, though its code is right', () => {
		const key = bytes(image.mediaKey);
		const keys = Buffer.from(hkdfSync('sha256', key, '', 'WhatsApp Image Keys', 112));
		const cipher = createCipheriv('aes-256-cbc', keys.subarray(16, 48), keys.subarray(0, 16)).setAutoPadding(false);
		const content = Buffer.concat([cipher.update(Buffer.alloc(32, 0x7f)), cipher.final()]);
		const mac = createHmac('sha256', keys.subarray(48, 80)).update(keys.subarray(0, 16)).update(content).digest();
		const encrypted = Buffer.concat([content, mac.subarray(0, 10)]);
		expect(tried(encrypted, key, 'Image', NO_HASHES)).toBe('mismatch');
	});
});

it('a key has 32 bytes', () => {
	expect(keyOf({ mediaKey: image.mediaKey })).toEqual(bytes(image.mediaKey));
	for (const mediaKey of [null, '', 'c2hvcnQ=', Buffer.alloc(33).toString('base64')]) {
		expect(keyOf({ mediaKey })).toBeUndefined();
	}
});
