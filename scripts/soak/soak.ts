import type { INodeParameters } from 'n8n-workflow';
import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Sandbox } from '../../sandbox';
import type { Bench } from '../../test/support/bench';
import { providers } from '../../test/support/providers';
import type { NodeResult } from '../../test/support/results';
import { TIME_LIMIT_S } from './faults';
import { CHANGING, Ledger, type Message, type Told } from './ledger';

/** How a part of the messages is sent. */
export interface Pass {
	/** Of all messages. */
	share: number;
	perExecution: number;
	messagesAtOnce: number;
	/** Whether the node goes on after a failed message. */
	goesOn: boolean;
}

/** What goes wrong in an execution, and what is special about it. */
export interface Weather {
	/** Of the executions so far, this one included. */
	execution: number;
	/** How much of the pass was settled before it, from 0 to 1. */
	done: number;
}

/** Who sends, through what, and what goes wrong. */
export interface SoakPlan {
	/** As the report calls it. */
	name: string;
	bench: Pick<Bench, 'run' | 'sendText'> & { sandbox: Sandbox };
	passes: Pass[];
	/** Arms the faults of an execution of a sandbox that has none. */
	arm: (weather: Weather & { seed: number }) => void;
	/** Options of the node beside those of the soak. */
	optionsFor?: (weather: Weather) => INodeParameters;
}

/** A message that was refused this often has had its chances. */
const MAX_EXECUTIONS_EACH = 20;

/** How much the heap may grow from one third to the next without being a leak: 4 MiB. */
const HEAP_SLACK = 4 * 1024 * 1024;

export interface SoakOptions {
	count: number;
	seed: number;
}

export interface SoakResult {
	/** Which part of the soak it is of. */
	provider: string;
	/** How many messages each provider accepted. */
	acceptedBy: Record<string, number>;
	messages: number;
	accepted: number;
	doubles: number;
	lost: number;
	unknown: number;
	/** Of the unknown ones. */
	unknownAccepted: number;
	requests: number;
	faults: number;
	executions: number;
	seconds: number;
	/** MB in use after each third, the collector having run. */
	heap: number[];
	/** What must not be, in words. */
	wrong: string[];
}

/** Sends many messages while providers fail at random, as a user would until all are sent or unknown. */
export async function soak(
	plan: SoakPlan,
	{ count, seed }: SoakOptions,
	show: (done: number) => void = () => undefined,
): Promise<SoakResult> {
	const started = performance.now();
	const run = new Soak(plan, new Ledger(count), seed, show);
	let first = 0;
	for (const [index, pass] of plan.passes.entries()) {
		const last = index === plan.passes.length - 1 ? count : first + Math.round(count * pass.share);
		await run.pass(pass, first, last);
		first = last;
	}
	return run.result((performance.now() - started) / 1000);
}

class Soak {
	private executions = 0;
	private requests = 0;
	private faults = 0;
	private settled = 0;
	private readonly heap: number[] = [];
	/** How many messages each provider accepted. */
	private readonly acceptedBy: Record<string, number> = {};

	constructor(
		private readonly plan: SoakPlan,
		private readonly ledger: Ledger,
		private readonly seed: number,
		private readonly show: (done: number) => void,
	) {}

	/** Sends the messages from `first` up to `last`, in as many executions as it takes. */
	async pass(pass: Pass, first: number, last: number): Promise<void> {
		const waiting = this.ledger.messages.slice(first, last);
		const times = new Map<string, number>();
		while (waiting.length > 0) {
			const done = 1 - waiting.length / (last - first);
			const batch = waiting.splice(0, pass.perExecution);
			const left = await this.execute(pass, batch, done);
			for (const message of left) {
				const had = (times.get(message.text) ?? 0) + 1;
				times.set(message.text, had);
				// A message that is given up remains in the ledger as never accepted.
				if (had < MAX_EXECUTIONS_EACH) waiting.push(message);
			}
			this.settled += batch.length - left.length;
			this.show(this.settled);
			this.weigh();
		}
	}

