/** Contracts of the folder "Sessions" of Wapio, typed by hand from its API reference. Empty values are replaced by made-up ones. */
import type { Contract, ContractAnswer } from '../../../contracts/types';
import { qrSamples } from './qr';
import {
	accountRequest,
	asAccount,
	conflict,
	contract,
	empty,
	forbidden,
	invalid,
	limited,
	notFound,
	oddErrors,
	ok,
	request,
	SESSION,
	session,
	unauthorized,
	UUID,
} from './samples';

const AT = `/v1/whatsapp-sessions/${SESSION}`;

const one = (status: string) => ({
	session_id: SESSION,
	account_id: 'bps_acc_01',
	status,
	created_at: '2026-05-01T10:00:00Z',
	label: 'Shop',
	phone_number: '212611111111',
	worker_id: 'worker-1',
	last_activity_at: '2026-05-02T10:00:00Z',
	updated_at: '2026-05-02T10:00:00Z',
	session_api_key_fingerprint: 'a1b2c3',
});

/** As output: the name of a number is the same for all providers. */
const oneOut = (status: string) => {
	const { phone_number: phone, ...rest } = one(status);
	return { ...rest, phone };
};

const two = [one('connected'), { ...one('connecting'), session_id: 'bps_sess_ws_01J8ZP', label: 'Support' }];

const twoOut = [oneOut('connected'), { ...oneOut('connecting'), session_id: 'bps_sess_ws_01J8ZP', label: 'Support' }];

/** The switches as the node has them, and as they are sent. */
const chosen = {
	accountProtection: true,
	readIncoming: false,
	autoRejectCalls: true,
	alwaysOnline: false,
	ignoreGroups: true,
	ignoreBroadcasts: false,
	ignoreChannels: true,
	typing: false,
};
const switches = {
	account_protection: true,
	read_incoming: false,
	auto_reject_calls: true,
	always_online: false,
	ignore_groups: true,
	ignore_broadcasts: false,
	ignore_channels: true,
	typing: false,
};

const created = {
	session: one('disconnected'),
	session_api_key: {
		raw: 'bps_sk_shown-this-once',
		fingerprint: 'a1b2c3',
		created_at: '2026-05-01T10:00:00Z',
		previous_fingerprint: '',
	},
	warnings: ['The number is not paired yet', 'The plan has one session left'],
};

const createdOut = { ...created, session: oneOut('disconnected') };

const rotated = { session_api_key: { ...created.session_api_key, previous_fingerprint: 'd4e5f6' } };

const queued = {
	operation_id: 'bps_op_01',
	session_id: SESSION,
	operation_type: 'session.delete',
	status: 'queued',
	enqueued_at: '2026-05-02T10:00:00Z',
	started_at: '',
	finished_at: '',
	result: '',
	error: '',
	status_url: '/v1/operations/bps_op_01',
};

/** Its output: an item with an error, even an empty one, would count as failed. */
const queuedOutput = {
	deleted: false,
	...Object.fromEntries(Object.entries(queued).filter(([name]) => name !== 'error')),
};

/** The provider's packages read answers inside `{success, data}`, and the list inside twice. */
const wrapped = (data: object): ContractAnswer['body'] => ({ success: true, data });

const listed: ContractAnswer[] = [
	ok({ data: two, next_cursor: '' }, twoOut),
	ok({ data: two, next_cursor: null }, twoOut, { name: '200 OK, null for no cursor', inferred: true }),
	{
		name: '200 OK, wrapped',
		status: 200,
		body: wrapped({ data: two, next_cursor: null }),
		inferred: true,
		output: twoOut,
	},
];

const parameters = { session };
const change = { parameters: { session, updateFields: {}, settings: {} } };

