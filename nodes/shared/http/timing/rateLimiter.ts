import { BoundedMap } from '../../boundedMap';
import { wait } from './wait';

/** Where a provider announces its limit. Header names in lower case. */
export interface AnnouncedLimit {
	limitHeader: string;
	remainingHeader: string;
	/** Seconds until the window ends, or Unix seconds of its end, where the provider says so. */
	resetHeader?: string;
	/** How long a window lasts, in milliseconds. */
	windowMs: number;
}

/** A limit that ends later than is waited for. */
export class WaitTooLong extends Error {
	constructor(readonly ms: number) {
		super('WaitTooLong');
	}
}

/**
 * Keeps one account below the limit its provider announces, over all workflows of the process: when the answers say
 * that nothing remains, the next request waits for the window's end instead of running into a refusal.
 */
export class RateLimiter {
	private limit?: number;
	private remaining?: number;
	private windowEndsAt = 0;
	private blockedUntil = 0;
	private inFlight = 0;
	/** Counts requests and answers, to know which came first. */
	private moment = 0;
	private remainingNotedAt = 0;

	constructor(
		private readonly announced: AnnouncedLimit | undefined,
		private readonly now: () => number = Date.now,
	) {}

	/**
	 * Milliseconds that a request would have to wait now; 0 if it may go.
	 */
	waitMs(): number {
		const now = this.now();
		if (this.blockedUntil > now) return this.blockedUntil - now;
		if (this.remaining !== undefined && this.windowEndsAt <= now) this.openWindow(now);
		if (this.remaining === undefined) return 0;
		return this.remaining > this.inFlight ? 0 : this.windowEndsAt - now;
	}

	/**
	 * Waits for a place and takes it.
	 *
	 * @param onWait called before each wait, with its milliseconds
	 * @param maxWaitMs the most that is waited in all
	 * @returns the place, to be given back with {@link settle}
	 * @throws WaitAborted when the signal ends the wait
	 * @throws WaitTooLong when it would take longer
	 */
	async take(signal: AbortSignal | undefined, onWait?: (ms: number) => void, maxWaitMs = Infinity): Promise<number> {
		const latest = this.now() + maxWaitMs;
		for (let ms = this.waitMs(); ms > 0; ms = this.waitMs()) {
			if (this.now() + ms > latest) throw new WaitTooLong(ms);
			onWait?.(ms);
			await wait(ms, signal);
		}
		this.inFlight += 1;
		return ++this.moment;
	}

	/** Learns from the headers of an answer, or from none if there was no answer, and gives the place back. */
	settle(place: number, headers: Record<string, string> | undefined): void {
		this.inFlight -= 1;
		if (!headers || !this.announced) return;
		const limit = Number.parseInt(headers[this.announced.limitHeader] ?? '', 10);
		if (limit > 0) this.limit = limit;
		const remaining = Number.parseInt(headers[this.announced.remainingHeader] ?? '', 10);
		if (Number.isNaN(remaining)) return;

		const now = this.now();
		const reset = this.resetAt(headers, now);
		// More is left than was: a new window, if this request left after the lower number was known.
		const isMore = remaining > (this.remaining ?? -1) && place > this.remainingNotedAt;
		if (this.windowEndsAt <= now || isMore) {
			// Or one first seen midway: it ends after its full length at the latest.
			this.windowEndsAt = reset ?? now + this.announced.windowMs;
		} else {
			if (reset !== undefined) this.windowEndsAt = reset;
			// Answers to requests sent together come in any order; the lowest number is the newest.
			if (remaining >= (this.remaining ?? Infinity)) return;
		}
		this.remaining = remaining;
		this.remainingNotedAt = ++this.moment;
	}

	/** Nothing goes out for this account until then: the provider asked for it. */
	block(ms: number): void {
		this.blockedUntil = Math.max(this.blockedUntil, this.now() + ms);
	}

	private openWindow(now: number): void {
		this.remaining = this.limit;
		this.windowEndsAt = now + (this.announced?.windowMs ?? 0);
		this.remainingNotedAt = ++this.moment;
	}

	/** The end of the window; nonsense is taken for a few windows at most. */
	private resetAt(headers: Record<string, string>, now: number): number | undefined {
		if (!this.announced?.resetHeader) return undefined;
		const value = Number.parseFloat(headers[this.announced.resetHeader] ?? '');
		if (!Number.isFinite(value) || value < 0) return undefined;
		const end = value > 1e12 ? value : value > 1e9 ? value * 1000 : now + value * 1000;
		return Math.min(end, now + 3 * this.announced.windowMs);
	}
}

const limiters = new BoundedMap<RateLimiter>(1_000);

/**
 * The limiter of an account, one for the whole process.
 *
 * @param account a hash of what identifies the account, never its secret
 */
export function limiterFor(account: string, announced: AnnouncedLimit | undefined): RateLimiter {
	let limiter = limiters.get(account);
	if (!limiter) {
		limiter = new RateLimiter(announced);
		limiters.set(account, limiter);
	}
	return limiter;
}
