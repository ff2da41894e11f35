/** Contracts of a developer's instances at Chategy: clients of their own, each with a token and a subscription. */
import type { IDataObject } from 'n8n-workflow';
import type { Contract } from '../../../contracts/types';
import { asDeveloper, failures, inBody, inQuery, notFound, ok, unprocessable } from './answers';

const folder = "Developer's / Instance Management";

const INSTANCE = { __rl: true, mode: 'id', value: '3748' };
const INSTANCE_FROM_LIST = { __rl: true, mode: 'list', value: '3748', cachedResultName: '20322 · 77777' };

const token = 'eyJhbGciOiJIUzI1NiJ9.eyJjdXN0b21lcl9pZCI6MjAzMjJ9.made-up-signature';
const secrets = { token, idempotency_key: '78avGOJp' };

const created = { id: 3748, customer_id: 20322, renew_subscription: true, external_id: '77777' };

const instance = (id: number, customer_id: number, external_id: string): IDataObject => ({
	id,
	external_id,
	customer_id,
	subscription_paid_until: '2025-10-31',
	renew_subscription: false,
	tdlib_session: 3,
	whatsapp_session: 0,
	whatsapp_queue_size: 0,
	whatsapp_queue_limit: 1000,
	whatsapp_phone: null,
	subscription_status: 'active',
	subscription_cost: '600.00',
});

const one = instance(373, 203, '0001');
const two = [instance(336, 712, '234'), instance(361, 760, '113')];
const withToken = (list: IDataObject[]): IDataObject[] => list.map((each) => ({ ...each, token }));

/** As returned with Simplify on, with the meaning of the session numbers. */
const simple = ({ id, customer_id, external_id }: IDataObject): IDataObject => ({
	id,
	customer_id,
	external_id,
	subscription_status: 'active',
	subscription_paid_until: '2025-10-31',
	renew_subscription: false,
	phone: null,
	tdlib_session_name: 'authorized',
	whatsapp_session_name: 'not_authorized',
});

/** The page in `meta`, next to code and status. */
const page = (total_count: number, per_page: number) => ({ meta: { page: 1, total_count, per_page } });

const creation: Contract[] = [
	{
		source: `${folder} / Creating an instance`,
		resource: 'instance',
		operation: 'create',
		parameters: {
			phoneNumber: '+995 555 846 453',
			email: 'example_mail@gmail.com',
			options: { password: 'example123', externalId: '77777', channels: ['whatsapp'] },
			includeSecrets: false,
		},
		// Not below /developer/v1, and on the host without "api."; see the test of that in operations.
		request: inBody(asDeveloper, '/api/tmp/instances', {
			instance: {
				phone: '995555846453',
				email: 'example_mail@gmail.com',
				password: 'example123',
				external_id: '77777',
				dispatch_routing: ['whatsapp'],
			},
		}),
		answers: [
			ok({ instance: { ...created, ...secrets } }, { output: [created], once: true }),
			unprocessable({ email: ['already exists'], phone: ['already exists'] }, 'email: already exists', {
				error: { messageIncludes: ['email: already exists', 'phone: already exists'] },
			}),
			...failures('change'),
		],
	},
	{
		source: `${folder} / Creating an instance`,
		variant: 'with only the required fields, and its secrets returned',
		resource: 'instance',
		operation: 'create',
		parameters: { phoneNumber: '995555846453', email: 'example_mail@gmail.com', options: {}, includeSecrets: true },
		request: inBody(asDeveloper, '/api/tmp/instances', {
			instance: { phone: '995555846453', email: 'example_mail@gmail.com' },
		}),
		answers: [ok({ instance: { ...created, ...secrets } }, { output: [{ ...created, ...secrets }] })],
	},
	{
		source: `${folder} / Creating an instance`,
		variant: 'without renewal',
		resource: 'instance',
		operation: 'create',
		parameters: {
			phoneNumber: '598464533',
			email: 'example_mail@gmail.com',
			options: { renewSubscription: false, channels: ['tdlib', 'whatsapp'], defaultCountry: 'GE' },
			includeSecrets: false,
		},
		request: inBody(asDeveloper, '/api/tmp/instances', {
			instance: {
				phone: '995598464533',
				email: 'example_mail@gmail.com',
				dispatch_routing: ['tdlib', 'whatsapp'],
				renew_subscription: false,
			},
		}),
		answers: [ok({ instance: { ...created, ...secrets } }, { output: [created] })],
	},
];

