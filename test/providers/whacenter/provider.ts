import { WhacenterApi } from '../../../credentials/WhacenterApi.credentials';
import { whacenter as gateway } from '../../../nodes/Whacenter/whacenter.gateway';
import { whacenterApi } from '../../../nodes/Whacenter/whacenter.api';
import { archive, autoReply } from '../../../scripts/demo/receiving';
import { called, severalWorkflows } from '../../../scripts/demo/subWorkflows';
import { reminder } from '../../../scripts/demo/sending';
import { none, type Provider } from '../../support/provider';
import { credentialFor, whacenter as bench } from './bench';
import { whacenterContracts, whacenterKeys } from './contracts/contracts';
import { whacenterExample, whacenterInbound } from './contracts/inbound';
import { whacenterRequests } from './contracts/requests';
import { whacenterRoundTrip } from './roundTrip';
import { incomingTexts } from './incomingTexts';
import { refusals } from './refusals';

/** Whacenter, as tests and programs know it. */
export const whacenter: Provider = {
	name: 'Whacenter',
	type: 'whacenter',
	node: bench.node,
	trigger: bench.trigger,
	gateway,
	credentials: {
		whacenterApi: {
			source: WhacenterApi,
			values: whacenterKeys,
			sandboxValues: credentialFor,
			keyField: 'deviceId',
		},
	},
	basePath: '/api',
	api: whacenterApi,
	yes: [
		{ data: { id: 5 } },
		{ status: 'queued' },
		{ status: 1 },
		{ message_id: 'm', status: null },
		{ status: 'True', message: 'message sent', data: { id: null } },
		{ status: true, message: 'message sent', data: { id: 5, error: 'tidak ada' } },
		{ status: true, message: 'message sent', data: { id: 5, status: 502 } },
		{ success: true, code: 200, data: { message: { error: {} } } },
	],
	contested: [
		{ status: 'NOT CONNECTED', message: 'device not connected', data: { id: 5 } },
		{ status: 'tidak terkirim', data: { id: 5 } },
		{ status: true, message: 'message sent', data: { id: 5, sent: false } },
	],
	secrets: Object.values(whacenterKeys),
	contracts: whacenterContracts,
	inbound: whacenterInbound,
	requests: whacenterRequests,
	fixedParameters: none('Every parameter can be set.'),
	bench,
	sendAndWait: { resource: 'message' },
	refusals,
	idempotency: { kind: 'none', reason: 'The API reference has no idempotency keys.' },
	lists: {
		chosen: none('No list depends on another field.'),
		withoutList: {
			groupName: 'no request lists groups',
			messageId: 'no request lists messages',
			'options.deviceId': 'no request lists devices',
		},
	},
	roundTrip: whacenterRoundTrip,
	incomingTexts,
	exampleEvent: { payload: whacenterExample.payload },
	exampleSteps: none('Every operation has a contract.'),
	plays: {
		whacenterArchive: archive,
		whacenterOrders: called,
		whacenterOther: called,
		whacenterRemind: reminder,
		whacenterReply: autoReply,
		whacenterSeveral: severalWorkflows,
	},
	noMessages: {
		files: {},
		texts: {
			'part of another message': [' (qr: timeout)', 'the response was not an image of a QR code'],
			'a label in the editor': ['The output shows whether it is gone.'],
			"Whacenter's words for a status": ['message sent'],
		},
	},
	e2e: {
		textTool: { resource: 'message', operation: 'sendText' },
		sendEntry: 'Send a text message',
		list: none('The API has no lists.'),
		listElsewhere: none('The API has no lists.'),
		triggerList: none('The API has no lists.'),
	},
};
