import type { Outcome } from '../gatewayError';

/** How often a request that was never sent, or that may safely be sent again, is tried in all, unless it says itself. */
export const MAX_ATTEMPTS = 4;

/** Waiting between the tries of one request ends after this long in all. */
export const MAX_WAIT_MS = 150_000;

const MIN_DELAY_MS = 100;
const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 30_000;

export interface RetryInput {
	/** The outcome of the request that failed. */
	outcome: Outcome;
	/** The provider's limit was hit: it did not process the request. */
	rateLimited: boolean;
	/** Sending the same request twice does no harm: reads, set-to-a-value changes, sends with an idempotency key. */
	repeatable: boolean;
	/** A try after this one would meet the same fate: wrong certificate, forbidden address, wrong key. */
	permanent: boolean;
	/** How many times it was sent so far, 1 or more. */
	attempt: number;
	/**
	 * How often it may be tried in all, for whatever reason. If absent, a rate limit is waited for as long as there is time,
	 * and anything else is tried {@link MAX_ATTEMPTS} times.
	 */
	maxAttempts?: number;
	/** Milliseconds waited between the tries so far. */
	waitedMs: number;
	/** Milliseconds to wait in all; {@link MAX_WAIT_MS} if absent. */
	maxWaitMs?: number;
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
	const { rateLimited, outcome, attempt, retryAfterMs = 0, waitedMs } = input;
	const maxAttempts = input.maxAttempts ?? (rateLimited ? Infinity : MAX_ATTEMPTS);
	if (input.permanent || attempt >= maxAttempts) return { retry: false };
	const mayRepeat = rateLimited || outcome === 'not sent' || (outcome === 'unknown' && input.repeatable);
	if (!mayRepeat) return { retry: false };

	// Half of what is left, so that each of the tries that the user allows has its turn.
	const left = (input.maxWaitMs ?? MAX_WAIT_MS) - waitedMs;
	const delayMs = Math.max(
		rateLimited ? limitDelay(input) : Math.min(backoff(attempt, input.random), left / 2),
		retryAfterMs,
	);
	return delayMs <= left && left >= MIN_DELAY_MS ? { retry: true, delayMs } : { retry: false };
}

/** A provider that says "at once" and refuses again would otherwise be asked without end. */
function limitDelay({ retryAfterMs, attempt }: RetryInput): number {
	const isAtOnce = retryAfterMs !== undefined && attempt === 1;
	return isAtOnce ? MIN_DELAY_MS : backoff(attempt + 1, 0);
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
