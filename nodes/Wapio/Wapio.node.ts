import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { receiveResponse } from '../shared/messaging/response/receive';
import { propertiesOf } from '../shared/operations/define/properties';
import { searchList } from '../shared/operations/n8n/listSearch';
import { waitingWebhooks } from '../shared/operations/n8n/waiting';
import { runOperations } from '../shared/operations/run/runner';
import { wapioApi } from './api/wapioApi';
import { wapio } from './wapio.gateway';
import { channelList, chatList, contactList, groupList, sessionList } from './wapio.lists';

export class Wapio implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Wapio',
		name: 'wapio',
		icon: { light: 'file:../../icons/wapio.svg', dark: 'file:../../icons/wapio.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Send and receive WhatsApp messages through Wapio',
		defaults: { name: 'Wapio' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'wapioApi', required: true }],
		webhooks: waitingWebhooks,
		properties: propertiesOf(wapio),
	};

	methods = {
		listSearch: {
			searchChannels: searchList(wapioApi, channelList),
			searchChats: searchList(wapioApi, chatList),
			searchContacts: searchList(wapioApi, contactList),
			searchGroups: searchList(wapioApi, groupList),
			searchSessions: searchList(wapioApi, sessionList),
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(this, wapio);
	}

	/** Receives the response that an execution waits for. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return receiveResponse(this);
	}
}
