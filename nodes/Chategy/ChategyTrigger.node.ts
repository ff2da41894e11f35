import {
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { receiveWebhook } from '../shared/trigger/receive/receive';
import { webhookLifecycle } from '../shared/trigger/register/lifecycle';
import { chategyTrigger } from './trigger/chategyTrigger';
import { chategyTriggerProperties } from './trigger/panel';

export class ChategyTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Chategy Trigger',
		name: 'chategyTrigger',
		icon: { light: 'file:../../icons/chategy.svg', dark: 'file:../../icons/chategy.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].includes("*") ? "all events" : $parameter["events"].join(", ") }}',
		description: 'Send and receive WhatsApp, Telegram, MAX and SMS messages through Chategy',
		defaults: { name: 'Chategy Trigger' },
		eventTriggerDescription: 'Waiting for an event from your Chategy account',
		activationMessage:
			'The events you chose will now start this workflow. Other webhooks of your Chategy account are not changed.',
		triggerPanel: {
			header: 'Receive WhatsApp, Telegram and MAX messages through Chategy',
			executionsHelp: {
				inactive:
					'<b>While building</b>, click "Execute step" and send a message to the connected account from another phone. <b>When you are done</b>, publish the workflow. Every incoming message then starts it. Edits, deletions, reactions, statuses, calls and notices start it only if you choose them under Events. Runs appear under Executions.',
				active: '<b>This workflow is published.</b> Listening for a test event does not affect it: the test has its own webhook, and the published workflow also receives the event. Runs appear under Executions.',
			},
			activationHint:
				'Publish the workflow to receive events all the time. The node registers its webhook automatically, so there is no URL to copy, except for Delivery Status: enter the registered URL (with its secret) as the Callback URL of your messages.',
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
				// n8n would return anything else instead of our response.
				responseData: '',
				path: 'webhook',
			},
		],
		properties: chategyTriggerProperties,
	};

	webhookMethods = webhookLifecycle(chategyTrigger);

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveWebhook(this, chategyTrigger);
	}
}
