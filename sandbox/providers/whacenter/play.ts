import type { MediaStore } from '../../media';
import { grouped, type KindTable, kindsOf } from '../../play/kinds';
import type { PlayOption, PlayOptions } from '../../play/options';
import { samples } from '../../samples';
import type { Playable } from '../../types';
import { type Device, whacenterAccount } from './seed';
import { providerTime } from './webhook';

type Fields = Record<string, unknown>;

interface World {
	media: MediaStore;
	device: Device;
}

/** One line of a table: what a kind changes in a text message. */
interface Row {
	says: string;
	/** The file, and the ending that its address has. */
	file?: { bytes: () => Buffer; mimeType: string; ending: string };
	/** A file that comes as an object in place of its address. */
	asObject?: true;
	fields?: (payload: Fields) => Fields;
}

const AD = { source_type: 'ad', source_id: '120200000000000001', source_url: 'https://fb.me/sandbox' };
const JPEG = { bytes: samples.jpeg, mimeType: 'image/jpeg', ending: 'jpg' };

/** Everything that Whacenter is known to report (EVENTS.md 5): `message`, `media` and `ad_reply`. The kinds of files are inferred. */
const KINDS: KindTable<Row> = {
	...grouped<Row>('messages', {
		text: { says: 'A text' },
		ad: {
			says: 'A text that comes from an ad',
			fields: () => ({ ad_reply: AD }),
		},
		post: {
			says: 'A text that comes from a post',
			fields: () => ({
				ad_reply: { source_type: 'post', source_id: '180200000000000001', source_url: 'https://fb.me/post' },
			}),
		},
		documented: {
			says: 'The five fields of the API reference alone',
			fields: ({ from, to, message, timestamp }) => ({
				...NOTHING_ELSE,
				from,
				to,
				message,
				media: 'url',
				timestamp,
			}),
		},
	}),
	...grouped<Row>('files', {
		image: { says: 'A photo with a caption', file: JPEG },
		imageWithoutCaption: { says: 'A photo without words', file: JPEG, fields: () => ({ message: '' }) },
		video: { says: 'A video', file: { bytes: samples.mp4, mimeType: 'video/mp4', ending: 'mp4' } },
		audio: {
			says: 'A voice note',
			file: { bytes: samples.ogg, mimeType: 'audio/ogg', ending: 'ogg' },
			fields: () => ({ message: '' }),
		},
		document: {
			says: 'A document',
			file: { bytes: samples.pdf, mimeType: 'application/pdf', ending: 'pdf' },
			fields: () => ({ message: '' }),
		},
		sticker: {
			says: 'A sticker',
			file: { bytes: samples.webp, mimeType: 'image/webp', ending: 'webp' },
			fields: () => ({ message: '' }),
		},
		mediaObject: { says: 'A photo, as an object', file: JPEG, asObject: true },
		fileWithoutEnding: { says: 'A file whose address says nothing', file: { ...JPEG, ending: '' } },
	}),
	...grouped<Row>('notices', {
		empty: { says: 'A message without any content', fields: () => ({ message: '' }) },
	}),
};

/** The fields of the observed payload that the API reference does not have. */
const NOTHING_ELSE = {
	pushName: undefined,
	is_group: undefined,
	source: undefined,
	ad_reply: undefined,
	isFromMe: undefined,
};

const OPTIONS: readonly PlayOption[] = [
	...(['text', 'name', 'phone', 'lid', 'chat', 'own', 'timestamp', 'withoutTimestamp'] as const),
	...(['ad', 'contentType', 'media', 'overrides'] as const),
];

export const whacenterPlayable: Playable = { kinds: kindsOf(KINDS), options: OPTIONS };

/** Builds a kind. Whacenter's messages have no id. */
export function playWhacenter(kind: string, options: PlayOptions, count: number, world: World): Fields {
	const row = KINDS[kind];
	if (row === undefined) throw new Error(`"${kind}" is not in the table`);
	const { sender } = whacenterAccount;
	const { chat = 'private', own, timestamp, withoutTimestamp } = options;
	const isPrivate = chat === 'private';
	const base: Fields = {
		pushName: options.name ?? sender.name,
		from: isPrivate || chat === 'group' ? fromOf(options, sender.number) : chat,
		to: world.device.nomor,
		message: options.text ?? `Message ${count} from the sandbox`,
		media: row.file === undefined ? null : mediaOf(row, options, world),
		is_group: !isPrivate,
		...(own === undefined ? {} : { isFromMe: own }),
		timestamp:
			withoutTimestamp === true
				? undefined
				: providerTime(timestamp === undefined ? new Date() : new Date(timestamp * 1000)),
		source: 'WHACENTER',
		ad_reply: options.ad === undefined || options.ad === false ? null : AD,
	};
	return { ...base, ...row.fields?.(base) };
}

/** A LID comes as bare digits (inferred from receivers that drop them). */
function fromOf({ phone, lid }: PlayOptions, standard: string): string {
	if (phone === null || (lid !== undefined && lid !== null)) return lid ?? '203948576102938';
	return phone ?? standard;
}

function mediaOf({ file, asObject }: Row, { media = {} }: PlayOptions, world: World): unknown {
	if (file === undefined) return null;
	const { fault, mimeType, fileName, size } = media;
	const added = world.media.add(size === undefined ? file.bytes() : { size }, file.mimeType, fault);
	const name = fileName ?? `file.${file.ending}`;
	const url = file.ending === '' ? added.url : `${added.url}/${encodeURIComponent(name)}`;
	return asObject === true
		? { url, mimetype: mimeType === undefined ? file.mimeType : mimeType, filename: name }
		: url;
}
