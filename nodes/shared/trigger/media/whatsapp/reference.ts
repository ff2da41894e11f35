import { z } from 'zod';
import { MediaFailure } from '../failure';
import { addressOf, type EncryptedFile } from './encryptedFile';

/** How a reference begins: what it is of, and which version. */
const PREFIX = 'wa1.';

/** The longest reference: an address and a path of 4,096 characters each, and the rest. */
const LONGEST = 24_000;

const shortText = z.string().max(128).nullable();
const longText = z.string().max(4_096).nullable();

const encryptedFile = z.object({
	kind: z.enum(['Image', 'Video', 'Audio', 'Document']),
	directPath: longText,
	url: longText,
	mediaKey: shortText,
	hashes: z.object({ file: shortText, encrypted: shortText }),
	mime: z.string().max(256).nullable(),
	size: z.number().nonnegative().nullable(),
	mediaId: z.string().max(256).optional(),
});

/**
 * A file as one text, which goes from the trigger into the action node. It is a key to this file: no log and no error shows
 * it.
 */
export function referenceOf({ kind, directPath, url, mediaKey, hashes, mime, size, mediaId }: EncryptedFile): string {
	const content = { kind, directPath, url, mediaKey, hashes, mime, size, mediaId };
	return PREFIX + Buffer.from(JSON.stringify(content)).toString('base64url');
}

/** Whether a text is meant as a reference of {@link referenceOf}. */
export function isReference(text: string): boolean {
	return text.startsWith(PREFIX);
}

/** The file that a reference is of; undefined if it is none, or was changed or cut. */
export function readReference(reference: string): EncryptedFile | undefined {
	if (!isReference(reference) || reference.length > LONGEST) return undefined;
	const content = reference.slice(PREFIX.length);
	if (!/^[\w-]+$/.test(content)) return undefined;
	try {
		return encryptedFile.safeParse(JSON.parse(Buffer.from(content, 'base64url').toString('utf8'))).data;
	} catch {
		return undefined;
	}
}

/**
 * The file that a reference is of, if there is a way to it.
 *
 * @throws MediaFailure
 */
export function usableFile(reference: string): EncryptedFile {
	const file = readReference(reference);
	if (file === undefined) throw new MediaFailure('none', 'The media reference is damaged');
	const hasAddress = file.directPath !== null || file.url !== null;
	if (hasAddress && addressOf(file) === undefined) throw notAtWhatsApp();
	return file;
}

/** Who sent the message gave it an address that nothing is fetched from. */
export function notAtWhatsApp(): MediaFailure {
	return new MediaFailure('blocked', "The address of the file is not one of WhatsApp's servers");
}
