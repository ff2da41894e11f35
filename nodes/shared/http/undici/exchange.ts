import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { TransportResponse } from '../transport/transport';
import type { Attempt } from './attempt';
import { decode } from './decode';
import { youngCollector } from './gcPressure';
import type { Carried, Cut, Watched } from './pooledClient';

/** Bytes of a body that wait for whoever reads it, before the server has to wait: 64 KiB. */
const WAITING_BYTES = 64 * 1024;

type Controller = Dispatcher.DispatchController;

type Head = Pick<TransportResponse, 'status' | 'headers'>;

/**
 * Sends a request and resolves with its answer: with the bytes of the body where all of it came with the head, as most do;
 * with a stream of it where more is to come, or it is encoded or may be a file. undici's own `request` makes a stream of
 * every body, and writes and parses the headers twice more on their way through whoever watches them.
 *
 * @param attempt follows the request, and can end it
 * @param mayBeFile the answer may be a file, which has more time while it moves
 * @throws whatever undici, or the attempt, ends it with before the head of the answer is there
 */
export async function exchange(
	dispatcher: Dispatcher,
	options: Dispatcher.DispatchOptions,
	attempt: Attempt,
	mayBeFile: boolean,
): Promise<TransportResponse> {
	return await new Promise<TransportResponse>((resolve, reject) => {
		const carried = new Exchange(attempt, mayBeFile, { resolve, reject });
		const watched: Dispatcher.DispatchOptions & Watched = { ...options, carried };
		dispatcher.dispatch(watched, carried);
	});
}

interface Settle {
	resolve: (response: TransportResponse) => void;
	reject: (error: Error) => void;
}

/**
 * What undici says of one request and its answer. It calls `onRequestStart` on the connection that is about to write the
 * request: every failure before that (name not found, refused, TLS, proxy, time-out while connecting) has sent nothing; every
 * failure after it may have.
 */
class Exchange implements Dispatcher.DispatchHandler, Carried {
	private head?: Head;
	/** What came before the body was handed over. */
	private readonly pieces: Buffer[] = [];
	private body?: AnswerBody;
	private hasBytes = false;
	private isWhole = false;
	private isCutOff = false;

	constructor(
		private readonly attempt: Attempt,
		private readonly mayBeFile: boolean,
		private readonly settle: Settle,
	) {}

	connects(cut: Cut): void {
		this.attempt.connects(cut);
	}

	onRequestStart(controller: Controller): void {
		this.attempt.starts(controller);
	}

	onResponseStart(
		controller: Controller,
		status: number,
		headers: Record<string, string | string[] | undefined>,
	): void {
		// It says that it is still at it.
		if (status < 200) return;
		const head: Head = { status, headers: flattenHeaders(headers) };
		this.head = head;
		if (this.mayBeFile && status < 300) this.attempt.downloadStarts();
		if (this.mayBeFile || headers['content-encoding'] !== undefined) {
			this.handOver(head, controller);
			return;
		}
		// Later than what has arrived is read.
		queueMicrotask(() => {
			if (!this.isWhole && !this.body) this.handOver(head, controller);
		});
	}

	onResponseData(_controller: Controller, piece: Buffer): void {
		this.attempt.moved(piece.length);
		this.hasBytes = true;
		if (this.body) this.body.receive(piece);
		else this.pieces.push(piece);
	}

	onResponseEnd(controller: Controller): void {
		if (this.isCutOff) return this.onResponseError(controller, new Error('reset'));
		this.attempt.finish();
		this.isWhole = true;
		const { head, body, pieces } = this;
		if (body) body.push(null);
		else if (head) this.settle.resolve({ ...head, body: joined(pieces) });
	}

	onResponseError(controller: Controller, error: Error): void {
		this.attempt.finish();
		const { head } = this;
		if (!head) return this.settle.reject(error);
		const body = this.body ?? this.handOver(head, controller);
		body.destroy(error);
	}

	closed(wasReset: boolean): void {
		const isBroken = wasReset && this.isBrokenByReset();
		// It may turn out to be whole now, by its length. If not, undici takes this for its end.
		this.body?.hurries();
		this.isCutOff = isBroken;
	}

	isBrokenByReset(): boolean {
		// Half a file must not count as a whole one, nor no answer as an empty one; half a JSON shows.
		return !this.isWhole && (this.mayBeFile || !this.hasBytes || this.body?.isWaiting === true);
	}

	/** The answer as it is, the rest of its body to come. */
	private handOver(head: Head, controller: Controller): AnswerBody {
		const body = new AnswerBody(controller);
		this.body = body;
		this.attempt.covers(body);
		for (const piece of this.pieces) body.receive(piece);
		this.settle.resolve(decode({ ...head, body }));
		return body;
	}
}

/** The body of an answer while it arrives, as fast as it is read. Destroyed before its end, it ends the connection. */
class AnswerBody extends Readable {
	private readonly passed = youngCollector();
	private isHurried = false;

	constructor(private readonly controller: Controller) {
		super({ highWaterMark: WAITING_BYTES });
		// Destroyed with an error before anybody reads it, it must not end the process.
		this.on('error', () => undefined);
	}

	receive(piece: Buffer): void {
		this.passed(piece.length);
		if (!this.push(piece) && !this.isHurried) this.controller.pause();
	}

	/** Whether the server waits for whoever reads. */
	get isWaiting(): boolean {
		return this.controller.paused;
	}

	/** From now on whoever reads is waited for no more: little can still come. */
	hurries(): void {
		this.isHurried = true;
		this.controller.resume();
	}

	override _read(): void {
		this.controller.resume();
	}

	override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
		// Of an answer that is whole, undici ends nothing.
		if (!this.readableEnded) this.controller.abort(error ?? new Error('unread'));
		// Not before whoever waits for the answer had a chance to listen.
		setImmediate(callback, error);
	}
}

function joined(pieces: Buffer[]): Buffer {
	const [first] = pieces;
	return first && pieces.length === 1 ? first : Buffer.concat(pieces);
}

function flattenHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
	const flat: Record<string, string> = {};
	for (const [name, value] of Object.entries(headers)) {
		if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
	}
	return flat;
}
