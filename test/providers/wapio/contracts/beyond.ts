/**
 * Contracts of requests that Wapio's API reference leaves out: the webhook of a session and its deliveries, operations in
 * the queue, and the upload of files, from the provider's own documentation and packages.
 */
import type { Contract } from '../../../contracts/types';
import {
	accountRequest,
	asAccount,
	contract,
	empty,
	forbidden,
	JID,
	notFound,
	ok,
	PHONE,
	request,
	SESSION,
	session,
	UUID,
	wapioKeys,
	withAccount,
} from './samples';
import { takenOut } from './sends';

const AT = `/v1/whatsapp-sessions/${SESSION}`;
const beyond = { beyond: true } as const;
const parameters = { session };
const config = {
	target_url: 'https://example.com/hook',
	subscribed_events: ['messages.received', 'session.status'],
	is_active: true,
};
/** As output: an address and its events have one name for all providers. */
const configOut = { url: config.target_url, events: config.subscribed_events, is_active: true };
const deliveries = [{ delivery_id: 'bps_whd_1', event: 'messages.received', status: 'failed', attempt: 3 }];

/** Every name of the official trigger's list. */
const allEvents = [
	'call',
	'chats.delete',
	'chats.update',
	'chats.upsert',
	'contacts.update',
	'contacts.upsert',
	'group-participants.update',
	'groups.update',
	'groups.upsert',
	'message-receipt.update',
	'message.sent',
	'messages-group.received',
	'messages-newsletter.received',
	'messages-personal.received',
	'messages.delete',
	'messages.reaction',
	'messages.received',
	'messages.update',
	'messages.upsert',
	'poll.results',
	'qrcode.updated',
	'session.status',
];

/** Typed into the node, where n8n keeps it with the workflow: it cannot be asked to be seen nowhere. */
const TYPED_SECRET = 'a-secret-typed-into-the-node';

const set = contract('Webhook API (provider documentation) / Set', 'webhook', 'set', {
	...beyond,
	...asAccount,
	parameters: {
		session,
		webhookUrl: config.target_url,
		events: config.subscribed_events,
		signingSecret: TYPED_SECRET,
	},
	request: accountRequest(request('PUT', `${AT}/webhook`, { json: { ...config, signing_secret: TYPED_SECRET } })),
	answers: [
		ok(config, [configOut]),
		ok({ success: true, data: config }, [configOut], { name: '200 OK, wrapped' }),
		forbidden,
	],
});

/** What the trigger returns for a file that has nothing but Wapio's id. */
export const MEDIA_REFERENCE =
	'wa1.eyJraW5kIjoiSW1hZ2UiLCJkaXJlY3RQYXRoIjpudWxsLCJ1cmwiOm51bGwsIm1lZGlhS2V5IjpudWxsLCJoYXNoZXMiOnsiZmlsZSI6bnVsbCwiZW5jcnlwdGVkIjpudWxsfSwibWltZSI6ImltYWdlL2pwZWciLCJzaXplIjpudWxsLCJtZWRpYUlkIjoiYnBzX21lZGlhXzAxSjhaUyJ9';

/** How files are decrypted is shown in `downloadMedia.test.ts`. */
const download = contract("Media (provider's first SDK) / Download URL", 'message', 'downloadMedia', {
	...beyond,
	parameters: { session, mediaReference: MEDIA_REFERENCE, binaryPropertyName: 'data' },
	request: request('GET', '/v1/media/bps_media_01J8ZS/download-url', { query: [['session_id', SESSION]] }),
	answers: [
		{
			name: '200 without an address',
			status: 200,
			body: { success: true, data: { expires_in: 3600 } },
			inferred: true,
			error: { messageIncludes: ['its response has no URL'] },
		},
	],
});

const pdf = Buffer.from('%PDF-1.4 an invoice');
const FILE = 'https://files.example.com/invoice.pdf';
const taken = { msgId: 'wamid.example', jid: JID, status: 'queued' };

/** Where the answer has the address of the uploaded file is not documented: it is found in each of these. */
const uploadAnswers: object[] = [
	{ success: true, publicUrl: FILE },
	{ public_url: FILE },
	{ url: FILE },
	{ success: true, data: { url: FILE } },
	{ data: { publicUrl: FILE } },
];

