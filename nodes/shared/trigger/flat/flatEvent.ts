import type { IDataObject } from 'n8n-workflow';
import { emptyEvent, told } from '../event/emptyEvent';
import { type EventChat, type EventMedia, type GatewayEvent, type MessageType, messageTypeOf } from '../event/event';
import { noticeOf } from '../event/notice';
import { byContent, byId } from '../event/payload';
import { chatAndSender } from '../whatsapp/chatAndSender';
import { noticeId } from '../whatsapp/identity';
import { boundedId } from '../event/hash';
import { type Person } from '../../messaging/person';
import { addressOf } from '../event/chatType';
import { messageEvent } from '../whatsapp/message';
import { unknownContent } from '../whatsapp/parts/content';
import { textIn } from '../whatsapp/values';
import type { PayloadFields } from './fields';
import { UNNAMED_GROUP } from './ids';

/** A message of a gateway that reports it in its own fields. */
export interface FlatMessage {
	/** n8n's name of the provider's node. */
	provider: string;
	device: string | null;
	/** The payload as it came. */
	raw: IDataObject;
	/** Who wrote where, as WhatsApp libraries have it. */
	key: {
		/** The chat, its suffix included where it is no person's; {@link UNNAMED_GROUP} for a group without an id. */
		remoteJid: string | null;
		/** The same person by phone where the chat is a LID's, or the other way round. */
		remoteJidAlt?: string | null;
		/** Who wrote, in a group, and the same by the other kind of id. */
		participant?: string | null;
		participantAlt?: string | null;
		/** Null if the payload does not say. */
		fromMe: boolean | null;
		/** The provider's id of the message. */
		id?: string | null;
	};
	/** What the payload calls the chat, and its kind where that is not the id's. */
	chat: Pick<EventChat, 'id'> & Partial<Pick<EventChat, 'type'>>;
	/** Of the sender. */
	name: string | null;
	timestamp: string | null;
	/** Whether the payload gives the time to the second. */
	isTimed: boolean;
	text: string | null;
	media: EventMedia | null;
	isSticker?: boolean;
	location?: GatewayEvent['location'];
	/** It went to a broadcast list. */
	isBroadcast?: boolean;
	/** The connected account, if the payload names it. */
	account?: Person;
	/** What else the payload says; null if it does not say. */
	more?: { [Name in 'isForwarded' | 'referral' | 'whatsAppId']?: GatewayEvent[Name] | null };
	/** The parts of the message as WhatsApp has them, where a gateway passes them on. */
	parts?: IDataObject;
	/** WhatsApp's own key, where a gateway passes it on: it adds to `key`. */
	innerKey?: IDataObject;
	/** The payload after everything above was read. */
	fields: PayloadFields;
	/** Names of what was not read around these fields. */
	unread?: string[];
	/** Whether the provider's action node can write into a group by its id. */
	writesToGroups: boolean;
}

/**
 * The event of such a message: a `message` if there is anything that a person may have sent, known or not; otherwise a
 * notice that one could not be read.
 */
export function flatEvent(message: FlatMessage): GatewayEvent {
	const base = baseOf(message);
	const event = partsEvent(message, base) ?? contentEvent(message, base) ?? restEvent(message, base);
	const { fields, unread: beside = [] } = message;
	const unread = [...new Set([...(event.unread ?? []), ...fields.unread(), ...beside])];
	return unread.length > 0 ? { ...event, unread } : event;
}

/** The event with everything but what the message says. */
function baseOf(message: FlatMessage): GatewayEvent {
	const { provider, device, raw, timestamp, isTimed, more = {} } = message;
	const who = chatAndSender(elementOf(message));
	const messageId = idOf(message);
	const identity = messageId === null ? byContent(raw, isTimed) : byId(boundedId(messageId));
	return {
		...emptyEvent({ event: 'message', provider, ...identity, device, raw, messageId }),
		...who,
		chat: chatOf(message, who.chat),
		timestamp,
		...told<Partial<GatewayEvent>>({ ...more, account: message.account }),
		...(who.chat.type === 'story' ? { isStory: true } : {}),
	};
}

/** The id of the message: the provider's own, else the one in WhatsApp's key. */
function idOf({ key, innerKey }: FlatMessage): string | null {
	return key.id ?? textIn(innerKey, 'id');
}

