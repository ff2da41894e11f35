import { isInPair, isSpace } from './characters';
import { findLinks, type TextRange } from './links';
import { openSigns } from './openSigns';
import { codeBlocksIn, type Seam, type Seams, seamsIn } from './seams';

/** The shortest limit: room for a block of code's signs and some of its text. */
const MIN_LENGTH = 20;

const FENCE = '```';

/** Where characters end, as people see them: an emoji or a letter with its marks is one. */
const SEGMENTER = new Intl.Segmenter();

/** Where a part ends, what closes it, and where and with what the next begins. */
interface Cut extends Seam {
	close: string;
	open: string;
}

/** A text cannot be split, because a link in it is too long for a message. */
export class LinkTooLongError extends Error {
	constructor(
		readonly link: string,
		readonly maxLength: number,
	) {
		super(`A link of ${link.length} characters does not fit in a message of ${maxLength} characters`);
		this.name = 'LinkTooLongError';
	}
}

/**
 * Splits a text into parts for messages of limited length: at paragraphs; a paragraph that is too long at lines, else at
 * sentences, else between words; a word that is too long between characters as people see them. Links are never split. A block
 * of code that is too long is split at its lines, and each part is a block of its own; formatting (`*bold*`) over the end of a
 * part is closed there and opened again in the next. Only spaces and line breaks at the seams are lost. The time is linear.
 *
 * @param text in WhatsApp's format, or plain
 * @param maxLength characters of a part at most, counted in UTF-16 units: no provider says what it counts, and this count is
 *        never smaller than that of characters
 * @returns the text itself if it is short enough; nothing if there is nothing to see in it
 * @throws LinkTooLongError if a link is longer than a part may be
 * @throws RangeError if `maxLength` is not a whole number of at least 20
 */
export function splitText(text: string, maxLength: number): string[] {
	if (!Number.isInteger(maxLength) || maxLength < MIN_LENGTH) {
		throw new RangeError(`The longest part must be a whole number of at least ${MIN_LENGTH} characters`);
	}
	if (text.trim() === '') return [];
	return text.length <= maxLength ? [text] : new Splitter(text, maxLength).split();
}

class Splitter {
	private readonly text: string;
	private readonly blocks: TextRange[];
	private readonly links: TextRange[];
	private readonly seams: Seams;
	/** The signs of formatting that are open at each place. */
	private readonly signs: ReadonlyArray<string | undefined>;

	constructor(
		text: string,
		private readonly maxLength: number,
	) {
		this.text = text.trimEnd();
		this.blocks = codeBlocksIn(this.text);
		this.links = findLinks(this.text);
		this.seams = seamsIn(this.text, this.blocks);
		this.signs = openSigns(this.text, merged(this.blocks, this.links));
	}

	split(): string[] {
		const parts: string[] = [];
		let from = this.firstLine();
		let open = '';
		while (open.length + this.text.length - from > this.maxLength) {
			const cut = this.cut(from, this.maxLength - open.length);
			if (!cut) {
				from = this.afterSpaces(from);
				continue;
			}
			parts.push(open + this.text.slice(from, cut.end) + cut.close);
			from = cut.next;
			open = cut.open;
		}
		if (from < this.text.length) parts.push(open + this.text.slice(from));
		return parts;
	}

	/** The first line with something on it; it keeps its indentation. */
	private firstLine(): number {
		const first = this.text.length - this.text.trimStart().length;
		return this.text.lastIndexOf('\n', first) + 1;
	}

	/** Where the part that begins at a place ends; undefined if its first word is too long beside the indentation. */
	private cut(from: number, room: number): Cut | undefined {
		const block = rangeAt(this.blocks, from);
		if (block && block.end - from > room) return this.cutCode(block, from, room);
		for (const seams of this.seams) {
			const cut = this.lastSeam(seams, from, room);
			if (cut) return cut;
		}
		return isSpace(this.text.charAt(from)) ? undefined : this.cutWord(from, room);
	}

	/** The last seam at which the part, with what closes its formatting, is short enough; better none beside a link. */
	private lastSeam(seams: readonly Seam[], from: number, room: number): Cut | undefined {
		let beside: Cut | undefined;
		for (let at = countUpTo(seams, from + room) - 1; at >= 0; at--) {
			const seam = seams[at];
			if (!seam || seam.end <= from) break;
			const cut = this.formatted(seam);
			const isEmpty = seam.end === seam.next && this.isBesideSign(seam.end);
			if (isEmpty || seam.end - from + cut.close.length > room) continue;
			if (!this.touchesLink(cut)) return cut;
			beside ??= cut;
		}
		return beside;
	}

