import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { forgetTrigger, memoryOf } from '../../../nodes/shared/trigger/receive/memory';
import { store, storedIds } from '../../../nodes/shared/trigger/receive/stored';

const TRIGGER = 'workflow node';
const KEPT = 50;

const id = fc.oneof(
	fc.string(),
	fc.string({ unit: 'binary' }),
	fc.constantFrom('a', '"', '\\', ',', '[', ']', '","', ''),
);

/** What the text has to be: the newest ids, each at the place where it came first. */
function newest(ids: string[]): string[] {
	const kept = new Set<string>();
	for (const each of ids) {
		kept.add(each);
		const [oldest] = kept;
		if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
	}
	return [...kept];
}

describe('the ids of events in static data', () => {
	beforeEach(() => forgetTrigger(TRIGGER));
	afterEach(() => forgetTrigger(TRIGGER));

	it('are the newest ones, as if the list were written anew each time', () => {
		fc.assert(
			fc.property(fc.array(id, { maxLength: 130 }), (ids) => {
				forgetTrigger(TRIGGER);
				const memory = memoryOf(TRIGGER);
				const stored: IDataObject = {};
				ids.forEach((each, index) => {
					memory.events.set(each, true);
					store(stored, memory, each, undefined);
					const expected = newest(ids.slice(0, index + 1));
					expect(stored.seenEvents).toBe(JSON.stringify(expected));
					expect([...storedIds(stored, memory)]).toEqual(expected);
				});
			}),
		);
	});

	it('keep what another process has written in between', () => {
		const memory = memoryOf(TRIGGER);
		const stored: IDataObject = {};
		const note = (each: string): void => {
			memory.events.set(each, true);
			store(stored, memory, each, undefined);
		};
		note('a');
		stored.seenEvents = JSON.stringify(['a', 'theirs']);
		note('b');
		note('c');
		expect(stored.seenEvents).toBe(JSON.stringify(['a', 'theirs', 'b', 'c']));
	});

	it.each(['', '[]', '[', 'null', '{}', 7, null])('begin anew where the static data holds %p', (text) => {
		const memory = memoryOf(TRIGGER);
		const stored: IDataObject = { seenEvents: text };
		memory.events.set('a', true);
		store(stored, memory, 'a', undefined);
		expect(stored.seenEvents).toBe('["a"]');
	});
});
