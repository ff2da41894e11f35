/*
 * What the seam in nodes/shared can do beyond the usual case, on a provider that does not exist: a token in the query,
 * forms with lists, uploads, idempotency keys, an announced limit, offset and cursor lists, several messages in one webhook
 * call, a webhook pasted by hand and signed, and one that can be set but not read. The usual case, with everything else
 * that a provider needs, is the Pigeon of docs/adding-a-provider.md.
 */
import {
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { GatewayApi } from '../../nodes/shared/http/gatewayApi';
import { path } from '../../nodes/shared/http/request';
import { isSecretRight } from '../../nodes/shared/http/secrets';
import { text } from '../../nodes/shared/messaging/fields/content';
import { binaryInput } from '../../nodes/shared/messaging/fields/files';
import { phoneNumber } from '../../nodes/shared/messaging/fields/recipients';
import { field } from '../../nodes/shared/operations/define/field';
import type { Gateway } from '../../nodes/shared/operations/define/gateway';
import { defineOperation } from '../../nodes/shared/operations/define/operation';
import { cursors, offsets } from '../../nodes/shared/operations/define/paging';
import { propertiesOf } from '../../nodes/shared/operations/define/properties';
import { runOperations } from '../../nodes/shared/operations/run/runner';
import { textOf } from '../../nodes/shared/text';
import type { GatewayTrigger, WebhookCall } from '../../nodes/shared/trigger/definition';
import { emptyEvent } from '../../nodes/shared/trigger/event/emptyEvent';
import type { GatewayEvent } from '../../nodes/shared/trigger/event/event';
import { eventChoices } from '../../nodes/shared/trigger/choices';
import { triggerProperties } from '../../nodes/shared/trigger/properties';
import { receiveWebhook } from '../../nodes/shared/trigger/receive/receive';
import { webhookLifecycle } from '../../nodes/shared/trigger/register/lifecycle';

export class PigeonApi implements ICredentialType {
	name = 'pigeonApi';
	displayName = 'Pigeon API';
	properties = [
		{ displayName: 'Token', name: 'token', type: 'string' as const, default: '' },
		{ displayName: 'Base URL', name: 'baseUrl', type: 'string' as const, default: '' },
	];
	authenticate = async (
		{ token }: ICredentialDataDecryptedObject,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => ({ ...options, qs: { ...options.qs, token } });
}

const api: GatewayApi = {
	displayName: 'Pigeon',
	credentialType: 'pigeonApi',
	authenticate: new PigeonApi().authenticate,
	baseUrl: ({ baseUrl }) => textOf(baseUrl),
	secrets: ({ token }) => [textOf(token)],
	rateLimit: { limitHeader: 'x-limit', remainingHeader: 'x-left', windowMs: 700 },
	judge: ({ json }) => {
		const parsed = z
			.object({ ok: z.boolean(), result: z.unknown().optional(), why: z.string().optional() })
			.safeParse(json);
		if (!parsed.success) return undefined;
		const { ok, result, why } = parsed.data;
		return ok ? { ok, data: result, envelope: json } : { ok, words: why ?? 'no reason given' };
	},
};

const itemKey = {
	properties: [],
	read: ({ key }: { key: () => string }) => key(),
	schema: z.string(),
};

const tags = field(
	{ displayName: 'Tags', name: 'tags', type: 'string', default: '' },
	z.string().transform((written) => written.split(',')),
);

const next = (envelope: unknown) => z.object({ next: z.string().optional() }).parse(envelope).next;

const pigeon: Gateway = {
	api,
	resources: [
		{
			value: 'message',
			name: 'Message',
			operations: [
				defineOperation({
					value: 'send',
					name: 'Send',
					action: 'Send a message',
					description: 'Send a text',
					effect: 'send',
					fields: { number: phoneNumber, text, tags, key: itemKey },
					request: (values) => ({
						method: 'POST',
						path: path`/people/${values.number}/messages`,
						form: { body: values.text, tags: values.tags },
						headers: { 'Idempotency-Key': values.key },
						repeatable: true,
					}),
				}),
				defineOperation({
					value: 'upload',
					name: 'Upload',
					action: 'Send a file',
					description: 'Send a file of the item',
					effect: 'send',
					fields: { number: phoneNumber, file: binaryInput({ accepts: ['image/*'], maxBytes: 2_000_000 }) },
					request: (values) => ({
						method: 'POST',
						path: '/files',
						multipart: { fields: { number: values.number }, files: [{ name: 'file', ...values.file }] },
					}),
				}),
			],
		},
		{
			value: 'list',
			name: 'List',
			operations: [
				defineOperation({
					value: 'offsets',
					name: 'Offsets',
					action: 'List by offset',
					description: 'List by offset',
					effect: 'read',
					fields: {},
					paging: offsets({ offset: 'start', size: 'length', maxSize: 3, in: 'form' }),
					request: () => ({ method: 'POST', path: '/offsets', form: {} }),
				}),
				defineOperation({
					value: 'cursors',
					name: 'Cursors',
					action: 'List by cursor',
					description: 'List by cursor',
					effect: 'read',
					fields: {},
					paging: cursors({ cursor: 'after', size: 'count', maxSize: 3, next }),
					request: () => ({ method: 'GET', path: '/cursors' }),
				}),
			],
		},
	],
};

const describeNode = (name: string): Omit<INodeTypeDescription, 'properties'> => ({
	displayName: name,
	name,
	group: ['output'],
	version: 1,
	description: '',
	defaults: { name },
	inputs: [NodeConnectionTypes.Main],
	outputs: [NodeConnectionTypes.Main],
	credentials: [{ name: 'pigeonApi', required: true }],
});

export class Pigeon implements INodeType {
	description: INodeTypeDescription = { ...describeNode('pigeon'), properties: propertiesOf(pigeon) };
	async execute(this: IExecuteFunctions) {
		return await runOperations(this, pigeon);
	}
}

const parse = ({ body }: WebhookCall): GatewayEvent[] | undefined => {
	const parsed = z.object({ id: z.string(), texts: z.array(z.string()) }).safeParse(body);
	return parsed.data?.texts.map((words, index) => ({
		...emptyEvent({
			event: 'message',
			provider: 'pigeon',
			id: `${parsed.data.id}-${index}`,
			device: null,
			raw: parsed.data,
		}),
		chat: { id: null, type: 'private' },
		type: 'text',
		text: words,
	}));
};

const entries = z.array(z.object({ id: z.string(), url: z.string() }));

const manyHooks: GatewayTrigger = {
	provider: 'pigeon',
	api,
	registration: {
		kind: 'manySlots',
		list: async (client) => entries.parse((await client.send({ method: 'GET', path: '/hooks' })).data),
		create: async (client, url) => {
			await client.send({ method: 'POST', path: '/hooks', json: { url } });
		},
		remove: async (client, id) => {
			await client.send({ method: 'DELETE', path: path`/hooks/${id}` });
		},
	},
	parse,
};

/** Signed, as some providers do, over the raw body. */
const pastedHook: GatewayTrigger = {
	provider: 'pigeon',
	api,
	registration: { kind: 'byHand' },
	parse,
	verify: ({ headers, rawBody }, { token }) =>
		isSecretRight(headers['x-signature'], signatureOf(rawBody ?? Buffer.alloc(0), textOf(token))),
};

/** One address for each loft, which can be set and cleared but not read. */
const unseenHook: GatewayTrigger = {
	provider: 'pigeon',
	api,
	registration: {
		kind: 'oneSlot',
		owner: 'loft',
		write: async (client, url) => {
			await client.send({ method: 'PUT', path: '/hook', json: { url } });
		},
		clear: async (client) => {
			await client.send({ method: 'DELETE', path: '/hook' });
		},
	},
	parse,
};

export function signatureOf(body: Buffer, token: string): string {
	return createHmac('sha256', token).update(body).digest('hex');
}

const webhooks = [
	{
		name: 'default' as const,
		httpMethod: 'POST' as const,
		path: 'webhook',
		responseMode: 'onReceived',
		responseData: '',
	},
];

const describeTrigger = (name: string, { registration }: GatewayTrigger): INodeTypeDescription => ({
	...describeNode(name),
	group: ['trigger'],
	inputs: [],
	webhooks,
	properties: triggerProperties({
		events: eventChoices(['message']),
		registration,
		hasMedia: false,
	}),
});

export class PigeonTrigger implements INodeType {
	description = describeTrigger('pigeonTrigger', manyHooks);
	webhookMethods = webhookLifecycle(manyHooks);
	async webhook(this: IWebhookFunctions) {
		return await receiveWebhook(this, manyHooks);
	}
}

export class PigeonPastedTrigger implements INodeType {
	description = describeTrigger('pigeonPastedTrigger', pastedHook);
	webhookMethods = webhookLifecycle(pastedHook);
	async webhook(this: IWebhookFunctions) {
		return await receiveWebhook(this, pastedHook);
	}
}

export class PigeonUnseenTrigger implements INodeType {
	description = describeTrigger('pigeonUnseenTrigger', unseenHook);
	webhookMethods = webhookLifecycle(unseenHook);
	async webhook(this: IWebhookFunctions) {
		return await receiveWebhook(this, unseenHook);
	}
}
