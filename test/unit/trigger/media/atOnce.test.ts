import { fewAtOnce } from '../../../../nodes/shared/trigger/media/atOnce';

const never = new AbortController().signal;
const turns = async () => await new Promise((resolve) => setImmediate(resolve));

/** Work that ends on demand. */
function works(count: number, signal = never) {
	const started: number[] = [];
	const ends: Array<() => void> = [];
	const results = Array.from(
		{ length: count },
		async (_none, number) =>
			await fewAtOnce(async () => {
				started.push(number);
				await new Promise<void>((resolve) => (ends[number] = resolve));
				return number;
			}, signal),
	);
	return { started, ends, results };
}

describe('files at once', () => {
	it('are four; each that ends lets the next one begin, in the order in which they came', async () => {
		const { started, ends, results } = works(10);
		await turns();
		expect(started).toEqual([0, 1, 2, 3]);
		for (let number = 0; number < 10; number++) {
			ends[number]?.();
			await turns();
		}
		expect(started).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
		await expect(Promise.all(results)).resolves.toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
	});

	it('pass a turn on that comes to one who has just given up', async () => {
		const { ends, results } = works(4);
		const over = new AbortController();
		const given = [1, 2, 3, 4].map(
			async () => await fewAtOnce(async () => await Promise.resolve('late'), over.signal),
		);
		for (const each of given) each.catch(() => undefined);
		const last = fewAtOnce(async () => await Promise.resolve('last'), never);
		await turns();
		for (const end of ends) end();
		await Promise.resolve();
		over.abort();
		await Promise.all(results);
		await expect(last).resolves.toBe('last');
	});

	it('go on after one that failed, and after one that was given up while it waited', async () => {
		const { ends, results } = works(4);
		const over = new AbortController();
		const given = fewAtOnce(async () => await Promise.resolve('late'), over.signal);
		const next = fewAtOnce(async () => await Promise.reject(new Error('broken')), never);
		const last = fewAtOnce(async () => await Promise.resolve('last'), never);
		next.catch(() => undefined);
		given.catch(() => undefined);
		await turns();
		over.abort();
		await expect(given).rejects.toThrow();
		// One turn, and whoever comes first of those who still wait has it.
		ends[0]?.();
		await expect(next).rejects.toThrow('broken');
		await expect(last).resolves.toBe('last');
		for (const end of ends) end();
		await Promise.all(results);
	});
});
