import { inSeconds } from '../../text';
import { wait } from '../timing/wait';
import { LOOK_MS, Movement } from '../transport/movement';
import { type ByteStream, TransportError, type TransportRequest } from '../transport/transport';

/** What a deadline has to know of its request. */
type Bounds = Pick<TransportRequest, 'timeLimitMs' | 'signal'> & {
	/** The request or its answer may be a file, which gets more time while it moves. */
	mayMove?: boolean;
};

/**
 * The time limit of one request, up to the last byte of its answer. n8n's own time-out begins anew with every byte, and
 * ends with the head of a streamed answer.
 *
 * It waits by n8n's `sleep`, which keeps the process alive, or `n8n execute` would end in the middle of a run.
 */
export class Deadline {
	/**
	 * n8n has the request. From here on it may have left: n8n's helper does not say when it writes the first byte.
	 */
	isHandedOver = false;
	private reason?: TransportError;
	private endsAt: number;
	private readonly cut = new AbortController();
	private readonly over = new AbortController();
	private readonly movement?: Movement;
	private uploadStartedAt?: number;
	private isMoving = false;
	private body?: ByteStream;
	private fail?: (reason: TransportError) => void;

	constructor(private readonly bounds: Bounds) {
		const now = performance.now();
		this.endsAt = now + bounds.timeLimitMs;
		if (bounds.mayMove) this.movement = new Movement(now, bounds.timeLimitMs);
	}

	/** Ends the request, for n8n's helper. */
	get signal(): AbortSignal {
		return this.cut.signal;
	}

	/** Whether it ended before the request did: what still comes is for nobody. */
	get isOver(): boolean {
		return this.reason !== undefined;
	}

	/**
	 * Does the work until it has a result or the time is over. The time goes on until the body of the answer is read, or
	 * until the work fails.
	 *
	 * @throws TransportError `cancelled`, or one that says that the time is over; and what the work throws
	 */
	async run<T>(work: () => Promise<T>): Promise<T> {
		const { signal } = this.bounds;
		const ended = new Promise<never>((_resolve, reject) => {
			this.fail = reject;
		});
		signal?.addEventListener('abort', this.stop, { once: true });
		if (signal?.aborted) this.stop();
		else void this.watch();
		return await Promise.race([ended, this.isOver ? ended : work()]).catch((error: unknown) => {
			this.finish();
			throw error;
		});
	}

	/** The body of the answer, which breaks with the reason when the time is over before its end. */
	covers(body: ByteStream): void {
		this.body = body;
		body.once('close', () => this.finish());
	}

	/** Bytes of a file are about to be read for sending. */
	uploadStarts(): void {
		this.uploadStartedAt ??= performance.now();
		this.isMoving = true;
	}

	/** All is handed to the connection; what that took is no part of the time limit. */
	uploadEnds(): void {
		const now = performance.now();
		this.endsAt += now - (this.uploadStartedAt ?? now);
		this.isMoving = false;
	}

	/** The bytes of a file are about to arrive. */
	downloadStarts(): void {
		this.isMoving = true;
	}

	/** Bytes have gone out or come in. */
	moved(bytes: number): void {
		this.movement?.moved(bytes);
	}

	/** Nothing is left to be limited. */
	finish(): void {
		this.over.abort();
		this.bounds.signal?.removeEventListener('abort', this.stop);
	}

	private readonly stop = (): void => {
		this.end(new TransportError('cancelled', 'the execution was stopped', { sent: this.isHandedOver }));
	};

	private async watch(): Promise<void> {
		const { signal } = this.over;
		for (let left = this.endsAt - performance.now(); ; left = this.endsAt - performance.now()) {
			const delay = this.movement && (left <= 0 || left > LOOK_MS) ? LOOK_MS : left;
			await wait(Math.max(1, Math.ceil(delay)), signal).catch(() => undefined);
			if (signal.aborted) return;
			const now = performance.now();
			const isFastEnough = this.movement?.isFastEnough(now) === true && this.isMoving;
			if (now >= this.endsAt && !isFastEnough) return this.end(this.timeIsOver(now));
		}
	}

	private timeIsOver(now: number): TransportError {
		const { timeLimitMs } = this.bounds;
		if (!this.isHandedOver) return new TransportError('notSent', `no connection within ${inSeconds(timeLimitMs)}`);
		// It had more time than the limit: saying that there was no answer in that time would be wrong.
		const wasExtended = this.isMoving && now > this.endsAt + 2 * LOOK_MS;
		if (wasExtended) return new TransportError('sent', 'the file transfer stalled');
		return new TransportError('sent', 'no response within the time limit', { timedOut: true });
	}

	private end(reason: TransportError): void {
		if (this.reason) return;
		this.reason = reason;
		this.finish();
		this.fail?.(reason);
		// Before n8n's client ends it, which would give another reason.
		this.body?.destroy(reason);
		this.cut.abort();
	}
}
