import { PERSON, START, without, type IncomingTexts } from '../../support/incomingTexts';

/** How a text message is posted, see the inbound contracts. */
export const incomingTexts: IncomingTexts = {
	body: ({ text, from = PERSON, group, count }) => ({
		type: 'whatsapp_incoming_msg',
		payload: {
			instance: { id: 6329, customer_id: 2707 },
			new_message: {
				direction: 'incoming',
				sender_id: `${from}@c.us`,
				chat_id: group ?? `${from}@c.us`,
				sender_name: 'Budi',
				...(group ? {} : { chat_phone: from }),
				sender_phone_number: from,
				message: { id: `false_${from}@c.us_${count}`, timestamp: START + count, type: 'chat', text },
			},
		},
	}),
	anonymous: (body) => without(body, ['payload', 'new_message', 'message'], 'id', 'timestamp'),
};
