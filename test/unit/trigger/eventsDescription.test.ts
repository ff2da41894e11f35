import { eventChoices } from '../../../nodes/shared/trigger/choices';
import { describeEvents } from '../../../nodes/shared/trigger/eventsDescription';

describe('the description of Events', () => {
	it('names all that the trigger has', () => {
		const events = eventChoices(['call', 'message', 'message_edited', 'notice']);
		expect(describeEvents({ events, tellsStories: true, tellsHistory: true })).toBe(
			'Which events start the workflow. "Messages" is what people send: edits, calls and notices from WhatsApp itself start it only if you choose them. Messages from the connected phone itself, stories and old messages start it only if an option includes them.',
		);
	});

	it('names nothing that the trigger does not have', () => {
		const events = eventChoices(['message', 'notice']);
		expect(describeEvents({ events })).toBe(
			'Which events start the workflow. "Messages" is what people send: notices from WhatsApp itself start it only if you choose them. Messages from the connected phone itself start it only if an option includes them.',
		);
	});
});
