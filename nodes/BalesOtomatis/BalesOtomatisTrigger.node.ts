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
		description: 'Starts the workflow when a WhatsApp message arrives at a BalesOtomatis number',
		defaults: { name: 'BalesOtomatis Trigger' },
		eventTriggerDescription:
			'Waiting for a WhatsApp message. BalesOtomatis must know the Test URL of this node for it: paste it in Integration > REST API',
		activationMessage:
			'Messages will start this workflow once the Production URL of this node stands in the BalesOtomatis dashboard, under Integration > REST API.',
		triggerPanel: {
			header: 'Receive WhatsApp messages through BalesOtomatis',
			executionsHelp: {
				inactive:
					'<b>BalesOtomatis has no way to register an address by itself.</b> Open "Webhook URLs" in this node and copy the Test URL while building, the Production URL when you are done. Paste it in the BalesOtomatis dashboard under Integration > REST API as the webhook, choose the event incoming_chat and the device. <b>To test</b>, click "Execute step" and send a message to the number. Publish the workflow to receive messages all the time.',
				active: '<b>This workflow is active.</b> It receives what BalesOtomatis posts to its Production URL. To listen for a test event, paste the Test URL in the dashboard meanwhile. The runs stand in the executions list.',
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
				// Anything else would be what n8n answers in place of ours.
				responseData: '',
				path: 'webhook',
			},
		],
		properties: [
			{
				displayName:
					'BalesOtomatis has no way to register this webhook by itself. Copy the URL above (Webhook URLs: the Test URL while building, the Production URL afterwards) and paste it in the BalesOtomatis dashboard under Integration > REST API. Choose the event <b>incoming_chat</b> and the device there.',
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
							description: 'What the provider tells besides messages',
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
							'Only what arrives at these numbers; all if none is chosen. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
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
