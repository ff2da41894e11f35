import { wait } from '../../http/timing/wait';

/** Milliseconds that a call waits for look-ups and files: a provider that gets no answer delivers again. */
const MAX_WAIT_MS = 8_000;

/** The time that a call may take in all. */
export class TimeLimit {
	/** Made for those who ask for it: most calls wait for nothing. */
	private controller: AbortController | undefined;
	private over: Promise<undefined> | undefined;

	/** The result of some work, or undefined once the time is up; the work goes on. Failures are the work's own. */
	async within<T>(work: Promise<T>): Promise<T | undefined> {
		this.over ??= wait(MAX_WAIT_MS, this.signal).then(
			() => undefined,
			() => undefined,
		);
		return await Promise.race([work, this.over]);
	}

	/** Aborted once no one is waiting: what is still requested then is useless. */
	get signal(): AbortSignal {
		this.controller ??= new AbortController();
		return this.controller.signal;
	}

	/** Ends the waiting; nothing keeps a timer of it. */
	end(): void {
		this.controller?.abort();
	}
}
