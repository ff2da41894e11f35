import { inMultipart, type RoundTrip, same } from '../../support/roundTrip';

const PERSON = 'Send Text: Phone Number';

/** Whacenter's fields that take values of its events. It reaches groups only by name, which no event contains. */
export const whacenterRoundTrip: RoundTrip = {
	fields: [
		{
			title: PERSON,
			parameters: (phoneNumber) => ({ resource: 'message', operation: 'sendText', phoneNumber, text: 'Hello' }),
			sent: inMultipart('number'),
			takes: { person: same },
		},
	],
	senders: ['6281234567890', '22507123456', '22997123456', '5215512345678', '551187654321', '15551234567'].map(
		(number) => ({
			who: number,
			event: 'text',
			overrides: { from: number },
			answers: [
				['sender.phone', PERSON, number],
				['chat.id', PERSON, number],
			],
		}),
	),
};
