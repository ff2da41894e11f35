import { extension, lookup } from 'mime-types';

/** The MIME type of a file by the extension of its name; undefined if it has none, or one that is not known. */
export function mimeTypeByName(fileName: string): string | undefined {
	return lookup(fileName) || undefined;
}

/** A MIME type in lower case, without parameters ("audio/ogg; codecs=opus"). */
export function bareMimeType(written: string): string {
	return written.split(';')[0]?.trim().toLowerCase() ?? '';
}

/**
 * Names of one type that have no extension in common, the usual one first. Sources: the aliases of the freedesktop.org
 * shared MIME database; RFC 6350 for vCards, of which WhatsApp's own name is the second; what browsers and Windows name
 * uploads (pjpeg, x-zip-compressed).
 */
const ALIASES: string[][] = [
	['image/jpeg', 'image/jpg', 'image/pjpeg'],
	['image/png', 'image/x-png'],
	['text/vcard', 'text/x-vcard', 'text/directory', 'application/vcard'],
	['application/zip', 'application/x-zip', 'application/x-zip-compressed', 'multipart/x-zip'],
	['application/x-7z-compressed', 'application/7z', 'application/x-7z', 'application/x-7zip-compressed'],
	['application/pdf', 'application/x-pdf', 'application/acrobat', 'application/nappdf'],
	['application/msword', 'application/vnd.ms-word', 'application/x-msword'],
	['application/vnd.ms-excel', 'application/msexcel', 'application/x-msexcel', 'application/x-excel'],
	[
		'application/vnd.ms-powerpoint',
		'application/powerpoint',
		'application/mspowerpoint',
		'application/x-mspowerpoint',
	],
	[
		'audio/mpeg',
		'audio/mp3',
		'audio/x-mp3',
		'audio/x-mpeg',
		'audio/mpg',
		'audio/x-mpg',
		'audio/mpeg3',
		'audio/x-mpeg-3',
	],
	['audio/ogg', 'audio/x-ogg', 'audio/opus', 'audio/x-opus+ogg', 'audio/vorbis', 'audio/x-vorbis+ogg'],
	['audio/amr', 'audio/amr-nb'],
	['audio/aac', 'audio/x-aac', 'audio/aacp', 'audio/x-hx-aac-adts'],
	['audio/mp4', 'audio/m4a', 'audio/x-m4a'],
	['audio/wav', 'audio/x-wav', 'audio/wave', 'audio/vnd.wave'],
	['video/mp4', 'video/x-mp4', 'video/mp4v-es', 'video/x-m4v'],
];

const usualNames = new Map(
	ALIASES.flatMap(([usual = '', ...others]) => [usual, ...others].map((name) => [name, usual])),
);

/**
 * A MIME type that came from somewhere else, without parameters; undefined if it is none, so that nothing of it gets into
 * a header or a file's description.
 */
export function plainMimeType(written: string | null | undefined): string | undefined {
	const type = bareMimeType(written ?? '');
	return /^[a-z0-9!#$&^_.+-]{1,64}\/[a-z0-9!#$&^_.+-]{1,127}$/.test(type) ? type : undefined;
}

/**
 * A MIME type under the usual one of its names: `image/jpeg` for `image/jpg`, `audio/wav` for `audio/x-wav`. Two names are
 * of one type if files of both have the same extension and are of the same family.
 */
export function usualMimeType(written: string): string {
	const type = bareMimeType(written);
	const known = usualNames.get(type);
	if (known !== undefined) return known;
	const [family = '', subtype = ''] = type.split('/');
	const usual = lookup(extension(type) || subtype.replace(/^x-/, ''));
	return usual && usual.startsWith(`${family}/`) ? usual : type;
}

/** The usual extension of a MIME type without a dot; undefined if it has none. */
export function extensionOf(mimeType: string): string | undefined {
	return extension(mimeType) || undefined;
}
