import type { INodeExecutionData } from 'n8n-workflow';

import { createEngine, type Engine } from '../support/engine';
import { providers } from '../support/providers';
import type { NodeResult } from '../support/results';
import { expectRequest } from './expectRequest';
import { type Observation, play } from './play';
import type { Contract, ContractAnswer } from './types';

const title = ({ source, variant }: Contract) => (variant === undefined ? source : `${source}, ${variant}`);

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
			const played = contract.answers.map(
				(answer) => [answer, play(engine, provider, contract, answer)] as const,
			);
			observations.set(contract, new Map(played));
		}
		await Promise.allSettled([...observations.values()].flatMap((played) => [...played.values()]));
	});
	afterAll(async () => await engine.close());

	it('has a contract for every request of its collection, and none beside', () => {
		const covered = [
			...provider.contracts
				.filter(({ beyond }) => beyond !== true)
				.flatMap(({ source, covers = [] }) => [source, ...covers]),
			...provider.inbound.map(({ source }) => source),
		];
		expect([...new Set(covered)].sort()).toEqual(Object.keys(provider.requests).sort());
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
