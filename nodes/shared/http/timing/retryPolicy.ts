import type { Outcome } from '../gatewayError';

/** How often a request that was never sent, or that may safely be sent again, is tried in all, unless it says itself. */
export const MAX_ATTEMPTS = 4;

/** Waiting for a provider's rate limit ends after this long, counted over all attempts of one request. */
export const MAX_RATE_LIMIT_WAIT_MS = 150_000;

const MIN_DELAY_MS = 100;
const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 30_000;

export interface RetryInput {
	/** What became of the request that failed. */
	outcome: Outcome;
	/** The provider's limit was hit: it did not process the request. */
	rateLimited: boolean;
	/** Sending the same request twice does no harm: reads, set-to-a-value changes, sends with an idempotency key. */
	repeatable: boolean;
	/** A try after this one would meet the same fate: wrong certificate, forbidden address, wrong key. */
	permanent: boolean;
	/** How many times it was sent so far, 1 or more. */
	attempt: number;
	/** How often it may be tried in all. */
	maxAttempts?: number;
	/** Milliseconds waited for the rate limit so far. */
	waitedMs: number;
	/** What the provider asked for, in milliseconds. */
	retryAfterMs?: number;
	/** 0 ≤ x < 1. */
	random: number;
}

type RetryDecision = { retry: false } | { retry: true; delayMs: number };

/**
 * Whether a failed request is sent again, and after how long. It goes by what the failure means, not by its number:
 * never sent → again; refused unprocessed by a rate limit → again when the provider says; outcome unknown → again only
 * if repeatable; refused → never, since the answer would be the same.
 */
export function decideRetry(input: RetryInput): RetryDecision {
	if (input.permanent) return { retry: false };

	if (input.rateLimited) {
		// A provider that says "at once" and refuses again would otherwise be asked without end.
		const least = input.retryAfterMs !== undefined && input.attempt === 1 ? 0 : backoff(input.attempt + 1, 0);
		const delayMs = Math.max(input.retryAfterMs ?? 0, least, MIN_DELAY_MS);
		const fits = input.waitedMs + delayMs <= MAX_RATE_LIMIT_WAIT_MS;
		return fits ? { retry: true, delayMs } : { retry: false };
	}

	if (input.attempt >= (input.maxAttempts ?? MAX_ATTEMPTS)) return { retry: false };
	const mayRepeat = input.outcome === 'not sent' || (input.outcome === 'unknown' && input.repeatable);
	if (!mayRepeat) return { retry: false };
	const delayMs = Math.max(backoff(input.attempt, input.random), input.retryAfterMs ?? 0);
	return delayMs <= MAX_RATE_LIMIT_WAIT_MS ? { retry: true, delayMs } : { retry: false };
}

/** Doubling from half a second, with up to a quarter more at random so that many workflows do not march in step. */
function backoff(attempt: number, random: number): number {
	return Math.min(FIRST_DELAY_MS * 2 ** (attempt - 1), MAX_DELAY_MS) * (1 + random / 4);
}

/**
 * A `Retry-After` header in milliseconds: seconds or an HTTP date; undefined if absent or unreadable.
 *
 * @param now milliseconds since 1970
 */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
	const text = header?.trim() ?? '';
	// A header that a proxy repeated arrives as "10, 10".
	const seconds = /^(\d+(?:\.\d+)?)(?:\s*,.*)?$/.exec(text)?.[1];
	if (seconds !== undefined) return Math.ceil(Number(seconds) * 1000);
	// Date.parse reads nearly anything as a date; an HTTP date starts with its weekday.
	const date = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/i.test(text) ? Date.parse(text) : Number.NaN;
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
