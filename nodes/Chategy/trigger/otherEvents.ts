import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../shared/object';
import { told } from '../../shared/trigger/event/emptyEvent';
import type { EventStatus, GatewayEvent } from '../../shared/trigger/event/event';
import { byContent, byId } from '../../shared/trigger/event/payload';
import { callId, statusId } from '../../shared/trigger/whatsapp/identity';
import { boundedId } from '../../shared/trigger/event/hash';
import { personOf } from '../../shared/messaging/person';
import { fieldOf, flagIn, numberIn, objectIn, textIn, timeIn } from '../../shared/trigger/whatsapp/values';
import { meaningOf } from '../api/deliveryStatuses';
import { readCallback } from './callback';
import { chatAndSender } from './chatAndSender';
import { bareEvent, deliveryIdOf, type Identity, type Source } from './source';

/** API reference, List of transmitted statuses: which are final, and which mean that the message arrived. */
const MESSAGE_STATUSES: ReadonlyMap<string, Pick<EventStatus, 'final' | 'delivered'>> = new Map([
	['sent', { final: false, delivered: null }],
	['received', { final: false, delivered: true }],
	['read', { final: true, delivered: true }],
	['played', { final: true, delivered: true }],
	['failed', { final: true, delivered: false }],
	['expired', { final: true, delivered: false }],
	['content_gone', { final: true, delivered: false }],
	['content_too_big', { final: true, delivered: false }],
	['content_unuploadable', { final: true, delivered: false }],
	['inactive', { final: true, delivered: false }],
]);

/**
 * The status of an outgoing message. Two forms: `message_status{id, status, chat_id}` (API reference), and
 * `{delivery_id, status{status_id, description}}` (observed in use), whose numbers are those of deliveries.
 */
export function statusEvent(source: Source): GatewayEvent | undefined {
	const { payload, channel, raw } = source;
	const named = objectIn(payload, 'message_status');
	const fields = Object.keys(named).length > 0 ? named : payload;
	const status = statusIn(fields);
	if (!status) return undefined;
	const messageId = textIn(fields, 'id', 'message_id');
	const deliveryId = deliveryIdOf([payload, fields], messageId);
	const { chat, isStory, isBroadcast } = chatAndSender({ ...fields, direction: 'outgoing' }, channel);
	const timestamp = timeIn(fields, 'timestamp') ?? timeIn(payload, 'timestamp') ?? timeIn(raw, 'timestamp');
	const about = messageId ?? (deliveryId === null ? null : `delivery_${deliveryId}`);
	const identity =
		about === null ? byContent(raw, timestamp !== null) : byId(boundedId(statusId(about, status, null)));
	return {
		...bareEvent(source, identity),
		event: 'message_status',
		direction: 'outgoing',
		timestamp,
		messageId,
		chat,
		...told<Partial<GatewayEvent>>({ isStory, isBroadcast, deliveryId }),
		status: {
			...status,
			messageId,
			...told<Partial<EventStatus>>({ deliveryId, recipientPhone: chat.phone }),
		},
	};
}

function statusIn(fields: IDataObject): EventStatus | undefined {
	const given = fieldOf(fields, 'status');
	const code = numberIn(given, 'status_id') ?? numberIn(fields, 'status_id');
	if (code !== null) {
		const meaning = meaningOf(code);
		const name =
			meaning.name ?? textIn(given, 'description') ?? textIn(fields, 'status_description', 'description');
		return { messageId: null, ...meaning, name, code };
	}
	const name = isObject(given) ? textIn(given, 'description') : textIn(fields, 'status');
	if (name === null) return undefined;
	const meaning = MESSAGE_STATUSES.get(name.toLowerCase()) ?? { final: null, delivered: null };
	return { messageId: null, name, code: null, ...meaning };
}

