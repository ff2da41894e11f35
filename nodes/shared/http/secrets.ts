import { timingSafeEqual } from 'node:crypto';

const MASK = '***';
const SHORTEST_SECRET = 4;

/** A piece of base64 that is shorter occurs by chance. */
const SHORTEST_BASE64 = 6;

const ENTITIES: Record<string, string[]> = {
	'&': ['&amp;'],
	'<': ['&lt;'],
	'>': ['&gt;'],
	'"': ['&quot;'],
	"'": ['&apos;'],
};

/** What a value looks like where it is echoed: each of its characters in all the ways to write it. */
interface Form {
	characters: ReadonlyArray<readonly string[]>;
	/** Characters of base64 at either end that belong to it in part, and are masked with it. */
	before: number;
	after: number;
}

/**
 * A way to take values out of a text.
 *
 * @param most characters that are wanted of the result. It is cut here, and not the text before: of a value that was cut,
 *   the rest would not be found
 */
export type Masker = (text: string, most?: number) => string;

/**
 * Takes secret values out of a text that may echo them: a provider's words, a network error.
 *
 * @param secrets the values; very short ones are passed over, since they would blank out ordinary words
 */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
	return maskerFor(secrets)(text);
}

/**
 * {@link withoutSecrets} for several texts. A value is found in every usual writing: as it is; with characters escaped as
 * in JSON, an address or form (once and twice), HTML or JavaScript; in hexadecimal digits; and in base64, alone or within
 * a longer text. It takes a time that grows with the text alone.
 */
export function maskerFor(secrets: readonly string[]): Masker {
	const values = [...new Set(secrets)].filter((secret) => secret.length >= SHORTEST_SECRET);
	const byStart = new Map<string, Form[]>();
	for (const form of values.flatMap(formsOf)) {
		for (const start of new Set(form.characters[0]?.map((writing) => writing[0] ?? ''))) {
			byStart.set(start, [...(byStart.get(start) ?? []), form]);
		}
	}
	return (text, most = Infinity) => masked(text, byStart, most);
}

/** Compares in a time that does not depend on where the difference is. */
export function isSecretRight(given: unknown, right: string): boolean {
	if (typeof given !== 'string') return false;
	const one = Buffer.from(given);
	const other = Buffer.from(right);
	return one.length === other.length && timingSafeEqual(one, other);
}

function masked(text: string, byStart: ReadonlyMap<string, Form[]>, most: number): string {
	if (byStart.size === 0) return text.slice(0, most);
	const parts: string[] = [];
	let written = 0;
	let kept = 0;
	let at = 0;
	for (; at < text.length && written + at - kept < most; at++) {
		const found = longestAt(text, at, byStart.get(text.charAt(at)) ?? []);
		if (!found) continue;
		const start = Math.max(kept, found.start);
		parts.push(text.slice(kept, start), MASK);
		written += start - kept + MASK.length;
		kept = found.end;
		at = found.end - 1;
	}
	return parts.join('') + text.slice(kept, at);
}

function longestAt(text: string, at: number, forms: Form[]): { start: number; end: number } | undefined {
	let longest: { start: number; end: number } | undefined;
	for (const form of forms) {
		const end = endOf(text, at, form.characters);
		if (end === undefined) continue;
		const whole = { start: at - base64Before(text, at, form.before), end: base64After(text, end, form.after) };
		if (!longest || whole.end > longest.end) longest = whole;
	}
	return longest;
}

/** Where a form that starts here ends; undefined if it is not the one. Ways to write a character are followed at once. */
function endOf(text: string, start: number, characters: Form['characters']): number | undefined {
	let ends = new Set([start]);
	for (const writings of characters) {
		const next = new Set<number>();
		for (const end of ends) {
			for (const writing of writings) if (text.startsWith(writing, end)) next.add(end + writing.length);
		}
		if (next.size === 0) return undefined;
		ends = next;
	}
	return Math.max(...ends);
}

function base64Before(text: string, at: number, most: number): number {
	let count = 0;
	while (count < most && isBase64(text.charAt(at - count - 1))) count++;
	return count;
}

