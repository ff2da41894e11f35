/*
 * What the providers say when they refuse a message: for a reason of the account, so that the next provider is tried, or of the
 * message, so that none is. In the form of each provider's API reference; "inferred" where that shows no such words.
 */
import type { AccountReason } from '../../nodes/shared/messaging/accountRefusals';
import type { ProviderName } from '../../sandbox';

/** An answer as it goes over the wire. */
export interface Refused {
	status: number;
	headers?: Record<string, string>;
	body: unknown;
}

/** A refusal, and what follows from it; no reason where it is the message's. */
export interface Refusal {
	says: string;
	answer: Refused;
	reason?: AccountReason;
	/** Where it is from. */
	source: string;
}

/** In a provider's own form, as the examples in its API reference have it. */
const forms: Record<ProviderName, (says: string) => Refused> = {
	// API reference: list of codes; HTTP 200 (third parties).
	balesOtomatis: (message) => ({ status: 200, body: { code: '400', message, type: 'error' } }),
	// API reference: "400 Invalid Fields or Inputs", the code in `meta`.
	chatalo: (message) => ({ status: 400, body: { data: [], meta: { code: 400, message } } }),
	// API reference: Delivery, Error 422.
	chategy: (says) => ({
		status: 422,
		body: {
			meta: {
				code: 422,
				errors: { base: [says] },
				message: 'Unprocessable Entity',
				status: 'fail',
				status_id: null,
			},
		},
	}),
	// API reference: Send Text Message, 422.
	wapio: (message) => ({
		status: 422,
		body: { success: false, message, reason_code: 'validation_error', errors: {} },
	}),
	// API reference: every request, with HTTP 200 and this content type.
	whacenter: (message) => ({
		status: 200,
		headers: { 'content-type': 'text/html; charset=UTF-8' },
		body: JSON.stringify({ status: false, message, data: [] }),
	}),
};

const said =
	(provider: ProviderName) =>
	(says: string, reason?: AccountReason, source = 'inferred'): Refusal => ({
		says,
		answer: forms[provider](says),
		reason,
		source,
	});

const bales = (code: string, message: string, reason: AccountReason | undefined, source: string): Refusal => ({
	says: `${code} ${message}`,
	answer: { status: 200, body: { code, message, type: 'error' } },
	reason,
	source,
});

const chategyFields = (errors: object, reason?: AccountReason, source = 'API reference'): Refusal => ({
	says: JSON.stringify(errors),
	answer: {
		status: 422,
		body: { meta: { code: 422, errors, message: 'Unprocessable Entity', status: 'fail', status_id: null } },
	},
	reason,
	source,
});

const wapio = (
	status: number,
	message: string,
	code: string,
	reason?: AccountReason,
	source = 'API reference',
	errors: object = {},
): Refusal => ({
	says: `${status} ${message} ${code} ${JSON.stringify(errors)}`,
	answer: { status, body: { success: false, message, reason_code: code, errors } },
	reason,
	source,
});

