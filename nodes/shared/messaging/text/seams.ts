import type { TextRange } from './links';

/** A place at which a text may be split: one part ends, and the next begins, with nothing but spaces between. */
export interface Seam {
	end: number;
	next: number;
}

/** Where a text may be split, in order; the first kind is the best. */
export type Seams = readonly [paragraphs: Seam[], lines: Seam[], sentences: Seam[], words: Seam[]];

/** Spaces at which a line may break; the others are there so that it does not. */
const SPACES = /[^\S\u00A0\u202F\u2007\uFEFF]+/g;

/** Signs that end a sentence and need no space after them. */
const WIDE_ENDS = /[\u3002\uFF01\uFF1F]+["'\u2019\u201D\u300D\u300F\uFF09]*(?=\S)/g;

const LINE_END = /\r\n|[\n\r\u2028\u2029]/g;

/** What may come between the end of a sentence and a space: quotes, brackets, formatting. */
const CLOSING = '"\'\u2019\u201D\u00BB)]*_~`';

const SENTENCE_ENDS = '.!?\u2026\u061F\u06D4\u0964\u3002\uFF01\uFF1F';

/** The blocks of code of a text, signs included: what is between three backticks and the next three. */
export function codeBlocksIn(text: string): TextRange[] {
	const blocks: TextRange[] = [];
	for (let start = text.indexOf('```'); start >= 0;) {
		const close = text.indexOf('```', start + 4);
		if (close < 0) break;
		blocks.push({ start, end: close + 3 });
		start = text.indexOf('```', close + 3);
	}
	return blocks;
}

/** Finds where a text may be split, in linear time. There are no seams in a block of code, only at its ends. */
export function seamsIn(text: string, blocks: readonly TextRange[]): Seams {
	const seams: Seams = [[], [], [], []];
	const [paragraphs, lines, sentences, words] = seams;
	const isInBlock = passing(blocks);
	for (const { 0: spaces, index: end } of text.matchAll(SPACES)) {
		if (isInBlock(end)) continue;
		const breaks = [...spaces.matchAll(LINE_END)];
		const last = breaks.at(-1);
		// The next line keeps its indentation.
		const next = end + (last ? last.index + last[0].length : spaces.length);
		if (breaks.length > 1) paragraphs.push({ end, next });
		else if (breaks.length === 1) lines.push({ end, next });
		else if (endsSentence(text, end)) sentences.push({ end, next });
		else words.push({ end, next });
	}
	addWideSentences(text, blocks, sentences);
	for (const { start, end } of blocks) words.push({ end: start, next: start }, { end, next: end });
	sentences.sort(byPlace);
	words.sort(byPlace);
	return seams;
}

function addWideSentences(text: string, blocks: readonly TextRange[], sentences: Seam[]): void {
	const isInBlock = passing(blocks);
	for (const { 0: sign, index } of text.matchAll(WIDE_ENDS)) {
		const end = index + sign.length;
		if (!isInBlock(index)) sentences.push({ end, next: end });
	}
}

function endsSentence(text: string, end: number): boolean {
	let at = end - 1;
	while (at > end - 5 && CLOSING.includes(text.charAt(at))) at--;
	const isNumber = text.charAt(at) === '.' && /\d/.test(text.charAt(at - 1));
	return SENTENCE_ENDS.includes(text.charAt(at)) && text.charAt(at) !== '' && !isNumber;
}

const byPlace = (one: Seam, other: Seam): number => one.end - other.end;

/** Whether a place is in one of these; the places that are asked for only grow. */
function passing(ranges: readonly TextRange[]): (place: number) => boolean {
	let range = 0;
	return (place) => {
		while ((ranges[range]?.end ?? Infinity) <= place) range++;
		return (ranges[range]?.start ?? Infinity) <= place;
	};
}
