import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';
import { type ProviderName, type Sandbox, startSandbox } from '../../sandbox';
import type { CredentialSource } from './n8n/credentials';
import { createEngine, type Engine, type EngineOptions, type NodeRun } from './engine';
import type { NodeSource } from './n8n/nodeTypes';
import type { NodeResult } from './results';

/** A provider's nodes, as the tests against the sandbox need them. */
export interface BenchProvider {
	/** n8n's name of the node and the sandbox's of the provider. */
	name: ProviderName;
	node: NodeSource;
	trigger: NodeSource;
	credential: CredentialSource;
	credentialType: string;
	/** Values of a credential for the sandbox. */
	credentialFor: (baseUrl: string) => ICredentialDataDecryptedObject;
	/** Further credentials by type, where some operations need another one. */
	others?: Record<string, OtherCredential>;
	/** Parameters of Send Text to a person, the number and text being taken from each item. */
	sendText: INodeParameters;
}

/** A credential beside the usual one. */
export interface OtherCredential {
	source: CredentialSource;
	/** Values for the sandbox. */
	valuesFor: (baseUrl: string) => ICredentialDataDecryptedObject;
}

/** The sandbox and n8n's engine, with one provider's nodes and a credential that fits. */
export interface Bench {
	sandbox: Sandbox;
	engine: Engine;
	/** Runs one operation. */
	run: (parameters: INodeParameters, options?: Partial<NodeRun>) => Promise<NodeResult>;
	sendText: INodeParameters;
	close: () => Promise<void>;
}

/** A resource locator as the editor stores it. */
export function byId(value: string): INodeParameters {
	return { __rl: true, mode: 'id', value };
}

/** `count` items with a valid number and a text of their own. */
export function recipients(count: number) {
	return Array.from({ length: count }, (_none, index) => ({
		json: { phone: String(6_281_200_000_000 + index), text: `message ${index}` },
	}));
}

/** Starts both; close it when done. An announced limit is off unless a test turns it on. */
export async function startProviderBench(provider: BenchProvider, options: EngineOptions = {}): Promise<Bench> {
	const { name, node, trigger, credential, credentialType, credentialFor, others = {}, sendText } = provider;
	const sandbox = await startSandbox();
	sandbox.control.setRateLimit(name, null);
	const baseUrl = sandbox.baseUrl(name);
	const engine = createEngine({
		nodes: { [name]: node, [`${name}Trigger`]: trigger },
		credentialTypes: [credential, ...Object.values(others).map(({ source }) => source)],
		credentials: {
			[credentialType]: credentialFor(baseUrl),
			...Object.fromEntries(Object.entries(others).map(([type, { valuesFor }]) => [type, valuesFor(baseUrl)])),
		},
		...options,
	});
	return {
		sandbox,
		engine,
		run: async (parameters, rest = {}) => await engine.runNode({ type: name, parameters, ...rest }),
		sendText,
		close: async () => {
			await sandbox.close();
			await engine.close();
		},
	};
}

/**
 * The bench of the tests of a file or a `describe`: started once, and as new before each of them. It is there as soon as they
 * run, and not while they are declared.
 */
export function useProviderBench(provider: BenchProvider, options?: EngineOptions): Bench {
	let started: Bench | undefined;
	const bench = (): Bench => {
		if (!started) throw new Error('The bench is there only while the tests run');
		return started;
	};
	beforeAll(async () => {
		started = await startProviderBench(provider, options);
	});
	afterAll(async () => await started?.close());
	beforeEach(() => {
		bench().sandbox.control.reset();
		bench().sandbox.control.setRateLimit(provider.name, null);
	});
	return {
		get sandbox() {
			return bench().sandbox;
		},
		get engine() {
			return bench().engine;
		},
		run: async (parameters, rest) => await bench().run(parameters, rest),
		sendText: provider.sendText,
		close: async () => await bench().close(),
	};
}
