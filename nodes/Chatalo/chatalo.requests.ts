import type { GatewayRequest } from '../shared/http/request';

/**
 * Collection: folder Message, Download Message Media: the file of a received message. The operation and the trigger
 * both ask for it.
 *
 * @param reference `file_encoded` of the webhook
 */
export function mediaRequest(deviceId: string, reference: string): GatewayRequest {
	return {
		method: 'POST',
		path: '/messages/download',
		json: { device_id: deviceId, file_encoded: reference },
		repeatable: true,
	};
}
