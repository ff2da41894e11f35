import { onStop } from '../../http/timing/stop';

/** Files that are held in memory at the same time, in this process: each may be as large as Largest File. */
const MOST = 4;

let running = 0;
const waiting: Array<() => void> = [];

/**
 * Runs some work that holds a file, a few at a time; the others wait their turn.
 *
 * @param signal gives up waiting
 * @throws what the work throws, and the signal's reason
 */
export async function fewAtOnce<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
	await turn(signal);
	try {
		return await work();
	} finally {
		running -= 1;
		waiting.shift()?.();
	}
}

async function turn(signal: AbortSignal): Promise<void> {
	while (running >= MOST) {
		signal.throwIfAborted();
		await new Promise<void>((resolve) => {
			const next = (): void => {
				forgetStop();
				resolve();
			};
			const giveUp = (): void => {
				waiting.splice(waiting.indexOf(next), 1);
				resolve();
			};
			waiting.push(next);
			const forgetStop = onStop(signal, giveUp);
		});
	}
	if (signal.aborted) {
		// The turn goes to the next one.
		waiting.shift()?.();
		signal.throwIfAborted();
	}
	running += 1;
}
