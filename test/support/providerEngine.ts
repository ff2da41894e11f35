import { createEngine, type Engine } from './engine';
import { providerNodes, providers } from './providers';

/** An engine with the nodes and credential types of all providers. Close it when done. */
export function createProviderEngine(): Engine {
	return createEngine({
		nodes: providerNodes(),
		credentialTypes: providers.flatMap(({ credentials }) => Object.values(credentials).map(({ source }) => source)),
	});
}
