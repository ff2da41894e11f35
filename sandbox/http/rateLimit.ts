import type { RateLimit } from '../types';

/** The state of a key after one more request. */
interface RateVerdict {
	limit: number;
	remaining: number;
	/** Set when the request is over the limit: how long until the window ends. */
	retryAfterMs?: number;
}

/** Counts requests in fixed windows, one window per key. */
export class RateLimiter {
	private readonly windows = new Map<string, { startedAt: number; used: number }>();
	private limit: RateLimit | null;

	constructor(private readonly standard: RateLimit | null) {
		this.limit = standard;
	}

	get retryAfter(): boolean {
		return this.limit?.retryAfter ?? true;
	}

	/** null: unlimited. Restarts all windows. */
	set(limit: RateLimit | null): void {
		this.limit = limit;
		this.windows.clear();
	}

	reset(): void {
		this.set(this.standard);
	}

	/** Counts one request; undefined when there is no limit. A refused request does not prolong anything. */
	count(key: string, now: number): RateVerdict | undefined {
		if (this.limit === null) return undefined;
		const { limit, windowMs } = this.limit;
		let window = this.windows.get(key);
		if (window === undefined || now - window.startedAt >= windowMs) {
			window = { startedAt: now, used: 0 };
			this.windows.set(key, window);
		}
		if (window.used >= limit) {
			return { limit, remaining: 0, retryAfterMs: window.startedAt + windowMs - now };
		}
		window.used++;
		return { limit, remaining: limit - window.used };
	}
}
