import * as fc from 'fast-check';
import { MAX_VALUES, measure, parseJson, readJson } from '../../../nodes/shared/http/json';
import { processorMs } from '../../support/processorTime';

/** Counted on the parsed value: itself and all below it, and how deep they lie. */
function counted(value: unknown): { values: number; depth: number } {
	if (typeof value !== 'object' || value === null) return { values: 1, depth: 0 };
	const below = Object.values(value).map(counted);
	return {
		values: 1 + below.reduce((sum, { values }) => sum + values, 0),
		depth: 1 + Math.max(0, ...below.map(({ depth }) => depth)),
	};
}

it('knows how deep a text is and has at least as many values as it says, never more than twice', () => {
	const awkward = fc.jsonValue({ stringUnit: fc.constantFrom('"', '\\', ',', '[', '{', '}', ']', ':', 'a', '\n') });
	fc.assert(
		fc.property(fc.oneof(fc.jsonValue(), awkward), fc.constantFrom(undefined, 1), (value, space) => {
			const text = JSON.stringify(value, undefined, space);
			const { values, depth } = counted(JSON.parse(text));
			const measured = measure(text);
			expect(measured.depth).toBe(depth);
			expect(measured.values).toBeGreaterThanOrEqual(values);
			expect(measured.values).toBeLessThanOrEqual(2 * values);
		}),
	);
});

it('measures whatever text it is given, in a time that grows with its length', async () => {
	fc.assert(
		fc.property(fc.string({ unit: fc.constantFrom('"', '\\', '[', '{', ',', 'a') }), (text) => void measure(text)),
	);
	for (const text of ['"', '\\"', '"\\', '[', '"\\\\\\', '\\'].map((unit) => unit.repeat(2_000_000))) {
		expect(await processorMs(() => measure(text))).toBeLessThan(5_000);
	}
});

it.each([
	['[', ']'],
	['{"a":', '}'],
])('reads %s 200 deep and no deeper', (open, close) => {
	const nested = (depth: number): string => `${open.repeat(depth)}${open === '[' ? '' : '1'}${close.repeat(depth)}`;
	expect(readJson(nested(200)).problem).toBeUndefined();
	expect(parseJson(nested(200))).toBeDefined();
	expect(readJson(nested(201))).toEqual({ problem: 'the response is nested more than 200 levels deep' });
	expect(parseJson(nested(100_000))).toBeUndefined();
});

it.each(['0,', '[],', '{},', '"",', '{"a":0},'])('reads no list with too many %s', (unit) => {
	const problem = 'the response has more than 500,000 values';
	expect(readJson(`[${unit.repeat(MAX_VALUES)}0]`)).toEqual({ problem });
	expect(readJson(`[${unit.repeat(100_000)}0]`).problem).toBeUndefined();
});

it('reads a long list of contacts, and pictures in base64', () => {
	const contacts = Array.from({ length: 70_000 }, (_none, index) => ({
		id: index,
		name: 'a',
		phone: '62',
		group: 'b',
	}));
	const text = JSON.stringify({ data: contacts, picture: 'A'.repeat(4_000_000) });
	expect(parseJson(text)).toMatchObject({ data: { length: 70_000 } });
});