const upload = (body: object, place: number): Contract =>
	contract('Upload (provider documentation)', 'message', 'sendDocument', {
		...beyond,
		variant: `form ${place + 1} of the answer`,
		parameters: {
			session,
			sendTo: 'person',
			phoneNumber: PHONE,
			mediaSource: 'binary',
			binaryPropertyName: 'file',
			fileName: '',
			mimeType: '',
			caption: '',
			options: {},
		},
		binary: { file: { fileName: 'invoice.pdf', mimeType: 'application/pdf', content: pdf } },
		before: [
			{
				request: request('POST', '/api/upload', {
					json: {
						content_base64: pdf.toString('base64'),
						mime_type: 'application/pdf',
						file_name: 'invoice.pdf',
						file_length: pdf.length,
						mimetype: 'application/pdf',
						base64: `data:application/pdf;base64,${pdf.toString('base64')}`,
						session_id: SESSION,
					},
					headers: { 'x-session-id': SESSION },
				}),
				answer: { status: 200, body },
			},
		],
		request: request('POST', '/api/send-message', {
			json: {
				session_id: SESSION,
				to: PHONE,
				kind: 'document',
				documentUrl: FILE,
				file_name: 'invoice.pdf',
				mime_type: 'application/pdf',
			},
			headers: { 'idempotency-key': UUID, 'x-session-id': SESSION },
		}),
		answers: [{ name: '202 Accepted', status: 202, body: taken, output: [takenOut()] }],
	});

const LID = '203948576102938@lid';
const AT_LID = '/api/pn-from-lid/203948576102938%40lid';

const phoneByLid = contract('LIDs (first version of the SDK) / Phone by LID', 'contact', 'getPhoneByLid', {
	...beyond,
	parameters: { lid: LID },
	request: request('GET', AT_LID),
	answers: [
		ok({ success: true, data: { pn: JID } }, [{ lid: LID, phone: PHONE }]),
		ok({ pn: JID }, [{ lid: LID, phone: PHONE }], { name: '200 OK, not wrapped' }),
		ok({ success: true, data: { pn: PHONE, lid: LID } }, [{ lid: LID, phone: PHONE }], {
			name: '200 OK, digits alone',
		}),
		ok({ success: true, data: { pn: null } }, [{ lid: LID, phone: null }], { name: '200 OK, not known' }),
		// A LID in place of the number is none.
		ok({ success: true, data: { pn: LID } }, [{ lid: LID, phone: null }], { name: '200 OK, the LID again' }),
		notFound,
	],
});

const lidByPhone = contract('LIDs (first version of the SDK) / LID by phone', 'contact', 'getLidByPhone', {
	...beyond,
	parameters: { phoneNumber: '+212 600-000000' },
	request: request('GET', `/api/lid-from-pn/${PHONE}`),
	answers: [
		ok({ success: true, data: { lid: LID } }, [{ lid: LID, phone: PHONE }]),
		ok({ success: true, data: { lid: '203948576102938', pn: JID } }, [{ lid: LID, phone: PHONE }], {
			name: '200 OK, digits alone',
		}),
		ok({ success: true, data: { lid: null } }, [{ lid: null, phone: PHONE }], { name: '200 OK, not known' }),
		notFound,
	],
});

/** Requests that the API reference does not have. */
export const wapioBeyondContracts: Contract[] = [
	contract('Webhook API (provider documentation) / Get', 'webhook', 'get', {
		...beyond,
		parameters,
		request: request('GET', `${AT}/webhook`),
		answers: [
			ok(config, [configOut]),
			{
				name: '200 OK, none is set',
				status: 200,
				headers: { 'content-type': 'application/json' },
				body: 'null',
				output: [{ configured: false }],
			},
			ok({ success: true, data: null }, [{ configured: false }], { name: '200 OK, wrapped, none is set' }),
		],
	}),
	download,
	set,
	{
		...set,
		variant: 'all events, with the secret of the credential',
		credential: { ...asAccount.credential, webhookSigningSecret: wapioKeys.signingSecret },
		parameters: { session, webhookUrl: config.target_url, events: allEvents, signingSecret: '' },
		request: accountRequest(
			request('PUT', `${AT}/webhook`, {
				json: { ...config, subscribed_events: allEvents, signing_secret: wapioKeys.signingSecret },
			}),
		),
		answers: [ok(config, [configOut]), forbidden],
	},
	contract('Webhook API (provider documentation) / Delete', 'webhook', 'delete', {
		...beyond,
		...asAccount,
		parameters,
		request: accountRequest(request('DELETE', `${AT}/webhook`)),
		answers: [{ ...empty(), output: [{ deleted: true }] }, forbidden],
	}),
	contract('Webhook API (provider documentation) / Deliveries', 'webhook', 'getDeliveries', {
		...beyond,
		parameters: { session, returnAll: false, limit: 20, filters: { status: 'failed' } },
		request: request('GET', `${AT}/webhook-deliveries`, {
			query: [
				['limit', '20'],
				['status', 'failed'],
			],
		}),
		answers: [ok({ data: deliveries, next_cursor: null }, deliveries)],
	}),
	...uploadAnswers.map(upload),
	phoneByLid,
	withAccount(phoneByLid),
	{ ...phoneByLid, variant: 'without the suffix', parameters: { lid: ' 203948576102938 ' } },
	{ ...phoneByLid, variant: 'with a device', parameters: { lid: '203948576102938:7@lid' } },
	lidByPhone,
	withAccount(lidByPhone),
];
