import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { forgetTrigger, memoryOf } from '../../../nodes/shared/trigger/receive/memory';
import { shortId, store, storedIds } from '../../../nodes/shared/trigger/receive/stored';

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
				ids.map(shortId).forEach((each, index, short) => {
					memory.events.set(each, true);
					store(stored, memory, each, undefined);
					const expected = newest(short.slice(0, index + 1));
					expect(stored.seenEvents).toBe(expected.join(' '));
					expect(JSON.stringify(stored.seenEvents)).toHaveLength(expected.join(' ').length + 2);
					expect([...storedIds(stored, memory)]).toEqual(expected);
				});
			}),
		);
	});

	it('are told apart, whatever they are', () => {
		fc.assert(fc.property(id, id, (one, other) => (shortId(one) === shortId(other)) === (one === other)));
	});

	it('are told apart where half a character is all the difference, which UTF-8 cannot write', () => {
		const broken = ['\ud800', '\ud801', '\udc00', 'a\ud800', 'a\ud801', '\ufffd'];
		expect(new Set(broken.map(shortId)).size).toBe(broken.length);
		const long = broken.map((each) => shortId('x'.repeat(200) + each));
		expect(new Set(long).size).toBe(broken.length);
	});

	it('are stored as they are where a provider made them', () => {
		const made = ['3EB0A1B2C3', 'wamid.HBgN+/=', 'false_628@c.us_3A', '628@s.whatsapp.net:1:2', 'x'.repeat(128)];
		expect(made.map(shortId)).toEqual(made);
	});

	it('keep what another process has written in between', () => {
		const memory = memoryOf(TRIGGER);
		const stored: IDataObject = {};
		const note = (each: string): void => {
			memory.events.set(each, true);
			store(stored, memory, each, undefined);
		};
		note('a');
		stored.seenEvents = 'a theirs';
		note('b');
		note('c');
		expect(stored.seenEvents).toBe('a theirs b c');
	});

	it.each(['', ' ', 7, null, {}, []])('begin anew where the static data holds %p', (text) => {
		const memory = memoryOf(TRIGGER);
		const stored: IDataObject = { seenEvents: text };
		memory.events.set('a', true);
		store(stored, memory, 'a', undefined);
		expect(stored.seenEvents).toBe('a');
	});
});
