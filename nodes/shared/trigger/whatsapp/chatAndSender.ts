import type { IDataObject } from 'n8n-workflow';
import { told } from '../event/emptyEvent';
import type { ChatType, EventChat, EventSender, GatewayEvent } from '../event/event';
import { isSamePerson, NOBODY, type Person, personOf, withoutLidAsPhone } from '../../messaging/person';
import { kindOfId } from '../../messaging/whatsAppId';
import { addressOf, chatTypeOf } from '../event/chatType';
import { flagIn, objectIn, textIn } from './values';

/** Where a message was written, who wrote it, and in which direction it went. */
export type ChatAndSender = Pick<GatewayEvent, 'chat' | 'sender' | 'direction'> & Pick<GatewayEvent, 'isBroadcast'>;

/** What is known besides the message itself. */
export interface Surroundings {
	/** The event says that the connected account sent it; a flag of the message outweighs this. */
	isOwn?: boolean;
	/** Another device of the account sent it. */
	isSent?: boolean;
	/** Into which chat. */
	destination?: string | null;
	/** The connected account, as far as its ids are known. */
	account?: Person;
}

/** Fields that name a person beside the ids, and what bare digits in them are. The first one that is filled counts. */
type PersonFields = ReadonlyArray<[name: string, bare: 'phone' | 'lid']>;

/** Observed: `cleanedSenderPn`, `senderPn`, `senderLid`; the others are those of newer WhatsApp libraries. */
const PARTICIPANT: PersonFields = [
	['cleanedParticipantPn', 'phone'],
	['participantPn', 'phone'],
	['participantAlt', 'phone'],
	['participantLid', 'lid'],
	['cleanedSenderPn', 'phone'],
	['senderPn', 'phone'],
	['senderLid', 'lid'],
];

const SENDER: PersonFields = [
	['cleanedSenderPn', 'phone'],
	['senderPn', 'phone'],
	['senderLid', 'lid'],
	['remoteJidAlt', 'phone'],
];

/** Of an own message, the `sender…` fields name the account itself. */
const RECIPIENT: PersonFields = [
	['cleanedRecipientPn', 'phone'],
	['recipientPn', 'phone'],
	['recipientLid', 'lid'],
	['remoteJidAlt', 'phone'],
];

/**
 * Chat and sender of a message. In a group the participant is the sender, in a private chat its other side is, in a channel
 * no one is named. Phone and LID are both given where the payload has both, and neither is made from the other.
 *
 * @param message with `key`, or the same in flat fields (inferred)
 */
export function chatAndSender(message: IDataObject, around: Surroundings = {}): ChatAndSender {
	const { isOwn = false, isSent = false, destination = null, account = NOBODY } = around;
	const key = objectIn(message, 'key');
	const flag = flagIn(key, 'fromMe', 'from_me') ?? flagIn(message, 'fromMe', 'from_me', 'isFromMe', 'is_from_me');
	const fromMe = isSent || (flag ?? isOwn);
	const remote = destination ?? chatIdIn(message, key, fromMe);
	const participant = textIn(key, 'participant') ?? textIn(message, 'participant', 'author');
	const type = chatTypeOf(remote);

	// A broadcast list is private to each of its readers: for them it is a chat with the one who sent it.
	const isList = type === 'broadcast';
	if (isList && !fromMe) {
		const person = personIn([key, message], PARTICIPANT, participant);
		const id = participant ?? person.lid ?? (person.phone && `${person.phone}@s.whatsapp.net`);
		if (id !== null) return { ...privateChat(message, key, id, person, false, flag), isBroadcast: true };
	}

	const own = isOwnParticipant(type, personIn([key], PARTICIPANT.slice(0, 4), participant), account);
	const isMine = fromMe || own === true;
	const sent: ChatAndSender =
		type === 'private'
			? privateChat(
					message,
					key,
					remote,
					otherSide(message, key, remote, fromMe, destination !== null),
					fromMe,
					flag ?? knownOwn(fromMe),
				)
			: {
					chat: chatOf(message, remote, type, NOBODY),
					sender: participantOf(message, key, type, participant, isMine ? true : (flag ?? own)),
					direction: isMine ? 'outgoing' : 'incoming',
				};
	return isList || flagIn(message, 'broadcast') === true ? { ...sent, isBroadcast: true } : sent;
}

/** Only a flag says that a message is not own. */
function knownOwn(fromMe: boolean): boolean | null {
	return fromMe ? true : null;
}

