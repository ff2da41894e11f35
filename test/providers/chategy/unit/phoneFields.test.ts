import { eventOf } from '../../../../nodes/Chategy/trigger/toEvent';

const LID = '48464478093451@lid';

it.each([
	['the digits of the LID', '48464478093451'],
	['words', 'Room 123456'],
	['more digits than a number has', '1203630250000000001'],
])('%s in the fields for the phone are no number', (_what, written) => {
	const event = eventOf({
		type: 'whatsapp_incoming_msg',
		payload: {
			instance: { id: 37, customer_id: 2707 },
			new_message: {
				message: {
					id: `false_${LID}_3B55D8ECE08DAC8198EB`,
					timestamp: 1_764_069_562,
					type: 'text',
					text: 'text',
				},
				direction: 'incoming',
				sender_id: LID,
				chat_id: LID,
				chat_lid: LID,
				chat_phone: written,
				sender_phone_number: written,
			},
		},
	});
	expect(event).toMatchObject({ chat: { lid: LID, address: LID }, sender: { phone: null, lid: LID } });
	expect(event?.chat.phone).toBeUndefined();
});
