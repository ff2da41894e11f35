/* What a piece of work costs this process. */
import { setTimeout as pause } from 'node:timers/promises';
import { getHeapSpaceStatistics } from 'node:v8';
import type { Cost, Time } from '../jobs';

/** Runs the collector until nothing more goes, and gives freed memory a moment to be returned. */
async function settle(): Promise<void> {
	for (let round = 0; round < 3; round++) {
		global.gc?.();
		await pause(20);
	}
}

/**
 * Writes to all the room that V8 has for young objects. The collector gives that memory back to the system, and any work
 * of n8n takes it again; without this it would count as growth by what is measured.
 */
function useYoungRoom(): void {
	const room = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ?? 0;
	for (let used = 0; used < 2 * room; used += 8_000) kept.young = new Array<unknown>(1_000);
	kept.young = undefined;
}

/** Kept for a moment, so that the compiler does not leave the allocation out. */
const kept: { young?: unknown[] } = {};

/** The most resident memory this process has ever had, in bytes, by the kernel's books. */
const highWater = (): number => process.resourceUsage().maxRSS * 1024;

/** What a piece of work takes of time, and of the processor. */
export async function timed<T>(work: () => Promise<T>): Promise<{ result: T; cost: Time }> {
	const cpu = process.cpuUsage();
	const start = performance.now();
	const result = await work();
	const ms = performance.now() - start;
	const { user, system } = process.cpuUsage(cpu);
	return { result, cost: { ms, cpuMs: (user + system) / 1000 } };
}

/**
 * Runs `work` and says what it cost, memory included. The collector runs before it, and takes compiled code with it.
 *
 * @param sampleMs how often resident memory is looked at
 */
export async function measured<T>(work: () => Promise<T>, sampleMs = 5): Promise<{ result: T; cost: Cost }> {
	await settle();
	const heap = process.memoryUsage().heapUsed;
	useYoungRoom();
	const before = { rss: process.memoryUsage.rss(), heap, highWater: highWater() };
	let peak = before.rss;
	const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), sampleMs);
	try {
		const { result, cost } = await timed(work);
		clearInterval(watch);
		// A peak between two looks shows in the kernel's books, if it is the highest since the process began.
		const after = highWater();
		if (after > before.highWater) peak = Math.max(peak, after);
		await settle();
		const held = process.memoryUsage().heapUsed - before.heap;
		return { result, cost: { ...cost, baseline: before.rss, peak, held } };
	} finally {
		clearInterval(watch);
	}
}
