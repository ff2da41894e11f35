import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { qrPng } from '../../../nodes/shared/messaging/qrCode';
import { wapioAccount } from '../../../sandbox';
import { type Bench, byId, credentialFor, keyCredentialFor, startBench } from './bench';
import { SOON_MS } from '../../support/soon';

const { pat, sessionKey, sessions } = wapioAccount;

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => {
	await bench.close();
});
beforeEach(() => {
	bench.sandbox.control.reset();
	bench.sandbox.control.setRateLimit('wapio', null);
});

const baseUrl = () => bench.sandbox.baseUrl('wapio');
const run = async (parameters: IDataObject, credential = credentialFor(baseUrl())) =>
	await bench.run(parameters as INodeParameters, { credentials: { wapioApi: credential } });
const only = async (parameters: IDataObject, credential = credentialFor(baseUrl())) => {
	const result = await run(parameters, credential);
	expect(result.error).toBeUndefined();
	return result.outputs[0]?.[0]?.json;
};
const requests = () => bench.sandbox.control.requests();
const session = (operation: string, more: IDataObject = {}) => ({ resource: 'session', operation, ...more });

describe('lists', () => {
	const rows = async (more: IDataObject) =>
		(await run(session('getMany', more))).outputs[0]?.map(({ json }) => json.session_id) ?? [];

	it.each(['documented', 'success'])('Return All goes through every page (%s answers)', async (envelope) => {
		bench.sandbox.control.configure('wapio', { moreSessions: 250, envelope });
		const found = await rows({ returnAll: true, filters: {} });
		expect([found.length, new Set(found).size]).toEqual([253, 253]);
		expect(requests()).toHaveLength(3);
	});

	it('Limit takes what it needs and no page more', async () => {
		bench.sandbox.control.configure('wapio', { moreSessions: 250 });
		expect(await rows({ returnAll: false, limit: 7, filters: {} })).toHaveLength(7);
		expect(await rows({ returnAll: false, limit: 130, filters: {} })).toHaveLength(130);
		expect(requests()).toHaveLength(3);
	});

	it('are cut to a status', async () => {
		expect(await rows({ returnAll: true, filters: { status: 'disconnected' } })).toEqual([sessions.disconnected]);
	});

	it('show a session-scoped key its own session', async () => {
		const result = await run(session('getMany', { returnAll: true, filters: {} }), keyCredentialFor(baseUrl()));
		expect(result.outputs[0]?.map(({ json }) => json.session_id)).toEqual([sessions.connected]);
	});

	it('deliveries come page by page, by status', async () => {
		const deliveries = { resource: 'webhook', operation: 'getDeliveries', returnAll: true, filters: {} };
		expect((await run(deliveries)).outputs[0]).toHaveLength(130);
		expect(requests()).toHaveLength(2);
		const failed = await run({ ...deliveries, filters: { status: 'failed' } });
		expect(new Set(failed.outputs[0]?.map(({ json }) => json.status))).toEqual(new Set(['failed']));
	});
});

describe('a session', () => {
	it('is created, and its key is shown', async () => {
		const created = await only(
			session('create', { label: 'New', additionalFields: {}, settings: { typing: true } }),
		);
		expect(created).toMatchObject({
			session: { label: 'New' },
			session_api_key: { raw: expect.stringMatching(/^bps_sk_/) as string },
		});
		const { session_id } = created?.session as { session_id: string };
		expect(await only(session('getSettings', { session: byId(session_id) }))).toMatchObject({
			typing: true,
			always_online: false,
		});
	});

	it('whose creation got no answer is created once', async () => {
		bench.sandbox.control.fault({ kind: 'dropAfter' });
		await only(session('create', { label: 'New', additionalFields: {}, settings: {} }));
		const found = await run(session('getMany', { returnAll: true, filters: {} }));
		expect(found.outputs[0]?.filter(({ json }) => json.label === 'New')).toHaveLength(1);
	});

	it('is changed by the fields that are given', async () => {
		await only(session('update', { updateFields: { label: 'Renamed' }, settings: { alwaysOnline: true } }));
		expect(await only(session('get'))).toMatchObject({
			session_id: sessions.connected,
			label: 'Renamed',
			phone: '212611111111',
		});
		expect(
			await only(session('updateSettings', { settings: { alwaysOnline: false, ignoreGroups: true } })),
		).toMatchObject({
			always_online: false,
			ignore_groups: true,
		});
	});

	it('is disconnected and connected', async () => {
		expect(await only(session('disconnect', { session: byId(sessions.connected) }))).toEqual({ success: true });
		expect(await only(session('connect'))).toEqual({ success: true });
		expect(await only(session('get'))).toMatchObject({ status: 'connecting' });
		expect((await run(session('connect', { session: byId(sessions.disconnected) }))).error).toBeUndefined();
	});

	it('that is connected already is a refusal', async () => {
		const { error } = await run(session('connect'));
		expect(error?.message).toContain('Session is already connected');
	});

	it('gets a new key', async () => {
		expect(await only(session('rotateKey', { session: byId(sessions.connected) }))).toMatchObject({
			session_api_key: { raw: expect.stringMatching(/^bps_sk_/) as string },
		});
	});
});

