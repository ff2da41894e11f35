import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { connect } from 'node:net';
import { startScriptedServer } from '../../support/scriptedServer';
import { itOnUndici } from '../../support/transport';
import { startTunnelProxy } from '../../unit/http/webSocketServer';
import { type Bench, byId, credentialFor, developerCredentialFor, startBench } from './bench';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => {
	await bench.close();
});
beforeEach(() => {
	bench.sandbox.control.reset();
});

const run = async (parameters: IDataObject) => await bench.run(parameters as INodeParameters);
const rows = async (parameters: IDataObject) => {
	const result = await run(parameters);
	expect(result.error).toBeUndefined();
	return result.outputs[0]?.map(({ json }) => json) ?? [];
};
const only = async (parameters: IDataObject) => {
	const found = await rows(parameters);
	expect(found).toHaveLength(1);
	return found[0] as IDataObject;
};
const requests = () => bench.sandbox.control.requests();

/** An id of an answer as the editor stores it. */
const idOf = ({ id }: IDataObject) => byId(JSON.stringify(id));

const instances = { resource: 'instance', operation: 'getMany' };
const creation = (digits: string, more: IDataObject = {}) => ({
	resource: 'instance',
	operation: 'create',
	phoneNumber: digits,
	email: `client${digits}@example.com`,
	options: {},
	...more,
});

describe('instances', () => {
	/** As many as make two pages and a bit. */
	const createMany = async (count: number) => {
		const { outputs, error } = await bench.run(
			{ ...creation('={{ $json.phone }}', { email: '={{ $json.phone }}@example.com' }) },
			{
				items: Array.from({ length: count }, (_none, index) => ({
					json: { phone: String(6_281_300_000_000 + index) },
				})),
			},
		);
		expect(error).toBeUndefined();
		return outputs[0] ?? [];
	};

	it('Return All goes through every page, Limit takes what it needs', async () => {
		const before = (await rows({ ...instances, returnAll: true })).length;
		await createMany(205);
		const asked = requests().length;
		const all = await rows({ ...instances, returnAll: true });
		expect(all).toHaveLength(before + 205);
		expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
		expect(requests().length - asked).toBe(Math.ceil(all.length / 100));

		expect(await rows({ ...instances, returnAll: false, limit: 7 })).toEqual(all.slice(0, 7));
		expect(await rows({ ...instances, returnAll: false, limit: 130 })).toEqual(all.slice(0, 130));
	});

	it('are returned without tokens and keys, but with them on request', async () => {
		const secretNames = ['token', 'idempotency_key', 'password'];
		const created = await only(creation('995555846453'));
		const open = await only(creation('995555846454', { includeSecrets: true }));
		for (const name of secretNames) expect(created).not.toHaveProperty(name);
		expect(open).toMatchObject({
			token: expect.any(String) as string,
			idempotency_key: expect.any(String) as string,
		});

		const one = { resource: 'instance', operation: 'get', customerId: open.customer_id };
		expect(await only(one)).not.toHaveProperty('token');
		expect(await only({ ...one, includeSecrets: true })).toMatchObject({ token: open.token });
		for (const each of await rows({ ...instances, returnAll: true })) expect(each).not.toHaveProperty('token');
		const shown = await rows({ ...instances, returnAll: true, includeSecrets: true });
		expect(shown.find(({ id }) => id === open.id)).toMatchObject({ token: open.token });
	});

	it('with one external ID are returned completely, however many there are', async () => {
		const all = Array.from({ length: 250 }, (_none, index) => ({ id: index + 1, external_id: 'shop' }));
		const target = await startScriptedServer(({ query }) => {
			const { page, per_page } = Object.fromEntries(query);
			const [from, size] = [(Number(page) - 1) * Number(per_page), Number(per_page)];
			const meta = { code: 200, status: 'success', page, total_count: all.length, per_page };
			return { body: { meta, instances: all.slice(from, from + size) } };
		});
		const credentials = { chategyDeveloperApi: developerCredentialFor(target.url) };
		const found = { resource: 'instance', operation: 'getByExternalId', externalId: 'shop' };
		const idsOf = async (parameters: INodeParameters) => {
			const result = await bench.run({ ...found, ...parameters }, { credentials });
			expect(result.error).toBeUndefined();
			return result.outputs[0]?.map(({ json }) => json.id);
		};
		try {
			expect(await idsOf({ returnAll: true })).toEqual(all.map(({ id }) => id));
			expect(await idsOf({ returnAll: false, limit: 120 })).toEqual(all.slice(0, 120).map(({ id }) => id));
			expect(await idsOf({ returnAll: true, options: { startPage: 3 } })).toEqual(
				all.slice(200).map(({ id }) => id),
			);
			expect(await idsOf({ returnAll: false, limit: 10, options: { startPage: 25 } })).toHaveLength(10);
		} finally {
			await target.close();
		}
	});

	it.each([0, -1, 1.5, 'two'])('a start page of %s is refused', async (startPage) => {
		const result = await run({ ...instances, returnAll: true, options: { startPage } });
		expect(result.error?.message).toBe('Options → Start Page: enter a whole number, 1 or more');
		expect(requests()).toHaveLength(0);
	});

	it('are found by external ID, changed, renewed and logged out', async () => {
		const created = await only(
			creation('995555846453', { options: { externalId: 'own-shop-7', channels: ['whatsapp'] } }),
		);
		expect(
			await only({ resource: 'instance', operation: 'getByExternalId', externalId: 'own-shop-7' }),
		).toMatchObject({ id: created.id });

		const instance = idOf(created);
		const update = { resource: 'instance', operation: 'update', instance, renewSubscription: false };
		expect(await only({ ...update, updateFields: { externalId: 'own-shop-8' } })).toMatchObject({
			id: created.id,
			renew_subscription: false,
		});
		expect(
			await only({ resource: 'instance', operation: 'getByExternalId', externalId: 'own-shop-8' }),
		).toMatchObject({ id: created.id });

		const renewed = await run({ resource: 'instance', operation: 'renewSubscription', instance });
		expect(renewed.error?.message ?? 'fine').toMatch(/^fine$|not enough money/);
		expect(await rows({ resource: 'instance', operation: 'deleteWhatsAppSession', instance })).toHaveLength(1);
	});

	it.each([
		[true, true],
		[false, false],
		['True', true],
		['false', false],
	])('are updated with the chosen renewal: %j', async (renewSubscription, renew_subscription) => {
		const instance = idOf(await only(creation('995555846453')));
		const update = { resource: 'instance', operation: 'update', instance, updateFields: {} };
		expect(await only({ ...update, renewSubscription })).toMatchObject({ renew_subscription });
	});

	it('with a known phone number are refused with every reason', async () => {
		await only(creation('995555846453'));
		const result = await run(creation('995555846453'));
		expect(result.error?.message).toMatch(/^Chategy refused the request: ".*already exists.*"$/);
		expect(result.error?.message).toMatch(/email/);
		expect(result.error?.message).toMatch(/phone/);
	});

	it('that do not exist are not found', async () => {
		const result = await run({ resource: 'instance', operation: 'get', customerId: '1' });
		expect(result.error?.message).toBe('Chategy refused the request: "Not found"');
	});
});

