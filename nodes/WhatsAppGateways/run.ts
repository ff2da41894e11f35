import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { GatewayError, type GatewayFailure } from '../shared/http/gatewayError';
import { circuits } from '../shared/http/timing/circuit';
import { isFlag } from '../shared/http/vocabulary';
import { accountReasonOf } from '../shared/messaging/accountRefusals';
import type { Service } from '../shared/messaging/capabilities';
import type { BatchOptions } from '../shared/operations/define/batchOptions';
import { FieldRefusal, type ItemReader } from '../shared/operations/define/field';
import type { Operation, OutputItem, PreparedOperation } from '../shared/operations/define/operation';
import { propertiesOfOperation } from '../shared/operations/define/properties';
import { explain, outcomeOf, toNodeError } from '../shared/operations/n8n/errors';
import { placeKey } from '../shared/operations/n8n/execution';
import { itemReader } from '../shared/operations/n8n/itemReader';
import { errorForModel } from '../shared/operations/n8n/toolCall';
import type { Turn } from '../shared/operations/run/mapInOrder';
import { runItem, type Trace } from '../shared/operations/run/runItem';
import { readSending, runTasks } from '../shared/operations/run/runTasks';
import type { SendMemory, Settled } from '../shared/operations/run/sendMemory';
import { textOf } from '../shared/text';
import { answeredBy } from './event';
import { restMinutes } from './fields';
import { displayNameOf } from './gateways';
import { chosenKey, ignoredNotice, isKeyed, refuseIdleKey, withKey } from './keys';
import { routedOperation } from './operations';
import { asRouted, readerFor, refuseOtherSenders, serviceOn, type Way, wayBack, waysOf } from './ways';

/** Number checks under way at once. */
const READS_AT_ONCE = 8;

/** A way for one item, with the provider's operation ready to go. */
interface ReadyWay {
	way: Way;
	service: Service;
	prepared: PreparedOperation;
}

/** One item: the ways it may go, why it cannot go, or what an earlier try has decided. */
type Task = { ready: ReadyWay[]; restMs: number; hasKey: boolean; timeLimitMs?: number } | { error: unknown } | Settled;

/** What happened on a way; part of the output. */
interface Attempt extends IDataObject {
	/** n8n's name of the provider's node. */
	provider: string;
	/** Which of the chosen phones, from 1; absent where there is one. */
	sender?: number;
	outcome: string;
	/** Absent for the one that took the message. */
	reason?: string;
}

/**
 * The `execute` of the node that routes: does the chosen operation for each item through the first provider that can. The
 * next one is tried only if the message was surely not sent, or if the account was refused and not the message; never after
 * an unknown outcome.
 *
 * @throws NodeApiError or NodeOperationError for the first failed item, unless the node continues on failure
 */
export async function runRouted(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await runItems(context).catch((error: unknown) => {
		throw errorForModel(context, error);
	});
}

async function runItems(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const { operation, jobOf } = routedOperation(
		textOf(context.getNodeParameter('resource', 0)),
		textOf(context.getNodeParameter('operation', 0)),
	);
	const properties = propertiesOfOperation(operation);
	const collections = properties.filter(({ type }) => type.endsWith('ollection')).map(({ name }) => name);
	const items = context.getInputData();
	const readerOf = (itemIndex: number, way?: Way): ItemReader => {
		const keyOf = (index: number, part?: number, recipient?: string): string =>
			way?.memory?.messageKey(index, part, recipient) ??
			placeKey(context, index, operation.isBound ?? false, recipient);
		return itemReader(context, itemIndex, way?.client.credential ?? {}, properties, keyOf);
	};
	const first = readerOf(0);
	const sending = operation.effect === 'send' ? readSending(context, operation, first) : undefined;
	const ways = await waysOf(context, operation, first.parameter, {
		pause: sending?.pause,
		isReply: jobOf === undefined,
	}).catch((error: unknown) => {
		throw toNodeError(error, { node: context.getNode(), itemIndex: 0, effect: operation.effect, properties });
	});
	for (const { memory } of ways) memory?.sendAs({ isOneForAll: false });

	const prepare = (itemIndex: number): Task => {
		const settled = settledOn(ways, (memory) => memory.settled(itemIndex));
		if (settled) return settled;
		try {
			const itself = readerOf(itemIndex);
			const key = operation.effect === 'send' ? chosenKey(itself.parameter) : '';
			refuseIdleKey(key, ways);
			// What they cannot hold is no provider's refusal.
			for (const name of collections) itself.parameter(name);
			const job = jobOf?.(itself);
			const routes = job
				? ways.map((way) => ({ way, service: serviceOn(way, job) }))
				: [wayBack(ways, answeredBy(context, itemIndex, itself.parameter))];
			const ready = routes.map(({ way, service }) => {
				const item = withKey(readerOf(itemIndex, way), key, way);
				try {
					return { way, service, prepared: service.operation.prepare(readerFor(item, way, service)) };
				} catch (error) {
					throw asRouted(error, way, service, job === undefined);
				}
			});
			refuseOtherSenders(ways, first.parameter, itself.parameter);
			const [{ way: any } = {}] = ready;
			const elsewhere = any?.memory?.begunElsewhere(
				itemIndex,
				ready.map(({ way }) => way.name),
			);
			return (
				elsewhere ?? {
					ready,
					restMs: restOf(itself),
					hasKey: key !== '',
					timeLimitMs: timeLimitOf(itself, operation),
				}
			);
		} catch (error) {
			return settledOn(ways, (memory) => memory.settledUncomposed(itemIndex)) ?? { error };
		}
	};
	const [anyWay] = ways;
	/** Providers that sent messages without a look at their keys. */
	const ignoring = new Set<string>();
	return await runTasks({
		context,
		operation,
		tasks: items.map((_item, itemIndex) => prepare(itemIndex)),
		problemOf: (task) => ('error' in task ? task.error : undefined),
		perform: async (task, itemIndex, trace, turn) => {
			if ('error' in task) throw task.error;
			if ('lost' in task) throw task.lost;
			if ('output' in task) return task.output;
			// Which providers rest is known once those before it are through.
			await turn.take();
			const { way, output } = await tryWays(
				{ context, sending, itemIndex, trace, turn, timeLimitMs: task.timeLimitMs },
				task.ready,
				task.restMs,
			);
			if (task.hasKey && !isKeyed(way)) ignoring.add(displayNameOf(way.capabilities.provider));
			return output;
		},
		atOnce: operation.effect === 'read' ? READS_AT_ONCE : (sending?.atOnce ?? 1),
		clean: (text, task) =>
			'ready' in task
				? task.ready.reduce((words, { way, prepared }) => way.client.words(words, prepared.secrets), text)
				: text,
		pairedItem: (itemIndex) => ({ item: itemIndex }),
		memory: anyWay?.memory && {
			clear: (json) => anyWay.memory?.clear(json),
			notices: () => {
				const ignored = ignoredNotice(ignoring) ?? [];
				return [...new Set(ways.flatMap(({ memory }) => memory?.notices() ?? []).concat(ignored))];
			},
		},
	});
}

