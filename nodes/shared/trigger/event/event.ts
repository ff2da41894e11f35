import type { IDataObject } from 'n8n-workflow';
import type {
	EventCalendar,
	EventContact,
	EventGroup,
	EventInteractive,
	EventInvite,
	EventLinkPreview,
	EventMention,
	EventOrder,
	EventPartOf,
	EventPayment,
	EventPoll,
	EventProduct,
	EventQuoted,
	EventReferral,
	EventTarget,
	EventVote,
} from './details';
import type { EventNotice } from './notice';

/** `story` is WhatsApp's status; `unknown` is what the payload does not say. */
export type ChatType = 'private' | 'group' | 'channel' | 'broadcast' | 'story' | 'unknown';

/**
 * What a message is made of. Buttons, lists and their answers are `text` (or the kind of file in their head) with
 * `interactive`; voice notes, round videos, GIFs are flags of `media`. `unknown` is a kind that nothing here has a name for.
 */
export type MessageType =
	| 'text'
	| 'image'
	| 'video'
	| 'audio'
	| 'document'
	| 'sticker'
	| 'location'
	| 'contact'
	| 'poll'
	| 'order'
	| 'product'
	| 'invite'
	| 'calendar'
	| 'payment'
	| 'reaction'
	| 'unknown';

/** A file that came with a message: at an address, or behind a reference that the provider exchanges for it. */
export interface EventMedia {
	mimeType: string | null;
	url: string | null;
	reference: string | null;
	fileName: string | null;
	caption: string | null;
	sizeBytes?: number;
	durationSeconds?: number;
	width?: number;
	height?: number;
	pageCount?: number;
	isVoiceNote?: boolean;
	isVideoNote?: boolean;
	isGif?: boolean;
	isAnimated?: boolean;
	/** What the payload's address leads to has to be decrypted first. */
	isEncrypted?: boolean;
	hasThumbnail?: boolean;
	/** ISO 8601, UTC: until when the address is good. */
	expiresAt?: string;
	/** Whether it may be looked at once only. */
	viewOnce?: boolean;
}

/** A place. 0/0 is one. */
export interface EventLocation {
	latitude: number;
	longitude: number;
	name?: string;
	address?: string;
	url?: string;
	/** A position that is shared for some time. */
	isLive?: boolean;
	accuracyMeters?: number;
	comment?: string;
	/** Counts the positions of one live share. */
	sequenceNumber?: number;
}

/** The conversation. `phone` and `lid` are of the other side of a private chat, whoever wrote. */
export interface EventChat {
	id: string | null;
	type: ChatType;
	/** Of a group or channel; of a private chat what the other side is called, if told. */
	name?: string;
	/** Digits. */
	phone?: string;
	/** With its suffix: `1234567890123@lid`. */
	lid?: string;
	username?: string;
	/** What to put into a recipient field of the same provider to answer into this chat. */
	address?: string;
}

/** Who wrote, or did it. */
export interface EventSender {
	id: string | null;
	/** Digits as WhatsApp knows them; never a LID. */
	phone: string | null;
	name: string | null;
	/** With its suffix: `1234567890123@lid`. */
	lid?: string;
	/** Without "@". */
	username?: string;
	/** Whether it is the connected account itself. */
	isMe?: boolean;
}

/**
 * What every trigger returns, whatever the provider, so that a workflow survives a change of provider. The fields that are
 * always there come first, `null` where the provider does not say; the optional ones are there only when it does. `false` is
 * "told: no".
 */
export interface GatewayEvent {
	/** `message`, `message_edited`, … or the provider's name for other events. */
	event: string;
	type: MessageType;
	/** What was written: text, caption, label of what was chosen, question of a poll. */
	text: string | null;
	sender: EventSender;
	chat: EventChat;
	media: EventMedia | null;
	location: EventLocation | null;
	/** Id of the message it answers or is about. */
	replyTo: string | null;
	/** Of the message itself; ISO 8601, UTC. */
	timestamp: string | null;
	direction: 'incoming' | 'outgoing';
	/** The provider's own id of the message, for its reply, read and edit fields. */
	messageId: string | null;
	/** Id of the device, session or number that received it. */
	device: string | null;
	/** n8n's name of the provider's node. */
	provider: string;
	/** The same for each delivery of the same event, different for different ones. */
	id: string;
	/** ISO 8601, UTC: when our webhook got it. Filled in by what receives it; `parse` does not know it. */
	receivedAt?: string;
	/** The messenger: `whatsapp`, `telegram`, `telegram_bot`, `max`, `max_bot`. */
	channel: string;

