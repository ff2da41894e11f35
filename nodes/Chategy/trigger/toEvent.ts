import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../shared/object';
import { nameOfUnknown } from '../../shared/trigger/event/emptyEvent';
import type { GatewayEvent } from '../../shared/trigger/event/event';
import { isFilledObject } from '../../shared/trigger/event/payload';
import { fieldOf, objectIn, textIn } from '../../shared/trigger/whatsapp/values';
import { messageEvent } from './message/messageEvent';
import { callEvent, deliveryEvent, sessionEvent, statusEvent } from './otherEvents';
import { bareEvent, channelOf, type Source } from './source';

/** The longest accepted name of a webhook's type. */
const LONGEST_TYPE = 100;

/**
 * The event in a webhook or in a delivery's callback.
 *
 * @param body parsed JSON or form
 * @param exact the same with long numbers as texts, see `exactNumbers.ts`
 * @returns undefined if it does not have Chategy's form
 */
export function eventOf(body: unknown, exact: unknown = body): GatewayEvent | undefined {
	if (!isFilledObject(body)) return undefined;
	const source = sourceIn(body, exact);
	return source ? webhookEvent(source) : deliveryEvent(body);
}

function sourceIn(raw: IDataObject, exact: unknown): Source | undefined {
	const type = fieldOf(raw, 'type');
	if (typeof type !== 'string' || type === '' || type.length > LONGEST_TYPE) return undefined;
	const payload = fieldOf(exact, 'payload');
	// One type is flat (observed: `{type, delivery_id, status}`), so all may be.
	const fields = isObject(payload) ? payload : exact;
	if (!isObject(fields) || (fields === exact && payload !== undefined)) return undefined;
	return { type, channel: channelOf(type), device: accountIn(fields), payload: fields, raw };
}

/**
 * The account of the event. `payload.instance` may be absent; the customer is then in the payload itself (API reference,
 * Outgoing with the file).
 */
function accountIn(payload: IDataObject): string | null {
	return textIn(objectIn(payload, 'instance'), 'customer_id') ?? textIn(payload, 'customer_id');
}

function webhookEvent(source: Source): GatewayEvent | undefined {
	const { type, raw } = source;
	switch (type) {
		case 'message_status':
		case 'whatsapp_status_msg':
			return statusEvent(source);
		case 'whatsapp_log_in':
			return sessionEvent(source, 'log_in');
		case 'whatsapp_log_out':
			return sessionEvent(source, 'log_out');
	}
	// Other services on the platform have more kinds of messages in one of the two forms, under other names.
	const event = messageEvent(source) ?? byParts(source);
	if (event) return event;
	const isKnown = /^(?:whatsapp|tdlib)_call$|_incoming_msg$/.test(type);
	if (isKnown || !isObject(fieldOf(raw, 'payload'))) return undefined;
	return bareEvent({ ...source, type: nameOfUnknown(type) });
}

/** A call or status, whatever type it was sent with: "sent as part of the whatsapp_incoming_msg event" (API reference, calls). */
function byParts(source: Source): GatewayEvent | undefined {
	const isStatus = isObject(fieldOf(source.payload, 'message_status'));
	return callEvent(source) ?? (isStatus ? statusEvent(source) : undefined);
}
