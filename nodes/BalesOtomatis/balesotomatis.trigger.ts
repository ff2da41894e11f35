import type { IDataObject } from 'n8n-workflow';
import { plainMimeType } from '../shared/mimeType';
import type { GatewayTrigger, WebhookCall } from '../shared/trigger/definition';
import { emptyEvent } from '../shared/trigger/event/emptyEvent';
import type { EventMedia, GatewayEvent } from '../shared/trigger/event/event';
import { byContent, isFilledObject } from '../shared/trigger/event/payload';
import { PayloadFields } from '../shared/trigger/flat/fields';
import { flatEvent } from '../shared/trigger/flat/flatEvent';
import { serializedId, withSuffix } from '../shared/trigger/flat/ids';
import { chatTypeOf } from '../shared/trigger/event/chatType';
import { fieldOf, MOST_ENTRIES, objectsOf, textIn } from '../shared/trigger/whatsapp/values';
import { balesOtomatisApi } from './api/balesOtomatisApi';

/** Names the number that received it, by its Number ID (observed in use). Node writes it in lower case. */
const NUMBER_HEADER = 'bls-oto-numberid';

/** A date without a zone is by the account's clock, which Info shows to be Asia/Jakarta (inferred). */
const PROVIDER_OFFSET = '+07:00';

/** The one type of event that is known (observed in use by three receivers; the API reference has no webhook). */
const INCOMING_CHAT = 'incoming_chat';

/** The fields that every message was seen to have: a call without a type but with one of them is a message. */
const MESSAGE_FIELDS = ['chat_id', 'message_body'];

/** The events of a call. Unknown events are passed on unchanged; undefined if it is not even an object. */
function parse({ body, headers }: WebhookCall): GatewayEvent[] | undefined {
	if (!isFilledObject(body)) return undefined;
	const device = textIn({ id: [headers[NUMBER_HEADER]].flat()[0] }, 'id')?.trim() ?? null;
	const type = textIn(body, 'type')?.trim().toLowerCase() ?? null;
	const call = new PayloadFields(body);
	call.ignore('type');
	const messages = messagesIn(call);
	const isMessage = type === INCOMING_CHAT || (type === null && messages.some(isOfMessage));
	if (!isMessage) return [unknownEvent(device, body)];
	if (messages.length === 0) return [toEvent(call, call, device, body)];
	if (messages.length === 1) return messages.map((message) => toEvent(message, call, device, body));
	// As if each message had come in a separate call.
	return messages.map((message) => toEvent(message, call, device, { ...body, data: message.source }));
}

/** The messages of a call: one under `data`; inferred: several, or fields of the message at the top. */
function messagesIn(call: PayloadFields): PayloadFields[] {
	const data = fieldOf(call.source, 'data');
	if (isOfMessage(call)) return [call];
	if (!Array.isArray(data)) return [call.part('data')].filter((part) => part !== undefined);
	const messages = objectsOf(data).slice(0, MOST_ENTRIES);
	if (messages.length > 0) call.ignore('data');
	return messages.map((message) => new PayloadFields(message));
}

function isOfMessage({ source }: PayloadFields): boolean {
	return MESSAGE_FIELDS.some((name) => fieldOf(source, name) !== undefined);
}

/** An author in a group and a timestamp were not seen; they are read if present. */
function toEvent(fields: PayloadFields, call: PayloadFields, device: string | null, raw: IDataObject): GatewayEvent {
	const messageId = fields.id('message_id', 'id');
	const inId = serializedId(messageId);
	const chatId = fields.id('chat_id') ?? inId?.chat ?? null;
	const remoteJid = chatId && withSuffix(chatId);
	const isPrivate = chatTypeOf(remoteJid) === 'private';
	const author = fields.id('author') ?? inId?.author ?? null;
	const text = fields.text('message_body');
	const beside = fields === call ? [] : Object.keys(call.left());
	return flatEvent({
		provider: 'balesOtomatis',
		device,
		raw,
		key: {
			remoteJid,
			participant: isPrivate ? null : author,
			fromMe: fields.flag('is_from_me') ?? inId?.fromMe ?? null,
			id: messageId,
		},
		chat: { id: chatId },
		name: fields.text('name'),
		timestamp: fields.time(PROVIDER_OFFSET, 'timestamp'),
		isTimed: fields.isToTheSecond('timestamp'),
		text,
		media: mediaIn(fields, text),
		more: { whatsAppId: inId?.id },
		parts: fields.object('message'),
		innerKey: fields.object('key'),
		fields,
		unread: beside,
		writesToGroups: true,
	});
}

/** Only the name and kind of a file are reported; a URL to download it from was not seen. */
function mediaIn(fields: PayloadFields, caption: string | null): EventMedia | null {
	const mimeType = fields.text('media_mime');
	const fileName = fields.text('media_name');
	const hasMedia = fields.flag('has_media') === true;
	if (!hasMedia && mimeType === null && fileName === null) return null;
	return { mimeType: plainMimeType(mimeType) ?? null, url: null, reference: null, fileName, caption };
}

/** Other types of events exist but were not seen; the workflow gets only their payload. */
function unknownEvent(device: string | null, raw: IDataObject): GatewayEvent {
	const fields = new PayloadFields(raw);
	fields.ignore('type');
	const unread = fields.unread();
	const isTimed = (fields.part('data') ?? fields).isToTheSecond('timestamp');
	const identity = byContent(raw, isTimed);
	return {
		...emptyEvent({ event: 'unknown', provider: 'balesOtomatis', ...identity, device, raw }),
		...(unread.length > 0 ? { unread } : {}),
	};
}

/** No API registers the URL: the user pastes it into the dashboard, with a secret if they like. */
export const balesOtomatisTrigger: GatewayTrigger = {
	provider: 'balesOtomatis',
	api: balesOtomatisApi,
	registration: { kind: 'byHand' },
	parse,
};
