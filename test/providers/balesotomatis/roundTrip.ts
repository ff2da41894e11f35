import { byId, inJson, type RoundTrip } from '../../support/roundTrip';

const PERSON = 'Send Text: Phone Number';
const GROUP = 'Send Text to a group: Group';
const text = { operation: 'sendText', number: byId('BO-0123456789abcde'), text: 'Hello' };

/** BalesOtomatis's fields that take values of its events. */
export const balesOtomatisRoundTrip: RoundTrip = {
	fields: [
		{
			title: PERSON,
			parameters: (phoneNumber) => ({ ...text, resource: 'personalMessage', phoneNumber }),
			// Country code and number are taken apart; together they are the digits that were given.
			sent: (request) => String(inJson('country_code')(request)) + String(inJson('phone_no')(request)),
			takes: { person: (digits) => digits },
		},
		{
			title: GROUP,
			parameters: (group) => ({ ...text, resource: 'groupMessage', group: byId(group) }),
			sent: inJson('group_id'),
			takes: { group: (id) => id.replace('@g.us', '') },
		},
	],
	senders: [
		...['6281234567890', '22507123456', '22997123456', '5215512345678', '551187654321', '15551234567'].map(
			(number) => ({
				who: number,
				event: 'text',
				overrides: { data: { chat_id: `${number}@c.us` } },
				answers: [
					['sender.phone', PERSON, number],
					['chat.id', PERSON, number],
				] as Array<[string, string, unknown]>,
			}),
		),
		{
			who: 'a group',
			event: 'group',
			overrides: { data: { chat_id: '120363322806000000@g.us' } },
			answers: [['chat.id', GROUP, '120363322806000000']],
		},
	],
};
