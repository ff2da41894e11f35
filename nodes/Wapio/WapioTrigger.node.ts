import {
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { searchList } from '../shared/operations/n8n/listSearch';
import { receiveWebhook } from '../shared/trigger/receive/receive';
import { webhookLifecycle } from '../shared/trigger/register/lifecycle';
import { wapioApi } from './api/wapioApi';
import { wapioTriggerProperties } from './trigger/panel';
import { wapioTrigger } from './trigger/wapioTrigger';
import { sessionList } from './wapio.lists';

export class WapioTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Wapio Trigger',
		name: 'wapioTrigger',
		icon: { light: 'file:../../icons/wapio.svg', dark: 'file:../../icons/wapio.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].includes("*") ? "all events" : $parameter["events"].join(", ") }}',
		description: 'Send and receive WhatsApp messages through Wapio',
		defaults: { name: 'Wapio Trigger' },
		eventTriggerDescription: 'Waiting for an event from your Wapio session',
		activationMessage:
			'Events from your Wapio session will now start this workflow. Wapio keeps one webhook per session; this workflow holds it until you unpublish it.',
		triggerPanel: {
			header: 'Receive WhatsApp messages through Wapio',
			executionsHelp: {
				inactive:
					'<b>While building</b>, click "Execute step" and send a message to the session from another phone. <b>When you are done</b>, publish the workflow. Every message then starts it, and runs appear under Executions.',
				active: '<b>This workflow is published</b> and holds the only webhook of the session. To listen for a test event, turn on "Take Over Production While Testing" in the options or use another session. Runs appear under Executions.',
			},
			activationHint:
				'Publish the workflow to receive events all the time. With a personal access token in the credential, the node registers its webhook automatically.',
		},
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'wapioApi', required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				// Any other value would replace our response.
				responseData: '',
				path: 'webhook',
			},
		],
		properties: wapioTriggerProperties,
	};

	methods = { listSearch: { searchSessions: searchList(wapioApi, sessionList) } };

	webhookMethods = webhookLifecycle(wapioTrigger);

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveWebhook(this, wapioTrigger);
	}
}
