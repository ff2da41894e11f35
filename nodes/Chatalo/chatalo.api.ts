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
 * A code as text is taken as well; `data` is absent in some refusals.
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
	// The examples answer `is_sent: true`; a false one is a message that did not go out, whatever the code says.
	if (isOk && isObject(data) && isFlag(data.is_sent, false)) return { ok: false, words: NOT_SENT };
	if (isOk) return { ok: true, data, envelope: parsed.data };
	return { ok: false, code: meta.code, words: wordsOf(meta.message, data) };
};

/** How Chatalo says yes without the `meta` that the API reference shows in each answer. */
const signs: KnownSigns = {
	// API reference: what a sent message answers.
	flags: ['is_sent'],
	names: ['message_id', 'messageId', 'msgId', 'id'],
	// A message that is named was taken. The API reference shows no id of one (inferred).
	messageNames: {
		...{ message_id: ANY_NAME, messageId: ANY_NAME, msgId: ANY_NAME },
		...{ 'key.id': ANY_NAME, 'message.id': ANY_NAME },
	},
	wordsOf: ({ is_sent }) => (isFlag(is_sent, false) ? NOT_SENT : ''),
};

/** The message may be a text, a list or an object of field errors; all of it is the provider's word. */
function wordsOf(message: unknown, data: unknown): string {
	const parts = [message, data].filter(
		(part) => part !== null && part !== undefined && JSON.stringify(part) !== '[]',
	);
	return parts.map(textOf).join(' ');
}

function hint(failure: GatewayFailure, request?: GatewayRequest): string | undefined {
	if (failure.kind === 'unauthorized') {
		return 'Check Public Key and Secret Key in the Chatalo credential; both stand in the Member Area under Integration > API Key & Apps.';
	}
	const isAboutDevice = /device|authenticated|connected/i.test(failure.words ?? '');
	// The requests about webhooks and the profile are for no device.
	if (failure.kind === 'refused' && isAboutDevice && 'device_id' in (request?.json ?? {})) {
		return 'A device can be used only while its status is AUTHENTICATED. Choose Device from the list, which shows each status, and connect the phone again in the Chatalo Member Area if it is another one.';
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
