import {
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { eventChoices } from '../shared/trigger/choices';
import { triggerProperties } from '../shared/trigger/properties';
import { receiveWebhook } from '../shared/trigger/receive/receive';
import { webhookLifecycle } from '../shared/trigger/register/lifecycle';
import { chategyTrigger } from './trigger/chategyTrigger';

export class ChategyTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Chategy Trigger',
		name: 'chategyTrigger',
		icon: { light: 'file:../../icons/chategy.svg', dark: 'file:../../icons/chategy.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].includes("*") ? "all events" : $parameter["events"].join(", ") }}',
		description: 'Starts the workflow when a message, a status or a call arrives at a Chategy account',
		defaults: { name: 'Chategy Trigger' },
		eventTriggerDescription: 'Waiting for an event of your Chategy account',
		activationMessage:
			'Events of your Chategy account will now start this workflow. Other webhooks of the account are left as they are.',
		triggerPanel: {
			header: 'Receive WhatsApp, Telegram and MAX messages through Chategy',
			executionsHelp: {
				inactive:
					'<b>While building</b>, click "Execute step" and send a message to the connected account from another phone. <b>When you are done</b>, publish the workflow: from then on every event starts it, and you see the runs in the executions list.',
				active: '<b>This workflow is active.</b> Listening for a test event does not disturb it: the test has a webhook of its own, and the active workflow gets the event as well. The runs stand in the executions list.',
			},
			activationHint:
				'Publish the workflow to receive events all the time. You do not have to copy an address anywhere: the node registers it.',
		},
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'chategyApi',
				required: true,
				displayOptions: { show: { authentication: ['accessToken'] } },
			},
			{
				name: 'chategyDeveloperApi',
				required: true,
				displayOptions: { show: { authentication: ['developerApiKey'] } },
			},
		],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				// Anything else would be what n8n answers in place of ours.
				responseData: '',
				path: 'webhook',
			},
		],
		properties: [
			{
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
			},
			...triggerProperties({
				events: eventChoices(
					[
						'call',
						'message',
						'message_deleted',
						'message_edited',
						'message_reaction',
						'message_status',
						'notice',
						'poll_vote',
					],
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
							description: 'Not on every service',
						},
						{ name: 'Messages: Telegram', value: 'message_telegram', action: 'On Telegram message' },
						{ name: 'Messages: WhatsApp', value: 'message_whatsapp', action: 'On WhatsApp message' },
						{ name: 'WhatsApp Log In', value: 'log_in', action: 'On WhatsApp log-in' },
						{ name: 'WhatsApp Log Out', value: 'log_out', action: 'On WhatsApp log-out' },
					],
				),
				registration: chategyTrigger.registration,
				hasMedia: true,
				withoutId: 'states',
				tellsSource: true,
				tellsStories: true,
			}),
		],
	};

	webhookMethods = webhookLifecycle(chategyTrigger);

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveWebhook(this, chategyTrigger);
	}
}
