import type { GatewayEvent } from '../../nodes/shared/trigger/event/event';

/** A text message in a private chat, with some things changed. */
export function eventWith(part: Partial<GatewayEvent> = {}): GatewayEvent {
	return {
		event: 'message',
		provider: 'gateway',
		id: '1',
		timestamp: null,
		direction: 'incoming',
		device: 'd1',
		chat: { id: '6281234567890', type: 'private' },
		sender: { id: '6281234567890@c.us', phone: '6281234567890', name: null },
		type: 'text',
		text: 'hi',
		media: null,
		location: null,
		replyTo: null,
		messageId: null,
		channel: 'whatsapp',
		raw: {},
		...part,
	};
}
