import {
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { loadList } from '../shared/operations/n8n/listSearch';
import { eventChoices } from '../shared/trigger/choices';
import { triggerProperties } from '../shared/trigger/properties';
import { receiveWebhook } from '../shared/trigger/receive/receive';
import { webhookLifecycle } from '../shared/trigger/register/lifecycle';
import { chataloApi } from './chatalo.api';
import { deviceList } from './chatalo.lists';
import { chataloTrigger } from './chatalo.trigger';

export class ChataloTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Chatalo Trigger',
		name: 'chataloTrigger',
		icon: { light: 'file:../../icons/chatalo.svg', dark: 'file:../../icons/chatalo.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].includes("*") ? "all events" : $parameter["events"].join(", ") }}',
		description: 'Send and receive WhatsApp messages through Chatalo',
		defaults: { name: 'Chatalo Trigger' },
		eventTriggerDescription: 'Waiting for a WhatsApp message to one of your Chatalo devices',
		activationMessage:
			'Messages to your Chatalo devices now start this workflow. Chatalo has one webhook for each API key: this workflow uses it until you unpublish it.',
		triggerPanel: {
			header: 'Receive WhatsApp messages through Chatalo',
			executionsHelp: {
				inactive:
					'<b>While building</b>, click "Execute step" and send a message to the device from another phone. <b>When you are done</b>, publish the workflow. Runs appear under Executions.<br><br><b>What starts it:</b> messages from people in private chats and groups: text, photos, videos, voice notes, documents, stickers, locations.<br><b>What does not:</b> messages the device itself sends and stories (unless you include them in the options), and messages that could not be read (unless you choose Notice under Events). Chatalo does not report edits, deleted messages, reactions, calls or read receipts.',
				active: '<b>This workflow is published</b> and uses the one webhook of the API key. To listen for a test event, turn on "Take Over Production While Testing" in the options, or use another API key. Runs appear under Executions.',
			},
			activationHint:
				'Publish the workflow to receive messages all the time. There is no address to copy: the node registers its webhook automatically.',
		},
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'chataloApi', required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				// Any other value would replace our own response.
				responseData: '',
				path: 'webhook',
			},
		],
		properties: triggerProperties({
			events: eventChoices([
				'message',
				'notice',
				'audio',
				'document',
				'image',
				'location',
				'sticker',
				'text',
				'video',
			]),
			fields: [
				{
					displayName: 'Device Names or IDs',
					name: 'devices',
					type: 'multiOptions',
					typeOptions: { loadOptionsMethod: 'getDevices' },
					default: [],
					description:
						'Only messages to these devices. Leave empty for all devices. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
				},
			],
			registration: chataloTrigger.registration,
			hasMedia: true,
			tellsStories: true,
			withoutId: 'messages',
		}),
	};

	methods = { loadOptions: { getDevices: loadList(chataloApi, deviceList) } };

	webhookMethods = webhookLifecycle(chataloTrigger);

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveWebhook(this, chataloTrigger);
	}
}
