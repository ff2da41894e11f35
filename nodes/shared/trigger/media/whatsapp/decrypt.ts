import { createDecipheriv, createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { MediaFailure } from '../failure';
import type { DecryptKind, EncryptedFile } from './encryptedFile';

const KEY_BYTES = 32;
const BLOCK_BYTES = 16;

/** How much of the authentication code follows the encrypted bytes. */
const MAC_BYTES = 10;

/** Where the three keys are in the 112 bytes that are derived. */
const DERIVED_BYTES = 112;
const IV_END = 16;
const CIPHER_END = 48;
const MAC_KEY_END = 80;

/** The most that an encrypted file is larger than the file. */
export const OVERHEAD_BYTES = BLOCK_BYTES + MAC_BYTES;

/** The key of a file; undefined if it is none of WhatsApp's length. */
export function keyOf({ mediaKey }: Pick<EncryptedFile, 'mediaKey'>): Buffer | undefined {
	const key = mediaKey === null ? undefined : Buffer.from(mediaKey, 'base64');
	return key?.length === KEY_BYTES ? key : undefined;
}

/**
 * Decrypts a file of WhatsApp. Nothing is decrypted before the authentication code and the hash of the encrypted bytes have
 * been checked, and nothing is returned that has not the hash of the file (source: Baileys, `messages-media`, which leaves
 * out the checks).
 *
 * @param encrypted the bytes as WhatsApp keeps them, the authentication code at their end
 * @throws MediaFailure `mismatch`: they are not the file that was sent
 */
export function decrypt(
	encrypted: Buffer,
	key: Buffer,
	{ kind, hashes }: { kind: DecryptKind; hashes: EncryptedFile['hashes'] },
): Buffer {
	const { iv, cipherKey, macKey } = keysOf(key, kind);
	const content = encrypted.subarray(0, Math.max(0, encrypted.length - MAC_BYTES));
	const mac = encrypted.subarray(content.length);
	const expected = createHmac('sha256', macKey).update(iv).update(content).digest().subarray(0, MAC_BYTES);
	if (mac.length !== MAC_BYTES || !timingSafeEqual(mac, expected)) throw mismatch();
	assertHash(encrypted, hashes.encrypted);
	const plain = plainBytes(content, cipherKey, iv);
	assertHash(plain, hashes.file);
	return plain;
}

function keysOf(key: Buffer, kind: DecryptKind): { iv: Buffer; cipherKey: Buffer; macKey: Buffer } {
	const derived = Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `WhatsApp ${kind} Keys`, DERIVED_BYTES));
	return {
		iv: derived.subarray(0, IV_END),
		cipherKey: derived.subarray(IV_END, CIPHER_END),
		macKey: derived.subarray(CIPHER_END, MAC_KEY_END),
	};
}

function plainBytes(content: Buffer, cipherKey: Buffer, iv: Buffer): Buffer {
	const decipher = createDecipheriv('aes-256-cbc', cipherKey, iv);
	try {
		return Buffer.concat([decipher.update(content), decipher.final()]);
	} catch {
		throw mismatch();
	}
}

/** @param hash in Base64; what is no SHA-256 says nothing */
function assertHash(bytes: Buffer, hash: string | null): void {
	const expected = hash === null ? undefined : Buffer.from(hash, 'base64');
	if (expected?.length !== KEY_BYTES) return;
	if (!timingSafeEqual(createHash('sha256').update(bytes).digest(), expected)) throw mismatch();
}

function mismatch(): MediaFailure {
	return new MediaFailure(
		'mismatch',
		'The file is not the one that was sent: its key or one of its hashes does not match',
	);
}