	result(seconds: number): SoakResult {
		const { executions, requests, faults, heap, ledger, acceptedBy } = this;
		const sum = ledger.sum();
		const growth = (heap.at(-1) ?? 0) - (heap[0] ?? 0);
		if (growth > HEAP_SLACK) ledger.wrong.push(`The heap grew by ${(growth / 2 ** 20).toFixed(1)} MB`);
		const megabytes = heap.map((bytes) => Math.round(bytes / 2 ** 20));
		return {
			provider: this.plan.name,
			...sum,
			acceptedBy,
			requests,
			faults,
			executions,
			seconds,
			heap: megabytes,
			wrong: ledger.wrong,
		};
	}

	/** @returns the messages that were not sent, which a user would send again */
	private async execute({ messagesAtOnce, goesOn }: Pass, batch: Message[], done: number): Promise<Message[]> {
		const { bench, arm, optionsFor } = this.plan;
		const { control } = bench.sandbox;
		const weather = { execution: ++this.executions, done };
		control.reset();
		for (const { type } of providers) control.setRateLimit(type, null);
		// The first item refused makes n8n run a node again that goes on after failures.
		if (goesOn) control.fault({ kind: 'status', status: 400 });
		arm({ ...weather, seed: this.seed * 10_000 + this.executions });
		const parameters: INodeParameters = {
			...bench.sendText,
			// Another text each time n8n runs the node: what went out is known by its place, not by its words.
			text: `={{ $json.text + "${CHANGING}" + $now.toISO() + Math.random() }}`,
			options: { messagesAtOnce, timeLimit: TIME_LIMIT_S, ...optionsFor?.(weather) },
		};
		const result = await bench.run(parameters, {
			items: batch.map((json) => ({ json: { ...json } })),
			retryOnFail: true,
			maxTries: 5,
			onError: goesOn ? 'continueRegularOutput' : 'stopWorkflow',
		});
		await this.settle();
		for (const { text, provider } of control.messages()) {
			this.ledger.accepted(text ?? '', provider);
			this.acceptedBy[provider] = (this.acceptedBy[provider] ?? 0) + 1;
		}
		const records = control.requests();
		this.requests += records.length;
		this.faults += records.filter(({ fault }) => fault !== undefined).length;
		return goesOn ? this.readOutput(result, batch) : this.readEnd(result, batch);
	}

	/** The server may still be at a request that the node gave up waiting for. */
	private async settle(): Promise<void> {
		const isPending = () =>
			this.plan.bench.sandbox.control.requests().some(({ answered }) => answered === 'pending');
		while (isPending()) await pause(10);
	}

	/** Of a node that continues after failures: each item has its outcome. */
	private readOutput({ outputs, error }: NodeResult, batch: Message[]): Message[] {
		if (error) this.ledger.wrong.push(`A node that should continue after failures stopped: ${error.message}`);
		const told = new Map<number, Told>();
		for (const { json, pairedItem } of outputs[0] ?? []) {
			const { item } = pairedItem as { item: number };
			const { outcome } = (json.details ?? {}) as { outcome?: Told };
			told.set(item, json.error === undefined ? 'sent' : (outcome ?? 'not sent'));
			const message = batch[item];
			if (json.error === undefined && message) this.ledger.tellProvider(message, json.provider);
		}
		return batch.filter((message, index) => this.isLeft(message, told.get(index) ?? 'not sent'));
	}

	/** Of a node that stops: the items before the failed one were sent, those after it were not touched. */
	private readEnd({ status, error }: NodeResult, batch: Message[]): Message[] {
		const failed = status === 'success' ? batch.length : Number(error?.context?.itemIndex ?? 0);
		const isUnknown = /may have been sent/.test(error?.message ?? '');
		return batch.filter((message, index) => {
			if (index < failed) return this.isLeft(message, 'sent');
			if (index === failed) return this.isLeft(message, isUnknown ? 'unknown' : 'refused');
			this.ledger.untouched(message);
			return true;
		});
	}

	private isLeft(message: Message, told: Told): boolean {
		this.ledger.tell(message, told);
		return told === 'refused' || told === 'not sent';
	}

	/** Looks at the heap after each third of the messages. */
	private weigh(): void {
		const thirds = Math.floor((this.settled * 3) / this.ledger.messages.length);
		if (thirds <= this.heap.length) return;
		this.plan.bench.sandbox.control.reset();
		collect();
		while (this.heap.length < thirds) this.heap.push(process.memoryUsage().heapUsed);
	}
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
