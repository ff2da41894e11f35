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
import { allCapabilities } from './gateways';
import { groupSearches, senderOptions } from './lists';
import { routedResources } from './operations';
import { runRouted } from './run';

export class WhatsAppGateways implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WhatsApp Gateways',
		name: 'whatsAppGateways',
		icon: { light: 'file:../../icons/whatsappgateways.svg', dark: 'file:../../icons/whatsappgateways.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["providers"].join(" → ") }}',
		description: 'Send WhatsApp messages through the first of several providers that can',
		defaults: { name: 'WhatsApp Gateways' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: allCapabilities.map(({ provider, gateway }) => ({
			name: gateway.api.credentialType,
			required: true,
			displayOptions: { show: { providers: [provider] } },
		})),
		webhooks: waitingWebhooks,
		properties: propertiesOf({
			resources: routedResources.map((resource) => ({
				...resource,
				operations: resource.operations.map(({ operation }) => operation),
			})),
		}),
	};

	methods = { listSearch: groupSearches(), loadOptions: senderOptions() };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runRouted(this);
	}

	/** A person's response, for which an execution waits. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return receiveResponse(this);
	}
}
