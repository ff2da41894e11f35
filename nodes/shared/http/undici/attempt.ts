import type { Dispatcher } from 'undici';
import { TimedTry } from '../transport/timedTry';
import type { TransportError } from '../transport/transport';
import type { Cut } from './pooledClient';

/**
 * One try of a request, from looking up the host to the last byte of the answer. undici's own time-outs begin anew with every
 * byte, and know nothing of connecting.
 *
 * The timer keeps the process alive, or `n8n execute` would end in the middle of a run; it is gone when the try is over.
 */
export class Attempt extends TimedTry {
	private timer?: NodeJS.Timeout;
	/** Since when it waits for one of the connections to be free, which is no part of the try. */
	private queuedAt?: number;
	private cut?: Cut;

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
		if (!this.timer && !this.isOver) this.arm(now);
	}

	/** The first byte is about to be written, which does not happen if the attempt is over. */
	starts(controller: Dispatcher.DispatchController): void {
		this.endBeforeSending();
		if (this.reason) return controller.abort(this.reason);
		this.leaves();
	}

	override finish(): void {
		clearTimeout(this.timer);
		this.timer = undefined;
		// The connection may carry another request by now.
		this.cut = undefined;
		super.finish();
	}

	protected override watch(): void {
		this.arm(performance.now());
	}

	private arm(now: number): void {
		this.timer = setTimeout(this.look, this.untilLook(now));
	}

	private readonly look = (): void => {
		this.timer = undefined;
		// Looked at again once there is a connection.
		if (this.queuedAt !== undefined) return;
		const now = performance.now();
		this.endInTime(now);
		if (!this.isOver) this.arm(now);
	};

	protected override end(reason: TransportError): void {
		const { cut, wasSent } = this;
		super.end(reason);
		cut?.(reason, wasSent);
	}
}
