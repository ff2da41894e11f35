import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../shared/object';
import type { WebhookCall } from '../../shared/trigger/definition';
import type { GatewayEvent } from '../../shared/trigger/event/event';
import { isFilledObject } from '../../shared/trigger/event/payload';
import { callEvent } from '../../shared/trigger/whatsapp/call';
import { chatAndSender } from '../../shared/trigger/whatsapp/chatAndSender';
import { NOBODY, type Person, personOf } from '../../shared/messaging/person';
import { messageEvent } from '../../shared/trigger/whatsapp/message';
import { namedEvent } from '../../shared/trigger/whatsapp/namedEvent';
import { BODY_NAMES, type EventSource, messageIdIn } from '../../shared/trigger/whatsapp/reading';
import { failureEvent, receiptEvent } from '../../shared/trigger/whatsapp/status';
import { deletionEvent, reactionEvent, tallyEvent, updateEvents } from '../../shared/trigger/whatsapp/update';
import { fieldOf, flagIn, objectIn, objectsOf, textIn, timeIn } from '../../shared/trigger/whatsapp/values';
import { isMessageEvent, isOfficialEvent, officialName } from './eventNames';
import { withParts } from './flatMessage';

/** Names of the time of an event around the message; in milliseconds or seconds. */
const ENVELOPE_TIMES = ['timestamp', 'emitted_at', 'emittedAt', 'created_at', 'occurred_at', 'date'];

/** Events that bring old messages (WhatsApp libraries). */
const HISTORY_EVENTS: readonly string[] = ['messaging-history.set', 'messages.set'];

/** What a call is about. */
interface Envelope {
	/** The official name, or the one that was given. */
	name: string;
	payload: unknown;
	source: EventSource;
}

/**
 * The events of a call. Envelope and payload have several forms (observed in use, and in versions of the provider's SDK):
 * the name in `event`, `event_type`, `type` or a header, the content in `data` or `payload`, messages as object or list.
 * Headers are not signed, so they are only used for what the body leaves out.
 *
 * @returns undefined if it is not in the provider's form; an event of an unknown kind keeps its own name
 */
export function parseCall({ body, headers }: WebhookCall): GatewayEvent[] | undefined {
	if (!isFilledObject(body)) return undefined;
	const headerIn = (name: string): string | null => textIn({ value: [headers[name]].flat()[0] }, 'value');
	const written = textIn(body, 'event', 'event_type', 'type') ?? headerIn('x-webhook-event');
	const payload = fieldOf(body, 'data') ?? fieldOf(body, 'payload');
	if (written === null && payload === undefined) return undefined;
	const content = objectIn({ payload }, 'payload');
	const isMessage = written === null && ('key' in content || 'messages' in content);
	const name = isMessage ? 'messages.received' : officialName((written ?? 'unknown').trim().slice(0, 100));
	const envelope: Envelope = {
		name,
		payload: payload ?? body,
		source: {
			provider: 'wapio',
			device:
				textIn(body, 'sessionId', 'session_id') ??
				textIn(objectIn(body, 'session'), 'id', 'session_id') ??
				textIn(content, 'sessionId', 'session_id'),
			raw: body,
			timestamp: timeIn(body, ...ENVELOPE_TIMES),
			eventId: textIn(body, 'event_id', 'eventId') ?? headerIn('x-webhook-event-id'),
			isOwn: name === 'message.sent',
			account: accountIn([body, content, objectIn(body, 'session')]),
			age: ageOf(name, content),
		},
	};
	return namesNoMessage(envelope, payload) ? undefined : eventsIn(envelope);
}

/** The ids of the connected account, if the payload has a block about it. */
function accountIn(places: IDataObject[]): Person {
	const blocks = places.map((place) => objectIn(place, 'me', 'account'));
	const found = { ...NOBODY };
	for (const block of blocks) {
		for (const name of ['id', 'jid', 'phone', 'lid']) {
			const person = personOf(textIn(block, name), name === 'lid' ? 'lid' : 'phone');
			found.phone ??= person.phone;
			found.lid ??= person.lid;
		}
	}
	return found;
}

