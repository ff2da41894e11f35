import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { parseJson } from '../shared/http/answer';
import { parseRecipient } from '../shared/messaging/phoneNumber';
import type { GatewayTrigger, WebhookCall } from '../shared/trigger/definition';
import { type EventMedia, type GatewayEvent, messageTypeOf } from '../shared/trigger/event/event';
import { contentId, isFilledObject, isYes, timeOf } from '../shared/trigger/event/payload';
import { whacenterApi } from './whacenter.api';
import { clearWebhook, readWebhook, setWebhook } from './whacenter.requests';

/** Times without a zone are Indonesian (inferred, since `schedule` is). */
const PROVIDER_OFFSET = '+07:00';

/**
 * Up to so many digits in `from` are a phone number. Longer ones are LIDs (inferred from receivers), except
 * for those that are valid numbers of a country: a few in Indonesia have 14.
 */
const USUAL_NUMBER = 13;

/** MIME types by the ending of a file's address; the payload names none. */
const MIME_TYPES: Record<string, string> = {
	aac: 'audio/aac',
	gif: 'image/gif',
	jpeg: 'image/jpeg',
	jpg: 'image/jpeg',
	m4a: 'audio/mp4',
	mp3: 'audio/mpeg',
	mp4: 'video/mp4',
	oga: 'audio/ogg',
	ogg: 'audio/ogg',
	opus: 'audio/ogg',
	pdf: 'application/pdf',
	png: 'image/png',
	webp: 'image/webp',
	'3gp': 'video/3gpp',
};

/** What Get Webhook Url answers; that an unset one is null, empty, or an empty list as `data`, is inferred. */
const webhookData = z.object({ webhook: z.string().nullish() }).catch({ webhook: undefined });

const writing = z.union([z.string(), z.number()]).transform(String).nullish().catch(undefined);

/**
 * API reference: Webhook (`from`, `to`, `message`, `media`, `timestamp`), with the fields observed in use beside them
 * (`pushName`, `is_group`) and those that only appear in other people's guesses (`isGroup`, `isFromMe`,
 * `sender`, `phone`).
 */
const payload = z.object({
	from: writing,
	sender: writing,
	phone: writing,
	to: writing,
	message: writing,
	pushName: writing,
	media: z.unknown().optional(),
	is_group: z.unknown().optional(),
	isGroup: z.unknown().optional(),
	isFromMe: z.unknown().optional(),
	is_from_me: z.unknown().optional(),
	timestamp: z.unknown().optional(),
});

type Payload = z.output<typeof payload>;

/** A file as an object (mentioned, never shown), under the names that others use. */
const mediaObject = z.object({
	url: writing,
	link: writing,
	mimetype: writing,
	mime_type: writing,
	mimeType: writing,
	filename: writing,
	file_name: writing,
	fileName: writing,
	caption: writing,
});

/** One event for each call; undefined if it is not Whacenter's form. */
function parse({ body }: WebhookCall): GatewayEvent[] | undefined {
	if (!isFilledObject(body) || !('message' in body || 'media' in body)) return undefined;
	const parsed = payload.safeParse(body);
	const from = parsed.data?.from || parsed.data?.sender || parsed.data?.phone;
	return parsed.success && from ? [toEvent(parsed.data, from, body)] : undefined;
}

function toEvent(message: Payload, from: string, body: IDataObject): GatewayEvent {
	const text = message.message || null;
	const media = mediaOf(message.media, text);
	const timestamp = timeOf(message.timestamp, PROVIDER_OFFSET);
	return {
		event: 'message',
		provider: 'whacenter',
		id: contentId(body, timestamp !== null),
		timestamp,
		direction: isYes(message.is_from_me ?? message.isFromMe) ? 'outgoing' : 'incoming',
		device: message.to || null,
		...parties(from, isYes(message.is_group ?? message.isGroup), message.pushName || null),
		type: media ? messageTypeOf(media.mimeType) : text === null ? 'unknown' : 'text',
		text,
		media,
		location: null,
		replyTo: null,
		raw: withoutDeviceId(body),
	};
}

/**
 * Who `from` is. In a group it is not known to be the group or the person (still unknown), so its own form
 * decides: groups have long ids, people phone numbers.
 */
function parties(from: string, isGroup: boolean, name: string | null): Pick<GatewayEvent, 'chat' | 'sender'> {
	const digits = from.replace(/@.*$/, '').replace(/:\d+$/, '').replace(/^\+/, '');
	const isNumber = !/@(lid|g\.us)$/i.test(from) && isPhoneNumber(digits);
	const person = { id: from, phone: isNumber ? digits : null, name };
	if (!isGroup && !/@g\.us$/i.test(from)) return { chat: { id: from, type: 'private' }, sender: person };
	const isPerson = isNumber || /@lid$/i.test(from);
	return isPerson
		? { chat: { id: null, type: 'group' }, sender: person }
		: { chat: { id: from, type: 'group' }, sender: { id: null, phone: null, name } };
}

function isPhoneNumber(digits: string): boolean {
	if (!/^\d+$/.test(digits)) return false;
	return digits.length <= USUAL_NUMBER || parseRecipient(digits).ok;
}

/** API reference: `media` is an address. In a form body an object arrives as JSON. */
function mediaOf(given: unknown, caption: string | null): EventMedia | null {
	const value = typeof given === 'string' ? (parseJson(given) ?? given.trim()) : given;
	const file: Partial<z.output<typeof mediaObject>> =
		typeof value === 'string' ? { url: value } : (mediaObject.safeParse(value).data ?? {});
	if (Object.values(file).every((part) => !part)) return null;
	const url = file.url || file.link || null;
	return {
		mimeType: file.mimetype || file.mime_type || file.mimeType || mimeTypeOf(url),
		url,
		reference: null,
		fileName: file.filename || file.file_name || file.fileName || fileNameOf(url),
		caption: file.caption || caption,
	};
}

function mimeTypeOf(url: string | null): string | null {
	const ending = fileNameOf(url)?.split('.').at(-1)?.toLowerCase() ?? '';
	return MIME_TYPES[ending] ?? null;
}

/** The last part of an address's path, if it looks like a file's name. */
function fileNameOf(url: string | null): string | null {
	if (url === null || !URL.canParse(url)) return null;
	const name = new URL(url).pathname.split('/').at(-1) ?? '';
	return /\.\w{2,5}$/.test(name) ? name : null;
}

/** The device id is the account's key. Guessed payloads carry it; what a workflow sees must not. */
function withoutDeviceId(body: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(body).filter(([name]) => !/^device_?id$/i.test(name)));
}

/**
 * Whacenter keeps one address for each device and sends no secret (observed in use), so the address carries
 * ours. A file's address comes from outside: it is fetched without the credential and never from an internal network.
 */
export const whacenterTrigger: GatewayTrigger = {
	provider: 'whacenter',
	api: whacenterApi,
	registration: {
		kind: 'oneSlot',
		owner: 'device',
		read: async (client) => webhookData.parse((await client.send(readWebhook)).data).webhook?.trim() || undefined,
		write: async (client, url) => {
			await client.send(setWebhook(url));
		},
		clear: async (client) => {
			await client.send(clearWebhook);
		},
	},
	parse,
	fetchMedia: async (_client, _event, media, fetchFile) => {
		if (media.url === null) throw new Error('The message names no address for its file');
		return await fetchFile(media.url);
	},
};
