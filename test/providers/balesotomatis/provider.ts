import { BalesOtomatisApi } from '../../../credentials/BalesOtomatisApi.credentials';
import { balesOtomatisApi } from '../../../nodes/BalesOtomatis/api/balesOtomatisApi';
import { balesOtomatisAccount } from '../../../sandbox/providers/balesotomatis/seed';
import { balesOtomatis as gateway } from '../../../nodes/BalesOtomatis/balesotomatis.gateway';
import { autoReply } from '../../../scripts/demo/receiving';
import { approval, login } from '../../../scripts/demo/sending';
import { none, type Provider } from '../../support/provider';
import { balesOtomatis as bench, byId, credentialFor } from './bench';
import { balesOtomatisContracts, balesOtomatisDefaults, balesOtomatisKeys } from './contracts/contracts';
import { balesOtomatisInbound } from './contracts/inbound';
import { balesOtomatisRequests } from './contracts/requests';
import { balesOtomatisRoundTrip } from './roundTrip';
import { incomingTexts } from './incomingTexts';
import { refusals } from './refusals';

/** BalesOtomatis, as tests and programs know it. */
export const balesOtomatis: Provider = {
	name: 'BalesOtomatis',
	type: 'balesOtomatis',
	node: bench.node,
	trigger: bench.trigger,
	gateway,
	credentials: {
		balesOtomatisApi: {
			source: BalesOtomatisApi,
			values: { ...balesOtomatisKeys, ...balesOtomatisDefaults },
			sandboxValues: credentialFor,
			keyField: 'apiKey',
		},
	},
	basePath: '/public/v1',
	api: balesOtomatisApi,
	yes: [
		{ type: 'successfully' },
		{ message: { state: 'successfully' } },
		{ data: { message_id: 'wamid.1' } },
		{ bc_id: 'b' },
		{ code: 201, message: 'Created', type: 'successfully' },
		{ code: '202', message: 'The message is in the delivery process', type: 'successfully' },
		{ code: 'OK', message: 'The message is in the delivery process', type: 'successfully' },
		{ code: '200', message: 'ok', type: 'successfully', rate: { code: 429 } },
		{ code: '200', status: 'Failover queue', type: 'successfully' },
		{ code: '200', message: { state: 'Failover queue', detail: 'ok' } },
	],
	contested: [
		{ code: '200', type: 'failed', message: 'x' },
		{ code: '200', type: 'unsuccessfully', message: 'number not registered' },
		{ code: 200, message: { state: 'undelivered', detail: 'x' } },
		{ code: '201', status: false, message: 'x' },
	],
	secrets: Object.values(balesOtomatisKeys),
	contracts: balesOtomatisContracts,
	inbound: balesOtomatisInbound,
	requests: balesOtomatisRequests,
	fixedParameters: {
		access_token: 'The name that api_key has in an older example.',
		draw: 'A counter that the answer repeats, for tables in web pages.',
		messageType: 'Each kind of message is an operation.',
		platform: 'Each request has one value for it.',
		type: 'Each type is an operation.',
	},
	bench,
	sendAndWait: { resource: 'personalMessage', number: byId(balesOtomatisAccount.numbers.connected) },
	refusals,
	idempotency: { kind: 'none', reason: 'The API reference has no idempotency keys.' },
	lists: {
		chosen: { licenseKey: 'WB-0001', number: byId('BO-0123456789abcde') },
		withoutList: none('Every ID comes from a list.'),
	},
	// The API reference shows no webhook call.
	roundTrip: balesOtomatisRoundTrip,
	incomingTexts,
	exampleEvent: {
		event: 'text',
		overrides: { data: { message_id: 'false_6281234567890@c.us_3EB0C431C26A1916E07E', message_body: 'Hello' } },
	},
	exampleSteps: none('Every operation has a contract.'),
	plays: { balesApproval: approval, balesOtomatisOtp: login, balesReply: autoReply },
	noMessages: {
		files: { 'nodes/BalesOtomatis/api/sentMessage.ts': "BalesOtomatis's words for the status of a message" },
		texts: {
			'part of another message': ['phone numbers'],
			'a label in the editor': ["Leave empty to use the credential's default number", ' to a group'],
		},
	},
	e2e: {
		textTool: { resource: 'personalMessage', operation: 'sendText' },
		sendEntry: 'Send a text message',
		list: 'number',
		listElsewhere: none('The list of the send is enough.'),
		triggerList: { field: 'devices', isMultiple: true },
	},
};
