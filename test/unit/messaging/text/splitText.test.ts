import { LinkTooLongError, splitText } from '../../../../nodes/shared/messaging/text/splitText';
import { processorMs } from '../../../support/processorTime';

const words = (count: number, word = 'word'): string => Array.from({ length: count }, () => word).join(' ');

describe('a text that is too long', () => {
	it('is split at paragraphs', () => {
		expect(splitText('First line.\nSecond line.\n\nThird line.\n\n\nFourth line.', 30)).toEqual([
			'First line.\nSecond line.',
			'Third line.\n\n\nFourth line.',
		]);
	});

	it('is split at lines where a paragraph is too long', () => {
		expect(splitText('First line, long.\nSecond line, long.\nThird.', 36)).toEqual([
			'First line, long.\nSecond line, long.',
			'Third.',
		]);
	});

	it.each([
		['One sentence. Two sentences! Three?', ['One sentence.', 'Two sentences!', 'Three?']],
		['He said "yes." Then version 2. 5 came', ['He said "yes."', 'Then version 2. 5', 'came']],
		['これは一つ目の文です。これは二つ目の文です。', ['これは一つ目の文です。', 'これは二つ目の文です。']],
		['کیا آپ وہاں ہیں؟ جی ہاں، میں ہوں۔', ['کیا آپ وہاں ہیں؟', 'جی ہاں، میں ہوں۔']],
	])('is split at sentences where a line is too long: %s', (text, parts) => {
		expect(splitText(text, 20)).toEqual(parts);
	});

	it('is split between words where a sentence is too long, never at a space that does not break', () => {
		expect(splitText(words(6), 20)).toEqual([words(4), words(2)]);
		expect(splitText('This costs about 1\u00a0000\u00a0000 rupiah', 20)).toEqual([
			'This costs about',
			'1\u00a0000\u00a0000 rupiah',
		]);
	});

	it('is split between characters as people see them where a word is too long', () => {
		expect(splitText('👩‍👩‍👧'.repeat(4), 20)).toEqual(['👩‍👩‍👧👩‍👩‍👧', '👩‍👩‍👧👩‍👩‍👧']);
		expect(splitText('x'.repeat(50), 20)).toEqual(['x'.repeat(20), 'x'.repeat(20), 'x'.repeat(10)]);
		const manyMarks = `e${'\u0301'.repeat(60)}`;
		expect(splitText(manyMarks, 20).join('')).toBe(manyMarks);
	});

	it('keeps the indentation of a line and the ends of lines within a part', () => {
		expect(splitText('- one\r\n    - two\r\n    - three', 20)).toEqual(['- one\r\n    - two', '    - three']);
	});

	it('comes back as it is if it is short enough, and not at all if there is nothing to see', () => {
		expect(splitText('  short \n', 20)).toEqual(['  short \n']);
		expect(splitText(' \n\t ', 20)).toEqual([]);
		expect(splitText('', 20)).toEqual([]);
	});
});

describe('a link', () => {
	const link = 'https://example.com/a_b';

	it('is never split', () => {
		expect(splitText(`See ${link} there`, 24)).toEqual(['See', link, 'there']);
		expect(splitText(`${'x'.repeat(20)}(${link})`, 24)).toEqual([`${'x'.repeat(20)}(`, `${link})`]);
	});

	it('that is longer than a part is refused', () => {
		expect(() => splitText(`See ${link}`, 20)).toThrow(LinkTooLongError);
		expect(() => splitText(`See ${link}`, 20)).toThrow(
			'A link of 23 characters does not fit in a message of 20 characters',
		);
	});
});

describe('formatting over the end of a part', () => {
	it('is closed and opened again', () => {
		expect(splitText('*bold and _both of them_ here*', 20)).toEqual(['*bold and _both of_*', '*_them_ here*']);
		expect(splitText(`~${words(6)}~ \`code here too\``, 20)).toEqual([
			'~word word word~',
			'~word word word~',
			'`code here too`',
		]);
	});

	it('is not closed where a sign is none', () => {
		expect(splitText('2 * 3 * 4 and snake_case_name * 5', 20)).toEqual(['2 * 3 * 4 and', 'snake_case_name * 5']);
	});
});

describe('a block of code', () => {
	const block = '```\nlet a = 1;\nlet b = 2;\n```';

	it('moves to the next part whole', () => {
		expect(splitText(`Some text before:\n${block}\nafter`, 36)).toEqual(['Some text before:', `${block}\nafter`]);
	});

	it('that is longer than a part becomes several, at its lines', () => {
		expect(splitText(`Before\n${block}\n\nAfter.`, 24)).toEqual([
			'Before',
			'```\nlet a = 1;\n```',
			'```\nlet b = 2;\n```',
			'After.',
		]);
	});

	it('keeps its indentation, and a line that is too long is split as well', () => {
		expect(splitText('```\nif (x) {\n    y = 12345;\n}\n```', 24)).toEqual([
			'```\nif (x) {\n```',
			'```\n    y = 12345;\n}\n```',
		]);
		expect(splitText(`\`\`\`\n${'x'.repeat(30)}\n\`\`\``, 24)).toEqual([
			`\`\`\`\n${'x'.repeat(16)}\n\`\`\``,
			`\`\`\`\n${'x'.repeat(14)}\n\`\`\``,
		]);
	});
});

it.each([19, 0, -1, 20.5, NaN, Infinity])('refuses a limit of %s characters', (limit) => {
	expect(() => splitText('text', limit)).toThrow(RangeError);
});

describe('a text of a megabyte', () => {
	const MEGABYTE = 1_000_000;
	/** Linear work takes well under a second on an idle machine; quadratic work takes minutes. */
	const QUADRATIC_MS = 10_000;
	const filled = (piece: string): string => piece.repeat(Math.ceil(MEGABYTE / piece.length));

	it.each([
		['words', filled('word ')],
		['one word', filled('x')],
		['emoji', filled('👩‍👩‍👧')],
		['lines', filled('a\n\n')],
		['spaces in a line', `a${filled(' ')}b`],
		['sentences', filled('One. Two! ')],
		['links', filled('https://x.y/a_b ')],
		['links without spaces', filled('(https://x.y)')],
		['formatting that is open', filled('*a ')],
		['formatting', filled('*a* _b_ ')],
		['formatted links', `*${filled('https://x.y/a_b ')}x*`],
		['blocks of code', filled('```x```')],
		['one block of code', `\`\`\`\n${filled('let x = 1;\n')}\`\`\``],
		['code in one line', `\`\`\`\n${filled('x')}\`\`\``],
		['backticks', filled('`')],
		['marks on a letter', filled('\u0301')],
	])('is not split in quadratic time: %s', async (_what, text) => {
		let parts: string[] = [];
		expect(await processorMs(() => (parts = splitText(text, 3_500)))).toBeLessThan(QUADRATIC_MS);
		expect(parts.length).toBeGreaterThan(0);
	});
});
