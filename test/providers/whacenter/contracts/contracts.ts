/**
 * Contracts of Whacenter, typed by hand from its Postman collection. Masked ids are replaced by full ones.
 *
 * All answers are `text/html` that holds JSON, with HTTP 200. The API reference shows answers of seven requests; those of
 * Set Webhook, Scan QR Code, Send Message to Group, Send Message Button and the schedule are marked as inferred.
 */
import type { Contract, ContractAnswer, ExpectedRequest } from '../../../contracts/types';
import { failures, html, NUMBER, ok, sent } from './answers';

/** The one key there is. */
export const whacenterKeys = { deviceId: 'c0ffee00000000000000000000000001' };

const OTHER_DEVICE = 'c0ffee00000000000000000000000002';
const FILE_URL = 'https://i.ibb.co/S5GYRNL/bird-thumbnail.jpg';
const HOOK = 'https://n8n.example.com/webhook/one?secret=a%26b&team=1';
const PNG = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
	'base64',
);

type Pairs = Array<[string, string]>;

/** The requests with a query carry the device there. */
const get = (path: string, query: Pairs = []): ExpectedRequest => ({
	method: 'GET',
	path,
	query: [['device_id', whacenterKeys.deviceId], ...query],
	headers: {},
});

/** Bodies are what Postman calls `formdata`. */
const post = (path: string, fields: Pairs = [], deviceId = whacenterKeys.deviceId): ExpectedRequest => ({
	method: 'POST',
	path,
	headers: { 'content-type': 'multipart/form-data' },
	multipart: [['device_id', deviceId], ...fields],
});

const status = { status: 'CONNECTED', nomor: NUMBER, nama: 'axis', qr: 'done' };
const rawQr = {
	status: 'NOT CONNECTED',
	nomor: '083894904575',
	nama: 'axis',
	qr: '2@O+HEOgu1dfffx0m3NLCCp11he52BuKJ1m739rguSg6M3ffLxUKMBZwFQeOL9VPXWeArS8VGbvcrZCQ==,HHEKWS6/8V7M4XnJ2wxe+9lbehJJlf7XLzTisE+6JCI=',
};

/** The same in the output. A number that is not international stays as it is. */
const statusOut = { status: 'CONNECTED', phone: NUMBER, name: 'axis', qr: 'done' };
const rawQrOut = { status: 'NOT CONNECTED', phone: '083894904575', name: 'axis', qr: rawQr.qr };

const png = (name: string, contentType: string): ContractAnswer => ({
	name,
	status: 200,
	headers: { 'Content-Type': contentType },
	body: PNG,
	inferred: true,
	once: true,
	binary: { data: { mimeType: 'image/png', content: PNG } },
});

