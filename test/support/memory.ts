import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** The bytes that the program holds, after everything that nobody needs was collected. */
export function heldBytes(): number {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as () => void;
	collect();
	return process.memoryUsage().heapUsed;
}

/**
 * The most memory for buffers that was held at once while something ran, in bytes above what was held before. What only
 * waits to be collected does not count: the collector runs before each look.
 *
 * @param work starts what is to be watched
 * @returns its result, the peak, and how often was looked; a single look may have missed everything
 */
export async function peakOfBuffers<T>(work: () => Promise<T>): Promise<{ result: T; peak: number; looks: number }> {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as () => void;
	const held = () => {
		// V8 gives the memory of dead buffers back beside the program; a second collection waits until it has.
		collect();
		collect();
		return process.memoryUsage().arrayBuffers;
	};
	const before = held();
	let peak = 0;
	let looks = 0;
	let lookMs = 0;
	let isDone = false;
	const running = work().finally(() => {
		isDone = true;
	});
	while (!isDone) {
		// In a process that holds much the collector takes long: most of the time belongs to what is watched.
		await new Promise((resolve) => setTimeout(resolve, Math.max(60, 4 * lookMs)));
		const start = performance.now();
		peak = Math.max(peak, held() - before);
		lookMs = performance.now() - start;
		looks += 1;
	}
	return { result: await running, peak, looks };
}
