import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../shared/object';
import type { WebhookCall } from '../../shared/trigger/definition';
import type { GatewayEvent } from '../../shared/trigger/event/event';
import { isFilledObject } from '../../shared/trigger/event/payload';
import { groupOf, officialName } from './eventNames';
import { objectIn, objectsOf, textIn, timeIn } from './readValues';
import {
	callEvent,
	deletedEvent,
	type Envelope,
	messageEvent,
	messageIdIn,
	otherEvent,
	reactionEvent,
	statusEvent,
	updateEvent,
} from './toEvent';

/** Names of the time of an event around the message; in milliseconds or seconds. */
const ENVELOPE_TIMES = ['timestamp', 'emitted_at', 'emittedAt', 'created_at', 'occurred_at', 'date'];

/**
 * The events of a call. Envelope and payload have several forms (observed in use, and in versions of the provider's SDK):
 * the name in `event`, `event_type`, `type` or a header, the content in `data` or `payload`, messages as object or list.
 *
 * @returns undefined if it is not the provider's form; an event of a kind that is not known comes under its own name
 */
export function parseCall({ body, headers }: WebhookCall): GatewayEvent[] | undefined {
	if (!isFilledObject(body)) return undefined;
	const header = textIn({ name: [headers['x-webhook-event']].flat()[0] }, 'name');
	const written = textIn(body, 'event', 'event_type', 'type') ?? header;
	const payload = body.data ?? body.payload;
	if (written === null && payload === undefined) return undefined;
	const content = objectIn({ payload }, 'payload');
	const isMessage = written === null && ('key' in content || 'messages' in content);
	const envelope: Envelope = {
		name: isMessage ? 'messages.received' : officialName((written ?? 'unknown').trim()),
		payload: payload ?? body,
		device:
			textIn(body, 'sessionId', 'session_id') ??
			textIn(objectIn(body, 'session'), 'id', 'session_id') ??
			textIn(content, 'sessionId', 'session_id'),
		timestamp: timeIn(body, ...ENVELOPE_TIMES),
		eventId: textIn({ id: [headers['x-webhook-event-id']].flat()[0] }, 'id') ?? textIn(body, 'event_id', 'eventId'),
		raw: body,
	};
	return namesNoMessage(envelope, payload) ? undefined : eventsIn(envelope);
}

/** Whether a call about messages tells of none: nothing could be answered, and nothing be told from a redelivery. */
function namesNoMessage({ name }: Envelope, payload: unknown): boolean {
	if (groupOf({ event: name }) !== 'messages' || name === 'messages.delete') return false;
	return !elementsOf(payload).some((message) => isObject(message.key) || messageIdIn(message) !== null);
}

function eventsIn(envelope: Envelope): GatewayEvent[] {
	const { name, payload } = envelope;
	if (name === 'call') return each(envelope, objectsOf(payload), callEvent);
	if (name === 'messages.delete') return each(envelope, deletedKeys(payload), deletedEvent);
	if (name === 'message-receipt.update') return each(envelope, elementsOf(payload), statusEvent);
	if (name === 'messages.update') return each(envelope, elementsOf(payload), updateEvent);
	if (name === 'messages.reaction') return each(envelope, elementsOf(payload), reactionEvent);
	if (groupOf({ event: name }) === 'messages') return each(envelope, elementsOf(payload), messageEvent);
	return [otherEvent(envelope, objectIn({ payload }, 'payload'))];
}

type Reader = (envelope: Envelope, element: IDataObject) => GatewayEvent;

/** An event for each element; one without any is passed on as it is, under its own name. */
function each(envelope: Envelope, elements: IDataObject[], read: Reader): GatewayEvent[] {
	if (elements.length === 0) return [otherEvent(envelope, {})];
	const [only, ...others] = elements;
	if (only !== undefined && others.length === 0) return [read(envelope, only)];
	return elements.map((element, index) => {
		const eventId = envelope.eventId && `${envelope.eventId}:${index}`;
		return read({ ...envelope, eventId, raw: rawWith(envelope.raw, element) }, element);
	});
}

/** The call as if it had come for this element alone. */
function rawWith(body: IDataObject, element: IDataObject): IDataObject {
	const name = body.data === undefined ? 'payload' : 'data';
	const content = body[name];
	if (!isObject(content)) return { ...body, [name]: [element] };
	const list = ['messages', 'keys', 'message', 'updates'].find((key) => Array.isArray(content[key]));
	return { ...body, [name]: list === undefined ? element : { ...content, [list]: [element] } };
}

/** The messages of a payload: `messages` as object or list, or the payload itself. */
function elementsOf(payload: unknown): IDataObject[] {
	if (!isObject(payload)) return objectsOf(payload);
	const nested = payload.messages ?? payload.updates;
	if (nested !== undefined && nested !== null) return objectsOf(nested);
	const inner = objectIn(payload, 'message');
	return [isObject(inner.key) && !isObject(payload.key) ? inner : payload];
}

/** `keys` of what was deleted, or the one key. */
function deletedKeys(payload: unknown): IDataObject[] {
	const keys = objectsOf(objectIn({ payload }, 'payload').keys);
	return (keys.length > 0 ? keys : elementsOf(payload)).map((key) => (isObject(key.key) ? key : { key }));
}
