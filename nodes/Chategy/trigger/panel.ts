import type { INodeProperties } from 'n8n-workflow';
import { eventChoices } from '../../shared/trigger/choices';
import { triggerProperties } from '../../shared/trigger/properties';
import { chategyTrigger } from './chategyTrigger';

/** Whether to receive the events of one account, or of all instances of a developer. */
const authentication: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Client Access Token',
			value: 'accessToken',
			description: 'Receive the events of one account',
		},
		{
			name: 'Developer API Key',
			value: 'developerApiKey',
			description: 'Receive the events of all instances of a developer account',
		},
	],
	default: 'accessToken',
};

/** The trigger's fields: the account, the events (messages by default), and the rest. */
export const chategyTriggerProperties: INodeProperties[] = [
	authentication,
	...triggerProperties({
		events: eventChoices(
			['call', 'message', 'message_deleted', 'message_edited', 'message_reaction', 'message_status', 'notice'],
			[
				{
					name: 'Delivery Status',
					value: 'delivery_status',
					// n8n makes an action of every event; this one cannot be published without another event.
					action: 'On delivery status (add another event)',
					description:
						"Only for messages whose Callback URL is this trigger's registered URL (with its secret). Choose another event as well.",
				},
				{
					name: 'Messages: MAX',
					value: 'message_max',
					action: 'On MAX message',
					description: 'Only if your service offers MAX',
				},
				{
					name: 'Messages: MAX Bot',
					value: 'message_max_bot',
					action: 'On message to a MAX bot',
					description: 'Only if your service offers MAX bots',
				},
				{ name: 'Messages: Telegram', value: 'message_telegram', action: 'On Telegram message' },
				{
					name: 'Messages: Telegram Bot',
					value: 'message_telegram_bot',
					action: 'On message to a Telegram bot',
					description: 'Only if your service offers Telegram bots',
				},
				{ name: 'Messages: WhatsApp', value: 'message_whatsapp', action: 'On WhatsApp message' },
				{ name: 'WhatsApp Log In', value: 'log_in', action: 'On WhatsApp log-in' },
				{ name: 'WhatsApp Log Out', value: 'log_out', action: 'On WhatsApp log-out' },
			],
		),
		registration: chategyTrigger.registration,
		hasMedia: true,
		tellsSource: true,
		tellsStories: true,
		withoutId: 'states',
	}),
];