/** Requests the node makes. */
export const whacenterContracts: Contract[] = [
	{
		source: 'Info Device',
		resource: 'device',
		operation: 'getStatus',
		parameters: {},
		request: get('/statusDevice'),
		answers: [
			ok('success get device status', status, { output: [statusOut] }),
			// Both answers of the API reference: a status to report, not a failure of asking for it.
			ok(
				'success get device status',
				{ ...rawQr, qr: 'timeout' },
				{ name: '200, QR code timed out', output: [{ ...rawQrOut, qr: 'timeout' }] },
			),
			ok('success get device status', rawQr, { name: '200, with a QR code', output: [rawQrOut] }),
			...failures('read'),
		],
	},
	{
		source: 'Scan QR Code',
		resource: 'device',
		operation: 'getQrCode',
		parameters: { binaryPropertyName: 'data' },
		request: get('/qr'),
		answers: [
			png('200 with an image', 'image/png'),
			png('200 with an image as text/html', 'text/html; charset=UTF-8'),
			{
				name: '200 without an image: the code has timed out',
				status: 200,
				headers: html,
				body: '{"status":false,"message":"qr timeout","data":[]}',
				inferred: true,
				error: { messageIncludes: ['qr timeout', 'relog'] },
				once: true,
			},
			{
				name: '200 without an image, in the form of a success',
				status: 200,
				headers: html,
				body: '{"status":true,"message":"success get device status","data":{"status":"NOT CONNECTED","nomor":"628","nama":"axis","qr":"timeout"}}',
				inferred: true,
				error: { messageIncludes: ['timeout', 'relog'] },
				once: true,
			},
			...failures('read'),
		],
	},
	{
		source: 'Relog Device',
		covers: ['Relog Device (GET)'],
		resource: 'device',
		operation: 'relog',
		parameters: { device: 'credential' },
		request: post('/relogDevice'),
		answers: [ok('berhasil relog device', [], { output: [{ success: true }] }), ...failures('change')],
	},
	{
		source: 'Get Webhook Url',
		resource: 'webhook',
		operation: 'get',
		parameters: {},
		request: get('/getWebhook'),
		answers: [ok('success get webhook', { webhook: HOOK }, { output: [{ url: HOOK }] }), ...failures('read')],
	},
	{
		source: 'Set Webhook Url',
		resource: 'webhook',
		operation: 'set',
		parameters: { webhookUrl: HOOK },
		request: get('/setWebhook', [['webhook', HOOK]]),
		answers: [
			ok('success set webhook', { webhook: HOOK }, { inferred: true, output: [{ url: HOOK }] }),
			ok('success set webhook', [], { name: '200 OK without data', inferred: true, output: [{ success: true }] }),
			...failures('setting'),
		],
	},
	{
		source: 'Set Webhook Url',
		variant: 'cleared with an empty address',
		resource: 'webhook',
		operation: 'clear',
		parameters: { device: 'credential' },
		// Whether an empty address is taken is not documented, so it is read afterwards.
		before: [
			{
				request: get('/setWebhook', [['webhook', '']]),
				answer: { status: 200, body: '{"status":true,"message":"success set webhook","data":[]}' },
			},
		],
		request: get('/getWebhook'),
		answers: [
			ok('success get webhook', { webhook: '' }, { inferred: true, output: [{ deleted: true }] }),
			ok(
				'success get webhook',
				{ webhook: null },
				{ name: '200 OK, null', inferred: true, output: [{ deleted: true }] },
			),
			ok(
				'success get webhook',
				{ webhook: HOOK },
				{ name: '200 OK, the URL is still set', inferred: true, output: [{ deleted: false }] },
			),
		],
	},
	{
		source: 'Send Message (POST)',
		covers: ['Send Message (GET)'],
		resource: 'message',
		operation: 'sendText',
		parameters: { phoneNumber: NUMBER, text: 'hai, pesanan Anda & nota 📦', options: {} },
		request: post('/send', [
			['number', NUMBER],
			['message', 'hai, pesanan Anda & nota 📦'],
		]),
		answers: sent(),
	},
	{
		source: 'Send Message (POST)',
		variant: 'from another device, to a national number',
		resource: 'message',
		operation: 'sendText',
		parameters: {
			phoneNumber: '0856-4020-6067',
			text: 'hai',
			options: { deviceId: OTHER_DEVICE, defaultCountry: 'ID' },
		},
		request: post(
			'/send',
			[
				['number', NUMBER],
				['message', 'hai'],
			],
			OTHER_DEVICE,
		),
		answers: sent(),
	},
	{
		source: 'Send Message Button',
		resource: 'message',
		operation: 'sendButtons',
		parameters: { phoneNumber: NUMBER, text: 'hai', buttons: 'tes,halo,hai', options: {} },
		request: post('/sendButton', [
			['number', NUMBER],
			['message', 'hai'],
			['button', 'tes,halo,hai'],
		]),
		answers: sent(undefined, { inferred: true }),
	},
	{
		source: 'Send Message to Group',
		resource: 'message',
		operation: 'sendToGroup',
		parameters: { groupName: 'nama group', text: 'hai', options: {} },
		request: post('/sendGroup', [
			['group', 'nama group'],
			['message', 'hai'],
		]),
		answers: sent({ groupId: 'nama group' }, { inferred: true }),
	},
	{
		source: 'Send Message to Group',
		// Not in the API reference: third parties send one.
		variant: 'with a file',
		resource: 'message',
		operation: 'sendToGroup',
		parameters: { groupName: 'Promo & Diskon 50%', text: 'hai', options: { fileUrl: FILE_URL } },
		request: post('/sendGroup', [
			['group', 'Promo & Diskon 50%'],
			['message', 'hai'],
			['file', FILE_URL],
		]),
		answers: sent({ groupId: 'Promo & Diskon 50%' }, { inferred: true }),
	},
	{
		source: 'Send Schedule Message',
		resource: 'message',
		operation: 'schedule',
		parameters: {
			phoneNumber: NUMBER,
			text: 'hai',
			sendAt: '2035-10-07T04:30:00.000Z',
			timeZone: 'Asia/Jakarta',
			options: {},
		},
		request: post('/send', [
			['number', NUMBER],
			['message', 'hai'],
			['schedule', '2035-10-07 11:30:00'],
		]),
		answers: sent(undefined, { inferred: true }, 'scheduled'),
	},
	{
		source: 'Send Schedule Message',
		variant: 'with a file, for another zone',
		resource: 'message',
		operation: 'schedule',
		parameters: {
			phoneNumber: NUMBER,
			text: 'hai',
			sendAt: '2035-10-07T04:30:00.000Z',
			timeZone: 'Asia/Jayapura',
			options: { fileUrl: FILE_URL },
		},
		request: post('/send', [
			['number', NUMBER],
			['message', 'hai'],
			['schedule', '2035-10-07 13:30:00'],
			['file', FILE_URL],
		]),
		answers: sent(undefined, { inferred: true }, 'scheduled'),
	},
	{
		source: 'Send Schedule Message',
		variant: 'a file without a text',
		resource: 'message',
		operation: 'schedule',
		parameters: {
			phoneNumber: NUMBER,
			text: '',
			sendAt: '2035-10-07T04:30:00.000Z',
			timeZone: 'Asia/Jakarta',
			options: { fileUrl: FILE_URL },
		},
		request: post('/send', [
			['number', NUMBER],
			['message', ''],
			['schedule', '2035-10-07 11:30:00'],
			['file', FILE_URL],
		]),
		answers: sent(undefined, { inferred: true }, 'scheduled').slice(0, 1),
	},
	{
		source: 'Send Message to Group',
		variant: 'a file without a text',
		resource: 'message',
		operation: 'sendToGroup',
		parameters: { groupName: 'nama group', text: '', options: { fileUrl: FILE_URL } },
		request: post('/sendGroup', [
			['group', 'nama group'],
			['message', ''],
			['file', FILE_URL],
		]),
		answers: sent({ groupId: 'nama group' }, { inferred: true }).slice(0, 1),
	},
	{
		source: 'Delete Schedule Message',
		resource: 'message',
		operation: 'deleteScheduled',
		parameters: { messageId: '88123', options: {} },
		// The API reference shows a form in the body of a GET; the two clients that were found use the query and the form.
		request: get('/deleteMessage', [['id', '88123']]),
		answers: [
			ok('success delete message', [], { inferred: true, output: [{ deleted: true, messageId: '88123' }] }),
			...failures('change'),
		],
	},
	{
		source: 'Send Message Image or File',
		resource: 'message',
		operation: 'sendFile',
		parameters: { phoneNumber: NUMBER, fileUrl: FILE_URL, caption: 'tes kirim gambar', options: {} },
		request: post('/send', [
			['number', NUMBER],
			['message', 'tes kirim gambar'],
			['file', FILE_URL],
		]),
		answers: sent(),
	},
	{
		source: 'Send Message Image or File',
		variant: 'without a caption',
		resource: 'message',
		operation: 'sendFile',
		parameters: { phoneNumber: NUMBER, fileUrl: FILE_URL, caption: '', options: {} },
		request: post('/send', [
			['number', NUMBER],
			['message', ''],
			['file', FILE_URL],
		]),
		answers: sent(),
	},
];
