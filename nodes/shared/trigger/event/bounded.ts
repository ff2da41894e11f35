import type { GatewayEvent } from './event';
import { hashOf } from './hash';

/** The longest ids that were seen have some 60 characters. */
const LONGEST_ID = 256;

/** WhatsApp itself takes 25 characters for a name; other messengers, more. */
const LONGEST_NAME = 1_000;

/** Names of parts of a payload that were not read: how long one may be, and how many are listed. */
const LONGEST_PART = 100;
const MOST_PARTS = 50;

/**
 * An event whose ids and names are no longer than they can be: whoever calls the webhook may send anything. Half an id is
 * somebody else's, so an impossible one counts as none; a name is cut. What may be long (texts, addresses of files and pages,
 * references of files, what was ordered or chosen, the payload) stays whole.
 */
export function bounded(event: GatewayEvent): GatewayEvent {
	const { id, chat, sender, media, status, call } = event;
	return {
		...limited(event, ['deliveryId', 'whatsAppId']),
		...boundedParts(event),
		// It must go on telling one event from another.
		id: id.length > LONGEST_ID ? hashOf(id) : id,
		messageId: idOf(event.messageId),
		device: idOf(event.device),
		chat: { ...limited(chat, ['phone', 'lid', 'address'], ['name', 'username']), id: idOf(chat.id) },
		sender: {
			...limited(sender, ['lid'], ['username']),
			id: idOf(sender.id),
			phone: idOf(sender.phone),
			name: cut(sender.name),
		},
		media: media && { ...media, mimeType: idOf(media.mimeType), fileName: cut(media.fileName) },
		replyTo: idOf(event.replyTo),
		...(status && {
			status: {
				...limited(status, ['deliveryId', 'recipientPhone', 'participant']),
				messageId: idOf(status.messageId),
				name: cut(status.name),
				...(status.error && { error: limited(status.error, [], ['code', 'text']) }),
			},
		}),
		...(call && { call: { ...call, id: idOf(call.id), state: cut(call.state), reason: cut(call.reason) } }),
	};
}

/** What only some events have. */
function boundedParts(event: GatewayEvent): Partial<GatewayEvent> {
	const { target, quoted, partOf, forwardedFrom, mentions, group, session, unread } = event;
	return {
		...(target && {
			target: { ...limited(target, ['senderId', 'senderPhone']), messageId: idOf(target.messageId) },
		}),
		...(quoted && { quoted: limited(quoted, ['id', 'senderId', 'senderPhone']) }),
		...(partOf && { partOf: { ...partOf, messageId: idOf(partOf.messageId) } }),
		...(forwardedFrom && { forwardedFrom: limited(forwardedFrom, ['id'], ['name']) }),
		...(mentions && { mentions: mentions.filter(isPossible) }),
		...(group && {
			group: {
				...limited(group, ['by']),
				action: cut(group.action),
				participants: group.participants.filter(isPossible).map((member) => limited(member, [], ['role'])),
			},
		}),
		...(session && { session: { state: cut(session.state), reason: cut(session.reason) } }),
		...(unread && { unread: unread.slice(0, MOST_PARTS).map((name) => name.slice(0, LONGEST_PART)) }),
	};
}

/** A part of an event without impossible ids, and with its names cut; only fields that may be absent are given. */
function limited<Part extends object>(
	part: Part,
	ids: ReadonlyArray<keyof Part & string>,
	names: ReadonlyArray<keyof Part & string> = [],
): Part {
	// Hardly ever is there anything to do.
	const isLonger = (name: keyof Part, most: number): boolean => {
		const value = part[name];
		return typeof value === 'string' && value.length > most;
	};
	if (!ids.some((name) => isLonger(name, LONGEST_ID)) && !names.some((name) => isLonger(name, LONGEST_NAME))) {
		return part;
	}
	const dropped: readonly string[] = ids;
	const shortened: readonly string[] = names;
	const fields = Object.entries(part).flatMap(([name, value]: [string, unknown]) => {
		if (typeof value !== 'string') return [[name, value] as const];
		if (dropped.includes(name) && value.length > LONGEST_ID) return [];
		return [[name, shortened.includes(name) ? cut(value) : value] as const];
	});
	return Object.fromEntries(fields) as Part;
}

function isPossible({ id }: { id: string }): boolean {
	return id.length <= LONGEST_ID;
}

function idOf(given: string | null): string | null {
	return given !== null && given.length > LONGEST_ID ? null : given;
}

function cut(given: string | null): string | null {
	return given === null ? null : given.slice(0, LONGEST_NAME);
}
