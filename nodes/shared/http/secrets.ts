import { timingSafeEqual } from 'node:crypto';

const MASK = '***';
const SHORTEST_SECRET = 4;

/** A piece of base64 that is shorter occurs by chance. */
const SHORTEST_BASE64 = 6;

/** HTML's names of the signs that occur in keys, tokens and passwords. */
const ENTITIES: Record<string, string[]> = {
	' ': ['&nbsp;'],
	'!': ['&excl;'],
	'"': ['&quot;', '&QUOT;'],
	'#': ['&num;'],
	$: ['&dollar;'],
	'%': ['&percnt;'],
	'&': ['&amp;', '&AMP;'],
	"'": ['&apos;'],
	'(': ['&lpar;'],
	')': ['&rpar;'],
	'*': ['&ast;', '&midast;'],
	'+': ['&plus;'],
	',': ['&comma;'],
	'-': ['&hyphen;', '&dash;'],
	'.': ['&period;'],
	'/': ['&sol;'],
	':': ['&colon;'],
	';': ['&semi;'],
	'<': ['&lt;', '&LT;'],
	'=': ['&equals;'],
	'>': ['&gt;', '&GT;'],
	'?': ['&quest;'],
	'@': ['&commat;'],
	'[': ['&lsqb;', '&lbrack;'],
	'\\': ['&bsol;'],
	']': ['&rsqb;', '&rbrack;'],
	'^': ['&Hat;'],
	_: ['&lowbar;', '&UnderBar;'],
	'`': ['&grave;', '&DiacriticalGrave;'],
	'{': ['&lcub;', '&lbrace;'],
	'|': ['&verbar;', '&vert;', '&VerticalLine;'],
	'}': ['&rcub;', '&rbrace;'],
};

/** A character by its number, in HTML (with any zeros, with or without the semicolon), JavaScript and old addresses. */
const NUMBERED =
	/&(?:amp;){0,2}#(?:x0{0,20}([0-9a-f]{1,6})|0{0,20}([0-9]{1,7}));?|\\{1,4}u\{0{0,20}([0-9a-f]{1,6})\}|%(?:25){0,3}u([0-9a-f]{4})/iy;

const NUMBER_STARTS = new Set(['&', '\\', '%']);

/** What may stand between the bytes of a value in hexadecimal digits, and where base64 is broken into lines. */
const BETWEEN_BYTES = [' ', ':', '-', '\n'];
const LINE_BREAKS = ['\n', '\r\n', '\\n', '\\r\\n', ' ', '%0A', '%0D%0A'];

/** What a value looks like where it is echoed: each of its characters in all the ways to write it. */
interface Form {
	characters: ReadonlyArray<readonly string[]>;
	/** Characters of base64 at either end that belong to it in part, and are masked with it. */
	before: number;
	after: number;
}

