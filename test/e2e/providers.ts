/* The providers as the tests against a real n8n see them. */
import { type ProviderDefinition, type ProviderName, providers as sandboxProviders } from '../../sandbox';
import { providerOf, providers } from '../support/providers';

/** All providers. */
export const providerNames: ProviderName[] = providers.map(({ type }) => type);

/** The credential types of a provider, the one of its nodes first. */
export function credentialTypesOf(provider: ProviderName): string[] {
	return Object.keys(providerOf(provider).credentials);
}

/** Whether the provider's webhooks are set up by hand, because its API cannot register any. */
export function hasWebhooksByHand(provider: ProviderName): boolean {
	const { webhooksByHand = false }: ProviderDefinition = sandboxProviders[provider];
	return webhooksByHand;
}