describe('QR code', () => {
	const qr = (more: IDataObject = {}) =>
		session('getQrCode', { binaryPropertyName: 'code', session: byId(sessions.disconnected), ...more });

	it('is a picture of the text that the provider gave', async () => {
		const result = await run(qr());
		expect(result.error).toBeUndefined();
		const item = result.outputs[0]?.[0];
		expect(item?.json).toEqual({ session_id: sessions.disconnected, qr: expect.stringMatching(/^2@/) as string });
		expect(item?.binary?.code).toMatchObject({ mimeType: 'image/png' });
		const picture = await bench.engine.binaryBuffer(item, 'code');
		expect(picture.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
		expect(picture.equals(qrPng(item?.json.qr as string))).toBe(true);
	});

	it('of a connected session is a refusal', async () => {
		expect((await run(qr({ session: byId(sessions.connected) }))).error?.message).toContain('there is no QR code');
	});

	it('that is missing in the answer is a failure', async () => {
		bench.sandbox.control.fault({ kind: 'status', status: 200, body: { qr: '' }, times: Infinity });
		const result = await run(qr());
		expect(result.status).toBe('error');
		expect(result.outputs[0]?.[0]?.binary).toBeUndefined();
	});
});

describe('deletion', () => {
	const deletion = (options: IDataObject = {}) =>
		session('delete', { session: byId(sessions.disconnected), options });

	it('is queued', async () => {
		expect(await only(deletion())).toMatchObject({
			deleted: false,
			status: 'queued',
			session_id: sessions.disconnected,
		});
		expect(requests()).toHaveLength(1);
	});

	it('is waited for', async () => {
		expect(await only(deletion({ waitForDeletion: true }))).toMatchObject({
			deleted: true,
			status: 'completed',
			finished_at: expect.any(String) as string,
		});
		expect((await run(session('get', { session: byId(sessions.disconnected) }))).error?.message).toContain(
			'Resource not found',
		);
	});

	it('that fails in the queue is a failure in the words of the provider', async () => {
		bench.sandbox.control.configure('wapio', { operations: 'failed' });
		expect((await run(deletion({ waitForDeletion: true }))).error?.message).toContain(
			'The worker could not be stopped.',
		);
	});

	it('that takes too long says so, and that it goes on', async () => {
		bench.sandbox.control.configure('wapio', { operations: 'never' });
		const { error } = await run(deletion({ waitForDeletion: true, waitLimit: 2 }));
		expect(error?.message).toMatch(/2 seconds/);
		expect(bench.sandbox.control.requests({ method: 'DELETE' })).toHaveLength(1);
	});

	it('Stop ends the wait at once', async () => {
		bench.sandbox.control.configure('wapio', { operations: 'never' });
		const stop = new AbortController();
		const running = bench.run(deletion({ waitForDeletion: true }), { signal: stop.signal });
		while (bench.sandbox.control.requests({ path: '/v1/operations' }).length === 0)
			await new Promise((resolve) => setTimeout(resolve, 10));
		const stopped = Date.now();
		stop.abort();
		expect((await running).status).toBe('canceled');
		expect(Date.now() - stopped).toBeLessThan(SOON_MS);
	});
});

describe('bad input is met before anything is sent', () => {
	const empty = '={{ $json.nothing ?? "" }}';
	const noDefault = () => ({ token: pat, baseUrl: baseUrl() });

	it.each<[string, IDataObject, RegExp]>([
		['no label', session('create', { label: empty, additionalFields: {}, settings: {} }), /^Label: /],
		[
			'a phone number that is none',
			session('create', { label: 'x', additionalFields: { phoneNumber: 'abc' }, settings: {} }),
			/Phone Number: /,
		],
		['no change', session('update', { updateFields: {}, settings: {} }), /Update Fields|Settings/],
		['no setting', session('updateSettings', { settings: {} }), /^Settings: /],
		[
			'a webhook that is no address',
			{
				resource: 'webhook',
				operation: 'set',
				webhookUrl: 'localhost/x',
				events: ['call'],
				signingSecret: '0123456789abcdef',
			},
			/^Webhook URL: /,
		],
		[
			'a secret that is too short',
			{
				resource: 'webhook',
				operation: 'set',
				webhookUrl: 'https://example.com',
				events: ['call'],
				signingSecret: 'short',
			},
			/^Signing Secret: .*16/,
		],
		[
			'no secret at all',
			{
				resource: 'webhook',
				operation: 'set',
				webhookUrl: 'https://example.com',
				events: ['call'],
				signingSecret: empty,
			},
			/^Signing Secret: /,
		],
	])('%s', async (_name, parameters, message) => {
		const result = await run(parameters);
		expect(result.error?.message).toMatch(message);
		expect(result.error?.description).toMatch(/Nothing was (sent|changed)\./);
		expect(requests()).toHaveLength(0);
	});

	it.each(['get', 'connect', 'getQrCode', 'getSettings'])('no session anywhere (%s)', async (operation) => {
		const result = await run(session(operation, { binaryPropertyName: 'data' }), noDefault());
		expect(result.error?.message).toMatch(/^Session: /);
		expect(requests()).toHaveLength(0);
	});

	it.each<[string, IDataObject]>([
		['create', session('create', { label: 'x', additionalFields: {}, settings: {} })],
		['delete', session('delete', { session: byId(sessions.connected), options: {} })],
		['rotateKey', session('rotateKey', { session: byId(sessions.connected) })],
		[
			'set webhook',
			{
				resource: 'webhook',
				operation: 'set',
				session: byId(sessions.connected),
				webhookUrl: 'https://example.com',
				events: ['call'],
				signingSecret: '0123456789abcdef',
			},
		],
		['delete webhook', { resource: 'webhook', operation: 'delete', session: byId(sessions.connected) }],
	])('a session-scoped key where the account is needed (%s)', async (_name, parameters) => {
		const { error } = await run(parameters, keyCredentialFor(baseUrl()));
		expect(error?.message).toMatch(/Token/);
		expect(`${error?.message} ${error?.description}`).toMatch(/personal access token/i);
		expect(requests()).toHaveLength(0);
	});
});

describe('the webhook of a session', () => {
	const webhook = (operation: string, more: IDataObject = {}) => ({ resource: 'webhook', operation, ...more });
	const events = ['messages.received', 'call'];

	it('is set, read and removed', async () => {
		const url = 'https://example.com/hook?a=1&b=%26';
		expect(await only(webhook('get'))).toEqual({ configured: false });
		await only(webhook('set', { webhookUrl: url, events, signingSecret: 'a-secret-that-is-long' }));
		expect(bench.sandbox.control.webhook('wapio')).toBe(url);
		expect(await only(webhook('get'))).toMatchObject({ url, events, is_active: true });
		expect(await only(webhook('delete', { session: byId(sessions.connected) }))).toEqual({ deleted: true });
		expect(bench.sandbox.control.webhook('wapio')).toBeNull();
	});

	it('takes the secret of the credential where none is given', async () => {
		const secret = 'the-secret-of-the-credential';
		await only(webhook('set', { webhookUrl: 'https://example.com', events, signingSecret: '' }), {
			...credentialFor(baseUrl()),
			webhookSigningSecret: secret,
		});
		expect(requests().at(-1)?.body).toMatchObject({ signing_secret: secret });
	});

	it('of another session is another', async () => {
		await only(
			webhook('set', {
				session: byId(sessions.disconnected),
				webhookUrl: 'https://example.com',
				events,
				signingSecret: 'a-secret-that-is-long',
			}),
		);
		expect(bench.sandbox.control.webhook('wapio', sessions.connected)).toBeNull();
		expect(bench.sandbox.control.webhook('wapio', sessions.disconnected)).toBe('https://example.com');
	});
});

it('tokens appear in no output and no log of a run', async () => {
	for (const credential of [credentialFor(baseUrl()), keyCredentialFor(baseUrl())]) {
		const {
			run: record,
			messages: shown,
			error,
		} = await run(session('getMany', { returnAll: true, filters: {} }), credential);
		expect(error).toBeUndefined();
		for (const secret of [pat, sessionKey])
			expect(JSON.stringify([record.data.resultData, shown])).not.toContain(secret);
	}
});
