import { type SendLanguage, sentMessage } from '../../shared/messaging/sentMessage';
import { isObject } from '../../shared/object';
import type { MessageRecipient, SentMessage } from '../../shared/operations/define/sentMessage';

const language: SendLanguage = {
	provider: 'balesOtomatis',
	statuses: {
		// API reference: folder WhatsApp Un-Official, all messages and Send OTP.
		'the message is in the delivery process': 'queued',
		// API reference: folder Conversations, Send Text Only, `detail`.
		'message queued to be sent': 'queued',
		// API reference: Send Template, `message`.
		queued: 'queued',
		// API reference: folder Conversations, `state`, where there is no `detail`.
		successfully: 'accepted',
	},
	unlisted: 'accepted',
};

/**
 * The answer to a send. API reference: a `message` in words; in the folder Conversations an object in its place, with
 * `message_id`, `to`, `state` and perhaps a `detail`.
 */
export function sent(answer: unknown, asked: MessageRecipient): SentMessage {
	const { message, detail, state, message_id: messageId, to: phone, ...others } = isObject(answer) ? answer : {};
	return sentMessage(language, { messageId, status: detail ?? state ?? message, phone, others }, asked);
}