/** The message in the form of WhatsApp libraries. */
function elementOf({ key, innerKey, parts, name, text, isBroadcast = false }: FlatMessage): IDataObject {
	return {
		key: { ...innerKey, ...told<IDataObject>(key) },
		message: parts ?? null,
		pushName: name,
		messageBody: text,
		broadcast: isBroadcast,
	};
}

/** The chat under the id that the payload gives it, with the address only where the action node can write. */
function chatOf({ chat: given, writesToGroups }: FlatMessage, read: EventChat): EventChat {
	// A broadcast list is read as the private chat that it is for its readers.
	const isList = read.type === 'private' && given.id?.endsWith('@broadcast') === true;
	const readId = read.id === UNNAMED_GROUP ? null : read.id;
	const type = given.type ?? read.type;
	const isPrivate = type === 'private';
	const isWritable = isPrivate || (type === 'group' && writesToGroups && isWhole(readId));
	return told<EventChat>(
		{
			...read,
			...told(given),
			id: isList ? readId : (given.id ?? readId),
			phone: isPrivate ? read.phone : null,
			lid: isPrivate ? read.lid : null,
			// Nobody can be written to by LID.
			address: isWritable ? addressOf(type, readId, { phone: read.phone ?? null, lid: null }) : null,
		},
		'id',
	);
}

/** Whether it is the id of a group that a field for groups takes. */
function isWhole(id: string | null): boolean {
	return /^\d+(?:-\d+)?@g\.us$/.test(id ?? '');
}

/** The message by its parts, which decide what it is; what is beside them only adds to it. */
function partsEvent(message: FlatMessage, base: GatewayEvent): GatewayEvent | undefined {
	const { provider, device, raw, timestamp, media, location, parts, account, more = {} } = message;
	if (parts === undefined) return undefined;
	const event = messageEvent({ provider, device, raw, timestamp, eventId: base.id, account }, elementOf(message));
	const isEmpty = event.notice?.name === 'unreadable' || event.notice?.name === 'unknown';
	// The parts say nothing, and what is beside them does.
	if (isEmpty && (media ?? location ?? more.referral)) return undefined;
	// Without a message ID, it is identified like any other payload.
	const isByContent = base.messageId === null && event.id.startsWith(base.id);
	return {
		...event,
		...(isByContent ? { identity: base.identity } : {}),
		chat: chatOf(message, event.chat),
		...told<Partial<GatewayEvent>>({ isBroadcast: base.isBroadcast, ...more }),
		media: mergedMedia(event.media, media),
		location: event.location ?? location ?? null,
	};
}

/** A file as its part describes it, at the place that the gateway names. */
function mergedMedia(part: EventMedia | null, given: EventMedia | null): EventMedia | null {
	if (part === null || given === null) return part ?? given;
	return {
		...part,
		mimeType: part.mimeType ?? given.mimeType,
		url: part.url ?? given.url,
		reference: part.reference ?? given.reference,
		fileName: part.fileName ?? given.fileName,
	};
}

/** What a person sent. */
function contentEvent(message: FlatMessage, base: GatewayEvent): GatewayEvent | undefined {
	const { text, media, location = null } = message;
	// Someone who comes from an ad wrote something, even if it did not arrive.
	if (text === null && !media && !location && !message.more?.referral) return undefined;
	return { ...base, type: typeOf(message), text, media, location };
}

function typeOf({ isSticker = false, media, location }: FlatMessage): MessageType {
	if (isSticker) return 'sticker';
	if (media) return messageTypeOf(media.mimeType);
	return location ? 'location' : 'text';
}

/** Names of a text that a gateway may have given it besides the usual one. */
const TEXT_NAMES = ['text', 'body', 'caption', 'content'];

/**
 * A message of which nothing was read: one of an unknown kind if something in the rest looks like it, else a
 * notice.
 */
function restEvent({ fields }: FlatMessage, base: GatewayEvent): GatewayEvent {
	const left = fields.left();
	const content = unknownContent(left);
	const text = content?.text ?? textIn(left, ...TEXT_NAMES);
	if (content !== undefined || text !== null) return { ...base, text };
	const isUnknown = Object.values(left).some((value) => typeof value === 'object');
	const notice = isUnknown ? noticeOf('unknown') : noticeOf('unreadable', { reason: 'empty' });
	const id = base.messageId === null ? base.id : boundedId(noticeId(base.messageId, notice.name));
	return { ...base, event: 'notice', id, notice };
}
