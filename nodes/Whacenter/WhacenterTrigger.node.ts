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
import { whacenterTrigger } from './whacenter.trigger';

export class WhacenterTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Whacenter Trigger',
		name: 'whacenterTrigger',
		icon: { light: 'file:../../icons/whacenter.svg', dark: 'file:../../icons/whacenter.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].includes("*") ? "all messages" : $parameter["events"].join(", ") }}',
		description: 'Starts the workflow when a WhatsApp message arrives at a Whacenter device',
		defaults: { name: 'Whacenter Trigger' },
		eventTriggerDescription: 'Waiting for a WhatsApp message to your Whacenter device',
		activationMessage:
			'Messages to your Whacenter device will now start this workflow. Whacenter keeps one webhook for each device: this workflow holds it until it is deactivated.',
		triggerPanel: {
			header: 'Receive WhatsApp messages through Whacenter',
			executionsHelp: {
				inactive:
					'<b>While building</b>, click "Execute step" and send a message to the device from another phone. <b>When you are done</b>, publish the workflow: from then on every message starts it, and you see the runs in the executions list.',
				active: '<b>This workflow is active</b> and holds the one webhook of the device. Listening for a test event needs "Take Over Production While Testing" in the options, or another device. The runs stand in the executions list.',
			},
			activationHint:
				'Publish the workflow to receive messages all the time. You do not have to copy an address anywhere: the node registers it.',
		},
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'whacenterApi', required: true }],
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
			events: eventChoices(['message', 'notice', 'audio', 'document', 'image', 'sticker', 'text', 'video']),
			registration: whacenterTrigger.registration,
			hasMedia: true,
			withoutId: 'messages',
		}),
	};

	webhookMethods = webhookLifecycle(whacenterTrigger);

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveWebhook(this, whacenterTrigger);
	}
}
