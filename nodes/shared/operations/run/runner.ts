import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { isError } from '../../http/vocabulary';
import { textOf } from '../../text';
import { type BatchOptions, readBatchOptions } from '../define/batchOptions';
import type { ItemReader } from '../define/field';
import { findOperation, type Gateway } from '../define/gateway';
import type { Operation, OutputItem, PreparedOperation } from '../define/operation';
import { listSizeOf, propertiesOfOperation } from '../define/properties';
import { clientFor } from '../n8n/context';
import { failureDetails, outcomeOf, toNodeError, withNote } from '../n8n/errors';
import { placeKey } from '../n8n/execution';
import { itemReader } from '../n8n/itemReader';
import { failedItem } from '../n8n/n8n1';
import { errorForModel } from '../n8n/toolCall';
import { mapInOrder } from './mapInOrder';
import { Pace } from './pace';
import { Progress } from './progress';
import { type Run, runItem, type Trace } from './runItem';
import { SendMemory, type Settled } from './sendMemory';

/** Reads under way at once. */
const READS_AT_ONCE = 8;

/** One input item's way through the node: what it asks for, why it cannot, or what an earlier try has decided. */
type Task = { prepared: PreparedOperation; limit?: number } | { error: unknown } | Settled;

/**
 * The `execute` of every action node: runs the chosen operation for each input item.
 *
 * The parameters of all items are judged before anything is sent, so that a typing error in the last item does not
 * leave half the messages sent. Reads run several at once; changes and sends one after the other. Output is in item
 * order and paired.
 *
 * @throws NodeApiError or NodeOperationError for the first failed item, unless the node continues on failure
 */
export async function runOperations(context: IExecuteFunctions, gateway: Gateway): Promise<INodeExecutionData[][]> {
	return await runItems(context, gateway).catch((error: unknown) => {
		throw errorForModel(context, error);
	});
}

async function runItems(context: IExecuteFunctions, gateway: Gateway): Promise<INodeExecutionData[][]> {
	const operation = findOperation(
		gateway,
		textOf(context.getNodeParameter('resource', 0)),
		textOf(context.getNodeParameter('operation', 0)),
	);
	const items = context.getInputData();
	const api = operation.api ?? gateway.api;
	const credential = await context.getCredentials(api.credentialType);
	const client = await clientFor(context, api, context.getExecutionCancelSignal());
	const isSend = operation.effect === 'send';
	const { account } = client;
	const { isBound = false } = operation;
	const hasSecrets = client.hasSecrets.bind(client);
	const memory = isSend
		? new SendMemory(context, { provider: api.displayName, account, isBound, hasSecrets })
		: undefined;
	const messageKey = (itemIndex: number, part?: number): string =>
		memory?.messageKey(itemIndex, part) ?? placeKey(context, itemIndex, isBound);

	const properties = propertiesOfOperation(operation);
	const readers = items.map((_item, index) => itemReader(context, index, credential, properties, messageKey));
	const [firstReader] = readers;
	const isOneForAll = firstReader !== undefined && operation.oneForAll?.(firstReader) === true;
	memory?.sendAs({ isOneForAll });
	const tasks = (isOneForAll ? [firstReader] : readers).map(
		(reader, itemIndex) => memory?.settled(itemIndex) ?? prepare(operation, reader, itemIndex, memory),
	);
	if (!context.continueOnFail()) refuseBeforeSending(context, operation, tasks);

	const sending = isSend && firstReader ? readSending(context, operation, firstReader) : undefined;
	const atOnce = operation.effect === 'read' ? READS_AT_ONCE : (sending?.atOnce ?? 1);
	const pace = sending && new Pace(client, sending.pause);
	const progress = new Progress(context, operation, tasks.length);
	const outputs = await mapInOrder(tasks, atOnce, async (task, itemIndex) => {
		const trace: Trace = { mayHaveActed: false };
		try {
			const { maxAttempts } = sending ?? {};
			const run = { context, client, api, operation, memory, pace, maxAttempts, itemIndex, trace };
			const output = await outputOf(run, task);
			progress.succeeded();
			return output.map((item) => ({
				pairedItem: isOneForAll ? items.map(asPaired) : { item: itemIndex },
				...item,
				json: asSuccess(item.json),
			}));
		} catch (error) {
			const { mayHaveActed } = trace;
			const outcome = outcomeOf(error, mayHaveActed);
			progress.failed(outcome, itemIndex);
			const clean = (text: string): string => client.words(text, 'prepared' in task ? task.prepared.secrets : []);
			const nodeError = toNodeError(error, { ...about(context, operation, itemIndex), mayHaveActed, clean });
			if (!context.continueOnFail()) throw nodeError;
			// n8n sends an item to the error output by these two keys, and would replace them by the bare message if the
			// item carried the error itself.
			const json = { error: nodeError.message, details: failureDetails(error, nodeError, outcome) };
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

/**
 * What an item that went well may hold: no `error`, by which n8n takes an item for a failed one and runs the node again,
 * and a workflow that looks for it sends once more. One that reports no error is left out.
 */
function asSuccess(json: IDataObject): IDataObject {
	if (!('error' in json)) return json;
	const { error, ...others } = json;
	return isError(error) ? { ...others, providerError: error } : others;
}

/** The options of a run of sends hold for all items, so a wrong one stops the node whatever it does on failure. */
function readSending(context: IExecuteFunctions, operation: Operation, item: ItemReader): BatchOptions {
	try {
		return readBatchOptions(item.parameter);
	} catch (error) {
		throw toNodeError(error, about(context, operation, 0));
	}
}

function asPaired(_item: INodeExecutionData, index: number): { item: number } {
	return { item: index };
}

function prepare(operation: Operation, item: ItemReader, itemIndex: number, memory: SendMemory | undefined): Task {
	try {
		const prepared = operation.prepare(item);
		return operation.paging ? { prepared, limit: listSizeOf(item.parameter) } : { prepared };
	} catch (error) {
		return memory?.settledUncomposed(itemIndex) ?? { error };
	}
}

async function outputOf(run: Run, task: Task): Promise<OutputItem[]> {
	if ('error' in task) throw task.error;
	if ('lost' in task) throw task.lost;
	return 'output' in task ? task.output : await runItem(run, task.prepared, task.limit);
}

function refuseBeforeSending(context: IExecuteFunctions, operation: Operation, tasks: Task[]): void {
	const itemIndex = tasks.findIndex((task) => 'error' in task);
	const task = tasks[itemIndex];
	if (task && 'error' in task) throw toNodeError(task.error, about(context, operation, itemIndex));
}

function about(context: IExecuteFunctions, operation: Operation, itemIndex: number) {
	return {
		node: context.getNode(),
		itemIndex,
		effect: operation.effect,
		properties: propertiesOfOperation(operation),
	};
}