/** Whatever the account refuses, each in words that any of the five may use: all inferred. */
const ANY_ACCOUNT: Array<[AccountReason, string]> = [
	['disconnected', 'Device is not connected'],
	['disconnected', 'The device is not authenticated'],
	['disconnected', 'DEVICE NOT CONNECTED'],
	['disconnected', 'device disconnected, please scan the QR code again'],
	['disconnected', 'Session is not ready'],
	['disconnected', 'session_not_found'],
	['disconnected', 'Session has been logged out'],
	['disconnected', 'Sender is not registered'],
	['disconnected', 'The device id field is invalid'],
	['disconnected', 'Your device has expired'],
	['disconnected', 'Perangkat tidak terhubung'],
	['disconnected', 'PERANGKAT BELUM TERHUBUNG, silakan scan QR'],
	['disconnected', 'Device tidak ditemukan'],
	['disconnected', 'Device anda terputus: device terputus'],
	['disconnected', 'Invalid device'],
	['disconnected', 'No active session'],
	['disconnected', 'WhatsApp is not connected'],
	['disconnected', 'Whatsapp belum terhubung'],
	['disconnected', 'Failed to send the file: device is not connected'],
	['disconnected', 'Failed to send message to number 6281200000000: session disconnected'],
	['disconnected', 'Message not sent to the group: session not connected'],
	['disconnected', 'Gagal mengirim gambar, perangkat tidak terhubung'],
	['balance', 'Insufficient balance'],
	['balance', 'Saldo tidak cukup'],
	['balance', 'Saldo anda habis, silakan top up'],
	['balance', 'Your subscription has expired'],
	['balance', 'Masa aktif habis'],
	['balance', 'Paket anda sudah berakhir'],
	['balance', 'The account is locked'],
	['balance', 'Account suspended'],
	['limit', 'Daily limit reached'],
	['limit', 'You have exceeded your monthly quota'],
	['limit', 'Message quota exceeded'],
	['limit', 'Kuota pesan anda habis'],
	['limit', 'Limit harian tercapai'],
	['limit', 'You have reached the daily message limit'],
];

/** The same of the message, near misses above all: words of the account about the recipient, and limits of a message. */
const ANY_MESSAGE = [
	'Invalid phone number',
	'The number field is invalid.',
	'Nomor tujuan tidak valid',
	'Nomor tidak terdaftar di WhatsApp',
	'Nomor WhatsApp tidak terdaftar',
	'Number is not registered on WhatsApp',
	'User is not registered',
	'This user is offline',
	'The text field is required',
	'Pesan tidak boleh kosong',
	'Recipient not connected',
	'Recipient device is offline',
	"The recipient's device is not connected",
	'The device of the recipient is disconnected: device is disconnected',
	'Perangkat penerima tidak terhubung',
	'Perangkat tujuan: perangkat tidak terhubung',
	'The number is not active on any device',
	'Number not found on this device',
	'This number is not connected to WhatsApp',
	'Nomor ini tidak terhubung ke WhatsApp',
	'Group not found',
	'Grup tidak ditemukan',
	'The device is not a participant of the group',
	'The daily limit for this number was reached: daily limit reached',
	'Number limit per group exceeded',
	'Message limit exceeded: at most 4096 characters',
	'Caption limit exceeded',
	'Batas karakter terlampaui',
	'The file exceeded the maximum size for your package',
	'File size limit reached',
	'Media quota exceeded: file too large',
	'Duplicate message: session is not ready to repeat it',
	'The session has already sent this message; session not ready',
	'Quoted message not found in session',
	'Contact not found for this session',
	'Blocked by the recipient',
	'The session has expired: more than 24 hours since the last message',
	'Chat session not found',
	'User account is suspended',
	'Akun pengguna ditangguhkan',
	'Quota exceeded for this contact',
	'Daily limit reached for number 628',
	'The sender name is invalid',
	'Pesan sudah pernah dikirim, kuota habis',
	'Spam detected',
	'',
];

