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
 * A MIME type under the usual one of its names: `image/jpeg` for `image/jpg`, `audio/wav` for `audio/x-wav`. Two names are
 * of one type if files of both have the same extension and are of the same family.
 */
export function usualMimeType(written: string): string {
	const type = bareMimeType(written);
	const [family = '', subtype = ''] = type.split('/');
	const usual = lookup(extension(type) || subtype.replace(/^x-/, ''));
	return usual && usual.startsWith(`${family}/`) ? usual : type;
}

/** The usual extension of a MIME type without a dot; undefined if it has none. */
export function extensionOf(mimeType: string): string | undefined {
	return extension(mimeType) || undefined;
}
