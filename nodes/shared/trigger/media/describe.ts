import { cleanFileName } from '../../fileName';
import { extensionOf, plainMimeType } from '../../mimeType';
import { fileNameIn } from '../event/fileName';
import type { GatewayEvent } from '../event/event';

/** Says nothing of a file. */
const ANY_TYPE = 'application/octet-stream';

/** Types that servers give to what they do not know. */
const UNTOLD: readonly string[] = [ANY_TYPE, 'binary/octet-stream', 'text/html'];

/** How files of a type begin: bytes at a position. */
const SIGNATURES: ReadonlyArray<{ mimeType: string; at: number; bytes: string }> = [
	{ mimeType: 'image/jpeg', at: 0, bytes: '\xff\xd8\xff' },
	{ mimeType: 'image/png', at: 0, bytes: '\x89PNG\r\n\x1a\n' },
	{ mimeType: 'image/gif', at: 0, bytes: 'GIF8' },
	{ mimeType: 'image/webp', at: 8, bytes: 'WEBP' },
	{ mimeType: 'audio/ogg', at: 0, bytes: 'OggS' },
	{ mimeType: 'video/mp4', at: 4, bytes: 'ftyp' },
	{ mimeType: 'application/pdf', at: 0, bytes: '%PDF-' },
	{ mimeType: 'application/zip', at: 0, bytes: 'PK\x03\x04' },
];

/** Extensions that people know, where the usual list names another one first. */
const EXTENSIONS: ReadonlyMap<string, string> = new Map([
	['image/jpeg', 'jpg'],
	['audio/ogg', 'ogg'],
	['audio/mpeg', 'mp3'],
	['audio/mp4', 'm4a'],
	['video/mp4', 'mp4'],
	['application/was', 'was'],
]);

/** The most characters of a file's name. */
const LONGEST_NAME = 180;

/** Characters of an extension that is kept when a name is cut. */
const LONGEST_EXTENSION = 16;

/**
 * The MIME type of a file, without parameters: what the payload says, else what the server says, else what its first bytes
 * say.
 *
 * @param told by the payload
 * @param contentType of the answer that brought it
 */
export function mimeTypeOf(told: string | null, contentType: string | undefined, bytes: Buffer): string {
	const byServer = plainMimeType(contentType);
	return (
		plainMimeType(told) ??
		(byServer !== undefined && !UNTOLD.includes(byServer) ? byServer : undefined) ??
		typeByBytes(bytes) ??
		ANY_TYPE
	);
}

function typeByBytes(bytes: Buffer): string | undefined {
	const start = bytes.toString('latin1', 0, 16);
	return SIGNATURES.find(({ at, bytes: expected }) => start.startsWith(expected, at))?.mimeType;
}

/**
 * The name of a file: the payload's, else that of its address, else one made of the kind of message and its id.
 *
 * @param mimeType gives a made name its extension
 */
export function fileNameOf({ media, type, messageId, id }: GatewayEvent, mimeType: string): string {
	const named = mediaFileName(media?.fileName) ?? mediaFileName(fileNameIn(media?.url ?? null));
	if (named !== undefined) return named;
	const stem = `${type}-${(messageId ?? id).slice(0, 100)}`.replace(/[^\w.@-]/g, '_');
	return mediaFileName(nameByType(stem, mimeType)) ?? type;
}

/** A name with the extension of its type, if that has one. */
export function nameByType(stem: string, mimeType: string): string {
	const extension = EXTENSIONS.get(mimeType) ?? extensionOf(mimeType);
	return extension === undefined ? stem : `${stem}.${extension}`;
}

/**
 * A name from a message as one that can be saved: see {@link cleanFileName}; besides, it does not hide behind a dot and is
 * at most {@link LONGEST_NAME} characters long. Its extension is left alone: it is the sender's word.
 *
 * @returns undefined if nothing is left of it
 */
export function mediaFileName(written: string | null | undefined): string | undefined {
	const clean = cleanFileName(written?.slice(0, 4_096));
	const shown = cleanFileName(clean?.replace(/^[.\s]+/, ''));
	if (shown === undefined || [...shown].length <= LONGEST_NAME) return shown;
	const dot = shown.lastIndexOf('.');
	const extension = dot > 0 && shown.length - dot <= LONGEST_EXTENSION ? shown.slice(dot) : '';
	const stem = [...shown.slice(0, shown.length - extension.length)].slice(0, LONGEST_NAME - [...extension].length);
	return cleanFileName(stem.join('') + extension);
}