	/** Whether a sign would be written next to a link, and might become a part of it. */
	private touchesLink({ end, next, open }: Cut): boolean {
		return open !== '' && (rangeAt(this.links, end - 1) ?? rangeAt(this.links, next)) !== undefined;
	}

	/** Closes and opens again the formatting that is open at a seam. */
	private formatted({ end, next }: Seam): Cut {
		const open = this.signs[end] ?? '';
		return { end, next, open, close: [...open].reverse().join('') };
	}

	/** A word that is longer than a part: between its characters, but not in a link. */
	private cutWord(from: number, room: number): Cut {
		let fallback: Cut | undefined;
		for (const end of this.characterEnds(from, room)) {
			const cut = this.formatted({ end, next: end });
			if (end - from + cut.close.length > room || rangeAround(this.links, end)) continue;
			fallback = cut;
			if (this.isBesideSign(end)) continue;
			return cut;
		}
		if (fallback) return fallback;
		throw this.linkTooLong(from);
	}

	/** Beside a sign of formatting, closing and opening it again would leave an empty one. */
	private isBesideSign(end: number): boolean {
		return this.signs[end] !== this.signs[end - 1] || this.signs[end] !== this.signs[end + 1];
	}

	/** The ends of characters in the room after a place, the last first; of one that is longer than all the room, its pieces. */
	private *characterEnds(from: number, room: number): Generator<number> {
		// The character after the room is needed as well: it may belong to the one before it.
		const segments = SEGMENTER.segment(this.text.slice(from, from + room + 2));
		let isWhole = false;
		for (
			let end = segments.containing(room)?.index ?? room;
			end > 0;
			end = segments.containing(end - 1)?.index ?? 0
		) {
			isWhole = true;
			yield from + end;
		}
		for (let end = room; end > 0 && !isWhole; end--) if (!isInPair(this.text, from + end)) yield from + end;
	}

	/** A block of code that is longer than a part: at its lines. */
	private cutCode(block: TextRange, from: number, room: number): Cut {
		const start = from === block.start ? this.codeStart(block) : from;
		const limit = from + room - FENCE.length - 1;
		const lineEnd = start + this.text.slice(start, limit + 1).lastIndexOf('\n');
		const hasLine = lineEnd > start && this.text.slice(start, lineEnd).trim() !== '';
		const end = hasLine ? lineEnd : this.lastCharacter(start, limit);
		const next = hasLine ? lineEnd + 1 : end;
		const isOver = this.text.slice(next, block.end - FENCE.length).trim() === '';
		const close = `\n${FENCE}`;
		if (!isOver) return { end, next, close, open: `${FENCE}\n` };
		return { end, next: this.afterSpaces(block.end), close, open: '' };
	}

	private lastCharacter(from: number, limit: number): number {
		for (const end of this.characterEnds(from, limit - from)) if (!rangeAround(this.links, end)) return end;
		throw this.linkTooLong(from);
	}

	private codeStart({ start }: TextRange): number {
		const code = start + FENCE.length;
		return this.text.charAt(code) === '\n' ? code + 1 : code;
	}

	private afterSpaces(from: number): number {
		const next = this.text.slice(from).search(/\S/);
		return next < 0 ? this.text.length : from + next;
	}

	private linkTooLong(from: number): LinkTooLongError {
		const { start, end } = this.links[countUpTo(this.links, from)] ?? { start: from, end: this.text.length };
		return new LinkTooLongError(this.text.slice(start, end), this.maxLength);
	}
}

/** How many of these, which are in order, end up to a place. */
function countUpTo(ranges: ReadonlyArray<{ end: number }>, place: number): number {
	let from = 0;
	let to = ranges.length;
	while (from < to) {
		const middle = (from + to) >> 1;
		if ((ranges[middle]?.end ?? 0) <= place) from = middle + 1;
		else to = middle;
	}
	return from;
}

/** The range that a place is in, its first character included. */
function rangeAt(ranges: readonly TextRange[], place: number): TextRange | undefined {
	const range = ranges[countUpTo(ranges, place)];
	return range && range.start <= place ? range : undefined;
}

/** The range that would be cut at a place. */
function rangeAround(ranges: readonly TextRange[], place: number): TextRange | undefined {
	const range = rangeAt(ranges, place);
	return range && range.start < place ? range : undefined;
}

function merged(some: readonly TextRange[], others: readonly TextRange[]): TextRange[] {
	return [...some, ...others].sort((one, other) => one.start - other.start);
}
