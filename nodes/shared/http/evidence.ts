import { isObject } from '../object';
import { oncePer } from '../once';
import { textOf } from '../text';
import { type Answer, shorten, type Verdict } from './answer';
import { isOkStatus } from './outcome';
import { type GatewayRequest, isRead } from './request';
import { isError, isFilled, isFlag, saysNo, soundsLikeNo, statusCode, wordOf } from './vocabulary';

/** Some requests of an API. */
export interface RequestPattern {
	method: GatewayRequest['method'];
	path: RegExp;
}

/**
 * In which ways a provider says yes, as data with its source. What nearly all APIs have in common counts with every provider:
 * `success: true` and `ok: true`, a code from 200 to 299, `status: "success"`, and every way to say no. All of it is looked
 * for near the top of an answer, so a yes in a new shape is still a yes.
 */
export interface KnownSigns {
	/** Fields whose `true` says yes and whose `false` says no. */
	flags?: readonly string[];
	/** Fields that hold a word or number, and those that say yes, in lower case. */
	words?: Readonly<Record<string, readonly string[]>>;
	/** The same of those that say that a message will not arrive, in the answer to a send. */
	noes?: Readonly<Record<string, readonly string[]>>;
	/** Fields that name what was taken or made, with any value. An empty one says nothing. */
	names?: readonly string[];
	/**
	 * Fields that name a message, and what such a name looks like; `key.id` is the `id` in a `key`. In the answer to a send
	 * they alone count, in place of `names`: an answer that says no may well name the session or the request.
	 */
	messageNames?: Readonly<Record<string, RegExp>>;
	/** Requests for which no answer is documented beyond its HTTP status, so that a good one says yes. */
	silent?: readonly RequestPattern[];
	/** HTTP statuses that say yes where there is no body. */
	accepted?: readonly number[];
	/** Requests whose documented answer names what was made. A yes without it is logged. */
	named?: readonly RequestPattern[];
	/** The provider's words in an object that says no, of whatever shape. */
	wordsOf?: (refusal: Record<string, unknown>) => string;
}

const NO_SIGNS: KnownSigns = {};

/** A message's name may look like anything. */
export const ANY_NAME = /./s;

/** What an answer says, found in its fields. */
interface Signs {
	no?: { words: string; code?: number };
	yes: boolean;
	/** The yes is a flag, which no other words make doubtful. */
	sure: boolean;
	/** Something was named that was taken or made. */
	named: boolean;
	/** Words for people that sound like a no. */
	doubt?: string;
}

const NOTHING: Signs = { yes: false, sure: false, named: false };

const USUAL_FLAGS = ['success', 'ok'];

/** Of a send; elsewhere they are about a message that was read or changed. "queued: false" may have been sent at once. */
const SEND_FLAGS = ['sent', 'accepted'];
const SURE_OF_SENDS = [...SEND_FLAGS, 'queued'];

/** What nearly all APIs call these (general usage). */
const STATES = ['status', 'state', 'result', 'outcome', 'type'];
const ERRORS = ['error', 'errors', 'error_message', 'errorMessage', 'error_code', 'errorCode', 'err', 'exception'];
const CODES = ['code', 'status', 'status_code', 'statusCode', 'http_code', 'httpCode'];

/** What says yes under `status`, `state` and `result`, in English and Indonesian. */
const DONE = ['success', 'successful', 'successfully', 'ok', 'berhasil', 'sukses'];
const DONE_STATES = ['status', 'state', 'result'];

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

/** Objects and lists that are looked at; no answer to a send or change has as many. */
const MAX_LOOKED_AT = 5_000;

/**
 * Where a code inside of an answer is one of HTTP's kind; elsewhere it may be that of a country or a mobile operator. A yes
 * is taken from more places than a no, which would have a message sent again.
 */
const YES_CODE_PLACES = new Set(['meta', 'data', 'result', 'response', 'body', 'error', 'errors']);
const NO_CODE_PLACES = new Set(['meta', 'error', 'errors']);

