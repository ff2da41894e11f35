import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../../shared/object';
import type { EventPartOf } from '../../../shared/trigger/event/details';
import { told } from '../../../shared/trigger/event/emptyEvent';
import type { GatewayEvent } from '../../../shared/trigger/event/event';
import { byContent, byId } from '../../../shared/trigger/event/payload';
import { boundedFields, fieldOf, objectIn, textIn, timeIn } from '../../../shared/trigger/whatsapp/values';
import { chatAndSender } from '../chatAndSender';
import { bareEvent, deliveryIdOf, type Source, sourceOf } from '../source';
import { unreadIn } from './unread';

/** A message with everything that does not depend on its content. */
export interface MessageFrame {
	/** The message's own fields, including those of TDLib's `content`. */
	message: IDataObject;
	/** `chat_id`, `sender_id` and so on. */
	fields: IDataObject;
	/** `message.type` as received. */
	typeName: string | null;
	base: GatewayEvent;
	/** The message that it replies to. */
	answers: Pick<GatewayEvent, 'replyTo' | 'quoted'>;
	/** The identity of the message; for a plain message it is also the event's. */
	key: string;
	/** The identity of another message in the same chat. */
	identityOf: (messageId: string) => string;
}

/**
 * A message with its chat and sender. API reference: in `payload.new_message` for WhatsApp, in `payload` itself for
 * Telegram; MAX has the latter form, with the time next to the message (observed in use).
 *
 * @returns undefined if the payload has no message
 */
export function readFrame(source: Source): MessageFrame | undefined {
	const { payload, channel, device, raw } = source;
	const holder = holderOf(payload);
	if (!holder) return undefined;
	const given = boundedFields(holder.message);
	const content = objectIn(given, 'content');
	const message = { ...content, ...given };
	const fields = { ...payload, ...holder.fields };
	const messageId = textIn(message, 'id', 'message_id');
	const facts = chatAndSender(fields, channel, messageId);
	const timestamp = timeIn(message, 'timestamp', 'date') ?? timeIn(fields, 'timestamp') ?? timeIn(raw, 'timestamp');
	const isUnique = channel === 'whatsapp' && facts.chat.type === 'private' && facts.isBroadcast !== true;
	const identityOf = (id: string): string => (isUnique ? id : [device ?? '', facts.chat.id ?? '', id].join('_'));
	const identity = messageId === null ? byContent(raw, timestamp !== null) : byId(identityOf(messageId));
	const repliedId = textIn(message, 'reply_to_message_id');
	// In Telegram, zero means no message.
	const replyTo = repliedId === '0' ? null : repliedId;
	const places = [payload, holder.fields, message];
	const deliveryId = deliveryIdOf(places, messageId);
	return {
		message,
		fields,
		typeName: textIn(message, 'type', '@type'),
		key: identity.id,
		identityOf,
		answers: replyTo === null ? { replyTo } : { replyTo, quoted: { id: replyTo } },
		base: {
			...bareEvent(source, identity),
			...facts,
			event: 'message',
			messageId,
			timestamp,
			...told<Partial<GatewayEvent>>({
				whatsAppId: channel === 'whatsapp' ? whatsAppIdIn(messageId) : null,
				deliveryId,
				source: facts.direction === 'outgoing' ? sourceOf(places, messageId, deliveryId) : null,
				partOf: albumOf(message),
				unread: unreadIn(given, content),
			}),
		},
	};
}

/** The message, and the object with its chat and sender. */
function holderOf(payload: IDataObject): { fields: IDataObject; message: IDataObject } | undefined {
	const nested = fieldOf(payload, 'new_message');
	for (const fields of [nested, payload]) {
		const message = fieldOf(fields, 'message');
		if (isObject(fields) && isObject(message)) return { fields, message };
	}
	// The message's fields next to those of the chat (inferred).
	const isMessage = isObject(nested) && ['id', 'text', 'file_data'].some((name) => Object.hasOwn(nested, name));
	return isMessage ? { fields: nested, message: withoutChat(nested) } : undefined;
}

/** Fields about the chat and sender, which are not the message's own. */
const CHAT_FIELD = /^(?:chat|sender|recipient)_|^(?:direction|pushname|delivery_id|customer_id|instance)$/;

function withoutChat(fields: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(boundedFields(fields)).filter(([name]) => !CHAT_FIELD.test(name)));
}

/**
 * The bare id of WhatsApp: `3B55D8ECE08DAC8198EB` of `false_995555558974@c.us_3B55D8ECE08DAC8198EB`. That a group message
 * has its author after it is from whatsapp-web.js (inferred).
 */
function whatsAppIdIn(messageId: string | null): string | null {
	if (messageId === null || messageId.length > 256) return null;
	return /^(?:true|false)_[^_@]+(?:_\d+)?@[\w.]+?_([^_@]+)(?:_[^_@]+(?:_\d+)?@[\w.]+)?$/.exec(messageId)?.[1] ?? null;
}

/** Telegram and its bots number the albums that files belong to (TDLib `media_album_id`, Bot API `media_group_id`). */
function albumOf(message: IDataObject): EventPartOf | null {
	const id = textIn(message, 'media_album_id', 'media_group_id', 'album_id')?.slice(0, 100) ?? '0';
	return id === '0' ? null : { kind: 'album', messageId: id };
}
