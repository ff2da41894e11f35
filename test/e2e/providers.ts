/* What the tests have to know of each provider; its entry in the registry says it. */
import { type ProviderDefinition, type ProviderName, providers } from '../../sandbox';
import { type ListPlace, partOf } from '../support/provider';
import { providers as registered } from '../support/providers';

export { fromAI } from '../support/fromAI';

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

/** By provider. */
export const providersUnderTest = Object.fromEntries(
	registered.map(({ type, name, sendAndWait, editor }): [string, ProviderUnderTest] => [
		type,
		{
			label: name,
			textTool: editor.textTool,
			sendAndWait,
			editor: {
				send: editor.send,
				list: partOf(editor.list),
				elsewhere: partOf(editor.elsewhere),
				triggerList: partOf(editor.triggerList),
			},
		},
	]),
) as Record<ProviderName, ProviderUnderTest>;

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
