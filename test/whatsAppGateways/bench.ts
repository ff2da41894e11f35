import type { INodeParameters } from 'n8n-workflow';
import { circuits } from '../../nodes/shared/http/timing/circuit';
import { WhatsAppGateways } from '../../nodes/WhatsAppGateways/WhatsAppGateways.node';
import { type ProviderName, type Sandbox, startSandbox } from '../../sandbox';
import { balesOtomatisAccount, chataloAccount } from '../../sandbox';
import { createEngine, type Engine, type NodeRun } from '../support/engine';
import type { CredentialValues } from '../support/n8n/credentials';
import type { NodeSource } from '../support/n8n/nodeTypes';
import { keyedBenchOf } from '../support/provider';
import { providerNodes, providers } from '../support/providers';
import type { NodeResult } from '../support/results';

/** The sandbox with all five providers, and an engine with the node above them. */
export interface RoutingBench {
	sandbox: Sandbox;
	engine: Engine;
	/** Credentials of all providers for the sandbox. */
	credentials: CredentialValues;
	/** Runs one operation; Send Text to the items' phone and text unless it says otherwise. */
	run: (parameters: INodeParameters, options?: Partial<NodeRun>) => Promise<NodeResult>;
	/** How many messages each provider accepted. */
	accepted: () => Record<string, number>;
	/** Everything as at the start, without announced limits. */
	reset: () => void;
	close: () => Promise<void>;
}

/** The phones that are chosen where the credential has no default. */
const phones: Record<string, INodeParameters> = {
	chatalo: { chataloDevices: [chataloAccount.devices.authenticated] },
	balesOtomatis: { balesOtomatisNumbers: [balesOtomatisAccount.numbers.connected] },
};

/** A fault: the provider refuses the key. */
export const REFUSED_KEY = { kind: 'status', status: 401 } as const;

/** Parameters of Send Text through these providers, in this order. */
export function through(...names: ProviderName[]): INodeParameters {
	return Object.assign({ providers: names }, ...names.map((name) => phones[name] ?? {})) as INodeParameters;
}

/** Send Text to a person, number and text being taken from each item. */
export const usual: INodeParameters = {
	resource: 'message',
	operation: 'sendText',
	sendTo: 'person',
	phoneNumber: '={{ $json.phone }}',
	text: '={{ $json.text }}',
};

/**
 * Starts both; close it when done. Announced limits are off.
 *
 * @param options `nodes`: what the engine has besides, by their types, or the routing node as n8n loads it; `isKeyed`: messages
 * carry keys wherever a provider knows them
 */
export async function startRoutingBench({
	nodes = {},
	isKeyed = false,
}: { nodes?: Record<string, NodeSource>; isKeyed?: boolean } = {}): Promise<RoutingBench> {
	const sandbox = await startSandbox();
	const reset = (): void => {
		sandbox.control.reset();
		for (const { type } of providers) sandbox.control.setRateLimit(type, null);
		circuits.clear();
	};
	reset();
	const credentials: CredentialValues = Object.fromEntries(
		providers.flatMap((provider) =>
			Object.entries(provider.credentials).map(([type, { sandboxValues }]) => [
				type,
				sandboxValues(sandbox.baseUrl(provider.type)),
			]),
		),
	);
	for (const { type, ...provider } of isKeyed ? providers : []) {
		const keyed = keyedBenchOf({ type, ...provider });
		if (keyed) credentials[keyed.credentialType] = keyed.credentialFor(sandbox.baseUrl(type));
	}
	const engine = createEngine({
		nodes: { ...providerNodes(), whatsAppGateways: WhatsAppGateways, ...nodes },
		credentialTypes: providers.flatMap((each) => Object.values(each.credentials).map(({ source }) => source)),
		credentials,
	});
	return {
		sandbox,
		engine,
		credentials,
		run: async (parameters, rest = {}) =>
			await engine.runNode({ type: 'whatsAppGateways', parameters: { ...usual, ...parameters }, ...rest }),
		accepted: () => {
			const counts: Record<string, number> = {};
			for (const { provider } of sandbox.control.messages()) counts[provider] = (counts[provider] ?? 0) + 1;
			return counts;
		},
		reset,
		close: async () => {
			await sandbox.close();
			await engine.close();
		},
	};
}
