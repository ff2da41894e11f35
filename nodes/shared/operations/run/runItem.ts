import { type IDataObject, type IExecuteFunctions, NodeOperationError } from 'n8n-workflow';
import type { Course, GatewayClient, Success } from '../../http/client';
import type { GatewayApi } from '../../http/gatewayApi';
import { GatewayError, type GatewayFailure } from '../../http/gatewayError';
import { type GatewayRequest, isRead } from '../../http/request';
import { cleanFileName } from '../../fileName';
import { plainMimeType } from '../../mimeType';
import { isObject } from '../../object';
import { textOf } from '../../text';
import type { Operation, OperationContext, OutputItem, PreparedOperation } from '../define/operation';
import { collectPages } from '../define/paging';
import { joinParts, type MessageParts } from '../define/textMessage';
import { fileFetcherFor } from '../n8n/context';
import { outcomeOf } from '../n8n/errors';
import { handOn } from '../n8n/handOn';
import { isCalledWithinAgent, reviewedArguments } from '../n8n/toolCall';
import { callbackUrl, keepForCall, responseUrl, waitForCall } from '../n8n/waiting';
import type { Turn } from './mapInOrder';
import type { Pace } from './pace';
import type { SendMemory } from './sendMemory';

/** What all items of a run have in common, and which item it is. */
export interface Run {
	context: IExecuteFunctions;
	client: GatewayClient;
	api: GatewayApi;
	operation: Operation;
	/** For sends. */
	memory?: SendMemory;
	pace?: Pace;
	maxAttempts?: number;
	/** Another account could take the message, as long as nothing of it went out. */
	hasAlternative?: boolean;
	/** For requests that say nothing of it themselves. */
	timeLimitMs?: number;
	itemIndex: number;
	trace: Trace;
	/** Awaited before anything is done that others can notice. */
	turn: Turn;
}

/** What an item has left behind, however it ends. */
export interface Trace {
	/** A send or change of it was made, or may have been: in this try of the node, or in an earlier one. */
	mayHaveActed: boolean;
}

/**
 * Runs a prepared operation for one item.
 *
 * @param limit elements of a list that are wanted; undefined for all
 * @throws GatewayError and what `run` of an operation throws
 */
export async function runItem(run: Run, prepared: PreparedOperation, limit: number | undefined): Promise<OutputItem[]> {
	return await new ItemRun(run, prepared).output(limit);
}

type SendOne = (request: GatewayRequest) => Promise<Success>;

/** The way of one item. Its methods, unlike functions made for each item, are compiled once. */
class ItemRun {
	private readonly secrets: string[];
	private mayHaveSent = false;
	/** Of a message that takes several requests, the first one waits for its turn; so does each part of a text. */
	private isFirst = true;
	private messages = 0;
	private repeated: string | undefined;
	private readonly course: Course;

	constructor(
		private readonly run: Run,
		private readonly prepared: PreparedOperation,
	) {
		const { turn, pace } = run;
		this.secrets = prepared.secrets;
		this.course = {
			begin: async () => {
				await turn.take();
				if (pace) await pace.turn();
			},
			waits: () => turn.waits(),
		};
	}

	async output(limit: number | undefined): Promise<OutputItem[]> {
		const { memory, operation, itemIndex, turn } = this.run;
		const { request, parts } = this.prepared;
		// What earlier tries have left changes while it is read, and must not for an item that is never begun.
		if (memory?.isNew(itemIndex) === false) await turn.take();
		if (this.prepared.run) return await this.composed(this.prepared.run);
		if (!request) throw new Error(`The operation "${operation.name}" has no request`);
		if (operation.paging) {
			const list = await collectPages(async (page) => await this.send(page), request, operation.paging, limit);
			return asList(this.prepared.output(list, undefined)).map((element) => ({ json: asObject(element) }));
		}
		const sendShaped: SendOne = async (each) => await this.sendShaped(each);
		if (!parts) memory?.sendWhole(itemIndex);
		const sent = parts
			? await this.sendParts(
					parts,
					async (text, part) => await Promise.resolve(parts.request(text, part)),
					sendShaped,
				)
			: [await this.once(async () => await Promise.resolve(request), sendShaped)];
		const [data] =
			sent.length > 1 ? [joinParts(sent.map((each) => asObject(each.data)))] : sent.map((each) => each.data);
		const output = asRepeated(toItems(data as IDataObject | IDataObject[]), this.repeated);
		memory?.accepted(itemIndex, output);
		return output;
	}

