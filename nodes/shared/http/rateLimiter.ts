import { setTimeout as pause } from 'node:timers/promises';

/** Where a provider announces its limit. Header names in lower case. */
export interface AnnouncedLimit {
	limitHeader: string;
	remainingHeader: string;
	/** Seconds until the window ends, or Unix seconds of its end, where the provider says so. */
	resetHeader?: string;
	/** How long a window lasts, in milliseconds. */
	windowMs: number;
}

/**
 * Keeps one account below the limit its provider announces, over all workflows of the process: when the answers say
 * that nothing remains, the next request waits for the window's end instead of running into a refusal.
 */
export class RateLimiter {
	private remaining?: number;
	private windowEndsAt = 0;
	private blockedUntil = 0;
	private inFlight = 0;

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
		if (this.remaining === undefined || this.windowEndsAt <= now) return 0;
		return this.remaining > this.inFlight ? 0 : this.windowEndsAt - now;
	}

	/**
	 * Waits for a place and takes it; the caller gives it back with {@link settle}.
	 *
	 * @throws AbortError when the signal ends the wait
	 */
	async take(signal: AbortSignal | undefined): Promise<void> {
		for (let wait = this.waitMs(); wait > 0; wait = this.waitMs()) {
			await pause(wait, undefined, { signal });
		}
		if (this.windowEndsAt <= this.now()) this.remaining = undefined;
		this.inFlight += 1;
	}

	/** Learns from the headers of an answer, or from none if there was no answer, and gives the place back. */
	settle(headers: Record<string, string> | undefined): void {
		this.inFlight -= 1;
		if (!headers || !this.announced) return;
		const remaining = Number.parseInt(headers[this.announced.remainingHeader] ?? '', 10);
		if (Number.isNaN(remaining)) return;

		const now = this.now();
		const reset = this.resetAt(headers, now);
		const highestInThisWindow = (this.remaining ?? -1) + this.inFlight + 1;
		if (this.windowEndsAt <= now || remaining > highestInThisWindow) {
			// A new window, or one first seen midway: it ends after its full length at the latest.
			this.windowEndsAt = reset ?? now + this.announced.windowMs;
			this.remaining = remaining;
			return;
		}
		if (reset !== undefined) this.windowEndsAt = reset;
		// Answers to requests sent together come in any order; the lowest number is the newest.
		this.remaining = Math.min(this.remaining ?? remaining, remaining);
	}

	/** Nothing goes out for this account until then: the provider asked for it. */
	block(ms: number): void {
		this.blockedUntil = Math.max(this.blockedUntil, this.now() + ms);
	}

	private resetAt(headers: Record<string, string>, now: number): number | undefined {
		const value = Number.parseFloat(headers[this.announced?.resetHeader ?? ''] ?? '');
		if (Number.isNaN(value)) return undefined;
		const isUnixTime = value > 1_000_000_000;
		return isUnixTime ? value * 1000 : now + value * 1000;
	}
}

const limiters = new Map<string, RateLimiter>();
const MAX_LIMITERS = 1_000;

/**
 * The limiter of an account, one for the whole process.
 *
 * @param account a hash of what identifies the account, never its secret
 */
export function limiterFor(account: string, announced: AnnouncedLimit | undefined): RateLimiter {
	let limiter = limiters.get(account);
	if (!limiter) {
		const oldest = limiters.keys().next();
		if (limiters.size >= MAX_LIMITERS && !oldest.done) limiters.delete(oldest.value);
		limiter = new RateLimiter(announced);
		limiters.set(account, limiter);
	}
	return limiter;
}
