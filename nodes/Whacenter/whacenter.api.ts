import { z } from 'zod';
import { WhacenterApi } from '../../credentials/WhacenterApi.credentials';
import type { Judge } from '../shared/http/answer';
import { ANY_NAME, type KnownSigns } from '../shared/http/evidence';
import type { GatewayApi } from '../shared/http/gatewayApi';
import { fromCredential } from '../shared/http/gatewayApi';
import type { GatewayFailure } from '../shared/http/gatewayError';
import type { GatewayRequest } from '../shared/http/request';
import { textOf } from '../shared/text';

/** What to do about a QR code that has timed out ("timeout" means call relogDevice first, observed in use). */
export const RELOG_FIRST =
	'The QR code has timed out. Run Device > Relog first, then get the QR code again and scan it.';

/** What to do if there is no QR code because the phone is connected. */
export const ALREADY_CONNECTED =
	'The device is already connected and needs no QR code. To connect a different phone, run Device > Relog first, then get the QR code and scan it.';

/**
 * The form of every answer (API reference, all examples): `status` that says yes or no, a message, and `data`, which is an
 * empty list in refusals and after Relog. Also accepted, since third-party code checks for them: `status: "error"` with a
 * `reason`, and `success` instead of `status` (host api.whacenter.com).
 */
const envelope = z
	.object({
		status: z.union([z.boolean(), z.string(), z.number()]).optional(),
		success: z.boolean().optional(),
		message: z.unknown().optional(),
		reason: z.unknown().optional(),
		data: z.unknown().optional(),
	})
	.loose();

/** Nearly every answer has HTTP 200 and the content type text/html (API reference): only the body shows yes or no. */
const judge: Judge = ({ json }) => {
	const parsed = envelope.safeParse(json);
	if (!parsed.success) return undefined;
	const { status, success, message, reason, data } = parsed.data;
	const isYes = yesOrNo(status) ?? success;
	if (isYes === undefined) return undefined;
	if (isYes && success !== false) return { ok: true, data: data ?? [], envelope: json };
	const words = [message, reason].filter(Boolean).map(textOf).join(' ');
	return { ok: false, words: words || 'no reason given' };
};

/** How Whacenter says yes without the `status` that the API reference shows in each answer. */
const signs: KnownSigns = {
	flags: ['status'],
	words: { status: ['success', 'ok', 'queued', 'scheduled', 'sent'] },
	// API reference: `data.id` of a sent message; the others are inferred.
	names: ['id', 'message_id', 'messageId'],
	messageNames: {
		...{ message_id: ANY_NAME, messageId: ANY_NAME, 'key.id': ANY_NAME, 'message.id': ANY_NAME },
		// That a message's id is a number is inferred from "xxx" without quotation marks; a device's is a word.
		'data.id': /^\d+$/,
	},
	named: [{ method: 'POST', path: /^\/send$/ }],
};

function yesOrNo(status: unknown): boolean | undefined {
	const word = textOf(status).trim();
	if (/^(true|success|ok|1)$/i.test(word)) return true;
	return /^(false|error|fail|failed|0)$/i.test(word) ? false : undefined;
}

/** Words that a device is connected, in English and Indonesian; the API reference shows none (inferred). */
const IS_CONNECTED = /\b(?:connected|logged.?in|terhubung|tersambung|terkoneksi)\b/i;
const ALREADY = /\b(?:already|sudah)\b/i;
const NOT_YET = /\b(?:not|belum|tidak)\b/i;

/** Requests that ask about the device itself: Get Status would be refused just the same. */
const ABOUT_DEVICE = ['/statusDevice', '/relogDevice'];

/**
 * The one refusal of the API reference's examples is "device not connected or not found". Not found may be the wrong host:
 * each host knows its own kind of Device ID (observed in use).
 */
function hint({ kind, words = '' }: GatewayFailure, request?: GatewayRequest): string | undefined {
	if (kind !== 'refused' && kind !== 'unauthorized') return undefined;
	const isAboutQr = request?.path === '/qr' || /\bqr\b|relog/i.test(words);
	if (isAboutQr && /time.?out|relog/i.test(words)) return RELOG_FIRST;
	const isConnected = IS_CONNECTED.test(words) && ALREADY.test(words) && !NOT_YET.test(words);
	if (isAboutQr && isConnected) return ALREADY_CONNECTED;
	if (!/device|connect|perangkat/i.test(words)) return undefined;
	if (request?.multipart?.fields.device_id ?? request?.query?.device_id) {
		return 'Check the Device ID in the options. If it is correct, check in the Whacenter dashboard whether the device is connected.';
	}
	if (ABOUT_DEVICE.includes(request?.path ?? '')) {
		return 'Check the Device ID and the Base URL in the Whacenter credential. Device IDs with dashes belong to https://api.whacenter.com/api.';
	}
	return 'Run Device > Get Status. If it shows NOT CONNECTED, run Device > Relog, get the QR code and scan it with the phone. If that is refused too, check the Device ID and the Base URL in the Whacenter credential.';
}

/**
 * Whacenter. Requests and answers are the API reference's; other hosts than the default exist (observed in
 * use), so the base URL is the credential's. No rate limit is documented.
 */
export const whacenterApi: GatewayApi = {
	displayName: 'Whacenter',
	credentialType: 'whacenterApi',
	...fromCredential(new WhacenterApi()),
	secrets: ({ deviceId }) => [textOf(deviceId).trim()],
	judge,
	signs,
	hint,
};
