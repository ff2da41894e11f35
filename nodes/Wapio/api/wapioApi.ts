import type { IDataObject } from 'n8n-workflow';
import { WapioApi } from '../../../credentials/WapioApi.credentials';
import { isWebPage, type Judge } from '../../shared/http/answer';
import type { GatewayApi } from '../../shared/http/gatewayApi';
import { fromCredential } from '../../shared/http/gatewayApi';
import type { GatewayFailure } from '../../shared/http/gatewayError';
import { isObject } from '../../shared/object';
import { textOf } from '../../shared/text';
import type { GatewayRequest } from '../../shared/http/request';
import { refusalIn, unwrap } from './answer';
import { listSessions, SEND_PATH } from './requests';
import { wapioSigns } from './signs';

/**
 * Answers have several forms: bare objects and lists, and envelopes around them; see {@link unwrap}. None of them is a yes
 * by its shape alone: {@link wapioSigns} lists what the answer to a send or change must contain. `success: false` is a refusal whatever
 * the HTTP status (provider documentation).
 */
const judge: Judge = (answer) => {
	const { status, text, json, incomplete } = answer;
	if (incomplete || isWebPage(answer)) return undefined;
	const isGoodStatus = status >= 200 && status < 300;
	if (json === undefined) {
		const isEmpty = text.trim() === '';
		return isEmpty && isGoodStatus
			? { ok: true, data: undefined, envelope: undefined, isAssumed: true }
			: undefined;
	}
	const refusal = refusalIn(json, isGoodStatus);
	if (refusal) {
		const isAboutKey = status !== 401 && status !== 429 && status < 500;
		return { ...refusal, isKnownKey: isAboutKey && isKnownKey(`${refusal.code} ${refusal.words}`) };
	}
	// A bad status without the provider's words is probably not the provider's answer but a proxy's.
	return isGoodStatus ? { ok: true, data: unwrap(json), envelope: json, isAssumed: true } : undefined;
};

/** What the requests about one session have in common. */
const SESSION_PATH = `${listSessions.path}/`;

/** What to do, by the HTTP status or else by `reason_code` (both from the API reference's answers). */
function hint(failure: GatewayFailure, request?: GatewayRequest): string | undefined {
	const { kind, code = '', words = '' } = failure;
	const status = statusOf(failure);
	if (kind === 'rateLimited') {
		return 'Wapio allows 60 to 256 requests per minute, depending on your plan. Wait a minute, or send fewer messages at a time.';
	}
	if (kind !== 'refused' && kind !== 'unauthorized') return undefined;
	// Requests for all sessions do not choose one.
	const isForOne = request?.path !== listSessions.path;
	if (isForOne && /session_id/i.test(words) && /bound|match/i.test(words)) {
		return request?.path.startsWith(SESSION_PATH) === true
			? 'The session key in the credential belongs to a different session. Choose that one, or use a personal access token (bps_pat_…).'
			: "The session key in the credential belongs to a different session. Leave Session and the credential's Default Session ID empty, or use a personal access token (bps_pat_…).";
	}
	if (takesKey(request) && isKnownKey(`${code} ${words}`)) {
		return 'This Idempotency Key was already used for another request, which may be an earlier try with another text. With the option Idempotency Key, use a different key for each message.';
	}
	switch (status) {
		case 401:
			return 'Check Token and Base URL in the Wapio credential. A session key (bps_sk_…) stops working when it is rotated or its session is deleted.';
		case 403:
			return 'This may need a personal access token (bps_pat_…) in the Wapio credential. A session key (bps_sk_…) works only for its own session and cannot create or delete sessions, rotate keys or register webhooks.';
		case 404:
			return 'Check the ID or number, and that it belongs to the chosen session. A session key (bps_sk_…) sees only its own session.';
		case 409:
			return request?.path.endsWith('/connect') === true
				? 'The session may already be connected or connecting. Check its status with Session > Get.'
				: 'The status of the session does not allow this right now. Check it with Session > Get: sending needs a connected session, and Session > Connect starts one that is not.';
		case 422:
			return 'Check the fields named above.';
		default:
			return undefined;
	}
}

/**
 * Whether a refusal says that another request had its idempotency key. That Wapio refuses such a request, and in which words,
 * is inferred; that a key has one request is from the API reference (header Idempotency-Key). What is said of a key counts as
 * that unless it is about its form: taking it for a plain refusal would send the message a second time under another key.
 */
function isKnownKey(said: string): boolean {
	return /idempot/i.test(said) && !/must be|uuid|invalid|required|format|too long|missing|at most/i.test(said);
}

/** Whether a request has the option Idempotency Key. */
function takesKey(request: GatewayRequest | undefined): boolean {
	if (request === undefined || request.path === SEND_PATH) return true;
	return request.method === 'POST' && request.path === listSessions.path;
}

/** The status that a refusal sent with HTTP 200 should have had. */
function statusOf({ status, code = '' }: GatewayFailure): number | undefined {
	if (status !== undefined && status >= 300) return status;
	if (/^(unauthori[sz]ed|unauthenticated|invalid_token)/i.test(code)) return 401;
	if (/^forbidden/i.test(code)) return 403;
	if (/not_found$/i.test(code)) return 404;
	if (/conflict/i.test(code)) return 409;
	return /^validation/i.test(code) ? 422 : undefined;
}

/** Whether the token is for the whole account (`bps_pat_`), so it has no session. */
export function isPersonalToken(token: unknown): boolean {
	return textOf(token).trim().startsWith('bps_pat_');
}

/** Whether the token is the key of one session (`bps_sk_`). */
export function isSessionKey(token: unknown): boolean {
	return textOf(token).trim().startsWith('bps_sk_');
}

/**
 * The cursor of the next page (API reference: List sessions), which may be in either of two nested envelopes.
 *
 * @returns undefined at the end
 */
export function nextCursor(envelope: unknown): string | undefined {
	const outer: IDataObject = isObject(envelope) ? envelope : {};
	const inner: IDataObject = isObject(outer.data) ? outer.data : {};
	return textOf(outer.next_cursor ?? inner.next_cursor).trim() || undefined;
}

/**
 * Wapio. Base URL, bearer token and status codes are the API reference's; the headers `x-ratelimit-*` and the count by the
 * minute are from the provider's documentation.
 */
export const wapioApi: GatewayApi = {
	displayName: 'Wapio',
	credentialType: 'wapioApi',
	...fromCredential(new WapioApi()),
	secrets: ({ token, webhookSigningSecret }) => [textOf(token).trim(), textOf(webhookSigningSecret).trim()],
	judge,
	signs: wapioSigns,
	hint,
	rateLimit: {
		limitHeader: 'x-ratelimit-limit',
		remainingHeader: 'x-ratelimit-remaining',
		resetHeader: 'x-ratelimit-reset',
		windowMs: 60_000,
	},
};
