import type { IDataObject } from 'n8n-workflow';
import { type EventStatus, type GatewayEvent, isoTime } from '../../shared/trigger/event/event';
import { byContent, byId, isFilledObject } from '../../shared/trigger/event/payload';
import { readCallback } from './callback';
import { chatAndSender } from './chatAndSender';
import { messageEvent } from './messageEvent';
import { customerOf, envelope, messageStatus, telegramCall, whatsAppCall } from './payload';
import { bareEvent, type Source } from './source';

/**
 * The event in a webhook or in a delivery's callback.
 *
 * @param body parsed JSON or form
 * @returns undefined if it does not have Chategy's form
 */
export function eventOf(body: unknown): GatewayEvent | undefined {
	if (!isFilledObject(body)) return undefined;
	const parsed = envelope.safeParse(body).data;
	if (!parsed) return deliveryEvent(body);
	const { type, payload } = parsed;
	const source: Source = { type, device: customerOf(parsed), payload, raw: body };
	switch (type) {
		case 'message_status':
		case 'whatsapp_status_msg':
			return statusEvent(source);
		case 'whatsapp_call':
			return whatsAppCallEvent(source);
		case 'tdlib_call':
			return telegramCallEvent(source);
		case 'whatsapp_log_in':
			return { ...bareEvent(source), event: 'log_in' };
		case 'whatsapp_log_out':
			return { ...bareEvent(source), event: 'log_out' };
		default:
			// Other services of the platform have more kinds of messages in one of the two forms.
			return messageEvent(source) ?? (type.endsWith('_incoming_msg') ? undefined : bareEvent(source));
	}
}

/** API reference, List of transmitted statuses: which of them are an end, and which say that the message arrived. */
const MESSAGE_STATUSES: Record<string, Pick<EventStatus, 'final' | 'delivered'>> = {
	sent: { final: false, delivered: null },
	received: { final: false, delivered: true },
	read: { final: true, delivered: true },
	played: { final: true, delivered: true },
	failed: { final: true, delivered: false },
	expired: { final: true, delivered: false },
	content_gone: { final: true, delivered: false },
	content_too_big: { final: true, delivered: false },
	content_unuploadable: { final: true, delivered: false },
	inactive: { final: true, delivered: false },
};

/** What became of a message that went out. */
function statusEvent(source: Source): GatewayEvent | undefined {
	const found = messageStatus.safeParse(source.payload.message_status).data;
	if (!found) return undefined;
	const { id, status: name } = found;
	const { final, delivered } = MESSAGE_STATUSES[name.toLowerCase()] ?? { final: null, delivered: null };
	return {
		...bareEvent(source),
		event: 'message_status',
		...byId([source.device ?? '', id, name].join('_')),
		direction: 'outgoing',
		chat: chatAndSender(found).chat,
		status: { messageId: id, name, code: null, final, delivered },
	};
}

function whatsAppCallEvent(source: Source): GatewayEvent | undefined {
	const found = whatsAppCall.safeParse(source.payload.incoming_call).data;
	if (!found) return undefined;
	const { call } = found;
	const chatFacts = chatAndSender(found);
	const timestamp = isoTime(call.timestamp);
	const isGroup = call.is_group ?? null;
	return {
		...bareEvent(source),
		...chatFacts,
		event: 'call',
		...(call.id ? byId([source.device ?? '', call.id].join('_')) : byContent(source.raw, timestamp !== null)),
		timestamp,
		chat: isGroup ? { ...chatFacts.chat, type: 'group' } : chatFacts.chat,
		call: {
			id: call.id || null,
			isVideo: call.type ? call.type.toLowerCase() === 'video' : null,
			isGroup,
			state: null,
			reason: null,
		},
	};
}

/** Telegram's call has no time, and its id is a small number that comes again: the whole of it is its identity. */
function telegramCallEvent(source: Source): GatewayEvent | undefined {
	const found = telegramCall.safeParse(source.payload).data;
	if (!found) return undefined;
	const { id, is_video, state, reason } = found.call;
	const call = {
		id: id || null,
		isVideo: is_video ?? null,
		isGroup: null,
		state: state || null,
		reason: reason || null,
	};
	return { ...bareEvent(source), ...chatAndSender(found), event: 'call', call };
}

/** A delivery's callback, when its address is that of this trigger. */
function deliveryEvent(raw: IDataObject): GatewayEvent | undefined {
	const found = readCallback(raw);
	if (!found) return undefined;
	const { id, code, meaning } = found;
	return {
		...bareEvent({ type: 'delivery_status', device: null, payload: {}, raw }),
		...byId(['delivery', id, code].join('_')),
		direction: 'outgoing',
		status: { messageId: String(id), code, ...meaning },
	};
}
