import { type Bench, startProviderBench } from '../../test/support/bench';
import { providerOf } from '../../test/support/providers';
import type { ProviderTypes } from './catalog';

/** A bench with what else a page needs. */
export interface DocsBench extends Bench {
	/** Values of the credential that the editor hides. */
	secrets: string[];
}

/** The sandbox and the engine with a provider's nodes; close it when done. */
export async function startDocsBench({ name, node, trigger, credentials }: ProviderTypes): Promise<DocsBench> {
	const provider = providerOf(name).bench;
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