/** `append` is what was queued while the session was offline; old messages come as events with other names. */
function ageOf(name: string, content: IDataObject): EventSource['age'] {
	const isMarked = flagIn(content, 'isHistorySync') === true || textIn(content, 'syncType') !== null;
	if (isMarked || HISTORY_EVENTS.includes(name)) return 'history';
	const type = textIn(content, 'type');
	if (type === 'append') return 'queued';
	return type === 'notify' ? 'live' : undefined;
}

/** Whether a call about messages names none: there is nothing to reply to, and a redelivery could not be recognized. */
function namesNoMessage({ name }: Envelope, payload: unknown): boolean {
	if (!isMessageEvent(name) || name === 'messages.delete') return false;
	return !elementsOf(payload).some(
		(message) =>
			isObject(message.key) ||
			messageIdIn(message) !== null ||
			isInChat(message) ||
			(name === 'message.sent' && flagIn(message, 'success') === false),
	);
}

/** Whether it is a text in a named chat, in flat fields (inferred). */
function isInChat(message: IDataObject): boolean {
	const isWritten = isFilledObject(message.message) || textIn(message, 'message', ...BODY_NAMES) !== null;
	return isWritten && chatAndSender(message).chat.id !== null;
}

function eventsIn(envelope: Envelope): GatewayEvent[] {
	const { name, payload } = envelope;
	if (name === 'call') {
		const calls = objectsOf(payload);
		return each(envelope, calls.length > 0 ? calls : [{}], callEvent);
	}
	if (name === 'messages.delete') return each(envelope, deletedKeys(payload), deletedEvent);
	if (name === 'message-receipt.update') return each(envelope, elementsOf(payload), receiptEvent);
	if (name === 'messages.reaction') return each(envelope, elementsOf(payload), reactionEvent);
	if (name === 'poll.results') return each(envelope, elementsOf(payload), tallyEvent);
	if (name === 'messages.update') {
		return each(envelope, elementsOf(payload), (source, element) => {
			return updateEvents(source, element) ?? namedEvent(source, name, element);
		});
	}
	const isOfMessages = isMessageEvent(name) || HISTORY_EVENTS.includes(name);
	if (isOfMessages || (!isOfficialEvent(name) && elementsOf(payload).some(isWhole))) {
		return each(envelope, elementsOf(payload), receivedEvent);
	}
	return [namedEvent(envelope.source, name, firstObject(payload))];
}

/** A message is a message, whatever the event is called. */
function isWhole(element: IDataObject): boolean {
	return textIn(element.key, 'id') !== null && isFilledObject(element.message);
}

/** A message, or the failed status of one that could not be sent. */
function receivedEvent(source: EventSource, element: IDataObject): GatewayEvent {
	const failure = source.isOwn === true ? failureEvent(source, element) : undefined;
	return failure ?? messageEvent(source, withParts(element));
}

/** A deleted message, or a chat that was emptied. */
function deletedEvent(source: EventSource, element: IDataObject): GatewayEvent {
	const key = objectIn(element, 'key');
	return textIn(key, 'id') === null ? namedEvent(source, 'messages.delete', key) : deletionEvent(source, element);
}

/** Changes of groups, contacts and chats come as lists of one, as a rule. */
function firstObject(payload: unknown): IDataObject {
	const objects = objectsOf(payload);
	return objects.length === 1 ? (objects[0] ?? {}) : {};
}

type Reader = (source: EventSource, element: IDataObject) => GatewayEvent | GatewayEvent[];

/** The events of each element; a call without elements is passed on unchanged, under its own name. */
function each({ name, source }: Envelope, elements: IDataObject[], read: Reader): GatewayEvent[] {
	if (elements.length === 0) return [namedEvent(source, name, {})];
	if (elements.length === 1) return elements.flatMap((element) => read(source, element));
	return elements.flatMap((element, index) => {
		const eventId = source.eventId && `${source.eventId}:${index}`;
		return read({ ...source, eventId, raw: rawWith(source.raw, element) }, element);
	});
}

/** The call as if it had come with only this element. */
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
