import type { GatewayFailure } from '../../shared/http/gatewayError';
import type { GatewayRequest } from '../../shared/http/request';

/** The requests that may have an External ID. */
const DELIVERIES = /^\/api\/v1\/(?:delivery|send_file)$/;

/** The requests that take a file. */
const FILES = /^\/api\/v1\/send_file$/;

/** The requests about one thing, by its ID. */
const BY_ID = /\/\d+(?:\/|$)/;

/** The provider's words and what to do about them. The words are from the API reference's examples of refusals. */
const BY_WORDS: Array<{ words: RegExp; and?: RegExp; path?: RegExp; hint: string }> = [
	{
		words: /invalid checksum/i,
		hint: 'Check Idempotency Key in the Chategy credential. You can find it in your Chategy personal account.',
	},
	{
		words: /already been received/i,
		path: DELIVERIES,
		hint: 'This External ID was already used. Use a different one for each message.',
	},
	{ words: /not enough money|insufficient funds/i, hint: 'Top up the Chategy account, then try again.' },
	{
		words: /mime type/i,
		path: FILES,
		hint: 'Chategy accepts PDF, Word, PowerPoint, Excel, ZIP and 7z files, JPEG, PNG and WebP images, MP4 videos, common audio formats and vCards. If the file is one of these, set its type with MIME Type in the options.',
	},
	{
		words: /not_complete/i,
		hint: 'Only messages with the status "delivered" can be deleted. Check the status with Get Status, and try again later.',
	},
	{
		words: /dispatch_type/i,
		hint: 'Only messages sent through WhatsApp or a Telegram account can be deleted.',
	},
	{
		words: /delivery not found/i,
		hint: 'Chategy does not know this message, or it was already deleted. Only messages sent through Chategy can be deleted. Use the messageId from the output of Send or Send File.',
	},
	{
		words: /types invalid/i,
		hint: 'Choose only events that your service offers. Some exist only on other services of the same platform.',
	},
	{
		words: /session_not_found/i,
		hint: 'The account is not connected, so there is no session to close.',
	},
	{
		words: /code invalid/i,
		hint: 'Use the most recent code, or run Send Phone Number again to get a new one.',
	},
	{
		words: /phone/i,
		and: /invalid/i,
		hint: 'Enter the phone number with its country code, for example 995598464533.',
	},
	{
		words: /already exists/i,
		hint: 'Another instance already uses this email or phone number. Use Get Many to find it.',
	},
];

/**
 * What to do about a refusal, by the codes and words of the API reference.
 *
 * @param aboutKey the hint if the credential was refused
 */
export function hintFor(aboutKey: string) {
	return ({ kind, code, status, words = '' }: GatewayFailure, request?: GatewayRequest): string | undefined => {
		const path = request?.path ?? '';
		if (kind === 'unauthorized') return aboutKey;
		if (kind !== 'refused') return undefined;
		const known = BY_WORDS.find(
			(entry) => entry.words.test(words) && (entry.and?.test(words) ?? true) && (entry.path?.test(path) ?? true),
		);
		if (known) return known.hint;
		const is = (wanted: number): boolean => code === String(wanted) || status === wanted;
		if (is(404) && BY_ID.test(path)) {
			return 'Chategy found nothing with this ID. Check the ID, and that the credential belongs to the same account.';
		}
		if (is(409) && DELIVERIES.test(path)) {
			return 'Chategy has already received this message. To send another one, use a different External ID in the options.';
		}
		return undefined;
	};
}
