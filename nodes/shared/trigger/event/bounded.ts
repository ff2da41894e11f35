import { createHash } from 'node:crypto';
import type { GatewayEvent } from './event';

/** The longest ids that were seen have some 60 characters. */
const LONGEST_ID = 256;

/** WhatsApp itself takes 25 characters for a name; other messengers, more. */
const LONGEST_NAME = 1_000;

/**
 * An event whose ids and names are no longer than they can be: whoever calls the webhook may send anything. Half an id is
 * somebody else's, so an impossible one counts as none; a name is cut. What may be long (texts, addresses, references of
 * files, the payload) stays whole.
 */
export function bounded(event: GatewayEvent): GatewayEvent {
	const { id, chat, sender, media, status, call } = event;
	return {
		...event,
		// It must go on telling one event from another.
		id: id.length > LONGEST_ID ? createHash('sha256').update(id).digest('hex') : id,
		messageId: idOf(event.messageId),
		device: idOf(event.device),
		chat: { ...chat, id: idOf(chat.id) },
		sender: { ...sender, id: idOf(sender.id), phone: idOf(sender.phone), name: cut(sender.name) },
		media: media && { ...media, mimeType: idOf(media.mimeType), fileName: cut(media.fileName) },
		replyTo: idOf(event.replyTo),
		...(status && { status: { ...status, messageId: idOf(status.messageId), name: cut(status.name) } }),
		...(call && { call: { ...call, id: idOf(call.id), state: cut(call.state), reason: cut(call.reason) } }),
	};
}

function idOf(given: string | null): string | null {
	return given !== null && given.length > LONGEST_ID ? null : given;
}

function cut(given: string | null): string | null {
	return given === null ? null : given.slice(0, LONGEST_NAME);
}