/** Outermost levels, on which an id, a status or an error is that of the message; further inside, it is of something else. */
const LEVELS = 3;

/** What was, or is besides: its errors are not those of the request. */
const ASIDE =
	/^(?:attempts?|tries|retries|history|histories|(?:last|previous|prev|former|old)(?:_.*)?|before|logs?|events?|queues?|rate|rate_?limits?|limits?|quota|usage|stats|statistics|context|quoted|debug|trace)$/;

/** In the answer to a send, also an echo of the request and its sender: their state is not the message's. */
const ECHOED =
	/^(?:utm_mark|request|input|payload|params|parameters|query|headers|options|echo|template|media|file|webhook|callback|devices?|sessions?|senders?|instance|account|user|client|contact|operator|country|phone|recipient|number|subscription|plan|license|credit|balance)$/;

/** Whether the value under this name is about something other than the request. */
function isAside(name: string, isSend: boolean): boolean {
	const plain = wordOf(name);
	return ASIDE.test(plain) || (isSend && ECHOED.test(plain));
}

/**
 * Judges an answer by evidence: a no near the top outweighs a yes; a yes in any known way is success even in a new shape;
 * where nothing says yes, nothing is known. Where both are found, the outcome is unknown: only a no of the provider's own
 * `judge` is certain. The answer to a read is itself what was asked for, so there only its frame
 * counts: a message whose status is "failed" was read all the same.
 *
 * @param verdict what the provider's `judge` makes of the shape
 * @returns undefined if it is unclear
 */
export function weigh(
	answer: Answer,
	request: GatewayRequest,
	verdict: Verdict | undefined,
	known: KnownSigns = NO_SIGNS,
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
	const signs = isRead(request) ? signsOfFrame(json, known) : signsOf(json, known, request.effect === 'send');
	const isYes = signs.yes || signs.named || (verdict !== undefined && verdict.isAssumed !== true);
	const isGood = isOkStatus(answer.status);
	if (signs.no) return { ok: false, ...signs.no, isContested: isYes && isGood && !isRead(request) };
	if (!isGood) return verdict;
	if (signs.doubt !== undefined && isYes && !signs.sure) return { ok: false, words: signs.doubt, isContested: true };
	const isEnough = verdict !== undefined && (verdict.isAssumed !== true || isRead(request) || isSilent);
	if (!isEnough && !isYes) return undefined;
	const found: Verdict = verdict ?? { ok: true, data: contentOf(json), envelope: json };
	const isNew = verdict === undefined || (!signs.named && matches(request, known.named));
	return isNew ? { ...found, isNew } : found;
}

function matches({ method, path }: GatewayRequest, patterns: readonly RequestPattern[] = []): boolean {
	return patterns.some((pattern) => pattern.method === method && pattern.path.test(path));
}

/** What an unknown shape is most likely to hold. */
function contentOf(json: unknown): unknown {
	return isObject(json) && typeof json.data === 'object' && json.data !== null ? json.data : json;
}

/** How an object is looked at. */
interface Look {
	isSend: boolean;
	/** Whether a code in it is one of HTTP's kind, as a yes and as a no. */
	yesCode: boolean;
	noCode: boolean;
	/** Whether its `message` is that of the request, and not one that was sent. */
	isFrame: boolean;
}

const FRAME: Look = { isSend: false, yesCode: true, noCode: true, isFrame: true };

/** Of a read: the outermost object and its `meta`. One that names what was asked for has its own status and errors. */
function signsOfFrame(json: object, known: KnownSigns): Signs {
	if (!isObject(json)) return NOTHING;
	const outer = signsIn(json, known, FRAME);
	const inner = isObject(json.meta) ? signsIn(json.meta, known, FRAME) : NOTHING;
	const isItself = outer.named && !flagsOf(known).some((name) => isFlag(json[name], false));
	return {
		...NOTHING,
		no: (isItself ? undefined : outer.no) ?? inner.no,
		yes: outer.yes || inner.yes,
		named: outer.named,
	};
}

