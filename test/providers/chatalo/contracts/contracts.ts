/**
 * Contracts of Chatalo, typed by hand from its Postman collection. Masked numbers and ids are
 * replaced by full ones; lists are shortened, and their pagination says so.
 */
import type { Contract, ContractAnswer, ExpectedRequest } from '../../../contracts/types';
import {
	contacts,
	contactsOut,
	DEVICE,
	FILE_URL,
	GROUP,
	groupDetail,
	groupDetailOut,
	groups,
	jpeg,
	logs,
	PHONE,
	profile,
	profileOut,
} from './samples';

/** The keys every expected request carries. */
export const chataloKeys = { publicKey: 'public-key-for-tests', secretKey: 'secret-key-for-tests' };

const auth = { 'x-public-key': chataloKeys.publicKey, 'x-secret-key': chataloKeys.secretKey };

const get = (path: string, query?: Array<[string, string]>): ExpectedRequest => ({
	method: 'GET',
	path,
	...(query === undefined ? {} : { query }),
	headers: auth,
});

const post = (path: string, json: object, query?: Array<[string, string]>): ExpectedRequest => ({
	method: 'POST',
	path,
	...(query === undefined ? {} : { query }),
	// "Sending data using JSON format", says the introduction; one request of the API reference forgets the header.
	headers: { ...auth, 'content-type': 'application/json' },
	json,
});

const firstPage = (limit: number): Array<[string, string]> => [
	['page', '1'],
	['limit', String(limit)],
];

const device = { __rl: true, mode: 'id', value: DEVICE };
const deviceFromList = { __rl: true, mode: 'list', value: DEVICE, cachedResultName: 'Andi - CS' };
const group = { __rl: true, mode: 'id', value: GROUP };

const rateLimit = (remaining: number) => ({
	'X-RateLimit-Limit': '60',
	'X-RateLimit-Remaining': String(remaining),
});

const ok = (body: { data: unknown; meta: object }, expected: Partial<ContractAnswer>): ContractAnswer => ({
	name: '200 OK',
	status: 200,
	headers: rateLimit(59),
	body,
	...expected,
});

const meta = { code: 200, message: 'OK' };

/** The introduction lists 400, 403 and 500 without showing a body: the envelope is that of a success. */
const failures = (ambiguous?: 'send'): ContractAnswer[] => [
	{
		name: '400 Invalid Fields or Inputs',
		status: 400,
		body: { data: [], meta: { code: 400, message: 'The device id field is invalid' } },
		inferred: true,
		error: { messageIncludes: ['The device id field is invalid'] },
		...once(ambiguous),
	},
	{
		name: '403 Unauthorized',
		status: 403,
		body: { data: [], meta: { code: 403, message: 'This API key has been revoked' } },
		inferred: true,
		error: { messageIncludes: ['This API key has been revoked'] },
		...once(ambiguous),
	},
	{
		name: '500 Fatal Error',
		status: 500,
		body: { data: [], meta: { code: 500, message: 'The WhatsApp engine stumbled' } },
		inferred: true,
		error: {
			// After a 500 nobody knows whether the message went out.
			messageIncludes: ['The WhatsApp engine stumbled', ...(ambiguous ? ['may have been sent'] : [])],
		},
		...once(ambiguous),
	},
	{
		name: 'a failure inside HTTP 200',
		status: 200,
		body: { data: [], meta: { code: 400, message: 'The device is not connected' } },
		inferred: true,
		error: { messageIncludes: ['The device is not connected'] },
		...once(ambiguous),
	},
];

/** A message is never sent a second time, whatever the answer. */
function once(ambiguous?: 'send'): { once?: true } {
	return ambiguous === undefined ? {} : { once: true };
}

// The logs say `per_page` where contacts and groups say `limit`.
const logsPage = { ...meta, pagination: { current_page: 1, total: 2, per_page: 15, last_page: 1 } };

const page = (total: number, limit: number) => ({
	...meta,
	pagination: { current_page: 1, total, limit, last_page: 1 },
});

/** The answer to a send, and what all outputs call the same. It names no ID. */
const sentTo = (recipient: object, put: object, rest: { url: string | null; type: string }): ContractAnswer[] => [
	ok(
		{ data: { is_sent: true, ...recipient, ...rest }, meta },
		{
			output: [
				{ messageId: null, ...put, status: 'sent', providerStatus: 'is_sent', provider: 'chatalo', ...rest },
			],
			once: true,
		},
	),
	// That `is_sent` may be absent is inferred.
	ok(
		{ data: recipient, meta },
		{
			name: '200 OK, without is_sent',
			inferred: true,
			output: [{ messageId: null, ...put, status: 'accepted', providerStatus: 'OK', provider: 'chatalo' }],
			once: true,
		},
	),
	ok(
		{ data: [], meta },
		{
			name: '200 OK, without anything',
			inferred: true,
			output: [{ messageId: null, ...put, status: 'accepted', providerStatus: 'OK', provider: 'chatalo' }],
			once: true,
		},
	),
	...failures('send'),
];
const sentToPerson = (rest: { url: string | null; type: string }) => sentTo({ number: PHONE }, { phone: PHONE }, rest);
const sentToGroup = (rest: { url: string | null; type: string }) =>
	sentTo({ group_id: GROUP }, { groupId: GROUP }, rest);

