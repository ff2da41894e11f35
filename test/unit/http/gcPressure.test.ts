import { constants, type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { youngCollector } from '../../../nodes/shared/http/undici/gcPressure';

const MIB = 1024 * 1024;

/** How many collections of young objects, and of all, a piece of work brings about. */
async function collections(work: () => void): Promise<{ young: number; all: number }> {
	const counts = { young: 0, all: 0 };
	const observer = new PerformanceObserver((list) => {
		for (const entry of list.getEntries()) {
			const { kind } = (entry as PerformanceEntry & { detail: { kind: number } }).detail;
			if (kind === constants.NODE_PERFORMANCE_GC_MINOR) counts.young += 1;
			if (kind === constants.NODE_PERFORMANCE_GC_MAJOR) counts.all += 1;
		}
	});
	await pause(50);
	observer.observe({ entryTypes: ['gc'] });
	work();
	await pause(50);
	observer.disconnect();
	return counts;
}

it('frees the pieces of a file as it passes, without a look at the whole heap', async () => {
	const held = () => process.memoryUsage().arrayBuffers;
	const before = held();
	let peak = 0;
	const { young, all } = await collections(() => {
		const passed = youngCollector();
		for (let piece = 0; piece < 1_600; piece++) {
			passed(new Uint8Array(64 * 1024).length);
			peak = Math.max(peak, held() - before);
		}
	});
	expect(young).toBeGreaterThanOrEqual(20);
	expect(all).toBeLessThanOrEqual(2);
	expect(peak).toBeLessThan(32 * MIB);
});

it('brings about no collection for what is small', async () => {
	const { young } = await collections(() => {
		for (let file = 0; file < 100; file++) youngCollector()(MIB);
	});
	expect(young).toBeLessThanOrEqual(2);
});
