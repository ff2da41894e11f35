import {
	type IExecuteFunctions,
	type INodeCredentialDescription,
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
import { credentialsNotice } from './fields';
import { allCapabilities } from './gateways';
import { groupSearches, senderOptions } from './lists';
import { routedGateway } from './operations';
import { runRouted } from './run';

const operationNames = Object.fromEntries(
	routedGateway.resources.flatMap(({ operations }) => operations.map(({ value, name }) => [value, name])),
);

const providerNames = Object.fromEntries(
	allCapabilities.map(({ provider, gateway }) => [provider, gateway.api.displayName]),
);

/**
 * When the editor shows a provider's credential. It takes a field of which every choice shows a credential for a choice of
 * how to log in, and hides it with all that it depends on (getMainAuthField of n8n's editor); the path from the root keeps
 * Providers from being one. It shows credentials in front of the last field that they depend on: so they depend on the one
 * that follows Providers, which is empty, and absent from a stored workflow.
 */
const whereChosen = (provider: string): INodeCredentialDescription['displayOptions'] => ({
	show: { '/providers': [provider], [credentialsNotice.name]: ['', undefined] },
});

export class WhatsAppGateways implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WhatsApp Gateways',
		name: 'whatsAppGateways',
		icon: { light: 'file:../../icons/whatsappgateways.svg', dark: 'file:../../icons/whatsappgateways.dark.svg' },
		group: ['output'],
		version: 1,
		// "Send Text: Chatalo → Wapio". A reply has no order: it goes back the way that the message came.
		subtitle: `={{ (${JSON.stringify(operationNames)})[$parameter["operation"]] + [$parameter["providers"]].flat()
			.map((name, index) => (index === 0 ? ": " : $parameter["operation"] === "reply" ? ", " : " → ") + ((${JSON.stringify(providerNames)})[name] ?? name))
			.join("") }}`,
		description: 'Send WhatsApp messages through the first of several providers that can',
		defaults: { name: 'WhatsApp Gateways' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: allCapabilities.map(({ provider, gateway }) => ({
			name: gateway.api.credentialType,
			required: true,
			displayOptions: whereChosen(provider),
		})),
		webhooks: waitingWebhooks,
		properties: propertiesOf(routedGateway),
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
