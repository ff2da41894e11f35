/* What the tests have to know of each provider beyond what its sandbox says. This is their only list of providers. */
import { chataloAccount, providers, type ProviderDefinition, type ProviderName } from '../../sandbox';

/** A list in the editor that a text message does not need. */
export interface ListPlace {
	/** The entry of the nodes panel that adds an operation with that list. */
	action: string;
	field: string;
	credential: string;
}

/** One provider. */
export interface ProviderUnderTest {
	/** The name that the editor lists its nodes under. */
	label: string;
	/** Send Text as an agent's tool: all parameters but the phone number and the text. */
	textTool: Record<string, unknown>;
	/** Send and Wait for Response: all parameters but the phone number and the message. */
	sendAndWait: Record<string, unknown>;
	editor: {
		/** The entry of the nodes panel that sends a text. */
		send: string;
		/** The searchable list of that operation. */
		list?: string;
		/** A list to look at elsewhere. */
		elsewhere?: ListPlace;
		/** The list of the trigger. */
		triggerList?: { field: string; isMultiple: boolean };
	};
}

/** A choice from a list, by its id. */
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** An argument that the model fills in, as the editor writes it. */
export const fromAI = (key: string, about = ''): string =>
	`={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${key}', \`${about}\`, 'string') }}`;

/** By provider. A new provider needs an entry here. */
export const providersUnderTest: Record<ProviderName, ProviderUnderTest> = {
	balesOtomatis: {
		label: 'BalesOtomatis',
		textTool: { resource: 'personalMessage', operation: 'sendText' },
		sendAndWait: { resource: 'personalMessage' },
		editor: {
			send: 'Send a text message to a person',
			list: 'number',
			triggerList: { field: 'devices', isMultiple: true },
		},
	},
	chatalo: {
		label: 'Chatalo',
		textTool: { resource: 'message', operation: 'sendText', device: byId(fromAI('Device')) },
		sendAndWait: { resource: 'message', sendTo: 'person', device: byId(chataloAccount.devices.authenticated) },
		editor: {
			send: 'Send a text message to a person or a group',
			list: 'device',
			triggerList: { field: 'devices', isMultiple: true },
		},
	},
	chategy: {
		label: 'Chategy',
		textTool: { resource: 'delivery', operation: 'send' },
		sendAndWait: { resource: 'delivery', sendTo: 'phone' },
		editor: {
			send: 'Send a text message to a person',
			elsewhere: {
				action: 'Get an instance by its customer ID',
				field: 'customerId',
				credential: 'chategyDeveloperApi',
			},
		},
	},
	wapio: {
		label: 'Wapio',
		textTool: { resource: 'message', operation: 'sendText' },
		sendAndWait: { resource: 'message', sendTo: 'person' },
		editor: {
			send: 'Send a text message to a person or a group',
			list: 'session',
			triggerList: { field: 'session', isMultiple: false },
		},
	},
	whacenter: {
		label: 'Whacenter',
		textTool: { resource: 'message', operation: 'sendText' },
		sendAndWait: { resource: 'message' },
		editor: { send: 'Send a text message to a person' },
	},
};

/** All providers, in the order of the sandbox. */
export const providerNames = Object.keys(providers) as ProviderName[];

/** The credential types of a provider, the one of its nodes first. */
export function credentialTypesOf(provider: ProviderName): string[] {
	const { otherCredentials = {} }: ProviderDefinition = providers[provider];
	return [`${provider}Api`, ...Object.keys(otherCredentials)];
}

/** Whether the provider's webhooks are set up by hand, because its API cannot register any. */
export function hasWebhooksByHand(provider: ProviderName): boolean {
	const { webhooksByHand = false }: ProviderDefinition = providers[provider];
	return webhooksByHand;
}
