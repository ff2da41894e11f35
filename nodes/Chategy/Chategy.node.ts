import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { isSendAndWait, receiveResponse } from '../shared/messaging/response/receive';
import { propertiesOf } from '../shared/operations/define/properties';
import { searchList } from '../shared/operations/n8n/listSearch';
import { receiveCallback, waitingWebhooks } from '../shared/operations/n8n/waiting';
import { runOperations } from '../shared/operations/run/runner';
import { chategyApi, chategyDeveloperApi } from './api/chategyApi';
import { chategy } from './chategy.gateway';
import { customerList, externalIdList, instanceList, senderNameList, utmMarkList, webhookList } from './chategy.lists';
import { callbackOf } from './trigger/callback';

export class Chategy implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Chategy',
		name: 'chategy',
		icon: { light: 'file:../../icons/chategy.svg', dark: 'file:../../icons/chategy.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Send and receive WhatsApp, Telegram, MAX and SMS messages through Chategy',
		defaults: { name: 'Chategy' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'chategyApi',
				required: true,
				displayOptions: { hide: { resource: ['instance', 'webhook'] } },
			},
			{
				name: 'chategyDeveloperApi',
				required: true,
				displayOptions: { show: { resource: ['instance', 'webhook'] } },
			},
		],
		webhooks: waitingWebhooks,
		properties: propertiesOf(chategy),
	};

	methods = {
		listSearch: {
			searchCustomers: searchList(chategyDeveloperApi, customerList),
			searchExternalIds: searchList(chategyDeveloperApi, externalIdList),
			searchInstances: searchList(chategyDeveloperApi, instanceList),
			searchSenderNames: searchList(chategyApi, senderNameList),
			searchUtmMarks: searchList(chategyApi, utmMarkList),
			searchWebhooks: searchList(chategyDeveloperApi, webhookList),
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(this, chategy);
	}

	/** Receives the final status or the response that an execution waits for. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return isSendAndWait(this) ? receiveResponse(this) : receiveCallback(this, callbackOf);
	}
}
