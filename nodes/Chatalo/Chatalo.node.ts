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
import { loadList, searchList } from '../shared/operations/n8n/listSearch';
import { waitingWebhooks } from '../shared/operations/n8n/waiting';
import { runOperations } from '../shared/operations/run/runner';
import { chataloApi } from './chatalo.api';
import { chatalo } from './chatalo.gateway';
import { contactList, deviceList, groupList } from './chatalo.lists';

export class Chatalo implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Chatalo',
		name: 'chatalo',
		icon: { light: 'file:../../icons/chatalo.svg', dark: 'file:../../icons/chatalo.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Send and receive WhatsApp messages through Chatalo',
		defaults: { name: 'Chatalo' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'chataloApi', required: true }],
		webhooks: waitingWebhooks,
		properties: propertiesOf(chatalo),
	};

	methods = {
		listSearch: {
			searchContacts: searchList(chataloApi, contactList),
			searchDevices: searchList(chataloApi, deviceList),
			searchGroups: searchList(chataloApi, groupList),
		},
		loadOptions: {
			getDevices: loadList(chataloApi, deviceList),
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(this, chatalo);
	}

	/** Receives the response that an execution is waiting for. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return receiveResponse(this);
	}
}
