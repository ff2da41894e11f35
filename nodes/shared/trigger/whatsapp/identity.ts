import type { GatewayEvent } from '../event/event';
import { hashOf } from '../event/hash';
import type { NoticeName } from '../event/notice';

/*
 * The `id` of each kind of event: the same for each delivery of one, and different for different ones. It is made of the
 * ids of the messages alone, never of the name that an event was delivered under: gateways report one thing under two names.
 */

/** Ids of one part after the other; parts that are not told are left out. */
function joined(...parts: Array<string | number | null | undefined>): string {
	return parts.filter((part) => part !== null && part !== undefined && part !== '').join(':');
}

/**
 * An edit: each is a separate event.
 *
 * @param own the id of the edit; without one, its words and time distinguish it from the next
 */
export function editId(target: string, own: string | null, content: unknown, time: string | null): string {
	return joined(target, 'edited', own ?? hashOf([content, time]).slice(0, 12));
}

/** A deletion, of which there is one. */
export function deletionId(target: string): string {
	return joined(target, 'deleted');
}

/** A reaction. */
export function reactionId(target: string | null, own: string | null, who: string | null, time: string | null): string {
	return own ?? joined(target, 'reaction', who, time);
}

/** A vote, or the tally of a poll. */
export function voteId(poll: string | null, own: string | null, who: string | null, time: string | null): string {
	return own ?? joined(poll, 'vote', who, time);
}

/** Whether an id is that of an edit, a reaction or a vote without its own id. */
export function isMadeOfTarget(id: string): boolean {
	return /:(?:reaction|vote):/.test(id) || /:edited:[0-9a-f]{12}$/.test(id);
}

/** The status of a message, for one reader. */
export function statusId(message: string, status: GatewayEvent['status'], reader: string | null): string {
	return joined(message, 'status', status?.code ?? status?.name, reader);
}

/** A call in one of its states. */
export function callId(call: string, state: string | null): string {
	return joined(call, state);
}

/** A notice. That a message cannot be read has its own id, so that it never swallows the message. */
export function noticeId(message: string, name: NoticeName): string {
	return joined(message, 'notice', name);
}

/** Ids of the apps of iPhones and Android phones; those of WhatsApp Web and of most gateways look alike. */
const APP_ID = /^(?:3A.{18}|.{21}|.{32})$/;

/**
 * Who made an outgoing message: a person in the app, or the API.
 *
 * @returns null where that cannot be told
 */
export function sourceOf(messageId: string | null, deliveryId: string | null): 'app' | 'api' | null {
	if (deliveryId !== null) return 'api';
	return messageId !== null && APP_ID.test(messageId) ? 'app' : null;
}
