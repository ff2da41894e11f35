import { createHash } from 'node:crypto';
import type { MediaStore } from '../../media';
import { grouped, type KindTable, kindsOf } from '../../play/kinds';
import type { PlayOption, PlayOptions } from '../../play/options';
import { samples } from '../../samples';
import type { Playable } from '../../types';
import type { Contact, Device, Group } from './seed';
import { type ChataloWebhook, quirkyMimeType } from './webhook';

interface World {
	media: MediaStore;
	device: Device;
	sender: Contact;
	group: Group;
}

/** One line of a table: what a kind changes in a text message of the API reference's shape. */
interface Row {
	says: string;
	file?: { bytes: () => Buffer; mimeType: string };
	/** The text that comes with a file. */
	withText?: true;
	fields?: (payload: ChataloWebhook) => Partial<Record<keyof ChataloWebhook, unknown>>;
}

const JPEG = { bytes: samples.jpeg, mimeType: 'image/jpeg' };

/**
 * Everything that Chatalo is known to report (EVENTS.md 5). The photo is the API reference's example; the other files, that
 * `message` may hold a caption and the lists (`broadcast`) are inferred.
 */
const KINDS: KindTable<Row> = {
	...grouped<Row>('messages', {
		text: { says: 'A text' },
		location: {
			says: 'A place',
			fields: () => ({ message: false, location_attached: { latitude: -6.175392, longitude: 106.827153 } }),
		},
		nullIsland: {
			says: 'A place at 0, 0',
			fields: () => ({ message: false, location_attached: { latitude: 0, longitude: 0 } }),
		},
		forwarded: { says: 'A forwarded text', fields: () => ({ is_forwarded: true }) },
		broadcast: { says: 'A text to a broadcast list', fields: () => ({ broadcast: true }) },
	}),
	...grouped<Row>('files', {
		image: { says: 'A photo', file: JPEG },
		imageWithCaption: { says: 'A photo with a caption', file: JPEG, withText: true },
		video: { says: 'A video', file: { bytes: samples.mp4, mimeType: 'video/mp4' } },
		audio: { says: 'A voice note', file: { bytes: samples.ogg, mimeType: 'audio/ogg; codecs=opus' } },
		document: { says: 'A document', file: { bytes: samples.pdf, mimeType: 'application/pdf' } },
		sticker: {
			says: 'A sticker',
			file: { bytes: samples.webp, mimeType: 'image/webp' },
			fields: () => ({ is_sticker: true }),
		},
		fileWithoutReference: {
			says: 'A file that cannot be downloaded',
			file: JPEG,
			fields: () => ({ media_info: { mimetype: quirkyMimeType('image/jpeg'), file_encoded: null } }),
		},
	}),
	...grouped<Row>('notices', {
		empty: { says: 'A message without any content', fields: () => ({ message: false }) },
	}),
};

const OPTIONS: readonly PlayOption[] = [
	...(['text', 'name', 'phone', 'lid', 'chat', 'own', 'id', 'withoutId', 'timestamp'] as const),
	...(['withoutTimestamp', 'forwarded', 'contentType', 'media', 'overrides'] as const),
];

export const chataloPlayable: Playable = { kinds: kindsOf(KINDS), options: OPTIONS };

/** Builds a kind. Its `chat_id` is new each time, as in the other events; whether it is the message's id is open. */
export function playChatalo(
	kind: string,
	options: PlayOptions,
	count: number,
	world: World,
): { messageId: null; payload: unknown } {
	const row = KINDS[kind];
	if (row === undefined) throw new Error(`"${kind}" is not in the table`);
	const { text = `Message ${count} from the sandbox`, chat = 'private', own = false, forwarded = false } = options;
	const { file, withText, fields } = row;
	const payload: ChataloWebhook = {
		device_id: world.device.id,
		chat_id:
			options.id ??
			`D0${createHash('sha256').update(`${Date.now()} ${count}`).digest('hex').slice(0, 9).toUpperCase()}`,
		sender: {
			name: options.name ?? (own ? world.device.name : world.sender.name),
			number: numberOf(options, own ? world.device.whatsappNumber : world.sender.number),
			in_group: chat !== 'private' && chat !== 'broadcast',
			group_id: groupOf(chat, world.group),
		},
		from_me: own,
		is_forwarded: forwarded !== false && forwarded !== 0,
		is_sticker: false,
		timestamp: options.timestamp ?? Math.floor(Date.now() / 1000),
		broadcast: chat === 'broadcast',
		message: file === undefined || withText === true ? text : false,
		has_media: file !== undefined,
		media_info: file === undefined ? { mimetype: null, file_encoded: null } : mediaOf(file, options, world),
		location_attached: { latitude: null, longitude: null },
	};
	return {
		messageId: null,
		payload: {
			...payload,
			...fields?.(payload),
			...(options.withoutId === true ? { chat_id: undefined } : {}),
			...(options.withoutTimestamp === true ? { timestamp: undefined } : {}),
		},
	};
}

/** A LID comes in the place of the number (inferred). */
function numberOf({ phone, lid }: PlayOptions, standard: string): string {
	if (phone === null || (lid !== undefined && lid !== null)) return `${lid ?? '203948576102938'}@lid`;
	return phone ?? standard;
}

function groupOf(chat: string, group: Group): string | null {
	if (chat === 'private' || chat === 'broadcast') return null;
	return chat === 'group' ? group.id : chat;
}

function mediaOf(
	{ bytes, mimeType }: NonNullable<Row['file']>,
	{ media: { fault, mimeType: claimed, size } = {} }: PlayOptions,
	{ media }: World,
): ChataloWebhook['media_info'] {
	const { reference } = media.add(size === undefined ? bytes() : { size }, mimeType, fault);
	const told = claimed === undefined ? mimeType : claimed;
	return { mimetype: told === null ? null : quirkyMimeType(told), file_encoded: reference };
}
