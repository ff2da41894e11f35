import type { IDataObject } from 'n8n-workflow';
import { emptyEvent, told } from '../event/emptyEvent';
import type { EventCall, EventChat, EventSender, GatewayEvent } from '../event/event';
import { byId } from '../event/payload';
import { callId } from './identity';
import { boundedId } from '../event/hash';
import { personOf } from '../../messaging/person';
import { addressOf, chatTypeOf } from '../event/chatType';
import { type EventSource, ownId } from './reading';
import { flagIn, objectIn, textIn, timeIn } from './values';

/**
 * A call in an event of its own, one for each of its states: the call's fields, or the same in `call` (the form of WhatsApp
 * libraries; inferred).
 */
export function callEvent(source: EventSource, element: IDataObject): GatewayEvent {
	const nested = objectIn(element, 'call');
	const fields = Object.keys(nested).length > 0 ? nested : element;
	const call: EventCall = {
		id: textIn(fields, 'id', 'callId', 'call_id'),
		isVideo: flagIn(fields, 'isVideo', 'is_video'),
		isGroup: flagIn(fields, 'isGroup', 'is_group'),
		state: textIn(fields, 'status', 'state'),
		reason: textIn(fields, 'reason'),
	};
	const timestamp = timeIn(fields, 'date', 'timestamp') ?? source.timestamp;
	const { provider, device, raw } = source;
	const identity = call.id === null ? ownId(source, null, timestamp) : byId(boundedId(callId(call.id, call.state)));
	return {
		...emptyEvent({ event: 'call', provider, ...identity, device, raw }),
		timestamp,
		direction: flagIn(fields, 'fromMe') === true ? 'outgoing' : 'incoming',
		...callerOf(fields),
		call,
	};
}

function callerOf(fields: IDataObject): Pick<GatewayEvent, 'chat' | 'sender'> {
	const from = textIn(fields, 'from', 'callerPn', 'phone');
	const { phone: dialed, lid } = personOf(from);
	const phone = personOf(textIn(fields, 'callerPn', 'cleanedSenderPn', 'senderPn'), 'phone').phone ?? dialed;
	const chat = textIn(fields, 'groupJid', 'chatId', 'chat_id') ?? from;
	const type = chatTypeOf(chat);
	const other = type === 'private' ? { phone, lid } : {};
	return {
		chat: {
			id: chat,
			type,
			...told<Partial<EventChat>>({ ...other, address: addressOf(type, chat, { phone, lid }) }),
		},
		sender: { id: from, phone, name: textIn(fields, 'pushName', 'name'), ...told<Partial<EventSender>>({ lid }) },
	};
}
