import { chategyAccount } from '../../../../sandbox';
import { type Answer, anyNumber, anyString, callProvider, matching } from '../../../sandbox/client';
import { OK, refused, useCalls } from './calls';

const { instances } = chategyAccount;
const { sandbox, client, developer } = useCalls();

describe('instances', () => {
	const create = (fields: Record<string, unknown>): Promise<Answer> =>
		developer('POST', '/api/tmp/instances', { instance: fields });
	const valid = {
		phone: '995555846453',
		email: 'new@example.com',
		password: 'example123',
		external_id: 'x1',
		dispatch_routing: ['whatsapp'],
	};

	it('are created, with a token that works', async () => {
		const { json } = await create(valid);
		expect(json).toMatchObject({
			instance: {
				id: anyNumber,
				customer_id: anyNumber,
				idempotency_key: matching(/^.{8}$/),
				renew_subscription: true,
				external_id: 'x1',
			},
			meta: OK,
		});
		const { token, customer_id } = (json as { instance: { token: string; customer_id: number } }).instance;
		const account = await callProvider(sandbox(), 'chategy', 'GET', '/api/v1/account', undefined, {
			Authorization: `Bearer ${token}`,
		});
		expect(account.json).toMatchObject({
			account: { customer_id, dispatch_routing: ['whatsapp'], whatsapp_session: 0 },
		});
		expect((await create(valid)).json).toEqual({
			meta: {
				status: 'fail',
				code: 422,
				message: 'Unprocessable entity',
				errors: { email: ['already exists'], phone: ['already exists'] },
			},
		});
	});

	it.each([
		{ ...valid, password: 'short1' },
		{ ...valid, password: 'lettersonly' },
		{ ...valid, email: undefined },
		{ ...valid, phone: '12' },
	])('refuse %j', async (fields) => {
		expect((await create(fields)).status).toBe(422);
	});

	it('are found by customer and by external id', async () => {
		const { main } = instances;
		expect((await developer('GET', `/developer/v1/instances/${main.customerId}`)).json).toMatchObject({
			meta: OK,
			instance: { id: main.id, whatsapp_session: 1, whatsapp_phone: anyString },
		});
		expect((await developer('GET', `/developer/v1/instances/${main.id}`)).json).toEqual({
			meta: { code: 404, message: 'Not found', status: 'fail' },
		});
		expect((await developer('GET', '/developer/v1/instances/?external_id=77777')).json).toMatchObject({
			meta: { total_count: 1 },
			instances: [{ id: main.id }],
		});
		expect((await developer('GET', '/developer/v1/instances/?external_id=none')).status).toBe(404);
	});

	it('are paged', async () => {
		const page = async (query: string): Promise<{ meta: unknown; instances: unknown[] }> =>
			(await developer('GET', `/developer/v1/instances?${query}`)).json as {
				meta: unknown;
				instances: unknown[];
			};
		expect((await page('')).instances).toHaveLength(100);
		expect(await page('page=3&per_page=50')).toMatchObject({
			meta: { ...OK, page: 3, total_count: 120, per_page: 50 },
		});
		expect((await page('page=3&per_page=50')).instances).toHaveLength(20);
		expect((await page('page=4&per_page=50')).instances).toEqual([]);
		expect((await page('per_page=500')).instances).toHaveLength(100);
	});

	it('are changed, paid for and logged out', async () => {
		const { main, poor } = instances;
		const path = `/developer/v1/instances/${main.id}`;
		expect(
			(await developer('PUT', `${path}?renew_subscription=false&external_id=new&dispatch_routing[]=max`)).json,
		).toEqual({ instance: { customer_id: main.customerId, id: main.id, renew_subscription: false }, meta: OK });
		expect((await client('GET', '/account')).json).toMatchObject({ account: { dispatch_routing: ['max'] } });
		expect((await developer('PUT', `${path}?email=${poor.email}`)).json).toMatchObject({
			meta: { errors: { email: ['already exists'], renew_subscription: [anyString] } },
		});
		expect((await developer('POST', `${path}/renew_subscription`)).json).toEqual({
			instance: { id: main.id, subscription_paid_until: '2035-08-01' },
			meta: OK,
		});
		expect((await developer('POST', `/developer/v1/instances/${poor.id}/renew_subscription`)).json).toEqual(
			refused({ base: ['not enough money'] }, 1),
		);
		expect((await developer('DELETE', `${path}/delete_container_session`)).json).toEqual({ meta: OK });
		expect(sandbox().control.devices('chategy')[0]?.status).toBe('disconnected');
		expect((await developer('DELETE', '/developer/v1/instances/1/delete_container_session')).status).toBe(404);
	});
});
