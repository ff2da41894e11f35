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
		subtitle: '={{ $parameter["events"].includes("*") ? "all events" : $parameter["events"].join(", ") }}',
		description: 'Send and receive WhatsApp messages through Whacenter',
		defaults: { name: 'Whacenter Trigger' },
		eventTriggerDescription: 'Waiting for a WhatsApp message to your Whacenter device',
		activationMessage:
			'Messages to your Whacenter device now start this workflow. Whacenter has one webhook for each device: this workflow uses it until you unpublish it.',
		triggerPanel: {
			header: 'Receive WhatsApp messages through Whacenter',
			executionsHelp: {
				inactive:
					'<b>While building</b>, click "Execute step" and send a message to the device from another phone. <b>When you are done</b>, publish the workflow. Runs appear under Executions.<br><br><b>What starts it:</b> messages from people in private chats and groups: text, photos, videos, voice notes, documents, stickers.<br><b>What does not:</b> messages the device itself sends and stories (unless you include them in the options), and messages that could not be read (unless you choose Notice under Events). Whacenter does not report edits, deleted messages, reactions, calls or read receipts.',
				active: '<b>This workflow is published</b> and uses the one webhook of the device. To listen for a test event, turn on "Take Over Production While Testing" in the options, or use another device. Runs appear under Executions.',
			},
			activationHint:
				'Publish the workflow to receive messages all the time. There is no address to copy: the node registers its webhook automatically.',
		},
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'whacenterApi', required: true }],
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
			events: eventChoices(['message', 'notice', 'audio', 'document', 'image', 'sticker', 'text', 'video']),
			registration: whacenterTrigger.registration,
			hasMedia: true,
			tellsStories: true,
			withoutId: 'messages',
		}),
	};

	webhookMethods = webhookLifecycle(whacenterTrigger);

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveWebhook(this, whacenterTrigger);
	}
}
