import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { plainMimeType } from '../shared/mimeType';
import type { GatewayTrigger, WebhookCall } from '../shared/trigger/definition';
import { told } from '../shared/trigger/event/emptyEvent';
import type { EventLocation, EventMedia, GatewayEvent } from '../shared/trigger/event/event';
import { isFilledObject } from '../shared/trigger/event/payload';
import { PayloadFields } from '../shared/trigger/flat/fields';
import { flatEvent } from '../shared/trigger/flat/flatEvent';
import { asGroup, isGroupId, UNNAMED_GROUP } from '../shared/trigger/flat/ids';
import { MediaFailure } from '../shared/trigger/media/failure';
import { personOf } from '../shared/messaging/person';
import { chatTypeOf } from '../shared/trigger/event/chatType';
import { chataloApi } from './chatalo.api';
import { clearWebhook, mediaRequest, readWebhook, setWebhook } from './chatalo.api.requests';

/** The answer of Get Webhook; that an unset one is null or empty is inferred. */
const webhookData = z.object({ url: z.string().nullish() });

/** Times are Unix seconds (API reference); that a date without a zone is Indonesian is inferred. */
const PROVIDER_OFFSET = '+07:00';

/**
 * One event for each call (API reference: folder Webhook, Example Webhook Request). Only what identifies a message is
 * required, the device and a sender; the rest may be absent or of any type, since one example shows one kind of message.
 *
 * @returns undefined if it is not Chatalo's form
 */
function parse({ body }: WebhookCall): GatewayEvent[] | undefined {
	if (!isFilledObject(body)) return undefined;
	const fields = new PayloadFields(body);
	const device = fields.id('device_id');
	const sender = senderIn(fields);
	return device === null || sender === undefined ? undefined : [toEvent(fields, device, sender, body)];
}

function toEvent(fields: PayloadFields, device: string, sender: Sender, raw: IDataObject): GatewayEvent {
	// An id in hex. The API reference does not say whether it identifies the message or the chat. If it were the chat's,
	// all messages of a person would be one event.
	fields.ignore('chat_id');
	const fromMe = fields.flag('from_me');
	const isBroadcast = fields.flag('broadcast') === true;
	const text = fields.text('message');
	const isSticker = fields.flag('is_sticker') === true;
	const { remoteJid, participant, chatId, name } = sender;
	const isOwnList = isBroadcast && fromMe === true && chatTypeOf(remoteJid) === 'private';
	return flatEvent({
		provider: 'chatalo',
		device,
		raw,
		// There is no id of the message, unless a key of WhatsApp's own has one.
		key: { remoteJid, participant, fromMe },
		chat: isOwnList ? { id: chatId, type: 'broadcast' } : { id: chatId },
		name,
		timestamp: fields.time(PROVIDER_OFFSET, 'timestamp'),
		isTimed: fields.isToTheSecond('timestamp'),
		text,
		isSticker,
		media: mediaIn(fields, isSticker, text),
		location: locationIn(fields),
		isBroadcast,
		more: { isForwarded: fields.flag('is_forwarded') },
		parts: fields.object('message'),
		innerKey: fields.object('key'),
		fields,
		writesToGroups: true,
	});
}

/** Who wrote where. */
interface Sender {
	/** The chat, with the suffix of a group. */
	remoteJid: string | null;
	/** Who wrote, in a group. */
	participant: string | null;
	/** The chat as the payload writes it. */
	chatId: string | null;
	name: string | null;
}

/** Undefined if the payload has none. */
function senderIn(fields: PayloadFields): Sender | undefined {
	const sender = fields.part('sender');
	if (sender === undefined) return personAlone(fields);
	const number = sender.id('number');
	const name = sender.text('name');
	const groupId = sender.id('group_id');
	const isGroup = sender.flag('in_group') ?? groupId !== null;
	if (number !== null && isGroupId(number)) {
		const chatId = groupId ?? number;
		return { remoteJid: asGroup(chatId), participant: null, chatId, name };
	}
	if (!isGroup) return { remoteJid: number, participant: null, chatId: number, name };
	const remoteJid = groupId === null ? UNNAMED_GROUP : asGroup(groupId);
	return { remoteJid, participant: number, chatId: groupId, name };
}

/** A sender given only as a number. */
function personAlone(fields: PayloadFields): Sender | undefined {
	const number = fields.id('sender');
	const { phone, lid } = personOf(number);
	if (phone === null && lid === null) return undefined;
	return { remoteJid: number, participant: null, chatId: number, name: null };
}

function mediaIn(fields: PayloadFields, isSticker: boolean, caption: string | null): EventMedia | null {
	const info = fields.part('media_info') ?? new PayloadFields();
	const reference = info.text('file_encoded');
	const mimeType = info.text('mimetype');
	const hasMedia = fields.flag('has_media') === true || isSticker;
	if (!hasMedia && reference === null && mimeType === null) return null;
	return {
		// The example's JSON holds a backslash before the slash ("image\\/jpeg").
		mimeType: plainMimeType(mimeType?.replaceAll('\\', '')) ?? null,
		url: null,
		reference,
		fileName: null,
		caption,
	};
}

/** Both numbers make a place, even 0/0; in the example both are null if there is none. */
function locationIn(fields: PayloadFields): EventLocation | null {
	const place = fields.part('location_attached') ?? new PayloadFields();
	const [latitude, longitude] = [place.number('latitude'), place.number('longitude')];
	if (latitude === null || longitude === null) return null;
	const [name, address, url] = [place.text('name'), place.text('address'), place.text('url')];
	return told<EventLocation>({ latitude, longitude, name, address, url });
}

/** Chatalo signs nothing and documents no redelivery; it keeps one URL for each API key. */
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
	fetchMedia: async (client, { device }, { reference, mimeType }) => {
		if (device === null || reference === null) {
			throw new MediaFailure('none', 'The message does not say where its file is');
		}
		const request = { ...mediaRequest(device, reference), fileType: mimeType ?? undefined };
		return await client.download(request, [device, reference]);
	},
};
