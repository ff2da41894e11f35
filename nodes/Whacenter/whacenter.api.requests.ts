import type { GatewayRequest, Parameters } from '../shared/http/request';
import { type TextLimit, WHATSAPP_LIMIT } from '../shared/messaging/fields/textOptions';

/** The API reference and Whacenter's documentation name no limit for a text. */
export const textLimit: TextLimit = WHATSAPP_LIMIT;

/**
 * A POST of the API reference: `formdata`, without files. Where the API reference lists both GET and POST (Send Message,
 * Relog Device), POST is used. The credential adds its device if the request has none.
 *
 * @param device a different device than the credential's
 */
export function formRequest(path: string, fields: Parameters, device?: string, timeLimitMs?: number): GatewayRequest {
	return { method: 'POST', path, multipart: { fields: { device_id: device, ...fields }, files: [] }, timeLimitMs };
}

/** API reference: Get Webhook Url. */
export const readWebhook: GatewayRequest = { method: 'GET', path: '/getWebhook' };

/**
 * API reference: Set Webhook Url. It must be a GET: a POST answers HTTP 200 and stores nothing (observed in
 * use). A device has one URL; another call replaces it.
 */
export function setWebhook(url: string): GatewayRequest {
	return { method: 'GET', effect: 'change', path: '/setWebhook', query: { webhook: url }, repeatable: true };
}

/** Set Webhook Url with an empty URL (seen in third-party code, effect not verified). */
export const clearWebhook: GatewayRequest = setWebhook('');
