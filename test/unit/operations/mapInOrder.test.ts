import * as fc from 'fast-check';
import { setImmediate } from 'node:timers/promises';
import { mapInOrder, NotStarted } from '../../../nodes/shared/operations/run/mapInOrder';

/** What an element does: how long it prepares and acts, in turns of the scheduler, and where it fails. */
interface Plan {
	prepares: number;
	/** Without it, it is done, or fails, without acting. */
	acts: number | undefined;
	waits: boolean;
	fails: boolean;
}

const plans = (fails: fc.Arbitrary<boolean>): fc.Arbitrary<Plan[]> =>
	fc.array(
		fc.record({
			prepares: fc.nat({ max: 3 }),
			acts: fc.option(fc.nat({ max: 3 }), { nil: undefined }),
			waits: fc.boolean(),
			fails,
		}),
		{ maxLength: 12 },
	);

/** Runs the plans and watches them. */
function watched(scheduler: fc.Scheduler, elements: Plan[], atOnce: number) {
	const seen = {
		started: [] as number[],
		acted: [] as number[],
		failed: [] as number[],
		mostAhead: 0,
		mostActing: 0,
	};
	let acting = 0;
	let over = 0;
	const steps = async (count: number): Promise<void> => {
		for (let step = 0; step < count; step++) await scheduler.schedule(Promise.resolve());
	};
	const mapping = mapInOrder(elements, atOnce, async ({ prepares, acts, waits, fails }, index, turn) => {
		seen.started.push(index);
		seen.mostAhead = Math.max(seen.mostAhead, seen.started.length - seen.acted.length - over);
		await steps(prepares);
		if (acts === undefined) {
			over++;
		} else {
			await turn.take();
			expect(seen.failed).toEqual([]);
			seen.acted.push(index);
			seen.mostActing = Math.max(seen.mostActing, ++acting);
			if (waits) turn.waits();
			await steps(acts);
			acting--;
		}
		if (!fails) return index;
		if (acts !== undefined) seen.failed.push(index);
		throw new Error(`element ${index}`);
	});
	return { seen, mapping, isActing: () => acting > 0 };
}

describe('mapInOrder', () => {
	it('gives results in order, lets no more act than allowed, and in order', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.scheduler(),
				plans(fc.constant(false)),
				fc.integer({ min: 1, max: 6 }),
				async (scheduler, elements, atOnce) => {
					const { seen, mapping } = watched(scheduler, elements, atOnce);
					expect(await scheduler.waitFor(mapping)).toEqual(elements.map((_plan, index) => index));
					expect(seen.started).toEqual(elements.map((_plan, index) => index));
					expect(seen.acted).toEqual(seen.started.filter((index) => elements[index]?.acts !== undefined));
					expect(seen.mostActing).toBeLessThanOrEqual(atOnce);
					// A turn that has come is not seen before the element goes on.
					expect(seen.mostAhead).toBeLessThanOrEqual(atOnce);
				},
			),
		);
	});

	it('lets nothing act after a failure, waits for what does, and throws the first element’s failure', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.scheduler(),
				plans(fc.boolean()),
				fc.integer({ min: 1, max: 4 }),
				async (scheduler, elements, atOnce) => {
					const failing = elements.findIndex(({ fails }) => fails);
					fc.pre(failing >= 0);
					const { mapping, isActing, seen } = watched(scheduler, elements, atOnce);
					const outcome = mapping.then(
						() => 'none',
						(error: unknown) => (error as Error).message,
					);
					const message = await scheduler.waitFor(outcome);
					expect(isActing()).toBe(false);
					// Whatever failed beside it began later.
					expect(message).toBe(`element ${failing}`);
					expect(seen.acted.filter((index) => index < failing)).toEqual(
						elements.flatMap(({ acts }, index) => (index < failing && acts !== undefined ? index : [])),
					);
					if (atOnce === 1) expect(Math.max(...seen.acted, -1)).toBeLessThanOrEqual(failing);
				},
			),
		);
	});

	it.each([
		{ waits: true, started: [0, 1] },
		{ waits: false, started: [0] },
	])('prepares the next element while one waits ($waits), and no more', async ({ waits, started }) => {
		const seen: number[] = [];
		let answer = (): void => undefined;
		const answered = new Promise<void>((resolve) => (answer = resolve));
		const mapping = mapInOrder([0, 1, 2], 1, async (element, _index, turn) => {
			seen.push(element);
			await turn.take();
			if (waits) turn.waits();
			if (waits) turn.waits();
			if (element === 0) await answered;
		});
		await setImmediate();
		expect(seen).toEqual(started);
		answer();
		await mapping;
		expect(seen).toEqual([0, 1, 2]);
	});

	it('lets those whose turn comes at once go on in their order', async () => {
		const acted: number[] = [];
		await mapInOrder([0, 1, 2, 3, 4], 3, async (element, _index, turn) => {
			await turn.take();
			acted.push(element);
			await setImmediate();
		});
		expect(acted).toEqual([0, 1, 2, 3, 4]);
	});

	it('tells an element whose turn never comes', async () => {
		const told: unknown[] = [];
		const mapping = mapInOrder([0, 1], 1, async (element, _index, turn) => {
			if (element === 1) {
				await turn.take().catch((error: unknown) => {
					told.push(error);
					throw error;
				});
				return;
			}
			await turn.take();
			turn.waits();
			await setImmediate();
			throw new Error('the first');
		});
		await expect(mapping).rejects.toThrow('the first');
		expect(told).toEqual([expect.any(NotStarted)]);
	});

	it('passes on a failure that is undefined', async () => {
		const failing = mapInOrder([1], 1, async () => await Promise.reject<number>(undefined as unknown as Error));
		await expect(failing).rejects.toBeUndefined();
	});

	it('does nothing with nothing', async () => {
		expect(await mapInOrder([], 8, async () => 1)).toEqual([]);
	});
});