function base64After(text: string, end: number, most: number): number {
	let at = end;
	while (at - end < most && isBase64(text.charAt(at))) at++;
	for (let padding = paddingAt(text, at); most > 0 && padding > 0; padding = paddingAt(text, at)) at += padding;
	return at;
}

/** Length of a "=" in any writing. */
function paddingAt(text: string, at: number): number {
	return writingsOf('=').find((written) => text.startsWith(written, at))?.length ?? 0;
}

function isBase64(character: string): boolean {
	return /^[\w+/-]$/.test(character);
}

function formsOf(secret: string): Form[] {
	const bytes = Buffer.from(secret, 'utf8');
	const hex = bytes.toString('hex');
	const plain = [secret, hex, hex.toUpperCase()].map((written) => ({
		characters: [...written].map(writingsOf),
		before: 0,
		after: 0,
	}));
	return [...plain, ...[0, 1, 2].flatMap((shift) => base64Forms(bytes, shift))];
}

/** A value in base64 after so many other bytes (modulo 3), in the usual alphabet and in that for addresses. */
function base64Forms(bytes: Buffer, shift: number): Form[] {
	const whole = Buffer.concat([Buffer.alloc(shift), bytes]);
	// A character holds six bits; those at the ends hold some of what stands before and after.
	const before = Math.ceil((shift * 8) / 6);
	const after = whole.length % 3 === 0 ? 0 : 1;
	return (['base64', 'base64url'] as const).flatMap((alphabet) => {
		const written = whole.toString(alphabet).replaceAll('=', '').slice(before);
		const certain = after === 0 ? written : written.slice(0, -1);
		if (certain.length < SHORTEST_BASE64) return [];
		return [{ characters: [...certain].map(writingsOf), before, after }];
	});
}

/** Made once for each character. */
const writings = new Map<string, readonly string[]>();
const MOST_KEPT = 1_000;

function writingsOf(character: string): readonly string[] {
	const known = writings.get(character);
	if (known) return known;
	const made = writeInAllWays(character);
	if (writings.size < MOST_KEPT) writings.set(character, made);
	return made;
}

/** A character as itself and as JSON, JavaScript, HTML, addresses and forms may write it. */
function writeInAllWays(character: string): string[] {
	const units = [...Array(character.length).keys()].map((index) => hex(character.charCodeAt(index)));
	const code = character.codePointAt(0) ?? 0;
	const unicode = units.map((unit) => `\\u${unit.padStart(4, '0')}`).join('');
	const percent = [...Buffer.from(character, 'utf8')].map((byte) => `%${hex(byte).padStart(2, '0')}`).join('');
	const short = JSON.stringify(character).slice(1, -1);
	const decimal = String(code);
	const entities = [
		...(ENTITIES[character] ?? []),
		...[decimal, decimal.padStart(3, '0'), decimal.padStart(4, '0')].map((number) => `&#${number};`),
		...[hex(code), hex(code).padStart(4, '0')].map((number) => `&#x${number};`),
	];
	const all = [
		character,
		...(character === ' ' ? ['+', '%2B', '&nbsp;'] : []),
		...escaped([unicode, short, `\\${character}`, ...(code < 256 ? [`\\x${hex(code).padStart(2, '0')}`] : [])]),
		...[percent, percent.replaceAll('%', '%25'), percent.replaceAll('%', '%2525')],
		...[...entities, ...entities.map((entity) => entity.replace('&', '&amp;'))],
	];
	return [...new Set(all.flatMap((written) => [written, inUpperCase(written)]))];
}

/** A text of JSON may stand in another one, which escapes its escapes. */
function escaped(written: string[]): string[] {
	return written.flatMap((each) => [each, JSON.stringify(each).slice(1, -1)]);
}

function hex(number: number): string {
	return number.toString(16);
}

/** With hexadecimal digits in capitals. */
function inUpperCase(written: string): string {
	return written.replace(/(%(?:25)*|\\[ux]|&#x)([0-9a-f]+)/g, (_whole, mark: string, digits: string) => {
		return mark + digits.toUpperCase();
	});
}
