import type { IDataObject } from 'n8n-workflow';

export type ChatType = 'private' | 'group' | 'channel' | 'broadcast' | 'unknown';

/** What a message is made of. `unknown` is a kind that the provider's payload gives no name to. */
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
	| 'reaction'
	| 'unknown';

/** A file that came with a message: at an address, or behind a reference that the provider exchanges for it. */
export interface EventMedia {
	mimeType: string | null;
	url: string | null;
	reference: string | null;
	fileName: string | null;
	caption: string | null;
}

/**
 * What every trigger puts out, whatever the provider, so that a workflow survives a change of provider. What a
 * provider does not tell is null.
 */
export interface GatewayEvent {
	/** `message`, or the provider's name for other events. */
	event: string;
	/** n8n's name of the provider's node. */
	provider: string;
	/** The same for each delivery of the same event, different for different ones. */
	id: string;
	/** ISO 8601, UTC. */
	timestamp: string | null;
	direction: 'incoming' | 'outgoing';
	/** Id of the device, session or number that received it. */
	device: string | null;
	chat: { id: string | null; type: ChatType };
	sender: { id: string | null; phone: string | null; name: string | null };
	type: MessageType;
	text: string | null;
	media: EventMedia | null;
	location: { latitude: number; longitude: number } | null;
	/** Id of the message it answers. */
	replyTo: string | null;
	/** Of events that tell what became of a message. */
	status?: EventStatus;
	/** Of calls. */
	call?: EventCall;
	/** The payload as it came. */
	raw: IDataObject;
}

/** What became of a message that was sent. */
export interface EventStatus {
	messageId: string | null;
	/** In the provider's words, e.g. `read`. */
	name: string | null;
	/** The provider's number for it. */
	code: number | null;
	/** Whether no other status follows; null if the provider does not say. */
	final: boolean | null;
	/** Whether it arrived; null while that is open. */
	delivered: boolean | null;
}

/** A call to or from the connected phone. */
export interface EventCall {
	id: string | null;
	isVideo: boolean | null;
	isGroup: boolean | null;
	/** In the provider's words. */
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

/** Unix seconds or milliseconds as ISO 8601; null for what is no time. */
export function isoTime(value: number | null | undefined): string | null {
	if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0) return null;
	const milliseconds = value < 100_000_000_000 ? value * 1000 : value;
	const date = new Date(milliseconds);
	// Years beyond 9999 are numbers in another unit.
	return Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999 ? null : date.toISOString();
}
