import * as fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { markdownToPlain, markdownToWhatsApp } from '../../../../nodes/shared/messaging/text/markdown';
import { readWhatsApp, type Seen, visibleText, withoutSpaces } from './whatsAppModel';

const markdown = new MarkdownIt('default');
const SIGNS: Record<string, string> = { strong: '*', em: '_', s: '~' };

/** What a reader of the Markdown sees of one paragraph without links. */
function readMarkdown(text: string): Seen[] {
	const seen: Seen[] = [];
	const open: string[] = [];
	for (const { type, tag, nesting, content } of markdown.parseInline(text, {})[0]?.children ?? []) {
		const sign = SIGNS[tag];
		if (sign !== undefined && nesting > 0) open.push(sign);
		else if (sign !== undefined) open.splice(open.lastIndexOf(sign), 1);
		const signs = new Set([...open, ...(type === 'code_inline' ? ['`'] : [])]);
		const shown = type.endsWith('break') ? '\n' : content;
		seen.push(...[...shown].map((character) => ({ character, signs })));
	}
	return seen;
}

const textOf = (seen: Seen[]): string => withoutSpaces(seen.map(({ character }) => character).join(''));

/** Each character but spaces, with its formatting. */
const styles = (seen: Seen[]) => seen.filter(({ character }) => /\S/.test(character));

const WORDS = [
	'a',
	'word',
	'7',
	'é',
	'中文',
	'שלום',
	'مرحبا',
	'👩‍👩‍👧',
	'🇮🇩',
	'❤️',
	'e\u0301',
	'.',
	',',
	'!',
	'(',
	')',
	'"',
	'\u00a0',
];
const MARKS = [
	'*',
	'**',
	'***',
	'_',
	'__',
	'~',
	'~~',
	'`',
	'``',
	'```',
	'\\*',
	'\\_',
	'\\`',
	'\\\\',
	'&amp;',
	'&#42;',
	' ',
	' ',
];

/** One paragraph of words and signs, most of them in places where they mean something to somebody. */
const paragraph = fc
	.array(fc.constantFrom(...WORDS, ...MARKS, ...MARKS, '\n'), { minLength: 1, maxLength: 25 })
	.map((pieces) => `x ${pieces.join('')}`.replace(/\n\s*/g, '\nx '));

/** The same texts each time, unless told otherwise: `MARKDOWN_SEED=5`. */
const SEED = Number(process.env.MARKDOWN_SEED ?? 13);

describe('any paragraph', () => {
	it('shows on WhatsApp the text of the Markdown, and no formatting that it does not have', () => {
		fc.assert(
			fc.property(paragraph, (text) => {
				const meant = readMarkdown(text);
				const shown = readWhatsApp(markdownToWhatsApp(text));
				expect(textOf(shown)).toBe(textOf(meant));
				const pairs = styles(shown).map((each, index) => [each, styles(meant)[index]] as const);
				for (const [{ signs }, other] of pairs)
					expect(other?.signs).toEqual(new Set([...(other?.signs ?? []), ...signs]));
			}),
			{ numRuns: 2_000, seed: SEED },
		);
	});

	it('is its text where there is no formatting', () => {
		fc.assert(
			fc.property(paragraph, (text) => {
				expect(withoutSpaces(markdownToPlain(text))).toBe(textOf(readMarkdown(text)));
			}),
			{ numRuns: 2_000, seed: SEED },
		);
	});
});

describe('formatting around words', () => {
	const word = fc.constantFrom('one', 'two words', '3', 'Größe', '中文', 'שלום', 'مرحبا', 'ok 👩‍👩‍👧', 'a_b', '50%');

	it('is all shown', () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(fc.subarray(['**', '_', '~~']), word), { minLength: 1 }), (spans) => {
				const written = spans
					.map(([marks, text]) => marks.join('') + text + marks.toReversed().join(''))
					.join(' ');
				const shown = styles(readWhatsApp(markdownToWhatsApp(`x ${written}`)));
				expect(shown.map(({ signs }) => [...signs].sort())).toEqual(
					styles(readMarkdown(`x ${written}`)).map(({ signs }) => [...signs].sort()),
				);
			}),
			{ numRuns: 1_000, seed: SEED },
		);
	});
});

describe('any text', () => {
	const block = fc.array(
		fc.constantFrom(
			...[
				'# ',
				'- ',
				'1. ',
				'> ',
				'    ',
				'\n',
				'\n\n',
				'```',
				'```js\n',
				'---\n',
				'| a | b |\n|---|---|\n',
				'|',
				'- [x] ',
			],
			...[
				'[',
				']',
				'(',
				')',
				'<',
				'>',
				'<b>',
				'</b>',
				'<br>',
				'<foo>',
				'[a]: http://x.y\n',
				'![',
				'[^1]',
				'http://x/_a_',
			],
			...WORDS,
			...MARKS,
		),
		{ maxLength: 40 },
	);

	it('keeps its words, in order', () => {
		fc.assert(
			fc.property(block, (pieces) => {
				let count = 0;
				const text = pieces.map((piece) => (/^[a-z]+$/.test(piece) ? `${piece}${count++} ` : piece)).join('');
				const words = text.match(/(?:a|word)\d+/g) ?? [];
				for (const write of [markdownToWhatsApp, markdownToPlain]) {
					const found = write(text).match(/(?:a|word)\d+/g) ?? [];
					// Of the words in the first line of a block of code, its language, nothing is seen.
					const isLost = !/`{3}|~{3}/.test(text) && !/<[^>]*\d/.test(text);
					if (isLost) expect(found).toEqual(expect.arrayContaining(words));
				}
			}),
			{ numRuns: 3_000, seed: SEED },
		);
	});

	it('never ends in an error, and is stable where nothing is left to turn', () => {
		fc.assert(
			fc.property(
				fc.oneof(
					block.map((pieces) => pieces.join('')),
					fc.string({ unit: 'grapheme' }),
				),
				(text) => {
					expect(markdownToWhatsApp(text)).toBe(markdownToWhatsApp(text));
					expect(visibleText(markdownToWhatsApp(text))).not.toMatch(/\u2060/);
				},
			),
			{ numRuns: 3_000, seed: SEED },
		);
	});
});
