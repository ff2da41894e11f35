import type { ProviderName } from '../../sandbox';
import { balesOtomatis } from '../../test/providers/balesotomatis/bench';
import { chatalo } from '../../test/providers/chatalo/bench';
import { chategy } from '../../test/providers/chategy/bench';
import { wapio } from '../../test/providers/wapio/bench';
import { whacenter } from '../../test/providers/whacenter/bench';
import { type Bench, type BenchProvider, startProviderBench } from '../../test/support/bench';
import type { ProviderTypes } from './catalog';

/** The providers' nodes by their names. */
export const benches: Record<ProviderName, BenchProvider> = { balesOtomatis, chatalo, chategy, wapio, whacenter };

/** A bench with what else a page needs. */
export interface DocsBench extends Bench {
	/** Values of the credential that the editor hides. */
	secrets: string[];
}

/** The sandbox and the engine with a provider's nodes; close it when done. */
export async function startDocsBench({ name, node, trigger, credentials }: ProviderTypes): Promise<DocsBench> {
	const provider = benches[name];
	const bench = await startProviderBench(provider, {
		nodes: { [name]: node, [`${name}Trigger`]: trigger },
		credentialTypes: credentials,
	});
	const values = provider.credentialFor(bench.sandbox.baseUrl(name));
	const hidden = credentials.flatMap(({ properties }) =>
		properties.filter(({ typeOptions }) => typeOptions?.password === true),
	);
	const secrets = hidden.map((property) => values[property.name]).filter((value) => typeof value === 'string');
	return { ...bench, secrets };
}
