import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../shared/object';
import { chatTypeOf } from '../../shared/trigger/event/chatType';
import { emptyEvent } from '../../shared/trigger/event/emptyEvent';
import type { GatewayEvent } from '../../shared/trigger/event/event';
import { contentId, isFilledObject } from '../../shared/trigger/event/payload';
import { chatAndSender, phoneIn } from './chatAndSender';
import { contentOf, unwrapped } from './content';
import { flagIn, objectIn, textIn, timeIn } from './readValues';
import { callOf, isRevoked, statusOf } from './status';

const MESSAGE_TIMES = ['messageTimestamp', 'message_timestamp', 'timestamp', 'sent_at', 'date'];

/** What a call is about, before it is known to be a message. */
export interface Envelope {
	/** The official name, or the one that was given. */
	name: string;
	payload: unknown;
	device: string | null;
	timestamp: string | null;
	/** The provider's id of the event, the same for each delivery of it. */
	eventId: string | null;
	raw: IDataObject;
}

/** The id of a message, wherever it stands. */
export function messageIdIn(message: IDataObject): string | null {
	return (
		textIn(objectIn(message, 'key'), 'id') ?? textIn(message, 'msgId', 'msg_id', 'message_id', 'messageId', 'id')
	);
}

/** A message; what the parts call an edit or a deletion is one. */
export function messageEvent(envelope: Envelope, message: IDataObject): GatewayEvent {
	const protocol = objectIn(unwrapped(objectIn(message, 'message')), 'protocolMessage');
	const about = textIn(objectIn(protocol, 'key'), 'id');
	if (isObject(protocol.editedMessage)) return editedEvent(envelope, message, protocol.editedMessage, about);
	const kind = protocol.type;
	if (kind === 0 || kind === 'REVOKE' || isRevoked(message)) {
		return deletedEvent(
			envelope,
			about === null ? message : { ...message, key: { ...objectIn(message, 'key'), id: about } },
		);
	}
	const { name, eventId, raw } = envelope;
	const timestamp = timeIn(message, ...MESSAGE_TIMES) ?? envelope.timestamp;
	return {
		...blank(envelope),
		event: 'message',
		id: messageIdIn(message) ?? eventId ?? contentId(raw, timestamp !== null),
		timestamp,
		...chatAndSender(message, name === 'message.sent'),
		...contentOf(message),
	};
}

/** `messages.update` brings edits, deletions and, where receipts are not told apart, what became of a message. */
export function updateEvent(envelope: Envelope, element: IDataObject): GatewayEvent {
	const update = objectIn(element, 'update');
	const content = unwrapped(objectIn(isObject(update.message) ? update : element, 'message'));
	const wrapped = unwrapped(objectIn(objectIn(content, 'editedMessage'), 'message'));
	const protocol = objectIn(isObject(wrapped.protocolMessage) ? wrapped : content, 'protocolMessage');
	const edited = [protocol.editedMessage, wrapped, content].filter(isFilledObject).find(saysSomething);
	const isDeleted = isRevoked(update) || isRevoked(element) || protocol.type === 0 || protocol.type === 'REVOKE';
	if (isDeleted) return deletedEvent(envelope, element);
	if (edited) {
		return editedEvent(envelope, element, edited, textIn(objectIn(protocol, 'key'), 'id') ?? messageIdIn(element));
	}
	return statusOf(null, [update, element]) ? statusEvent(envelope, element) : otherEvent(envelope, element);
}

/** Whether there is content in the parts of a message, and not only things about it. */
function saysSomething(parts: IDataObject): boolean {
	return contentOf({ message: unwrapped(parts) }).type !== 'unknown';
}

/** An edit: the new content; `replyTo` is the message that was edited. */
function editedEvent(
	envelope: Envelope,
	message: IDataObject,
	edited: IDataObject,
	about: string | null,
): GatewayEvent {
	const timestamp =
		timeIn(message, ...MESSAGE_TIMES) ??
		timeIn(objectIn(message, 'update'), ...MESSAGE_TIMES) ??
		envelope.timestamp;
	const content = contentOf({ ...message, message: unwrapped(edited), messageBody: null });
	return {
		...blank(envelope),
		...chatAndSender(message),
		...content,
		event: 'message_edited',
		// Each edit is an event of its own. It may come as messages.upsert and as messages.update: content and time tell.
		id: `${about ?? envelope.eventId ?? 'unknown'}:edited:${contentId({ ...content, timestamp }, true).slice(0, 12)}`,
		timestamp,
		replyTo: about,
	};
}

