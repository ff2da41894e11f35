import type { IDataObject } from 'n8n-workflow';
import type { EventTarget } from '../event/details';
import { emptyEvent, told } from '../event/emptyEvent';
import type { GatewayEvent } from '../event/event';
import { byContent, byId } from '../event/payload';
import { type ChatAndSender, chatAndSender } from './chatAndSender';
import { sourceOf } from './identity';
import { boundedId } from '../event/hash';
import { isSamePerson, NOBODY, type Person, personOf } from '../../messaging/person';
import type { People } from './parts/context';
import { opened } from './parts/content';
import type { OpenedMessage } from './parts/wrappers';
import { fieldOf, flagIn, objectIn, textIn, timeIn } from './values';

/** Where an event comes from: what is the same for all messages of a call. */
export interface EventSource {
	/** n8n's name of the provider's node. */
	provider: string;
	device: string | null;
	/** The payload as it came. */
	raw: IDataObject;
	/** Of the call, for messages without a time of their own. */
	timestamp: string | null;
	/** What distinguishes the call from others, for events without their own id. */
	eventId: string | null;
	/** The event says that the connected account sent it. */
	isOwn?: boolean;
	/** The connected account, as far as its ids are known. */
	account?: Person;
	/** What the payload says of its age: a copy of old messages, or what was queued while the device was offline. */
	age?: 'history' | 'queued' | 'live';
}

/** A message out of its wrappers, with what every event made of it has. */
export interface Reading {
	source: EventSource;
	/** With `key` and `message`. */
	message: IDataObject;
	open: OpenedMessage;
	people: People;
	messageId: string | null;
	/** An event with everything but what the message says. */
	base: GatewayEvent;
	/** What the provider says that was written, in a field beside the parts. */
	body: string | null;
}

const MESSAGE_TIMES = ['messageTimestamp', 'message_timestamp', 'timestamp', 'sent_at', 'date'];

/** Where a provider puts what was written, beside the parts of the message. */
export const BODY_NAMES = ['messageBody', 'message_body', 'text', 'body', 'caption', 'content'];

/** Ids of messages that a gateway gives while it sends, beside those of WhatsApp. */
const DELIVERY_ID = /^[a-z]{2,6}_msg_/;

/** Takes a message apart as far as all events need it. */
export function readingOf(source: EventSource, message: IDataObject): Reading {
	const open = opened(objectIn(message, 'message'));
	const { isSent, destination } = open;
	const { account = NOBODY, isOwn } = source;
	const who = chatAndSender(message, { isOwn, isSent, destination, account });
	const messageId = messageIdIn(message);
	const timestamp = timeOfMessage(message) ?? source.timestamp;
	return {
		source,
		message,
		open,
		people: { account, otherSide: who.chat.type === 'private' ? personOfChat(who) : null },
		messageId,
		base: baseOf(source, message, who, open, { messageId, timestamp }),
		body: textIn(message, ...BODY_NAMES),
	};
}

/** The time of a message itself. */
export function timeOfMessage(message: IDataObject): string | null {
	return timeIn(message, ...MESSAGE_TIMES);
}

/** The id of a message, wherever it is. */
export function messageIdIn(message: IDataObject): string | null {
	return (
		textIn(objectIn(message, 'key'), 'id') ?? textIn(message, 'msgId', 'msg_id', 'message_id', 'messageId', 'id')
	);
}

function personOfChat({ chat }: ChatAndSender): Person {
	return { phone: chat.phone ?? null, lid: chat.lid ?? null };
}

function baseOf(
	source: EventSource,
	message: IDataObject,
	{ chat, sender, direction, isBroadcast }: ChatAndSender,
	open: OpenedMessage,
	{ messageId, timestamp }: Pick<GatewayEvent, 'messageId' | 'timestamp'>,
): GatewayEvent {
	const { provider, device, raw } = source;
	const deliveryId = deliveryIdIn(message);
	return {
		...emptyEvent({ event: 'message', provider, ...ownId(source, messageId, timestamp), device, raw, messageId }),
		timestamp,
		chat,
		sender,
		direction,
		...told<Partial<GatewayEvent>>({
			deliveryId,
			source: direction === 'outgoing' ? sourceOf(messageId, deliveryId) : null,
			isHistory: isHistory(source, message),
			isQueued: source.age === 'queued' ? true : null,
			account: source.account && Object.values(source.account).some((id) => id !== null) ? source.account : null,
			isBroadcast,
			isStory: open.isStory || chat.type === 'story' ? true : null,
			viewOnce: open.isViewOnce || flagIn(objectIn(message, 'key'), 'isViewOnce') === true ? true : null,
			partOf: open.partOf,
		}),
	};
}

/** The identity of an event that is identified only by its message; by the call if that has no id. */
export function ownId(
	source: EventSource,
	messageId: string | null,
	timestamp: string | null,
): Pick<GatewayEvent, 'id' | 'identity'> {
	const named = messageId ?? source.eventId;
	return named === null ? byContent(source.raw, timestamp !== null) : byId(boundedId(named));
}

/** The id that Send returned. */
export function deliveryIdIn(message: IDataObject): string | null {
	const ids = [
		textIn(objectIn(message, 'key'), 'id'),
		...['msgId', 'msg_id', 'message_id', 'messageId', 'id', 'deliveryId', 'delivery_id'].map((name) =>
			textIn(message, name),
		),
	];
	return ids.find((id) => id !== null && DELIVERY_ID.test(id)) ?? null;
}

/** Whether it is a copy of old messages; null where the payload says nothing of it, or only that it waited. */
function isHistory({ age }: EventSource, message: IDataObject): boolean | null {
	const isMarked =
		flagIn(message, 'isHistorySync', 'isGroupHistoryMessage') === true ||
		fieldOf(message, 'groupHistoryIndividualMessageInfo') !== undefined;
	if (age === 'history' || isMarked) return true;
	return age === 'live' ? false : null;
}

/**
 * The message that another one is about.
 *
 * @param view whose view `fromMe` of the key is: WhatsApp writes keys from the sender's view, and libraries turn those of
 *   reactions and votes into the account's
 */
export function targetOf({ base, people }: Reading, key: IDataObject, view: 'account' | 'sender'): EventTarget {
	const fromMe = flagIn(key, 'fromMe');
	const participant = textIn(key, 'participant');
	const isTurned = view === 'sender' && base.direction === 'incoming';
	if (isTurned && fromMe === true) {
		const { id, phone } = base.sender;
		return told<EventTarget>(
			{ messageId: textIn(key, 'id'), isMine: false, senderId: id, senderPhone: phone },
			'messageId',
		);
	}
	const isPrivate = people.otherSide !== null;
	const isAccount = participant === null ? null : isSamePerson(personOf(participant), people.account);
	const isMine = isTurned ? (isPrivate && fromMe === false ? true : isAccount) : (fromMe ?? isAccount);
	const senderId = participant ?? (isPrivate && isMine === false ? base.chat.id : null);
	const senderPhone =
		participant === null ? (isMine === false ? people.otherSide?.phone : null) : personOf(participant).phone;
	return told<EventTarget>({ messageId: textIn(key, 'id'), isMine, senderId, senderPhone }, 'messageId');
}
