import type { GatewayFailure } from '../../shared/http/gatewayError';
import type { GatewayRequest } from '../../shared/http/request';

/** The requests that may carry an External ID. */
const DELIVERIES = /^\/api\/v1\/(?:delivery|send_file)$/;

/** The provider's words and what to do about them. The words are those of the API reference's examples of refusals. */
const BY_WORDS: Array<{ words: RegExp; and?: RegExp; path?: RegExp; hint: string }> = [
	{
		words: /invalid checksum/i,
		hint: 'Check the Idempotency Key in the Chategy credential; it stands in the personal account.',
	},
	{
		words: /already been received/i,
		path: DELIVERIES,
		hint: 'A message with this External ID was taken before. Give each message an External ID of its own.',
	},
	{ words: /not enough money|insufficient funds/i, hint: 'Top up the Chategy account, then try again.' },
	{
		words: /mime type/i,
		hint: 'Chategy takes PDF, Office, ZIP and 7z files, JPEG, PNG and WebP images, MP4 videos, the usual audio formats and vCards.',
	},
	{
		words: /not_complete/i,
		hint: 'A message can be deleted only once its status is "delivered". Look at it with Get Status, and try again later.',
	},
	{
		words: /dispatch_type/i,
		hint: 'Only messages that went out through WhatsApp or a Telegram account can be deleted.',
	},
	{
		words: /delivery not found/i,
		hint: 'The message is unknown or was deleted already. Only messages sent through Chategy can be deleted; the ID is what Send gave as "id".',
	},
	{
		words: /types invalid/i,
		hint: 'Choose events that this service knows; some exist only on other services of the same platform.',
	},
	{
		words: /session_not_found/i,
		hint: 'There is no session to close: the account is not connected.',
	},
	{
		words: /code invalid/i,
		hint: 'Type the newest code that arrived, or have another one sent.',
	},
	{
		words: /phone/i,
		and: /invalid/i,
		hint: 'Write the number with its country code, for example 995598464533.',
	},
	{
		words: /already exists/i,
		hint: 'Another instance has this email or phone number. Use Get Many to find it.',
	},
];

/**
 * What to do about a refusal, by the codes and words of the API reference.
 *
 * @param aboutKey for one that is about the credential
 */
export function hintFor(aboutKey: string) {
	return ({ kind, code, status, words = '' }: GatewayFailure, request?: GatewayRequest): string | undefined => {
		const path = request?.path ?? '';
		if (kind === 'unauthorized') return aboutKey;
		if (kind === 'rateLimited') {
			return 'Chategy takes no more requests for now. Wait a minute and try again, or send fewer messages at a time.';
		}
		if (kind !== 'refused') return undefined;
		const known = BY_WORDS.find(
			(entry) => entry.words.test(words) && (entry.and?.test(words) ?? true) && (entry.path?.test(path) ?? true),
		);
		if (known) return known.hint;
		const is = (wanted: number): boolean => code === String(wanted) || status === wanted;
		if (is(404))
			return 'Chategy knows nothing under this ID. Check it, and whether the credential belongs to the same account.';
		if (is(409) && DELIVERIES.test(path))
			return 'The same was asked for before. Give each message an External ID of its own.';
		return undefined;
	};
}
