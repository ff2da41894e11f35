import { byId, inJson, type RoundTrip, same } from '../../support/roundTrip';

const text = {
	resource: 'message',
	operation: 'sendText',
	device: byId('c7276ae0-c306-4896-8fda-0123456789ab'),
	text: 'Hello',
};
const PERSON = 'Send Text: Phone Number';
const GROUP = 'Send Text: Group';

/** Chatalo's fields that take values of its events. */
export const chataloRoundTrip: RoundTrip = {
	fields: [
		{
			title: PERSON,
			parameters: (phoneNumber) => ({ ...text, sendTo: 'person', phoneNumber }),
			sent: inJson('number'),
			takes: { person: same },
		},
		{
			title: GROUP,
			parameters: (group) => ({ ...text, sendTo: 'group', group: byId(group) }),
			sent: inJson('group_id'),
			takes: { group: (id) => id.replace('@g.us', '') },
		},
	],
	senders: [
		...['6281234567890', '22507123456', '22997123456', '5215512345678', '551187654321', '15551234567'].map(
			(number) => ({
				who: number,
				event: 'text',
				overrides: { sender: { number } },
				answers: [
					['sender.phone', PERSON, number],
					['chat.id', PERSON, number],
				] as Array<[string, string, unknown]>,
			}),
		),
		{
			who: 'a member of a group',
			event: 'group',
			overrides: { sender: { number: '6281234567890', group_id: '120363037968000000' } },
			answers: [
				['chat.id', GROUP, '120363037968000000'],
				['sender.phone', PERSON, '6281234567890'],
			],
		},
	],
};
