/** The output of each operation, from running it on n8n's engine with the response that its contract documents. */
import type { INodeExecutionData } from 'n8n-workflow';
import { play } from '../../test/contracts/play';
import type { Contract, ContractAnswer } from '../../test/contracts/types';
import type { Engine } from '../../test/support/engine';
import type { Provider } from '../../test/support/providers';
import type { NodeResult } from '../../test/support/results';
import { type Run, shown, type Shown } from './stable';

/** A file of an item, without its content. */
interface ShownFile {
	field: string;
	fileName: string;
	mimeType: string;
	size: string;
}

/** The output of a run. */
export interface Example {
	/** The number of items. */
	count: number;
	/** The first of them. */
	json: Shown;
	files: ShownFile[];
}

/**
 * The example of every operation that a contract shows with a success, by `resource.operation`.
 *
 * @param engine one that knows the provider's node and credentials
 * @throws Error if a run does not end as its contract says
 */
export async function contractExamples(engine: Engine, provider: Provider): Promise<Map<string, Example>> {
	const examples = new Map<string, Example>();
	for (const [key, contract] of firstOf(provider.contracts)) {
		const answer = contract.answers.find(showsOutput);
		if (answer === undefined) continue;
		const start = Date.now();
		const { result } = await play(engine, provider, contract, answer);
		examples.set(key, exampleOf(key, result, { secrets: provider.secrets, start, end: Date.now() }));
	}
	return examples;
}

/** Whether a response is a success with output. */
const showsOutput = ({ error, output }: ContractAnswer): boolean => error === undefined && output?.length !== 0;

/** The first contract of each operation with such a response; the later ones are its variants. */
function firstOf(contracts: Contract[]): Map<string, Contract> {
	const first = new Map<string, Contract>();
	for (const contract of contracts) {
		const key = `${contract.resource}.${contract.operation}`;
		if (contract.answers.some(showsOutput) && !first.has(key)) first.set(key, contract);
	}
	return first;
}

/**
 * The example that a run gives.
 *
 * @throws Error if it failed or had no output
 */
export function exampleOf(key: string, { error, outputs }: NodeResult, run: Run): Example {
	if (error) throw new Error(`The example of ${key} failed: ${error.message}`, { cause: error });
	return exampleOfItems(key, outputs[0] ?? [], run);
}

/** The example that items give. */
export function exampleOfItems(key: string, items: INodeExecutionData[], run: Run): Example {
	const [item] = items;
	if (item === undefined) throw new Error(`The example of ${key} has no output`);
	const files = Object.entries(item.binary ?? {}).map(([field, { fileName = '', mimeType, fileSize = '' }]) => ({
		field,
		fileName,
		mimeType,
		size: fileSize,
	}));
	return { count: items.length, json: shown(item.json, run), files };
}
