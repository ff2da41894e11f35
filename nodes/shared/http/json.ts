/**
 * The most values that one JSON text may have: half a million, such as 80,000 contacts with five fields each. A value takes
 * up to 125 bytes of memory however short it is written, so the length of a text says little.
 */
export const MAX_VALUES = 500_000;

/** How deep values may lie in others. Answers here have five or six levels; by some thousands n8n's own code breaks. */
const MAX_DEPTH = 200;

/** A JSON text as a value, or what keeps it from being read. */
export type ParsedJson = { value: unknown; problem?: undefined } | { value?: undefined; problem: string };

/**
 * Parses a JSON text that others wrote.
 *
 * @returns an undefined value where the text is no JSON; a problem, in words for the user, where it must not be parsed
 */
export function readJson(text: string, mostValues = MAX_VALUES): ParsedJson {
	// A byte order mark counts as white space.
	const trimmed = text.trim();
	if (trimmed === '') return { value: undefined };
	// A short text, as most are, cannot have too many of either.
	const isShort = trimmed.length < Math.min(mostValues, MAX_DEPTH);
	const { values, depth } = isShort ? { values: 0, depth: 0 } : measure(trimmed);
	if (values > mostValues) return { problem: `the response has more than ${mostValues.toLocaleString('en')} values` };
	if (depth > MAX_DEPTH) return { problem: `the response is nested more than ${MAX_DEPTH} levels deep` };
	try {
		return { value: JSON.parse(trimmed) as unknown };
	} catch {
		return { value: undefined };
	}
}

/** The value of a JSON text; undefined if it is none, or one that is too large or too deep to be read. */
export function parseJson(text: string, mostValues?: number): unknown {
	return readJson(text, mostValues).value;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/** How many values a JSON text has at least, and how deep they lie, without parsing it. */
export function measure(text: string): { values: number; depth: number } {
	let values = 1;
	let level = 0;
	let depth = 0;
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (code === QUOTE) {
			at = endOfString(text, at + 1);
		} else if (code === COMMA) {
			values++;
		} else if (code === OPEN_LIST || code === OPEN_OBJECT) {
			values++;
			level++;
			if (level > depth) depth = level;
		} else if (code === CLOSE_LIST || code === CLOSE_OBJECT) {
			level--;
		}
	}
	return { values, depth };
}

/** Where the quotation mark is that ends a string; the end of the text if there is none. */
function endOfString(text: string, from: number): number {
	for (let end = text.indexOf('"', from); end >= 0; end = text.indexOf('"', end + 1)) {
		let backslashes = 0;
		while (end - backslashes > from && text.charCodeAt(end - backslashes - 1) === BACKSLASH) backslashes++;
		if (backslashes % 2 === 0) return end;
	}
	return text.length;
}
