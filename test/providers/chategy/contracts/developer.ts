/** Contracts of what a developer does at Chategy: webhooks here, instances in a file of their own. */
import type { Contract } from '../../../contracts/types';
import { asDeveloper, failures, inQuery, notFound, ok, unprocessable } from './answers';
import { instanceContracts } from './instances';

const folder = "Developer's / Webhooks";

const WEBHOOK = { __rl: true, mode: 'id', value: '57' };
const WEBHOOK_FROM_LIST = { __rl: true, mode: 'list', value: '57', cachedResultName: 'example.com' };

const ADDRESS = 'https://example.com/hook?key=a&b=%26';

const webhook = { id: 57, types: ['whatsapp_log_out'], url: 'https://example.com' };
const two = [
	webhook,
	{ id: 58, types: ['tdlib_incoming_msg', 'whatsapp_incoming_msg'], url: 'https://example.com/other' },
];

/** As returned: the events have one name for all providers. */
const webhookOut = { id: 57, events: ['whatsapp_log_out'], url: 'https://example.com' };

const webhookContracts: Contract[] = [
	{
		source: `${folder} / Creating a webhook`,
		resource: 'webhook',
		operation: 'create',
		parameters: { webhookUrl: 'https://example.com', events: ['whatsapp_log_out'] },
		request: inQuery(asDeveloper, 'POST', '/developer/v1/webhooks', [
			['url', 'https://example.com'],
			['types[]', 'whatsapp_log_out'],
		]),
		answers: [
			ok({ webhook }, { output: [webhookOut], once: true }),
			unprocessable({ types: ['types invalid'] }, 'types invalid'),
			...failures('change'),
		],
	},
	{
		source: `${folder} / Creating a webhook`,
		variant: 'for every event, with a query in the URL',
		resource: 'webhook',
		operation: 'create',
		parameters: {
			webhookUrl: ADDRESS,
			events: [
				'whatsapp_log_out',
				'whatsapp_log_in',
				'whatsapp_incoming_msg',
				'tdlib_incoming_msg',
				'whatsapp_status_msg',
			],
		},
		request: inQuery(asDeveloper, 'POST', '/developer/v1/webhooks', [
			['url', ADDRESS],
			['types[]', 'whatsapp_log_out'],
			['types[]', 'whatsapp_log_in'],
			['types[]', 'whatsapp_incoming_msg'],
			['types[]', 'tdlib_incoming_msg'],
			['types[]', 'whatsapp_status_msg'],
		]),
		answers: [ok({ webhook }, { output: [webhookOut] })],
	},
	{
		source: `${folder} / Getting an entry`,
		resource: 'webhook',
		operation: 'get',
		parameters: { webhookId: WEBHOOK },
		request: inQuery(asDeveloper, 'GET', '/developer/v1/webhooks/57'),
		answers: [ok({ webhook }, { output: [webhookOut] }), { ...notFound, inferred: true }, ...failures('read')],
	},
	{
		source: `${folder} / Getting all the records`,
		resource: 'webhook',
		operation: 'getMany',
		parameters: { returnAll: true },
		request: inQuery(asDeveloper, 'GET', '/developer/v1/webhooks'),
		answers: [
			ok({ webhooks: [webhook] }, { output: [webhookOut] }),
			ok({ webhooks: [] }, { name: '200 OK, none', inferred: true, output: [] }),
			...failures('read'),
		],
	},
	{
		source: `${folder} / Getting all the records`,
		variant: 'no more than the limit',
		resource: 'webhook',
		operation: 'getMany',
		parameters: { returnAll: false, limit: 1 },
		request: inQuery(asDeveloper, 'GET', '/developer/v1/webhooks'),
		answers: [ok({ webhooks: two }, { output: [webhookOut] })],
	},
	{
		source: `${folder} / Deleting an entry`,
		resource: 'webhook',
		operation: 'delete',
		parameters: { webhookId: WEBHOOK_FROM_LIST },
		request: inQuery(asDeveloper, 'DELETE', '/developer/v1/webhooks/57'),
		answers: [ok({}, { output: [{ deleted: true, id: 57 }] }), ...failures('change')],
	},
	{
		source: `${folder} / Changing an entry`,
		resource: 'webhook',
		operation: 'update',
		parameters: { webhookId: WEBHOOK, webhookUrl: 'https://example2.com', events: ['whatsapp_log_out'] },
		request: inQuery(asDeveloper, 'PUT', '/developer/v1/webhooks/57', [
			['types[]', 'whatsapp_log_out'],
			['url', 'https://example2.com'],
		]),
		answers: [
			ok(
				{ webhook: { ...webhook, url: 'https://example2.com' } },
				{ output: [{ ...webhookOut, url: 'https://example2.com' }] },
			),
			...failures('change'),
		],
	},
];

/** What needs the key of a developer. */
export const developerContracts: Contract[] = [...instanceContracts, ...webhookContracts];
