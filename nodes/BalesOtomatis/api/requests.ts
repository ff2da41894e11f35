import type { IDataObject } from 'n8n-workflow';
import type { GatewayRequest } from '../../shared/http/request';
import { type TextLimit, WHATSAPP_LIMIT } from '../../shared/messaging/fields/textOptions';

/** The API reference and BalesOtomatis's documentation name no limit for a text. */
export const textLimit: TextLimit = WHATSAPP_LIMIT;

/** Every request of the API reference is a POST of JSON; the credential adds its key to the body. */
export function jsonRequest(path: string, json: IDataObject, timeLimitMs?: number): GatewayRequest {
	return { method: 'POST', path, json, timeLimitMs };
}

/** API reference: folder Grabbing, Contacts and Group. */
export function grabRequest(numberId: string, type: 'contacts' | 'group', timeLimitMs?: number): GatewayRequest {
	return jsonRequest('/grab', { number_id: numberId, type }, timeLimitMs);
}

/** API reference: folder Contacts, List Contacts, whose body shows these values. */
export function contactListRequest(filters: {
	search?: string;
	orderBy?: string;
	orderDirection?: string;
}): GatewayRequest {
	return jsonRequest('/get-list-contacts', {
		search: filters.search ?? '',
		order_by: filters.orderBy || 'contacts_created_at',
		order_dir: filters.orderDirection || 'desc',
	});
}

/** API reference: Get List Templates, whose body shows these values. Its `search` is unreliable (observed in use). */
export function templateListRequest(
	licenseKey: string,
	filters: { search?: string; orderBy?: string; orderDirection?: string },
): GatewayRequest {
	return jsonRequest('/get-template-list', {
		licenses_key: licenseKey,
		search: filters.search ?? '',
		order_by: filters.orderBy || 'template_created_at',
		order_dir: filters.orderDirection || 'desc',
	});
}
