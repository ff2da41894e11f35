import { createHash } from 'node:crypto';
import { balesOtomatisAccount } from './seed';

export const balesOtomatisEvents = ['text', 'image', 'document', 'group', 'own', 'unknown'] as const;

export type BalesOtomatisEvent = (typeof balesOtomatisEvents)[number];

/** "The only authenticity hint": the id of the number that received it. */
export const NUMBER_HEADER = 'BLS-OTO-NUMBERID';

/**
 * Builds the webhook for an event. Its type and fields are those that three third parties read; the API reference has no
 * webhook. Inferred: the shape of a message in a group, what stands in `message_body` beside a file, and that there are
 * events of other types at all.
 */
export function balesOtomatisWebhook(event: BalesOtomatisEvent, count: number): Record<string, unknown> {
	const { sender, groups } = balesOtomatisAccount;
	const isOwn = event === 'own';
	const chat = event === 'group' ? `${groups.first}@g.us` : `${sender.number}@c.us`;
	if (event === 'unknown')
		return {
			type: 'message_status',
			data: { chat_id: chat, message_id: messageId(isOwn, chat, count), status: 'read' },
		};
	const file =
		{ image: ['photo.jpg', 'image/jpeg'], document: ['invoice.pdf', 'application/pdf'] }[event as string] ?? [];
	const [name = null, mime = null] = file;
	return {
		type: 'incoming_chat',
		data: {
			chat_id: chat,
			message_id: messageId(isOwn, chat, count),
			message_body: name === null ? `Message ${count} from the sandbox` : '',
			name: sender.name,
			is_from_me: isOwn,
			has_media: name !== null,
			media_name: name,
			media_mime: mime,
		},
	};
}

/** New for each event, also after a restart, so that a receiver's memory of earlier events never takes it for a repetition. */
function messageId(isOwn: boolean, chat: string, count: number): string {
	const id = createHash('sha256').update(`${Date.now()} ${count}`).digest('hex').slice(0, 18).toUpperCase();
	return `${isOwn}_${chat}_3EB0${id}`;
}
