import { inSeconds } from '../../text';
import { onStop } from '../timing/stop';
import { LOOK_MS, Movement } from './movement';
import { type ByteStream, TransportError, type TransportRequest } from './transport';

/**
 * How long after its time a try is still looked at once more: when the process stalls, timers run before what has arrived
 * in the meantime is read, and an answer that is there must not count as none.
 */
const GRACE_MS = 20;

/** What a try has to know of its request. */
type Bounds = Pick<TransportRequest, 'timeLimitMs' | 'signal' | 'onSent'> & {
	/** The request or its answer may be a file, which gets more time while it moves. */
	mayMove?: boolean;
};

/**
 * One try of a request, which ends when done, by Stop, or when the time limit is over, wherever it is then. The transports
 * differ in how they wait for that, and in how they break the request off.
 */
export abstract class TimedTry {
	/** Whether the request may have left, as far as the transport can tell. */
	wasSent = false;
	protected endsAt: number;
	/** Why it ended before its time. */
	protected reason?: TransportError;
	private readonly movement?: Movement;
	private uploadStartedAt?: number;
	private isMoving = false;
	private isLate = false;
	private fail?: (reason: TransportError) => void;
	private body?: ByteStream;
	private forgetStop?: () => void;

	constructor(private readonly bounds: Bounds) {
		const now = performance.now();
		this.endsAt = now + bounds.timeLimitMs;
		if (bounds.mayMove) this.movement = new Movement(now, bounds.timeLimitMs);
	}

	/** Whether it ended before the request did: what still comes is for nobody. */
	get isOver(): boolean {
		return this.reason !== undefined;
	}

	/**
	 * Does the work until it has a result or the try ends. The time goes on until {@link finish}, or until the work fails.
	 *
	 * @throws TransportError `cancelled`, or one that says that the time is over; and what the work throws
	 */
	async run<T>(work: () => Promise<T>): Promise<T> {
		const { signal } = this.bounds;
		if (signal) this.forgetStop = onStop(signal, this.stop);
		if (signal?.aborted) this.stop();
		else this.watch();
		return await new Promise<T>((resolve, reject) => {
			this.fail = reject;
			if (this.reason) return reject(this.reason);
			work().then(resolve, (error: Error) => {
				this.finish();
				reject(error);
			});
		});
	}

	/** The request is about to be handed to its connection. */
	leaves(): void {
		this.wasSent = true;
		const { onSent } = this.bounds;
		// Not before it has been.
		if (onSent) void Promise.resolve().then(onSent);
	}

	/** Bytes of a file are about to be sent. */
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

	/** The body of the answer is still to come; it breaks with the reason when the try ends before. */
	covers(body: ByteStream): void {
		this.body = body;
	}

	/** Bytes have gone out or come in. */
	moved(bytes: number): void {
		this.movement?.moved(bytes);
	}

	/** The answer is there to its last byte, or will never be. */
	finish(): void {
		this.forgetStop?.();
	}

	/** Begins to look at the time. */
	protected abstract watch(): void;

	/** Ends the try, the request with it. */
	protected end(reason: TransportError): void {
		this.reason = reason;
		this.finish();
		this.fail?.(reason);
		// Before the connection ends it, which would give another reason, or none.
		this.body?.destroy(reason);
	}

	/** Milliseconds until the time is to be looked at. */
	protected untilLook(now: number): number {
		if (this.isLate) return GRACE_MS;
		const left = this.endsAt - now;
		const delay = this.movement && (left <= 0 || left > LOOK_MS) ? LOOK_MS : left;
		return Math.max(1, Math.ceil(delay));
	}

	/** Ends the try at the second look after its time, which is not over while a file moves fast enough. */
	protected endInTime(now: number): void {
		const isFastEnough = this.movement?.isFastEnough(now) === true && this.isMoving;
		const wasLate = this.isLate;
		this.isLate = now >= this.endsAt && !isFastEnough;
		if (this.isLate && wasLate) this.end(this.timeIsOver(now));
	}

	/** Ends the try if its time is over before it has begun to send. */
	protected endBeforeSending(): void {
		const now = performance.now();
		if (!this.isOver && now >= this.endsAt) this.end(this.timeIsOver(now));
	}

	private readonly stop = (): void => {
		if (!this.isOver)
			this.end(new TransportError('cancelled', 'the execution was stopped', { sent: this.wasSent }));
	};

	private timeIsOver(now: number): TransportError {
		const { timeLimitMs } = this.bounds;
		if (!this.wasSent) return new TransportError('notSent', `no connection within ${inSeconds(timeLimitMs)}`);
		// It had more time than the limit: saying that there was no answer in that time would be wrong.
		const wasExtended = this.isMoving && now > this.endsAt + 2 * LOOK_MS;
		if (wasExtended) return new TransportError('sent', 'the file transfer stalled');
		return new TransportError('sent', 'no response within the time limit', { timedOut: true });
	}
}
