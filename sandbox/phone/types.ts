import type { MediaHandle } from '../media';
import type { DeviceInfo, SentMessage } from '../types';

/** Somebody who writes. `id` is a phone number in digits, or a channel's own id. */
export interface Person {
	id: string;
	name: string;
}

/** A chat of an account. */
export interface ChatInfo {
	/** A phone number in digits, the provider's id of a group, or `<channel>:<id>`. */
	id: string;
	name: string;
	isGroup: boolean;
	/** Where it is not WhatsApp, the channel's name. */
	channel?: string;
	/** Who can write in a group. */
	members?: Person[];
}

/** Something in a message that points at an earlier one. */
export interface Quoted {
	id: string;
	text: string;
	/** The account wrote the earlier message, not a customer. */
	byAccount: boolean;
}

export interface FileInfo {
	/** null where the provider reports a file without a way to get it. */
	url: string | null;
	name: string | null;
	mimeType: string | null;
}

/** What a message holds, whichever provider carries it. */
export interface Content {
	/** Such as text, image, video, voice, audio, document, sticker, location, contact, poll, code or call. */
	kind: string;
	text: string | null;
	file?: FileInfo;
	location?: { latitude: number; longitude: number; name: string | null };
	contact?: { name: string; phone: string };
	/** The answers of a poll. */
	options?: string[];
	quoted?: Quoted;
}

/** What a webhook reports, as the phone shows it. */
export type Reading =
	| {
			act: 'message';
			chat: string;
			isGroup: boolean;
			/** The account itself wrote it, on its own phone. */
			isOwn: boolean;
			from: Person;
			id: string | null;
			content: Content;
	  }
	| { act: 'reaction'; target: string; emoji: string; from: Person }
	| { act: 'edit'; target: string; text: string }
	| { act: 'delete'; target: string }
	| { act: 'status'; target: string; status: SentStatus };

/** How far a message came that the account sent. */
export type SentStatus = 'accepted' | 'scheduled' | 'delivered' | 'read' | 'failed';

export const ACT_NAMES = [
	'text',
	'reply',
	'image',
	'video',
	'voice',
	'document',
	'sticker',
	'location',
	'contact',
	'reaction',
	'choice',
	'edit',
	'delete',
	'call',
] as const;

export type ActName = (typeof ACT_NAMES)[number];

export const FILE_KINDS = ['image', 'video', 'voice', 'document', 'sticker'] as const;

export type FileKind = (typeof FILE_KINDS)[number];

/** A file the customer sends, already stored. */
export interface StoredFile extends MediaHandle {
	name: string;
	mimeType: string;
	size: number;
}

/** Who does something, and where. */
interface Where {
	chat: string;
	isGroup: boolean;
	/** The account itself, on its own phone; `from` is still the other person. */
	isOwn: boolean;
	from: Person;
}

/** What is done on a phone. */
export type Act = Where &
	(
		| { do: 'text'; text: string; quoted?: Quoted }
		| { do: 'file'; kind: FileKind; text: string | null; file: StoredFile; quoted?: Quoted }
		| { do: 'location'; latitude: number; longitude: number; name: string | null }
		| { do: 'contact'; name: string; phone: string }
		| { do: 'reaction'; target: Quoted; emoji: string }
		| { do: 'choice'; target: Quoted; text: string; options: string[] }
		| { do: 'edit'; target: string; text: string }
		| { do: 'delete'; target: string }
		| { do: 'call'; isVideo: boolean }
	);

/** An event of the provider, and what to lay over its body. */
export interface PlayedAct {
	event: string;
	overrides: Record<string, unknown>;
}

/** What the phone knows of a message that was sent, beyond what was accepted. */
export interface SentReading {
	chat: string;
	content: Content;
	/** As in a webhook that points at it; undefined where nothing can. */
	messageId?: string;
}

/**
 * A provider as the phone sees it: who can be written as, what its webhooks can say, and how both are read. What a
 * provider's webhooks cannot say is left out of `acts`, and the page does not offer it.
 */
export interface PhoneSide {
	label: string;
	/** What a customer can do. */
	acts: readonly ActName[];
	/** What a member can do in a group; empty where the provider has none. */
	groupActs: readonly ActName[];
	/** What the account does on its own phone, as far as the provider reports it; empty where it does not. */
	ownActs: readonly ActName[];
	/** Statuses of devices: the one that can send, and the one after a log-out. */
	connected: string;
	disconnected: string;
	/** The events that report a log-in and a log-out. */
	loginEvents?: { logIn: PlayedAct; logOut: PlayedAct };
	/** Each device has its own webhook. */
	hasSlots: boolean;
	/** Statuses of sent messages that a customer's phone can report. */
	statuses: readonly SentStatus[];
	/** Reports one of those. An event, or an action of the provider. */
	report?(
		status: SentStatus,
		message: SentMessage,
		chat: string,
	): PlayedAct | { action: string; input: Record<string, unknown> };
	/** The refusal of a wrong key, where it is not a plain 401. */
	wrongKey?: { kind: 'bodyError'; code: number; message: string };
	/** Accounts that send without being a device. */
	otherAccounts?: readonly { id: string; name: string }[];
	/** The chats to begin with. */
	chats(device: DeviceInfo): ChatInfo[];
	/** The event that says what was done. */
	play(act: Act, device: DeviceInfo): PlayedAct;
	/** What a webhook's body says; empty for what has no place in a chat. */
	read(body: unknown): Reading[];
	/** What a message says that was sent. */
	sent(message: SentMessage): SentReading;
	/** The chat of a recipient, where a provider can show that somebody is typing. */
	chatOf?(recipient: string): string;
}

/** A bubble in a chat. */
export interface Bubble {
	/** In order over everything, from 1. */
	id: number;
	provider: string;
	device: string;
	chat: string;
	isGroup: boolean;
	by: 'customer' | 'account';
	from: Person | null;
	/** Milliseconds since 1970. */
	at: number;
	content: Content;
	messageId: string | null;
	isEdited: boolean;
	isDeleted: boolean;
	reactions: { emoji: string; by: string }[];
	/** Of a message the account sent. */
	sent?: { status: SentStatus; note: string | null; scheduledAt: string | null; sequence: number };
	/** Of what a customer did: how its webhook went. */
	webhook?: WebhookOutcome;
}

export interface WebhookOutcome {
	state: 'posting' | 'received' | 'refused' | 'unreachable' | 'unregistered';
	detail: string;
}
