import { createCipheriv, createHash, createHmac, hkdfSync } from 'node:crypto';

/** What WhatsApp keys files by, with the folder of its file server. Stickers use the keys of images. */
export const WHATSAPP_MEDIA = {
	Image: 't62.7118-24',
	Video: 't62.7161-24',
	Audio: 't62.7117-24',
	Document: 't62.7119-24',
} as const;

export type WhatsAppMediaKind = keyof typeof WHATSAPP_MEDIA;

export interface EncryptedMedia {
	/** What the file server holds: the ciphertext and ten bytes of its MAC. */
	bytes: Buffer;
	mediaKey: Buffer;
	/** Of the file itself, and of what the server holds. */
	fileSha256: Buffer;
	fileEncSha256: Buffer;
}

const MAC_BYTES = 10;

/**
 * Encrypts a file as a sender's WhatsApp does (EVENTS.md 6): HKDF-SHA256 of the key, without salt, gives 16 bytes of IV,
 * 32 of cipher key and 32 of MAC key; AES-256-CBC; the first ten bytes of HMAC-SHA256(IV, ciphertext) follow.
 *
 * @param mediaKey 32 bytes
 */
export function encryptMedia(file: Uint8Array, kind: WhatsAppMediaKind, mediaKey: Buffer): EncryptedMedia {
	const keys = Buffer.from(hkdfSync('sha256', mediaKey, Buffer.alloc(0), `WhatsApp ${kind} Keys`, 112));
	const iv = keys.subarray(0, 16);
	const cipher = createCipheriv('aes-256-cbc', keys.subarray(16, 48), iv);
	const encrypted = Buffer.concat([cipher.update(file), cipher.final()]);
	const mac = createHmac('sha256', keys.subarray(48, 80)).update(iv).update(encrypted).digest();
	const bytes = Buffer.concat([encrypted, mac.subarray(0, MAC_BYTES)]);
	return { bytes, mediaKey, fileSha256: sha256(file), fileEncSha256: sha256(bytes) };
}

function sha256(bytes: Uint8Array): Buffer {
	return createHash('sha256').update(bytes).digest();
}
