import type { IDataObject } from 'n8n-workflow';
import { type GatewayRequest, path } from '../../shared/http/request';
import { type TextLimit, WHATSAPP_LIMIT } from '../../shared/messaging/fields/textOptions';
import { textOf } from '../../shared/text';

/** The API reference and Wapio's documentation name no limit for a text. */
export const textLimit: TextLimit = WHATSAPP_LIMIT;

/**
 * A request under `/api` with the session it is for. A session key needs none (API reference); a personal access
 * token names it in the header `x-session-id`, and in the body, or in the query where there is no body (provider's own
 * node).
 *
 * @param session undefined to leave the choice to the token
 */
export function forSession(session: string | undefined, request: GatewayRequest): GatewayRequest {
	if (session === undefined) return request;
	const named: GatewayRequest = { ...request, headers: { ...request.headers, 'x-session-id': session } };
	return request.json
		? { ...named, json: { session_id: session, ...request.json } }
		: { ...named, query: { session_id: session, ...request.query } };
}

/** How a message goes out, apart from its content. */
export interface Delivery {
	session: string | undefined;
	/**
	 * The idempotency key, honoured by the provider (API reference: header of each send), so the same send may be repeated.
	 *
	 * @param recipient in the provider's form
	 */
	keyFor: (recipient: string) => string;
	timeLimitMs: number | undefined;
}

/** API reference: the one request behind all messages. */
export const SEND_PATH = '/api/send-message';

/** API reference: POST /api/send-message. */
export function sendRequest(
	{ session, keyFor, timeLimitMs }: Delivery,
	message: IDataObject & { kind: string },
): GatewayRequest {
	return forSession(session, {
		method: 'POST',
		path: SEND_PATH,
		headers: { 'Idempotency-Key': keyFor(textOf(message.to ?? message.channel_id)) },
		json: message,
		repeatable: true,
		timeLimitMs,
	});
}

/** API reference: folder Sessions, List sessions. */
export const listSessions: GatewayRequest = { method: 'GET', path: '/v1/whatsapp-sessions' };

/** API reference: folder Groups, List groups. */
export function listGroups(session: string | undefined): GatewayRequest {
	return forSession(session, { method: 'GET', path: '/api/groups' });
}

/** API reference: folder Contacts, List contacts. */
export function listContacts(session: string | undefined): GatewayRequest {
	return forSession(session, { method: 'GET', path: '/api/contacts' });
}

/**
 * Not in the API reference, as the next two: the number behind a LID (first version of the provider's SDK).
 *
 * @param lid with its suffix, as clients of the same interface elsewhere write it
 */
export function phoneByLid(session: string | undefined, lid: string): GatewayRequest {
	return forSession(session, { method: 'GET', path: path`/api/pn-from-lid/${lid}` });
}

/** @param phone digits */
export function lidByPhone(session: string | undefined, phone: string): GatewayRequest {
	return forSession(session, { method: 'GET', path: path`/api/lid-from-pn/${phone}` });
}

/** Whose session it is (provider documentation). */
export function ownUser(session: string | undefined): GatewayRequest {
	return forSession(session, { method: 'GET', path: '/api/user' });
}

/** API reference: folder Channels (Communities), How to get a Channel ID. */
export function messageLogs(sessionId: string): GatewayRequest {
	return { method: 'GET', path: path`/api/whatsapp-sessions/${sessionId}/message-logs` };
}

/** Not in the API reference, as the next two: the webhook of a session (provider's own node). */
export function readWebhook(sessionId: string): GatewayRequest {
	return { method: 'GET', path: path`/v1/whatsapp-sessions/${sessionId}/webhook` };
}

/** What a session's webhook is set to. */
interface WebhookConfig {
	url: string;
	events: string[];
	/** Absent when an address is restored whose secret is not known. */
	secret?: string;
}

/** It replaces the webhook that is set: a session has one. */
export function setWebhook(sessionId: string, { url, events, secret }: WebhookConfig): GatewayRequest {
	return {
		method: 'PUT',
		path: path`/v1/whatsapp-sessions/${sessionId}/webhook`,
		json: {
			target_url: url,
			subscribed_events: events,
			...(secret === undefined ? {} : { signing_secret: secret }),
			is_active: true,
		},
		repeatable: true,
	};
}

export function removeWebhook(sessionId: string): GatewayRequest {
	return { method: 'DELETE', path: path`/v1/whatsapp-sessions/${sessionId}/webhook`, repeatable: true };
}
