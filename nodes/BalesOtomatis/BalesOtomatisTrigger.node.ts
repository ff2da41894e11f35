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
import { balesOtomatisApi } from './api/balesOtomatisApi';
import { numberList } from './balesotomatis.lists';
import { balesOtomatisTrigger } from './balesotomatis.trigger';

export class BalesOtomatisTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'BalesOtomatis Trigger',
		name: 'balesOtomatisTrigger',
		icon: { light: 'file:../../icons/balesotomatis.svg', dark: 'file:../../icons/balesotomatis.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].includes("*") ? "all events" : $parameter["events"].join(", ") }}',
		description: 'Send and receive WhatsApp messages through BalesOtomatis',
		defaults: { name: 'BalesOtomatis Trigger' },
		eventTriggerDescription:
			'Waiting for a WhatsApp message. It arrives only if the Test URL of this node is set in BalesOtomatis, under Integration > REST API',
		activationMessage:
			'Messages start this workflow once you have pasted the Production URL of this node in the BalesOtomatis dashboard, under Integration > REST API.',
		triggerPanel: {
			header: 'Receive WhatsApp messages through BalesOtomatis',
			executionsHelp: {
				inactive:
					'<b>Webhooks must be set up manually in BalesOtomatis.</b> Open "Webhook URLs" in this node and copy the Test URL while building, the Production URL when you are done. Paste it in the BalesOtomatis dashboard under Integration > REST API, and choose the event incoming_chat and the device. <b>To test</b>, click "Execute step" and send a message to the number. Publish the workflow to receive messages all the time. Runs appear under Executions.<br><br><b>What starts it:</b> messages from people in private chats, groups and channels: text, photos, videos, voice notes, documents. BalesOtomatis reports the name and type of a file, but no URL to download it from.<br><b>What does not:</b> messages the number itself sends and stories (unless you include them in the options), messages that could not be read (unless you choose Notice under Events), and anything else BalesOtomatis sends (unless you choose Other Events).',
				active: '<b>This workflow is published.</b> It receives what BalesOtomatis sends to its Production URL. To listen for a test event, paste the Test URL in the dashboard for as long as you test. Runs appear under Executions.',
			},
			activationHint:
				'Publish the workflow, and paste the Production URL of this node in the BalesOtomatis dashboard under Integration > REST API.',
		},
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'balesOtomatisApi', required: true }],
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
		properties: [
			{
				displayName:
					'Webhooks must be set up manually in BalesOtomatis. Copy the URL above (the Test URL while building, the Production URL when you are done) and paste it in the BalesOtomatis dashboard under Integration > REST API. Choose the event <b>incoming_chat</b> and the device there.',
				name: 'pasteNotice',
				type: 'notice',
				default: '',
			},
			...triggerProperties({
				events: eventChoices(
					['message', 'notice', 'audio', 'document', 'image', 'text', 'video'],
					[
						{
							name: 'Other Events',
							value: 'unknown',
							action: 'On another event',
							description:
								'Anything else BalesOtomatis sends. Set Output to "Simplified and Raw" to read it.',
						},
					],
				),
				fields: [
					{
						displayName: 'Number Names or IDs',
						name: 'devices',
						type: 'multiOptions',
						typeOptions: { loadOptionsMethod: 'getNumbers' },
						default: [],
						description:
							'Only events from these connected numbers. Leave empty for all numbers. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
					},
				],
				registration: balesOtomatisTrigger.registration,
				hasMedia: false,
				withoutId: 'messages',
				tellsStories: true,
				takesSecret: true,
			}),
		],
	};

	methods = { loadOptions: { getNumbers: loadList(balesOtomatisApi, numberList) } };

	webhookMethods = webhookLifecycle(balesOtomatisTrigger);

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveWebhook(this, balesOtomatisTrigger);
	}
}