	/** What an operation makes of several requests. */
	private async composed(compose: NonNullable<PreparedOperation['run']>): Promise<OutputItem[]> {
		const { context, client, api, memory, itemIndex, trace, turn } = this.run;
		await turn.take();
		const send: SendOne = async (request) => await this.send(request);
		const able = abilities(context, client, api, this.secrets, trace);
		const composed = await compose({
			send,
			sendMessage: async (message) => {
				memory?.sendWhole(itemIndex);
				return await this.once(message, send);
			},
			sendParts: async (parts, part) => await this.sendParts(parts, part, send),
			download: async (request) =>
				await client.download(this.withEffect({ repeatable: this.isRepeatable, ...request }), this.secrets),
			...able,
		});
		const output = asRepeated(composed, this.repeated);
		// What waits has not become its output yet.
		if (!able.isWaiting()) memory?.accepted(itemIndex, output);
		return output;
	}

	private async sendParts(
		written: MessageParts,
		compose: (text: string, part: number) => Promise<GatewayRequest>,
		sendIt: SendOne,
	): Promise<Success[]> {
		const { memory, itemIndex, turn } = this.run;
		const texts = partsOf(this.run, written);
		const total = texts.length;
		if (total > 1) {
			await turn.take();
			memory?.keepParts(itemIndex, { ...written, texts }, this.secrets);
		}
		const sent: Success[] = [];
		for (const [part, text] of texts.entries()) {
			this.isFirst = true;
			const sending = this.once(async () => await compose(text, part), sendIt);
			const success = await sending.catch((error: unknown) => {
				memory?.forgetUnsentParts(itemIndex);
				if (total === 1 || !(error instanceof GatewayError)) throw error;
				const parts = { sent: sent.length, total };
				throw new GatewayError({ ...error.failure, parts }, { cause: error });
			});
			sent.push(success);
		}
		return sent;
	}

	/** Sends a message, unless an earlier try did. */
	private async once(compose: () => Promise<GatewayRequest>, sendIt: SendOne): Promise<Success> {
		const { memory, itemIndex, trace } = this.run;
		if (!memory) return await sendIt(await compose());
		const success = await memory.once({ itemIndex, number: this.messages++ }, compose, sendIt, this.secrets);
		trace.mayHaveActed = true;
		this.repeated = success.repeated ?? this.repeated;
		return success;
	}

	/** What is remembered is the output: an answer may hold codes and keys that are left out of that. */
	private async sendShaped(request: GatewayRequest): Promise<Success> {
		const success = await this.send(request);
		const shaped = understood(success, this.run.api, () => this.prepared.output(success.data, success.envelope));
		return { ...success, data: shaped };
	}

	private async send(request: GatewayRequest): Promise<Success> {
		const { client, api, maxAttempts, hasAlternative = false, timeLimitMs, trace } = this.run;
		const course = this.isFirst ? this.course : undefined;
		this.isFirst = false;
		const whole = this.withEffect({
			repeatable: this.isRepeatable,
			maxAttempts,
			hasAlternative: hasAlternative && !this.mayHaveSent,
			...request,
			timeLimitMs: request.timeLimitMs ?? timeLimitMs,
		});
		const success = await client.send(whole, this.secrets, course).catch((error: unknown) => {
			// Anything but a GatewayError came before the request was sent.
			trace.mayHaveActed ||= !isRead(whole) && outcomeOf(error, false) === 'unknown';
			throw error;
		});
		this.mayHaveSent ||= !isRead(whole);
		trace.mayHaveActed ||= this.mayHaveSent;
		const words = understood(success, api, () => this.prepared.refusal?.(success.data));
		if (words === undefined) return success;
		const { status } = success;
		const shown = client.words(words, this.secrets);
		throw new GatewayError({ ...asFailure(api, status), kind: 'refused', outcome: 'refused', words: shown });
	}

