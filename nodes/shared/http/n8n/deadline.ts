import { wait } from '../timing/wait';
import { TimedTry } from '../transport/timedTry';
import type { ByteStream, TransportError } from '../transport/transport';

/**
 * The time limit of one request, up to the last byte of its answer. n8n's own time-out begins anew with every byte, and
 * ends with the head of a streamed answer. n8n's helper does not say when it writes the first byte, so the request may have
 * left as soon as n8n has it.
 *
 * It waits by n8n's `sleep`, which keeps the process alive, or `n8n execute` would end in the middle of a run.
 */
export class Deadline extends TimedTry {
	private readonly cut = new AbortController();
	private readonly over = new AbortController();

	/** Ends the request, for n8n's helper. */
	get signal(): AbortSignal {
		return this.cut.signal;
	}

	override covers(body: ByteStream): void {
		super.covers(body);
		body.once('close', () => this.finish());
	}

	override finish(): void {
		this.over.abort();
		super.finish();
	}

	protected override watch(): void {
		void this.look();
	}

	private async look(): Promise<void> {
		const { signal } = this.over;
		while (!signal.aborted) {
			await wait(this.untilLook(performance.now()), signal).catch(() => undefined);
			if (!signal.aborted) this.endInTime(performance.now());
		}
	}

	protected override end(reason: TransportError): void {
		super.end(reason);
		this.cut.abort();
	}
}
