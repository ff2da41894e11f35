import type { IBinaryKeyData, ICredentialDataDecryptedObject, INodeExecutionData } from 'n8n-workflow';

import { BalesOtomatisApi } from '../../credentials/BalesOtomatisApi.credentials';
import { ChataloApi } from '../../credentials/ChataloApi.credentials';
import { ChategyApi } from '../../credentials/ChategyApi.credentials';
import { ChategyDeveloperApi } from '../../credentials/ChategyDeveloperApi.credentials';
import { WapioApi } from '../../credentials/WapioApi.credentials';
import { WhacenterApi } from '../../credentials/WhacenterApi.credentials';
import { BalesOtomatis } from '../../nodes/BalesOtomatis/BalesOtomatis.node';
import { Chatalo } from '../../nodes/Chatalo/Chatalo.node';
import { Chategy } from '../../nodes/Chategy/Chategy.node';
import { Wapio } from '../../nodes/Wapio/Wapio.node';
import { Whacenter } from '../../nodes/Whacenter/Whacenter.node';
import type { CredentialSource } from '../support/credentials';
import { createEngine, type Engine } from '../support/engine';
import type { NodeSource } from '../support/nodeTypes';
import type { NodeResult } from '../support/results';
import { startScriptedServer, type RecordedRequest } from '../support/scriptedServer';
import { balesOtomatisContracts, balesOtomatisDefaults, balesOtomatisKeys } from './balesotomatis';
import { balesOtomatisInbound } from './balesotomatis.inbound';
import { chataloContracts, chataloKeys } from './chatalo';
import { chataloInbound } from './chatalo.inbound';
import { chategyContracts, chategyKeys, IDEMPOTENCY_KEY } from './chategy';
import { chategyInbound } from './chategy.inbound';
import { balesOtomatisRequests, chataloRequests, chategyCallbacks, chategyRequests, wapioRequests, whacenterRequests } from './requests';
import type { Contract, ContractAnswer, ExpectedRequest, InboundContract } from './types';
import { wapioContracts, wapioKeys } from './wapio';
import { whacenterContracts, whacenterKeys } from './whacenter';
import { whacenterInbound } from './whacenter.inbound';

interface ProviderCredential {
	source: CredentialSource;
	values: ICredentialDataDecryptedObject;
}

interface Provider {
	name: string;
	node: NodeSource;
	type: string;
	/** By credential type. Of several, every run is given all. */
	credentials: Record<string, ProviderCredential>;
	/** Path of the base URL, to see that it is joined and not replaced. */
	basePath: string;
	/** Values that may appear in no error. */
	secrets: string[];
	contracts: Contract[];
	inbound: InboundContract[];
	requests: string[];
}

const providers: Provider[] = [
	{
		name: 'Chatalo',
		node: Chatalo,
		type: 'chatalo',
		credentials: { chataloApi: { source: ChataloApi, values: chataloKeys } },
		basePath: '/api/v1',
		secrets: Object.values(chataloKeys),
		contracts: chataloContracts,
		inbound: chataloInbound,
		requests: chataloRequests,
	},
	{
		name: 'Whacenter',
		node: Whacenter,
		type: 'whacenter',
		credentials: { whacenterApi: { source: WhacenterApi, values: whacenterKeys } },
		basePath: '/api',
		secrets: Object.values(whacenterKeys),
		contracts: whacenterContracts,
		inbound: whacenterInbound,
		requests: whacenterRequests,
	},
	{
		name: 'BalesOtomatis',
		node: BalesOtomatis,
		type: 'balesOtomatis',
		credentials: { balesOtomatisApi: { source: BalesOtomatisApi, values: { ...balesOtomatisKeys, ...balesOtomatisDefaults } } },
		basePath: '/public/v1',
		secrets: Object.values(balesOtomatisKeys),
		contracts: balesOtomatisContracts,
		inbound: balesOtomatisInbound,
		requests: balesOtomatisRequests,
	},
	{
		name: 'Chategy',
		node: Chategy,
		type: 'chategy',
		credentials: {
			chategyApi: { source: ChategyApi, values: { accessToken: chategyKeys.accessToken } },
			chategyDeveloperApi: { source: ChategyDeveloperApi, values: { apiKey: chategyKeys.apiKey } },
		},
		// The paths begin at the host; a white label may sit below one all the same.
		basePath: '/gateway',
		secrets: [...Object.values(chategyKeys), IDEMPOTENCY_KEY],
		contracts: chategyContracts,
		inbound: chategyInbound,
		requests: [...chategyRequests, ...chategyCallbacks],
	},
	{
		name: 'Wapio',
		node: Wapio,
		type: 'wapio',
		credentials: { wapioApi: { source: WapioApi, values: { token: wapioKeys.sessionKey } } },
		// The paths begin at the host; a proxy may put them below a path all the same.
		basePath: '/gateway',
		secrets: Object.values(wapioKeys),
		contracts: wapioContracts,
		// The collection shows none: see test/wapio for what third parties saw.
		inbound: [],
		requests: wapioRequests,
	},
];

