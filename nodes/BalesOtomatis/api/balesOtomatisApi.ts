import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { BalesOtomatisApi } from '../../../credentials/BalesOtomatisApi.credentials';
import { type Answer, type Judge, type Limited, parseJson } from '../../shared/http/answer';
import type { KnownSigns } from '../../shared/http/evidence';
import type { GatewayApi } from '../../shared/http/gatewayApi';
import { fromCredential } from '../../shared/http/gatewayApi';
import type { GatewayFailure } from '../../shared/http/gatewayError';
import { isOkStatus } from '../../shared/http/outcome';
import type { GatewayRequest } from '../../shared/http/request';
import { isObject } from '../../shared/object';
import { textOf } from '../../shared/text';

/**
 * The form of every answer (API reference, all examples): `code`, a text there and a number elsewhere, with a `message` that
 * is a text, or an object in the folder Conversations; Create Template says `success` instead. That a code may come
 * with `status: false` is observed in use.
 */
const envelope = z
	.object({
		code: z.union([z.number(), z.string().regex(/^\s*\d{3}\s*$/)]).optional(),
		status: z.unknown().optional(),
		success: z.unknown().optional(),
		message: z.unknown().optional(),
		data: z.unknown().optional(),
		fb_response: z.object({ error: z.unknown().optional() }).loose().nullish().catch(undefined),
	})
	.loose();

type Envelope = z.output<typeof envelope>;

/** HTTP 200, a code of 2xx and a status that is not false, or `success: true` for templates, is a yes. */
const judge: Judge = (answer) => {
	const parsed = envelope.safeParse(answer.json ?? buriedJson(answer));
	if (!parsed.success) return refusalInText(answer);
	const body = parsed.data;
	const code = body.code === undefined ? undefined : Number(body.code);
	const isYes = yesOrNo(body, code);
	if (isYes === undefined) return undefined;
	if (isYes) return { ok: true, data: contentOf(body), envelope: body };
	return refusal(answer, wordsOf(body), code);
};

/** How BalesOtomatis says yes without the `code` that the API reference shows in nearly each answer. */
const signs: KnownSigns = {
	// API reference: `type` next to the code, `state` of a message in the folder Conversations.
	words: {
		type: ['successfully', 'success'],
		state: ['successfully', 'success', 'queued', 'sent'],
		status: ['success'],
	},
	// API reference: Conversations, Send Template; the other is inferred.
	names: ['message_id', 'bc_id', 'messageId'],
	named: [{ method: 'POST', path: /^\/(?:send_meta_personal_message|send_message_template)$/ }],
};

function yesOrNo({ status, success, message }: Envelope, code: number | undefined): boolean | undefined {
	const isNo = [status, success].some((flag) => /^(false|error|failed)$/i.test(textOf(flag)));
	const { state } = z.object({ state: z.string() }).safeParse(message).data ?? {};
	if (isNo || /\b(?:fail|failed|failure|errors?|rejected)\b/i.test(state ?? '')) return false;
	if (code !== undefined) return isOkStatus(code);
	return success === true ? true : undefined;
}

/** If a code of 2xx comes with `status: false`, only the latter counts. */
function refusal({ status }: Answer, words: string, code: number | undefined) {
	const decisive = code === undefined || isOkStatus(code) ? 400 : code;
	// HTTP status 429 leaves no doubt.
	const limited = decisive === 400 && status !== 429 ? limitIn(words) : undefined;
	return { ok: false as const, words: words || 'no reason given', code: decisive, limited };
}

/**
 * 400 means "Bad Request / Reached of Rate-Limited" (API reference): only the words show which. A refusal that merely
 * mentions a limit, such as a quota, is not retried.
 */
function limitIn(words: string): Limited | undefined {
	const isClear = /rate.?limit|too many (requests|messages)/i.test(words) && !/bad request/i.test(words);
	if (isClear) return 'surely';
	return /\brate\b|\brate.?limit|\blimit|too many/i.test(words) ? 'perhaps' : undefined;
}

/** Lists and groups are in `data`; everything else is the answer without its code. */
function contentOf(body: Envelope): unknown {
	if (typeof body.data === 'object' && body.data !== null) return body.data;
	const { message, ...others } = body as IDataObject;
	const rest = Object.fromEntries(Object.entries(others).filter(([name]) => name !== 'code' && name !== 'type'));
	return isObject(message) ? { ...message, ...rest } : { message, ...rest };
}