/** Forms that begin alike. */
interface Beginning {
	/** Ways to write the first character that begin with one sign. */
	writings: readonly string[];
	all: readonly string[];
	forms: readonly Form[];
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
 * in JSON, an address or form (up to four times), HTML or JavaScript; in hexadecimal digits, also with signs between the
 * bytes; and in base64, once or twice, alone or within a longer text, also in lines. It takes a time that grows with the
 * text alone.
 */
export function maskerFor(secrets: readonly string[]): Masker {
	const values = [...new Set(secrets)].filter((secret) => secret.length >= SHORTEST_SECRET);
	const byStart = new Map<string, Beginning[]>();
	for (const [first, forms] of byFirst(values.flatMap(formsOf))) {
		for (const start of new Set([...first.map((writing) => writing.charAt(0)), ...NUMBER_STARTS])) {
			const writings = first.filter((writing) => writing.startsWith(start));
			byStart.set(start, [...(byStart.get(start) ?? []), { writings, all: first, forms }]);
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

/** Forms by all ways to write their first character, so that these are looked for but once. */
function byFirst(forms: Form[]): Array<[readonly string[], Form[]]> {
	const groups = new Map<string, [readonly string[], Form[]]>();
	for (const form of forms) {
		const [first = []] = form.characters;
		const name = first.join('\n');
		groups.set(name, [first, [...(groups.get(name)?.[1] ?? []), form]]);
	}
	return [...groups.values()];
}

function masked(text: string, byStart: ReadonlyMap<string, Beginning[]>, most: number): string {
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

function longestAt(text: string, at: number, beginnings: Beginning[]): { start: number; end: number } | undefined {
	if (beginnings.length === 0) return undefined;
	const character = numberedAt(text, at)?.character;
	const forms = beginnings.flatMap(({ writings, all, forms: those }) => {
		const isHere = writings.some((writing) => text.startsWith(writing, at));
		return isHere || (character !== undefined && all.includes(character)) ? those : [];
	});
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
			const numbered = numberedAt(text, end);
			if (numbered && writings.includes(numbered.character)) next.add(numbered.end);
		}
		if (next.size === 0) return undefined;
		ends = next;
	}
	return Math.max(...ends);
}

/** The character that is written here by its number. */
function numberedAt(text: string, at: number): { character: string; end: number } | undefined {
	if (!NUMBER_STARTS.has(text.charAt(at))) return undefined;
	NUMBERED.lastIndex = at;
	const found = NUMBERED.exec(text);
	if (!found) return undefined;
	const [whole, html, decimal, script, old] = found;
	const code = decimal === undefined ? Number.parseInt(html ?? script ?? old ?? '', 16) : Number(decimal);
	return code <= 0x10ffff ? { character: String.fromCodePoint(code), end: at + whole.length } : undefined;
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
	const numbered = numberedAt(text, at);
	if (numbered?.character === '=') return numbered.end - at;
	return writingsOf('=').find((written) => text.startsWith(written, at))?.length ?? 0;
}

function isBase64(character: string): boolean {
	return /^[\w+/-]$/.test(character);
}

function formsOf(secret: string): Form[] {
	const bytes = Buffer.from(secret, 'utf8');
	const plain = { characters: [...secret].map(writingsOf), before: 0, after: 0 };
	const once = [0, 1, 2].flatMap((shift) => base64Forms(bytes, shift));
	const twice = once.flatMap((inner) => [0, 1, 2].flatMap((shift) => twiceForms(inner, shift)));
	return [plain, hexForm(bytes), ...once, ...twice];
}

/** What is left of the inner base64 at its ends, padding included, takes up to four characters of the outer one. */
function twiceForms(inner: Form & { certain: string }, shift: number): Form[] {
	return base64Forms(Buffer.from(inner.certain), shift).map((outer) => ({
		...outer,
		before: outer.before + (inner.before > 0 ? 4 : 0),
		after: outer.after + (inner.after > 0 ? 4 : 0),
	}));
}

/** A value in hexadecimal digits of either case, with or without something between its bytes. */
function hexForm(bytes: Buffer): Form {
	const characters = [...bytes.toString('hex')].map((digit, index) => {
		const all = [...new Set([...writingsOf(digit), ...writingsOf(digit.toUpperCase())])];
		if (index === 0 || index % 2 === 1) return all;
		return [...all, ...BETWEEN_BYTES.flatMap((sign) => [sign + digit, sign + digit.toUpperCase()])];
	});
	return { characters, before: 0, after: 0 };
}

/** A value in base64 after so many other bytes (modulo 3), in the usual alphabet and in that for addresses. */
function base64Forms(bytes: Buffer, shift: number): Array<Form & { certain: string }> {
	const whole = Buffer.concat([Buffer.alloc(shift), bytes]);
	// A character holds six bits; those at the ends hold some of what is before and after.
	const before = Math.ceil((shift * 8) / 6);
	const after = whole.length % 3 === 0 ? 0 : 1;
	const all = (['base64', 'base64url'] as const).map((alphabet) => {
		const written = whole.toString(alphabet).replaceAll('=', '').slice(before);
		return after === 0 ? written : written.slice(0, -1);
	});
	return [...new Set(all)].flatMap((certain) => {
		if (certain.length < SHORTEST_BASE64) return [];
		const characters = [...certain].map((each, index) =>
			index === 0 ? writingsOf(each) : [...writingsOf(each), ...LINE_BREAKS.map((end) => end + each)],
		);
		return [{ characters, before, after, certain }];
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

/** A character as itself and as JSON, JavaScript, HTML, addresses and forms may write it; see also {@link NUMBERED}. */
function writeInAllWays(character: string): string[] {
	const units = [...Array(character.length).keys()].map((index) => hex(character.charCodeAt(index)));
	const code = character.codePointAt(0) ?? 0;
	const unicode = units.map((unit) => `\\u${unit.padStart(4, '0')}`).join('');
	const percent = [...Buffer.from(character, 'utf8')].map((byte) => `%${hex(byte).padStart(2, '0')}`).join('');
	const short = JSON.stringify(character).slice(1, -1);
	const entities = ENTITIES[character] ?? [];
	const all = [
		character,
		...(character === ' ' ? ['+', '%2B'] : []),
		...escaped([unicode, short, `\\${character}`, ...(code < 256 ? [`\\x${hex(code).padStart(2, '0')}`] : [])]),
		...[
			percent,
			percent.replaceAll('%', '%25'),
			percent.replaceAll('%', '%2525'),
			percent.replaceAll('%', '%252525'),
		],
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
	return written.replace(/(%(?:25)*|\\[ux])([0-9a-f]+)/g, (_whole, mark: string, digits: string) => {
		return mark + digits.toUpperCase();
	});
}