const title = ({ source, variant }: Contract) => (variant === undefined ? source : `${source}, ${variant}`);

/** What was seen when a contract was played with one of its answers. */
interface Observation {
	result: NodeResult;
	requests: RecordedRequest[];
}

describe.each(providers)('$name', (provider) => {
	/** By contract and answer: contracts share answers. */
	const observations = new Map<Contract, Map<ContractAnswer, Promise<Observation>>>();
	let engine: Engine;

	// All at once: after an ambiguous failure a read is repeated with pauses of seconds.
	beforeAll(async () => {
		engine = createEngine({
			nodes: { [provider.type]: provider.node },
			credentialTypes: Object.values(provider.credentials).map(({ source }) => source),
		});
		for (const contract of provider.contracts) {
			const played = contract.answers.map((answer) => [answer, play(engine, provider, contract, answer)] as const);
			observations.set(contract, new Map(played));
		}
		await Promise.allSettled([...observations.values()].flatMap((played) => [...played.values()]));
	});
	afterAll(async () => await engine.close());

	it('has a contract for every request of its collection, and none beside', () => {
		const covered = [
			...provider.contracts.filter(({ beyond }) => beyond !== true).flatMap(({ source, covers = [] }) => [source, ...covers]),
			...provider.inbound.map(({ source }) => source),
		];
		expect([...new Set(covered)].sort()).toEqual([...provider.requests].sort());
	});

	describe.each(provider.contracts.map((contract) => [title(contract), contract] as const))('%s', (_, contract) => {
		it.each(contract.answers.map((answer) => [answer.name, answer] as const))('%s', async (_name, answer) => {
			const observation = await observations.get(contract)?.get(answer);
			if (observation === undefined) throw new Error('The contract was not played');
			const { before = [] } = contract;
			const { result } = observation;
			for (const [place, step] of before.entries()) {
				const request = observation.requests[place];
				if (request === undefined) throw new Error('A request that comes before was not made');
				await expectRequest(request, step.request, provider.basePath);
			}
			const requests = observation.requests.slice(before.length);

			if (answer.error === undefined) expect(result.error).toBeUndefined();
			// Reads may be repeated after an ambiguous failure, but never differently.
			for (const request of requests) await expectRequest(request, contract.request, provider.basePath);
			if (answer.error === undefined || answer.once === true) expect(requests).toHaveLength(1);
			else expect(requests).not.toHaveLength(0);

			if (answer.error !== undefined) expectError(result, answer.error, provider.secrets);
			else await expectOutput(engine, result, answer);
		});
	});
});

