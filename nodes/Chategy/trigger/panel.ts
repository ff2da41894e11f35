import type { INodeProperties } from 'n8n-workflow';
import { eventChoices } from '../../shared/trigger/choices';
import { triggerProperties } from '../../shared/trigger/properties';
import { chategyTrigger } from './chategyTrigger';

/** Whose events: one account's, or those of all instances of a developer. */
const authentication: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Client Access Token',
			value: 'accessToken',
			description: 'Events of one account',
		},
		{
			name: 'Developer API Key',
			value: 'developerApiKey',
			description: 'Events of all instances of a developer',
		},
	],
	default: 'accessToken',
};

/** The trigger's fields: whose events, which events, and the rest; messages unless chosen otherwise. */
export const chategyTriggerProperties: INodeProperties[] = [
	authentication,
	...triggerProperties({
		events: eventChoices(
			['call', 'message', 'message_deleted', 'message_edited', 'message_reaction', 'message_status', 'notice'],
			[
				{
					name: 'Delivery Status',
					value: 'delivery_status',
					action: 'On delivery status',
					description: 'What a message posts to its Callback URL',
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