function chatIdIn(message: IDataObject, key: IDataObject, fromMe: boolean): string | null {
	const other = fromMe ? ['to', 'jid', 'recipient'] : ['from', 'jid', 'sender', 'phone'];
	return (
		textIn(key, 'remoteJid', 'remote_jid') ??
		textIn(message, 'remoteJid', 'remote_jid', 'chat_jid', 'chatJid', 'chatId', 'chat_id', ...other)
	);
}

/** @param isSentOn the key is of the chat with the account's other device, and so is the other name of that chat */
function otherSide(
	message: IDataObject,
	key: IDataObject,
	id: string | null,
	fromMe: boolean,
	isSentOn: boolean,
): Person {
	const fields = fromMe ? RECIPIENT : SENDER;
	const named = isSentOn ? fields.filter(([name]) => name !== 'remoteJidAlt') : fields;
	return personIn([key, message], named, id);
}

function privateChat(
	message: IDataObject,
	key: IDataObject,
	id: string | null,
	person: Person,
	fromMe: boolean,
	isMe: boolean | null,
): ChatAndSender {
	const name = nameIn(message);
	const sender = fromMe
		? told<Partial<EventSender>>({ isMe: true })
		: told<Partial<EventSender>>({ lid: person.lid, username: usernameIn(key, 'remoteJidUsername'), isMe });
	return {
		chat: chatOf(message, id, 'private', person),
		sender: { id: fromMe ? null : id, phone: fromMe ? null : person.phone, name, ...sender },
		direction: fromMe ? 'outgoing' : 'incoming',
	};
}

function chatOf(message: IDataObject, id: string | null, type: ChatType, person: Person): EventChat {
	return {
		id,
		type,
		...told<Partial<EventChat>>({
			name: textIn(message, 'groupSubject', 'chatName', 'subject'),
			phone: person.phone,
			lid: person.lid,
			address: addressOf(type, id, person),
		}),
	};
}

/** Who wrote into a chat of many. A channel is its own sender; no one in it is named. */
function participantOf(
	message: IDataObject,
	key: IDataObject,
	type: ChatType,
	participant: string | null,
	isMe: boolean | null,
): EventSender {
	const name = nameIn(message);
	if (type === 'channel' || type === 'unknown') {
		return { id: null, phone: null, name, ...told<Partial<EventSender>>({ isMe }) };
	}
	const id = participant ?? textIn(message, 'sender') ?? textIn(key, 'participantLid', 'senderLid');
	const person = personIn([key, message], PARTICIPANT, id);
	return {
		id,
		phone: person.phone,
		name,
		...told<Partial<EventSender>>({
			lid: person.lid,
			username: usernameIn(key, 'participantUsername'),
			isMe,
		}),
	};
}

/** Whether the one who wrote is the account itself, although no flag says so (known of gateways with LIDs). */
function isOwnParticipant(type: ChatType, participant: Person, account: Person): boolean | null {
	return type === 'private' || type === 'unknown' ? null : isSamePerson(participant, account);
}

/**
 * Phone and LID of a person: fields that are named after them first, then the id, each by its own suffix.
 *
 * @param id bare digits in it are judged
 */
function personIn(sources: IDataObject[], fields: PersonFields, id: string | null): Person {
	const found: Person[] = [];
	for (const source of sources) {
		for (const [name, bare] of fields) {
			const named = textIn(source, name);
			if (named !== null) found.push(personOf(named, bare));
		}
	}
	found.push(personOf(id));
	const lid = found.find((person) => person.lid !== null)?.lid ?? null;
	const phones = found.map((person) => withoutLidAsPhone({ ...person, lid }).phone);
	return { phone: phones.find((phone) => phone !== null) ?? null, lid };
}

function nameIn(message: IDataObject): string | null {
	return textIn(
		message,
		'pushName',
		'verifiedBizName',
		'push_name',
		'senderName',
		'sender_name',
		'notifyName',
		'name',
	);
}

function usernameIn(key: IDataObject, name: string): string | null {
	return textIn(key, name)?.replace(/^@/, '') ?? null;
}

/** A person by an id, as the parts of an event show people. */
export function shownPerson(id: string): { id: string; phone?: string; lid?: string } {
	const { phone, lid } = kindOfId(id) === 'bare' ? personOf(id) : personOf(id, 'phone');
	return told({ id, phone, lid });
}