async function play(
	engine: Engine,
	provider: Provider,
	{ resource, operation, parameters, credential, binary = {}, before = [] }: Contract,
	{ status, headers, body }: ContractAnswer,
): Promise<Observation> {
	const server = await startScriptedServer([...before.map(({ answer }) => answer), { status, headers, body }]);
	const baseUrl = server.url + provider.basePath;
	const credentials = Object.entries(provider.credentials).map(([type, { values }]): [string, ICredentialDataDecryptedObject] => [
		type,
		{ ...values, baseUrl, ...credential },
	]);
	try {
		const result = await engine.runNode({
			type: provider.type,
			parameters: { resource, operation, ...parameters },
			credentials: Object.fromEntries(credentials),
			items: [{ json: {}, binary: await storedFiles(engine, binary) }],
		});
		return { result, requests: server.requests };
	} finally {
		await server.close();
	}
}

async function storedFiles(engine: Engine, files: NonNullable<Contract['binary']>): Promise<IBinaryKeyData> {
	const stored: IBinaryKeyData = {};
	for (const [field, { content, ...about }] of Object.entries(files)) stored[field] = await engine.storeBinary(content, about);
	return stored;
}

async function expectRequest(actual: RecordedRequest, expected: ExpectedRequest, basePath: string): Promise<void> {
	expect(`${actual.method} ${actual.path}`).toBe(`${expected.method} ${basePath}${expected.path}`);
	expect(sorted(actual.query)).toEqual(sorted(expected.query ?? []));
	for (const [name, value] of Object.entries(expected.headers)) {
		if (value === undefined) {
			expect([name, actual.headers[name]]).toEqual([name, undefined]);
			continue;
		}
		const sent = String(actual.headers[name]);
		// A charset behind the type changes nothing.
		const bare = name === 'content-type' ? sent.split(';')[0] : sent;
		const wanted: unknown = typeof value === 'string' ? value : expect.stringMatching(value);
		expect([name, bare]).toEqual([name, wanted]);
	}
	if (expected.json !== undefined) expect(actual.json).toEqual(expected.json);
	else if (expected.multipart !== undefined || expected.file !== undefined) await expectMultipart(actual, expected);
	else if (expected.form === undefined) expect(actual.body.toString()).toBe('');
	else expect(sorted([...new URLSearchParams(actual.body.toString())])).toEqual(sorted(expected.form));
}

async function expectMultipart({ headers, body }: RecordedRequest, { multipart = [], file }: ExpectedRequest): Promise<void> {
	const type = headers['content-type'] ?? '';
	const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
	const fields: Array<[string, string]> = [];
	const files: Array<NonNullable<ExpectedRequest['file']>> = [];
	for (const [name, value] of form) {
		if (typeof value === 'string') fields.push([name, value]);
		else files.push({ name, fileName: value.name, mimeType: value.type, content: Buffer.from(await value.arrayBuffer()) });
	}
	expect(sorted(fields)).toEqual(sorted(multipart));
	expect(files).toEqual(file === undefined ? [] : [file]);
}

function expectError(result: NodeResult, expected: { messageIncludes: string[] }, secrets: string[]): void {
	expect(result.status).toBe('error');
	const { error } = result;
	const words = `${error?.message} ${error?.description ?? ''}`.toLowerCase();
	for (const part of expected.messageIncludes) expect(words).toContain(part.toLowerCase());
	const everything = JSON.stringify(result.run);
	for (const secret of secrets) expect(everything).not.toContain(secret);
}

async function expectOutput(engine: Engine, result: NodeResult, expected: ContractAnswer): Promise<void> {
	expect(result.status).toBe('success');
	const items: INodeExecutionData[] = result.outputs[0] ?? [];
	if (expected.output !== undefined) expect(items.map(({ json }) => json)).toEqual(expected.output);
	for (const item of items) expect(item.pairedItem).toEqual({ item: 0 });
	for (const [property, { mimeType, content }] of Object.entries(expected.binary ?? {})) {
		expect(items).toHaveLength(1);
		expect(items[0]?.binary?.[property]?.mimeType).toBe(mimeType);
		expect(await engine.binaryBuffer(items[0], property)).toEqual(content);
	}
}

function sorted(pairs: Array<[string, string]>): Array<[string, string]> {
	return [...pairs].sort((a, b) => a.join('=').localeCompare(b.join('=')));
}
