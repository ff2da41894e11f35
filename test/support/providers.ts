/** The one list of the providers. Tests and programs read it; a further provider is an import and an entry here. */
import type { ProviderName } from '../../sandbox';
import { balesOtomatis } from '../providers/balesotomatis/provider';
import { chatalo } from '../providers/chatalo/provider';
import { chategy } from '../providers/chategy/provider';
import { wapio } from '../providers/wapio/provider';
import { whacenter } from '../providers/whacenter/provider';
import type { NodeSource } from './n8n/nodeTypes';
import type { Provider } from './provider';

export type { Provider, ProviderCredential } from './provider';

/** By n8n's name; the type checker names those that the sandbox plays and this lacks. */
const registry: Record<ProviderName, Provider> = {
	balesOtomatis,
	chatalo,
	chategy,
	wapio,
	whacenter,
};

/** Where tests run on the packed package of one provider, its name (see jest.packages.config.js). */
const { PACKED_PROVIDER } = process.env;

/** All providers, in the order of the documentation. */
export const providers: Provider[] = Object.values(registry).filter(({ name }) =>
	[undefined, name].includes(PACKED_PROVIDER),
);

/** The provider with one of n8n's names. */
export function providerOf(name: ProviderName): Provider {
	return registry[name];
}

/** The action nodes and triggers of all providers, by n8n's names. */
export function providerNodes(): Record<string, NodeSource> {
	return Object.fromEntries(
		providers.flatMap(({ type, node, trigger }) => [[type, node] as const, [`${type}Trigger`, trigger] as const]),
	);
}
