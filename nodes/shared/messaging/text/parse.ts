import MarkdownIt from 'markdown-it';
import { findLinks, type TextRange } from './links';

export type Token = MarkdownIt.Token;
type BlockState = Parameters<MarkdownIt.ParserBlock.RuleBlock>[0];
type InlineState = Parameters<MarkdownIt.ParserInline.RuleInline>[0];

/** A definition of a link, `[name]: address`, as a token of its own. */
export const DEFINITION = 'definition';

/**
 * Levels of lists and quotes inside one another that are read (a list counts as two). What is deeper becomes plain lines:
 * nobody sees a difference on a phone, and the parser drops what is deeper than its own limit, 100.
 */
const MAX_LEVELS = 20;

/** Made on first use. */
let parser: MarkdownIt | undefined;

/**
 * Reads a Markdown text: CommonMark with tables and strikethrough, in linear time. Other than the standard, it loses nothing:
 * definitions, the extra cells of a row, and what is nested too deep are kept.
 *
 * @returns the blocks, flat: what opens, what is inside, what closes; inline text is in the children of `inline`
 */
export function parseMarkdown(text: string): Token[] {
	parser ??= createParser();
	return parser.parse(text, {});
}

function createParser(): MarkdownIt {
	const markdown = new MarkdownIt('default', { html: true, linkify: false });
	// An address is shown as it was written, wherever it leads: on the phone it is a text.
	markdown.normalizeLink = (address) => address;
	markdown.normalizeLinkText = (address) => address;
	markdown.validateLink = () => true;
	// The text between tags is Markdown too: that is how language models mean it.
	markdown.disable('html_block');
	markdown.block.ruler.before('table', 'deep', deepBlock);
	markdown.block.ruler.at('reference', keepingDefinition(ruleOf(markdown, 'reference')));
	markdown.block.ruler.at('table', keepingCells(ruleOf(markdown, 'table')), { alt: ['paragraph', 'reference'] });
	markdown.inline.ruler.before('strikethrough', 'marks_in_link', marksInLink);
	return markdown;
}

/** The parser's own rule of this name, to build on. It has no method that returns one. */
function ruleOf(markdown: MarkdownIt, name: string): MarkdownIt.ParserBlock.RuleBlock {
	const { ruler } = markdown.block;
	const all = ruler.getRules('');
	ruler.disable(name);
	const others = new Set(ruler.getRules(''));
	ruler.enable(name);
	const rule = all.find((each) => !others.has(each));
	if (!rule) throw new Error(`The Markdown parser has no rule "${name}"`);
	return rule;
}

/** What is nested too deep becomes a paragraph, its signs included. */
function deepBlock(state: BlockState, start: number, end: number, silent: boolean): boolean {
	if (state.level < MAX_LEVELS) return false;
	if (silent) return true;
	state.line = end;
	state.push('paragraph_open', 'p', 1);
	const inline = state.push('inline', '', 0);
	inline.content = state.getLines(start, end, state.blkIndent, false).trim();
	inline.children = [];
	state.push('paragraph_close', 'p', -1);
	return true;
}

/**
 * The standard hides definitions. Here each leaves a token, so that an address to which no link leads can be shown. A footnote
 * (`[^1]: text`) is no definition and stays as it is.
 */
function keepingDefinition(original: MarkdownIt.ParserBlock.RuleBlock): MarkdownIt.ParserBlock.RuleBlock {
	return (state, start, end, silent) => {
		const first = (state.bMarks[start] ?? 0) + (state.tShift[start] ?? 0);
		if (state.src.startsWith('[^', first) || !original(state, start, end, silent)) return false;
		if (silent) return true;
		const token = state.push(DEFINITION, '', 0);
		token.content = state.getLines(start, state.line, state.blkIndent, false).trim();
		return true;
	};
}

/** The standard drops the cells that a row has beyond its header. Here they are added to the last one. */
function keepingCells(original: MarkdownIt.ParserBlock.RuleBlock): MarkdownIt.ParserBlock.RuleBlock {
	return (state, start, end, silent) => {
		const first = state.tokens.length;
		if (!original(state, start, end, silent)) return false;
		let row: string[] = [];
		let column = 0;
		let columns = 0;
		for (const token of state.tokens.slice(first)) {
			if (token.type === 'th_open') columns++;
			if (token.type === 'tr_open') {
				const line = token.map?.[0] ?? 0;
				row = cellsOf(state.getLines(line, line + 1, state.blkIndent, false).trim());
				column = 0;
			}
			if (token.type === 'td_open') column++;
			if (token.type === 'inline' && column === columns && row.length > columns)
				token.content = row.slice(columns - 1).join(' | ');
		}
		return true;
	};
}

/** The cells of a row: a bar at its ends encloses it, one after a backslash is text. */
function cellsOf(row: string): string[] {
	const cells: string[] = [];
	let cell = '';
	for (let at = 0; at < row.length; at++) {
		const character = row.charAt(at);
		if (character === '\\' && row.charAt(at + 1) === '|') {
			cell += '|';
			at++;
		} else if (character === '|') {
			cells.push(cell.trim());
			cell = '';
		} else {
			cell += character;
		}
	}
	cells.push(cell.trim());
	if (cells[0] === '') cells.shift();
	if (cells.at(-1) === '') cells.pop();
	return cells;
}

/** The links in the text that is being read, found once for each text. */
const knownLinks = new WeakMap<InlineState, { source: string; links: TextRange[] }>();

/** An underscore or asterisk in a bare link is a part of the link. */
function marksInLink(state: InlineState, silent: boolean): boolean {
	const mark = state.src.charAt(state.pos);
	if (mark !== '*' && mark !== '_' && mark !== '~') return false;
	let known = knownLinks.get(state);
	if (known?.source !== state.src) {
		known = { source: state.src, links: findLinks(state.src) };
		knownLinks.set(state, known);
	}
	if (!isInside(known.links, state.pos)) return false;
	if (!silent) state.pending += mark;
	state.pos++;
	return true;
}

function isInside(links: TextRange[], position: number): boolean {
	let from = 0;
	let to = links.length;
	while (from < to) {
		const middle = (from + to) >> 1;
		if ((links[middle]?.end ?? 0) <= position) from = middle + 1;
		else to = middle;
	}
	return (links[from]?.start ?? Infinity) <= position;
}
