import { type IDataObject, type IExecuteFunctions, NodeOperationError } from 'n8n-workflow';
import { createHash, createHmac } from 'node:crypto';
import type { Success } from '../../http/client';
import { GatewayError, type GatewayFailure } from '../../http/gatewayError';
import type { GatewayRequest } from '../../http/request';
import type { OutputItem } from '../define/operation';
import type { MessageParts } from '../define/textMessage';
import { forgetBeginning, placeKey } from '../n8n/execution';
import { isCalledWithinAgent, runOf } from '../n8n/toolCall';
import { keepRequest, MAX_STORED_LENGTH, type Repeatable, restoreRequest } from './storedRequest';

/**
 * The outcome of the message at a place in an earlier try, and in which execution:
 * `output`: it was accepted, and this is what the item became. `data`: it was accepted, its output was not made yet.
 * `failure`: its outcome is unknown; with `repeat` it was sent under a key and can be repeated. `refused`: how often the
 * provider has said no. `parts`: a text was split, and some of it may have been sent.
 */
type Note = { execution: string } & (
	| { output: OutputItem[] }
	| { status: number; data: unknown }
	| { failure: GatewayFailure; account: string; repeat?: Repeatable }
	| { refused: number }
	| { parts: KeptParts }
);

/** The parts of a text as it was first split; the texts are left out if they must not be kept. */
interface KeptParts {
	count: number;
	/** Tell whether other texts, or another recipient, are the same; they say nothing to anyone else. */
	textsMark: string;
	recipientMark: string;
	texts?: string[];
}

/** What is kept in the node's context, as JSON. */
interface Memory {
	sends?: Record<string, Note>;
}

/** What is already decided about an item: its output, or that its message must not be sent again. */
export type Settled = { output: OutputItem[] } | { lost: GatewayError };

/** Stands for the item in the place of a request for all items. */
const FOR_ALL = '*';

