import { type GatewayRequest, path } from '../../shared/http/request';
import type { TextLimit } from '../../shared/messaging/fields/textOptions';

/** A text message: API reference, Delivery, `text`. The limit is from the provider's documentation. */
export const textLimit: TextLimit = { by: 'Chategy', characters: 3_500 };

/** API reference: folder v1, Viewing account information. */
export const readAccount: GatewayRequest = { method: 'GET', path: '/api/v1/account' };

/** API reference: folder v1, UTM tags. */
export const listUtmMarks: GatewayRequest = { method: 'GET', path: '/api/v1/utm_mark' };

/** API reference: Developer's, Getting information about all instances. */
export const readInstances: GatewayRequest = { method: 'GET', path: '/developer/v1/instances' };

/**
 * Whose webhooks: the developer's (API reference: Developer's, Webhooks), or those of one account, which have the same
 * requests under its own path (provider's documentation).
 */
export type WebhookOwner = 'account' | 'developer';

const WEBHOOKS: Record<WebhookOwner, string> = {
	account: '/api/v1/webhooks',
	developer: '/developer/v1/webhooks',
};

/** API reference: Getting all the records. */
export function listWebhooks(owner: WebhookOwner): GatewayRequest {
	return { method: 'GET', path: WEBHOOKS[owner] };
}

/** API reference: Creating a webhook. Two calls create two webhooks. */
export function createWebhook(owner: WebhookOwner, url: string, types: string[]): GatewayRequest {
	return { method: 'POST', path: WEBHOOKS[owner], query: { url, types } };
}

/** API reference: Getting an entry. */
export function readWebhook(owner: WebhookOwner, id: string): GatewayRequest {
	return { method: 'GET', path: WEBHOOKS[owner] + path`/${id}` };
}

/** API reference: Changing an entry. */
export function updateWebhook(owner: WebhookOwner, id: string, url: string, types: string[]): GatewayRequest {
	return {
		method: 'PUT',
		path: WEBHOOKS[owner] + path`/${id}`,
		query: { types, url },
		repeatable: true,
	};
}

/** API reference: Deleting an entry. */
export function deleteWebhook(owner: WebhookOwner, id: string): GatewayRequest {
	return { method: 'DELETE', path: WEBHOOKS[owner] + path`/${id}` };
}
