import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import type { Success } from '../../http/client';
import { GatewayError, type GatewayFailure } from '../../http/gatewayError';
import type { GatewayRequest } from '../../http/request';
import type { OutputItem } from '../define/operation';
import type { SentMessage } from '../define/sentMessage';
import { forgetBeginning, placeKey } from '../n8n/execution';
import { isCalledWithinAgent, runOf } from '../n8n/toolCall';
import { keepRequest, type Repeatable, restoreRequest } from './storedRequest';

/**
 * What became of the message at a place in an earlier try, and in which execution:
 * `output`: it was accepted, and this is what the item became. `data`: it was accepted, its output was not made yet.
 * `failure`: its outcome is unknown; with `repeat` it was sent under a key and can be repeated. `refused`: the provider
 * said no to content with this hash.
 */
type Note = { execution: string } & (
	| { output: OutputItem[] }
	| { status: number; data: unknown }
	| { failure: GatewayFailure; account: string; repeat?: Repeatable }
	| { refused: string }
);

/** What is kept in the node's context, as JSON. */
interface Memory {
	sends?: Record<string, Note>;
}

/** What is already decided about an item: its output, or that its message must not be sent again. */
export type Settled = { output: OutputItem[] } | { lost: GatewayError };

interface Options {
	/** Identifies the account; what was sent through another one cannot be repeated. */
	account: string;
	/** The message carries a link that only its own execution answers to, so a "Retry execution" sends another one. */
	isBound: boolean;
	/** Whether a text contains a value that must not be kept. */
	hasSecrets: (text: string, secrets: readonly string[]) => boolean;
}

/**
 * Keeps n8n from sending twice when it runs a node again: for Retry On Fail within the execution, and for "Retry execution".
 * A message is known by its place (execution, node, run, item), not by its words, since expressions are evaluated anew.
 * Each send is noted at once in the node's context, which survives the tries, a wait and "Retry execution". Accepted: its
 * output is taken over. Not sent or refused: composed anew. Unknown, without an idempotency key: not repeated, except by
 * "Retry execution", which is a person's decision. Unknown, with a key: the first request is repeated.
 */
