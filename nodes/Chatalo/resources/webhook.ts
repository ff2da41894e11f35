import { webAddress } from '../../shared/messaging/schemas';
import { field } from '../../shared/operations/field';
import type { Resource } from '../../shared/operations/gateway';
import { defineOperation } from '../../shared/operations/operation';
import { clearWebhook, readWebhook, setWebhook } from '../chatalo.webhook';

const webhookUrl = field(
	{
		displayName: 'Webhook URL',
		name: 'webhookUrl',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. https://example.com/incoming',
		description: 'Where Chatalo shall post incoming messages. It replaces the address that is set now.',
	},
	webAddress('https://example.com/incoming'),
);

/** Collection: folder Webhook, Get Webhook. */
export const get = defineOperation({
	value: 'get',
	name: 'Get',
	action: 'Get the webhook',
	description: 'Get the address that incoming messages are posted to',
	effect: 'read',
	fields: {},
	request: () => readWebhook,
});

/** Collection: folder Webhook, Set Webhook. */
export const set = defineOperation({
	value: 'set',
	name: 'Set',
	action: 'Set the webhook',
	description:
		'Set the address that incoming messages are posted to. The Chatalo Trigger does this on its own; a webhook set here takes its place.',
	effect: 'change',
	fields: { webhookUrl },
	request: ({ webhookUrl: url }) => setWebhook(url),
});

/** Collection: folder Webhook, Unset Webhook. */
export const unset = defineOperation({
	value: 'unset',
	name: 'Unset',
	action: 'Unset the webhook',
	description: 'Remove the address that incoming messages are posted to',
	effect: 'change',
	fields: {},
	request: () => clearWebhook,
});

export const webhook: Resource = {
	value: 'webhook',
	name: 'Webhook',
	operations: [get, set, unset],
};
