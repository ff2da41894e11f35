import { isObject } from '../object';
import { textOf } from '../text';
import { type Answer, shorten, type Verdict } from './answer';
import { isOkStatus } from './outcome';
import { type GatewayRequest, isRead } from './request';

/** Some requests of an API. */
export interface RequestPattern {
	method: GatewayRequest['method'];
	path: RegExp;
}

/**
 * In which ways a provider says yes, as data with its source. `success: true` and `ok: true` count with every provider, and
 * so does every way to say no. All of it is looked for anywhere in an answer, so a yes in a new shape is still a yes.
 */
export interface KnownSigns {
	/** Fields whose `true` says yes and whose `false` says no. */
	flags?: readonly string[];
	/** Fields that hold a code, of which 200 to 299 say yes. */
	codes?: readonly string[];
	/** Fields that hold a word, and the words that say yes, in lower case. */
	words?: Readonly<Record<string, readonly string[]>>;
	/** Fields that name what was taken or made: the id of a message, a session. An empty one says nothing. */
	names?: readonly string[];
	/** Requests for which no answer is documented beyond its HTTP status, so that a good one says yes. */
	silent?: readonly RequestPattern[];
	/** HTTP statuses that say yes where there is no body. */
	accepted?: readonly number[];
	/** Requests whose documented answer has one of `names`. A yes without it is logged. */
	named?: readonly RequestPattern[];
	/** The provider's words in an object that says no, of whatever shape. */
	wordsOf?: (refusal: Record<string, unknown>) => string;
}

/** What an answer says, found in its fields. */
interface Signs {
	no?: { words: string; code?: number };
	yes: boolean;
	/** Something was named that was taken or made. */
	named: boolean;
}

const USUAL_FLAGS = ['success', 'ok'];

/** What nearly all APIs call these (general usage). */
const STATES = ['status', 'state', 'result', 'outcome', 'type'];
const ERRORS = ['error', 'errors', 'error_message', 'errorMessage', 'error_code', 'errorCode', 'err', 'exception'];
const CODES = ['code', 'status', 'status_code', 'statusCode', 'http_code', 'httpCode'];

/** Where an answer says something in words. */
const SPOKEN = [
	'message',
	'error',
	'reason',
	'error_message',
	'errorMessage',
	'detail',
	'description',
	'msg',
	'errors',
];

/** Words for no, in English and Indonesian, as they begin in lower case with `_` between words. */
const NO_WORD =
	/^(?:fail|error|reject|refus|denied|declin|invalid|undeliver|not_sent|unsent|unauthori[sz]ed|forbidden|gagal|ditolak)/;

/** Texts under the name of an error that tell of none. */
const NO_ERROR = /^(?:|null|none|no|false|0|undefined|no_errors?|ok|success|successful)$/;

/** Objects and lists that are looked at; no answer to a send or change has as many. */
const MAX_LOOKED_AT = 5_000;

/** Where a code inside of an answer is one of HTTP's kind; elsewhere it may be that of a country or a mobile operator. */
const CODE_PLACES = new Set(['meta', 'data', 'result', 'response', 'error', 'errors', 'status', 'body', 'message']);

/** Outermost levels, on which an id or a status is that of the message; further inside, it is of something else. */
const YES_LEVELS = 3;

/**
 * Judges an answer by evidence: a no anywhere outweighs a yes; a yes in any known way is success even in a new shape; where
 * nothing says yes, nothing is known. The answer to a read is itself what was asked for, so there only its frame counts: a
 * message whose status is "failed" was read all the same.
 *
 * @param verdict what the provider's `judge` makes of the shape
 * @returns undefined where nobody knows
 */
export function weigh(
	answer: Answer,
	request: GatewayRequest,
	verdict: Verdict | undefined,
	known: KnownSigns = {},
): Verdict | undefined {
	if (verdict?.ok === false || answer.incomplete) return verdict;
	// A judge may find its answer within something else.
	const json = answer.json ?? verdict?.envelope;
	const isSilent =
		matches(request, known.silent) || (json === undefined && known.accepted?.includes(answer.status) === true);
	if (typeof json !== 'object' || json === null) {
		const isNothing = json === undefined || json === null;
		return isNothing && (isRead(request) || isSilent) ? verdict : undefined;
	}
	const signs = isRead(request) ? signsOfFrame(json, known) : signsAnywhere(json, known);
	if (signs.no) return { ok: false, ...signs.no };
	if (!isOkStatus(answer.status)) return verdict;
	const isEnough = verdict !== undefined && (verdict.isAssumed !== true || isRead(request) || isSilent);
	if (!isEnough && !signs.yes && !signs.named) return undefined;
	const found: Verdict = verdict ?? { ok: true, data: contentOf(json), envelope: json };
	const isNew = verdict === undefined || (!signs.named && matches(request, known.named));
	return isNew ? { ...found, isNew } : found;
}

function matches({ method, path }: GatewayRequest, patterns: readonly RequestPattern[] = []): boolean {
	return patterns.some((pattern) => pattern.method === method && pattern.path.test(path));
}

/** What a shape that nobody has seen is most likely to hold. */
function contentOf(json: unknown): unknown {
	return isObject(json) && typeof json.data === 'object' && json.data !== null ? json.data : json;
}

