import type { IDataObject } from 'n8n-workflow';
import { phoneOf } from '../../shared/messaging/whatsAppId';
import { chatTypeOf } from '../../shared/trigger/event/chatType';
import type { ChatType, GatewayEvent } from '../../shared/trigger/event/event';
import { flagIn, objectIn, textIn } from './readValues';

/** Where a message was written and by whom. */
type ChatAndSender = Pick<GatewayEvent, 'chat' | 'sender' | 'direction'>;

/** Who a key names: names that were seen (`cleanedSenderPn`, `senderPn`) and those of newer WhatsApp libraries. */
const PARTICIPANT_PHONES = ['cleanedParticipantPn', 'participantPn', 'participantAlt', 'cleanedSenderPn', 'senderPn'];
const SENDER_PHONES = ['cleanedSenderPn', 'senderPn', 'remoteJidAlt'];

/**
 * Chat and sender of a message. In a group the participant is the sender, elsewhere the chat is; of the session's own
 * messages nobody is named but the participant. A LID is given its phone number where the payload has one beside it.
 *
 * @param message with `key`, or the same in flat fields (inferred)
 * @param isOwn what the event itself says, where no flag does
 */
export function chatAndSender(message: IDataObject, isOwn = false): ChatAndSender {
	const key = objectIn(message, 'key');
	const fromMe =
		flagIn(key, 'fromMe', 'from_me') ?? flagIn(message, 'fromMe', 'from_me', 'isFromMe', 'is_from_me') ?? isOwn;
	const other = fromMe ? ['to', 'jid', 'recipient'] : ['from', 'jid', 'sender', 'phone'];
	const chatId =
		textIn(key, 'remoteJid', 'remote_jid') ??
		textIn(message, 'remoteJid', 'remote_jid', 'chat_jid', 'chatJid', 'chatId', 'chat_id', ...other);
	const type = chatTypeOf(chatId);
	const name = textIn(message, 'pushName', 'push_name', 'senderName', 'sender_name', 'notifyName', 'name');
	const sender =
		type === 'private' ? writerOfPrivate(message, key, chatId, fromMe) : writerOfMany(message, key, type);
	return {
		chat: { id: chatId, type },
		sender: { ...sender, name },
		direction: fromMe ? 'outgoing' : 'incoming',
	};
}

type Writer = Pick<GatewayEvent['sender'], 'id' | 'phone'>;

function writerOfPrivate(message: IDataObject, key: IDataObject, chatId: string | null, fromMe: boolean): Writer {
	if (fromMe) return { id: null, phone: null };
	return { id: chatId, phone: firstPhone([key, message], SENDER_PHONES) ?? phoneIn(chatId) };
}

function writerOfMany(message: IDataObject, key: IDataObject, type: ChatType): Writer {
	// A channel speaks for itself; nobody in it is named.
	if (type === 'channel' || type === 'unknown') return { id: null, phone: null };
	const id =
		textIn(key, 'participant') ??
		textIn(message, 'participant', 'author', 'sender') ??
		textIn(key, 'participantLid', 'senderLid');
	return { id, phone: firstPhone([key, message], PARTICIPANT_PHONES) ?? phoneIn(id) };
}

function firstPhone(sources: IDataObject[], names: string[]): string | null {
	for (const source of sources) {
		for (const name of names) {
			const phone = phoneIn(textIn(source, name));
			if (phone !== null) return phone;
		}
	}
	return null;
}

/** {@link phoneOf} of a value that may be a number as people write it, with "+" and spaces around it. */
export function phoneIn(written: string | null): string | null {
	return phoneOf(written?.trim().replace(/^\+/, '') ?? null);
}
