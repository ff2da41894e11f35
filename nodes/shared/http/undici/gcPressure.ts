import { getHeapSpaceStatistics } from 'node:v8';

/** How many bytes pass between two collections: 4 MiB. */
const COLLECT_AFTER = 4 * 1024 * 1024;

/** What is allocated to bring a collection about: as many elements as take 8 kB, small enough to be an ordinary object. */
const FILLER_ELEMENTS = 1_000;
const FILLER_BYTES = 8 * FILLER_ELEMENTS;

/** Not more than this at a time, for a V8 that was given a huge young generation: 64 MiB. */
const MOST_FILLED = 64 * 1024 * 1024;

/** Kept for a moment, so that the compiler does not leave the allocation out. */
const kept: { filler?: unknown[] } = {};

/**
 * Keeps the memory small that a large file takes on its way through. Its used-up pieces are outside V8's heap, so they
 * bring about no collection of young objects; they pile up until V8 marks its whole heap, which takes the longer the more
 * n8n holds. A collection of young objects frees them as well and takes some milliseconds, whatever n8n holds: it is
 * brought about by allocating what is left of their room.
 *
 * Measured with a file of 100 MB (`npm run bench -- --only files`).
 *
 * @returns to be told the bytes of each piece that has passed
 */
export function youngCollector(): (bytes: number) => void {
	let passed = 0;
	return (bytes) => {
		passed += bytes;
		if (passed < COLLECT_AFTER) return;
		passed = 0;
		collectYoung();
	};
}

function collectYoung(): void {
	const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
	if (!young) return;
	const fill = Math.min(young.space_available_size, MOST_FILLED);
	for (let filled = 0; filled <= fill; filled += FILLER_BYTES) kept.filler = new Array<unknown>(FILLER_ELEMENTS);
	kept.filler = undefined;
}
