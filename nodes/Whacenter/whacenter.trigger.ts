import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { parseJson } from '../shared/http/answer';
import { payloadText } from '../shared/lenientSchemas';
import { parseRecipient } from '../shared/messaging/phoneNumber';
import { kindOfId } from '../shared/messaging/whatsAppId';
import { mimeTypeByName } from '../shared/mimeType';
import { before } from '../shared/text';
import type { GatewayTrigger, WebhookCall } from '../shared/trigger/definition';
import { emptyEvent } from '../shared/trigger/event/emptyEvent';
import { type EventMedia, type GatewayEvent, messageTypeOf } from '../shared/trigger/event/event';
import { fileNameIn } from '../shared/trigger/event/fileName';
import { byContent, isFilledObject, isToTheSecond, isYes, timeOf } from '../shared/trigger/event/payload';
import { fetchByUrl } from '../shared/trigger/receive/fetchByUrl';
import { whacenterApi } from './whacenter.api';
import { clearWebhook, readWebhook, setWebhook } from './whacenter.api.requests';

/** Times without a zone are Indonesian (inferred, since `schedule` is). */
const PROVIDER_OFFSET = '+07:00';

/**
 * Up to so many digits in `from` are a phone number. Longer ones are LIDs (inferred from receivers), except
 * for those that are valid numbers of a country: a few in Indonesia have 14.
 */
const USUAL_NUMBER = 13;

/** What Get Webhook Url answers; that an unset one is null, empty, or an empty list as `data`, is inferred. */
const webhookData = z.object({ webhook: z.string().nullish() }).catch({ webhook: undefined });

/**
 * API reference: Webhook (`from`, `to`, `message`, `media`, `timestamp`), with the fields observed in use beside them
 * (`pushName`, `is_group`) and those that only appear in other people's guesses (`isGroup`, `isFromMe`,
 * `sender`, `phone`).
 */
const payload = z.object({
	from: payloadText,
	sender: payloadText,
	phone: payloadText,
	to: payloadText,
	message: payloadText,
	pushName: payloadText,
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
	url: payloadText,
	link: payloadText,
	mimetype: payloadText,
	mime_type: payloadText,
	mimeType: payloadText,
	filename: payloadText,
	file_name: payloadText,
	fileName: payloadText,
	caption: payloadText,
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
		...emptyEvent({
			event: 'message',
			provider: 'whacenter',
			...byContent(body, isToTheSecond(message.timestamp)),
			device: message.to || null,
			raw: withoutDeviceId(body),
		}),
		timestamp,
		account: { phone: message.to || null },
		direction: isYes(message.is_from_me ?? message.isFromMe) ? 'outgoing' : 'incoming',
		...chatAndSender(from, isYes(message.is_group ?? message.isGroup), message.pushName || null),
		type: media ? messageTypeOf(media.mimeType) : text === null ? 'unknown' : 'text',
		text,
		media,
	};
}

/**
 * Who `from` is. In a group it is not known to be the group or the person (still unknown), so its own form
 * decides: groups have long ids, people phone numbers.
 */
function chatAndSender(from: string, isGroup: boolean, name: string | null): Pick<GatewayEvent, 'chat' | 'sender'> {
	const kind = kindOfId(from);
	// Neither the suffix of a number nor that it has one is documented: whatever is no LID and no group may be one.
	const digits = before(from, '@')
		.replace(/:\d{1,5}$/, '')
		.replace(/^\+/, '');
	const isNumber = kind !== 'lid' && kind !== 'group' && isPhoneNumber(digits);
	const person = { id: from, phone: isNumber ? digits : null, name };
	if (!isGroup && kind !== 'group') return { chat: { id: from, type: 'private' }, sender: person };
	return isNumber || kind === 'lid'
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

/** Endings of addresses that are answered by a program: they say nothing of the file that it gives. */
const PROGRAM = /\.(php\d?|html?|aspx?|jsp|cgi)$/i;

/** By the name in a file's address; the payload names no type. */
function mimeTypeOf(url: string | null): string | null {
	const name = fileNameOf(url) ?? '';
	return PROGRAM.test(name) ? null : (mimeTypeByName(name) ?? null);
}

/** As the address writes it: whether Whacenter encodes names is not documented. */
function fileNameOf(url: string | null): string | null {
	return fileNameIn(url, { isEncoded: true, shortestExtension: 2 });
}

/** The device id is the account's key. Guessed payloads carry it; what a workflow sees must not. */
function withoutDeviceId(body: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(body).filter(([name]) => !/^device_?id$/i.test(name)));
}

/**
 * Whacenter keeps one address for each device and sends no secret (observed in use), so the address carries
 * ours.
 */
export const whacenterTrigger: GatewayTrigger = {
	provider: 'whacenter',
	api: whacenterApi,
	tellsOwnNumber: true,
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
	fetchMedia: fetchByUrl(),
};