const reading: Contract[] = [
	{
		source: `${folder} / Getting information about an instance (customer_id)`,
		resource: 'instance',
		operation: 'get',
		parameters: { customerId: { __rl: true, mode: 'id', value: '203' }, includeSecrets: false },
		request: inQuery(asDeveloper, 'GET', '/developer/v1/instances/203'),
		answers: [ok({ instance: { ...one, token } }, { output: [simple(one)] }), notFound, ...failures('read')],
	},
	{
		source: `${folder} / Getting information about an instance (customer_id)`,
		variant: 'with its secrets',
		resource: 'instance',
		operation: 'get',
		parameters: { customerId: 203, includeSecrets: true },
		request: inQuery(asDeveloper, 'GET', '/developer/v1/instances/203'),
		answers: [ok({ instance: { ...one, token } }, { output: [{ ...simple(one), token }] })],
	},
	{
		source: `${folder} / Getting information about an instance (external_id)`,
		resource: 'instance',
		operation: 'getByExternalId',
		parameters: {
			externalId: { __rl: true, mode: 'list', value: '77777', cachedResultName: 'Instance 3748' },
			returnAll: false,
			limit: 15,
			includeSecrets: false,
		},
		request: inQuery(asDeveloper, 'GET', '/developer/v1/instances/', [
			['external_id', '77777'],
			['page', '1'],
			['per_page', '15'],
		]),
		answers: [
			ok({ instances: withToken([one]), ...page(1, 15) }, { output: [simple(one)] }),
			ok({ instances: [], ...page(0, 15) }, { name: '200 OK, none', inferred: true, output: [] }),
			notFound,
			...failures('read'),
		],
	},
	{
		source: `${folder} / Getting information about an instance (external_id)`,
		variant: 'with its secrets, and an id that has to be encoded',
		resource: 'instance',
		operation: 'getByExternalId',
		parameters: { externalId: 'shop 7 & bar', returnAll: true, includeSecrets: true },
		request: inQuery(asDeveloper, 'GET', '/developer/v1/instances/', [
			['external_id', 'shop 7 & bar'],
			['page', '1'],
			['per_page', '100'],
		]),
		answers: [ok({ instances: withToken([one]), ...page(1, 100) }, { output: withToken([simple(one)]) })],
	},
	{
		source: `${folder} / Getting information about all instanes`,
		resource: 'instance',
		operation: 'getMany',
		parameters: { returnAll: false, limit: 15, includeSecrets: false },
		request: inQuery(asDeveloper, 'GET', '/developer/v1/instances', [
			['page', '1'],
			['per_page', '15'],
		]),
		answers: [
			ok({ instances: withToken(two), ...page(2, 15) }, { output: two.map(simple) }),
			ok({ instances: [], ...page(0, 15) }, { name: '200 OK, none', inferred: true, output: [] }),
			...failures('read'),
		],
	},
	{
		source: `${folder} / Getting information about all instanes`,
		variant: 'all of them, with their secrets',
		resource: 'instance',
		operation: 'getMany',
		parameters: { returnAll: true, includeSecrets: true },
		request: inQuery(asDeveloper, 'GET', '/developer/v1/instances', [
			['page', '1'],
			['per_page', '100'],
		]),
		answers: [ok({ instances: withToken(two), ...page(2, 100) }, { output: withToken(two.map(simple)) })],
	},
];

