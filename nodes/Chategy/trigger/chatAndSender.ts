import { personOf } from '../../shared/messaging/person';
import { chatTypeOf } from '../../shared/trigger/event/chatType';
import type { ChatType, GatewayEvent } from '../../shared/trigger/event/event';
import type { ChatFields } from './payload';

/** Marks that steer writing direction; WhatsApp puts them around numbers that it shows as names. */
const MARKS = /[\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** `chat_type` of Telegram and MAX. "person" and "group" are seen; the others are Telegram's own words. */
const CHAT_TYPES: Record<string, ChatType> = {
	person: 'private',
	private: 'private',
	group: 'group',
	supergroup: 'group',
	channel: 'channel',
};

/** Chat, sender and direction of an event. */
export function chatAndSender(chatFields: ChatFields): Pick<GatewayEvent, 'chat' | 'sender' | 'direction'> {
	const id = chatFields.chat_id || chatFields.chat_lid || null;
	const type = chatType(id, chatFields.chat_type);
	const isOutgoing = chatFields.direction?.toLowerCase() === 'outgoing';
	const writer = chatFields.sender_id || null;
	// The one who writes in a private chat is its other side.
	const chatPhone = type === 'private' && !isOutgoing ? chatFields.chat_phone : null;
	return {
		direction: isOutgoing ? 'outgoing' : 'incoming',
		chat: { id, type },
		sender: {
			id: writer,
			// Bare digits are the ID of a Telegram or MAX user.
			phone: digitsOf(chatFields.sender_phone_number) ?? personOf(writer, 'lid').phone ?? digitsOf(chatPhone),
			name: nameOf(chatFields.sender_name, chatFields.pushname),
		},
	};
}

/** The kind of a chat: as it is told, else by the form of its ID, in which Telegram's groups are below zero. */
function chatType(id: string | null, told: string | null | undefined): ChatType {
	const known = CHAT_TYPES[told?.toLowerCase() ?? ''];
	if (known) return known;
	return id !== null && /^-\d/.test(id) ? 'group' : chatTypeOf(id);
}

function digitsOf(phone: string | null | undefined): string | null {
	return phone?.replace(/\D/g, '') || null;
}

/**
 * What the sender is called: as the phone's owner saved them, which for strangers is the number, else as they call
 * themselves (API reference, Webhooks: `sender_name` and `pushname`).
 */
function nameOf(saved: string | null | undefined, own: string | null | undefined): string | null {
	const savedName = cleanName(saved);
	const isNumber = savedName !== null && /^\+?[\d\s()-]+$/.test(savedName);
	return (isNumber ? cleanName(own) : null) ?? savedName ?? cleanName(own);
}

function cleanName(name: string | null | undefined): string | null {
	return name?.replace(MARKS, '').trim() || null;
}
