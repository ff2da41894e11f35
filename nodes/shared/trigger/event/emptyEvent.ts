import type { GatewayEvent } from './event';

/** What every event has, whatever else a provider reports. */
export type EventHead = Pick<GatewayEvent, 'event' | 'provider' | 'id' | 'device' | 'raw'> &
	Partial<Pick<GatewayEvent, 'channel' | 'messageId' | 'identity'>>;

/**
 * An event of which nothing is known but its head. A provider's event is this one with what its payload says.
 *
 * @param head `channel` is WhatsApp, and `messageId` null, unless given
 */
export function emptyEvent({
	event,
	provider,
	id,
	device,
	raw,
	channel = 'whatsapp',
	messageId = null,
	identity,
}: EventHead): GatewayEvent {
	return {
		event,
		type: 'unknown',
		text: null,
		sender: { id: null, phone: null, name: null },
		chat: { id: null, type: 'unknown' },
		media: null,
		location: null,
		replyTo: null,
		timestamp: null,
		direction: 'incoming',
		messageId,
		device,
		provider,
		id,
		channel,
		raw,
		...(identity && { identity }),
	};
}

/** Names of events that mean the same for all providers, and have the fields that belong to it. */
const OWN_NAMES: readonly string[] = [
	...['message', 'message_edited', 'message_deleted', 'message_reaction', 'message_status'],
	...['poll_vote', 'delivery_status', 'notice', 'log_in', 'log_out'],
];

/**
 * The name of an unknown event: the provider's own, unless that would make it one of ours. A workflow that answers
 * messages must not start for something that is called a message and is none.
 */
export function nameOfUnknown(name: string): string {
	return OWN_NAMES.includes(name) ? 'unknown' : name;
}

/** The fields that come first, since people read them in a panel. */
const FIRST = [
	...(['event', 'type', 'text', 'sender', 'chat', 'media', 'location', 'replyTo', 'timestamp'] as const),
	...(['direction', 'messageId', 'device', 'provider', 'id', 'receivedAt', 'channel'] as const),
];

/** What is only for us, and the payload, which comes at the end. */
const NOT_FIRST: ReadonlySet<string> = new Set(['identity', 'account', 'isQueued', 'raw']);

/** An event as it is returned, without the payload: what every event has, what this one has besides; nothing that is only for us. */
export function simplified(event: GatewayEvent): Omit<GatewayEvent, 'raw'> {
	const ordered: Record<string, unknown> = {};
	for (const name of FIRST) if (event[name] !== undefined) ordered[name] = event[name];
	for (const [name, value] of Object.entries(event)) if (!NOT_FIRST.has(name)) ordered[name] = value;
	return ordered as Omit<GatewayEvent, 'raw'>;
}

/** An event as it is returned, with the payload at the end. */
export function inOrder(event: GatewayEvent): GatewayEvent {
	return { ...simplified(event), raw: event.raw };
}

/** A value in which what is not told may be null. */
export type Untold<T> = { [Name in keyof T]: T[Name] | null | undefined };

/**
 * An object with only those of its fields that are told; null and undefined are not. What is left in it is as declared,
 * since only optional fields may be null in the argument.
 *
 * @param always names of fields that are there even if null
 */
export function told<T extends object>(fields: Untold<T>, ...always: Array<keyof T & string>): T {
	const names: string[] = always;
	const found: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(fields)) {
		if ((value !== null && value !== undefined) || names.includes(name)) found[name] = value;
	}
	return found as T;
}

/** {@link told}, or null if nothing is. */
export function toldOrNull<T extends object>(fields: Untold<T>): T | null {
	const object = told<T>(fields);
	return Object.keys(object).length === 0 ? null : object;
}
