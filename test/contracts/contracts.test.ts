import type { ICredentialDataDecryptedObject, INodeExecutionData } from 'n8n-workflow';

import { BalesOtomatisApi } from '../../credentials/BalesOtomatisApi.credentials';
import { ChataloApi } from '../../credentials/ChataloApi.credentials';
import { WhacenterApi } from '../../credentials/WhacenterApi.credentials';
import { BalesOtomatis } from '../../nodes/BalesOtomatis/BalesOtomatis.node';
import { Chatalo } from '../../nodes/Chatalo/Chatalo.node';
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
import { balesOtomatisRequests, chataloRequests, whacenterRequests } from './requests';
import type { Contract, ContractAnswer, ExpectedRequest, InboundContract } from './types';
import { whacenterContracts, whacenterKeys } from './whacenter';
import { whacenterInbound } from './whacenter.inbound';

interface Provider {
	name: string;
	node: NodeSource;
	type: string;
	credential: CredentialSource;
	credentialType: string;
	/** Path of the base URL, to see that it is joined and not replaced. */
	basePath: string;
	credentialValues(baseUrl: string): ICredentialDataDecryptedObject;
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
		credential: ChataloApi,
		credentialType: 'chataloApi',
		basePath: '/api/v1',
		credentialValues: (baseUrl) => ({ ...chataloKeys, baseUrl }),
		secrets: Object.values(chataloKeys),
		contracts: chataloContracts,
		inbound: chataloInbound,
		requests: chataloRequests,
	},
	{
		name: 'Whacenter',
		node: Whacenter,
		type: 'whacenter',
		credential: WhacenterApi,
		credentialType: 'whacenterApi',
		basePath: '/api',
		credentialValues: (baseUrl) => ({ ...whacenterKeys, baseUrl }),
		secrets: Object.values(whacenterKeys),
		contracts: whacenterContracts,
		inbound: whacenterInbound,
		requests: whacenterRequests,
	},
	{
		name: 'BalesOtomatis',
		node: BalesOtomatis,
		type: 'balesOtomatis',
		credential: BalesOtomatisApi,
		credentialType: 'balesOtomatisApi',
		basePath: '/public/v1',
		credentialValues: (baseUrl) => ({ ...balesOtomatisKeys, ...balesOtomatisDefaults, baseUrl }),
		secrets: Object.values(balesOtomatisKeys),
		contracts: balesOtomatisContracts,
		inbound: balesOtomatisInbound,
		requests: balesOtomatisRequests,
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
			credentialTypes: [provider.credential],
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
			...provider.contracts.flatMap(({ source, covers = [] }) => [source, ...covers]),
			...provider.inbound.map(({ source }) => source),
		];
		expect([...new Set(covered)].sort()).toEqual([...provider.requests].sort());
	});

	describe.each(provider.contracts.map((contract) => [title(contract), contract] as const))('%s', (_, contract) => {
		it.each(contract.answers.map((answer) => [answer.name, answer] as const))('%s', async (_name, answer) => {
			const observation = await observations.get(contract)?.get(answer);
			if (observation === undefined) throw new Error('The contract was not played');
			const { result, requests } = observation;

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
	{ resource, operation, parameters }: Contract,
	{ status, headers, body }: ContractAnswer,
): Promise<Observation> {
	const server = await startScriptedServer({ status, headers, body });
	try {
		const result = await engine.runNode({
			type: provider.type,
			parameters: { resource, operation, ...parameters },
			credentials: { [provider.credentialType]: provider.credentialValues(server.url + provider.basePath) },
		});
		return { result, requests: server.requests };
	} finally {
		await server.close();
	}
}

async function expectRequest(actual: RecordedRequest, expected: ExpectedRequest, basePath: string): Promise<void> {
	expect(`${actual.method} ${actual.path}`).toBe(`${expected.method} ${basePath}${expected.path}`);
	expect(sorted(actual.query)).toEqual(sorted(expected.query ?? []));
	for (const [name, value] of Object.entries(expected.headers)) {
		const sent = String(actual.headers[name]);
		// A charset behind the type changes nothing.
		expect([name, name === 'content-type' ? sent.split(';')[0] : sent]).toEqual([name, value]);
	}
	if (expected.json !== undefined) expect(actual.json).toEqual(expected.json);
	else if (expected.multipart !== undefined) expect(sorted(await multipartFields(actual))).toEqual(sorted(expected.multipart));
	else if (expected.form === undefined) expect(actual.body.toString()).toBe('');
	else expect(sorted([...new URLSearchParams(actual.body.toString())])).toEqual(sorted(expected.form));
}

/** The fields of a multipart body; a file would show as what it is and match nothing. */
async function multipartFields({ headers, body }: RecordedRequest): Promise<Array<[string, string]>> {
	const type = headers['content-type'] ?? '';
	const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
	return [...form].map(([name, value]) => [name, typeof value === 'string' ? value : `file ${value.name}`]);
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
