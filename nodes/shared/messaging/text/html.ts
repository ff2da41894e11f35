import type { Token } from './parse';
import type { Style } from './parts';

/** A tag in a Markdown text. */
export interface Tag {
	/** In lower case. */
	name: string;
	isClosing: boolean;
	source: string;
}

/** Tags that have a style of ours. */
export const TAG_STYLES: ReadonlyMap<string, Style> = new Map<string, Style>([
	['b', 'bold'],
	['strong', 'bold'],
	['i', 'italic'],
	['em', 'italic'],
	['s', 'strike'],
	['del', 'strike'],
	['strike', 'strike'],
]);

/** Tags whose text is code. */
export const CODE_TAGS: ReadonlySet<string> = new Set(['code', 'kbd', 'samp', 'tt', 'pre']);

/** Tags that are nothing without the one that closes them. */
const PAIRED: ReadonlySet<string> = new Set([...TAG_STYLES.keys(), ...CODE_TAGS, 'a', 'sup']);

/** Tags that begin and end a line. */
export const LINE_TAGS: ReadonlySet<string> = new Set([
	...['p', 'div', 'ul', 'ol', 'table', 'tr', 'blockquote', 'center', 'section', 'article', 'details', 'summary'],
	...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'footer'],
]);

/** Tags that WhatsApp cannot show and whose text stays. */
export const SILENT_TAGS: ReadonlySet<string> = new Set([
	...['u', 'ins', 'mark', 'span', 'font', 'small', 'big', 'sub', 'abbr', 'cite', 'q', 'wbr', 'tbody', 'thead'],
]);

/** Reads a piece of HTML; undefined for what is no tag: a comment, an instruction. */
export function readTag(source: string): Tag | undefined {
	const found = /^<(\/?)([a-z][a-z0-9-]*)/i.exec(source);
	return found?.[2] === undefined ? undefined : { name: found[2].toLowerCase(), isClosing: found[1] === '/', source };
}

/** The value of an attribute of a tag, as it is written; undefined without one. */
export function attributeOf({ source }: Tag, name: string): string | undefined {
	for (const [, key, double, single, bare] of source.matchAll(/\s([a-z-]+)=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi)) {
		if (key?.toLowerCase() === name) return (double ?? single ?? bare ?? '').trim();
	}
	return undefined;
}

/**
 * The tags among these tokens that count: a tag that needs its partner (`<b>`) has it, within the same Markdown formatting.
 * The time is linear.
 *
 * @returns by the token's place in the list
 */
export function tagsIn(tokens: readonly Token[]): ReadonlyMap<number, Tag> {
	const tags = new Map<number, Tag>();
	const frames = [new Frame()];
	for (const [at, token] of tokens.entries()) {
		if (token.type !== 'html_inline') {
			if (token.nesting > 0) frames.push(new Frame());
			if (token.nesting < 0) frames.pop();
			continue;
		}
		const tag = readTag(token.content);
		if (tag === undefined) continue;
		const frame = frames.at(-1);
		if (!PAIRED.has(tag.name)) tags.set(at, tag);
		else if (!tag.isClosing) frame?.open(at, tag);
		else frame?.close(at, tag, tags);
	}
	return tags;
}

/** The tags that are open inside one piece of Markdown formatting. */
class Frame {
	private readonly opened: Array<{ at: number; tag: Tag }> = [];
	private readonly counts = new Map<string, number>();

	open(at: number, tag: Tag): void {
		this.opened.push({ at, tag });
		this.count(tag.name, 1);
	}

	/** Pairs a closing tag with the last that opened it; those between them have no partner. */
	close(at: number, tag: Tag, tags: Map<number, Tag>): void {
		if ((this.counts.get(tag.name) ?? 0) === 0) return;
		for (let last = this.opened.pop(); last; last = this.opened.pop()) {
			this.count(last.tag.name, -1);
			if (last.tag.name !== tag.name) continue;
			tags.set(last.at, last.tag);
			tags.set(at, tag);
			return;
		}
	}

	private count(name: string, by: number): void {
		this.counts.set(name, (this.counts.get(name) ?? 0) + by);
	}
}
