import type { GatewayEvent } from '../event/event';
import { boundedId, hashOf } from '../event/hash';

/** An event about a state, for a memory that drops what repeats the last one. */
export interface State {
	/** What has the state: a message and who edited, read or reacted to it; a poll; a device; a call. */
	key: string;
	/** Equal for equal states. */
	value: string;
	/**
	 * Whether the event's id distinguishes one occurrence from another. Without that, a state that comes back has the id of the
	 * first time.
	 */
	hasOwnId: boolean;
}

/**
 * The state that an event reports: edits of a message, reactions of one person, statuses of one reader, tallies of a poll and
 * the connection of a device are repeated by gateways, and come back to an earlier state for good reasons.
 *
 * @returns null for an event that reports none, or not whose
 */
export function stateOf(event: GatewayEvent): State | null {
	const { target, status, device, call, session } = event;
	const state = (what: string, of: Array<string | null | undefined>, value: unknown, hasOwnId: boolean): State => ({
		key: boundedId([what, device, ...of].map((part) => part ?? '').join(':')),
		value: hashOf(value),
		hasOwnId,
	});
	const about = targetOf(event);
	// Made of the target, with neither its own id nor a time.
	const isBare = event.timestamp === null && event.id.startsWith(`${target?.messageId ?? ''}:`);
	switch (event.event) {
		case 'message_edited': {
			const { type, text, location, interactive, poll, media } = event;
			const file = [media?.mimeType, media?.sizeBytes, media?.fileName];
			return about && state('edit', about, [type, text, location, interactive, poll, file], !isBare);
		}
		case 'message_reaction':
			return about && state('reaction', [...about, personIn(event)], event.reaction, !isBare);
		case 'poll_vote':
			return about && state('vote', [...about, personIn(event)], event.vote, !isBare);
		case 'message_status': {
			const sent = status?.messageId ?? status?.deliveryId;
			return sent ? state('status', [sent, status?.participant], status?.code ?? status?.name, false) : null;
		}
		case 'call':
			// An id that small numbers are used for, again and again, or none at all.
			return event.identity === 'untimed' ? state('call', [call?.id, event.chat.id], call, false) : null;
		case 'log_in':
		case 'log_out':
			return state('session', [], [event.event, session], event.identity !== 'untimed');
		default:
			return session ? state('session', [], session, event.identity !== 'untimed') : null;
	}
}

/**
 * The message that it is about; null if that is not told. WhatsApp's ids are unique, and its chats have two names; other
 * messengers count the messages of each chat.
 */
function targetOf({ target, channel, chat }: GatewayEvent): Array<string | null> | null {
	if (!target?.messageId) return null;
	return channel === 'whatsapp' ? [target.messageId] : [target.messageId, chat.id];
}

/**
 * Who did it: the names of the two in a private chat may be told in two ways, as a number or a LID. Somebody in a group who is
 * not named may be another one each time.
 */
function personIn({ id, chat, sender, direction }: GatewayEvent): string {
	if (chat.type === 'private' || direction === 'outgoing') return direction;
	return sender.id ?? id;
}
