/* What n8n takes for a failure must be in no item that went well: it would run the node again and send twice. */
import type { IDataObject } from 'n8n-workflow';
import { parseJson } from '../../nodes/shared/http/answer';
import { play } from '../contracts/play';
import type { Contract, ContractAnswer } from '../contracts/types';
import { createEngine, type Engine } from '../support/engine';
import { providers } from '../support/providers';

/** Tells of no error, and of one that the answer is about, not of its own. */
const EMPTY = ['', 'none', { code: 0 }];
const FILLED = 'not on WhatsApp';

/** An answer with this in each of its objects, as deep as outputs are taken from; one that says no, not in its frame. */
function withError(value: unknown, error: unknown, level = 0): unknown {
	if (Array.isArray(value)) return value.map((each) => withError(each, error, level));
	if (typeof value !== 'object' || value === null || level > 2) return value;
	const inner = Object.entries(value).map(([name, each]) => [name, withError(each, error, level + 1)] as const);
	const isFrame = error === FILLED && (level === 0 || 'code' in value);
	return { ...Object.fromEntries(inner), ...(isFrame ? {} : { error }) };
}

let renamed = 0;

describe.each(providers)('$name', (provider) => {
	const cases = provider.contracts.flatMap((contract) => {
		const answer = contract.answers.find(({ output, body }) => output !== undefined && jsonOf(body) !== undefined);
		return answer === undefined ? [] : [{ contract, answer: { ...answer, body: jsonOf(answer.body) as object } }];
	});
	let engine: Engine;
	beforeAll(() => {
		engine = createEngine({
			nodes: { [provider.type]: provider.node },
			credentialTypes: Object.values(provider.credentials).map(({ source }) => source),
		});
	});
	afterAll(async () => await engine.close());

	const outputOf = async (contract: Contract, answer: ContractAnswer, error: unknown): Promise<IDataObject[]> => {
		const changed = { ...answer, body: withError(answer.body, error) as object };
		const { result } = await play(engine, provider, contract, changed);
		return result.status === 'success' ? (result.outputs[0] ?? []).map(({ json }) => json) : [];
	};

	it('returns no key "error", whatever the operation', async () => {
		expect(cases.length).toBeGreaterThan(5);
		let empty = 0;
		await Promise.all(
			cases.map(async ({ contract, answer }, index) => {
				const items = await outputOf(contract, answer, EMPTY[index % EMPTY.length]);
				for (const item of items) {
					expect(item).not.toHaveProperty('error');
					expect(item).not.toHaveProperty('providerError');
				}
				empty += items.length;
				const others = await outputOf(contract, answer, FILLED);
				for (const item of others) expect(item).not.toHaveProperty('error');
				renamed += others.filter(({ providerError }) => providerError === FILLED).length;
			}),
		);
		// Otherwise it would have looked at nothing.
		expect(empty).toBeGreaterThan(cases.length / 2);
	}, 60_000);
});

it('keeps the words of an error that the answer holds, under another name', () => {
	expect(renamed).toBeGreaterThan(0);
});

function jsonOf(body: ContractAnswer['body']): unknown {
	if (Buffer.isBuffer(body)) return undefined;
	return typeof body === 'string' ? parseJson(body) : body;
}
