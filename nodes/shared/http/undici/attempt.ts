import type { Dispatcher } from 'undici';
import { inSeconds } from '../../text';
import { TransportError, type TransportRequest } from '../transport/transport';
import { LOOK_MS, Movement } from '../transport/movement';

/** What an attempt has to know of its request. */
type Bounds = Pick<TransportRequest, 'timeLimitMs' | 'signal'> & {
	/** The request or its answer may be a file, which gets more time while it moves. */
	mayMove?: boolean;
};

/** Ends the request on its connection, or the making of that. */
type Cut = (reason: Error, wasSent: boolean) => void;

/**
 * One try of a request, from looking up the host to the last byte of the answer. It ends when done, by Stop, or when the
 * time limit is over, wherever it is then: undici's own time-outs begin anew with every byte, and know nothing of
 * connecting.
 *
 * The timer keeps the process alive, or `n8n execute` would end in the middle of a run; it is gone when the try is over.
 */
export class Attempt {
	/** Whether the first byte of the request was written. */
	wasSent = false;
	/** Why it ended before its time. */
	private reason?: TransportError;
	private readonly startedAt = performance.now();
	private endsAt: number;
	private timer?: NodeJS.Timeout;
	/** Since when it waits for one of the connections to be free, which is no part of the try. */
	private queuedAt?: number;
	private readonly movement?: Movement;
	private uploadStartedAt?: number;
	private isMoving = false;
	private fail?: (reason: TransportError) => void;
	private cut?: Cut;

	constructor(private readonly bounds: Bounds) {
		this.endsAt = this.startedAt + bounds.timeLimitMs;
		if (bounds.mayMove) this.movement = new Movement(this.startedAt, bounds.timeLimitMs);
	}

	/**
	 * Does the work until it has a result or the attempt ends. The time goes on until {@link finish}, or until the work fails.
	 *
	 * @throws TransportError `cancelled`, or one that says that the time is over; and what the work throws
	 */
	async run<T>(work: () => Promise<T>): Promise<T> {
		const { signal } = this.bounds;
		const ended = new Promise<never>((_resolve, reject) => {
			this.fail = reject;
		});
		signal?.addEventListener('abort', this.stop, { once: true });
		try {
			if (signal?.aborted) this.stop();
			else this.arm(performance.now());
			return await Promise.race([ended, this.reason ? ended : work()]);
		} catch (error) {
			this.finish();
			throw error;
		}
	}

	/** The request is handed over to be sent as soon as a connection is free. */
	queue(): void {
		this.queuedAt = performance.now();
	}

	/** It has a connection, though perhaps one that is still to be made. */
	connects(cut: Cut): void {
		this.cut = cut;
		const now = performance.now();
		this.endsAt += now - (this.queuedAt ?? now);
		this.queuedAt = undefined;
		if (!this.timer && !this.reason) this.arm(now);
	}

	/** The first byte is about to be written, which does not happen if the attempt is over. */
	starts(controller: Dispatcher.DispatchController): void {
		if (this.reason) return controller.abort(this.reason);
		this.wasSent = true;
	}

	/** Bytes of a file are about to be sent. */
	uploadStarts(): void {
		this.uploadStartedAt ??= performance.now();
		this.isMoving = true;
	}

	/** All is sent; what that took is no part of the time limit. */
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

	/** The answer is there to its last byte, or will never be. */
	finish(): void {
		clearTimeout(this.timer);
		this.timer = undefined;
		// The connection may carry another request by now.
		this.cut = undefined;
		this.bounds.signal?.removeEventListener('abort', this.stop);
	}

	private readonly stop = (): void => {
		this.end(new TransportError('cancelled', 'the execution was stopped', { sent: this.wasSent }));
	};

	private arm(now: number): void {
		const left = this.endsAt - now;
		const delay = this.movement && (left <= 0 || left > LOOK_MS) ? LOOK_MS : left;
		this.timer = setTimeout(this.look, Math.max(1, Math.ceil(delay)));
	}

	private readonly look = (): void => {
		this.timer = undefined;
		// Looked at again once there is a connection.
		if (this.queuedAt !== undefined) return;
		const now = performance.now();
		const isFastEnough = this.movement?.isFastEnough(now) === true && this.isMoving;
		if (now < this.endsAt || isFastEnough) return this.arm(now);
		this.end(this.timeIsOver(now));
	};

	private timeIsOver(now: number): TransportError {
		const { timeLimitMs } = this.bounds;
		if (!this.wasSent) return new TransportError('notSent', `no connection within ${inSeconds(timeLimitMs)}`);
		// It had more time than the limit: saying that there was no answer in that time would be wrong.
		const wasExtended = this.isMoving && now > this.endsAt + 2 * LOOK_MS;
		if (wasExtended) return new TransportError('sent', 'the file transfer stalled');
		return new TransportError('sent', 'no response within the time limit', { timedOut: true });
	}

	private end(reason: TransportError): void {
		if (this.reason) return;
		this.reason = reason;
		const { cut, wasSent } = this;
		this.finish();
		this.fail?.(reason);
		cut?.(reason, wasSent);
	}
}
