import { PERSON, without, type IncomingTexts } from '../../support/incomingTexts';

/** How a text message is posted, see the inbound contracts. */
export const incomingTexts: IncomingTexts = {
	isPasted: true,
	body: ({ text, from = PERSON, group, count }) => ({
		type: 'incoming_chat',
		data: {
			chat_id: group ?? `${from}@c.us`,
			...(group ? { author: `${from}@c.us` } : {}),
			message_body: text,
			message_id: `M${count}`,
			name: 'Budi',
			is_from_me: false,
			has_media: false,
		},
	}),
	anonymous: (body) => without(body, ['data'], 'message_id'),
};
