import * as fc from 'fast-check';
import { LinkTooLongError, splitText } from '../../../../nodes/shared/messaging/text/splitText';
import { readWhatsApp, type Seen } from './whatsAppModel';

const LINK = /https?:\/\/[^\s*_~`]+/g;

const WORDS = [
	'a',
	'word',
	'Größe',
	'中文。',
	'שלום',
	'مرحبا؟',
	'👩‍👩‍👧',
	'🇮🇩',
	'❤️',
	'e\u0301',
	'1.',
	'50%',
	'end.',
	'really?',
	'looooooooooooooooooooooooong',
];
const LINKS = ['https://x.y/a_b_c', 'http://example.com/_path_/x?a=*b*&c', '(https://x.y)'];
const SPACES = [' ', ' ', ' ', '\n', '\n\n', '\r\n', '\n    ', '  '];
const FORMATS = ['*', '_', '~', '`', '*_'];

const word = fc.oneof({ arbitrary: fc.constantFrom(...WORDS), weight: 8 }, fc.constantFrom(...LINKS));
const words = fc.array(word, { minLength: 1, maxLength: 12 });
const formatted = fc.tuple(fc.constantFrom(...FORMATS), words).map(([signs, text]) => {
	return signs + text.join(' ') + [...signs].reverse().join('');
});
const block = fc.array(fc.array(fc.constantFrom('let', 'x', '=', '  ', '*a*', '\n')), { minLength: 1 }).map((lines) => {
	return `\`\`\`\n${lines.map((line) => line.join(' ')).join('\n')}x\n\`\`\``;
});
const text = fc
	.array(
		fc.tuple(
			fc.oneof(
				{ arbitrary: word, weight: 8 },
				{ arbitrary: formatted, weight: 2 },
				{ arbitrary: block, weight: 1 },
			),
			fc.constantFrom(...SPACES),
		),
		{ minLength: 1, maxLength: 60 },
	)
	.map((pieces) =>
		pieces.map(([piece, space]) => (piece.startsWith('```') ? `\n${piece}\n` : piece + space)).join(''),
	);
const maxLength = fc.integer({ min: 48, max: 200 });

const seenIn = (parts: readonly string[]): Seen[] =>
	parts.flatMap(readWhatsApp).filter(({ character }) => /\S/.test(character));
const plain = (seen: readonly Seen[]) => seen.map(({ character, signs }) => character + [...signs].sort().join(''));

describe('the parts of any text', () => {
	it('are short enough, and none is empty', () => {
		fc.assert(
			fc.property(text, maxLength, (long, max) => {
				for (const part of splitText(long, max)) {
					expect(part.length).toBeLessThanOrEqual(max);
					expect(part.trim()).not.toBe('');
				}
			}),
			{ numRuns: 2_000 },
		);
	});

	it('show what the text shows, in order, with the same formatting', () => {
		fc.assert(
			fc.property(text, maxLength, (long, max) => {
				expect(plain(seenIn(splitText(long, max)))).toEqual(plain(seenIn([long])));
			}),
			{ numRuns: 2_000 },
		);
	});

	it('hold every link and every character whole', () => {
		fc.assert(
			fc.property(text, maxLength, (long, max) => {
				const parts = splitText(long, max);
				expect(parts.flatMap((part) => part.match(LINK) ?? [])).toEqual(long.match(LINK) ?? []);
				const graphemes = (each: string) =>
					[...new Intl.Segmenter().segment(each)].map(({ segment }) => segment);
				const known = new Set(graphemes(long).concat(graphemes('\n```*_~`')));
				for (const each of parts.flatMap(graphemes)) expect(known).toContain(each);
			}),
			{ numRuns: 200 },
		);
	});

	it('are the text itself where it is short enough', () => {
		fc.assert(
			fc.property(text, (short) => {
				expect(splitText(short, short.length + 20)).toEqual([short]);
			}),
		);
	});

	it('never end in an error other than that of a link', () => {
		const piece = fc.constantFrom(
			'*',
			'_',
			'~',
			'`',
			'```',
			' ',
			'\n',
			'http://',
			'www.',
			'a',
			'。',
			'\u0301',
			'👩‍👩‍👧',
			'\ud83d',
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 200 }), fc.integer({ min: 20, max: 40 }), (pieces, max) => {
				try {
					const parts = splitText(pieces.join(''), max);
					for (const part of parts) expect(part.length).toBeLessThanOrEqual(max);
					for (const part of parts) expect(part.trim()).not.toBe('');
				} catch (error) {
					if (!(error instanceof LinkTooLongError)) throw error;
				}
			}),
			{ numRuns: 3_000 },
		);
	});
});
