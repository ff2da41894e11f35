import { z } from 'zod';
import { ChataloApi } from '../../credentials/ChataloApi.credentials';
import type { Judge } from '../shared/http/answer';
import { ANY_NAME, type KnownSigns } from '../shared/http/evidence';
import type { GatewayApi } from '../shared/http/gatewayApi';
import { fromCredential } from '../shared/http/gatewayApi';
import type { GatewayFailure } from '../shared/http/gatewayError';
import type { GatewayRequest } from '../shared/http/request';
import { isFlag } from '../shared/http/vocabulary';
import { isObject } from '../shared/object';
import { textOf } from '../shared/text';

const pagination = z.object({ current_page: z.coerce.number(), last_page: z.coerce.number() });

/**
 * The form of every answer (API reference, all examples): `data`, and `meta` with the code that counts and its message.
 * A code as text is accepted too; some refusals have no `data`.
 */
const envelope = z.object({
	data: z.unknown().optional(),
	meta: z.object({
		code: z.coerce.number(),
		message: z.unknown().optional(),
		pagination: pagination.optional().catch(undefined),
	}),
});

const NOT_SENT = 'the message was not sent (is_sent: false)';

/** Answers that come with HTTP 200 and a failing `meta.code` are failures. */
const judge: Judge = ({ json }) => {
	const parsed = envelope.safeParse(json);
	if (!parsed.success) return undefined;
	const { data, meta } = parsed.data;
	const isOk = meta.code >= 200 && meta.code < 300;
	// The examples have `is_sent: true`; false means the message did not go out, whatever the code says.
	if (isOk && isObject(data) && isFlag(data.is_sent, false)) return { ok: false, words: NOT_SENT };
	if (isOk) return { ok: true, data, envelope: parsed.data };
	return { ok: false, code: meta.code, words: wordsOf(meta.message, data) };
};

/** How Chatalo says yes without the `meta` that the API reference shows in each answer. */
const signs: KnownSigns = {
	// API reference: in the response to a send.
	flags: ['is_sent'],
	names: ['message_id', 'messageId', 'msgId', 'id'],
	// A message with an id was accepted. The API reference shows no such id (inferred).
	messageNames: {
		...{ message_id: ANY_NAME, messageId: ANY_NAME, msgId: ANY_NAME },
		...{ 'key.id': ANY_NAME, 'message.id': ANY_NAME },
	},
	wordsOf: ({ is_sent }) => (isFlag(is_sent, false) ? NOT_SENT : ''),
};

/** The message may be a text, a list or an object of field errors; all of it is shown as the provider's words. */
function wordsOf(message: unknown, data: unknown): string {
	const parts = [message, data].filter(
		(part) => part !== null && part !== undefined && JSON.stringify(part) !== '[]',
	);
	return parts.map(textOf).join(' ');
}

function hint(failure: GatewayFailure, request?: GatewayRequest): string | undefined {
	if (failure.kind === 'unauthorized') {
		return 'Check Public Key and Secret Key in the Chatalo credential. Find both in the Chatalo Member Area under Integration > API Key & Apps.';
	}
	const isAboutDevice = /device|authenticated|connected/i.test(failure.words ?? '');
	// Requests for the webhook and the profile have no device.
	if (failure.kind === 'refused' && isAboutDevice && 'device_id' in (request?.json ?? {})) {
		return 'A device works only while its status is AUTHENTICATED. Choose Device from the list, which shows each status, and reconnect the phone in the Chatalo Member Area if its status differs.';
	}
	return undefined;
}

/** The last page's number in a list's answer. */
export function lastPage(answer: unknown): number | undefined {
	return envelope.safeParse(answer).data?.meta.pagination?.last_page;
}

/**
 * Chatalo (platform Wapro). Base URL, keys, codes 200/400/403/500 and the headers `X-RateLimit-*` come from the
 * API reference; that the limit of 60 counts by the minute is from the provider's documentation.
 */
export const chataloApi: GatewayApi = {
	displayName: 'Chatalo',
	credentialType: 'chataloApi',
	...fromCredential(new ChataloApi()),
	secrets: ({ publicKey, secretKey }) => [textOf(publicKey).trim(), textOf(secretKey).trim()],
	judge,
	signs,
	hint,
	rateLimit: {
		limitHeader: 'x-ratelimit-limit',
		remainingHeader: 'x-ratelimit-remaining',
		windowMs: 60_000,
	},
};
