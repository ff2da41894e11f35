import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { textOf } from '../../text';
import type { ItemReader } from '../define/field';
import { findOperation, type Gateway } from '../define/gateway';
import type { Operation, OutputItem, PreparedOperation } from '../define/operation';
import { listSizeOf, propertiesOfOperation } from '../define/properties';
import { clientFor } from '../n8n/context';
import { placeKey } from '../n8n/execution';
import { itemReader } from '../n8n/itemReader';
import { errorForModel } from '../n8n/toolCall';
import { Pace } from './pace';
import { type Run, runItem } from './runItem';
import { readSending, runTasks } from './runTasks';
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
	const messageKey = (itemIndex: number, part?: number, recipient?: string): string =>
		memory?.messageKey(itemIndex, part, recipient) ?? placeKey(context, itemIndex, isBound, recipient);

	const properties = propertiesOfOperation(operation);
	const readers = items.map((_item, index) => itemReader(context, index, credential, properties, messageKey));
	const [firstReader] = readers;
	const isOneForAll = firstReader !== undefined && operation.oneForAll?.(firstReader) === true;
	memory?.sendAs({ isOneForAll });
	const tasks = (isOneForAll ? [firstReader] : readers).map(
		(reader, itemIndex) => memory?.settled(itemIndex) ?? prepare(operation, reader, itemIndex, memory),
	);
	const sending = isSend && firstReader ? readSending(context, operation, firstReader) : undefined;
	const pace = sending?.pause && new Pace(client, sending.pause);
	return await runTasks({
		context,
		operation,
		tasks,
		problemOf: (task) => ('error' in task ? task.error : undefined),
		perform: (task, itemIndex, trace, turn) => {
			const { maxAttempts } = sending ?? {};
			const run = { context, client, api, operation, memory, pace, maxAttempts, itemIndex, trace, turn };
			return outputOf(run, task);
		},
		atOnce: operation.effect === 'read' ? READS_AT_ONCE : (sending?.atOnce ?? 1),
		clean: (text, task) => client.words(text, 'prepared' in task ? task.prepared.secrets : []),
		pairedItem: (itemIndex) => (isOneForAll ? items.map(asPaired) : { item: itemIndex }),
		memory,
	});
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
