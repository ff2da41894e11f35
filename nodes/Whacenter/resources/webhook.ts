import { webhookResource } from '../../shared/messaging/webhookResource';
import { clearWebhook, readWebhook, setWebhook } from '../whacenter.api.requests';

/** API reference: Get Webhook Url, Set Webhook Url; for Clear see {@link clearWebhook}. */
export const webhook = webhookResource({
	provider: 'Whacenter',
	read: readWebhook,
	set: setWebhook,
	owner: { what: 'Device', name: 'device' },
	addressName: 'webhook',
	remove: {
		value: 'clear',
		name: 'Clear',
		note: 'The output shows whether it is gone.',
		request: clearWebhook,
		isChecked: true,
	},
});
