import type { IDataObject } from 'n8n-workflow';
import { told } from '../../shared/trigger/event/emptyEvent';
import type { ChatType, EventChat, EventSender, GatewayEvent } from '../../shared/trigger/event/event';
import { NOBODY, type Person, personOf, withoutLidAsPhone } from '../../shared/messaging/person';
import { addressOf, chatTypeOf } from '../../shared/trigger/event/chatType';
import { flagIn, textIn } from '../../shared/trigger/whatsapp/values';

/** Marks for the writing direction; WhatsApp puts them around numbers that it shows as names. */
const MARKS = /[\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/**
 * `chat_type` of Telegram and MAX. "person" and "group" are seen; the others are Telegram's own words, "dialog" and "chat"
 * those of MAX.
 */
const CHAT_TYPES: ReadonlyMap<string, ChatType> = new Map([
	['person', 'private'],
	['private', 'private'],
	['user', 'private'],
	['bot', 'private'],
	['dialog', 'private'],
	['chat', 'group'],
	['group', 'group'],
	['supergroup', 'group'],
	['channel', 'channel'],
	['chattypeprivate', 'private'],
	['chattypesecret', 'private'],
	['chattypebasicgroup', 'group'],
	['chattypesupergroup', 'group'],
]);

/**
 * Kinds of chats that accept the chat's ID as the recipient of a reply, by messenger. API reference, Delivery, `tdlib_user_id`: "if > 0 is a
 * private chat, if < 0 is a group chat". That bots and MAX accept it too was observed in use, for private chats only.
 */
const ANSWERED_BY_ID: ReadonlyMap<string, ChatType[]> = new Map([
	['telegram', ['private', 'group']],
	['telegram_bot', ['private', 'group']],
	['max', ['private']],
	['max_bot', ['private']],
]);

export type ChatFacts = Pick<GatewayEvent, 'chat' | 'sender' | 'direction' | 'isStory' | 'isBroadcast'>;

/**
 * Chat, sender and direction of an event.
 *
 * @param fields `chat_id`, `sender_id`, `direction` and so on
 * @param messageId begins with `true_` for what the account sent, with `false_` for what it received
 */
export function chatAndSender(fields: IDataObject, channel: string, messageId: string | null = null): ChatFacts {
	const isMe = isOutgoing(fields, messageId);
	const id = textIn(fields, 'chat_id', 'chat_lid');
	const type = chatType(id, textIn(fields, 'chat_type'), channel);
	const writer = textIn(fields, 'sender_id');
	// Each reader of a broadcast list sees it as a private chat with its sender.
	if (type === 'broadcast' && isMe !== true && writer !== null) {
		const person = writerIn(fields);
		const chat = chatOf(fields, { id: writer, type: 'private', channel, person, isMe });
		return { ...facts(chat, senderOf(fields, person, isMe), isMe), isBroadcast: true };
	}
	const person = type === 'private' ? partnerIn(fields, isMe) : NOBODY;
	const writtenBy = writerIn(fields);
	const isTheirs = type === 'private' && isMe !== true;
	const written = isTheirs ? withoutLidAsPhone({ ...writtenBy, lid: writtenBy.lid ?? person.lid }) : writtenBy;
	const sender = isTheirs ? { ...written, phone: written.phone ?? person.phone } : written;
	return {
		...facts(chatOf(fields, { id, type, channel, person, isMe }), senderOf(fields, sender, isMe), isMe),
		...(type === 'story' ? { isStory: true } : {}),
		...(type === 'broadcast' ? { isBroadcast: true } : {}),
	};
}

function facts(chat: EventChat, sender: EventSender, isMe: boolean | null): ChatFacts {
	return { chat, sender, direction: isMe === true ? 'outgoing' : 'incoming' };
}

/** Whether the account itself wrote; null if unknown. */
function isOutgoing(fields: IDataObject, messageId: string | null): boolean | null {
	const direction = textIn(fields, 'direction') ?? '';
	if (/^out/i.test(direction)) return true;
	if (/^in/i.test(direction)) return false;
	const flag = flagIn(fields, 'from_me', 'fromMe', 'is_outgoing');
	if (flag !== null) return flag;
	return messageId === null || !/^(?:true|false)_/.test(messageId) ? null : messageId.startsWith('true');
}

/** The kind of chat: by the ID for WhatsApp, otherwise by `chat_type`, or else by the ID, which is negative for Telegram groups. */
function chatType(id: string | null, word: string | null, channel: string): ChatType {
	if (channel === 'whatsapp' && id?.includes('@')) return chatTypeOf(id);
	const known = CHAT_TYPES.get(word?.toLowerCase() ?? '');
	if (known !== undefined) return known;
	return id !== null && /^-\d/.test(id) ? 'group' : chatTypeOf(id);
}

/**
 * The person the account talks to in a private chat. API reference: `chat_phone` and `chat_lid` are "where we send to" and "where we
 * receive from"; for sent messages, `sender_phone_number` is the account's own.
 */
function partnerIn(fields: IDataObject, isMe: boolean | null): Person {
	const chat = personById(textIn(fields, 'chat_id'));
	const other = isMe === null ? NOBODY : isMe ? recipientIn(fields) : writerIn(fields);
	const lid = lidIn(fields, 'chat_lid') ?? chat.lid ?? other.lid;
	const phones = [phoneIn(fields, 'chat_phone'), chat.phone, other.phone];
	return { phone: phones.find((phone) => phone !== null && lid !== `${phone}@lid`) ?? null, lid };
}

function recipientIn(fields: IDataObject): Person {
	const person = personById(textIn(fields, 'recipient_id'));
	return {
		phone: phoneIn(fields, 'recipient_phone_number') ?? person.phone,
		lid: person.lid ?? lidIn(fields, 'recipient_lid'),
	};
}

function writerIn(fields: IDataObject): Person {
	const person = personById(textIn(fields, 'sender_id'));
	return withoutLidAsPhone({
		phone: phoneIn(fields, 'sender_phone_number') ?? person.phone,
		lid: person.lid ?? lidIn(fields, 'sender_lid'),
	});
}

/** Bare digits are the ID of a Telegram or MAX user. */
function personById(id: string | null): Person {
	return id?.includes('@') ? personOf(id) : NOBODY;
}

/** The digits of a field that holds a phone number. */
function phoneIn(fields: IDataObject, name: string): string | null {
	const written = textIn(fields, name)?.slice(0, 100) ?? '';
	// Marks and signs may surround the digits; letters or a suffix mean that it is not a phone number.
	const phone = /[\p{L}@]/u.test(written) ? personOf(written).phone : written.replace(/\D/g, '');
	return phone !== null && /^\d{5,15}$/.test(phone) ? phone : null;
}

function lidIn(fields: IDataObject, name: string): string | null {
	return personOf(textIn(fields, name), 'lid').lid;
}

interface ChatParts {
	id: string | null;
	type: ChatType;
	channel: string;
	person: Person;
	isMe: boolean | null;
}

function chatOf(fields: IDataObject, { id, type, channel, person, isMe }: ChatParts): EventChat {
	const username = type === 'private' && isMe === true ? usernameIn(fields, 'recipient_username') : null;
	return {
		id,
		type,
		...told<Partial<EventChat>>({
			name: shortName(textIn(fields, 'chat_name', 'chat_title', 'group_name')),
			phone: person.phone,
			lid: person.lid,
			username,
			address: addressIn(type, id, channel, person),
		}),
	};
}

/** The recipient for a reply with the Chategy node, which has none for WhatsApp groups. */
function addressIn(type: ChatType, id: string | null, channel: string, person: Person): string | null {
	if (channel === 'whatsapp') return type === 'private' ? addressOf(type, id, person) : null;
	const isAnswered = ANSWERED_BY_ID.get(channel)?.includes(type) === true;
	return isAnswered && id !== null && /^-?\d{1,20}$/.test(id) ? id : null;
}

function senderOf(fields: IDataObject, { phone, lid }: Person, isMe: boolean | null): EventSender {
	return {
		id: textIn(fields, 'sender_id'),
		phone,
		name: nameOf(textIn(fields, 'sender_name'), textIn(fields, 'pushname')),
		...told<Partial<EventSender>>({ lid, username: usernameIn(fields, 'sender_username'), isMe }),
	};
}

/**
 * The sender's name: as saved by the phone's owner, which for strangers is the number, otherwise as they call
 * themselves (API reference, Webhooks: `sender_name` and `pushname`).
 */
function nameOf(saved: string | null, own: string | null): string | null {
	const savedName = shortName(saved);
	const isNumber = savedName !== null && /^\+?[\d\s()-]+$/.test(savedName);
	return (isNumber ? shortName(own) : null) ?? savedName ?? shortName(own);
}

function shortName(name: string | null): string | null {
	return name?.slice(0, 1_000).replace(MARKS, '').trim() || null;
}

function usernameIn(fields: IDataObject, name: string): string | null {
	return textIn(fields, name)?.slice(0, 100).replace(/^@/, '').trim() || null;
}