interface Options {
	/** As users know it. */
	provider: string;
	/** Identifies the account; what was sent through another one cannot be repeated. */
	account: string;
	/** The message carries a link that only its own execution answers to, so a "Retry execution" sends another one. */
	isBound: boolean;
	/** Whether a text contains a value that must not be kept. */
	hasSecrets: (text: string, secrets: readonly string[]) => boolean;
	/**
	 * Which of the ways this is on which a message may go out, where there are several. What was accepted on one of them is
	 * settled for all; failures are each way's own.
	 */
	way?: string;
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
	private isOneForAll = false;
	/** Keys that were made before, by item: joining texts anew for each look takes longer than the look. */
	private readonly keys: Array<{ place: string; first: string; parts: string } | undefined> = [];
	private takenOver = 0;
	private repeatedAnew = 0;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly options: Options,
	) {
		this.memory = context.getContext('node');
		this.execution = context.getExecutionId();
		this.run = runOf(context);
	}

	/**
	 * Says whether one request is made for all items: then it is one message, at its own place.
	 *
	 * @throws NodeOperationError if an earlier execution sent the same items in the other way. Whatever were sent now, some
	 *   would get it twice, or not at all
	 */
	sendAs({ isOneForAll }: { isOneForAll: boolean }): void {
		this.isOneForAll = isOneForAll;
		this.keys.length = 0;
		const isSent = (note: Note): boolean => !('refused' in note);
		const places = Object.entries(this.memory.sends ?? {})
			.filter(([key, note]) => key.startsWith(`${this.run} `) && isSent(note))
			.map(([key]) => key.slice(this.run.length + 1));
		const sentOtherwise = places.filter((place) => place.startsWith(FOR_ALL) !== isOneForAll);
		if (sentOtherwise.length === 0) return;
		throw new NodeOperationError(
			this.context.getNode(),
			isOneForAll
				? 'The execution that this one retries sent some of these items one by one'
				: 'The execution that this one retries sent these items in one request',
			{
				description:
					'Nothing was sent this time, because some people would get it twice. Undo the change to the operation, or run the workflow from the start with the items that are left.',
			},
		);
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
		return message.execution === this.execution ? this.lost(itemIndex, message.failure) : undefined;
	}

	private lost(itemIndex: number, failure: GatewayFailure): Settled {
		const parts = this.progress(itemIndex);
		return { lost: new GatewayError(parts ? { ...failure, parts } : failure) };
	}

	/** Whether an item's message was accepted on this way, or can be repeated there under its key, so that no other may take it. */
	isBegun(itemIndex: number): boolean {
		const message = this.find(this.keyOf(itemIndex, 0));
		if (!message) return false;
		return 'data' in message || ('failure' in message && message.repeat !== undefined);
	}

	/** Whether nothing is known of an item from earlier tries. */
	isNew(itemIndex: number): boolean {
		const { sends = {} } = this.memory;
		const { place, first, parts } = this.keysOf(itemIndex);
		return !(place in sends) && !(first in sends) && !(parts in sends);
	}

	/**
	 * What an earlier try did with an item's message on a way that is none of these: it is finished there or not at all.
	 *
	 * @returns undefined if it was not sent there, or if a person retries what may have been sent
	 */
	begunElsewhere(itemIndex: number, ways: readonly string[]): { error: unknown } | Settled | undefined {
		const start = `${this.run} ${itemIndex}.0@`;
		const keys = Object.keys(this.memory.sends ?? {}).filter(
			(key) => key.startsWith(start) && !ways.includes(key.slice(start.length)),
		);
		const notes = keys.flatMap((key) => this.find(key) ?? []);
		if (notes.some((note) => 'data' in note)) {
			const error = new NodeOperationError(
				this.context.getNode(),
				'The message was sent, in whole or in part, through a provider or phone that is no longer chosen',
				{
					itemIndex,
					description:
						'Nothing more was sent. Choose it again and retry, or run the workflow from the start to send the whole message again.',
				},
			);
			return { error };
		}
		const [lost] = notes.flatMap((note) =>
			'failure' in note && note.execution === this.execution ? note.failure : [],
		);
		return lost && { lost: new GatewayError(lost) };
	}

	/**
	 * What is known about the message of an item that cannot be composed any more, such as one scheduled for a time that is
	 * over by now; undefined if it was definitely not sent.
	 */
	settledUncomposed(itemIndex: number): Settled | undefined {
		const message = this.find(this.keyOf(itemIndex, 0));
		if (message && 'data' in message) return this.uncomposed(itemIndex, message.status);
		return message && 'failure' in message ? this.lost(itemIndex, message.failure) : undefined;
	}

	/** Of a text in parts, it is known which were accepted. */
	private uncomposed(itemIndex: number, status: number): Settled {
		const accepted = this.acceptedBefore(status);
		const parts = this.progress(itemIndex);
		if (!parts || parts.sent === parts.total) return { lost: new GatewayError(accepted) };
		const next = this.find(this.keyOf(itemIndex, parts.sent));
		const failure = next && 'failure' in next ? next.failure : { ...accepted, outcome: 'not sent' as const };
		return this.lost(itemIndex, failure);
	}

	/** How many parts of a text were accepted; undefined where it was not split. */
	private progress(itemIndex: number): { sent: number; total: number } | undefined {
		const kept = this.keptParts(itemIndex);
		return kept && { sent: this.partsAccepted(itemIndex), total: kept.count };
	}

	private partsAccepted(itemIndex: number): number {
		let sent = 0;
		for (let note = this.find(this.keyOf(itemIndex, 0)); note && 'data' in note;) {
			note = this.find(this.keyOf(itemIndex, ++sent));
		}
		return sent;
	}

	private keptParts(itemIndex: number): KeptParts | undefined {
		const note = this.find(this.partsKeyOf(itemIndex));
		return note && 'parts' in note ? note.parts : undefined;
	}

	/**
	 * The texts to send for an item, in parts. If some parts went out in an earlier try, the rest is that of the same text,
	 * whatever the expressions give by now: the parts of two texts make no message.
	 *
	 * @throws NodeOperationError if the rest would go to another recipient, or cannot be had any more
	 */
	partsOf(itemIndex: number, { texts, to }: MessageParts): string[] {
		if (this.beginsAnew(itemIndex)) delete this.memory.sends?.[this.partsKeyOf(itemIndex)];
		const kept = this.keptParts(itemIndex);
		if (!kept) return this.wentOutWhole(itemIndex) ? texts.slice(0, 1) : texts;
		const isSame = kept.recipientMark === this.markOf(to);
		const rest = kept.texts ?? (kept.textsMark === this.markOf(texts) ? texts : undefined);
		if (isSame && rest) return rest;
		throw this.changed(itemIndex, kept);
	}

	/**
	 * Says that an item's message is sent whole.
	 *
	 * @throws NodeOperationError if parts of it went out in an earlier try
	 */
	sendWhole(itemIndex: number): void {
		if (this.beginsAnew(itemIndex)) delete this.memory.sends?.[this.partsKeyOf(itemIndex)];
		const kept = this.keptParts(itemIndex);
		if (kept) throw this.changed(itemIndex, kept);
	}

	private changed(itemIndex: number, { count }: KeptParts): NodeOperationError {
		const sent = this.partsAccepted(itemIndex);
		return new NodeOperationError(
			this.context.getNode(),
			`The message changed after ${sent} of its ${count} parts had been sent`,
			{
				itemIndex,
				description:
					'Nothing more was sent, because the rest would not fit what is in the chat. Undo the change and retry, or run the workflow from the start to send the whole message again.',
			},
		);
	}

	/** A "Retry execution" sends a message anew whose very first part is unknown, and cannot be repeated. */
	private beginsAnew(itemIndex: number): boolean {
		const first = this.find(this.keyOf(itemIndex, 0));
		if (!first || !('failure' in first) || first.execution === this.execution) return false;
		return !first.repeat || first.account !== nameOf(this.options.account);
	}

	/** A message that was not split in an earlier try, and is not sent anew. */
	private wentOutWhole(itemIndex: number): boolean {
		const note = this.find(this.keyOf(itemIndex, 0));
		if (!note) return false;
		if ('data' in note) return true;
		return 'failure' in note && note.repeat !== undefined && note.account === nameOf(this.options.account);
	}

	/** Whether a text was split in an earlier try, and some of it may have been sent. */
	hasParts(itemIndex: number): boolean {
		return this.keptParts(itemIndex) !== undefined;
	}

	/** Notes the parts of a text before the first one is sent. */
	keepParts(itemIndex: number, { texts, to }: MessageParts, secrets: readonly string[]): void {
		if (this.keptParts(itemIndex)) return;
		const text = JSON.stringify(texts);
		const isKept = text.length <= MAX_STORED_LENGTH && !this.options.hasSecrets(text, secrets);
		const parts = { count: texts.length, textsMark: this.markOf(texts), recipientMark: this.markOf(to) };
		this.note(this.partsKeyOf(itemIndex), { parts: isKept ? { ...parts, texts } : parts });
	}

	/** Forgets the parts of a text again, if not even the first one may have been sent. */
	forgetUnsentParts(itemIndex: number): void {
		const first = this.find(this.keyOf(itemIndex, 0));
		if (!first || 'refused' in first) delete this.memory.sends?.[this.partsKeyOf(itemIndex)];
	}

	private markOf(value: unknown): string {
		return createHmac('sha256', this.options.account)
			.update(JSON.stringify(value) ?? '')
			.digest('base64url');
	}

	private partsKeyOf(itemIndex: number): string {
		return this.keysOf(itemIndex).parts;
	}

	/** Nothing can be made of an answer to a message that cannot be composed any more, and nothing may wait for it. */
	private acceptedBefore(status: number): GatewayFailure {
		const { provider } = this.options;
		return { provider, kind: 'changed', outcome: 'unknown', status, attempts: 1 };
	}

	/**
	 * An idempotency key for an item's message: that of its place and recipient. After a refusal it is another one: a provider
	 * may answer a key that it knows with the refusal again, or say that it has received the message.
	 *
	 * @param part which part of a text in several messages it is for
	 * @param recipient who gets it
	 */
	messageKey(itemIndex: number, part = 0, recipient?: string): string {
		const { isBound, way } = this.options;
		const place = placeKey(this.context, itemIndex, isBound, recipient);
		// Under the key of another way the provider might repeat what it answered there.
		const ofWay = way === undefined ? place : createHash('sha256').update(`${place} ${way}`).digest('hex');
		const key = part === 0 ? ofWay : createHash('sha256').update(`${ofWay} part ${part}`).digest('hex');
		const earlier = this.find(this.keyOf(itemIndex, part));
		const refused = earlier && 'refused' in earlier ? earlier.refused : 0;
		return refused === 0 ? key : createHash('sha256').update(`${key} ${refused}`).digest('hex');
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
		const tried = await sending.then(
			(success) => ({ success }),
			(error: unknown) => ({ error }),
		);
		if ('success' in tried) {
			const { success } = tried;
			this.note(key, { status: success.status, data: success.data ?? null });
			if (!repeated) return success;
			const isEarlier = earlier?.execution !== this.execution;
			if (isEarlier) this.repeatedAnew++;
			return { ...success, isEarlier, repeated: JSON.stringify(repeated) };
		}
		const cause = tried.error;
		if (!(cause instanceof GatewayError)) return await sending;
		// A refusal of the repetition says nothing about the first one.
		if (repeated) throw new GatewayError({ ...cause.failure, outcome: 'unknown' }, { cause });
		await this.noteFailure(key, cause.failure, request, secrets);
		return await sending;
	}

	/** Notes the outcome of an item whose message was accepted. */
	accepted(itemIndex: number, output: OutputItem[]): void {
		this.memory.sends ??= {};
		const { sends } = this.memory;
		for (let number = 0, key = this.keyOf(itemIndex, 0); key in sends; key = this.keyOf(itemIndex, ++number)) {
			delete sends[key];
		}
		const parts = this.partsKeyOf(itemIndex);
		if (parts in sends) delete sends[parts];
		sends[this.keyOf(itemIndex)] = { output, execution: this.execution };
	}

	/** For the end of a "Retry execution": what was not sent in its new words. */
	notices(): string[] {
		return [this.takenOverNotice(), this.repeatedNotice()].filter((notice) => notice !== undefined);
	}

	private repeatedNotice(): string | undefined {
		if (this.repeatedAnew === 0) return undefined;
		return 'Messages that may have been sent before were repeated as they were, under their keys. Edits made since, such as another phone number, were not used for them.';
	}

	private takenOverNotice(): string | undefined {
		const { takenOver } = this;
		if (takenOver === 0) return undefined;
		return takenOver === 1
			? '1 message was already sent by the execution that this one retries. It was not sent again, even if you edited the workflow since. To send it again, run the workflow from the start.'
			: `${takenOver} messages were already sent by the execution that this one retries. They were not sent again, even if you edited the workflow since. To send them again, run the workflow from the start.`;
	}

	/**
	 * Forgets everything, once the node returns for good.
	 *
	 * @param first the first item of the output: n8n tries again when it carries an error, and takes for one whatever is
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
		failure: GatewayFailure,
		request: GatewayRequest,
		secrets: readonly string[],
	): Promise<void> {
		if (failure.outcome !== 'unknown') {
			if (!isRefusedForSure(failure)) return;
			const earlier = this.find(key);
			this.note(key, { refused: 1 + (earlier && 'refused' in earlier ? earlier.refused : 0) });
			return;
		}
		const { account, hasSecrets } = this.options;
		// A key that another request had would be refused again. Once the user has chosen another key, a message is composed
		// anew.
		const repeat =
			request.repeatable && failure.isKnownKey !== true
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
		const { place, first } = this.keysOf(itemIndex);
		if (number === undefined) return place;
		return number === 0 ? first : this.onWay(`${place}.${number}`);
	}

	private keysOf(itemIndex: number): { place: string; first: string; parts: string } {
		const known = this.keys[itemIndex];
		if (known) return known;
		const place = `${this.run} ${this.isOneForAll ? FOR_ALL : itemIndex}`;
		const made = { place, first: this.onWay(`${place}.0`), parts: this.onWay(`${place}.parts`) };
		this.keys[itemIndex] = made;
		return made;
	}

	private onWay(key: string): string {
		const { way } = this.options;
		return way === undefined ? key : `${key}@${way}`;
	}

	private note(key: string, note: DistributiveOmit<Note, 'execution'>): void {
		this.memory.sends ??= {};
		this.memory.sends[key] = { ...note, execution: this.execution };
	}
}

/** By its status or code, not by words in an answer that may have said yes besides. */
function isRefusedForSure({ outcome, status = 0, code }: GatewayFailure): boolean {
	return outcome === 'refused' && (status >= 400 || Number(code) >= 400);
}

/** A name for an account that gives away nothing about it. */
function nameOf(account: string): string {
	return createHash('sha256').update(account).digest('base64url').slice(0, 16);
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