export class SendMemory {
	private readonly memory: Memory;
	private readonly execution: string;
	private readonly run: string;
	/** Hash of each keyed item's content, by item. */
	private readonly contents = new Map<number, string>();
	private takenOver = 0;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly options: Options,
	) {
		this.memory = context.getContext('node');
		this.execution = context.getExecutionId();
		this.run = runOf(context);
	}

	/** What an earlier try has decided about an item; undefined if it is to be sent. */
	settled(itemIndex: number): Settled | undefined {
		const whole = this.find(this.keyOf(itemIndex));
		if (whole && 'output' in whole) {
			if (whole.execution !== this.execution) this.takenOver++;
			return { output: whole.output };
		}
		const message = this.find(this.keyOf(itemIndex, 0));
		if (!message || !('failure' in message) || message.repeat) return undefined;
		// Whoever retries a whole execution by hand has been told to check the chat first.
		return message.execution === this.execution ? { lost: new GatewayError(message.failure) } : undefined;
	}

	/**
	 * What is known about the message of an item that cannot be composed any more, such as one scheduled for a time that is
	 * over by now; undefined if it was surely not sent.
	 */
	settledUncomposed(itemIndex: number): Settled | undefined {
		const message = this.find(this.keyOf(itemIndex, 0));
		if (message && 'data' in message) return { output: [{ json: this.acceptedMessage() }] };
		return message && 'failure' in message ? { lost: new GatewayError(message.failure) } : undefined;
	}

	/** What is known of a message that was accepted, where nothing else is. */
	private acceptedMessage(): SentMessage {
		const provider = this.context.getNode().type.split('.').at(-1) ?? '';
		return { messageId: null, phone: null, status: 'accepted', providerStatus: null, provider };
	}

	/**
	 * An idempotency key for an item's message: that of its place. Content that is composed anew after a refusal gets
	 * another one, since a provider may answer a known key with the refusal again.
	 *
	 * @param content what the message is made of
	 */
	messageKey(itemIndex: number, content: string): string {
		const key = placeKey(this.context, itemIndex, this.options.isBound);
		const hash = createHash('sha256').update(content).digest('hex');
		this.contents.set(itemIndex, hash);
		const earlier = this.find(this.keyOf(itemIndex, 0));
		const isChanged = earlier && 'refused' in earlier && earlier.refused !== hash;
		return isChanged ? createHash('sha256').update(key).update(hash).digest('hex') : key;
	}

	/**
	 * Sends a message, unless an earlier try did.
	 *
	 * @param number which of the item's messages it is, the first being 0
	 * @param compose makes the request; not called if it was accepted before
	 * @param secrets values that must not be kept
	 * @throws what `compose` and `send` throw; and the earlier failure again if the message cannot be repeated
	 */
	async once(
		{ itemIndex, number }: { itemIndex: number; number: number },
		compose: () => Promise<GatewayRequest>,
		send: (request: GatewayRequest) => Promise<Success>,
		secrets: readonly string[],
	): Promise<Success> {
		const key = this.keyOf(itemIndex, number);
		const earlier = this.find(key);
		if (earlier && 'data' in earlier) {
			const { status, data, execution } = earlier;
			return { status, data, headers: {}, envelope: undefined, isEarlier: execution !== this.execution };
		}
		const repeated = earlier && 'failure' in earlier ? await this.repeatable(earlier, compose) : undefined;
		const request = repeated ?? (await compose());
		const sending = send(request);
		const [result] = await Promise.allSettled([sending]);
		if (result.status === 'fulfilled') {
			const { status, data } = result.value;
			this.note(key, { status, data: data ?? null });
			return repeated ? { ...result.value, isEarlier: earlier?.execution !== this.execution } : result.value;
		}
		const cause: unknown = result.reason;
		if (!(cause instanceof GatewayError)) return await sending;
		// A refusal of the repetition says nothing about the first one.
		if (repeated) throw new GatewayError({ ...cause.failure, outcome: 'unknown' }, { cause });
		await this.noteFailure(key, itemIndex, cause.failure, request, secrets);
		return await sending;
	}

	/** Notes what became of an item whose message was accepted. */
	accepted(itemIndex: number, output: OutputItem[]): void {
		delete this.memory.sends?.[this.keyOf(itemIndex, 0)];
		this.memory.sends ??= {};
		this.memory.sends[this.keyOf(itemIndex)] = { output, execution: this.execution };
	}

	/** For the end of a "Retry execution": what was not sent again; undefined where there is nothing to say. */
	notice(): string | undefined {
		const { takenOver } = this;
		if (takenOver === 0) return undefined;
		return takenOver === 1
			? '1 message was already sent by the execution that this one retries. It was not sent again, even if you edited the workflow since. To send it again, run the workflow from the start.'
			: `${takenOver} messages were already sent by the execution that this one retries. They were not sent again, even if you edited the workflow since. To send them again, run the workflow from the start.`;
	}

	/**
	 * Forgets everything, once the node returns for good.
	 *
	 * @param first the first item of the output: n8n tries again when it carries an error, and takes for one whatever stands
	 *   under that name, also an empty text in an answer that went well
	 */
	clear(first: IDataObject | undefined): void {
		const error = first?.error ?? false;
		if (error !== false && this.context.getNode().retryOnFail === true) return;
		// Another call by the same agent may be under way.
		if (isCalledWithinAgent(this.context)) return this.clearOwn();
		delete this.memory.sends;
		forgetBeginning(this.context);
	}

	private clearOwn(): void {
		const others = Object.entries(this.memory.sends ?? {}).filter(([key]) => !key.startsWith(`${this.run} `));
		this.memory.sends = Object.fromEntries(others);
	}

	/** The first request, if what failed before is to be repeated; undefined if it is to be composed anew. */
	private async repeatable(
		{ failure, account, repeat, execution }: Extract<Note, { failure: GatewayFailure }>,
		compose: () => Promise<GatewayRequest>,
	): Promise<GatewayRequest | undefined> {
		const isRetried = execution !== this.execution;
		// Another account does not know the key, and sending by another one is a person's decision.
		if (isRetried && (!repeat || account !== nameOf(this.options.account))) return undefined;
		const request = repeat && (await restoreRequest(repeat, this.options.account, compose));
		if (!request) throw new GatewayError(failure);
		return request;
	}

	private async noteFailure(
		key: string,
		itemIndex: number,
		failure: GatewayFailure,
		request: GatewayRequest,
		secrets: readonly string[],
	): Promise<void> {
		if (failure.outcome !== 'unknown') {
			const refused = this.contents.get(itemIndex);
			if (failure.outcome === 'refused' && refused !== undefined) this.note(key, { refused });
			return;
		}
		const { account, hasSecrets } = this.options;
		const repeat = request.repeatable
			? await keepRequest(request, { account, hasSecrets: (text) => hasSecrets(text, secrets) }).catch(
					() => undefined,
				)
			: undefined;
		this.note(key, { failure, account: nameOf(account), repeat });
	}

	private find(key: string): Note | undefined {
		const note = this.memory.sends?.[key];
		return this.options.isBound && note?.execution !== this.execution ? undefined : note;
	}

	private keyOf(itemIndex: number, number?: number): string {
		return number === undefined ? `${this.run} ${itemIndex}` : `${this.run} ${itemIndex}.${number}`;
	}

	private note(key: string, note: DistributiveOmit<Note, 'execution'>): void {
		this.memory.sends ??= {};
		this.memory.sends[key] = { ...note, execution: this.execution };
	}
}

/** A name for an account that gives away nothing about it. */
function nameOf(account: string): string {
	return createHash('sha256').update(account).digest('base64url').slice(0, 16);
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
