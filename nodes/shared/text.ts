/** Levels of lists and objects that are kept: more than any answer has, and far from where JSON writers give up. */
const MAX_LEVELS = 100;

/** Stands for what lies deeper. */
const CUT = '…';

/** A value as text: objects and lists as JSON, nothing as an empty text. Never throws. */
export function textOf(value: unknown): string {
	if (typeof value === 'string') return value;
	if (typeof value === 'number' || typeof value === 'boolean') return value.toString();
	return value === undefined || value === null ? '' : asJson(value);
}

/** A time with its unit: "1 second", "0.3 seconds". */
export function inSeconds(ms: number): string {
	return `${ms / 1000} ${ms === 1000 ? 'second' : 'seconds'}`;
}

/** A list, or a text with commas, semicolons or lines, as its entries: trimmed, without empty ones. */
export function listOf(written: unknown): string[] {
	const parts: unknown[] = Array.isArray(written) ? written : textOf(written).split(/[,;\r\n]/);
	return parts.map((part) => textOf(part).trim()).filter((part) => part !== '');
}

/**
 * A text without these characters at its end. A pattern (`/\/+$/`) would begin anew at each of them, which takes minutes for
 * a text that is full of them and ends otherwise.
 */
export function withoutTrailing(text: string, characters: string): string {
	let end = text.length;
	while (end > 0 && characters.includes(text.charAt(end - 1))) end--;
	return text.slice(0, end);
}

/** A text up to the first of these characters; the whole text if it has none. */
export function before(text: string, characters: string): string {
	const ends = [...characters].map((each) => text.indexOf(each)).filter((at) => at >= 0);
	return text.slice(0, Math.min(text.length, ...ends));
}

/**
 * A value of JSON without what is nested too deep to be read: schemas, JSON writers and n8n itself go down level by level,
 * and end with a stack overflow at some thousands of them.
 *
 * @returns the value itself where nothing had to be cut
 */
export function withoutDepths(value: unknown): unknown {
	return isNestedDeeperThan(value, MAX_LEVELS) ? cutBelow(value, MAX_LEVELS) : value;
}

function asJson(value: unknown): string {
	try {
		return writeJson(value);
	} catch {
		// Too deep for the writer, or a circle.
		return writeJson(cutBelow(value, MAX_LEVELS));
	}
}

/** Functions and the like have no JSON. What looks at every value takes time, and hardly any is a big integer. */
function writeJson(value: unknown): string {
	try {
		return JSON.stringify(value) ?? '';
	} catch {
		return JSON.stringify(value, writable) ?? '';
	}
}

function writable(_name: string, value: unknown): unknown {
	return typeof value === 'bigint' ? value.toString() : value;
}

/** Whether lists and objects are nested in more levels than these; without going deeper itself. */
export function isNestedDeeperThan(value: unknown, levels: number): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return levels === 0 || Object.values(value).some((inner) => isNestedDeeperThan(inner, levels - 1));
}

function cutBelow(value: unknown, levels: number, seen = new Set<object>()): unknown {
	if (typeof value !== 'object' || value === null) return value;
	// What occurs twice may be a circle, which a hundred levels would not bound.
	if (levels === 0 || seen.has(value)) return CUT;
	seen.add(value);
	const inner = (each: unknown): unknown => cutBelow(each, levels - 1, seen);
	if (Array.isArray(value)) return value.map(inner);
	return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, inner(each)]));
}

/** What an error says; whatever may be thrown. */
export function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : 'unknown error';
}
