import * as fc from 'fast-check';
import type { Outcome } from '../../../nodes/shared/http/gatewayError';
import {
	decideRetry,
	MAX_ATTEMPTS,
	MAX_WAIT_MS,
	parseRetryAfter,
	type RetryInput,
} from '../../../nodes/shared/http/timing/retryPolicy';

const outcome = fc.constantFrom<Outcome>('not sent', 'refused', 'unknown');
const retryAfterMs = fc.option(fc.oneof(fc.integer({ min: 0, max: 200_000 }), fc.constantFrom(0, 1, 1e9, 1e23)), {
	nil: undefined,
});

/** Inputs as they occur: a rate-limited request was not processed. */
const input: fc.Arbitrary<RetryInput> = fc
	.record({
		outcome,
		rateLimited: fc.boolean(),
		repeatable: fc.boolean(),
		permanent: fc.boolean(),
		attempt: fc.integer({ min: 1, max: 20 }),
		waitedMs: fc.integer({ min: 0, max: 200_000 }),
		retryAfterMs,
		random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
	})
	.map((made) => (made.rateLimited ? { ...made, outcome: 'not sent' } : made));

describe('decideRetry', () => {
	it('never repeats what may have been done, unless repeating does no harm', () => {
		fc.assert(
			fc.property(input, (made) => {
				fc.pre(made.outcome === 'unknown' && !made.repeatable);
				expect(decideRetry(made)).toEqual({ retry: false });
			}),
		);
	});

	it('never repeats what was refused', () => {
		fc.assert(
			fc.property(input, (made) => {
				fc.pre(made.outcome === 'refused');
				expect(decideRetry(made)).toEqual({ retry: false });
			}),
		);
	});

	it('never repeats what will fail again', () => {
		fc.assert(
			fc.property(input, (made) => {
				expect(decideRetry({ ...made, permanent: true })).toEqual({ retry: false });
			}),
		);
	});

	it('never waits less than the provider asked for', () => {
		fc.assert(
			fc.property(input, (made) => {
				const decision = decideRetry(made);
				if (decision.retry) expect(decision.delayMs).toBeGreaterThanOrEqual(made.retryAfterMs ?? 0);
			}),
			{ numRuns: 1_000 },
		);
	});

	it('always waits a little, so that a struggling provider is not hammered', () => {
		fc.assert(
			fc.property(input, (made) => {
				const decision = decideRetry(made);
				if (decision.retry) expect(decision.delayMs).toBeGreaterThan(0);
			}),
			{ numRuns: 1_000 },
		);
	});

	it('repeats what never left, and reads whose answer was lost', () => {
		const base = { rateLimited: false, permanent: false, attempt: 1, waitedMs: 0, random: 0.5 };
		expect(decideRetry({ ...base, outcome: 'not sent', repeatable: false })).toMatchObject({ retry: true });
		expect(decideRetry({ ...base, outcome: 'unknown', repeatable: true })).toMatchObject({ retry: true });
		expect(decideRetry({ ...base, outcome: 'not sent', repeatable: false, attempt: MAX_ATTEMPTS })).toEqual({
			retry: false,
		});
	});

	it('ends after a bounded number of tries and a bounded wait, however the failures follow each other', () => {
		const failures = fc.infiniteStream(input);
		fc.assert(
			fc.property(failures, (stream) => {
				let waitedMs = 0;
				for (let attempt = 1; ; attempt++) {
					expect(attempt).toBeLessThanOrEqual(40);
					const failure = stream.next().value as RetryInput;
					const decision = decideRetry({ ...failure, permanent: false, attempt, waitedMs });
					if (!decision.retry) break;
					waitedMs += decision.delayMs;
				}
				expect(waitedMs).toBeLessThanOrEqual(MAX_WAIT_MS);
			}),
		);
	});

	it('tries no more often than the user allows, whatever the failure is', () => {
		fc.assert(
			fc.property(input, fc.integer({ min: 1, max: 11 }), (made, maxAttempts) => {
				fc.pre(made.attempt >= maxAttempts);
				expect(decideRetry({ ...made, maxAttempts })).toEqual({ retry: false });
			}),
		);
	});

	it('tries as often as the user allows, if it takes less time than there is', () => {
		let waitedMs = 0;
		const base = {
			outcome: 'not sent' as const,
			rateLimited: false,
			repeatable: false,
			permanent: false,
			random: 1,
		};
		for (let attempt = 1; attempt <= 10; attempt++) {
			const decision = decideRetry({ ...base, attempt, maxAttempts: 11, waitedMs });
			expect(decision).toMatchObject({ retry: true });
			waitedMs += decision.retry ? decision.delayMs : 0;
		}
		expect(waitedMs).toBeLessThanOrEqual(MAX_WAIT_MS);
	});

	it.each([undefined, 0, 1, 10, 1_000, 60_000])(
		'ends when a provider always refuses by its limit and asks for %p ms',
		(wanted) => {
			let waitedMs = 0;
			for (let attempt = 1; ; attempt++) {
				expect(attempt).toBeLessThanOrEqual(200);
				const decision = decideRetry({
					outcome: 'not sent',
					rateLimited: true,
					repeatable: false,
					permanent: false,
					attempt,
					waitedMs,
					retryAfterMs: wanted,
					random: 0,
				});
				if (!decision.retry) break;
				waitedMs += decision.delayMs;
			}
			expect(waitedMs).toBeLessThanOrEqual(MAX_WAIT_MS);
		},
	);
});

describe('parseRetryAfter', () => {
	const NOW = Date.UTC(2026, 0, 31, 12, 0, 0);

	it.each([
		['120', 120_000],
		[' 5 ', 5_000],
		['0', 0],
		['0.5', 500],
		['Sat, 31 Jan 2026 12:00:30 GMT', 30_000],
		['Saturday, 31-Jan-26 12:00:30 GMT', 30_000],
		['Sat, 31 Jan 2026 11:00:00 GMT', 0],
	])('reads %j as %d ms', (header, expected) => {
		expect(parseRetryAfter(header, NOW)).toBe(expected);
	});

	it.each([undefined, '', '  ', 'soon', '120s', '1 minute', 'NaN'])('does not read %j', (header) => {
		expect(parseRetryAfter(header, NOW)).toBeUndefined();
	});

	it.each(['10, 10', '-5', '+5', 'in 30', '30;q=1'])(
		'does not take %j, which is neither seconds nor a date, for a date long ago',
		(header) => {
			expect(parseRetryAfter(header, NOW)).not.toBe(0);
		},
	);

	it('reads the dates that servers write, to the second', () => {
		fc.assert(
			fc.property(fc.integer({ min: -100_000, max: 100_000 }), (seconds) => {
				const header = new Date(NOW + seconds * 1000).toUTCString();
				expect(parseRetryAfter(header, NOW)).toBe(Math.max(0, seconds * 1000));
			}),
		);
	});

	it('gives nothing or a time that is not negative for any text', () => {
		fc.assert(
			fc.property(fc.string(), (header) => {
				const found = parseRetryAfter(header, NOW);
				if (found !== undefined) expect(found).toBeGreaterThanOrEqual(0);
			}),
		);
	});
});
