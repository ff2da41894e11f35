import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../../object';
import { told } from '../../event/emptyEvent';
import type { EventMedia, MessageType } from '../../event/event';
import type { DecryptKind } from '../../media/whatsapp/encryptedFile';
import { referenceOf } from '../../media/whatsapp/reference';
import { amountIn, bytesOf, fieldOf, flagIn, objectIn, textIn } from '../values';

interface FileKind {
	type: MessageType;
	decryptKind: DecryptKind;
	isVideoNote?: true;
}

/** The parts of a message that are files. */
const FILES: ReadonlyMap<string, FileKind> = new Map<string, FileKind>([
	['imageMessage', { type: 'image', decryptKind: 'Image' }],
	['videoMessage', { type: 'video', decryptKind: 'Video' }],
	['ptvMessage', { type: 'video', decryptKind: 'Video', isVideoNote: true }],
	['audioMessage', { type: 'audio', decryptKind: 'Audio' }],
	['documentMessage', { type: 'document', decryptKind: 'Document' }],
	['stickerMessage', { type: 'sticker', decryptKind: 'Image' }],
]);

/** What kind of file a part is; undefined if it is none. */
export function fileKindOf(key: string): FileKind | undefined {
	return FILES.get(key);
}

/** Names of a plain address beside a message, or in a part; a bare `url` in a part leads to encrypted bytes as a rule. */
const ADDRESS_NAMES = [
	...['mediaUrl', 'media_url', 'downloadUrl', 'download_url', 'fileUrl', 'file_url', 'publicUrl', 'public_url'],
];

/** A sticker that is an animation of vectors is a zip, whatever the payload calls it. */
const LOTTIE = 'application/was';

/**
 * A file as its part describes it.
 *
 * @param beside the message around it, where a gateway that decrypts for its users puts an address
 * @param caption what was written under it
 */
export function fileOf(key: string, part: IDataObject, beside: IDataObject, caption: string | null): EventMedia {
	const { isVideoNote = null } = FILES.get(key) ?? {};
	const isLottie = flagIn(part, 'isLottie') === true;
	const url = addressIn(part, beside);
	const mimeType = isLottie ? LOTTIE : mimeIn(part, beside);
	return {
		mimeType,
		url,
		reference: url === null ? referenceIn(key, part, beside, mimeType) : null,
		fileName: fileNameIn(key, part, beside),
		caption,
		...told<Partial<EventMedia>>({
			sizeBytes: amountIn(part, 'fileLength', 'file_length'),
			durationSeconds: amountIn(part, 'seconds'),
			width: amountIn(part, 'width'),
			height: amountIn(part, 'height'),
			pageCount: amountIn(part, 'pageCount'),
			isVoiceNote: flagIn(part, 'ptt'),
			isVideoNote,
			isGif: flagIn(part, 'gifPlayback'),
			isAnimated: isLottie || flagIn(part, 'isAnimated'),
			isEncrypted: isEncrypted(part) && url === null ? true : null,
			hasThumbnail: hasBytes(part, 'jpegThumbnail', 'pngThumbnail') ? true : null,
			viewOnce: flagIn(part, 'viewOnce'),
		}),
	};
}

/** The picture or PDF of an invoice, which has its own names. */
export function attachmentOf(invoice: IDataObject, caption: string | null): EventMedia | null {
	const isThere = ['attachmentMediaKey', 'attachmentDirectPath', 'attachmentMimetype'].some(
		(name) => !isNothing(fieldOf(invoice, name)),
	);
	if (!isThere) return null;
	const renamed = {
		mimetype: textIn(invoice, 'attachmentMimetype'),
		mediaKey: fieldOf(invoice, 'attachmentMediaKey'),
		directPath: fieldOf(invoice, 'attachmentDirectPath'),
		fileSha256: fieldOf(invoice, 'attachmentFileSha256'),
		fileEncSha256: fieldOf(invoice, 'attachmentFileEncSha256'),
		jpegThumbnail: fieldOf(invoice, 'attachmentJpegThumbnail'),
	} as IDataObject;
	return fileOf('attachment', renamed, {}, caption);
}