/** Of a read: the outermost object and its `meta`. One that names what was asked for has its own status and errors. */
function signsOfFrame(json: object, known: KnownSigns): Signs {
	if (!isObject(json)) return { yes: false, named: false };
	const outer = signsIn(json, known);
	const inner = isObject(json.meta) ? signsIn(json.meta, known) : undefined;
	const saysNo = outer.named && !refusesByFlag(json, known) ? undefined : outer.no;
	return { no: saysNo ?? inner?.no, yes: outer.yes || inner?.yes === true, named: outer.named };
}

/** Of a send or change: everything. Of a list, a no counts where all its elements say it. */
function signsAnywhere(json: object, known: KnownSigns): Signs {
	let left = MAX_LOOKED_AT;
	const look = (value: object, level: number, hasCode: boolean): Signs => {
		if (left-- <= 0) return { yes: false, named: false };
		const values = Object.entries(value);
		const isList = Array.isArray(value);
		const inner = values.flatMap(([name, each]: [string, unknown]): Signs[] =>
			typeof each === 'object' && each !== null
				? [look(each, level + 1, isList ? hasCode : CODE_PLACES.has(name))]
				: [],
		);
		const yes = inner.some((each) => each.yes);
		const named = inner.some((each) => each.named);
		if (!isObject(value)) {
			const isNo = values.length > 0 && inner.length === values.length && inner.every((each) => each.no);
			return { no: isNo ? inner[0]?.no : undefined, yes, named };
		}
		const own = signsIn(value, known, hasCode);
		return {
			no: own.no ?? inner.find((each) => each.no)?.no,
			yes: (own.yes && level < YES_LEVELS) || yes,
			named: (own.named && level < YES_LEVELS) || named,
		};
	};
	return look(json, 0, true);
}

function signsIn(object: Record<string, unknown>, known: KnownSigns, hasCode = true): Signs {
	const { codes = [], words = {}, names = [] } = known;
	const code = hasCode ? failingCode(object) : undefined;
	const telling = tellingNo(object, known) ?? (code === undefined ? undefined : nameOf(object, code));
	return {
		no: telling === undefined ? undefined : { words: known.wordsOf?.(object) || wordsIn(object, telling), code },
		yes:
			flagsOf(known).some((name) => isFlag(object[name], true)) ||
			codes.some((name) => isGoodCode(httpCode(object[name]))) ||
			Object.entries(words).some(([name, good]) => good.includes(wordOf(object[name]))),
		named: names.some((name) => isFilled(object[name])),
	};
}

/** The field that says no, where it is no code. */
function tellingNo(object: Record<string, unknown>, known: KnownSigns): string | undefined {
	return (
		flagsOf(known).find((name) => isFlag(object[name], false)) ??
		STATES.find((name) => NO_WORD.test(wordOf(object[name]))) ??
		ERRORS.find((name) => isError(object[name]))
	);
}

function nameOf(object: Record<string, unknown>, code: number): string | undefined {
	return CODES.find((name) => httpCode(object[name]) === code);
}

function failingCode(object: Record<string, unknown>): number | undefined {
	return CODES.map((name) => httpCode(object[name])).find((code) => code !== undefined && code >= 400);
}

function refusesByFlag(object: Record<string, unknown>, known: KnownSigns): boolean {
	return flagsOf(known).some((name) => isFlag(object[name], false));
}

function flagsOf({ flags = [] }: KnownSigns): string[] {
	return [...USUAL_FLAGS, ...flags];
}

function isFlag(value: unknown, wanted: boolean): boolean {
	return value === wanted || value === Number(wanted) || wordOf(value) === String(wanted);
}

/** A number of three digits, as number or text. */
function httpCode(value: unknown): number | undefined {
	const isNumber = typeof value === 'number' || (typeof value === 'string' && /^\s{0,9}\d{3}\s{0,9}$/.test(value));
	const code = isNumber ? Number(value) : Number.NaN;
	return Number.isInteger(code) && code >= 100 && code < 600 ? code : undefined;
}

function isGoodCode(code: number | undefined): boolean {
	return code !== undefined && code >= 200 && code < 300;
}

/** The beginning of a text as it is compared: "Not Sent" as "not_sent". */
function wordOf(value: unknown): string {
	return typeof value === 'string' ? value.slice(0, 100).trim().toLowerCase().replace(/[\s-]/g, '_') : '';
}

/** Whether something stands under the name of an error. */
function isError(value: unknown): boolean {
	if (typeof value === 'string') return !NO_ERROR.test(wordOf(value));
	if (typeof value === 'object' && value !== null) return Object.values(value).some(isFilledOrTrue);
	return value === true || (typeof value === 'number' && value !== 0);
}

function isFilledOrTrue(value: unknown): boolean {
	return value === true || isFilled(value);
}

function isFilled(value: unknown): boolean {
	if (typeof value === 'string') return value.trim() !== '';
	if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
	return typeof value === 'number' && value !== 0;
}

/** What a no says about itself: in the provider's words where it has any, else the field that says it. */
function wordsIn(object: Record<string, unknown>, telling: string): string {
	const parts = SPOKEN.map((name) => spoken(object[name])).filter((part) => part !== '' && part !== 'true');
	return parts.length > 0 ? [...new Set(parts)].join(': ') : `${telling}: ${spoken(object[telling])}`;
}

function spoken(value: unknown): string {
	const said = isObject(value)
		? (value.message ?? value.detail ?? value.description ?? value.reason ?? value)
		: value;
	return isFilled(said) || typeof said === 'boolean' ? shorten(textOf(said)) : '';
}
