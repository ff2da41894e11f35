import { webhookResource } from '../../shared/messaging/webhookResource';
import { clearWebhook, readWebhook, setWebhook } from '../chatalo.api.requests';

/** API reference: folder Webhook: Get Webhook, Set Webhook, Unset Webhook. */
export const webhook = webhookResource({
	provider: 'Chatalo',
	read: readWebhook,
	set: setWebhook,
	owner: { what: 'API Key', name: 'apiKey' },
	remove: { value: 'unset', name: 'Unset', request: clearWebhook },
});