/** Requests of the folder. */
export const wapioSessionContracts: Contract[] = [
	contract('Sessions / List sessions', 'session', 'getMany', {
		parameters: { returnAll: false, limit: 50, filters: {} },
		request: request('GET', '/v1/whatsapp-sessions', { query: [['limit', '50']] }),
		answers: [...listed, unauthorized, limited],
	}),
	contract('Sessions / List sessions', 'session', 'getMany', {
		variant: 'all of one status',
		parameters: { returnAll: true, filters: { status: 'deleted' } },
		request: request('GET', '/v1/whatsapp-sessions', {
			query: [
				['limit', '100'],
				['status', 'deleted'],
			],
		}),
		answers: [ok({ data: [], next_cursor: '' }, [])],
	}),
	contract('Sessions / List sessions', 'session', 'getMany', {
		variant: 'from another one on',
		parameters: { returnAll: false, limit: 2, options: { startAfterSession: session } },
		request: request('GET', '/v1/whatsapp-sessions', {
			query: [
				['limit', '2'],
				['before_id', SESSION],
			],
		}),
		answers: [ok({ data: two, next_cursor: 'bps_sess_ws_next' }, twoOut)],
	}),
	contract('Sessions / Create a session (PAT only)', 'session', 'create', {
		...asAccount,
		parameters: { label: 'Shop', additionalFields: { phoneNumber: '+212 611-111111' }, settings: chosen },
		request: accountRequest(
			request('POST', '/v1/whatsapp-sessions', {
				json: { label: 'Shop', phone_number: '212611111111', settings: switches },
				headers: { 'idempotency-key': UUID },
			}),
		),
		answers: [
			{ name: '201 Created', status: 201, body: created, output: [createdOut] },
			{ name: '201 Created, wrapped', status: 201, body: wrapped(created), inferred: true, output: [createdOut] },
			unauthorized,
			forbidden,
			{ ...invalid, error: { messageIncludes: ['Validation failed', 'to', 'Required'] } },
			oddErrors,
		],
	}),
	contract('Sessions / Create a session (PAT only)', 'session', 'create', {
		...asAccount,
		variant: 'with a label only',
		parameters: { label: 'Shop', additionalFields: {}, settings: {} },
		request: accountRequest(request('POST', '/v1/whatsapp-sessions', { json: { label: 'Shop' } })),
		answers: [{ name: '201 Created', status: 201, body: created, output: [createdOut] }],
	}),
	contract('Sessions / Get a session', 'session', 'get', {
		parameters,
		request: request('GET', AT),
		answers: [ok(one('connecting'), [oneOut('connecting')]), notFound],
	}),
	contract('Sessions / Get a session', 'session', 'get', {
		...asAccount,
		variant: 'account token, session of the credential',
		credential: { ...asAccount.credential, sessionId: SESSION },
		parameters: {},
		request: accountRequest(request('GET', AT)),
		answers: [
			{
				name: '200 OK, wrapped',
				status: 200,
				body: wrapped(one('connecting')),
				inferred: true,
				output: [oneOut('connecting')],
			},
		],
	}),
	contract('Sessions / Update session metadata + settings', 'session', 'update', {
		parameters: { session, updateFields: { label: 'Shop', phoneNumber: '212611111111' }, settings: chosen },
		request: request('PATCH', AT, { json: { label: 'Shop', phone_number: '212611111111', settings: switches } }),
		answers: [ok(one('connecting'), [oneOut('connecting')]), forbidden, notFound],
	}),
	contract('Sessions / Update session metadata + settings', 'session', 'update', {
		variant: 'the label only',
		parameters: { ...change.parameters, updateFields: { label: 'Shop' } },
		request: request('PATCH', AT, { json: { label: 'Shop' } }),
		answers: [ok(one('connecting'), [oneOut('connecting')])],
	}),
	contract('Sessions / Delete a session (PAT only)', 'session', 'delete', {
		...asAccount,
		parameters: { session, options: {} },
		request: accountRequest(request('DELETE', AT)),
		answers: [
			{ name: '202 Accepted', status: 202, body: queued, output: [queuedOutput] },
			// Noted down and nothing more.
			{ ...empty(202), inferred: true, output: [{ deleted: false, session_id: SESSION }] },
			forbidden,
			notFound,
		],
	}),
	contract('Sessions / Connect a paired session', 'session', 'connect', {
		parameters,
		request: request('POST', `${AT}/connect`),
		answers: [empty(), notFound, conflict],
	}),
	contract('Sessions / Disconnect a session', 'session', 'disconnect', {
		parameters,
		request: request('POST', `${AT}/disconnect`),
		answers: [empty()],
	}),
	contract('Sessions / Restart the session worker', 'session', 'restart', {
		parameters,
		request: request('POST', `${AT}/restart`),
		answers: [empty(), { ...empty(202), inferred: true }],
	}),
	contract('Sessions / Get the pairing QR code', 'session', 'getQrCode', {
		parameters: { session, binaryPropertyName: 'data' },
		request: request('GET', `${AT}/qrcode`),
		answers: [...qrSamples(SESSION), conflict],
	}),
	contract('Sessions / Rotate the session-scoped key (PAT only)', 'session', 'rotateKey', {
		...asAccount,
		parameters,
		request: accountRequest(request('POST', `${AT}/regenerate-key`)),
		answers: [ok(rotated, [rotated]), forbidden],
	}),
	contract('Sessions / Get session operational settings', 'session', 'getSettings', {
		parameters,
		request: request('GET', `${AT}/settings`),
		answers: [ok({ session_settings: switches }, [switches])],
	}),
	contract('Sessions / Update session operational settings', 'session', 'updateSettings', {
		parameters: { session, settings: chosen },
		request: request('PATCH', `${AT}/settings`, { json: switches }),
		answers: [ok({ session_settings: switches }, [switches])],
	}),
	contract('Sessions / Update session operational settings', 'session', 'updateSettings', {
		variant: 'one switch',
		parameters: { session, settings: { typing: true } },
		request: request('PATCH', `${AT}/settings`, { json: { typing: true } }),
		answers: [ok({ session_settings: { ...switches, typing: true } }, [{ ...switches, typing: true }])],
	}),
];