/** Rows of each provider beside those that hold for all, and those for what the node knows by status alone. */
const own: Record<ProviderName, Refusal[]> = {
	balesOtomatis: [
		bales('403', 'Invalid API Key', 'credential', 'API reference, list of codes'),
		bales('404', 'Invalid Number ID', 'disconnected', 'API reference, list of codes'),
		bales('400', 'Number is not connected', 'disconnected', 'inferred: Info calls a phone a number'),
		bales('400', 'Nomor tidak terhubung', 'disconnected', 'inferred'),
		bales('400', 'Bad Request', undefined, 'API reference, list of codes'),
		bales('400', 'Bad Request / Reached of Rate-Limited', undefined, 'API reference: it may be either'),
		bales('405', 'Invalid Request / Wrong Required Parameter', undefined, 'API reference, list of codes'),
		bales('404', 'Recipient not found', undefined, 'inferred'),
		bales('404', 'Group not found', undefined, 'inferred'),
		bales('400', 'Group limit reached', undefined, 'inferred'),
		bales('400', 'The rate of this contact is limited', undefined, 'inferred'),
		bales('403', 'You are not an admin of this group', undefined, 'inferred'),
	],
	chatalo: [
		{
			says: '403 Unauthorized',
			answer: { status: 403, body: { data: [], meta: { code: 403, message: 'Unauthorized' } } },
			reason: 'credential',
			source: 'API reference, list of codes',
		},
		{
			says: 'a code in HTTP 200',
			answer: { status: 200, body: { data: [], meta: { code: 400, message: 'The device is not connected' } } },
			reason: 'disconnected',
			source: 'inferred',
		},
		{
			says: 'invalid fields, and a device that is not ready',
			answer: {
				status: 400,
				body: {
					data: { number: ['The number field is invalid.'] },
					meta: { code: 400, message: 'The device id field is invalid' },
				},
			},
			source: 'inferred',
		},
	],
	chategy: [
		{
			says: '401',
			answer: { status: 401, body: { meta: { code: 401, message: 'Not authorized!', status: 'fail' } } },
			reason: 'credential',
			source: 'API reference, Delivery',
		},
		chategyFields({ base: ['not enough money'] }, 'balance', 'API reference, Activating an instance subscription'),
		chategyFields({ base: ['not_enough_money'] }, 'balance', 'API reference, List of service statuses'),
		chategyFields({ base: ['Insufficient funds'] }, 'balance', 'API reference, List of service statuses'),
		chategyFields({ base: ['subscription_expired'] }, 'balance', 'API reference, List of service statuses'),
		chategyFields(
			{ base: ['The subscription to messengers has not been paid'] },
			'balance',
			'API reference, List of service statuses',
		),
		chategyFields({ base: ['Subscription suspended.'] }, 'balance', 'API reference, List of service statuses'),
		chategyFields(
			{ base: ['The daily limit of delivery requests has been exceeded'] },
			'limit',
			'API reference, List of service statuses',
		),
		chategyFields({ base: ['rate_limit_error'] }, 'limit', 'API reference, List of service statuses'),
		chategyFields({ base: ['Request limit exceeded'] }, 'limit', 'API reference, List of service statuses'),
		chategyFields({ base: ['safe_sending_limit_exceeded'] }, 'limit', 'newer documentation'),
		chategyFields({ base: ['Too many messages to new contacts'] }, 'limit', 'newer documentation'),
		chategyFields({ base: ['whatsapp_session_doesnt_exist'] }, 'disconnected', 'API reference'),
		chategyFields({ base: ['WhatsApp session not started'] }, 'disconnected', 'API reference'),
		chategyFields({ base: ['Telegram is not authorized'] }, 'disconnected', 'API reference'),
		chategyFields({ text: ['the text cannot be empty'] }),
		chategyFields({ base: ['invalid mime type'] }, undefined, 'API reference, Sending a file'),
		chategyFields({ base: ['invalid phone'] }, undefined, 'API reference'),
		chategyFields({ base: ['Phone number has invalid format'] }, undefined, 'API reference'),
		chategyFields({ base: ["Phone number can't be blank"] }, undefined, 'API reference'),
		chategyFields({ base: ['whatsapp_unregistered_number'] }, undefined, 'API reference, List of service statuses'),
		chategyFields({ base: ['blacklisted_number_error'] }, undefined, 'API reference, List of service statuses'),
		chategyFields({ base: ['Message length limits'] }, undefined, 'API reference, List of service statuses'),
		chategyFields(
			{ base: ['smpp_not_enough_money'] },
			undefined,
			"API reference: the operator's, not the account's",
		),
		chategyFields({ base: ['Restriction on sending time settings'] }, undefined, 'API reference'),
		chategyFields({ phone: ['invalid phone'], base: ['not enough money'] }, undefined, 'inferred'),
	],
	wapio: [
		wapio(401, 'Missing or invalid Bearer token.', 'unauthorized', 'credential'),
		wapio(403, 'Authenticated but not allowed', 'forbidden', 'credential'),
		wapio(402, 'Payment required', 'payment_required', 'balance', 'inferred'),
		wapio(409, 'Resource not in a state that supports this operation.', 'conflict', 'disconnected'),
		wapio(409, 'Session is not connected (disconnected).', 'conflict', 'disconnected', 'inferred'),
		wapio(
			422,
			'session_id in request does not match the session this API key is bound to.',
			'validation_failed',
			'credential',
			"the provider's SDK",
		),
		wapio(200, 'The session is asleep', 'session_unavailable', 'disconnected', 'inferred'),
		wapio(422, 'Validation failed', 'validation_error', undefined, 'API reference', { to: ['Required'] }),
		wapio(422, 'Validation failed', 'validation_error', undefined, 'inferred', { text: ['Required'] }),
		// It may be a quoted message, a recipient, or the session.
		wapio(404, 'Resource not found, or not visible to this caller.', 'not_found'),
		wapio(409, 'Idempotency-Key was used with another body', 'conflict', undefined, 'inferred'),
		wapio(
			409,
			'A request with this key is in this state already: already in progress',
			'conflict',
			undefined,
			'inferred',
		),
		wapio(409, 'Conflict', 'conflict', undefined, 'inferred'),
		wapio(403, 'You may not write to this group', 'forbidden', undefined, 'inferred'),
	],
	whacenter: [
		said('whacenter')('device not connected or not found', 'disconnected', 'API reference, every request'),
		{
			says: 'an expired device, as a reason',
			answer: { status: 200, body: { status: 'error', reason: 'The device has expired' } },
			reason: 'disconnected',
			source: 'third-party code',
		},
		{
			says: 'success: false',
			answer: { status: 200, body: { success: false, message: 'Invalid device' } },
			reason: 'disconnected',
			source: 'third-party code',
		},
		said('whacenter')('number not connected or not found'),
	],
};

