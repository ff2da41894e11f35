import { z } from 'zod';
import { ChategyApi } from '../../../credentials/ChategyApi.credentials';
import { ChategyDeveloperApi } from '../../../credentials/ChategyDeveloperApi.credentials';
import type { Judge } from '../../shared/http/answer';
import type { GatewayApi } from '../../shared/http/gatewayApi';
import type { KnownSigns } from '../../shared/http/evidence';
import { fromCredential } from '../../shared/http/gatewayApi';
import type { Parameters } from '../../shared/http/request';
import { textOf } from '../../shared/text';
import { checksumOf } from './checksum';
import { DELIVERY_STATUSES, meaningOf } from './deliveryStatuses';
import { hintFor } from './hints';

/**
 * The form of every response (API reference, all examples): `meta` with code and status, next to the data. A
 * refusal has its words in `message` and, by field, in `errors`.
 */
const envelope = z
	.object({
		meta: z
			.object({
				code: z.coerce.number().optional().catch(undefined),
				status: z.unknown().optional(),
				message: z.unknown().optional(),
				errors: z.unknown().optional(),
				total_count: z.coerce.number().int().nonnegative().optional().catch(undefined),
				per_page: z.coerce.number().int().positive().optional().catch(undefined),
			})
			.loose(),
	})
	.loose();

type Meta = z.output<typeof envelope>['meta'];

/** Data that is alone next to `meta` and is returned without its name. */
const WRAPPERS = [
	...['account', 'bulk_delivery', 'delivery', 'instance', 'webhook'],
	...['instances', 'utm_marks', 'webhooks'],
];

/** Refusals may come with HTTP 200 and a failing `meta` (provider's documentation). */
const judge: Judge = ({ json, status }) => {
	const parsed = envelope.safeParse(json);
	if (!parsed.success) return undefined;
	const { meta, ...rest } = parsed.data;
	const code = meta.code !== undefined && meta.code >= 400 ? meta.code : undefined;
	const isNo = code !== undefined || status >= 400 || /^(fail|failed|error)$/i.test(textOf(meta.status));
	if (isNo) return { ok: false, code, words: wordsOf(meta) };
	const isYes = isGoodCode(meta.code) || /^success$/i.test(textOf(meta.status));
	return { ok: true, data: contentOf(rest), envelope: parsed.data, isAssumed: !isYes };
};

function isGoodCode(code: number | undefined): boolean {
	return code !== undefined && code >= 200 && code < 300;
}

/** API reference, List of service statuses: what a delivery's `status_id` may be. */
function idsOf(isWanted: (status: (typeof DELIVERY_STATUSES)[number]) => boolean): string[] {
	return DELIVERY_STATUSES.filter(isWanted).map(({ id }) => String(id));
}

/** How Chategy says yes without the `meta` that the API reference shows in every response. */
const signs: KnownSigns = {
	words: { status_id: idsOf(({ final, delivered }) => !final || delivered === true) },
	noes: { status_id: idsOf(({ final, delivered }) => final && delivered === false) },
	// API reference: what the responses have next to `meta`.
	names: ['delivery', 'bulk_delivery', 'instance', 'webhook'],
	wordsOf: ({ status_id, status_description }) =>
		meaningOf(status_id).delivered === false ? textOf(status_description) : '',
	named: [
		{ method: 'POST', path: /^\/api\/v1\/(?:delivery|bulk_delivery|send_file)$/ },
		{ method: 'POST', path: /^\/developer\/v1\/instances$/ },
	],
};

function contentOf(rest: Record<string, unknown>): unknown {
	const names = Object.keys(rest);
	const [name] = names;
	if (name === undefined) return undefined;
	return names.length === 1 && WRAPPERS.includes(name) ? rest[name] : rest;
}

/** The message, with the problem of each field in parentheses: "Unprocessable Entity (text: the text cannot be empty)". */
function wordsOf({ message, errors }: Meta): string {
	const words = textOf(message).trim();
	const details = detailsOf(errors).join('; ');
	if (words && details) return `${words} (${details})`;
	return words || details || 'no reason given';
}

function detailsOf(errors: unknown): string[] {
	if (typeof errors !== 'object' || errors === null || Array.isArray(errors)) {
		return [errors].flat().map(textOf).filter(Boolean);
	}
	return Object.entries(errors).map(([field, problems]) => {
		const text = [problems].flat().map(textOf).join(', ');
		// Errors about the whole request are under "base"; others often begin with the name of their field.
		return field === 'base' || text.startsWith(field) ? text : `${field}: ${text}`;
	});
}

/** The number of the last page of a list (API reference: Getting information about all instances, `meta`). */
export function lastPage(answer: unknown): number | undefined {
	const { total_count: total, per_page: size } = envelope.safeParse(answer).data?.meta ?? {};
	return total === undefined || size === undefined ? undefined : Math.ceil(total / size);
}

/** An account's API: API reference, folder Available endpoints. */
export const chategyApi: GatewayApi = {
	displayName: 'Chategy',
	credentialType: 'chategyApi',
	...fromCredential(new ChategyApi()),
	sign: ({ idempotencyKey }, { query, json }) => ({
		checksum: checksumOf({ ...query, ...(json as Parameters | undefined) }, textOf(idempotencyKey).trim()),
	}),
	secrets: ({ accessToken, idempotencyKey }) => [textOf(accessToken).trim(), textOf(idempotencyKey).trim()],
	judge,
	signs,
	hint: hintFor(
		'Check Client Access Token in the Chategy credential. You can find it in your Chategy personal account. A token works only on the service that issued it, so check Base URL as well.',
	),
};

/** The developer's API: API reference, folder Developer's. */
export const chategyDeveloperApi: GatewayApi = {
	displayName: 'Chategy',
	credentialType: 'chategyDeveloperApi',
	...fromCredential(new ChategyDeveloperApi()),
	secrets: ({ apiKey }) => [textOf(apiKey).trim()],
	judge,
	signs,
	hint: hintFor(
		'Check API Key in the Chategy Developer API credential. You can find it in your developer account at Chategy, or ask its support.',
	),
};

/** API reference, Creating an instance: the only request that goes to the main host, `chategy.io` instead of `api.chategy.io`. */
export const chategyMainHostApi: GatewayApi = {
	...chategyDeveloperApi,
	baseUrl: (credential) => chategyDeveloperApi.baseUrl(credential).replace(/^(https?:\/\/)api\./i, '$1'),
};
