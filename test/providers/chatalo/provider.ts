import { ChataloApi } from '../../../credentials/ChataloApi.credentials';
import { chataloApi } from '../../../nodes/Chatalo/chatalo.api';
import { chataloAccount } from '../../../sandbox/providers/chatalo/seed';
import { chatalo as gateway } from '../../../nodes/Chatalo/chatalo.gateway';
import { autoReply } from '../../../scripts/demo/receiving';
import { cleaning, list, startHere } from '../../../scripts/demo/sending';
import { fromAI } from '../../support/fromAI';
import { none, type Provider } from '../../support/provider';
import { byId, chatalo as bench, credentialFor } from './bench';
import { chataloContracts, chataloKeys } from './contracts/contracts';
import { chataloExample, chataloInbound } from './contracts/inbound';
import { chataloRequests } from './contracts/requests';
import { chataloRoundTrip } from './roundTrip';
import { incomingTexts } from './incomingTexts';
import { refusals } from './refusals';

/** Chatalo, as tests and programs know it. */
export const chatalo: Provider = {
	name: 'Chatalo',
	type: 'chatalo',
	node: bench.node,
	trigger: bench.trigger,
	gateway,
	credentials: {
		chataloApi: { source: ChataloApi, values: chataloKeys, sandboxValues: credentialFor, keyField: 'secretKey' },
	},
	basePath: '/api/v1',
	api: chataloApi,
	yes: [
		{ data: { is_sent: true } },
		{ is_sent: true, meta: {} },
		{ code: 200 },
		{ data: { is_sent: 'yes' }, meta: { message: 'OK' } },
		{ data: { is_sent: true, code: 428 }, meta: { code: 200 } },
		{ data: { is_sent: true, device: { last_disconnect: { error: 'timeout' } } }, meta: { code: 200 } },
		{ data: [{ is_sent: true }, { is_sent: true }], meta: { code: '200' } },
		{ data: null, meta: { code: 200 } },
		{ data: { message_id: 'm' }, meta: {} },
	],
	contested: [
		{ data: { is_sent: 'no' }, meta: { code: 200 } },
		{ data: { is_sent: null }, meta: { code: 200, message: 'device disconnected' } },
		{ data: { sent: false, id: 'x' }, meta: { code: 200 } },
		{ data: { is_sent: true, error: 'timeout' }, meta: { code: 200 } },
	],
	secrets: Object.values(chataloKeys),
	contracts: chataloContracts,
	inbound: chataloInbound,
	requests: chataloRequests,
	fixedParameters: none('Every parameter can be set.'),
	bench,
	sendAndWait: { resource: 'message', device: byId(chataloAccount.devices.authenticated), sendTo: 'person' },
	refusals,
	idempotency: { kind: 'none', reason: 'The API reference has no idempotency keys.' },
	lists: {
		chosen: { device: byId('c7276ae0-c306-4896-8fda-0123456789ab') },
		withoutList: none('Every ID comes from a list.'),
	},
	roundTrip: chataloRoundTrip,
	incomingTexts,
	exampleEvent: { payload: chataloExample.payload },
	exampleSteps: none('Every operation has a contract.'),
	plays: { startHere, chataloAutoReply: autoReply, chataloCleanList: cleaning, chataloSendList1: list },
	noMessages: { files: {}, texts: { 'part of another message': ['API key', 'the ID of a …'] } },
	e2e: {
		textTool: { resource: 'message', operation: 'sendText', device: byId(fromAI('Device')) },
		sendEntry: 'Send a text message',
		list: 'device',
		listElsewhere: none('The list of the send is enough.'),
		triggerList: { field: 'devices', isMultiple: true },
	},
};