	private get isRepeatable(): true | undefined {
		return this.run.operation.effect === 'read' ? true : undefined;
	}

	/** Among the requests of an operation that makes several, a GET looks something up. */
	private withEffect(request: GatewayRequest): GatewayRequest {
		const usual = this.prepared.run && request.method === 'GET' ? 'read' : this.run.operation.effect;
		return { effect: usual, ...request };
	}
}

/** The texts to send; those of an earlier try if part of it may have been sent. */
function partsOf({ memory, itemIndex, trace }: Run, written: MessageParts): string[] {
	if (!memory) return written.texts;
	trace.mayHaveActed ||= memory.hasParts(itemIndex);
	return memory.partsOf(itemIndex, written);
}

/**
 * The output of a message that was repeated as it was first composed: a recipient that only the new composition has did not
 * get it.
 */
function asRepeated(items: OutputItem[], repeated: string | undefined): OutputItem[] {
	if (repeated === undefined) return items;
	const known = (value: unknown): boolean => typeof value !== 'string' || repeated.includes(value);
	return items.map(({ json, ...rest }) => {
		const changed = ['phone', 'groupId'].filter((name) => name in json && !known(json[name]));
		return { ...rest, json: { ...json, ...Object.fromEntries(changed.map((name) => [name, null])) } };
	});
}

/**
 * Reads an answer that said yes. One with an unexpected shape does not undo the message.
 *
 * @throws GatewayError of an unknown outcome, so that nothing is sent again
 */
function understood<T>({ status }: Success, api: GatewayApi, read: () => T): T {
	let cause: unknown;
	try {
		return read();
	} catch (error) {
		cause = error;
	}
	const words = 'the response was not as expected';
	throw new GatewayError({ ...asFailure(api, status), kind: 'unreadable', outcome: 'unknown', words }, { cause });
}

function asFailure(
	{ displayName }: GatewayApi,
	status: number,
): Pick<GatewayFailure, 'provider' | 'status' | 'attempts'> {
	return { provider: displayName, status, attempts: 1 };
}

/** What an operation with a `run` can do besides requests. */
function abilities(
	context: IExecuteFunctions,
	client: GatewayClient,
	api: GatewayApi,
	secrets: string[],
	trace: Trace,
): Omit<OperationContext, 'send' | 'sendMessage' | 'sendParts' | 'download'> & { isWaiting: () => boolean } {
	let isWaiting = false;
	return {
		isWaiting: () => isWaiting,
		fetchFile: async (address, options) => {
			const fetchAny = await fileFetcherFor(context, api);
			return await fetchAny(address, { signal: context.getExecutionCancelSignal(), ...options });
		},
		storeBinary: async (body, fileName, mimeType) =>
			await context.helpers.prepareBinaryData(body, cleanFileName(fileName), plainMimeType(mimeType)),
		credential: (name) => client.credential[name],
		sleep: async (ms) => await client.sleep(ms),
		connect: async (address) => {
			const connection = await client.connect(address, secrets);
			// What goes over it is seen by no one else.
			trace.mayHaveActed = true;
			return connection;
		},
		handOn: async (url, handout) => await handOn(context, url, handout),
		callbackUrl: () => {
			assertCanWait(context);
			return callbackUrl(context);
		},
		responseUrl: (parameters) => {
			assertCanWait(context);
			return responseUrl(context, parameters);
		},
		reviewed: () => reviewedArguments(context),
		keepForCall: (value) => keepForCall(context, value),
		waitForCall: async (until, onTimeout) => {
			isWaiting = true;
			await waitForCall(context, until, onTimeout);
		},
	};
}

/** Not the node would wait there, but the agent, and no answer would reach either of them. */
function assertCanWait(context: IExecuteFunctions): void {
	if (!isCalledWithinAgent(context)) return;
	throw new NodeOperationError(context.getNode(), 'This operation cannot wait inside this agent', {
		itemIndex: 0,
		description:
			'Nothing was sent. Use the AI Agent node in version 3 or later, or an operation that does not wait.',
	});
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
	if (isObject(data)) return data;
	return data === undefined || data === null || Array.isArray(data) ? { success: true } : { value: textOf(data) };
}
