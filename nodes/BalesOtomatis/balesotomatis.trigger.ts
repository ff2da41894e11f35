import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { payloadText, textOrNumber } from '../shared/lenientSchemas';
import { personOf } from '../shared/messaging/person';
import { kindOfId } from '../shared/messaging/whatsAppId';
import type { GatewayTrigger, WebhookCall } from '../shared/trigger/definition';
import { chatTypeOf } from '../shared/trigger/event/chatType';
import { emptyEvent } from '../shared/trigger/event/emptyEvent';
import { type EventMedia, type GatewayEvent, messageTypeOf } from '../shared/trigger/event/event';
import { contentId, isFilledObject, isYes, timeOf } from '../shared/trigger/event/payload';
import { balesOtomatisApi } from './api/balesOtomatisApi';

/** Names the number that received it, by its Number ID (observed in use). Node writes it in lower case. */
const NUMBER_HEADER = 'bls-oto-numberid';

/** A date without a zone is by the account's clock, which Info shows to be Asia/Jakarta (inferred). */
const PROVIDER_OFFSET = '+07:00';

/**
 * The one event that is known (observed in use by three receivers; the API reference has no webhook). A
 * timestamp and the author within a group were not seen, they are read where there are any.
 */
const incomingChat = z.object({
	type: z.literal('incoming_chat'),
	data: z.object({
		chat_id: textOrNumber.pipe(z.string().min(1)),
		message_body: payloadText,
		name: payloadText,
		author: payloadText,
		is_from_me: z.unknown().optional(),
		has_media: z.unknown().optional(),
		media_name: payloadText,
		media_mime: payloadText,
		message_id: payloadText,
		id: payloadText,
		timestamp: z.unknown().optional(),
	}),
});

type IncomingChat = z.output<typeof incomingChat>['data'];

/** One event for each call. What is not known is passed on as it is; undefined if it is not even an object. */
function parse({ body, headers }: WebhookCall): GatewayEvent[] | undefined {
	if (!isFilledObject(body)) return undefined;
	const given = headers[NUMBER_HEADER];
	const device = [given].flat()[0]?.trim() || null;
	const known = incomingChat.safeParse(body);
	return [known.success ? toEvent(known.data.data, device, body) : unknownEvent(device, body)];
}

function toEvent(message: IncomingChat, device: string | null, raw: IDataObject): GatewayEvent {
	const text = message.message_body || null;
	const media = mediaOf(message, text);
	const timestamp = timeOf(message.timestamp, PROVIDER_OFFSET);
	const isOwn = isYes(message.is_from_me);
	const messageId = message.message_id || message.id || null;
	return {
		...unknownEvent(device, raw),
		event: 'message',
		id: messageId ?? contentId(raw, timestamp !== null),
		messageId,
		timestamp,
		direction: isOwn ? 'outgoing' : 'incoming',
		...chatAndSender(message, isOwn),
		type: media ? messageTypeOf(media.mimeType) : text === null ? 'unknown' : 'text',
		text,
		media,
	};
}

/** Other types of events exist but were not seen; the workflow gets them with the payload alone. */
function unknownEvent(device: string | null, raw: IDataObject): GatewayEvent {
	return emptyEvent({ event: 'unknown', provider: 'balesOtomatis', id: contentId(raw, false), device, raw });
}

/** `chat_id` is the other person, "62812…@c.us"; a group's ends in "@g.us" and leaves its author to be told apart. */
function chatAndSender(message: IncomingChat, isOwn: boolean): Pick<GatewayEvent, 'chat' | 'sender'> {
	const { chat_id: id, author } = message;
	const writer = isOwn ? null : kindOfId(id) === 'group' ? author || null : id;
	const type = chatTypeOf(id);
	return {
		// Nothing of a channel was seen, and that the account can read one is not documented.
		chat: { id, type: type === 'channel' ? 'private' : type },
		sender: { id: writer, phone: personOf(writer).phone, name: message.name || null },
	};
}

/** Only name and kind of a file are told; an address to fetch it from was not seen. */
function mediaOf(message: IncomingChat, caption: string | null): EventMedia | null {
	const { media_mime, media_name } = message;
	if (!isYes(message.has_media) && !media_mime && !media_name) return null;
	return {
		mimeType: media_mime || null,
		url: null,
		reference: null,
		fileName: media_name || null,
		caption,
	};
}

/** No API registers the address: the user pastes it into the dashboard, with a secret of their own if they like. */
export const balesOtomatisTrigger: GatewayTrigger = {
	provider: 'balesOtomatis',
	api: balesOtomatisApi,
	registration: { kind: 'byHand' },
	parse,
};
