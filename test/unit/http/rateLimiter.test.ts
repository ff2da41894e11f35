import * as fc from 'fast-check';
import { type AnnouncedLimit, limiterFor, RateLimiter } from '../../../nodes/shared/http/timing/rateLimiter';

const WINDOW = 60_000;
const announced: AnnouncedLimit = {
	limitHeader: 'x-limit',
	remainingHeader: 'x-remaining',
	resetHeader: 'x-reset',
	windowMs: WINDOW,
};

/** A limiter that remembers who is under way; answers come for the one waiting longest unless said otherwise. */
class Limiter extends RateLimiter {
	private readonly underWay: number[] = [];

	override async take(signal: AbortSignal | undefined): Promise<number> {
		const place = await super.take(signal);
		this.underWay.push(place);
		return place;
	}

	answer(headers: Record<string, string> | undefined, which = 0): void {
		const [place = 0] = this.underWay.splice(which, 1);
		this.settle(place, headers);
	}
}

function setUp(startAt = 1_700_000_000_000) {
	const clock = { now: startAt };
	const limiter = new Limiter(announced, () => clock.now);
	return { clock, limiter };
}

function remaining(count: number, reset?: number | string): Record<string, string> {
	return { 'x-remaining': String(count), ...(reset === undefined ? {} : { 'x-reset': String(reset) }) };
}

describe('RateLimiter', () => {
	it('lets everything pass while nothing is known', async () => {
		const { limiter } = setUp();
		for (let count = 0; count < 20; count++) await limiter.take(undefined);
		expect(limiter.waitMs()).toBe(0);
	});

	it('lets no more requests fly than remain', async () => {
		const { limiter } = setUp();
		await limiter.take(undefined);
		limiter.answer(remaining(3));
		for (let count = 0; count < 3; count++) {
			expect(limiter.waitMs()).toBe(0);
			await limiter.take(undefined);
		}
		expect(limiter.waitMs()).toBe(WINDOW);
	});

	it('waits for the end of the window when nothing remains, and no longer', async () => {
		const { clock, limiter } = setUp();
		await limiter.take(undefined);
		limiter.answer(remaining(0));
		clock.now += WINDOW - 1;
		expect(limiter.waitMs()).toBe(1);
		clock.now += 1;
		expect(limiter.waitMs()).toBe(0);
	});

	it('starts anew in a new window', async () => {
		const { clock, limiter } = setUp();
		await limiter.take(undefined);
		limiter.answer(remaining(0));
		clock.now += WINDOW;
		await limiter.take(undefined);
		limiter.answer(remaining(59));
		expect(limiter.waitMs()).toBe(0);
		expect(limiter.waitMs()).toBe(0);
	});

	it.each([
		['seconds until the end', 20, 20_000],
		['Unix seconds of the end', 1_700_000_020, 20_000],
	])('goes by %s where the provider says it', async (_form, reset, expected) => {
		const { limiter } = setUp();
		await limiter.take(undefined);
		limiter.answer(remaining(0, reset));
		expect(limiter.waitMs()).toBe(expected);
	});

	it.each([
		['Unix milliseconds', 1_700_000_020_000],
		['a date in the far future', 4_000_000_000],
		['many seconds', 900_000_000],
	])('never waits longer than a timer can, nor for days, when the reset is %s', async (_form, reset) => {
		const { limiter } = setUp();
		await limiter.take(undefined);
		limiter.answer(remaining(0, reset));
		expect(limiter.waitMs()).toBeLessThanOrEqual(60 * 60_000);
	});

	it('waits as long as it was blocked', async () => {
		const { clock, limiter } = setUp();
		limiter.block(5_000);
		limiter.block(1_000);
		expect(limiter.waitMs()).toBe(5_000);
		clock.now += 5_000;
		expect(limiter.waitMs()).toBe(0);
	});

	const useless: Array<Record<string, string> | undefined> = [
		undefined,
		{},
		{ 'x-remaining': '' },
		{ 'x-remaining': 'many' },
	];
	it.each(useless)('learns nothing from an answer with the headers %j, and gives the place back', async (headers) => {
		const { limiter } = setUp();
		await limiter.take(undefined);
		limiter.answer(remaining(1));
		await limiter.take(undefined);
		expect(limiter.waitMs()).toBe(WINDOW);
		limiter.answer(headers);
		expect(limiter.waitMs()).toBe(0);
	});

	it('does not take the late answer of an early request for a new window', async () => {
		const { limiter } = setUp();
		await limiter.take(undefined);
		limiter.answer(remaining(10));
		for (let count = 0; count < 8; count++) await limiter.take(undefined);
		// The server counted them 9, 8, … 2; the first answer comes last.
		for (const count of [8, 7, 6, 5, 4, 3, 2]) limiter.answer(remaining(count), 1);
		limiter.answer(remaining(9));
		await limiter.take(undefined);
		await limiter.take(undefined);
		expect(limiter.waitMs()).toBeGreaterThan(0);
	});

	it('keeps one window’s requests within its limit, in whatever order the answers come', async () => {
		const step = fc.oneof(fc.constant('send' as const), fc.nat({ max: 7 }));
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 1, max: 12 }),
				fc.array(step, { maxLength: 60, size: 'max' }),
				async (limit, steps) => {
					const { limiter } = setUp();
					let served = 1;
					const flying: number[] = [];
					await limiter.take(undefined);
					limiter.answer(remaining(limit - served));
					for (const next of steps) {
						if (next === 'send') {
							if (limiter.waitMs() > 0 || flying.length >= 8) continue;
							await limiter.take(undefined);
							served += 1;
							expect(served).toBeLessThanOrEqual(limit);
							flying.push(limit - served);
						} else if (flying.length > 0) {
							const which = next % flying.length;
							const [answered = 0] = flying.splice(which, 1);
							limiter.answer(remaining(answered), which);
						}
					}
				},
			),
			{ numRuns: 2_000 },
		);
	});
});