/** All that the answer says of its refusal: the message, its detail, and Meta's words about a template. */
function wordsOf({ message, fb_response, ...others }: Envelope): string {
	const { error, errors } = others as IDataObject;
	const { detail } = z.object({ detail: z.string() }).safeParse(message).data ?? {};
	return [detail ?? textOf(message), textOf(error), textOf(errors), metaError(fb_response) ?? '']
		.filter((part) => part !== '')
		.join(' ');
}

/**
 * What Meta refused about a template, in `fb_response` of a Create Template that may itself say yes.
 *
 * @returns undefined if it refused nothing
 */
export function metaError(response: unknown): string | undefined {
	const { error } = z.object({ error: z.unknown() }).safeParse(response).data ?? {};
	if (!error) return undefined;
	const words = z.object({ error_user_msg: z.string().optional(), message: z.string().optional() }).safeParse(error);
	return words.data?.error_user_msg ?? words.data?.message ?? textOf(error);
}

/** An answer may be HTML (observed in use), with the JSON behind a warning of the server. */
function buriedJson({ text }: Answer): unknown {
	const start = text.indexOf('{');
	return start > 0 ? parseJson(text.slice(start, text.lastIndexOf('}') + 1)) : undefined;
}

/** Characters of a refusal's words that are taken from a text that is not JSON. */
const MOST_WORDS = 300;

/** A code found in a text that is not JSON counts if it is a refusal (observed in use). */
function refusalInText(answer: Answer) {
	const { text, incomplete } = answer;
	const code = incomplete ? undefined : /"code"\s*:\s*"?(\d{3})\b/.exec(text)?.[1];
	if (code === undefined || isOkStatus(Number(code))) return undefined;
	const words = /"message"\s*:\s*"([^"\\]+)/.exec(text)?.[1] ?? '';
	return refusal(answer, words.slice(0, MOST_WORDS), Number(code));
}

/**
 * The API reference's list of codes, in terms of what to do. Code 404 ("Invalid Number ID") is about what identifies the
 * number in the request: its ID, or the license key of the WhatsApp Business API.
 */
function hint({ kind, code, words = '' }: GatewayFailure, request?: GatewayRequest): string | undefined {
	if (kind === 'unauthorized') {
		return 'Check API Key in the BalesOtomatis credential. Find it in the BalesOtomatis Member Area under Integration > Access Token.';
	}
	if (kind !== 'refused') return undefined;
	const { json = {} } = request ?? {};
	if (/template/i.test(words) && 'template' in json) {
		return isObject(json.template)
			? 'Check Template Name and Language. Both must be those of an APPROVED template, as Get Many returns it.'
			: 'Choose the template from the list, which shows its status: only an APPROVED template can be sent. Its ID is the number that Meta gave it (templateId).';
	}
	if (/window|24 ?(hours|jam)/i.test(words) && 'reciptient' in json) {
		return 'This can be sent only within 24 hours after the person last wrote to you. Send a template instead.';
	}
	if (code !== '404') return undefined;
	if ('number_id' in json) {
		return 'Choose the number from the list, which shows the numbers of your account and whether they are connected. If none is chosen, check Default Number ID in the BalesOtomatis credential.';
	}
	if ('licenses_key' in json || 'licensesKey' in json) {
		return 'Check License Key, or Default License Key in the BalesOtomatis credential. It starts with WB- and belongs to one WhatsApp Business API number.';
	}
	return undefined;
}

/** The total in a list's answer (API reference: List Contacts, List Audiences); with a search, the number found. */
export function totalOf(answer: unknown): number | undefined {
	const { iTotalDisplayRecords: total } =
		z.object({ iTotalDisplayRecords: z.coerce.number().int().nonnegative() }).safeParse(answer).data ?? {};
	return total;
}

/**
 * BalesOtomatis. Base URL, codes and key are the API reference's. 408 is a time-out that may come after the message was
 * handed on, so the outcome of the send stays unknown. No header announces the rate limit.
 */
export const balesOtomatisApi: GatewayApi = {
	displayName: 'BalesOtomatis',
	credentialType: 'balesOtomatisApi',
	...fromCredential(new BalesOtomatisApi()),
	secrets: ({ apiKey, licenseKey }) => [textOf(apiKey).trim(), textOf(licenseKey).trim()],
	judge,
	signs,
	hint,
};