describe('the address of Create Instance', () => {
	const names = ['HTTP_PROXY', 'http_proxy', 'NO_PROXY', 'no_proxy'];
	const before = names.map((name) => [name, process.env[name]] as const);

	beforeEach(() => {
		for (const name of names) Reflect.deleteProperty(process.env, name);
	});
	afterEach(() => {
		for (const [name, value] of before) {
			if (value === undefined) Reflect.deleteProperty(process.env, name);
			else process.env[name] = value;
		}
	});

	// The proxy of this test knows nothing but tunnels, and n8n's helper tunnels https only.
	itOnUndici.each([
		['http://api.gateway.test', 'gateway.test:80'],
		['http://api.gateway.test/', 'gateway.test:80'],
		['http://gateway.test', 'gateway.test:80'],
		['http://apis.gateway.test', 'apis.gateway.test:80'],
	])('of %s is on the host without "api."', async (baseUrl, host) => {
		const answer = { instance: { id: 3748, customer_id: 20322 }, meta: { status: 'success', code: 200 } };
		const target = await startScriptedServer({ body: answer });
		// It knows every host, and leads all of them to the same server.
		const proxy = await startTunnelProxy(() => connect(Number(new URL(target.url).port), '127.0.0.1'));
		process.env.HTTP_PROXY = proxy.url;
		try {
			const credentials = { chategyDeveloperApi: { ...developerCredentialFor(baseUrl) } };
			const result = await bench.run(creation('995555846453'), { credentials });
			expect(result.error).toBeUndefined();
			expect(proxy.tunnels).toEqual([host]);
			expect(target.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /api/tmp/instances']);
			expect(target.requests[0]?.headers.host).toBe(host.replace(':80', ''));
		} finally {
			await proxy.close();
			await target.close();
		}
	});
});

describe('webhooks', () => {
	it('are created, read, changed and deleted', async () => {
		const url = 'https://example.com/hook?a=1&b=%26';
		const created = await only({
			resource: 'webhook',
			operation: 'create',
			webhookUrl: url,
			events: ['whatsapp_log_out', 'whatsapp_log_in'],
		});
		expect(created).toMatchObject({ url, events: ['whatsapp_log_out', 'whatsapp_log_in'] });
		const webhookId = idOf(created);
		expect(await only({ resource: 'webhook', operation: 'get', webhookId })).toEqual(created);

		const changed = {
			resource: 'webhook',
			operation: 'update',
			webhookId,
			webhookUrl: 'https://example.com/2',
			events: ['tdlib_incoming_msg'],
		};
		expect(await only(changed)).toEqual({
			id: created.id,
			url: 'https://example.com/2',
			events: ['tdlib_incoming_msg'],
		});
		const listed = await rows({ resource: 'webhook', operation: 'getMany', returnAll: true });
		expect(listed.filter(({ id }) => id === created.id)).toEqual([
			{ id: created.id, url: 'https://example.com/2', events: ['tdlib_incoming_msg'] },
		]);

		expect(await only({ resource: 'webhook', operation: 'delete', webhookId })).toEqual({
			deleted: true,
			id: created.id,
		});
		expect((await run({ resource: 'webhook', operation: 'get', webhookId })).error?.message).toMatch(/not found/i);
	});
});

describe('lists', () => {
	const look = { type: 'chategy', parameters: { resource: 'delivery', operation: 'send' } };
	const lookFor = (resource: string) => ({ type: 'chategy', parameters: { resource, operation: 'update' } });
	const base = () => bench.sandbox.baseUrl('chategy');

	it('sender names of the account', async () => {
		const account = await only({ resource: 'account', operation: 'get' });
		const { results } = await bench.engine.listSearch({ ...look, method: 'searchSenderNames' });
		expect(results.map(({ value }) => value)).toEqual(account.sender_names);
	});

	it('instances, searched by what is typed', async () => {
		const created = await only(creation('995555846453', { options: { externalId: 'own-shop-7' } }));
		const { results } = await bench.engine.listSearch({
			...lookFor('instance'),
			method: 'searchInstances',
			filter: 'OWN-SHOP-7',
		});
		expect(results.map(({ value }) => value)).toEqual([idOf(created).value]);
		const all = await bench.engine.listSearch({ ...lookFor('instance'), method: 'searchInstances' });
		expect(all.results.length).toBeGreaterThan(1);
		expect(JSON.stringify(all)).not.toContain('eyJ');
	});

	it('webhooks, by their URL', async () => {
		const created = await only({
			resource: 'webhook',
			operation: 'create',
			webhookUrl: 'https://example.com/hook?key=do-not-show',
			events: ['whatsapp_log_out'],
		});
		const { results } = await bench.engine.listSearch({
			...lookFor('webhook'),
			method: 'searchWebhooks',
			filter: 'example.com/hook',
		});
		expect(results.map(({ value }) => value)).toEqual([idOf(created).value]);
		expect(results[0]?.name).toContain('example.com/hook');
		expect(results[0]?.name).not.toContain('do-not-show');
	});

	it('that cannot be loaded say why', async () => {
		const credentials = {
			chategyApi: { ...credentialFor(base()), accessToken: 'not-the-right-token' },
			chategyDeveloperApi: { ...developerCredentialFor(base()), apiKey: 'not-the-right-key' },
		};
		const refused = 'Chategy did not accept the credential: "Not authorized!"';
		await expect(bench.engine.listSearch({ ...look, method: 'searchSenderNames', credentials })).rejects.toThrow(
			refused,
		);
		await expect(
			bench.engine.listSearch({ ...lookFor('instance'), method: 'searchInstances', credentials }),
		).rejects.toThrow(refused);
		await expect(
			bench.engine.listSearch({ ...lookFor('webhook'), method: 'searchWebhooks', credentials }),
		).rejects.toThrow(refused);
	});
});

it('a refused developer key names the credential to check', async () => {
	const credentials = {
		chategyDeveloperApi: {
			...developerCredentialFor(bench.sandbox.baseUrl('chategy')),
			apiKey: 'not-the-right-key',
		},
	};
	const result = await bench.run({ ...instances, returnAll: true }, { credentials });
	expect(result.error?.message).toMatch(/^Chategy did not accept the credential/);
	expect(result.error?.description).toMatch(/Developer/);
	expect(JSON.stringify({ ...result.error, node: undefined })).not.toContain('not-the-right-key');
});
