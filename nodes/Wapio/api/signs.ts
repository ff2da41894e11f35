import type { IDataObject } from 'n8n-workflow';
import { ANY_NAME, type KnownSigns, type RequestPattern } from '../../shared/http/evidence';
import { wordsOf } from './answer';

/** Words that mean a message or an operation was accepted: from the API reference (`queued`) and the provider's SDK. */
const TAKEN = ['accepted', 'delivered', 'in_progress', 'pending', 'processing', 'queued', 'read', 'scheduled', 'sent'];

const DONE = ['success', 'ok', 'true'];

/** The requests behind all messages, whose documented answer holds `msgId`. */
const SEND: RequestPattern = { method: 'POST', path: /^\/api\/send-message$/ };

/**
 * API reference: requests whose answer it shows without a body ("Dispatched.", "Updated.", "Worker dispatched."). Webhooks
 * and the upload are not in it at all, so their answers are unknown, too.
 */
const SILENT: RequestPattern[] = [
	{ method: 'POST', path: /^\/v1\/whatsapp-sessions\/[^/]+\/(?:connect|disconnect|restart)$/ },
	{ method: 'PUT', path: /^\/v1\/whatsapp-sessions\/[^/]+\/webhook$/ },
	{ method: 'DELETE', path: /^\/v1\/whatsapp-sessions\/[^/]+\/webhook$/ },
	{ method: 'PUT', path: /^\/api\/messages\/[^/]+$/ },
	{ method: 'DELETE', path: /^\/api\/messages\/[^/]+$/ },
	{ method: 'POST', path: /^\/api\/messages\/(?:read|[^/]+\/edit|[^/]+\/resend)$/ },
	{ method: 'POST', path: /^\/api\/send-presence-update$/ },
	{ method: 'PUT', path: /^\/api\/contacts$/ },
	{ method: 'POST', path: /^\/api\/contacts\/[^/]+\/(?:block|unblock)$/ },
	{ method: 'POST', path: /^\/api\/groups(?:\/|$)/ },
	{ method: 'PUT', path: /^\/api\/groups\// },
	{ method: 'DELETE', path: /^\/api\/groups\// },
	{ method: 'POST', path: /^\/api\/upload$/ },
];

/** How Wapio says yes. */
export const wapioSigns: KnownSigns = {
	// `status: "success"` comes with groups (provider documentation), the others with messages and operations.
	words: { status: [...TAKEN, ...DONE], state: [...TAKEN, ...DONE] },
	names: [
		// API reference: Send Text Message, Get delivery info; then WhatsApp's own name and the likely ones (inferred).
		...['msgId', 'message_id', 'provider_msg_id', 'wamid', 'messageId', 'msg_id', 'id'],
		// API reference: what the requests about sessions answer with.
		...['session_id', 'operation_id', 'session_api_key', 'session_settings'],
	],
	messageNames: {
		// API reference: Send Text Message, Get delivery info; then the likely ones and WhatsApp's own (inferred).
		...{ msgId: ANY_NAME, message_id: ANY_NAME, provider_msg_id: ANY_NAME, wamid: ANY_NAME },
		...{ messageId: ANY_NAME, msg_id: ANY_NAME, 'key.id': ANY_NAME, 'message.id': ANY_NAME },
		// Ids say what they identify: `bps_msg_`, `bps_sess_` (provider documentation); `wamid.` is WhatsApp's.
		id: /^(?:bps_msg_|wamid\.|msg_)/i,
	},
	silent: SILENT,
	// API reference: the status of a message or deletion that is queued ("Queued for dispatch").
	accepted: [202],
	named: [SEND],
	wordsOf: (refusal) => wordsOf(refusal as IDataObject),
};
