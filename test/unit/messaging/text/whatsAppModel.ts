/*
 * How WhatsApp reads a message, written from what the app shows and the readings of others, and sharing no code with the
 * nodes: the tests hold what the nodes write against it.
 */

/** A character that a reader sees, and how. */
export interface Seen {
	character: string;
	/** Signs of its formatting: `*` bold, `_` italics, `~` strikethrough, a backtick for code. */
	signs: ReadonlySet<string>;
}

const SIGNS = '`*_~';
const LINK = /(?:https?:\/\/|www\.)[^\s<>`]+/g;

/** What a reader sees of a message, without the characters that nobody sees. */
export function readWhatsApp(message: string): Seen[] {
	return message.split(/(```[^]+?```)/).flatMap((piece, index) => {
		if (index % 2 === 0) return piece.split(/(\n)/).flatMap((line) => readLine(line));
		return characters(piece.slice(3, -3), new Set('`'));
	});
}

/** The text that a reader sees; line breaks and other spaces as one space. */
export function visibleText(message: string): string {
	return withoutSpaces(
		readWhatsApp(message)
			.map(({ character }) => character)
			.join(''),
	);
}

/** A text with one space for spaces of any number and kind, and none at its ends. */
export function withoutSpaces(text: string): string {
	return text.replace(/\s+/g, ' ').trim();
}

function characters(text: string, signs: ReadonlySet<string>): Seen[] {
	return [...text].filter((character) => character !== '\u2060').map((character) => ({ character, signs }));
}

function readLine(line: string): Seen[] {
	const quoted = /^> /.exec(line)?.[0].length ?? 0;
	return new LineReader(line).read(quoted, line.length, new Set());
}

class LineReader {
	private readonly links: Array<[number, number]>;

	constructor(private readonly line: string) {
		this.links = [...line.matchAll(LINK)].map(({ 0: link, index }) => {
			return [index, index + link.replace(/[*_~.,)]+$/, '').length];
		});
	}

	read(from: number, to: number, signs: ReadonlySet<string>): Seen[] {
		const seen: Seen[] = [];
		for (let at = from; at < to; at++) {
			const end = this.endOfFormat(at, to);
			if (end === undefined) {
				const character = String.fromCodePoint(this.line.codePointAt(at) ?? 0);
				seen.push(...characters(character, signs));
				at += character.length - 1;
				continue;
			}
			const sign = this.line.charAt(at);
			const inner = new Set([...signs, sign]);
			if (sign === '`') seen.push(...characters(this.line.slice(at + 1, end), inner));
			else seen.push(...this.read(at + 1, end, inner));
			at = end;
		}
		return seen;
	}

	/** Where the formatting ends that begins here; undefined if none does. */
	private endOfFormat(at: number, to: number): number | undefined {
		const sign = this.line.charAt(at);
		const before = [...this.line.slice(Math.max(0, at - 2), at)].at(-1) ?? '';
		const isBegin =
			SIGNS.includes(sign) && /^[\s\p{P}\p{S}]?$/u.test(before) && /^\S/.test(this.line.slice(at + 1, to));
		if (!isBegin || this.isInLink(at)) return undefined;
		for (let end = at + 2; end < to; end++) {
			if (this.line.charAt(end) !== sign || this.isInLink(end)) continue;
			const isEnd = /\S/.test(this.line.charAt(end - 1)) && !/[a-zA-Z0-9]/.test(this.line.charAt(end + 1));
			if (isEnd) return end;
		}
		return undefined;
	}

	private isInLink(at: number): boolean {
		return this.links.some(([from, to]) => at >= from && at < to);
	}
}
