import { WORD_JOINER } from './characters';
import { type LinePart, plainText } from './parts';
import { whatsAppLine } from './whatsAppLine';

/** How a channel shows what is in a Markdown text. */
export interface Dialect {
	/** A line of text. */
	line(parts: readonly LinePart[]): string;
	/** The lines of a block of code. */
	code(lines: readonly string[]): string[];
	/** What is before an item of a list. */
	bullet(depth: number): string;
	/** What is before a task. */
	task(isDone: boolean): string;
	rule: string;
}

const FENCE = '```';

/**
 * WhatsApp's own format. It knows one level of lists: a deeper one is indented, with another bullet, so that it can be told
 * apart whether or not WhatsApp makes a list of it.
 */
export const WHATSAPP: Dialect = {
	line: whatsAppLine,
	code: (lines) => [FENCE, ...lines.map((line) => line.replaceAll('``', `\`${WORD_JOINER}\``)), FENCE],
	bullet: (depth) => (depth === 0 ? '- ' : '\u25E6 '),
	task: (isDone) => (isDone ? '\u2611 ' : '\u2610 '),
	rule: '\u2500'.repeat(10),
};

/**
 * Text without formatting. It adds ASCII characters alone: any other would make an SMS hold 70 characters rather than 160.
 */
export const PLAIN: Dialect = {
	line: plainText,
	code: (lines) => [...lines],
	bullet: () => '- ',
	task: (isDone) => (isDone ? '[x] ' : '[ ] '),
	rule: '-'.repeat(10),
};
