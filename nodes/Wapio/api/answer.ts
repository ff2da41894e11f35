import type { IDataObject } from 'n8n-workflow';
import type { Verdict } from '../../shared/http/answer';
import { isObject } from '../../shared/object';
import { textOf, withoutTrailing } from '../../shared/text';

/** Fields of an envelope other than its content. */
const AROUND = new Set([
	'success',
	'status',
	'message',
	'next_cursor',
	'has_more',
	'total',
	'count',
	'limit',
	'meta',
	'request_id',
]);

/** Names under which an answer may hold a list; the API reference leaves most answers out (inferred). */
const LISTS = [
	'contacts',
	'deliveries',
	'groups',
	'items',
	'logs',
	'message_logs',
	'messages',
	'participants',
	'results',
	'sessions',
	'webhook_deliveries',
];

/** Tokens in the provider's words. We know only the credential's own; a new key is a different one. */
const TOKEN = /\bbps_(pat|sk)_[\w-]+/g;

type Refusal = Extract<Verdict, { ok: false }>;

/**
 * The content of an answer without its envelope. Known envelopes (provider documentation): `{data}`, `{success, data}`,
 * `{status: "success", data}`, `{data: {data: [], next_cursor}}`, and a list alone under its own name. Anything else is
 * returned unchanged.
 */
export function unwrap(answer: unknown): unknown {
	const once = unwrapOnce(answer);
	return once === answer ? answer : unwrapOnce(once);
}

function unwrapOnce(answer: unknown): unknown {
	if (!isObject(answer)) return answer;
	if ('data' in answer) {
		const isMarked = answer.success === true || answer.status === 'success';
		const isBare = Object.keys(answer).every((name) => name === 'data' || AROUND.has(name));
		return isMarked || isBare ? answer.data : answer;
	}
	const [name, ...others] = Object.keys(answer).filter((key) => !AROUND.has(key));
	const isList = name !== undefined && others.length === 0 && LISTS.includes(name) && Array.isArray(answer[name]);
	return isList ? answer[name] : answer;
}

/**
 * The refusal that an answer holds: `{success: false, message, reason_code, errors}` (API reference, all refusals).
 *
 * @param isGoodStatus with a bad one, any words in the provider's form are a refusal: the API reference's examples leave
 *   `success` empty
 * @returns undefined if it is none
 */
export function refusalIn(answer: unknown, isGoodStatus: boolean): Refusal | undefined {
	if (!isObject(answer)) return undefined;
	const { success, status, message, reason_code } = answer;
	const saysNo = success === false || success === 'false' || (status === 'error' && typeof message === 'string');
	const words = wordsOf(answer);
	if (!saysNo && (isGoodStatus || words === '')) return undefined;
	const code = textOf(reason_code).trim();
	return {
		ok: false,
		words: words || 'no reason given',
		code: code || undefined,
		limited: /^(rate_?limit|too_many)/i.test(code) ? 'surely' : undefined,
	};
}

/** All of a refusal in one sentence: `Validation failed: to: Required (validation_error)`. */
export function wordsOf({ message, error, reason_code, errors }: IDataObject): string {
	const said = textOf(message).trim() || textOf(isObject(error) ? error.message : error).trim();
	const details = detailsOf(errors);
	const code = textOf(reason_code).trim();
	const sentence = [withoutTrailing(said, '.: \n\t'), details].filter((part) => part !== '').join(': ');
	const whole = sentence === '' ? code : code === '' ? sentence : `${sentence} (${code})`;
	return whole.replace(TOKEN, 'bps_$1_…');
}

/** The `errors` of a refusal: by field (API reference), or as a list. */
function detailsOf(errors: unknown): string {
	if (Array.isArray(errors)) {
		return errors
			.map((entry) => (isObject(entry) ? detailOf(entry) : textOf(entry)))
			.filter(Boolean)
			.join('; ');
	}
	if (!isObject(errors)) return textOf(errors).trim();
	return Object.entries(errors)
		.map(([name, problem]) => `${name}: ${problemOf(problem)}`)
		.join('; ');
}

function detailOf({ field, path, message }: IDataObject): string {
	const name = textOf(field ?? (Array.isArray(path) ? path.map(textOf).join('.') : path));
	return [name, textOf(message)].filter((part) => part !== '').join(': ');
}

function problemOf(problem: unknown): string {
	if (Array.isArray(problem)) return problem.map(textOf).join(', ');
	return isObject(problem) ? detailOf(problem) || textOf(problem) : textOf(problem);
}
