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
import { waitingWebhooks } from '../shared/operations/n8n/waiting';
import { runOperations } from '../shared/operations/run/runner';
import { whacenter } from './whacenter.gateway';

export class Whacenter implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Whacenter',
		name: 'whacenter',
		icon: { light: 'file:../../icons/whacenter.svg', dark: 'file:../../icons/whacenter.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Send and receive WhatsApp messages through Whacenter',
		defaults: { name: 'Whacenter' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'whacenterApi', required: true }],
		webhooks: waitingWebhooks,
		properties: propertiesOf(whacenter),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(this, whacenter);
	}

	/** Receives the response that an execution is waiting for. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return receiveResponse(this);
	}
}
