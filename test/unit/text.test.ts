import { listOf } from '../../nodes/shared/text';

it.each([
	['a, b;c\n\n d ', ['a', 'b', 'c', 'd']],
	[
		['a', 7, '', null, ' b '],
		['a', '7', 'b'],
	],
	['', []],
	[undefined, []],
	[995598464533, ['995598464533']],
])('%j is the list %j', (written, list) => {
	expect(listOf(written)).toEqual(list);
});
