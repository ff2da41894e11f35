import { WapioApi } from '../../../credentials/WapioApi.credentials';
import { wapioApi } from '../../../nodes/Wapio/api/wapioApi';
import { wapioAccount } from '../../../sandbox/providers/wapio/seed';
import { wapio as gateway } from '../../../nodes/Wapio/wapio.gateway';
import { autoReply, pairing } from '../../../scripts/demo/receiving';
import { announcement, health } from '../../../scripts/demo/sending';
import { none, type Provider } from '../../support/provider';
import { wapio as bench, byId, credentialFor } from './bench';
import { MEDIA_REFERENCE } from './contracts/beyond';
import { wapioContracts, wapioKeys } from './contracts/contracts';
import { wapioRequests } from './contracts/requests';
import { wapioRoundTrip } from './roundTrip';
import { incomingTexts } from './incomingTexts';
import { refusals } from './refusals';

const MOMENT = 1_789_162_034;

/** Wapio, as tests and programs know it. */
export const wapio: Provider = {
	name: 'Wapio',
	type: 'wapio',
	node: bench.node,
	trigger: bench.trigger,
	gateway,
	credentials: {
		wapioApi: {
			source: WapioApi,
			values: { token: wapioKeys.sessionKey },
			sandboxValues: credentialFor,
			keyField: 'token',
		},
	},
	// The paths begin at the host; a proxy may put them below a path all the same.
	basePath: '/gateway',
	api: wapioApi,
	yes: [
		{ status: 'queued' },
		{ status: 'in_progress', msgId: null },
		{ data: { message_id: 'bps_msg_1' } },
		{ messageId: 'm' },
		[{ msgId: 'wamid.1' }],
		{ status: 'success', data: {} },
		{ status: 'PENDING', key: { id: 'x' } },
		{ key: { id: 'x' } },
		{ id: 'bps_msg_1' },
		{ msgId: 'x', status: 'dispatched' },
		{ msgId: 'x', status: 'queued', error: 'N/A' },
		{ msgId: 'x', status: 'queued', message: { status: 'ERROR_NONE' } },
		{ msgId: 'x', status: 'queued', meta: { rate_limit: { code: 429, error: 'none' } } },
	],
	contested: [
		{ status: 'expired', msgId: 'x' },
		{ success: 'no', message: 'x', msgId: 'x' },
		{ success: true, data: { msgId: 'x', status: 'cancelled' } },
		{ sent: false, msgId: 'x' },
		{ msgId: 'x', message: 'session is not connected' },
		{ success: false, msgId: 'x' },
	],
	secrets: Object.values(wapioKeys),
	contracts: wapioContracts,
	// The API reference shows none. What others saw is in receiving.test.ts.
	inbound: [],
	requests: wapioRequests,
	fixedParameters: none('Every parameter can be set.'),
	bench,
	sendAndWait: { resource: 'message', sendTo: 'person' },
	refusals,
	idempotency: { kind: 'always' },
	lists: {
		chosen: { session: byId('bps_sess_ws_0123456789') },
		withoutList: {
			messageId: 'the API reference leaves the form of message logs out',
			messageIds: 'the API reference leaves the form of message logs out',
			'options.replyToMessageId': 'the API reference leaves the form of message logs out',
		},
	},
	roundTrip: wapioRoundTrip,
	incomingTexts,
	exampleEvent: {
		event: 'text',
		overrides: {
			timestamp: MOMENT + 1,
			data: {
				messages: {
					key: { id: '3EB0C431C26A1916E07E' },
					messageBody: 'Hello',
					messageTimestamp: MOMENT,
					pushName: wapioAccount.sender.name,
					message: { conversation: 'Hello' },
				},
			},
		},
	},
	exampleSteps: [
		{
			resource: 'message',
			operation: 'downloadMedia',
			parameters: {
				session: byId(wapioAccount.sessions.connected),
				mediaReference: MEDIA_REFERENCE,
				binaryPropertyName: 'data',
			},
		},
	],
	plays: {
		wapioAnnounce: announcement,
		wapioAutoReply: autoReply,
		wapioHealthAlert: health,
		wapioPairGreet: pairing,
	},
	noMessages: {
		files: {},
		texts: {
			'part of another message': [
				'no status',
				'the ID of a …',
				'. Use Contact > Get Phone by LID to find the number behind it',
			],
		},
	},
	e2e: {
		textTool: { resource: 'message', operation: 'sendText' },
		sendEntry: 'Send a text message',
		list: 'session',
		listElsewhere: none('The list of the send is enough.'),
		triggerList: { field: 'session', isMultiple: false },
	},
};
