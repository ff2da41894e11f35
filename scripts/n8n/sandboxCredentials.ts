import type { Sandbox } from '../../sandbox';
import { type ProviderName, providers } from '../../sandbox';
import type { N8nApi } from './api';
import type { Credential } from './content';

interface CredentialType {
	name: string;
	displayName: string;
	properties: Array<{ name: string; displayName: string }>;
}

/**
 * The credentials of all providers that the sandbox plays, pointing at it, and one of its simulated language model. The sandbox says what to type under which label;
 * n8n says which field that label stands for. So a new provider needs no line here.
 */
export async function sandboxCredentials(api: N8nApi, sandbox: Sandbox): Promise<Credential[]> {
	const types = await api.credentialTypes<CredentialType>();
	const gateways = (Object.keys(providers) as ProviderName[]).flatMap((provider) =>
		sandbox.credentials(provider).flatMap(({ type: name, values }) => {
			const type = types.find((each) => each.name === name);
			if (type === undefined) return [];
			const data = Object.fromEntries(
				Object.entries(values).map(([label, value]) => {
					const field = type.properties.find(({ displayName }) => displayName === label);
					if (field === undefined)
						throw new Error(`The credential "${type.displayName}" has no field "${label}"`);
					return [field.name, value] as const;
				}),
			);
			const isMain = name === `${provider}Api`;
			const id = isMain ? `sandbox-${provider}` : `sandbox-${name}`;
			return [{ id, name: `${type.displayName.replace(/ API$/, '')} (sandbox)`, type: name, data }];
		}),
	);
	return [...gateways, modelCredential(sandbox)];
}

/** Under n8n's own credential type, so that every OpenAI node works with it. The model takes any key. */
function modelCredential(sandbox: Sandbox): Credential {
	return {
		id: 'sandbox-openai',
		name: 'OpenAI (sandbox)',
		type: 'openAiApi',
		data: { apiKey: 'the-simulated-model-takes-any-key', url: sandbox.modelUrl },
	};
}
