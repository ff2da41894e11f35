/* What the editor says of the one event that the trigger cannot register. */
import type { INodePropertyOptions } from 'n8n-workflow';
import { ChategyTrigger } from '../../../../nodes/Chategy/ChategyTrigger.node';

const { properties, triggerPanel } = new ChategyTrigger().description;
const events = (properties.find(({ name }) => name === 'events')?.options ?? []) as INodePropertyOptions[];
const choice = events.find(({ value }) => value === 'delivery_status');

it('says that it needs another event and the Callback URL of each message', () => {
	expect(choice?.description).toMatch(/Callback URL/);
	expect(choice?.description).toMatch(/another event/);
	// n8n makes an action of every event, and a click on it chooses this event alone.
	expect(choice?.action).toMatch(/another event/);
});

it('is the exception to having no URL to copy', () => {
	expect(triggerPanel).toMatchObject({
		activationHint: expect.stringMatching(/Delivery Status.*Callback URL/) as string,
	});
});
