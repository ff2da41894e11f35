import { createHash } from 'node:crypto';
import { grouped, type KindTable, kindsOf } from '../../play/kinds';
import type { PlayOption, PlayOptions } from '../../play/options';
import type { Playable } from '../../types';
import { balesOtomatisAccount } from './seed';

type Fields = Record<string, unknown>;

/** One line of a table: what a kind changes in a text message; or an event of another type. */
interface Row {
	says: string;
	/** Name and MIME type: no address of a file was ever seen. */
	file?: readonly [name: string | null, mime: string | null];
	fields?: (data: Fields) => Fields;
	type?: string;
}

/** Everything that BalesOtomatis is known to report (EVENTS.md 5). Only `incoming_chat` was seen; other types are inferred. */
const KINDS: KindTable<Row> = {
	...grouped<Row>('messages', {
		text: { says: 'A text' },
		otherId: {
			says: 'A text whose id is called `id`',
			fields: ({ message_id }) => ({ message_id: undefined, id: message_id }),
		},
	}),
	...grouped<Row>('files', {
		image: { says: 'A photo', file: ['photo.jpg', 'image/jpeg'] },
		imageWithCaption: {
			says: 'A photo with a caption',
			file: ['photo.jpg', 'image/jpeg'],
			fields: ({ caption }) => ({ message_body: caption }),
		},
		video: { says: 'A video', file: ['video.mp4', 'video/mp4'] },
		audio: { says: 'A voice note', file: [null, 'audio/ogg; codecs=opus'] },
		document: { says: 'A document', file: ['invoice.pdf', 'application/pdf'] },
		sticker: { says: 'A sticker', file: [null, 'image/webp'] },
		fileWithoutType: { says: 'A file without any details', file: [null, null] },
	}),
	...grouped<Row>('statuses', {
		messageStatus: {
			says: 'An event of another type: a status',
			type: 'message_status',
			fields: ({ chat_id, message_id }) => ({ ...NO_MESSAGE, chat_id, message_id, status: 'read' }),
		},
	}),
	...grouped<Row>('notices', {
		empty: { says: 'A message without any content', fields: () => ({ message_body: '' }) },
		unknownEvent: {
			says: 'An event that nobody knows yet',
			type: 'something_new',
			fields: ({ chat_id }) => ({ ...NO_MESSAGE, message_id: undefined, chat_id }),
		},
	}),
};

/** Takes away what only a message has. */
const NO_MESSAGE = {
	message_body: undefined,
	name: undefined,
	is_from_me: undefined,
	has_media: undefined,
	media_name: undefined,
	media_mime: undefined,
};

const OPTIONS: readonly PlayOption[] = [
	...(['text', 'name', 'phone', 'lid', 'chat', 'own', 'id', 'withoutId', 'timestamp'] as const),
	...(['target', 'status', 'contentType', 'media', 'overrides'] as const),
];

export const balesOtomatisPlayable: Playable = { kinds: kindsOf(KINDS), options: OPTIONS };

/** Builds a kind. */
export function playBalesOtomatis(
	kind: string,
	options: PlayOptions,
	count: number,
): { messageId: string | null; payload: unknown } {
	const row = KINDS[kind];
	if (row === undefined) throw new Error(`"${kind}" is not in the table`);
	const { sender } = balesOtomatisAccount;
	const { text = `Message ${count} from the sandbox`, own = false, media = {} } = options;
	const person = personOf(options, sender.number);
	const chat = chatOf(options.chat ?? 'private', person);
	const mark = createHash('sha256').update(`${Date.now()} ${count}`).digest('hex').slice(0, 18).toUpperCase();
	const id = options.target ?? options.id ?? `${own}_${chat}_3EB0${mark}`;
	const messageId = options.withoutId === true ? null : id;
	const [name, mime] = row.file ?? [null, null];
	const data: Fields = {
		chat_id: chat,
		message_id: messageId ?? undefined,
		message_body: row.file === undefined ? text : '',
		name: options.name ?? sender.name,
		is_from_me: own,
		has_media: row.file !== undefined,
		media_name: media.fileName === undefined ? name : media.fileName,
		media_mime: media.mimeType === undefined ? mime : media.mimeType,
		// The sender in a group, a list or a story is reported next to the chat (inferred).
		author: chat === person ? undefined : person,
		timestamp: options.timestamp,
	};
	const { caption, ...fields } = { ...data, ...row.fields?.({ ...data, caption: text }), caption: undefined };
	void caption;
	if (options.status !== undefined) Object.assign(fields, { status: options.status });
	return { messageId, payload: { type: row.type ?? 'incoming_chat', data: fields } };
}

function personOf({ phone, lid }: PlayOptions, standard: string): string {
	if (phone === null || (lid !== undefined && lid !== null)) return `${lid ?? '203948576102938'}@lid`;
	return `${phone ?? standard}@c.us`;
}

function chatOf(chat: string, person: string): string {
	const known: Record<string, string> = {
		private: person,
		group: `${balesOtomatisAccount.groups.first}@g.us`,
		channel: '120363000000000001@newsletter',
		broadcast: '1721234567@broadcast',
		story: 'status@broadcast',
	};
	return Object.hasOwn(known, chat) ? (known[chat] ?? chat) : chat;
}