describe('waiting for a place', () => {
	/** A limiter on the real clock, in windows short enough to wait for. */
	async function exhausted(windowMs: number): Promise<Limiter> {
		const limiter = new Limiter({ ...announced, windowMs });
		await limiter.take(undefined);
		limiter.answer(remaining(0));
		return limiter;
	}

	it('ends with the window', async () => {
		const limiter = await exhausted(40);
		const started = Date.now();
		await limiter.take(undefined);
		expect(Date.now() - started).toBeGreaterThanOrEqual(35);
	});

	it('ends at once when the execution is stopped, and takes no place', async () => {
		const limiter = await exhausted(60_000);
		const stop = new AbortController();
		const started = Date.now();
		const taking = limiter.take(stop.signal);
		setTimeout(() => stop.abort(), 10);
		await expect(taking).rejects.toMatchObject({ name: 'AbortError' });
		expect(Date.now() - started).toBeLessThan(20_000);

		const other = await exhausted(50);
		const cancelled = new AbortController();
		const waiting = other.take(cancelled.signal);
		cancelled.abort();
		await expect(waiting).rejects.toThrow();
		await other.take(undefined);
		other.answer(remaining(1));
		expect(other.waitMs()).toBe(0);
	});

	it('is prolonged by a block that comes during it', async () => {
		const limiter = await exhausted(20);
		const started = Date.now();
		const taking = limiter.take(undefined);
		limiter.block(80);
		await taking;
		expect(Date.now() - started).toBeGreaterThanOrEqual(75);
	});
});

describe('limiterFor', () => {
	it('is the same for one account and another for another', () => {
		expect(limiterFor('account one', announced)).toBe(limiterFor('account one', announced));
		expect(limiterFor('account one', announced)).not.toBe(limiterFor('account two', announced));
	});
});
