import { ChategyApi } from '../../../credentials/ChategyApi.credentials';
import { ChategyDeveloperApi } from '../../../credentials/ChategyDeveloperApi.credentials';
import { chategy as gateway } from '../../../nodes/Chategy/chategy.gateway';
import { chategyApi } from '../../../nodes/Chategy/api/chategyApi';
import { autoReply } from '../../../scripts/demo/receiving';
import { cascade } from '../../../scripts/demo/sending';
import { none, type Provider } from '../../support/provider';
import { chategy as bench, credentialFor, developerCredentialFor, keyedChategy } from './bench';
import { chategyContracts, chategyKeys, IDEMPOTENCY_KEY } from './contracts/contracts';
import { chategyExamples, chategyInbound } from './contracts/inbound';
import { chategyCallbacks, chategyRequests } from './contracts/requests';
import { exampleSteps } from './exampleSteps';
import { chategyRoundTrip } from './roundTrip';
import { incomingTexts } from './incomingTexts';
import { refusals } from './refusals';

/** Chategy, as tests and programs know it. */
export const chategy: Provider = {
	name: 'Chategy',
	type: 'chategy',
	node: bench.node,
	trigger: bench.trigger,
	gateway,
	credentials: {
		chategyApi: {
			source: ChategyApi,
			values: { accessToken: chategyKeys.accessToken },
			sandboxValues: credentialFor,
			keyField: 'accessToken',
		},
		chategyDeveloperApi: {
			source: ChategyDeveloperApi,
			values: { apiKey: chategyKeys.apiKey },
			sandboxValues: developerCredentialFor,
			keyField: 'apiKey',
		},
	},
	// The paths begin at the host; a white label may still be below a path.
	basePath: '/gateway',
	api: chategyApi,
	yes: [
		{ delivery: { id: 7 } },
		{ delivery: { id: 7 }, meta: {} },
		{ status: 'success' },
		{ code: 200 },
		{ result: { id: 1, phone: '+62', status_id: 6, status_description: 'Accepted' } },
		{ id: 1, phone: '+62', status_id: 6, status_description: 'Accepted' },
		{ data: { delivery: { id: 1 } }, status: 200 },
		...[
			{ attempts: [{ channel: 'whatsapp', status: 'failed' }] },
			{ status: { code: 404, fallback: 'sms' } },
			{ utm_mark: { type: 'error' } },
			{ sender: { status: 'failed' }, error: null, error_code: 0 },
		].map((fields) => ({ delivery: { id: 1, ...fields }, meta: { code: 200, status: 'success' } })),
	],
	contested: [
		{ delivery: { id: 1, status_id: 13, status_description: 'Rejected' }, meta: { code: 200, status: 'success' } },
		{ delivery: { id: 1, status_id: '44' } },
		{ delivery: null, meta: { code: 200, status: 'success', errors: { base: ['not authorized'] } } },
		{ meta: { code: 422, status: 'success' }, delivery: { id: 1 } },
		{ meta: { status: 'fail' }, delivery: { id: 1 } },
	],
	secrets: [...Object.values(chategyKeys), IDEMPOTENCY_KEY],
	contracts: chategyContracts,
	inbound: chategyInbound,
	requests: { ...chategyRequests, ...chategyCallbacks },
	fixedParameters: {
		total_count: 'It is part of the answer; the API reference lists it among the parameters by mistake.',
	},
	bench,
	sendAndWait: { resource: 'delivery', sendTo: 'phone' },
	refusals,
	idempotency: { kind: 'optional', bench: keyedChategy },
	lists: {
		chosen: none('No list depends on another field.'),
		withoutList: {
			maxUserId: 'no request lists chats',
			messageId: 'no request lists messages',
			'options.customerId': "the client's credential cannot list customers",
			'options.externalId': "the user's own ID, which is new",
			'options.replyToMessageId': 'no request lists messages',
			'options.telegramUserId': 'no request lists chats',
			telegramUserId: 'no request lists chats',
			'updateFields.externalId': "the user's own ID, which is new",
		},
	},
	roundTrip: chategyRoundTrip,
	incomingTexts,
	exampleEvent: { payload: chategyExamples.incoming.payload },
	exampleSteps,
	plays: { chategyAutoReply: autoReply, chategyCascade: cascade },
	noMessages: {
		files: { 'nodes/Chategy/api/deliveryStatuses.ts': "Chategy's list of delivery statuses, part of the output" },
		texts: {
			'part of another message': ['Base URL', 'WebSocket URL', 'WhatsApp WebSocket URL'],
			'a label in the editor': [
				...[
					'external ID …',
					'How long to wait for a QR code',
					'How long to wait for someone to scan the QR code',
				],
				'How long to wait for the login state, which Chategy sends every few seconds',
			],
		},
	},
	e2e: {
		textTool: { resource: 'delivery', operation: 'send' },
		sendEntry: 'Send a text message',
		list: none('A text message needs no choice from a list.'),
		listElsewhere: {
			action: 'Get an instance by customer ID',
			field: 'customerId',
			credential: 'chategyDeveloperApi',
		},
		triggerList: none('The trigger has no list.'),
	},
};
