/** Bytes of a file name that file systems take. */
const MOST_BYTES = 255;

/** Bytes of an extension that is kept when a name is cut; longer ones are none. */
const MOST_EXTENSION_BYTES = 16;

/**
 * Signs that are not seen: control characters, line and paragraph separators, and those that turn the direction of writing,
 * by which "gpj.exe" is shown as "exe.jpg".
 */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu;

/** Signs that some file systems do not take. */
const FORBIDDEN = /[<>:"|?*]/g;

/** Names that mean a device in Windows. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/**
 * The name of a file that came from somewhere else, as one that can be written to any disk, into a header, and on a screen:
 * without folders, without signs that are not seen, and of bearable length, its extension kept.
 *
 * @returns undefined if nothing is left of it
 */
export function cleanFileName(written: string | null | undefined): string | undefined {
	const wellFormed = Buffer.from(written ?? '', 'utf8').toString('utf8');
	const last =
		wellFormed
			.replace(UNSEEN, '')
			.split(/[/\\]/)
			.findLast((part) => /[^.\s]/.test(part)) ?? '';
	const plain = last
		.replace(FORBIDDEN, '_')
		.trim()
		.replace(/^\.+(?=\.)/, '');
	const bearable = shortened(withoutEnd(plain));
	return bearable === '' ? undefined : bearable.replace(DEVICE, '_$1');
}

/** Without dots and spaces at the end, which Windows drops. */
function withoutEnd(name: string): string {
	let end = name.length;
	while (end > 0 && /[.\s]/.test(name.charAt(end - 1))) end--;
	return name.slice(0, end);
}

function shortened(name: string): string {
	if (bytesOf(name) <= MOST_BYTES - 1) return name;
	const dot = name.lastIndexOf('.');
	const extension = dot > 0 && bytesOf(name.slice(dot)) <= MOST_EXTENSION_BYTES ? name.slice(dot) : '';
	let room = MOST_BYTES - 1 - bytesOf(extension);
	let stem = '';
	for (const character of name.slice(0, dot > 0 && extension !== '' ? dot : undefined)) {
		room -= bytesOf(character);
		if (room < 0) break;
		stem += character;
	}
	return withoutEnd(stem) + extension;
}

function bytesOf(text: string): number {
	return Buffer.byteLength(text, 'utf8');
}