const toPerson = { sendTo: 'person', device, phoneNumber: PHONE, options: {} };
const toGroup = { sendTo: 'group', device, group, options: {} };

/** Requests the node makes. */
export const chataloContracts: Contract[] = [
	{
		source: 'Profile / Get Profile',
		resource: 'profile',
		operation: 'get',
		parameters: {},
		request: get('/profile'),
		answers: [ok({ data: profile, meta }, { output: [profileOut] }), ...failures()],
	},
	{
		source: 'Profile / Get Logs',
		resource: 'profile',
		operation: 'getLogs',
		parameters: { returnAll: false, limit: 15, filters: {} },
		request: get('/profile/logs', firstPage(15)),
		answers: [ok({ data: logs, meta: logsPage }, { output: logs }), ...failures()],
	},
	{
		source: 'Profile / Get Logs',
		variant: 'with every filter',
		resource: 'profile',
		operation: 'getLogs',
		parameters: {
			returnAll: false,
			limit: 40,
			filters: {
				action: 'Update',
				ipAddress: '172.20.0.1',
				dateFrom: '2023-07-20T11:00:00',
				dateTo: '2023-07-20T12:30:00',
			},
			options: { startPage: 3 },
		},
		request: get('/profile/logs', [
			['page', '3'],
			['limit', '40'],
			['action', 'Update'],
			['ip', '172.20.0.1'],
			['date_from', '2023-07-20 11:00'],
			['date_to', '2023-07-20 12:30'],
		]),
		answers: [ok({ data: logs, meta: logsPage }, { output: logs })],
	},
	{
		source: 'Contact / Get Contact List',
		resource: 'contact',
		operation: 'getMany',
		parameters: { device, returnAll: false, limit: 15 },
		request: post('/contacts', { device_id: DEVICE }, firstPage(15)),
		answers: [ok({ data: contacts, meta: page(3, 15) }, { output: contactsOut }), ...failures()],
	},
	{
		source: 'Contact / Get Contact List',
		variant: 'all of them, device from the list',
		resource: 'contact',
		operation: 'getMany',
		parameters: { device: deviceFromList, returnAll: true },
		request: post('/contacts', { device_id: DEVICE }, firstPage(100)),
		answers: [
			ok({ data: contacts, meta: page(3, 100) }, { output: contactsOut }),
			ok({ data: [], meta: page(0, 100) }, { name: '200 OK, no contacts', inferred: true, output: [] }),
		],
	},
	...(['contact', 'group'] as const).map((resource): Contract => ({
		source: resource === 'contact' ? 'Contact / Get Contact List' : 'Group / Get Group List',
		variant: 'beginning with another page',
		resource,
		operation: 'getMany',
		parameters: { device, returnAll: true, options: { startPage: '2' } },
		request: post(`/${resource}s`, { device_id: DEVICE }, [
			['page', '2'],
			['limit', '100'],
		]),
		answers: [ok({ data: [], meta: page(0, 100) }, { output: [] })],
	})),
	{
		source: 'Contact / Get Profile Picture',
		resource: 'contact',
		operation: 'getProfilePicture',
		parameters: { device, contact: { __rl: true, mode: 'id', value: '+62 812-3456-7890' } },
		request: post('/contacts/picture', { device_id: DEVICE, number: PHONE }),
		answers: [
			ok(
				{ data: { number: PHONE, url: 'https://pps.whatsapp.net/v/t61/picture.jpg' }, meta },
				{ output: [{ phone: PHONE, url: 'https://pps.whatsapp.net/v/t61/picture.jpg' }] },
			),
			...failures(),
		],
	},
	{
		source: 'Contact / Check Number',
		resource: 'contact',
		operation: 'checkNumber',
		parameters: { device, phoneNumber: '+62 812-3456-7890' },
		request: post('/contacts/check', { device_id: DEVICE, number: PHONE }),
		answers: [
			ok({ data: { number: PHONE, exists: true }, meta }, { output: [{ phone: PHONE, exists: true }] }),
			// A number in JSON is a text all the same.
			ok(
				{ data: { number: Number(PHONE), exists: true }, meta },
				{ name: '200 OK, a JSON number', inferred: true, output: [{ phone: PHONE, exists: true }] },
			),
			ok(
				{ data: { number: PHONE, exists: false }, meta },
				{ name: '200 OK, not on WhatsApp', inferred: true, output: [{ phone: PHONE, exists: false }] },
			),
			...failures(),
		],
	},
	{
		source: 'Group / Get Group List',
		resource: 'group',
		operation: 'getMany',
		parameters: { device, returnAll: false, limit: 15 },
		request: post('/groups', { device_id: DEVICE }, firstPage(15)),
		answers: [ok({ data: groups, meta: page(2, 15) }, { output: groups }), ...failures()],
	},
	{
		source: 'Group / Get Group Detail',
		resource: 'group',
		operation: 'get',
		parameters: { device, group },
		request: post('/groups/detail', { device_id: DEVICE, group_id: GROUP }),
		answers: [ok({ data: groupDetail, meta }, { output: [groupDetailOut] }), ...failures()],
	},
	{
		source: 'Message / Personal / Send Text Message',
		resource: 'message',
		operation: 'sendText',
		parameters: { ...toPerson, text: 'Halo, pesanan Anda sudah dikirim 📦' },
		request: post('/messages', {
			device_id: DEVICE,
			type: 'text',
			number: PHONE,
			message: 'Halo, pesanan Anda sudah dikirim 📦',
		}),
		answers: sentToPerson({ url: null, type: 'text' }),
	},
	{
		source: 'Message / Personal / Send Caption Message',
		resource: 'message',
		operation: 'sendCaption',
		parameters: { ...toPerson, fileUrl: FILE_URL, caption: 'The receipt' },
		request: post('/messages', {
			device_id: DEVICE,
			type: 'caption',
			number: PHONE,
			message: 'The receipt',
			url: FILE_URL,
		}),
		answers: sentToPerson({ url: FILE_URL, type: 'caption' }),
	},
	{
		source: 'Message / Personal / Send File',
		resource: 'message',
		operation: 'sendFile',
		parameters: { ...toPerson, fileUrl: FILE_URL },
		request: post('/messages', { device_id: DEVICE, type: 'file', number: PHONE, url: FILE_URL }),
		answers: sentToPerson({ url: FILE_URL, type: 'file' }),
	},
	{
		source: 'Message / Group / Send Text Message',
		resource: 'message',
		operation: 'sendText',
		parameters: { ...toGroup, text: 'Hello, everyone' },
		request: post('/messages/group', {
			device_id: DEVICE,
			type: 'text',
			group_id: GROUP,
			message: 'Hello, everyone',
		}),
		answers: sentToGroup({ url: null, type: 'text' }),
	},
	{
		source: 'Message / Group / Send Caption Message',
		resource: 'message',
		operation: 'sendCaption',
		parameters: { ...toGroup, fileUrl: FILE_URL, caption: 'The programme' },
		request: post('/messages/group', {
			device_id: DEVICE,
			type: 'caption',
			group_id: GROUP,
			message: 'The programme',
			url: FILE_URL,
		}),
		answers: sentToGroup({ url: FILE_URL, type: 'caption' }),
	},
	{
		source: 'Message / Group / Send File',
		resource: 'message',
		operation: 'sendFile',
		parameters: { ...toGroup, fileUrl: FILE_URL },
		request: post('/messages/group', { device_id: DEVICE, type: 'file', group_id: GROUP, url: FILE_URL }),
		answers: sentToGroup({ url: FILE_URL, type: 'file' }),
	},
	{
		source: 'Message / Download Message Media',
		resource: 'message',
		operation: 'downloadMedia',
		parameters: { device, mediaReference: 'eyJpdiI6ImV3dGVzdCJ9', binaryPropertyName: 'data' },
		request: post('/messages/download', { device_id: DEVICE, file_encoded: 'eyJpdiI6ImV3dGVzdCJ9' }),
		answers: [
			{
				// "Return the media with its associated content type on success"
				name: '200 with the file',
				status: 200,
				headers: { ...rateLimit(59), 'Content-Type': 'image/jpeg' },
				body: jpeg,
				inferred: true,
				binary: { data: { mimeType: 'image/jpeg', content: jpeg } },
			},
			...failures(),
		],
	},
	{
		source: 'Webhook / Get Webhook',
		resource: 'webhook',
		operation: 'get',
		parameters: {},
		request: get('/webhook'),
		answers: [
			ok({ data: { url: 'https://example.com/hook' }, meta }, { output: [{ url: 'https://example.com/hook' }] }),
			...failures(),
		],
	},
	{
		source: 'Webhook / Set Webhook',
		resource: 'webhook',
		operation: 'set',
		parameters: { webhookUrl: 'https://example.com/hook?team=1' },
		request: post('/setWebhook', { url: 'https://example.com/hook?team=1' }),
		answers: [
			ok(
				{ data: { url: 'https://example.com/hook?team=1' }, meta },
				{ output: [{ url: 'https://example.com/hook?team=1' }] },
			),
			...failures(),
		],
	},
	{
		source: 'Webhook / Unset Webhook',
		resource: 'webhook',
		operation: 'unset',
		parameters: { apiKey: 'credential' },
		request: { method: 'DELETE', path: '/unsetWebhook', headers: auth },
		answers: [ok({ data: [], meta }, { output: [{ deleted: true }] }), ...failures()],
	},
];
