import type { IDataObject, IExecuteFunctions, INodeExecutionData, IPairedItemData } from 'n8n-workflow';
import { GatewayError } from '../../http/gatewayError';
import { isError } from '../../http/vocabulary';
import { type BatchOptions, readBatchOptions } from '../define/batchOptions';
import type { ItemReader } from '../define/field';
import type { Operation, OutputItem } from '../define/operation';
import { propertiesOfOperation } from '../define/properties';
import { failureDetails, outcomeOf, toNodeError, withNote } from '../n8n/errors';
import { failedItem } from '../n8n/n8n1';
import { mapInOrder, type Turn } from './mapInOrder';
import { Progress } from './progress';
import type { Trace } from './runItem';
import type { SendMemory } from './sendMemory';

/** What is done with the items of a run, whichever way each of them goes. */
export interface TaskRun<T> {
	context: IExecuteFunctions;
	operation: Operation;
	/** One for each item; or a single one for all. */
	tasks: T[];
	/** Why a task cannot be done at all; undefined if it can. */
	problemOf: (task: T) => unknown;
	/** Does a task, once its turn has come. @throws what {@link toNodeError} takes */
	perform: (task: T, itemIndex: number, trace: Trace, turn: Turn) => Promise<OutputItem[]>;
	/** Tasks at a time. */
	atOnce: number;
	/** Takes secrets out of the words of an error that is none of the gateway's. */
	clean: (text: string, task: T) => string;
	/** The input items that an output item comes from. */
	pairedItem: (itemIndex: number) => IPairedItemData | IPairedItemData[];
	/** For sends. */
	memory?: Pick<SendMemory, 'clear' | 'notices'>;
}

/**
 * Does the tasks of a run and makes n8n's items of what comes of them, in item order. Nothing is done if a task cannot be,
 * unless the node continues on failure.
 *
 * @throws NodeApiError or NodeOperationError for the first failed item, unless the node continues on failure
 */
export async function runTasks<T>(run: TaskRun<T>): Promise<INodeExecutionData[][]> {
	const { context, operation, tasks, problemOf, perform, atOnce, clean, pairedItem, memory } = run;
	if (!context.continueOnFail()) refuseBeforeActing(run, problemOf);
	const progress = new Progress(context, operation, tasks.length);
	const outputs = await mapInOrder(tasks, atOnce, async (task, itemIndex, turn) => {
		const trace: Trace = { mayHaveActed: false };
		try {
			const output = await perform(task, itemIndex, trace, turn);
			await turn.take();
			progress.succeeded();
			return output.map((item) => ({ pairedItem: pairedItem(itemIndex), ...item, json: asSuccess(item.json) }));
		} catch (error) {
			// Nothing is to be said of one whose turn never comes.
			await turn.take();
			const { mayHaveActed } = trace;
			const outcome = outcomeOf(error, mayHaveActed);
			progress.failed(outcome, itemIndex);
			const nodeError = toNodeError(error, {
				...about(context, operation, itemIndex),
				mayHaveActed,
				clean: (text) => clean(text, task),
			});
			if (!context.continueOnFail()) throw nodeError;
			// n8n sends an item to the error output by these two keys, and would replace them by the bare message if the
			// item carried the error itself.
			const { attempts } = (error instanceof GatewayError && error.failure.tried) || {};
			const details = failureDetails(error, nodeError, outcome);
			const json = { error: nodeError.message, details, ...(attempts && { attempts }) };
			return [failedItem(context, { json, pairedItem: { item: itemIndex } }, nodeError)];
		}
	}).catch((error: unknown) => {
		// Only now has all that was under way ended, so that the error can speak of it.
		throw withNote(error, progress.note());
	});
	const output = outputs.flat();
	memory?.clear(output[0]?.json);
	const hasSucceeded = output.some(({ json }) => json.error === undefined);
	const notices = [hasSucceeded ? operation.notice : undefined, ...(memory?.notices() ?? []), progress.summary()];
	for (const message of notices) {
		if (message !== undefined) context.addExecutionHints({ message, location: 'outputPane' });
	}
	return [output];
}

/** The options of a run of sends hold for all items, so a wrong one stops the node whatever it does on failure. */
export function readSending(context: IExecuteFunctions, operation: Operation, item: ItemReader): BatchOptions {
	try {
		return readBatchOptions(item.parameter);
	} catch (error) {
		throw toNodeError(error, about(context, operation, 0));
	}
}

/**
 * What an item that went well may hold: no `error`, by which n8n takes an item for a failed one and runs the node again,
 * and a workflow that looks for it sends once more. One that reports no error is left out.
 */
function asSuccess(json: IDataObject): IDataObject {
	if (!('error' in json)) return json;
	const { error, ...others } = json;
	return isError(error) ? { ...others, providerError: error } : others;
}

function refuseBeforeActing<T>({ context, operation, tasks }: TaskRun<T>, problemOf: TaskRun<T>['problemOf']): void {
	for (const [itemIndex, task] of tasks.entries()) {
		const problem = problemOf(task);
		if (problem !== undefined) throw toNodeError(problem, about(context, operation, itemIndex));
	}
}

function about(context: IExecuteFunctions, operation: Operation, itemIndex: number) {
	return {
		node: context.getNode(),
		itemIndex,
		effect: operation.effect,
		properties: propertiesOfOperation(operation),
	};
}
