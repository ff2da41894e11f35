import { z } from 'zod';
import { addressField } from '../../shared/messaging/fields/content';
import { field, type Field } from '../../shared/operations/define/field';
import type { Resource } from '../../shared/operations/define/gateway';
import { locator } from '../../shared/operations/define/locator';
import { defineOperation } from '../../shared/operations/define/operation';
import { each } from '../../shared/operations/define/outputFields';
import { wholeList } from '../../shared/operations/define/paging';
import { chategyDeveloperApi as api } from '../api/chategyApi';
import { readableWebhook } from '../api/outputs';
import { createWebhook, deleteWebhook, listWebhooks, readWebhook, updateWebhook } from '../api/requests';
import { numericId } from '../fields/delivery';

const webhookUrl = addressField({
	displayName: 'Webhook URL',
	name: 'webhookUrl',
	example: 'https://example.com/incoming',
	description: 'URL that receives the events. You can have several webhooks with different URLs.',
});

/** API reference, List of webhook events; the last four exist on other services of the platform (provider's documentation). */
const events: Field<string[]> = field(
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		required: true,
		options: [
			{ name: 'MAX Bot Message', value: 'max_bot_incoming_msg', description: 'Not available on every service' },
			{ name: 'MAX Message', value: 'max_incoming_msg', description: 'Not available on every service' },
			{
				name: 'Telegram Bot Message',
				value: 'telegram_bot_incoming_msg',
				description: 'Not available on every service',
			},
			{ name: 'Telegram Message', value: 'tdlib_incoming_msg', description: 'Messages and calls' },
			{ name: 'WhatsApp Call', value: 'whatsapp_call', description: 'Not available on every service' },
			{ name: 'WhatsApp Log In', value: 'whatsapp_log_in' },
			{ name: 'WhatsApp Log Out', value: 'whatsapp_log_out' },
			{ name: 'WhatsApp Message', value: 'whatsapp_incoming_msg', description: 'Messages and calls' },
			{ name: 'WhatsApp Message Status', value: 'whatsapp_status_msg' },
		],
		default: [],
		description: 'Which events to send to the URL',
	},
	z
		.array(z.string(), { error: 'choose at least one event' })
		.min(1, { error: 'choose at least one event' })
		.transform((types) => [...new Set(types)]),
);

const webhookId: Field<string> = field(
	locator({
		displayName: 'Webhook',
		name: 'webhookId',
		required: true,
		search: 'searchWebhooks',
		byHand: { placeholder: 'e.g. 57' },
	}),
	numericId('choose a webhook from the list, or enter its ID, a whole number'),
);

/** API reference: folder Webhooks, Creating a webhook. */
const create = defineOperation({
	value: 'create',
	name: 'Create',
	action: 'Create a webhook',
	description: 'Send events of all instances to a URL. The Chategy Trigger registers its own webhook automatically.',
	effect: 'change',
	api,
	fields: { webhookUrl, events },
	request: (values) => createWebhook('developer', values.webhookUrl, values.events),
	output: each(readableWebhook),
});

/** API reference: folder Webhooks, Getting an entry. */
const get = defineOperation({
	value: 'get',
	name: 'Get',
	action: 'Get a webhook',
	description: 'Get the URL and events of a webhook',
	effect: 'read',
	api,
	fields: { webhookId },
	request: (values) => readWebhook('developer', values.webhookId),
	output: each(readableWebhook),
});

/** API reference: folder Webhooks, Getting all the records. */
const getMany = defineOperation({
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many webhooks',
	description: 'Get the webhooks of the developer account with their URLs and events',
	effect: 'read',
	api,
	fields: {},
	paging: wholeList,
	request: () => listWebhooks('developer'),
	output: each(readableWebhook),
});

/** API reference: folder Webhooks, Changing an entry. */
const update = defineOperation({
	value: 'update',
	name: 'Update',
	action: 'Update a webhook',
	description: 'Change the URL and events of a webhook',
	effect: 'change',
	api,
	fields: { webhookId, webhookUrl, events },
	request: (values) => updateWebhook('developer', values.webhookId, values.webhookUrl, values.events),
	output: each(readableWebhook),
});

/** API reference: folder Webhooks, Deleting an entry. */
const deleteOne = defineOperation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete a webhook',
	description: 'Stop sending events to the URL of a webhook',
	effect: 'change',
	destructive: ['webhookId'],
	api,
	fields: { webhookId },
	request: (values) => deleteWebhook('developer', values.webhookId),
	output: (_data, values) => ({ deleted: true, id: Number(values.webhookId) }),
});

export const webhook: Resource = {
	value: 'webhook',
	name: 'Webhook',
	operations: [create, get, getMany, update, deleteOne],
};
