/** Contracts of what a client of Chategy's finds out about phone numbers and its account. */
import type { IDataObject } from 'n8n-workflow';
import type { Contract } from '../../../contracts/types';
import { asClient, failures, inQuery, ok } from './answers';
import { v1 } from './samples';

const operator = { brand_name: 'Georgia', country: 'Georgia', id: 81, name: 'Georgia', slug: 'georgia' };
const lookedUp = { formatted_phone: '+995598464533', operator };

const token = 'eyJhbGciOiJIUzI1NiJ9.eyJjdXN0b21lcl9pZCI6ODEzfQ.made-up-signature';

const account: IDataObject = {
	total_amount: '780.70',
	customer_id: 8143,
	dispatch_routing: ['sms'],
	subscription_paid_until: '2025-07-01',
	sender_names: ['push813', 'testname', 'PUSHSMS.RU'],
	tdlib_session: 3,
	whatsapp_session: 1,
	subscription_status: 'active',
	subscription_cost: '100.00',
};

/** As returned with Simplify on, with the meaning of the session numbers. */
const simple: IDataObject = {
	customer_id: 8143,
	total_amount: '780.70',
	subscription_status: 'active',
	subscription_paid_until: '2025-07-01',
	dispatch_routing: ['sms'],
	sender_names: ['push813', 'testname', 'PUSHSMS.RU'],
	tdlib_session_name: 'authorized',
	whatsapp_session_name: 'authorized',
};

/** What a client finds out about numbers and its account. */
export const accountContracts: Contract[] = [
	{
		source: `${v1} / Information about the phone number`,
		resource: 'phoneNumber',
		operation: 'lookUpOperator',
		parameters: { phoneNumber: '+995 (598) 464-533' },
		request: inQuery(asClient, 'GET', '/api/v1/operators/search', [['phone', '995598464533']]),
		answers: [ok(lookedUp, { output: [{ phone: '995598464533', operator }] }), ...failures('read')],
	},
	{
		source: `${v1} / Viewing account information`,
		resource: 'account',
		operation: 'get',
		parameters: { includeSecrets: false },
		request: inQuery(asClient, 'GET', '/api/v1/account'),
		answers: [
			ok({ account: { ...account, token } }, { output: [simple] }),
			// The third session is another white label's.
			ok(
				{ account: { customer_id: 8143, token, max_session: 2 } },
				{
					name: '200 OK, with MAX alone',
					inferred: true,
					output: [{ customer_id: 8143, max_session_name: 'authorized' }],
				},
			),
			...failures('read'),
		],
	},
	{
		source: `${v1} / Viewing account information`,
		variant: 'with its token',
		resource: 'account',
		operation: 'get',
		parameters: { includeSecrets: true },
		request: inQuery(asClient, 'GET', '/api/v1/account'),
		answers: [ok({ account: { ...account, token } }, { output: [{ ...simple, token }] })],
	},
	{
		source: `${v1} / Viewing account information`,
		variant: 'not simplified',
		resource: 'account',
		operation: 'get',
		parameters: { simplify: false, includeSecrets: false },
		request: inQuery(asClient, 'GET', '/api/v1/account'),
		answers: [ok({ account: { ...account, token } }, { output: [account] })],
	},
	{
		source: `${v1} / UTM tags`,
		resource: 'utmMark',
		operation: 'getMany',
		parameters: { returnAll: true },
		request: inQuery(asClient, 'GET', '/api/v1/utm_mark'),
		answers: [
			ok({ utm_marks: [] }, { name: '200 OK, none', output: [] }),
			ok(
				{ utm_marks: ['launch', 'Doc'] },
				{ name: '200 OK, texts', inferred: true, output: [{ utm_mark: 'launch' }, { utm_mark: 'Doc' }] },
			),
			ok(
				{ utm_marks: [{ id: 1, name: 'launch' }] },
				{ name: '200 OK, objects', inferred: true, output: [{ id: 1, name: 'launch' }] },
			),
			...failures('read'),
		],
	},
	{
		source: `${v1} / UTM tags`,
		variant: 'no more than the limit',
		resource: 'utmMark',
		operation: 'getMany',
		parameters: { returnAll: false, limit: 1 },
		request: inQuery(asClient, 'GET', '/api/v1/utm_mark'),
		answers: [ok({ utm_marks: ['launch', 'Doc'] }, { inferred: true, output: [{ utm_mark: 'launch' }] })],
	},
];
