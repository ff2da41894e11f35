/*
 * What any provider may say when it refuses a message: for a reason of the account, so that the next provider is tried, or of the
 * message, so that none is. Each provider's own are in its folder.
 */
import type { AccountReason } from '../../nodes/shared/messaging/accountRefusals';
import type { Provider } from '../support/provider';
import type { Refusal } from '../support/refusals';

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
export function refusalsOf({ refusals: { form, own } }: Provider): Refusal[] {
	const source = 'inferred';
	return [
		...own,
		...ANY_ACCOUNT.map(([reason, says]) => ({ says, answer: form(says), reason, source })),
		...ANY_MESSAGE.map((says) => ({ says, answer: form(says), source })),
		...BY_STATUS,
	];
}
