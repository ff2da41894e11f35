import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { path } from '../../shared/http/request';
import { addressField } from '../../shared/messaging/fields/content';
import { isObject } from '../../shared/object';
import { collectionField, field, type Field } from '../../shared/operations/define/field';
import type { Resource } from '../../shared/operations/define/gateway';
import { defineOperation } from '../../shared/operations/define/operation';
import { without } from '../../shared/operations/define/outputFields';
import { textOf } from '../../shared/text';
import { webhookOutput } from '../api/outputs';
import { deliveryPages } from '../api/pages';
import { readWebhook, removeWebhook, setWebhook } from '../api/requests';
import { chosenOnly, personalTokenOnly, sessionId } from '../fields/session';
import { EVENT_OPTIONS, isOfficialEvent, OFFICIAL_EVENTS } from '../trigger/eventNames';
import { MIN_SECRET_LENGTH } from '../trigger/signature';

const oneSession = { session: sessionId };

const webhookUrl = addressField({
	displayName: 'Webhook URL',
	name: 'webhookUrl',
	example: 'https://example.com/incoming',
	description: 'URL that receives events. It replaces the current one.',
});

const events = field(
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: EVENT_OPTIONS,
		required: true,
		default: [...OFFICIAL_EVENTS],
		description: 'Which events Wapio sends to the URL',
	},
	z
		.array(z.string().refine(isOfficialEvent, { error: 'choose events from the list' }), {
			error: 'choose at least one event',
		})
		.min(1, { error: 'choose at least one event' }),
);

/** The official node refuses shorter secrets (provider documentation). */
const signingSecret: Field<string> = {
	properties: [
		{
			displayName: 'Signing Secret',
			name: 'signingSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: `Wapio signs its webhooks with this secret of at least ${MIN_SECRET_LENGTH} characters. Leave empty to use the credential's Webhook Signing Secret.`,
		},
	],
	read: ({ parameter, credential }) =>
		textOf(parameter('signingSecret')).trim() || textOf(credential('webhookSigningSecret')).trim(),
	schema: z
		.string()
		.min(1, { error: 'enter a secret here, or set Webhook Signing Secret in the credential' })
		.min(MIN_SECRET_LENGTH, { error: `use at least ${MIN_SECRET_LENGTH} characters` }),
	secret: true,
};

const filters = collectionField(
	{ displayName: 'Filters', name: 'filters', placeholder: 'Add filter' },
	[
		{
			displayName: 'Status',
			name: 'status',
			type: 'string',
			default: '',
			placeholder: 'e.g. failed',
			description: 'Only return deliveries with this status',
		},
	],
	z.object({ status: z.string().trim().optional() }),
);

/** Not in the API reference (provider documentation), as all of this resource. */
const get = defineOperation({
	value: 'get',
	name: 'Get',
	action: 'Get the webhook of a session',
	description: 'Get the URL that receives the events of a session',
	effect: 'read',
	fields: oneSession,
	request: (values) => readWebhook(values.session),
	output: (data) => (isObject(data) ? webhookOutput(withoutSecret(data)) : { configured: false }),
});

const set = defineOperation({
	value: 'set',
	name: 'Set',
	action: 'Set the webhook of a session',
	description:
		"Set the URL that receives the events of a session. The Wapio Trigger does this automatically; a webhook set here replaces the trigger's. Needs a personal access token.",
	effect: 'change',
	fields: { ...personalTokenOnly, ...oneSession, webhookUrl, events, signingSecret },
	request: (values) =>
		setWebhook(values.session, { url: values.webhookUrl, events: values.events, secret: values.signingSecret }),
	output: (data) => (isObject(data) ? webhookOutput(withoutSecret(data)) : { success: true }),
});

const remove = defineOperation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete the webhook of a session',
	description: 'Remove the URL that receives the events of a session. Needs a personal access token.',
	effect: 'change',
	destructive: ['session'],
	fields: { ...personalTokenOnly, session: chosenOnly },
	request: (values) => removeWebhook(values.session),
	output: () => ({ deleted: true }),
});

const getDeliveries = defineOperation({
	value: 'getDeliveries',
	name: 'Get Deliveries',
	action: 'Get webhook deliveries',
	description: 'Get what was sent to the webhook of a session, and whether it arrived',
	effect: 'read',
	fields: { ...oneSession, filters },
	paging: deliveryPages,
	request: (values) => ({
		method: 'GET',
		path: path`/v1/whatsapp-sessions/${values.session}/webhook-deliveries`,
		query: { status: values.filters.status || undefined },
	}),
});

function withoutSecret(data: IDataObject): IDataObject {
	return without(data, 'signing_secret', 'secret');
}

export const webhook: Resource = {
	value: 'webhook',
	name: 'Webhook',
	operations: [get, set, remove, getDeliveries],
};
