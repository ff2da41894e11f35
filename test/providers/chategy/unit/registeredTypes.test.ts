import { typesFor } from '../../../../nodes/Chategy/trigger/choices';

describe('what is registered', () => {
	const parameters = (events: string[]) => (name: string) => (name === 'events' ? events : undefined);
	const all = [
		...['tdlib_incoming_msg', 'whatsapp_incoming_msg', 'whatsapp_log_in'],
		...['whatsapp_log_out', 'whatsapp_status_msg'],
	];

	it.each([
		[['*'], all],
		[[], all],
		[
			['*', 'message_max'],
			['max_incoming_msg', ...all],
		],
		[['message_whatsapp'], ['whatsapp_incoming_msg']],
		[['call'], ['tdlib_incoming_msg', 'whatsapp_incoming_msg']],
		[
			['message_status', 'log_out'],
			['whatsapp_log_out', 'whatsapp_status_msg'],
		],
		[['message'], ['tdlib_incoming_msg', 'whatsapp_incoming_msg']],
		[
			['message', 'message_max_bot'],
			['max_bot_incoming_msg', 'tdlib_incoming_msg', 'whatsapp_incoming_msg'],
		],
		[['delivery_status'], []],
	])('for %j is %j', (events, types) => {
		expect(typesFor(parameters(events))).toEqual(types);
	});
});