/** What an earlier try has decided on one of the ways, with that way as the attempt. */
function settledOn(ways: Way[], decided: (memory: SendMemory) => Settled | undefined): Settled | undefined {
	for (const way of ways) {
		const found = way.memory && decided(way.memory);
		if (!found) continue;
		if ('output' in found) return found;
		const { failure } = found.lost;
		const { message: reason } = explain(failure, 'send');
		const attempts = [{ ...named(way), outcome: outcomeOf(found.lost, false), reason }];
		return { lost: new GatewayError({ ...failure, tried: { attempts, note: '' } }) };
	}
	return undefined;
}

/** Not every provider has the option where it only asks something; the providers' operations have judged it. */
function timeLimitOf({ parameter }: ItemReader, { effect }: Operation): number | undefined {
	const seconds = Number(parameter('options.timeLimit') ?? NaN);
	return effect === 'read' && seconds > 0 ? seconds * 1000 : undefined;
}

/** @throws FieldRefusal if the option is no number of minutes */
function restOf({ parameter }: ItemReader): number {
	const written = parameter('options.skipFailedFor');
	// Nothing, as an expression may give it, is not 0.
	const parsed = restMinutes.safeParse(textOf(written).trim() === '' ? undefined : written);
	if (parsed.success) return parsed.data * 60_000;
	throw new FieldRefusal('options.skipFailedFor', parsed.error.issues[0]?.message ?? '');
}

interface ItemRun {
	context: IExecuteFunctions;
	sending: BatchOptions | undefined;
	itemIndex: number;
	trace: Trace;
	turn: Turn;
	/** For what is no send: those take the option themselves. */
	timeLimitMs?: number;
}

/** What an item became, and the way that it went. */
interface Taken {
	way: Way;
	output: OutputItem[];
}

/** @throws GatewayError of the last way that was tried, with what the others said */
async function tryWays(run: ItemRun, ready: ReadyWay[], restMs: number): Promise<Taken> {
	const attempts: Attempt[] = [];
	const open = inOrder(run, ready, restMs, attempts);
	for (const [position, each] of open.entries()) {
		const { way } = each;
		const isLast = position === open.length - 1;
		const others = open.slice(position + 1);
		// One that just failed is no reason not to wait for this one's limit.
		const hasAlternative = others.some((other) => restMs === 0 || circuits.find(other.way.name) === undefined);
		const sending = doOn(run, each, { hasAlternative });
		const [result] = await Promise.allSettled([sending]);
		if (result.status === 'fulfilled') {
			circuits.close(way.name);
			attempts.push({ ...named(way), outcome: 'accepted' });
			const output = result.value.map((item) => ({ ...item, json: withAttempts(item.json, way, attempts) }));
			// A later try takes over what the item became, the attempts with it.
			if (!isWaiting(each)) way.memory?.accepted(run.itemIndex, output);
			return { way, output };
		}
		const cause: unknown = result.reason;
		if (!(cause instanceof GatewayError)) throw cause;
		const { failure } = cause;
		const { message } = explain(failure, each.service.operation.effect);
		const reason = reasonOf(cause, each);
		attempts.push({ ...named(way), outcome: outcomeOf(cause, false), reason: reason ?? message });
		// An answer that was lost says nothing about the account.
		if (reason !== undefined && failure.outcome !== 'unknown') {
			circuits.open(way.name, restAfter(failure, restMs), reason);
		}
		if (reason === undefined || isLast) {
			const tried = { attempts, note: noteOn(attempts) };
			throw new GatewayError({ ...failure, hint: hintFrom(way, failure), tried }, { cause });
		}
		logNext(run.context, way, message, reason);
	}
	throw new Error('There is no way to send through');
}