	/** The bare WhatsApp id, where it differs from `messageId`. */
	whatsAppId?: string;
	/** What Send returned for this message, if it was sent through the API. */
	deliveryId?: string;
	/** Who made an outgoing one: a person in an app, or the API. Absent where that is not known. */
	source?: 'app' | 'api';
	/** A copy of what happened before the device was connected; false for what is live, however late it comes. */
	isHistory?: boolean;
	contacts?: EventContact[];
	interactive?: EventInteractive;
	order?: EventOrder;
	product?: EventProduct;
	poll?: EventPoll;
	calendar?: EventCalendar;
	invite?: EventInvite;
	payment?: EventPayment;
	linkPreview?: EventLinkPreview;
	/** `emoji` is null if the reaction was taken back, and if it cannot be read (`isEncrypted`). */
	reaction?: { emoji: string | null; isEncrypted?: true };
	vote?: EventVote;
	/** The message that an edit, deletion, reaction, vote or pin is about. */
	target?: EventTarget;
	quoted?: EventQuoted;
	mentions?: EventMention[];
	/** Everybody in the group is mentioned. */
	mentionsAll?: boolean;
	/** Only where the account's own ids are known. */
	mentionsMe?: boolean;
	isForwarded?: boolean;
	/** How often it was forwarded; from 5 on WhatsApp shows "many times". */
	forwardScore?: number;
	/** The channel that it was forwarded from. */
	forwardedFrom?: { id?: string; name?: string };
	viewOnce?: boolean;
	/** The timer of disappearing messages in this chat. */
	ephemeralSeconds?: number;
	isStory?: boolean;
	isBroadcast?: boolean;
	referral?: EventReferral;
	partOf?: EventPartOf;
	group?: EventGroup;
	notice?: EventNotice;
	/** Of the device's connection, in the provider's words. */
	session?: { state: string | null; reason: string | null };
	/** Of events about the status of a message. */
	status?: EventStatus;
	/** Of calls. */
	call?: EventCall;
	/** Its words are there, but only the phone can read them. */
	isEncrypted?: boolean;
	/** Names of parts of the payload that no rule has read. */
	unread?: string[];
	/** The payload as it came. */
	raw: IDataObject;

	/** Not returned: `id` is made of the content alone, since the payload names none; whether it holds a time to the second. */
	identity?: ContentIdentity;
	/** Not returned: the connected account's own phone (digits) and LID, if the payload has them. */
	account?: { phone?: string | null; lid?: string | null };
	/** Not returned: it waited at the provider while the device was offline. Whether that makes it history is a question of age. */
	isQueued?: boolean;
}

/** What an id that is made of content can distinguish: payloads with a time to the second in them, or without. */
export type ContentIdentity = 'timed' | 'untimed';

/** The status of a message that was sent. */
export interface EventStatus {
	/** The message, in the provider's own form. */
	messageId: string | null;
	/** In the provider's words, e.g. `read`. */
	name: string | null;
	/** The provider's number for it. */
	code: number | null;
	/** Whether no other status follows; null if the provider does not say. */
	final: boolean | null;
	/** Whether it arrived; null while that is open. */
	delivered: boolean | null;
	deliveryId?: string;
	/** Digits. */
	recipientPhone?: string;
	/** Who read it, in a group. */
	participant?: string;
	error?: { code?: string; text?: string };
}

/** A call to or from the connected phone. */
export interface EventCall {
	id: string | null;
	isVideo: boolean | null;
	isGroup: boolean | null;
	/** In the provider's words; `missed` if the call was not answered. */
	state: string | null;
	reason: string | null;
}

/** The kind of message that a MIME type makes. */
export function messageTypeOf(mimeType: string | null): MessageType {
	const family = mimeType?.split('/')[0];
	switch (family) {
		case 'image':
		case 'video':
		case 'audio':
			return family;
		default:
			return 'document';
	}
}

/** The end of the year 9999; what is beyond is a number in another unit. */
const LATEST = Date.UTC(10_000, 0) - 1;

/** Unix seconds or milliseconds as milliseconds; null for what is no time. */
export function momentOf(value: number | null | undefined): number | null {
	if (typeof value !== 'number' || !(value > 0)) return null;
	const milliseconds = Math.trunc(value < 100_000_000_000 ? value * 1000 : value);
	return milliseconds > LATEST ? null : milliseconds;
}

/** Unix seconds or milliseconds as ISO 8601; null for what is no time. */
export function isoTime(value: number | null | undefined): string | null {
	const moment = momentOf(value);
	return moment === null ? null : new Date(moment).toISOString();
}
