import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { numberOrText, payloadFlag, textOrNumber } from '../shared/lenientSchemas';
import type { GatewayTrigger, WebhookCall } from '../shared/trigger/definition';
import { emptyEvent } from '../shared/trigger/event/emptyEvent';
import {
	type EventMedia,
	type GatewayEvent,
	isoTime,
	type MessageType,
	messageTypeOf,
} from '../shared/trigger/event/event';
import { byContent } from '../shared/trigger/event/payload';
import { chataloApi } from './chatalo.api';
import { clearWebhook, mediaRequest, readWebhook, setWebhook } from './chatalo.api.requests';

/** What Get Webhook answers; that an unset one is null or empty is inferred. */
const webhookData = z.object({ url: z.string().nullish() });

/**
 * API reference: folder Webhook, Example Webhook Request. Only what identifies a message is required; the rest may be
 * absent, since one example shows one kind of message.
 */
const payload = z.object({
	device_id: z.string().min(1),
	chat_id: z.string().nullish(),
	sender: z.object({
		name: z.string().nullish(),
		number: textOrNumber.nullish(),
		in_group: payloadFlag,
		group_id: textOrNumber.nullish(),
	}),
	from_me: payloadFlag,
	is_sticker: payloadFlag,
	broadcast: payloadFlag,
	timestamp: z.coerce.number(),
	/** `false` where there is no text. */
	message: z.union([z.string(), z.boolean()]).nullish(),
	has_media: payloadFlag,
	media_info: z
		.object({ mimetype: z.string().nullish(), file_encoded: z.string().nullish() })
		.nullish()
		.catch(undefined),
	location_attached: z.object({ latitude: numberOrText, longitude: numberOrText }).nullish().catch(undefined),
});

type Payload = z.output<typeof payload>;

/** One event for each call; undefined if it is not Chatalo's form. */
function parse({ body }: WebhookCall): GatewayEvent[] | undefined {
	const parsed = payload.safeParse(body);
	return parsed.success ? [toEvent(parsed.data, body as IDataObject)] : undefined;
}

function toEvent(message: Payload, raw: IDataObject): GatewayEvent {
	const { sender } = message;
	const text = typeof message.message === 'string' && message.message !== '' ? message.message : null;
	const location = locationOf(message);
	const media = mediaOf(message, text);
	const isGroup = sender.in_group;
	return {
		// `chat_id` may be the message's id, the API reference does not say; the time is in Unix seconds.
		...emptyEvent({
			event: 'message',
			provider: 'chatalo',
			...byContent(raw, true),
			device: message.device_id,
			raw,
		}),
		timestamp: isoTime(message.timestamp),
		direction: message.from_me ? 'outgoing' : 'incoming',
		chat: {
			id: (isGroup ? sender.group_id : sender.number) ?? null,
			type: message.broadcast ? 'broadcast' : isGroup ? 'group' : 'private',
		},
		sender: { id: sender.number ?? null, phone: sender.number ?? null, name: sender.name ?? null },
		type: typeOf(message, media, location !== null, text),
		text,
		media,
		location,
	};
}

function typeOf(message: Payload, media: EventMedia | null, hasLocation: boolean, text: string | null): MessageType {
	if (message.is_sticker) return 'sticker';
	if (media) return messageTypeOf(media.mimeType);
	if (hasLocation) return 'location';
	return text === null ? 'unknown' : 'text';
}

function mediaOf({ has_media, media_info }: Payload, caption: string | null): EventMedia | null {
	if (!has_media && !media_info?.file_encoded) return null;
	return {
		// The example's JSON holds a backslash before the slash ("image\\/jpeg").
		mimeType: media_info?.mimetype?.replaceAll('\\', '') ?? null,
		url: null,
		reference: media_info?.file_encoded ?? null,
		fileName: null,
		caption,
	};
}

function locationOf({ location_attached: place }: Payload): GatewayEvent['location'] {
	return place ?? null;
}

/** Chatalo signs nothing and documents no redelivery; one address for each API key. */
export const chataloTrigger: GatewayTrigger = {
	provider: 'chatalo',
	api: chataloApi,
	registration: {
		kind: 'oneSlot',
		owner: 'API key',
		read: async (client) => webhookData.parse((await client.send(readWebhook)).data).url ?? undefined,
		write: async (client, url) => {
			await client.send(setWebhook(url));
		},
		clear: async (client) => {
			await client.send(clearWebhook);
		},
	},
	parse,
	fetchMedia: async (client, event, media) =>
		await client.download(
			{
				...mediaRequest(event.device ?? '', media.reference ?? ''),
				fileType: media.mimeType ?? undefined,
			},
			[event.device ?? ''],
		),
};
