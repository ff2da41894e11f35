import type { IDataObject } from 'n8n-workflow';
import type { MessageType } from './event';

/*
 * The parts of an event that are there only when told. Phone numbers are digits, times ISO 8601 in UTC, amounts in main
 * units (1.5 for 1.50 €).
 */

/** A contact card. */
export interface EventContact {
	name?: string;
	/** As written in the card. */
	phones: string[];
	/** Digits of those that WhatsApp knows. */
	waPhones: string[];
	emails: string[];
	organization?: string;
	/** The card's own text. */
	vcard?: string;
}

/** Something to choose from (`prompt`), or what was chosen. */
export interface EventInteractive {
	kind: 'button_reply' | 'list_reply' | 'template_reply' | 'flow_reply' | 'prompt';
	/** Of what was chosen. */
	id?: string;
	title?: string;
	description?: string;
	/** Everything that an answer carries. */
	data?: IDataObject;
	/** Of a prompt. */
	options?: EventOption[];
}

/** A button or row of a prompt. */
export interface EventOption {
	id?: string;
	title?: string;
	description?: string;
	/** `reply`, `row`, `product`, `url`, `call`, `copy`, or WhatsApp's own name of another one. */
	kind: string;
	url?: string;
}

/** A shopping cart. */
export interface EventOrder {
	id?: string;
	/** With it the provider returns what was ordered. */
	token?: string;
	title?: string;
	itemCount?: number;
	total?: number;
	currency?: string;
	note?: string;
	/** `inquiry`, `accepted`, `declined`. */
	status?: string;
	sellerPhone?: string;
}

/** An article of a catalog, or a catalog. */
export interface EventProduct {
	id?: string;
	/** The shop's own id of it. */
	retailerId?: string;
	title?: string;
	description?: string;
	price?: number;
	currency?: string;
	url?: string;
	businessPhone?: string;
	catalogTitle?: string;
}

export interface EventPoll {
	question?: string;
	options: string[];
	/** How many may be chosen; 0 for any number. */
	selectable?: number;
}

/** A vote, or the tally of a poll. */
export interface EventVote {
	/** What was chosen; null if it cannot be read. */
	options: string[] | null;
	/** Whether the choice is there, but only the phone that made the poll can read it. */
	isEncrypted: boolean;
	results?: Array<{ option?: string; count?: number; voters?: Array<{ id: string; phone?: string }> }>;
}

/** An appointment or planned call. */
export interface EventCalendar {
	name?: string;
	description?: string;
	start?: string;
	end?: string;
	joinLink?: string;
	isCanceled?: boolean;
	isCall?: boolean;
}

export interface EventInvite {
	kind: 'group' | 'channel';
	id?: string;
	code?: string;
	name?: string;
	expiresAt?: string;
}

export interface EventPayment {
	kind: 'request' | 'sent' | 'invite' | 'invoice';
	amount?: number;
	currency?: string;
	note?: string;
	expiresAt?: string;
}

export interface EventLinkPreview {
	url?: string;
	title?: string;
	description?: string;
}

/** The message that an event is about. */
export interface EventTarget {
	messageId: string | null;
	/** Whether the connected account wrote it. */
	isMine?: boolean;
	/** Who wrote it. */
	senderId?: string;
	senderPhone?: string;
}

/** The message that was answered. */
export interface EventQuoted {
	id?: string;
	text?: string;
	type?: MessageType;
	senderId?: string;
	senderPhone?: string;
	isMine?: boolean;
	isStory?: boolean;
}

export interface EventMention {
	id: string;
	phone?: string;
	lid?: string;
}

/** The ad or link that brought a person. Newer ads have nothing but an opaque `payload`. */
export interface EventReferral {
	kind: 'ad' | 'post' | 'link' | 'unknown';
	id?: string;
	url?: string;
	title?: string;
	body?: string;
	/** The click, for Meta's conversion API. */
	clickId?: string;
	app?: string;
	ref?: string;
	mediaType?: string;
	mediaUrl?: string;
	thumbnailUrl?: string;
	/** What WhatsApp greeted the person with. */
	greeting?: string;
	entryPoint?: string;
	payload?: string;
}

/** What a file belongs to. */
export interface EventPartOf {
	kind: 'album';
	messageId: string | null;
	index?: number;
}

/** A change of a group's members. */
export interface EventGroup {
	/** `add`, `remove`, `leave`, `promote`, `demote`, `invite`, …: the provider's word. */
	action: string | null;
	participants: Array<{ id: string; phone?: string; lid?: string; role?: string }>;
	/** Who did it. */
	by?: string;
}
