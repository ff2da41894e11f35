/** Contracts of the folder "Channels (Communities)" of Wapio, typed by hand from its API reference. */
import type { Contract } from '../../../contracts/types';
import { CHANNEL, contract, JID, ok, request, SESSION, session, UUID } from './samples';
import { accepted, sent, takenOut } from './sends';

const logs = [
	{ id: 'bps_log_1', remote_jid: CHANNEL, direction: 'incoming' },
	{ id: 'bps_log_2', remote_jid: JID, direction: 'outgoing' },
];

const toChannel = { ...accepted, output: [takenOut({ groupId: CHANNEL })] };

/** Requests of the folder. */
export const wapioChannelContracts: Contract[] = [
	contract('Channels (Communities) / How to get a Channel ID', 'channel', 'getMessageLogs', {
		parameters: { session, returnAll: true },
		// The session is in the path.
		request: {
			...request('GET', `/api/whatsapp-sessions/${SESSION}/message-logs`),
			headers: { authorization: request('GET', '/').headers.authorization },
		},
		answers: [
			{ ...ok({ success: true, data: logs }, logs), inferred: true },
			{ ...ok({ data: logs, next_cursor: null }, logs, { name: '200 OK, with a cursor' }), inferred: true },
		],
	}),
	contract('Channels (Communities) / Send Channel Message', 'channel', 'sendText', {
		parameters: {
			session,
			channel: { __rl: true, mode: 'id', value: CHANNEL },
			text: 'Hello channel from Wapio',
			options: {},
		},
		request: request('POST', '/api/send-message', {
			json: { session_id: SESSION, channel_id: CHANNEL, kind: 'text', text: 'Hello channel from Wapio' },
			headers: { 'idempotency-key': UUID, 'x-session-id': SESSION },
		}),
		answers: [toChannel, ...sent.slice(1)],
	}),
	contract('Channels (Communities) / Send Channel Message', 'channel', 'sendText', {
		variant: 'with its own key',
		parameters: {
			session,
			channel: { __rl: true, mode: 'id', value: CHANNEL },
			text: 'Hello channel from Wapio',
			options: { idempotencyKey: 'news-7' },
		},
		request: request('POST', '/api/send-message', {
			json: { session_id: SESSION, channel_id: CHANNEL, kind: 'text', text: 'Hello channel from Wapio' },
			headers: { 'idempotency-key': 'news-7', 'x-session-id': SESSION },
		}),
		answers: [toChannel],
	}),
	contract('Channels (Communities) / Send Channel Message', 'channel', 'sendText', {
		variant: 'session-scoped key alone',
		parameters: {
			channel: { __rl: true, mode: 'list', value: CHANNEL, cachedResultName: CHANNEL },
			text: 'Hello channel from Wapio',
			options: {},
		},
		request: request('POST', '/api/send-message', {
			json: { channel_id: CHANNEL, kind: 'text', text: 'Hello channel from Wapio' },
			headers: { 'idempotency-key': UUID },
		}),
		answers: [toChannel],
	}),
];