/*
 * Every answer comes through here. V8 compiles a function that is made for each of them anew after every full collection, so
 * there are none below: loops in place of `find` and `some`.
 */

/** What an answer is looked through for, and how many objects and lists may still be looked at. */
interface Search {
	known: KnownSigns;
	isSend: boolean;
	left: number;
}

/** Of a send or change: the outer levels. */
function signsOf(json: object, known: KnownSigns, isSend: boolean): Signs {
	return look(json, 0, { ...FRAME, isSend }, { known, isSend, left: MAX_LOOKED_AT });
}

/** What a value says, and what is in it. Of a list, a no counts where all its elements say it. */
function look(value: object, level: number, how: Look, search: Search): Signs {
	if (search.left-- <= 0 || level > LEVELS) return NOTHING;
	const own = level < LEVELS && isObject(value) ? signsIn(value, search.known, how) : NOTHING;
	const isList = Array.isArray(value);
	let found = own;
	let firstNo: Signs['no'];
	let isNoOfAll = isList && value.length > 0;
	for (const [name, each] of Object.entries(value) as Array<[string, unknown]>) {
		const isLookedAt = typeof each === 'object' && each !== null && (isList || !isAside(name, search.isSend));
		const inner = isLookedAt
			? look(each, level + 1, isList ? how : placedUnder(name, search.isSend), search)
			: NOTHING;
		isNoOfAll &&= inner.no !== undefined;
		firstNo ??= inner.no;
		if (inner !== NOTHING) found = joined(found, inner);
	}
	const no = isList ? (isNoOfAll ? firstNo : undefined) : (own.no ?? firstNo);
	return no === found.no ? found : { ...found, no };
}

/** How an object under this name is looked at. */
function placedUnder(name: string, isSend: boolean): Look {
	return {
		isSend,
		yesCode: YES_CODE_PLACES.has(name),
		noCode: NO_CODE_PLACES.has(name),
		isFrame: name === 'meta',
	};
}

/** What both say, except for a no. */
function joined(one: Signs, other: Signs): Signs {
	return {
		yes: one.yes || other.yes,
		sure: one.sure || other.sure,
		named: one.named || other.named,
		doubt: one.doubt ?? other.doubt,
	};
}

/** What a field may say, as bits: most objects have few of those fields, and none of the others is asked. */
const ROLE = { flag: 1, state: 2, error: 4, code: 8, ownWord: 16, ownNo: 32, name: 64, message: 128 };

const TELLS_NO = ROLE.flag | ROLE.state | ROLE.error | ROLE.ownNo;

const rolesOf = oncePer((known: KnownSigns): ReadonlyMap<string, number> => {
	const { words = {}, noes = {}, names = [], messageNames = {} } = known;
	const roles = new Map<string, number>();
	const add = (role: number, ...fields: readonly string[]): void => {
		for (const field of fields) roles.set(field, (roles.get(field) ?? 0) | role);
	};
	add(ROLE.flag, ...flagsOf(known), ...SURE_OF_SENDS);
	add(ROLE.state, ...STATES, ...DONE_STATES);
	add(ROLE.error, ...ERRORS);
	add(ROLE.code, ...CODES);
	add(ROLE.ownWord, ...Object.keys(words));
	add(ROLE.ownNo, ...Object.keys(noes));
	add(ROLE.name, ...names, ...pathsOf(messageNames).flatMap(({ path }) => path.slice(0, 1)));
	add(ROLE.message, 'message');
	return roles;
});

