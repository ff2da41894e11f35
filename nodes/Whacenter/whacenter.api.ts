import { z } from 'zod';
import { WhacenterApi } from '../../credentials/WhacenterApi.credentials';
import type { Judge } from '../shared/http/answer';
import { ANY_NAME, type KnownSigns } from '../shared/http/evidence';
import type { GatewayApi } from '../shared/http/gatewayApi';
import { fromCredential } from '../shared/http/gatewayApi';
import type { GatewayFailure } from '../shared/http/gatewayError';
import { textOf } from '../shared/text';

/** What to do about a QR code that has run out ("timeout" means call relogDevice first, observed in use). */
export const RELOG_FIRST =
	'The QR code has timed out. Run the operation Relog of the resource Device first, then get the QR code again and scan it.';

/**
 * The form of every answer (API reference, all examples): `status` that says yes or no, a message, and `data`, which is an
 * empty list in refusals and after Relog. Checked for in use and taken as well: `status: "error"` with a `reason`, and
 * `success` instead of `status` (host api.whacenter.com).
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

/** Nearly every answer has HTTP 200 and the content type text/html (API reference): the body alone tells yes from no. */
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

/** The one refusal of the API reference's examples is "device not connected or not found". */
function hint({ kind, words = '' }: GatewayFailure): string | undefined {
	if (kind !== 'refused' && kind !== 'unauthorized') return undefined;
	if (/time.?out|relog/i.test(words)) return RELOG_FIRST;
	if (/device|connect|perangkat/i.test(words)) {
		return 'Check the Device ID in the Whacenter credential, then the operation Get Status of the resource Device: if it says NOT CONNECTED, run Relog, get the QR code and scan it with the phone.';
	}
	return undefined;
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
