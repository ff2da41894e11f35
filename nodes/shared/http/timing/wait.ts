import { sleep } from 'n8n-workflow';
import { onStop } from './stop';

/** A wait is cut into naps: the timer of the one under way outlives a Stop by this much at most. */
const NAP_MS = 1_000;

/** A wait that its signal ended. */
export class WaitAborted extends Error {
	constructor() {
		super('The wait was ended');
		this.name = 'AbortError';
	}
}

/**
 * Resolves after a time.
 *
 * By n8n's own `sleep`, since n8n Cloud lets a node have no timers. `AbortSignal.timeout` will not do: its timer does not
 * keep a process alive, and `n8n execute` would end in the middle of a run.
 *
 * @param ms milliseconds
 * @param signal ends the wait at once
 * @throws WaitAborted when the signal ends it
 */
export async function wait(ms: number, signal?: AbortSignal): Promise<void> {
	const end = Date.now() + ms;
	let stop = (): void => undefined;
	const stopped = new Promise<void>((resolve) => {
		stop = resolve;
	});
	const forgetStop = signal && onStop(signal, stop);
	try {
		for (let left = ms; left > 0 && !signal?.aborted; left = end - Date.now()) {
			await Promise.race([sleep(Math.min(left, NAP_MS)), stopped]);
		}
	} finally {
		forgetStop?.();
	}
	if (signal?.aborted) throw new WaitAborted();
}
