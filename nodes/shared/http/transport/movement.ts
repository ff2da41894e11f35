/** While a file moves at least this fast, its request may go on beyond the time limit: 64 KiB in ten seconds. */
const LEAST_BYTES = 64 * 1024;
const WINDOW_MS = 10_000;

/** How often the speed is looked at. */
export const LOOK_MS = 1_000;

/**
 * How fast the bytes of one file move, in either direction.
 *
 * The speed is that of the last ten seconds, or of any longer time up to the time limit: what the system takes to send, it
 * takes in lumps. To a server that reads 50 KB a second, it was seen to take 1.4 MB every 28 seconds.
 */
export class Movement {
	private total = 0;
	/** What had moved at earlier looks, the oldest first. */
	private readonly looks: Array<{ at: number; total: number }>;
	private readonly longestMs: number;

	/** @param now milliseconds on any clock that only goes forward */
	constructor(now: number, timeLimitMs: number) {
		this.looks = [{ at: now, total: 0 }];
		this.longestMs = Math.max(WINDOW_MS, timeLimitMs);
	}

	/** Notes down bytes that have moved. */
	moved(bytes: number): void {
		this.total += bytes;
	}

	/** Whether it moves fast enough. To be asked about every {@link LOOK_MS}. */
	isFastEnough(now: number): boolean {
		const { looks, total } = this;
		// Looks come late rather than early.
		const isOlder = (ms: number, look?: { at: number }): boolean =>
			look !== undefined && look.at <= now - ms + LOOK_MS / 2;
		while (isOlder(this.longestMs, looks[1])) looks.shift();
		const isFast = looks.some(
			(look, index) =>
				(index === 0 || isOlder(WINDOW_MS, look)) &&
				total - look.total >= (LEAST_BYTES * (now - look.at)) / WINDOW_MS,
		);
		looks.push({ at: now, total });
		return isFast;
	}
}
