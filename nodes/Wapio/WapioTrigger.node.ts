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
		description:
			'Starts the workflow when a WhatsApp message arrives at a Wapio session, or something else happens there',
		defaults: { name: 'Wapio Trigger' },
		eventTriggerDescription: 'Waiting for an event of your Wapio session',
		activationMessage:
			'Events of your Wapio session will now start this workflow. Wapio keeps one webhook for each session: this workflow holds it until it is deactivated.',
		triggerPanel: {
			header: 'Receive WhatsApp messages through Wapio',
			executionsHelp: {
				inactive:
					'<b>While building</b>, click "Execute step" and send a message to the session from another phone. <b>When you are done</b>, publish the workflow: from then on every message starts it, and you see the runs in the executions list.',
				active: '<b>This workflow is active</b> and holds the one webhook of the session. Listening for a test event needs "Take Over Production While Testing" in the options, or another session. The runs stand in the executions list.',
			},
			activationHint:
				'Publish the workflow to receive events all the time. With a personal access token in the credential you do not have to copy an address anywhere: the node registers it.',
		},
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'wapioApi', required: true }],
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
		properties: wapioTriggerProperties,
	};

	methods = { listSearch: { searchSessions: searchList(wapioApi, sessionList) } };

	webhookMethods = webhookLifecycle(wapioTrigger);

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveWebhook(this, wapioTrigger);
	}
}
