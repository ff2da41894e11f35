import type { ICredentialDataDecryptedObject, INodeExecutionData } from 'n8n-workflow';

import { ChataloApi } from '../../credentials/ChataloApi.credentials';
import { Chatalo } from '../../nodes/Chatalo/Chatalo.node';
import type { CredentialSource } from '../support/credentials';
import { createEngine, type Engine } from '../support/engine';
import type { NodeSource } from '../support/nodeTypes';
import type { NodeResult } from '../support/results';
import { startScriptedServer, type RecordedRequest } from '../support/scriptedServer';
import { chataloContracts, chataloKeys } from './chatalo';
import { chataloInbound } from './chatalo.inbound';
import { chataloRequests } from './requests';
import type { Contract, ContractAnswer, ExpectedRequest, InboundContract } from './types';

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
];

const title = ({ source, variant }: Contract) => (variant === undefined ? source : `${source}, ${variant}`);

/** What was seen when a contract was played with one of its answers. */
interface Observation {
	result: NodeResult;
	requests: RecordedRequest[];
}

describe.each(providers)('$name', (provider) => {
	const observations = new Map<ContractAnswer, Promise<Observation>>();
	let engine: Engine;

	// All at once: after an ambiguous failure a read is repeated with pauses of seconds.
	beforeAll(async () => {
		engine = createEngine({
			nodes: { [provider.type]: provider.node },
			credentialTypes: [provider.credential],
		});
		for (const contract of provider.contracts) {
			for (const answer of contract.answers) observations.set(answer, play(engine, provider, contract, answer));
		}
		await Promise.allSettled(observations.values());
	});
	afterAll(async () => await engine.close());

	it('has a contract for every request of its collection, and none beside', () => {
		const covered = [...provider.contracts, ...provider.inbound].map(({ source }) => source);
		expect([...new Set(covered)].sort()).toEqual([...provider.requests].sort());
	});

	describe.each(provider.contracts.map((contract) => [title(contract), contract] as const))('%s', (_, contract) => {
		it.each(contract.answers.map((answer) => [answer.name, answer] as const))('%s', async (_name, answer) => {
			const observation = await observations.get(answer);
			if (observation === undefined) throw new Error('The contract was not played');
			const { result, requests } = observation;

			if (answer.error === undefined) expect(result.error).toBeUndefined();
			// Reads may be repeated after an ambiguous failure, but never differently.
			for (const request of requests) expectRequest(request, contract.request, provider.basePath);
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

function expectRequest(actual: RecordedRequest, expected: ExpectedRequest, basePath: string): void {
	expect(`${actual.method} ${actual.path}`).toBe(`${expected.method} ${basePath}${expected.path}`);
	expect(sorted(actual.query)).toEqual(sorted(expected.query ?? []));
	for (const [name, value] of Object.entries(expected.headers)) {
		const sent = String(actual.headers[name]);
		// A charset behind the type changes nothing.
		expect([name, name === 'content-type' ? sent.split(';')[0] : sent]).toEqual([name, value]);
	}
	if (expected.json !== undefined) expect(actual.json).toEqual(expected.json);
	else if (expected.form === undefined) expect(actual.body.toString()).toBe('');
	else expect(sorted([...new URLSearchParams(actual.body.toString())])).toEqual(sorted(expected.form));
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