/** Without Simplify, the provider's own fields are returned, without keys. */
const whole: Contract[] = [
	{
		source: `${folder} / Getting information about all instanes`,
		variant: 'not simplified',
		resource: 'instance',
		operation: 'getMany',
		parameters: { returnAll: true, simplify: false, includeSecrets: false, options: { startPage: 4 } },
		request: inQuery(asDeveloper, 'GET', '/developer/v1/instances', [
			['page', '4'],
			['per_page', '100'],
		]),
		answers: [ok({ instances: withToken(two), ...page(2, 100) }, { output: two })],
	},
	{
		source: `${folder} / Getting information about an instance (customer_id)`,
		variant: 'not simplified',
		resource: 'instance',
		operation: 'get',
		parameters: { customerId: '203', simplify: false, includeSecrets: false },
		request: inQuery(asDeveloper, 'GET', '/developer/v1/instances/203'),
		answers: [ok({ instance: { ...one, token } }, { output: [one] })],
	},
	{
		source: `${folder} / Getting information about an instance (external_id)`,
		variant: 'not simplified',
		resource: 'instance',
		operation: 'getByExternalId',
		parameters: {
			externalId: '77777',
			returnAll: true,
			simplify: false,
			includeSecrets: false,
			options: { startPage: 2 },
		},
		request: inQuery(asDeveloper, 'GET', '/developer/v1/instances/', [
			['external_id', '77777'],
			['page', '2'],
			['per_page', '100'],
		]),
		answers: [ok({ instances: withToken([one]), ...page(1, 100) }, { output: [one] })],
	},
];

const updated = { customer_id: 20322, id: 3748, renew_subscription: true };

const changing: Contract[] = [
	{
		source: `${folder} / Instance data changes`,
		resource: 'instance',
		operation: 'update',
		parameters: { instance: INSTANCE, renewSubscription: true, updateFields: {} },
		// The API reference's empty parameters mean that these values do not change.
		request: inQuery(asDeveloper, 'PUT', '/developer/v1/instances/3748', [['renew_subscription', 'true']]),
		answers: [ok({ instance: updated }, { output: [updated] }), notFound, ...failures('change')],
	},
	{
		source: `${folder} / Instance data changes`,
		variant: 'everything, instance from the list',
		resource: 'instance',
		operation: 'update',
		parameters: {
			instance: INSTANCE_FROM_LIST,
			renewSubscription: false,
			updateFields: {
				channels: ['whatsapp', 'tdlib'],
				email: 'new@example.com',
				externalId: '0001',
				password: 'example123',
				phoneNumber: '+995 555 846 453',
			},
		},
		request: inQuery(asDeveloper, 'PUT', '/developer/v1/instances/3748', [
			['renew_subscription', 'false'],
			['external_id', '0001'],
			['dispatch_routing[]', 'whatsapp'],
			['dispatch_routing[]', 'tdlib'],
			['email', 'new@example.com'],
			['phone', '995555846453'],
			['password', 'example123'],
		]),
		answers: [ok({ instance: updated }, { output: [updated] })],
	},
	{
		source: `${folder} / Activating an instance subscription`,
		resource: 'instance',
		operation: 'renewSubscription',
		parameters: { instance: INSTANCE },
		request: inQuery(asDeveloper, 'POST', '/developer/v1/instances/3748/renew_subscription'),
		answers: [
			ok(
				{ instance: { id: 3748, subscription_paid_until: '2023-12-27' } },
				{ output: [{ id: 3748, subscription_paid_until: '2023-12-27' }], once: true },
			),
			unprocessable({ base: ['not enough money'] }, 'not enough money'),
			...failures('change'),
		],
	},
	{
		source: `${folder} / Interrupting WhatsApp authorization`,
		resource: 'instance',
		operation: 'deleteWhatsAppSession',
		parameters: { instance: INSTANCE },
		request: inQuery(asDeveloper, 'DELETE', '/developer/v1/instances/3748/delete_container_session'),
		answers: [ok({}, { output: [{ deleted: true, id: 3748 }] }), ...failures('change')],
	},
];

/** A developer's instances. */
export const instanceContracts: Contract[] = [...creation, ...reading, ...whole, ...changing];