/** A provider's hint; where it names operations of the provider's own node, with that node. */
function hintFrom({ capabilities: { gateway } }: Way, { hint }: GatewayFailure): string | undefined {
	const namesOne = gateway.resources.some(({ name, operations }) =>
		operations.some((operation) => hint?.includes(`${name} > ${operation.name}`)),
	);
	return namesOne ? `${hint} These operations are in the ${gateway.api.displayName} node.` : hint;
}

/** How long a provider is skipped: until the end of its limit where it says when that is, as long as the option at most. */
function restAfter({ kind, retryAfterMs = Infinity }: GatewayFailure, restMs: number): number {
	return kind === 'rateLimited' ? Math.min(retryAfterMs, restMs) : restMs;
}

function logNext(context: IExecuteFunctions, { capabilities }: Way, message: string, reason: string): void {
	const { provider } = capabilities;
	context.logger.info(`${context.getNode().name}: ${message}. Trying the next provider.`, { provider, reason });
}

/**
 * The ways that are tried: those that just failed are left out, unless none other is left. A message that began on one way
 * goes on there alone.
 */
function inOrder({ itemIndex }: ItemRun, ready: ReadyWay[], restMs: number, attempts: Attempt[]): ReadyWay[] {
	const begun = ready.filter(({ way }) => way.memory?.isBegun(itemIndex) === true);
	if (begun.length > 0) return begun;
	const resting = ready.filter(({ way }) => circuits.find(way.name) !== undefined);
	if (restMs === 0 || resting.length === ready.length) return ready;
	for (const { way } of resting) {
		attempts.push({ ...named(way), outcome: 'skipped', reason: circuits.find(way.name)?.why ?? '' });
	}
	// After all others they are still better than nothing.
	return [...ready.filter((each) => !resting.includes(each)), ...resting];
}

async function doOn(
	{ sending, ...item }: ItemRun,
	{ way, service, prepared }: ReadyWay,
	{ hasAlternative }: { hasAlternative: boolean },
): Promise<OutputItem[]> {
	const { client, memory, pace, capabilities } = way;
	const { operation } = service;
	const api = operation.api ?? capabilities.gateway.api;
	const { maxAttempts } = sending ?? {};
	return await runItem(
		{ ...item, client, api, operation, memory, pace, maxAttempts, hasAlternative },
		prepared,
		undefined,
	);
}

function isWaiting({ service }: ReadyWay): boolean {
	return service.operation.isBound === true;
}

/** Why the next way may be tried; undefined if it must not. */
function reasonOf({ failure }: GatewayError, { way, service }: ReadyWay): string | undefined {
	const { kind, outcome, parts } = failure;
	// A text of which some parts went out is finished where it began.
	if (kind === 'cancelled' || (parts?.sent ?? 0) > 0) return undefined;
	const reason = accountReasonOf(failure, way.capabilities);
	if (reason !== undefined) return reason;
	// A question that was lost can be asked elsewhere; a message cannot.
	const isHarmless = outcome === 'not sent' || (service.operation.effect === 'read' && outcome === 'unknown');
	return isHarmless ? kind : undefined;
}

/** What the others said, in a sentence. */
function noteOn(attempts: Attempt[]): string {
	const others = attempts.slice(0, -1).map(({ provider, sender, outcome, reason }) => {
		const name = displayNameOf(provider);
		const phone = sender === undefined ? '' : ` (phone ${sender})`;
		return `${name}${phone}: ${outcome === 'skipped' ? `skipped (${reason})` : reason}`;
	});
	return others.length === 0 ? '' : `Before it: ${others.join('; ')}.`;
}

function named({ capabilities, senderNumber }: Way): Pick<Attempt, 'provider' | 'sender'> {
	return { provider: capabilities.provider, ...(senderNumber !== undefined && { sender: senderNumber }) };
}

function withAttempts(json: IDataObject, way: Way, attempts: Attempt[]): IDataObject {
	const { provider } = way.capabilities;
	if (!('exists' in json)) return { ...json, provider, attempts };
	const { phone, exists, ...others } = json;
	const says = isFlag(exists, true) ? true : isFlag(exists, false) ? false : null;
	return { phone: phone ?? null, exists: says, provider, attempts, ...others };
}
