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
		subtitle: '={{ $parameter["events"].includes("*") ? "all messages" : $parameter["events"].join(", ") }}',
		description: 'Starts the workflow when a WhatsApp message arrives at a Chatalo device',
		defaults: { name: 'Chatalo Trigger' },
		eventTriggerDescription: 'Waiting for a WhatsApp message to one of your Chatalo devices',
		activationMessage:
			'Messages to your Chatalo devices will now start this workflow. Chatalo keeps one webhook for each API key: this workflow holds it until it is deactivated.',
		triggerPanel: {
			header: 'Receive WhatsApp messages through Chatalo',
			executionsHelp: {
				inactive:
					'<b>While building</b>, click "Execute step" and send a message to the device from another phone. <b>When you are done</b>, publish the workflow: from then on every message starts it, and you see the runs in the executions list.',
				active: '<b>This workflow is active</b> and holds the one webhook of the API key. Listening for a test event needs "Take Over Production While Testing" in the options, or another API key. The runs stand in the executions list.',
			},
			activationHint:
				'Publish the workflow to receive messages all the time. You do not have to copy an address anywhere: the node registers it.',
		},
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'chataloApi', required: true }],
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
						'Only messages to these devices; all if none is chosen. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
				},
			],
			registration: chataloTrigger.registration,
			hasMedia: true,
			withoutId: 'messages',
		}),
	};

	methods = { loadOptions: { getDevices: loadList(chataloApi, deviceList) } };

	webhookMethods = webhookLifecycle(chataloTrigger);

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveWebhook(this, chataloTrigger);
	}
}
