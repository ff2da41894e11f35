import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * The most memory for buffers that was held at once while something ran, in bytes above what was held before. What only
 * waits to be collected does not count: the collector runs before each look.
 *
 * @param work starts what is to be watched
 * @returns its result, the peak, and how often was looked; a single look may have missed everything
 */
export async function peakOfBuffers<T>(
	work: () => Promise<T>,
): Promise<{ result: T; peak: number; looks: number }> {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as () => void;
	const held = () => {
		collect();
		return process.memoryUsage().arrayBuffers;
	};
	const before = held();
	let peak = 0;
	let looks = 0;
	let isDone = false;
	const running = work().finally(() => {
		isDone = true;
	});
	while (!isDone) {
		await new Promise((resolve) => setTimeout(resolve, 60));
		peak = Math.max(peak, held() - before);
		looks += 1;
	}
	return { result: await running, peak, looks };
}
