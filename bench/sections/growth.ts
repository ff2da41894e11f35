/* How cost grows with the number of items. */
import { atMost, digits, median, type Section } from '../report';
import type { Outcome, Stage } from '../stage';

const KIB = 1024;

/** Sends 100, 1,000 and 10,000 messages through our node. */
export async function growth(stage: Stage): Promise<Section> {
	const { growth: sizes, rounds } = stage.amounts;
	const outcomes = new Map<number, Outcome[]>(sizes.map((items) => [items, []]));
	for (let round = 0; round < Math.min(rounds, 2); round++) {
		for (const items of sizes) {
			const outcome = await stage.messages({ contestant: 'chatalo', effect: 'sends', items }, 0);
			outcomes.get(items)?.push(outcome);
			console.log(`  ${digits(items)} sends: ${digits(outcome.ms)} ms`);
		}
	}
	const perItem = (items: number, pick: (outcome: Outcome) => number): number =>
		median((outcomes.get(items) ?? []).map(pick)) / items;
	const [first = 1, middle = 1, last = 1] = sizes;
	const ms = (items: number): number => perItem(items, (outcome) => outcome.ms);
	const held = (items: number): number => perItem(items, (outcome) => outcome.held);
	const heldFurther = (from: number, to: number): number => (held(to) * to - held(from) * from) / (to - from);
	return {
		title: 'Growth with the number of items',
		notes: [
			'Sends through our node at 0 ms. Heap is what the finished run holds (its items and its output), after the collector. That has also freed what was left from before, the same for any number of items, so the targets compare what each further item holds.',
		],
		columns: ['Items', 'ms', 'ms/item', 'CPU ms/item', 'heap KiB/item', 'resident KiB/item', 'connections'],
		rows: sizes.map((items) => [
			digits(items),
			digits(ms(items) * items),
			digits(ms(items)),
			digits(perItem(items, (outcome) => outcome.cpuMs)),
			digits(held(items) / KIB),
			digits(perItem(items, (outcome) => outcome.peak - outcome.baseline) / KIB),
			digits(Math.max(...(outcomes.get(items) ?? []).map(({ connections }) => connections))),
		]),
		checks: [
			atMost(`time per item, ${digits(last)} items ÷ ${digits(middle)}`, ms(last) / ms(middle), 1.2),
			atMost(
				`heap per further item, up to ${digits(last)} ÷ up to ${digits(middle)}`,
				heldFurther(middle, last) / heldFurther(first, middle),
				1.2,
			),
		],
	};
}