const PAGE = '<!DOCTYPE html><html><head><title>Not Found</title></head><body></body></html>';
const html = { 'content-type': 'text/html' };

/** What says by its status that the account is refused, whoever answers. */
const BY_STATUS: Refusal[] = [
	{ says: 'HTTP 401', answer: { status: 401, body: '' }, reason: 'credential', source: 'HTTP' },
	{ says: 'HTTP 403', answer: { status: 403, body: '' }, reason: 'credential', source: 'HTTP' },
	{
		says: 'HTTP 429',
		answer: { status: 429, headers: { 'retry-after': '60' }, body: { message: 'Too many requests' } },
		reason: 'limit',
		source: 'HTTP',
	},
	...[404, 405, 410].map((status): Refusal => ({
		says: `HTTP ${status}, a web page of another server`,
		answer: { status, headers: html, body: PAGE },
		reason: 'credential',
		source: 'HTTP: nothing is at this address',
	})),
	...[400, 402, 409, 413, 422].map((status): Refusal => ({
		says: `HTTP ${status}, a web page`,
		answer: { status, headers: html, body: PAGE },
		source: 'HTTP: 413 is a file that is too large',
	})),
	{ says: 'HTTP 404, no words', answer: { status: 404, body: '' }, source: 'HTTP: it may be the recipient' },
	{
		says: 'HTTP 404, JSON of an unknown form',
		answer: { status: 404, body: { detail: 'no such person' } },
		source: 'HTTP: it may be the recipient',
	},
	{
		says: 'HTTP 404, a text',
		answer: { status: 404, headers: { 'content-type': 'text/plain' }, body: 'no such recipient' },
		source: 'HTTP: it may be the recipient',
	},
];

/** Everything that is played for a provider. */
export function refusalsOf(provider: ProviderName): Refusal[] {
	const say = said(provider);
	return [
		...own[provider],
		...ANY_ACCOUNT.map(([reason, says]) => say(says, reason)),
		...ANY_MESSAGE.map((says) => say(says)),
		...BY_STATUS,
	];
}
