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
 * by its shape alone: what a send or change must find in it is in {@link wapioSigns}. `success: false` is a refusal whatever
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
	if (refusal) return refusal;
	// An answer with a bad status that holds none of the provider's words is nobody's: a proxy's, perhaps.
	return isGoodStatus ? { ok: true, data: unwrap(json), envelope: json, isAssumed: true } : undefined;
};

/** What to do, by the HTTP status where it tells, else by `reason_code` (both from the API reference's answers). */
function hint(failure: GatewayFailure, request?: GatewayRequest): string | undefined {
	const { kind, code = '', words = '' } = failure;
	const status = statusOf(failure);
	if (kind === 'rateLimited') {
		return 'Wapio counts by the minute, 60 to 256 requests depending on the plan. Wait a minute, or send fewer messages at a time.';
	}
	if (kind !== 'refused' && kind !== 'unauthorized') return undefined;
	// The requests for all sessions choose none.
	const isForOne = request?.path !== listSessions.path;
	if (isForOne && /session_id/i.test(words) && /bound|match/i.test(words)) {
		return "The key in the credential belongs to another session. Leave Session and the credential's Default Session ID empty, or use a personal access token (bps_pat_…).";
	}
	const isMessage = request === undefined || request.path === SEND_PATH;
	if (isMessage && /idempot/i.test(`${code} ${words}`)) {
		return 'This Idempotency Key was used for another request. Give each message its own, or remove it from the options: the node makes one for each message.';
	}
	switch (status) {
		case 401:
			return 'Check Token and Base URL in the Wapio credential. The key of a session (bps_sk_…) ends when it is rotated or its session is deleted.';
		case 403:
			return 'This may need a personal access token (bps_pat_…) in the Wapio credential: the key of a session (bps_sk_…) may only use its own session, and neither create nor delete one nor register webhooks.';
		case 404:
			return 'Check the ID, and that it belongs to the chosen session. The key of a session (bps_sk_…) sees its own session alone.';
		case 409:
			return 'The state of the session does not allow this now. See it with Get of the resource Session: connected is needed for messages, and Connect starts a session that is not.';
		case 422:
			return 'Check the fields that are named above.';
		default:
			return undefined;
	}
}

/** The status that a refusal with HTTP 200 would have had. */
function statusOf({ status, code = '' }: GatewayFailure): number | undefined {
	if (status !== undefined && status >= 300) return status;
	if (/^(unauthori[sz]ed|unauthenticated|invalid_token)/i.test(code)) return 401;
	if (/^forbidden/i.test(code)) return 403;
	if (/not_found$/i.test(code)) return 404;
	if (/conflict/i.test(code)) return 409;
	return /^validation/i.test(code) ? 422 : undefined;
}

/** Whether the token is one of the whole account (`bps_pat_`), which has no session of its own. */
export function isPersonalToken(token: unknown): boolean {
	return textOf(token).trim().startsWith('bps_pat_');
}

/** Whether the token is the key of one session (`bps_sk_`). */
export function isSessionKey(token: unknown): boolean {
	return textOf(token).trim().startsWith('bps_sk_');
}

/**
 * The cursor of the next page (API reference: List sessions), which may stand in either of two nested envelopes.
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