/** API reference: `whatsapp_call`, in `payload.incoming_call`; `tdlib_call`, in `payload` itself. */
export function callEvent(source: Source): GatewayEvent | undefined {
	const { payload, channel, device, raw } = source;
	const nested = objectIn(payload, 'incoming_call');
	const fields = [nested, payload].find((place) => isObject(fieldOf(place, 'call')));
	if (!fields) return undefined;
	const call = objectIn(fields, 'call');
	const facts = chatAndSender(fields, channel);
	const timestamp = timeIn(call, 'timestamp') ?? timeIn(fields, 'timestamp') ?? timeIn(raw, 'timestamp');
	const isGroup = flagIn(call, 'is_group');
	const id = textIn(call, 'id');
	const state = stateOfCall(call);
	const { id: chatId, name } = facts.chat;
	return {
		...bareEvent(source, identityOf(source, id, state, isGroup === true ? device : null, timestamp !== null)),
		...facts,
		event: 'call',
		timestamp,
		// The details are those of the caller, not of a group.
		chat: isGroup === true ? { id: chatId, type: 'group', ...told({ name }) } : facts.chat,
		call: {
			id,
			isVideo: flagIn(call, 'is_video') ?? isVideo(textIn(call, 'type')),
			isGroup,
			state,
			reason: textIn(call, 'reason'),
		},
	};
}

/**
 * A Telegram call has no time, and its ID is a small number that is reused: its whole payload is its identity. A group call
 * has one ID for all accounts in the group.
 */
function identityOf(
	{ channel, raw }: Source,
	id: string | null,
	state: string | null,
	device: string | null,
	isTimed: boolean,
): Identity {
	if (id === null || channel !== 'whatsapp') return byContent(raw, isTimed);
	return byId(boundedId(callId(device === null ? id : `${device}_${id}`, state)));
}

/** API reference, Telegram call: a missed call has a reason, `callDiscardReasonMissed`. */
function stateOfCall(call: IDataObject): string | null {
	return /missed$/i.test((textIn(call, 'reason') ?? '').slice(-20)) ? 'missed' : textIn(call, 'state', 'status');
}

function isVideo(type: string | null): boolean | null {
	return type === null ? null : type.toLowerCase() === 'video';
}

/** API reference: the status of a log-in is within `payload.instance`, that of a log-out in `payload` itself. */
export function sessionEvent(source: Source, event: 'log_in' | 'log_out'): GatewayEvent {
	const { payload } = source;
	const status = [payload, objectIn(payload, 'instance')]
		.map((place) => objectIn(place, 'status'))
		.find((place) => Object.keys(place).length > 0);
	const timestamp = timeIn(payload, 'timestamp') ?? timeIn(source.raw, 'timestamp');
	return {
		...bareEvent(source, byContent(source.raw, timestamp !== null)),
		event,
		timestamp,
		session: {
			state: event === 'log_in' ? 'connected' : 'disconnected',
			reason: textIn(status, 'description')?.slice(0, 1_000) ?? null,
		},
	};
}

/** Messengers by the words of `dispatch_routing`, where they differ. */
const ROUTES: ReadonlyMap<string, string> = new Map([
	['tdlib', 'telegram'],
	['telegram', 'telegram_bot'],
]);

/** A delivery's callback, if the URL of this trigger is its Callback URL. */
export function deliveryEvent(raw: IDataObject): GatewayEvent | undefined {
	const found = readCallback(raw);
	if (!found) return undefined;
	const { id, code, meaning, item } = found;
	const route = textIn(item.status, 'dispatch_routing')?.slice(0, 40) ?? 'whatsapp';
	const deliveryId = String(id);
	const recipientPhone = personOf(textIn(item, 'phone'), 'phone').phone;
	const channel = ROUTES.get(route) ?? route;
	const source: Source = { type: 'delivery_status', channel, device: null, payload: {}, raw };
	return {
		...bareEvent(source, byId(['delivery', id, code].join('_'))),
		direction: 'outgoing',
		deliveryId,
		status: {
			messageId: deliveryId,
			code,
			...meaning,
			deliveryId,
			...told<Partial<EventStatus>>({ recipientPhone }),
		},
	};
}