/** A deletion; `replyTo` is the message that was deleted. */
export function deletedEvent(envelope: Envelope, message: IDataObject): GatewayEvent {
	const about = messageIdIn(message);
	return {
		...blank(envelope),
		...chatAndSender(message),
		event: 'message_deleted',
		id: about === null ? blank(envelope).id : `${about}:deleted`,
		timestamp: timeIn(message, ...MESSAGE_TIMES) ?? envelope.timestamp,
		replyTo: about,
	};
}

/** What became of a message. */
export function statusEvent(envelope: Envelope, element: IDataObject): GatewayEvent {
	const update = objectIn(element, 'update');
	const receipt = objectIn(element, 'receipt');
	const messageId = messageIdIn(element);
	const status = statusOf(messageId, [update, element]);
	const reader = textIn(receipt, 'userJid') ?? textIn(objectIn(element, 'key'), 'participant');
	const parts = [messageId, 'status', status?.code ?? status?.name, reader].filter(
		(part) => part !== null && part !== undefined,
	);
	return {
		...blank(envelope),
		...chatAndSender(element),
		event: 'message_status',
		id: messageId === null ? blank(envelope).id : parts.join(':'),
		timestamp:
			timeIn(element, ...MESSAGE_TIMES) ??
			timeIn(receipt, 'playedTimestamp', 'readTimestamp', 'receiptTimestamp') ??
			envelope.timestamp,
		status: status ?? { messageId, name: null, code: null, final: null, delivered: null },
	};
}

/** A reaction: `text` is the sign, null if it was taken back; `replyTo` the message it is on. */
export function reactionEvent(envelope: Envelope, element: IDataObject): GatewayEvent {
	const inMessage = unwrapped(objectIn(element, 'message'));
	if (isObject(inMessage.reactionMessage)) return messageEvent(envelope, element);
	const reaction = objectIn(element, 'reaction');
	const own = objectIn(reaction, 'key');
	const about = textIn(objectIn(element, 'key'), 'id') ?? textIn(element, 'message_id', 'messageId');
	const sign = textIn(reaction, 'text', 'emoji') ?? textIn(element, 'text', 'emoji', 'reaction');
	const chatFacts = chatAndSender({ ...element, key: isObject(reaction.key) ? own : element.key });
	const timestamp =
		timeIn(reaction, 'senderTimestampMs', 'timestamp') ?? timeIn(element, ...MESSAGE_TIMES) ?? envelope.timestamp;
	return {
		...blank(envelope),
		...chatFacts,
		event: 'message',
		id: textIn(own, 'id') ?? envelope.eventId ?? contentId(envelope.raw, timestamp !== null),
		timestamp,
		type: 'reaction',
		text: sign,
		replyTo: about,
	};
}

/** A call, one event for each of its states. */
export function callEvent(envelope: Envelope, element: IDataObject): GatewayEvent {
	const call = callOf(element);
	const from = textIn(element, 'from', 'callerPn', 'phone');
	const chat = textIn(element, 'groupJid', 'chatId', 'chat_id') ?? from;
	return {
		...blank(envelope),
		event: 'call',
		id: call.id === null ? blank(envelope).id : [call.id, call.state].filter(Boolean).join(':'),
		timestamp: timeIn(element, 'date', 'timestamp') ?? envelope.timestamp,
		direction: flagIn(element, 'fromMe') === true ? 'outgoing' : 'incoming',
		chat: { id: chat, type: chatTypeOf(chat) },
		sender: {
			id: from,
			phone: phoneIn(textIn(element, 'callerPn', 'cleanedSenderPn', 'senderPn')) ?? phoneIn(from),
			name: textIn(element, 'pushName', 'name'),
		},
		call,
	};
}

/** Everything else under its own name, with the chat it is about where it names one. */
export function otherEvent(envelope: Envelope, payload: IDataObject): GatewayEvent {
	const chatId =
		textIn(objectIn(payload, 'key'), 'remoteJid') ??
		textIn(payload, 'groupJid', 'group_jid', 'chat_jid', 'jid', 'id');
	const isChat = chatId !== null && chatId.includes('@');
	const author = textIn(payload, 'author', 'participant');
	const event = blank(envelope);
	return {
		...event,
		chat: isChat ? { id: chatId, type: chatTypeOf(chatId) } : event.chat,
		sender: {
			id: author,
			phone: phoneIn(textIn(payload, 'authorPn', 'participantPn')) ?? phoneIn(author),
			name: null,
		},
		type: envelope.name === 'poll.results' ? 'poll' : 'unknown',
		replyTo: envelope.name === 'poll.results' ? messageIdIn(payload) : null,
	};
}

/** An event of which nothing is known but its envelope. */
function blank({ name, device, timestamp, eventId, raw }: Envelope): GatewayEvent {
	const id = eventId ?? contentId(raw, timestamp !== null);
	return { ...emptyEvent({ event: name, provider: 'wapio', id, device, raw }), timestamp };
}
