import type { IDataObject } from 'n8n-workflow';
import { numberOrText } from '../../shared/lenientSchemas';
import { isObject } from '../../shared/object';
import type { EventMedia, GatewayEvent, MessageType } from '../../shared/trigger/event/event';
import { objectIn, textIn } from './readValues';

/** What a message says. */
type Content = Pick<GatewayEvent, 'type' | 'text' | 'media' | 'location' | 'replyTo'>;

/** Around the message proper: disappearing, to be seen once, with a caption, sent by another device. */
const WRAPPERS = [
	'ephemeralMessage',
	'viewOnceMessage',
	'viewOnceMessageV2',
	'viewOnceMessageV2Extension',
	'documentWithCaptionMessage',
	'deviceSentMessage',
	'lottieStickerMessage',
];

/** WhatsApp's own names of the parts of a message, and what they are here. */
const KINDS: Array<[string, MessageType]> = [
	['imageMessage', 'image'],
	['videoMessage', 'video'],
	['ptvMessage', 'video'],
	['audioMessage', 'audio'],
	['documentMessage', 'document'],
	['stickerMessage', 'sticker'],
	['locationMessage', 'location'],
	['liveLocationMessage', 'location'],
	['contactMessage', 'contact'],
	['contactsArrayMessage', 'contact'],
	['pollCreationMessage', 'poll'],
	['pollCreationMessageV2', 'poll'],
	['pollCreationMessageV3', 'poll'],
	['pollUpdateMessage', 'poll'],
	['reactionMessage', 'reaction'],
	['extendedTextMessage', 'text'],
	['buttonsResponseMessage', 'text'],
	['listResponseMessage', 'text'],
	['templateButtonReplyMessage', 'text'],
	['interactiveResponseMessage', 'text'],
];

/** The types that have a file. */
const FILES: readonly MessageType[] = ['image', 'video', 'audio', 'document', 'sticker'];

/** Where a text stands within a part: what was written, or chosen from buttons and lists; under a file; in a poll. */
const TEXT_NAMES: Partial<Record<MessageType, string[]>> = {
	text: ['text', 'selectedDisplayText', 'title'],
	reaction: ['text'],
	poll: ['name'],
};
const FILE_TEXT_NAMES = ['caption'];

/** Names of a plain address; a bare `url` within a part leads to encrypted bytes as a rule. */
const ADDRESS_NAMES = [
	'mediaUrl',
	'media_url',
	'downloadUrl',
	'download_url',
	'fileUrl',
	'file_url',
	'publicUrl',
	'public_url',
];

/**
 * What a message says, in the form of WhatsApp libraries (`message.imageMessage.caption`, observed in use), with the
 * provider's own `messageBody` beside it, or in flat fields (inferred).
 *
 * @param message with `message`, the parts, in it
 */
export function contentOf(message: IDataObject): Content {
	const parts = unwrapped(objectIn(message, 'message'));
	const body = textIn(message, 'messageBody', 'message_body', 'text', 'body', 'caption', 'content');
	const [name, type] = KINDS.find(([key]) => isObject(parts[key])) ?? [];
	const part = name === undefined ? {} : objectIn(parts, name);
	if (type === undefined) {
		const written = textIn(parts, 'conversation') ?? textIn(message, 'message') ?? body;
		return { ...flatFile(message, written), text: written, replyTo: replyIn(message, parts) };
	}
	const isFile = FILES.includes(type);
	const names = isFile ? FILE_TEXT_NAMES : (TEXT_NAMES[type] ?? []);
	const text = textIn(part, ...names) ?? textIn(objectIn(part, 'body'), 'text') ?? body;
	return {
		type,
		text,
		media: isFile ? fileOf(message, part, text) : null,
		location: type === 'location' ? locationOf(part) : null,
		replyTo: type === 'reaction' ? textIn(objectIn(part, 'key'), 'id') : replyIn(message, part),
	};
}

/** The parts of a message, out of what is around them. */
export function unwrapped(parts: IDataObject): IDataObject {
	let inner = parts;
	// Around a message stand two or three of them at most; a payload that nests further is nobody's message.
	for (let depth = 0; depth < 6; depth++) {
		const wrapper = WRAPPERS.find((name) => isObject(inner[name]));
		if (wrapper === undefined) break;
		inner = objectIn(objectIn(inner, wrapper), 'message');
	}
	return inner;
}

function replyIn(message: IDataObject, part: IDataObject): string | null {
	const quoted = textIn(objectIn(part, 'contextInfo'), 'stanzaId', 'stanzaID');
	return (
		quoted ??
		textIn(objectIn(message, 'contextInfo'), 'stanzaId') ??
		textIn(message, 'quoted_message_id', 'quotedMessageId', 'replyTo')
	);
}

function fileOf(message: IDataObject, part: IDataObject, caption: string | null): EventMedia {
	return {
		mimeType: mimeIn(part) ?? mimeIn(message),
		url: addressIn(message, part),
		reference: null,
		fileName: textIn(part, 'fileName', 'file_name') ?? textIn(message, 'fileName', 'file_name'),
		caption,
	};
}

function mimeIn(source: IDataObject): string | null {
	const written = textIn(source, 'mimetype', 'mimeType', 'mime_type');
	return written?.split(';')[0]?.trim() || null;
}

/** A plain address of the file. What WhatsApp itself keeps is encrypted; nothing can be done with its address. */
function addressIn(message: IDataObject, part: IDataObject): string | null {
	const isEncrypted = 'mediaKey' in part;
	const places = [
		textIn(message, ...ADDRESS_NAMES),
		textIn(objectIn(message, 'media'), 'url', ...ADDRESS_NAMES),
		textIn(part, ...ADDRESS_NAMES),
		isEncrypted ? null : textIn(part, 'url'),
	];
	return places.find((place) => place !== null && isPlainAddress(place)) ?? null;
}

function isPlainAddress(address: string): boolean {
	if (!URL.canParse(address)) return false;
	const { protocol, hostname } = new URL(address);
	return /^https?:$/.test(protocol) && !/(^|\.)whatsapp\.net$/i.test(hostname);
}

function locationOf(part: IDataObject): Content['location'] {
	const latitude = numberOrText.safeParse(part.degreesLatitude ?? part.latitude).data;
	const longitude = numberOrText.safeParse(part.degreesLongitude ?? part.longitude).data;
	return latitude === undefined || longitude === undefined ? null : { latitude, longitude };
}

/** A message without WhatsApp's parts: its kind, file and place in fields of its own (inferred). */
function flatFile(message: IDataObject, text: string | null): Pick<Content, 'type' | 'media' | 'location'> {
	const kind = textIn(message, 'kind', 'messageType', 'message_type', 'type')?.toLowerCase();
	const type = KINDS.map(([, known]) => known).find((known) => known === kind);
	const place = locationOf(objectIn(message, 'location'));
	if (type !== undefined && FILES.includes(type)) {
		return { type, media: fileOf(message, objectIn(message, 'media'), text), location: null };
	}
	if (place) return { type: 'location', media: null, location: place };
	return { type: type ?? (text === null ? 'unknown' : 'text'), media: null, location: null };
}
