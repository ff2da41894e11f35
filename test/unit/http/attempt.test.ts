import type { TransportError } from '../../../nodes/shared/http/transport/transport';
import { Attempt } from '../../../nodes/shared/http/undici/attempt';

const KIB = 1024;
const MIB = 1024 * KIB;

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** An attempt whose request was written at once, with its end and the second in which that came. */
function begun(timeLimitMs: number, mayMove = true) {
	const attempt = new Attempt({ timeLimitMs, mayMove });
	const seen: { error?: TransportError; seconds?: number; cuts: number } = { cuts: 0 };
	const start = performance.now();
	const running = attempt.run(async () => await new Promise(() => undefined));
	running.catch((error: TransportError) => {
		seen.error = error;
		seen.seconds = (performance.now() - start) / 1000;
	});
	attempt.queue();
	attempt.connects(() => seen.cuts++);
	attempt.starts({ abort: () => undefined } as never);
	return { attempt, seen };
}

/** Lets seconds pass, in each of which so many bytes move. */
async function move(attempt: Attempt, seconds: number, bytesPerSecond: number): Promise<void> {
	for (let second = 0; second < seconds; second++) {
		await jest.advanceTimersByTimeAsync(500);
		attempt.moved(bytesPerSecond);
		await jest.advanceTimersByTimeAsync(500);
	}
}

describe('the time limit of a try', () => {
	it('is absolute where nothing may move', async () => {
		const { attempt, seen } = begun(60_000, false);
		attempt.downloadStarts();
		await move(attempt, 59, MIB);
		expect(seen.error).toBeUndefined();
		await move(attempt, 2, MIB);
		expect(seen).toMatchObject({ error: { stage: 'sent', options: { timedOut: true } }, cuts: 1 });
		expect(seen.seconds).toBeCloseTo(60, 1);
	});

	it.each([1, 2, 10, 60, 300])('of %d seconds goes on while a file moves at 64 KiB in ten seconds', async (limit) => {
		const { attempt, seen } = begun(limit * 1000);
		attempt.downloadStarts();
		await move(attempt, 1_000, 7 * KIB);
		expect(seen.error).toBeUndefined();
		attempt.finish();
		expect(jest.getTimerCount()).toBe(0);
	});

	it.each([1, 2, 10, 60, 300])('of %d seconds ends for a file that is slower', async (limit) => {
		const { attempt, seen } = begun(limit * 1000);
		attempt.downloadStarts();
		await move(attempt, limit + 20, 6 * KIB);
		expect(seen.error).toMatchObject({ stage: 'sent', options: { timedOut: true } });
		expect(seen.seconds).toBeCloseTo(limit, 1);
	});

	it.each([
		[2, 9],
		[60, 55],
	])('of %d seconds: a file that moves a MiB every %d seconds has its time', async (limit, seconds) => {
		const { attempt, seen } = begun(limit * 1000);
		attempt.uploadStarts();
		for (let burst = 0; burst < 20; burst++) {
			attempt.moved(MIB);
			await move(attempt, seconds, 0);
		}
		expect(seen.error).toBeUndefined();
	});

	it.each([
		[1, 10],
		[5, 10],
		[60, 60],
	])(
		'of %d seconds: a file that stalls after it ends %d seconds later, and the words say why',
		async (limit, later) => {
			const { attempt, seen } = begun(limit * 1000);
			attempt.uploadStarts();
			await move(attempt, 200, MIB);
			await move(attempt, 100, 0);
			expect(seen.error).toMatchObject({ stage: 'sent', reason: 'the file transfer stalled' });
			expect(seen.error?.options.timedOut).toBeUndefined();
			expect(seen.seconds).toBeGreaterThan(198 + later);
			expect(seen.seconds).toBeLessThan(203 + later);
		},
	);

	it('a file that stood still before the limit, but moves when it is over, goes on', async () => {
		const { attempt, seen } = begun(60_000);
		attempt.downloadStarts();
		await move(attempt, 50, 0);
		await move(attempt, 50, 8 * KIB);
		expect(seen.error).toBeUndefined();
	});

	it('begins anew for the answer once a file is sent, and is absolute then', async () => {
		const { attempt, seen } = begun(60_000);
		await move(attempt, 5, 0);
		attempt.uploadStarts();
		await move(attempt, 100, MIB);
		attempt.uploadEnds();
		await move(attempt, 100, MIB);
		expect(seen).toMatchObject({ error: { options: { timedOut: true } }, cuts: 1 });
		// Without the hundred seconds that the file took: sixty.
		expect(seen.seconds).toBeCloseTo(160, 0);
	});
});

it('does not count the time until a connection is free', async () => {
	const attempt = new Attempt({ timeLimitMs: 10_000 });
	const ended = jest.fn();
	attempt.run(async () => await new Promise(() => undefined)).catch(ended);
	await jest.advanceTimersByTimeAsync(4_000);
	attempt.queue();
	await jest.advanceTimersByTimeAsync(100_000);
	attempt.connects(() => undefined);
	await jest.advanceTimersByTimeAsync(5_900);
	expect(ended).not.toHaveBeenCalled();
	await jest.advanceTimersByTimeAsync(200);
	expect(ended).toHaveBeenCalledWith(
		expect.objectContaining({ stage: 'notSent', reason: 'no connection within 10 seconds' }),
	);
});
