import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';
import type { Gateway } from '../../nodes/shared/operations/define/gateway';
import type { GatewayApi } from '../../nodes/shared/http/gatewayApi';
import type { ProviderName } from '../../sandbox';
import type { Play } from '../../scripts/demo/stage';
import type { Contract, InboundContract } from '../contracts/types';
import type { Bench, BenchProvider } from './bench';
import type { CredentialSource } from './n8n/credentials';
import type { NodeSource } from './n8n/nodeTypes';
import type { ProviderRefusals } from './refusals';
import type { RoundTrip } from './roundTrip';
import type { IncomingTexts } from './incomingTexts';

/** Says that a provider has nothing of a kind, and why. An entry that is merely missing is a mistake. */
export class None {
	constructor(readonly reason: string) {}
}

/** Leaves a part of a provider's entry empty, with the reason. */
export function none(reason: string): None {
	return new None(reason);
}

/** A part of a provider's entry, or undefined where it has none. */
export function partOf<T extends object | string>(part: T | None): T | undefined {
	return part instanceof None ? undefined : part;
}

/** A credential type and how it is filled in. */
export interface ProviderCredential {
	source: CredentialSource;
	/** Values that the contracts are written for, without the base URL. */
	values: ICredentialDataDecryptedObject;
	/** Values for the sandbox. */
	sandboxValues: (baseUrl: string) => ICredentialDataDecryptedObject;
	/** The field whose value makes the provider refuse the credential when it is wrong. */
	keyField: string;
}

/** Whether a message whose answer was lost can be sent again under the same key. */
export type Idempotency =
	/** No message has a key. */
	| { kind: 'none'; reason: string }
	/** Every message has one. */
	| { kind: 'always' }
	/** Messages have one with this bench's credential. */
	| { kind: 'optional'; bench: BenchProvider };

/** An event for the reference page: a payload of the API reference, or else one that the sandbox plays. */
export type ExampleEvent =
	| { payload: IDataObject }
	/** The overrides hold everything fast that the sandbox takes from the clock or makes up. */
	| { event: string; overrides: Record<string, unknown> };

/** An operation that takes more than one request, run against the sandbox for its example on the reference page. */
export interface ExampleStep {
	resource: string;
	operation: string;
	parameters?: INodeParameters;
	/** What has to happen first. */
	before?: (bench: Bench) => Promise<unknown>;
}

/** What the tests about lists and panels need to know. */
export interface ProviderLists {
	/** What may have to be chosen in the panel before a list can be loaded. */
	chosen: INodeParameters | None;
	/** Fields that take one of the provider's IDs or names and have no list, by their path in the panel, and why. */
	withoutList: Record<string, string> | None;
}

/** A list in the editor that a text message does not need. */
export interface ListPlace {
	/** The entry of the nodes panel that adds an operation with that list. */
	action: string;
	field: string;
	credential: string;
}

/** What the tests in a real n8n's editor and by its AI agents need to know. */
export interface EndToEnd {
	/** Send Text as an agent's tool: all parameters but the phone number and the text. */
	textTool: INodeParameters;
	/** The entry of the nodes panel that sends a text. */
	sendEntry: string;
	/** The searchable list of that operation. */
	list: string | None;
	/** A list to look at elsewhere. */
	listElsewhere: ListPlace | None;
	/** The list of the trigger. */
	triggerList: { field: string; isMultiple: boolean } | None;
}

/** Texts in the provider's sources that look like messages to a user and are none. */
export interface NoMessages {
	/** Whole files below the root, and why. */
	files: Record<string, string>;
	/** Texts by the reason. */
	texts: Record<string, string[]>;
}

/**
 * Everything that tests and programs know of one provider. Each has its entry in `test/providers/<name>/provider.ts`,
 * and `providers.ts` lists them. All fields are required: a provider that lacks something says so with {@link none}.
 */
export interface Provider {
	/** As users know it. */
	name: string;
	/** n8n's name of the action node, and the sandbox's of the provider. */
	type: ProviderName;
	node: NodeSource;
	trigger: NodeSource;
	/** What the action node is made of. */
	gateway: Gateway;
	/** By credential type, in the order of the action node. Of several, every run is given all. */
	credentials: Record<string, ProviderCredential>;
	/** Path of the base URL, to see that it is joined and not replaced. */
	basePath: string;
	/** What its requests are made with. */
	api: GatewayApi;
	/** Bodies of answers to Send Text that say yes, each in a form that the API reference does not show. */
	yes: unknown[];
	/** The same of those that say both yes and no, and no only in a way that any API may. */
	contested: unknown[];
	/** Values that may appear in no error. */
	secrets: string[];
	/** What goes out for each operation, and what each answer becomes. */
	contracts: Contract[];
	/** The webhook calls of the API reference. */
	inbound: InboundContract[];
	/**
	 * All requests and webhook calls of the API reference with the names of their documented parameters, those of its prose
	 * included, separated by spaces; typed by hand. Inside of objects `header.type`, in the path `:id`; of webhook calls none.
	 */
	requests: Record<string, string>;
	/** Documented parameters that a user cannot set, by their name or by `<request>: <name>`, and why. */
	fixedParameters: Record<string, string> | None;
	/** The nodes with a credential for the sandbox. */
	bench: BenchProvider;
	/** Send and Wait for Response to a person; number and message are added. */
	sendAndWait: INodeParameters & { resource: string };
	/** What it says when it refuses a message. */
	refusals: ProviderRefusals;
	idempotency: Idempotency;
	lists: ProviderLists;
	/** Which fields of the action node take values of the trigger's events. */
	roundTrip: RoundTrip;
	/** How it posts a text message to the trigger. */
	incomingTexts: IncomingTexts;
	/** The trigger's example on the reference page. */
	exampleEvent: ExampleEvent;
	/** In the order in which a person goes through them: each makes the next one possible. */
	exampleSteps: ExampleStep[] | None;
	/** How `npm run demo` plays the provider's example workflows, by their IDs. */
	plays: Record<string, Play>;
	noMessages: NoMessages | None;
	e2e: EndToEnd;
}

/** The bench whose messages carry an idempotency key, for a provider that knows such keys. */
export function keyedBenchOf({ bench, idempotency }: Provider): BenchProvider | undefined {
	if (idempotency.kind === 'none') return undefined;
	return idempotency.kind === 'always' ? bench : idempotency.bench;
}

/** One account that messages go out by: a provider's, with or without idempotency keys. */
export interface Account {
	name: string;
	provider: Provider;
	bench: Provider['bench'];
	isKeyed: boolean;
}

/** A provider's accounts for the tests of what goes out once. */
export function accountsOf(provider: Provider): Account[] {
	const { name, bench } = provider;
	const keyed = keyedBenchOf(provider);
	const plain = { name, provider, bench, isKeyed: keyed === bench };
	return keyed && keyed !== bench
		? [plain, { name: `${name} with a key`, provider, bench: keyed, isKeyed: true }]
		: [plain];
}

/** The name of a provider's folders and pages, such as `docs/balesotomatis.md` and `test/providers/balesotomatis`. */
export function folderOf({ type }: Pick<Provider, 'type'>): string {
	return type.toLowerCase();
}
