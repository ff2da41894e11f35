import { wapioAccount } from '../../../../sandbox';
import { anyString, matching } from '../../../sandbox/client';
import { at, invalid, useCalls } from './calls';

const { otherSessionKey, sessions } = wapioAccount;
const { sandbox, by, asAccount, asSession } = useCalls();

describe('sessions', () => {
	it('are listed with the fields of the collection, page by page', async () => {
		sandbox().control.configure('wapio', { moreSessions: 120 });
		const first = (await asAccount('GET', '/v1/whatsapp-sessions?limit=100')).json as {
			data: { session_id: string }[];
			next_cursor: string;
		};
		expect(Object.keys(first.data[0] ?? {})).toEqual([
			'session_id',
			'account_id',
			'status',
			'created_at',
			'label',
			'phone_number',
			'worker_id',
			'last_activity_at',
			'updated_at',
			'session_api_key_fingerprint',
		]);
		const second = (await asAccount('GET', `/v1/whatsapp-sessions?limit=100&before_id=${first.next_cursor}`))
			.json as typeof first;
		expect(new Set([...first.data, ...second.data].map(({ session_id }) => session_id)).size).toBe(123);
		expect([first.data.length, second.next_cursor]).toEqual([100, null]);
		expect((await asAccount('GET', '/v1/whatsapp-sessions?limit=101')).status).toBe(422);
		expect((await asAccount('GET', '/v1/whatsapp-sessions?status=asleep')).status).toBe(422);
	});

	it('are created with a key that works, once for each idempotency key', async () => {
		const body = { label: 'New', phone_number: '+212633333333', settings: { typing: true } };
		const answer = await asAccount('POST', '/v1/whatsapp-sessions', body, { 'Idempotency-Key': 'one' });
		const again = await asAccount('POST', '/v1/whatsapp-sessions', body, { 'Idempotency-Key': 'one' });
		expect([answer.status, again.json]).toEqual([201, answer.json]);
		const { session, session_api_key } = answer.json as {
			session: { session_id: string };
			session_api_key: { raw: string };
		};
		expect(session).toMatchObject({ label: 'New', phone_number: '212633333333', status: 'pending' });
		expect((await by(session_api_key.raw)('GET', '/v1/whatsapp-sessions')).json).toMatchObject({
			data: [{ session_id: session.session_id }],
		});
		expect((await asAccount('POST', '/v1/whatsapp-sessions', {})).json).toEqual(invalid({ label: ['Required'] }));
		expect(
			(await asAccount('POST', '/v1/whatsapp-sessions', { label: 'x', settings: { typing: 'yes' } })).json,
		).toEqual(invalid({ 'settings.typing': ['Must be a boolean'] }));
	});

	it('keep what is changed', async () => {
		await asSession('PATCH', at(sessions.connected), { label: 'Shop 2', settings: { typing: true } });
		await asSession('PATCH', `${at(sessions.connected)}/settings`, { always_online: true });
		expect((await asSession('GET', at(sessions.connected))).json).toMatchObject({ label: 'Shop 2' });
		expect((await asSession('GET', `${at(sessions.connected)}/settings`)).json).toEqual({
			session_settings: {
				account_protection: false,
				read_incoming: false,
				auto_reject_calls: false,
				always_online: true,
				ignore_groups: false,
				ignore_broadcasts: false,
				ignore_channels: false,
				typing: true,
			},
		});
	});

	it('show a QR code unless they are connected, and answer changes of state without a body', async () => {
		const other = by(otherSessionKey);
		expect((await other('GET', `${at(sessions.disconnected)}/qrcode`)).json).toEqual({ qr: matching(/^2@/) });
		expect((await asSession('GET', `${at(sessions.connected)}/qrcode`)).status).toBe(409);
		expect((await asSession('POST', `${at(sessions.connected)}/connect`)).status).toBe(409);
		for (const step of ['connect', 'restart', 'disconnect']) {
			const answer = await other('POST', `${at(sessions.disconnected)}/${step}`);
			expect([answer.status, answer.text]).toEqual([200, '']);
		}
	});

	it('get a new key, and the old one is revoked at once', async () => {
		const { json } = await asAccount('POST', `${at(sessions.connected)}/regenerate-key`);
		const { raw } = (json as { session_api_key: { raw: string } }).session_api_key;
		expect(raw).toMatch(/^bps_sk_/);
		expect((await asSession('GET', '/v1/whatsapp-sessions')).status).toBe(401);
		expect((await by(raw)('GET', '/v1/whatsapp-sessions')).status).toBe(200);
	});

	it('are deleted by an operation that is over after a while', async () => {
		const answer = await asAccount('DELETE', at(sessions.connected));
		const { operation_id } = answer.json as { operation_id: string };
		expect([answer.status, answer.json]).toMatchObject([
			202,
			{ status: 'queued', session_id: sessions.connected, finished_at: null },
		]);
		expect((await asSession('GET', '/v1/whatsapp-sessions')).status).toBe(401);
		expect((await asAccount('GET', at(sessions.connected))).json).toMatchObject({ status: 'pending_deletion' });
		expect((await asAccount('GET', `/v1/operations/${operation_id}`)).json).toMatchObject({
			status: 'in_progress',
			started_at: anyString,
		});
		expect((await asAccount('GET', `/v1/operations/${operation_id}`)).json).toMatchObject({
			status: 'completed',
			finished_at: anyString,
		});
		expect((await asAccount('GET', at(sessions.connected))).status).toBe(404);
		expect((await asAccount('GET', '/v1/whatsapp-sessions?status=deleted')).json).toMatchObject({
			data: [{ session_id: sessions.connected }],
		});
	});
});
