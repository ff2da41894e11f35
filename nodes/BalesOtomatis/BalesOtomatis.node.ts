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
import { balesOtomatisApi } from './api/balesOtomatisApi';
import { balesOtomatis } from './balesotomatis.gateway';
import { contactListList, groupList, numberList, templateList } from './balesotomatis.lists';

export class BalesOtomatis implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'BalesOtomatis',
		name: 'balesOtomatis',
		icon: { light: 'file:../../icons/balesotomatis.svg', dark: 'file:../../icons/balesotomatis.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Send and receive WhatsApp messages through BalesOtomatis',
		defaults: { name: 'BalesOtomatis' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'balesOtomatisApi', required: true }],
		webhooks: waitingWebhooks,
		properties: propertiesOf(balesOtomatis),
	};

	methods = {
		listSearch: {
			searchContactLists: searchList(balesOtomatisApi, contactListList),
			searchGroups: searchList(balesOtomatisApi, groupList),
			searchNumbers: searchList(balesOtomatisApi, numberList),
			searchTemplates: searchList(balesOtomatisApi, templateList),
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(this, balesOtomatis);
	}

	/** Receives the response that an execution is waiting for. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return receiveResponse(this);
	}
}
