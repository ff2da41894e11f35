import * as fc from 'fast-check';
import { mapInOrder } from '../../../nodes/shared/operations/run/mapInOrder';

describe('mapInOrder', () => {
	it('gives results in order, runs no more than allowed at once and starts in order', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.scheduler(),
				fc.array(fc.integer(), { maxLength: 15 }),
				fc.integer({ min: 1, max: 6 }),
				async (scheduler, elements, atOnce) => {
					let running = 0;
					const started: number[] = [];
					const mapping = mapInOrder(elements, atOnce, async (element, index) => {
						started.push(index);
						running += 1;
						expect(running).toBeLessThanOrEqual(atOnce);
						await scheduler.schedule(Promise.resolve());
						running -= 1;
						return element * 2;
					});
					await scheduler.waitFor(mapping);
					expect(await mapping).toEqual(elements.map((element) => element * 2));
					expect(started).toEqual(elements.map((_element, index) => index));
				},
			),
		);
	});

	it('starts nothing after a failure, waits for what runs, and throws the first element’s failure', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.scheduler(),
				fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }),
				fc.integer({ min: 1, max: 4 }),
				async (scheduler, fails, atOnce) => {
					fc.pre(fails.includes(true));
					let running = 0;
					let isFailed = false;
					const startedTooLate: number[] = [];
					const failed: number[] = [];
					const mapping = mapInOrder(fails, atOnce, async (isFailing, index) => {
						if (isFailed) startedTooLate.push(index);
						running += 1;
						await scheduler.schedule(Promise.resolve());
						running -= 1;
						if (!isFailing) return;
						isFailed = true;
						failed.push(index);
						throw new Error(`element ${index}`);
					});
					const outcome = mapping.then(
						() => 'none',
						(error: unknown) => (error as Error).message,
					);
					await scheduler.waitFor(outcome);
					expect(running).toBe(0);
					expect(startedTooLate).toEqual([]);
					expect(await outcome).toBe(`element ${Math.min(...failed)}`);
				},
			),
		);
	});

	it('passes on a failure that is undefined', async () => {
		const failing = mapInOrder([1], 1, async () => await Promise.reject<number>(undefined as unknown as Error));
		await expect(failing).rejects.toBeUndefined();
	});

	it('does nothing with nothing', async () => {
		expect(await mapInOrder([], 8, async () => 1)).toEqual([]);
	});
});
