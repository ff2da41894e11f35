import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';
import type { EventOf, IncomingOptions, ProviderName, RequestRecord, SandboxControl } from '../../../../sandbox';
import { type Bench, type BenchProvider, startProviderBench } from '../../bench';
import type { CredentialValues } from '../../n8n/credentials';
import type { Engine } from '../../engine';
import { type Deployment, startTriggerHost, type TriggerHost } from '../../triggerHost';

/** How often a provider posts the same message. */
export type Redelivery = Pick<IncomingOptions, 'times' | 'parallel'>;

/** An n8n with a provider's trigger, and the provider it registers with: what the trigger tables are played on. */
export interface TriggerBench {
	/** The provider's name, as users know it. */
	displayName: () => string;
	deploy: (parameters?: INodeParameters, credentials?: CredentialValues) => Deployment;
	/** Deploys and publishes. */
	publish: (parameters?: INodeParameters, credentials?: CredentialValues) => Promise<Deployment>;
	/** How many requests have reached the provider. */
	requests: () => number;
	/** How many of them changed what is registered. */
	writes: () => number;
	/** Has the provider post a text message to every registered address; returns the statuses of the responses. */
	deliver: (redelivery?: Redelivery) => Promise<Array<number | null>>;
}

/** A trigger bench whose provider is played by the sandbox. */
export interface SandboxTriggerBench<Name extends ProviderName> extends TriggerBench {
	bench: () => Bench;
	control: () => SandboxControl;
	baseUrl: () => string;
	/** The sandbox's credential with some values changed. */
	credentialWith: (changes: ICredentialDataDecryptedObject) => CredentialValues;
	/** The address in a slot; the first one's unless named. */
	slot: (key?: string) => string | null;
	/** Puts an address into the slot, as another system would. */
	setSlot: (url: string) => void;
	incoming: (event?: EventOf<Name>, options?: IncomingOptions) => ReturnType<SandboxControl['incoming']>;
	/** The first items of the executions that these events start in a published workflow. */
	startedBy: (
		parameters: INodeParameters,
		events: Array<IncomingEvent<Name>>,
		credential?: ICredentialDataDecryptedObject,
	) => Promise<IDataObject[]>;
}

/** An event of the sandbox, with its options. */
export type IncomingEvent<Name extends ProviderName> = [event: EventOf<Name>, options?: IncomingOptions];

/** How a provider differs from the usual. */
interface TriggerBenchOptions {
	/** Whether a request changes what is registered. */
	isWrite: (request: RequestRecord) => boolean;
	/** Values that the credential has beside the usual ones. */
	credential?: ICredentialDataDecryptedObject;
	/** Whether somebody pastes the production URL into the provider's dashboard after publishing. */
	isPasted?: boolean;
}

/** Waits until n8n has done everything, and returns the first item of each execution. */
export async function firstItems(wf: Deployment): Promise<IDataObject[]> {
	await wf.idle();
	return wf.executions.map(({ items }) => items[0]?.json as IDataObject);
}

/** Posts a webhook call: a text as it is, anything else as JSON. */
export async function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
	return await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: typeof body === 'string' ? body : JSON.stringify(body),
	});
}

/** An address without its query. */
export function pathOf(url: string | null | undefined): string | undefined {
	return url?.split('?')[0];
}

/** Starts an n8n before each test and ends it afterwards. */
export function useTriggerHost(engine: () => Engine): () => TriggerHost {
	let host: TriggerHost;
	beforeEach(async () => {
		host = await startTriggerHost(engine());
	});
	afterEach(async () => {
		await host.close();
	});
	return () => host;
}

/** Starts the sandbox and an n8n before each test of this file or block, and ends both afterwards. */
export function useTriggerBench<Name extends ProviderName>(
	name: Name,
	provider: BenchProvider,
	{ isWrite, credential, isPasted = false }: TriggerBenchOptions,
): SandboxTriggerBench<Name> {
	let bench: Bench;
	beforeEach(async () => {
		bench = await startProviderBench(provider);
	});
	const host = useTriggerHost(() => bench.engine);
	afterEach(async () => {
		await bench.close();
	});

	const { control, baseUrl } = { control: () => bench.sandbox.control, baseUrl: () => bench.sandbox.baseUrl(name) };
	const credentialWith = (changes: ICredentialDataDecryptedObject): CredentialValues => ({
		[provider.credentialType]: { ...provider.credentialFor(baseUrl()), ...changes },
	});
	const deploy: TriggerBench['deploy'] = (
		parameters = {},
		credentials = credential ? credentialWith(credential) : undefined,
	) => host().deploy({ type: `${name}Trigger`, parameters, credentials });
	const publish: TriggerBench['publish'] = async (parameters, credentials) => {
		const wf = deploy(parameters, credentials);
		await wf.activate();
		if (isPasted) control().setWebhook(name, wf.productionUrl);
		return wf;
	};
	const incoming: SandboxTriggerBench<Name>['incoming'] = async (event = 'text', options = {}) =>
		await control().incoming(name, event, options);

	return {
		displayName: () => bench.engine.nodeTypes.getByNameAndVersion(name, 1).description.displayName,
		deploy,
		publish,
		requests: () => control().requests().length,
		writes: () => control().requests().filter(isWrite).length,
		deliver: async (redelivery) => (await incoming(undefined, redelivery)).deliveries.map(({ status }) => status),
		bench: () => bench,
		control,
		baseUrl,
		credentialWith,
		slot: (key) => control().webhook(name, key),
		setSlot: (url) => control().setWebhook(name, url),
		incoming,
		startedBy: async (parameters, events, changes) => {
			const wf = await publish(parameters, changes && credentialWith({ ...credential, ...changes }));
			for (const [event, options] of events) await incoming(event, options);
			return await firstItems(wf);
		},
	};
}
