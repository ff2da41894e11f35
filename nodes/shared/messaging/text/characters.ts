/**
 * What stands before a sign that WhatsApp would take for formatting: invisible, no space, and not among the characters after
 * which formatting begins.
 */
export const WORD_JOINER = '\u2060';

const SPACE = /^\s$/;
const WORD = /^[\p{L}\p{N}\p{M}]$/u;
const PUNCTUATION = /^[\p{P}$+<=>^`|~]$/u;
const SYMBOL = /^[\p{S}\u200D\uFE0F]$/u;

/** The character that ends at a place of a text; an empty text at its start. */
export function characterBefore(text: string, at: number): string {
	return text.slice(Math.max(0, at - (isInPair(text, at - 1) ? 2 : 1)), Math.max(0, at));
}

/** Whether a place is between the two units of one character. */
export function isInPair(text: string, at: number): boolean {
	return (text.codePointAt(at - 1) ?? 0) > 0xffff;
}

/** The character that begins at a place of a text; an empty text at its end. */
export function characterAt(text: string, at: number): string {
	const code = text.codePointAt(at);
	return code === undefined ? '' : String.fromCodePoint(code);
}

/** Whether it is a space of any kind; an empty text, the edge of a line, is one. */
export function isSpace(character: string): boolean {
	return character === '' || SPACE.test(character);
}

/** Whether it is a letter, a digit or a mark on one. */
export function isWord(character: string): boolean {
	return WORD.test(character);
}

/**
 * Whether formatting begins after this character. Published readings of WhatsApp's rules differ: after a space and another
 * sign of formatting it always does, after a letter it never does. Punctuation is taken for a yes, emoji for a no.
 */
export function canComeBefore(character: string): boolean {
	return isSpace(character) || PUNCTUATION.test(character);
}

/** Whether formatting ends before this character: anything but a letter or digit. */
export function canComeAfter(character: string): boolean {
	return canComeBefore(character) || SYMBOL.test(character);
}
