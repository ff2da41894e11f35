import { withoutTrailing } from '../../text';
import type { Dialect } from './dialect';
import { partsOf } from './inline';
import { DEFINITION, type Token } from './parse';
import { linesOf, type Part, styled } from './parts';
import { tableLines, type TableRow } from './table';

/** A line that is written. */
interface Line {
	text: string;
	/** It begins at the margin, also inside a list: code, which an indentation would change, and quotes. */
	isFlush?: boolean;
}

/** What a block is written in. */
interface Place {
	/** Lists around it. */
	depth: number;
	isQuoted: boolean;
}

/** Columns that what belongs to an item of a list is indented by. */
const INDENT = ' '.repeat(4);

/** The address in a definition. */
const DEFINED = /^\[(?:[^\]\\]|\\.)*\]:\s*(?:<([^>\n]*)>|(\S+))/s;

const TASK = /^\[([ xX])\]\s+/;

/** Writes the blocks of a Markdown text for a channel. */
export function writeBlocks(tokens: readonly Token[], dialect: Dialect): string {
	const lines = new BlockWriter(tokens, dialect).write();
	return withoutEmptyEnds(lines.map(({ text }) => text)).join('\n');
}

/** Goes through the tokens once, from block to block. */
class BlockWriter {
	private at = 0;
	/** Addresses that links and images lead to. */
	private readonly addresses = new Set<string>();

	constructor(
		private readonly tokens: readonly Token[],
		private readonly dialect: Dialect,
	) {
		for (const token of tokens.flatMap(({ children }) => children ?? [])) {
			const address = token.attrGet('href') ?? token.attrGet('src');
			if (address !== null) this.addresses.add(address);
		}
	}

	write(): Line[] {
		return this.blocks({ depth: 0, isQuoted: false });
	}

	/** The blocks up to the end of the one that they are in, with an empty line between them unless they are tight. */
	private blocks(place: Place): Line[] {
		const lines: Line[] = [];
		for (let token = this.next(); token && token.nesting >= 0; token = this.next()) {
			const block = this.block(token, place);
			if (block.length === 0) continue;
			if (lines.length > 0 && !isTight(token)) lines.push({ text: '' });
			lines.push(...block);
		}
		return lines;
	}

	private block(token: Token, place: Place): Line[] {
		switch (token.type) {
			case 'paragraph_open':
				return this.inline();
			case 'heading_open':
				return this.inline((parts) => styled('bold', parts));
			case 'bullet_list_open':
			case 'ordered_list_open':
				return this.list(token, place);
			case 'blockquote_open':
				return this.quote(place);
			case 'table_open':
				return this.table();
			case 'hr':
				return [{ text: this.dialect.rule }];
			case DEFINITION:
				return this.definition(token);
			default:
				return this.code(token, place);
		}
	}

	/** A block with nothing but a text in it. */
	private inline(change: (parts: Part[]) => Part[] = (parts) => parts): Line[] {
		const parts = partsOf(this.next()?.children ?? []);
		this.next();
		return parts.length === 0 ? [] : this.textLines(change(parts));
	}

	private textLines(parts: readonly Part[]): Line[] {
		return linesOf(parts).map((line) => ({ text: withoutSpaces(this.dialect.line(line)) }));
	}

	private code(token: Token, { isQuoted }: Place): Line[] {
		const lines = token.content.replace(/\n$/, '').split('\n');
		if (token.content.trim() === '') return [];
		// A quote goes line by line, and so does the code in it.
		if (isQuoted) return lines.map((text) => ({ text: this.dialect.line([{ kind: 'code', text }]) }));
		return this.dialect.code(lines).map((text) => ({ text, isFlush: true }));
	}

	/** WhatsApp knows one level of quotes. */
	private quote(place: Place): Line[] {
		const lines = this.blocks({ ...place, isQuoted: true });
		if (place.isQuoted) return lines;
		return lines.map(({ text }) => ({ text: `> ${text}`.trimEnd(), isFlush: true }));
	}

	private list(list: Token, place: Place): Line[] {
		const lines: Line[] = [];
		let number = Number(list.attrGet('start') ?? 1);
		for (let item = this.next(); item && item.nesting > 0; item = this.next()) {
			const isFirst = lines.length === 0;
			const isLoose = this.tokens[this.at]?.type === 'paragraph_open' && !isTight(this.tokens[this.at]);
			const task = list.type === 'bullet_list_open' ? this.takeTask() : undefined;
			const bullet = list.type === 'bullet_list_open' ? this.dialect.bullet(place.depth) : `${number++}. `;
			if (isLoose && !isFirst) lines.push({ text: '' });
			lines.push(...withBullet(task ?? bullet, this.blocks({ ...place, depth: place.depth + 1 })));
		}
		return lines;
	}

	/** What is before a task, if the item that comes next is one; its box is taken out of its text. */
	private takeTask(): string | undefined {
		const text = this.tokens[this.at + 1]?.children?.[0];
		const box = text?.type === 'text' ? TASK.exec(text.content) : null;
		if (!text || !box || this.tokens[this.at]?.type !== 'paragraph_open') return undefined;
		text.content = text.content.slice(box[0].length);
		return this.dialect.task(box[1] !== ' ');
	}

	private table(): Line[] {
		const rows: TableRow[] = [];
		for (let token = this.next(); token && token.type !== 'table_close'; token = this.next()) {
			if (token.type === 'tr_open') rows.push([]);
			if (token.type === 'inline') rows.at(-1)?.push(partsOf(token.children ?? []));
		}
		return tableLines(rows).flatMap((parts) => this.textLines(parts));
	}

	/** The definition of an address, if no link leads there. */
	private definition({ content }: Token): Line[] {
		const address = DEFINED.exec(content);
		if (this.addresses.has(address?.[1] ?? address?.[2] ?? '')) return [];
		return content.split('\n').map((text) => ({ text: this.dialect.line([{ kind: 'text', text }]) }));
	}

	private next(): Token | undefined {
		return this.tokens[this.at++];
	}
}

/**
 * Whether no empty line comes before a block: paragraphs in a list without empty lines are hidden, and lists and code inside
 * another block follow its text.
 */
function isTight(token: Token | undefined): boolean {
	return token?.hidden === true || (token !== undefined && token.level > 0 && /list_open$|^fence$/.test(token.type));
}

function withBullet(bullet: string, lines: readonly Line[]): Line[] {
	const [first, ...others] = lines;
	if (!first) return [{ text: bullet.trimEnd() }];
	const begun = first.isFlush ? [{ text: bullet.trimEnd() }, first] : [{ text: bullet + first.text }];
	return [
		...begun,
		...others.map((line) => (line.isFlush || line.text === '' ? line : { text: INDENT + line.text })),
	];
}

/** A line of text has no spaces at its ends; tags (`x <br>`) leave some. */
function withoutSpaces(line: string): string {
	return withoutTrailing(line, ' \t').replace(/^[ \t]+/, '');
}

function withoutEmptyEnds(lines: readonly string[]): string[] {
	const isFull = (line: string): boolean => line.trim() !== '';
	const first = lines.findIndex(isFull);
	return first < 0 ? [] : lines.slice(first, lines.findLastIndex(isFull) + 1);
}