/** The longest address, and path of one, that is passed on. */
const LONGEST_ADDRESS = 4_096;

const KEY_BYTES = 32;

/** What Download Media takes for a file that has to be decrypted; null for one that has neither key nor id. */
function referenceIn(key: string, part: IDataObject, beside: IDataObject, mimeType: string | null): string | null {
	const mediaId = textIn(part, 'media_id', 'mediaId') ?? textIn(beside, 'media_id', 'mediaId');
	if (!isEncrypted(part) && mediaId === null) return null;
	const bytesIn = (...names: string[]): string | null => {
		const found = names.map((name) => bytesOf(fieldOf(part, name), KEY_BYTES)).find((bytes) => bytes !== null);
		return found?.toString('base64') ?? null;
	};
	const kindByType = mimeType?.startsWith('image/') ? 'Image' : 'Document';
	return referenceOf({
		kind: FILES.get(key)?.decryptKind ?? kindByType,
		directPath: bounded(textIn(part, 'directPath', 'direct_path'), LONGEST_ADDRESS),
		url: bounded(textIn(part, 'url'), LONGEST_ADDRESS),
		mediaKey: bytesIn('mediaKey'),
		hashes: { file: bytesIn('fileSha256'), encrypted: bytesIn('fileEncSha256') },
		mime: bounded(mimeType, 256),
		size: amountIn(part, 'fileLength', 'file_length'),
		...(mediaId !== null && mediaId.length <= 256 ? { mediaId } : {}),
	});
}

function bounded(text: string | null, most: number): string | null {
	return text !== null && text.length <= most ? text : null;
}

function isEncrypted(part: IDataObject): boolean {
	return !isNothing(fieldOf(part, 'mediaKey'));
}

function isNothing(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}

/** Thumbnails are never returned, only that there is one. */
function hasBytes(part: IDataObject, ...names: string[]): boolean {
	return names.some((name) => {
		const value = fieldOf(part, name);
		return (typeof value === 'string' && value !== '') || isObject(value) || bytesOf(value) !== null;
	});
}

function mimeIn(part: IDataObject, beside: IDataObject): string | null {
	const places = [part, beside, objectIn(beside, 'content')];
	const written = places
		.map((place) => textIn(place, 'mimetype', 'mimeType', 'mime_type'))
		.find((mime) => mime !== null);
	return written?.split(';', 1)[0]?.trim() || null;
}

/** A document has a title where its name is not told. */
function fileNameIn(key: string, part: IDataObject, beside: IDataObject): string | null {
	return (
		textIn(part, 'fileName', 'file_name') ??
		(key === 'documentMessage' ? textIn(part, 'title') : null) ??
		textIn(beside, 'fileName', 'file_name') ??
		textIn(objectIn(beside, 'content'), 'file_name')
	);
}

/**
 * A plain address of the file. What WhatsApp keeps is encrypted, and nothing can be done with its address, unless the part
 * has no key: posts of channels are not encrypted (WhatsApp libraries).
 */
function addressIn(part: IDataObject, beside: IDataObject): string | null {
	const plain = [
		textIn(beside, ...ADDRESS_NAMES),
		textIn(objectIn(beside, 'media'), 'url', ...ADDRESS_NAMES),
		textIn(part, ...ADDRESS_NAMES),
	].find((address) => address !== null && isWeb(address) && !isOfWhatsApp(address));
	if (plain) return plain;
	const own = textIn(part, 'url');
	return own !== null && !isEncrypted(part) && isWeb(own) ? own : null;
}

function isWeb(address: string): boolean {
	return address.length <= LONGEST_ADDRESS && URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
}

function isOfWhatsApp(address: string): boolean {
	return /(^|\.)whatsapp\.net$/i.test(new URL(address).hostname);
}
