/** While a file moves at least this fast, its request may go on beyond the time limit: 64 KiB in ten seconds. */
const LEAST_BYTES = 64 * 1024;
export const WINDOW_MS = 10_000;

/** How often the speed is looked at. */
export const LOOK_MS = 1_000;

/** How fast the bytes of one file move, in either direction. */
export class Movement {
	private total = 0;
	/** What had moved at earlier looks; the first is as old as the window, or as the request where that is younger. */
	private readonly looks: Array<{ at: number; total: number }>;

	/** @param now milliseconds on any clock that only goes forward */
	constructor(now: number) {
		this.looks = [{ at: now, total: 0 }];
	}

	/** Notes down bytes that have moved. */
	moved(bytes: number): void {
		this.total += bytes;
	}

	/**
	 * Whether enough has moved in the last ten seconds, or since the beginning where that is less. To be asked about every
	 * {@link LOOK_MS}.
	 */
	isFastEnough(now: number): boolean {
		const { looks, total } = this;
		// Looks come late rather than early.
		while (looks[1] && looks[1].at <= now - WINDOW_MS + LOOK_MS / 2) looks.shift();
		const [oldest = { at: now, total }] = looks;
		looks.push({ at: now, total });
		return total - oldest.total >= (LEAST_BYTES * (now - oldest.at)) / WINDOW_MS;
	}
}
