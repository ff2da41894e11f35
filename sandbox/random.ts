/** Numbers in [0, 1) that look random and are the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}

/** One entry of a list that has at least one. */
export function pick<T>(list: readonly T[], random: () => number): T {
	const chosen = list[Math.floor(random() * list.length)];
	if (chosen === undefined) throw new Error('pick() needs a list that is not empty');
	return chosen;
}
