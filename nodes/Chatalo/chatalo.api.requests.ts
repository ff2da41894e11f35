import type { GatewayRequest } from '../shared/http/request';
import { type TextLimit, WHATSAPP_LIMIT } from '../shared/messaging/fields/textOptions';

/** The API reference and Chatalo's documentation name no limit for a text. */
export const textLimit: TextLimit = WHATSAPP_LIMIT;

/** API reference: folder Webhook, Get Webhook. */
export const readWebhook: GatewayRequest = { method: 'GET', path: '/webhook' };

/** API reference: folder Webhook, Set Webhook. One address for each API key; a second call replaces the first. */
export function setWebhook(url: string): GatewayRequest {
	return { method: 'POST', path: '/setWebhook', json: { url }, repeatable: true };
}

/** API reference: folder Webhook, Unset Webhook. */
export const clearWebhook: GatewayRequest = {
	method: 'DELETE',
	path: '/unsetWebhook',
	repeatable: true,
};

/**
 * API reference: folder Message, Download Message Media: the file of a received message. The operation and the trigger
 * both use it.
 *
 * @param reference `file_encoded` of the webhook
 */
export function mediaRequest(deviceId: string, reference: string): GatewayRequest {
	return {
		method: 'POST',
		effect: 'read',
		path: '/messages/download',
		json: { device_id: deviceId, file_encoded: reference },
		repeatable: true,
	};
}