function signsIn(object: Record<string, unknown>, known: KnownSigns, how: Look): Signs {
	const { isSend, yesCode, noCode, isFrame } = how;
	const roleOf = rolesOf(known);
	let roles = 0;
	for (const name of Object.keys(object)) roles |= roleOf.get(name) ?? 0;
	if (roles === 0) return NOTHING;
	const code = noCode && has(roles, ROLE.code) ? codeIn(object, 400) : undefined;
	const telling =
		(has(roles, TELLS_NO) ? tellingNo(object, known, isSend) : undefined) ??
		(code === undefined ? undefined : nameOf(object, code));
	const sure =
		has(roles, ROLE.flag) &&
		(flagIn(object, flagsOf(known), true) !== undefined ||
			(isSend && flagIn(object, SURE_OF_SENDS, true) !== undefined));
	return {
		no: telling === undefined ? undefined : { words: known.wordsOf?.(object) || wordsIn(object, telling), code },
		yes:
			sure ||
			(yesCode && has(roles, ROLE.code) && codeIn(object, 200, 299) !== undefined) ||
			(has(roles, ROLE.state) && isDone(object)) ||
			(has(roles, ROLE.ownWord) && fieldThatHolds(object, known.words) !== undefined),
		sure,
		named: has(roles, ROLE.name) && isNamed(object, known, isSend),
		doubt:
			isSend && isFrame && has(roles, ROLE.message) && soundsLikeNo(object.message)
				? textOf(object.message)
				: undefined,
	};
}

function has(roles: number, role: number): boolean {
	return (roles & role) !== 0;
}

function isDone(object: Record<string, unknown>): boolean {
	for (const name of DONE_STATES) {
		if (DONE.includes(wordOf(object[name]))) return true;
	}
	return false;
}

/** The first of these fields that is a switch in this position. */
function flagIn(object: Record<string, unknown>, names: readonly string[], wanted: boolean): string | undefined {
	for (const name of names) {
		if (isFlag(object[name], wanted)) return name;
	}
	return undefined;
}

/** The first code from one number to another. */
function codeIn(object: Record<string, unknown>, from: number, to = Infinity): number | undefined {
	for (const name of CODES) {
		const code = statusCode(object[name]);
		if (code !== undefined && code >= from && code <= to) return code;
	}
	return undefined;
}

function isNamed(object: Record<string, unknown>, { names = [], messageNames }: KnownSigns, isSend: boolean): boolean {
	if (!isSend || messageNames === undefined) return names.some((name) => isFilled(object[name]));
	return pathsOf(messageNames).some(({ path, form }) => {
		const value = path.reduce<unknown>((at, part) => (isObject(at) ? at[part] : undefined), object);
		return isFilled(value) && form.test(textOf(value).slice(0, 200).trim());
	});
}

const pathsOf = oncePer((messageNames: NonNullable<KnownSigns['messageNames']>) =>
	Object.entries(messageNames).map(([name, form]) => ({ path: name.split('.'), form })),
);

/** The first of the fields that has one of its values. */
function fieldThatHolds(object: Record<string, unknown>, values: KnownSigns['words'] = {}): string | undefined {
	for (const name of Object.keys(values)) {
		if (values[name]?.includes(wordOf(object[name])) === true) return name;
	}
	return undefined;
}

/** The field that says no, where it is no code. */
function tellingNo(object: Record<string, unknown>, known: KnownSigns, isSend: boolean): string | undefined {
	return (
		flagIn(object, flagsOf(known), false) ??
		(isSend ? flagIn(object, SEND_FLAGS, false) : undefined) ??
		stateThatSaysNo(object, isSend) ??
		ERRORS.find((name) => isError(object[name])) ??
		(isSend ? fieldThatHolds(object, known.noes) : undefined)
	);
}

function stateThatSaysNo(object: Record<string, unknown>, isSend: boolean): string | undefined {
	for (const name of STATES) {
		if (saysNo(object[name], isSend)) return name;
	}
	return undefined;
}

function nameOf(object: Record<string, unknown>, code: number): string | undefined {
	return CODES.find((name) => statusCode(object[name]) === code);
}

const flagsOf = oncePer(({ flags = [] }: KnownSigns): readonly string[] => [...USUAL_FLAGS, ...flags]);

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
