import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import type { Readable } from 'node:stream';
import { type GatewayClient, type GatewayApi, type Success } from '../http/client';
import { GatewayError } from '../http/gatewayError';
import type { GatewayRequest } from '../http/request';
import { textOf } from '../text';
import { clientFor } from './context';
import { failureDetails, toNodeError } from './errors';
import type { ItemReader } from './field';
import { findOperation, type Gateway } from './gateway';
import type { Operation, OperationContext, OutputItem, PreparedOperation } from './operation';
import { collectPages } from './paging';
import { mapInOrder } from './mapInOrder';
import { itemReader } from './itemReader';
import { listSizeOf } from './properties';
import { SendMemory } from './sendMemory';

/** Reads under way at once. */
const READS_AT_ONCE = 8;

/** One input item's way through the node: what it asks for, or why it cannot. */
type Task = { prepared: PreparedOperation; limit?: number } | { error: unknown };

/**
 * The `execute` of every action node: runs the chosen operation for each input item.
 *
 * The parameters of all items are judged before anything is sent, so that a typing error in the last item does not
 * leave half the messages sent. Reads run several at once; changes and sends one after the other. Output is in item
 * order and paired.
 *
 * @throws NodeApiError or NodeOperationError for the first failed item, unless the node continues on failure
 */
export async function runOperations(
	context: IExecuteFunctions,
	gateway: Gateway,
): Promise<INodeExecutionData[][]> {
	const operation = findOperation(
		gateway,
		textOf(context.getNodeParameter('resource', 0)),
		textOf(context.getNodeParameter('operation', 0)),
	);
	const items = context.getInputData();
	const api = operation.api ?? gateway.api;
	const credential = await context.getCredentials(api.credentialType);
	const tasks = items.map((_item, index) => prepare(operation, itemReader(context, index, credential)));
	if (!context.continueOnFail()) refuseBeforeSending(context, operation, tasks);

	const client = await clientFor(context, api, context.getExecutionCancelSignal());
	const atOnce = operation.effect === 'read' ? READS_AT_ONCE : 1;
	const memory = operation.effect === 'send' ? new SendMemory(context) : undefined;
	const outputs = await mapInOrder(tasks, atOnce, async (task, itemIndex) => {
		try {
			if ('error' in task) throw task.error;
			const output = await runOne({ context, client, api, operation, memory, itemIndex }, task);
			return output.map((item) => ({ ...item, pairedItem: { item: itemIndex } }));
		} catch (error) {
			const continues = context.continueOnFail();
			const nodeError = toNodeError(error, {
				...about(context, operation, itemIndex),
				note: continues ? undefined : progressNote(operation, itemIndex, items.length),
			});
			if (!continues) throw nodeError;
			// n8n sends an item to the error output by these two keys, and would replace them by the bare message if the
			// item carried the error itself.
			const json = { error: nodeError.message, details: failureDetails(error, nodeError) };
			return [{ json, pairedItem: { item: itemIndex } }];
		}
	});
	const output = outputs.flat();
	memory?.clear(output[0]?.json);
	return [output];
}

function prepare(operation: Operation, item: ItemReader): Task {
	try {
		const prepared = operation.prepare(item);
		return operation.paging ? { prepared, limit: listSizeOf(item.parameter) } : { prepared };
	} catch (error) {
		return { error };
	}
}

function refuseBeforeSending(context: IExecuteFunctions, operation: Operation, tasks: Task[]): void {
	const itemIndex = tasks.findIndex((task) => 'error' in task);
	const task = tasks[itemIndex];
	if (task && 'error' in task) throw toNodeError(task.error, about(context, operation, itemIndex));
}

function about(context: IExecuteFunctions, operation: Operation, itemIndex: number) {
	const properties: INodeProperties[] = operation.fields.flatMap((field) => field.properties);
	return { node: context.getNode(), itemIndex, effect: operation.effect, properties };
}

function progressNote(operation: Operation, itemIndex: number, total: number): string {
	if (operation.effect === 'read' || total === 1) return '';
	const left = total - itemIndex - 1;
	return `Before it, ${itemIndex} of ${total} items went through; ${left} after it were not tried.`;
}

/** What all items of a run have in common, and which item it is. */
interface Run {
	context: IExecuteFunctions;
	client: GatewayClient;
	api: GatewayApi;
	operation: Operation;
	/** For sends. */
	memory?: SendMemory;
	itemIndex: number;
}

async function runOne(
	{ context, client, api, operation, memory, itemIndex }: Run,
	task: Extract<Task, { prepared: PreparedOperation }>,
): Promise<OutputItem[]> {
	const { prepared, limit } = task;
	const repeatable = operation.effect === 'read' ? true : undefined;
	const sendNow = async (request: GatewayRequest): Promise<Success> => {
		const success = await client.send({ repeatable, ...request }, prepared.secrets);
		const words = prepared.refusal?.(success.data);
		if (words === undefined) return success;
		throw new GatewayError({
			provider: api.displayName,
			kind: 'refused',
			outcome: 'refused',
			words,
			status: success.status,
			attempts: 1,
		});
	};
	let requests = 0;
	const remembering = async (request: GatewayRequest, call: () => Promise<Success>): Promise<Success> =>
		memory ? await memory.once(`${itemIndex}.${requests++}`, request, call) : await call();
	const send = async (request: GatewayRequest): Promise<Success> =>
		await remembering(request, async () => await sendNow(request));
	const operationContext: OperationContext = {
		send,
		download: async (request) =>
			await client.download({ repeatable, ...request }, prepared.secrets),
		storeBinary: async (body: Readable, fileName, mimeType) =>
			await context.helpers.prepareBinaryData(body, fileName, mimeType),
	};

	if (prepared.run) return await prepared.run(operationContext);
	const { request } = prepared;
	if (!request) throw new Error(`The operation "${operation.name}" has no request`);
	if (operation.paging) {
		const list = await collectPages(send, request, operation.paging, limit);
		return asList(prepared.output(list)).map((element) => ({ json: asObject(element) }));
	}
	// What is remembered is what is put out: an answer may hold codes and keys that are left out of that.
	const answer = await remembering(request, async () => {
		const success = await sendNow(request);
		return { ...success, data: prepared.output(success.data) };
	});
	return toItems(answer.data as IDataObject | IDataObject[]);
}

/** A list becomes one item for each element; an answer without content says at least that it went well. */
function toItems(data: IDataObject | IDataObject[]): OutputItem[] {
	const isFilledList = Array.isArray(data) && data.length > 0;
	return isFilledList ? data.map((element) => ({ json: asObject(element) })) : [{ json: asObject(data) }];
}

function asList(data: IDataObject | IDataObject[]): IDataObject[] {
	return Array.isArray(data) ? data : [data];
}

function asObject(data: unknown): IDataObject {
	if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data as IDataObject;
	return data === undefined || data === null || Array.isArray(data)
		? { success: true }
		: { value: textOf(data) };
}
