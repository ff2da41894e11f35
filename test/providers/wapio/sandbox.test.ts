import { type Sandbox, startSandbox, wapioAccount } from '../../../sandbox';
import { type Answer, anyString, callProvider, controlCall, matching } from '../../sandbox/client';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
	sandbox.control.setRateLimit('wapio', null);
});
beforeEach(() => {
	sandbox.control.reset();
	sandbox.control.setRateLimit('wapio', null);
});
afterAll(() => sandbox.close());

const { pat, sessionKey, otherSessionKey, sessions, groups, inviteCodes, channel, notOnWhatsApp } = wapioAccount;
const NUMBER = '212600000001';
const text = { to: NUMBER, kind: 'text', text: 'Hello' };

const by =
	(token: string) =>
	async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
		await callProvider(sandbox, 'wapio', method, path, body, { Authorization: `Bearer ${token}`, ...headers });
const asAccount = by(pat);
const asSession = by(sessionKey);

const no = (message: unknown, reason_code: string, errors?: unknown): unknown => ({
	success: false,
	message,
	reason_code,
	...(errors === undefined ? {} : { errors }),
});
const invalid = (errors: unknown): unknown => no('Validation failed', 'validation_error', errors);
const at = (session: string): string => `/v1/whatsapp-sessions/${session}`;

describe('who may do what', () => {
	it.each(['', 'Bearer wrong', `Basic ${pat}`])('refuses "%s" with 401', async (Authorization) => {
		const answer = await callProvider(sandbox, 'wapio', 'GET', '/v1/whatsapp-sessions', undefined, {
			Authorization,
		});
		expect([answer.status, answer.json]).toEqual([401, no('Missing or invalid Bearer token.', 'unauthorized')]);
	});

	it('answers 404 to a path it does not have', async () => {
		expect((await asAccount('GET', '/v1/nowhere')).status).toBe(404);
	});

	it.each([
		['POST', '/v1/whatsapp-sessions'],
		['DELETE', at(sessions.connected)],
		['POST', `${at(sessions.connected)}/regenerate-key`],
		['PUT', `${at(sessions.connected)}/webhook`],
		['DELETE', `${at(sessions.connected)}/webhook`],
	])('%s %s is for account tokens only', async (method, path) => {
		const answer = await asSession(method, path, method === 'DELETE' ? undefined : {});
		expect([answer.status, answer.json]).toEqual([403, no(matching(/personal access token/), 'forbidden')]);
	});

	it('a session-scoped key sees its own session only', async () => {
		expect((await asSession('GET', '/v1/whatsapp-sessions')).json).toMatchObject({
			data: [{ session_id: sessions.connected }],
			next_cursor: null,
		});
		expect((await asSession('GET', at(sessions.connected))).status).toBe(200);
		expect((await asSession('GET', at(sessions.disconnected))).status).toBe(404);
	});

	it.each<[string, Record<string, string>, string, object]>([
		['the body', {}, '', { session_id: sessions.disconnected }],
		['the header', { 'x-session-id': sessions.disconnected }, '', {}],
		['the query', {}, `?session_id=${sessions.disconnected}`, {}],
	])('a session-scoped key may name no other session in %s', async (_name, headers, query, more) => {
		const answer = await asSession('POST', `/api/send-message${query}`, { ...text, ...more }, headers);
		expect([answer.status, answer.json]).toEqual([
			422,
			no(matching(/^session_id in request does not match/), 'validation_failed'),
		]);
		expect(sandbox.control.messages()).toEqual([]);
	});

	it('an account token has to name a session', async () => {
		expect((await asAccount('POST', '/api/send-message', text)).json).toEqual(
			invalid({ session_id: ['Required'] }),
		);
		expect((await asAccount('GET', `/api/contacts?session_id=${sessions.connected}`)).status).toBe(200);
		expect(
			(await asAccount('GET', '/api/contacts', undefined, { 'x-session-id': sessions.connected })).status,
		).toBe(200);
		expect((await asAccount('GET', '/api/contacts?session_id=nobody')).status).toBe(404);
		const differing = await asAccount('GET', `/api/contacts?session_id=${sessions.connected}`, undefined, {
			'x-session-id': sessions.disconnected,
		});
		expect(differing.status).toBe(422);
	});
});

describe('sessions', () => {
	it('are listed with the fields of the collection, page by page', async () => {
		sandbox.control.configure('wapio', { moreSessions: 120 });
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

describe('messages', () => {
	const send = async (body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
		await asSession('POST', '/api/send-message', body, headers);

	it('are taken with 202, and once for each key', async () => {
		const first = await send(text, { 'Idempotency-Key': 'one' });
		const again = await send(text, { 'Idempotency-Key': 'one' });
		const other = await send(text, { 'Idempotency-Key': 'two' });
		expect([first.status, first.json]).toEqual([
			202,
			{ msgId: matching(/^bps_msg_/), jid: `${NUMBER}@s.whatsapp.net`, status: 'queued' },
		]);
		expect([again.status, again.json]).toEqual([202, first.json]);
		expect(other.json).not.toEqual(first.json);
		expect(sandbox.control.messages()).toMatchObject([
			{ device: sessions.connected, recipientType: 'person', kind: 'text', text: 'Hello' },
			{ text: 'Hello' },
		]);
	});

	it('with the same key from another session are others', async () => {
		sandbox.control.setDeviceStatus('wapio', sessions.disconnected, 'connected');
		await send(text, { 'Idempotency-Key': 'one' });
		await by(otherSessionKey)('POST', '/api/send-message', text, { 'Idempotency-Key': 'one' });
		expect(sandbox.control.messages().map(({ device }) => device)).toEqual([
			sessions.connected,
			sessions.disconnected,
		]);
	});

	it('are counted once also when the answer to the first was lost', async () => {
		sandbox.control.fault({ kind: 'status', status: 500, accepted: true });
		expect((await send(text, { 'Idempotency-Key': 'one' })).status).toBe(500);
		expect((await send(text, { 'Idempotency-Key': 'one' })).status).toBe(202);
		expect(sandbox.control.messages()).toHaveLength(1);
	});

	const url = 'https://example.com/file';
	it.each<[string, Record<string, unknown>, object]>([
		['image', { imageUrl: url, caption: 'c', viewOnce: true }, { url, text: 'c' }],
		['video', { videoUrl: url }, { url, text: null }],
		['document', { documentUrl: url, file_name: 'a.pdf', mime_type: 'application/pdf' }, { url }],
		['audio', { audioUrl: url, ptt: true }, { url }],
		['sticker', { stickerUrl: url }, { url }],
		['location', { location: { latitude: 33.5, longitude: -7.5, name: 'Casablanca' } }, { text: 'Casablanca' }],
		['contact', { contact: { fullName: 'M', phoneNumber: '+212600000000' } }, { text: 'M' }],
		['poll', { poll: { question: 'When?', options: ['a', 'b'], multiSelect: false } }, { text: 'When?' }],
	])('take %s', async (kind, content, expected) => {
		expect((await send({ to: `+${NUMBER}`, kind, ...content })).status).toBe(202);
		expect(sandbox.control.messages()).toMatchObject([{ kind, ...expected }]);
	});

	it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
		['no recipient', { kind: 'text', text: 'x' }, { to: ['Required'] }],
		['a recipient that is none', { ...text, to: '0612' }, { to: ['Must be a phone number or a JID'] }],
		[
			'a group that the session is not in',
			{ ...text, to: groups.outside },
			{ to: ['The session is not a member of this group'] },
		],
		['no kind', { to: NUMBER }, { kind: ['Required'] }],
		['no text', { to: NUMBER, kind: 'text' }, { text: ['Required'] }],
		['an image that is no address', { to: NUMBER, kind: 'image', imageUrl: 'x' }, { imageUrl: ['Must be a URL'] }],
		['no question', { to: NUMBER, kind: 'poll', poll: { options: ['a'] } }, { 'poll.question': ['Required'] }],
		[
			'a latitude that is text',
			{ to: NUMBER, kind: 'location', location: { latitude: '1', longitude: 1 } },
			{ 'location.latitude': [anyString] },
		],
		[
			'a channel id that is none',
			{ channel_id: groups.family, kind: 'text', text: 'x' },
			{ channel_id: ['Must end with @newsletter'] },
		],
	])('are refused with %s', async (_name, body, errors) => {
		const answer = await send(body);
		expect([answer.status, answer.json]).toEqual([422, invalid(errors)]);
		expect(sandbox.control.messages()).toEqual([]);
	});

	it('go to groups and channels', async () => {
		await send({ ...text, to: groups.family });
		await send({ channel_id: channel, kind: 'text', text: 'Hello' });
		expect(sandbox.control.messages().map(({ recipient }) => recipient)).toEqual([groups.family, channel]);
	});

	it('wait for a connection in vain', async () => {
		sandbox.control.setDeviceStatus('wapio', sessions.connected, 'disconnected');
		expect((await send(text)).json).toEqual(no(matching(/not connected/), 'session_not_connected'));
	});

	it('are looked up, edited, sent once more and deleted by their id', async () => {
		const { msgId } = (await send(text)).json as { msgId: string };
		for (const [method, path] of [
			['PUT', ''],
			['POST', '/edit'],
		] as const) {
			const answer = await asSession(method, `/api/messages/${msgId}${path}`, { text: `edited ${method}` });
			expect([answer.status, answer.text]).toEqual([200, '']);
		}
		await asSession('POST', `/api/messages/${msgId}/resend`);
		await asSession('DELETE', `/api/messages/${msgId}`);
		const { json } = await asSession('GET', `/api/messages/${msgId}/info`);
		expect(json).toMatchObject({ message_id: msgId, text: 'edited POST', deleted_at: anyString });
		expect((json as { events: { update_kind: string }[] }).events.map(({ update_kind }) => update_kind)).toEqual([
			'create',
			'edit',
			'edit',
			'resend',
			'delete',
		]);
		expect(sandbox.control.messages()).toHaveLength(2);
		expect((await by(otherSessionKey)('GET', `/api/messages/${msgId}/info`)).status).toBe(404);
	});

	it('are marked as read, and presence is shown', async () => {
		expect(
			(
				await asSession('POST', '/api/messages/read', {
					message_ids: ['a'],
					chat_jid: `${NUMBER}@s.whatsapp.net`,
				})
			).status,
		).toBe(200);
		expect((await asSession('POST', '/api/messages/read', { message_ids: [], chat_jid: NUMBER })).status).toBe(422);
		expect(
			(await asSession('POST', '/api/send-presence-update', { to: NUMBER, presence: 'composing' })).status,
		).toBe(200);
		expect((await asSession('POST', '/api/send-presence-update', { to: NUMBER, presence: 'asleep' })).status).toBe(
			422,
		);
	});

	it('stand in the logs of their session, as do those of the channel', async () => {
		await send(text);
		const { json } = await asSession('GET', `/api/whatsapp-sessions/${sessions.connected}/message-logs`);
		const rows = (json as { data: { remote_jid: string }[] }).data;
		expect(rows.map(({ remote_jid }) => remote_jid)).toEqual([
			`${NUMBER}@s.whatsapp.net`,
			channel,
			anyString,
			anyString,
		]);
	});

	it('take files that were uploaded', async () => {
		const content = Buffer.from('%PDF-1.4 a file');
		const base64 = `data:application/pdf;base64,${content.toString('base64')}`;
		const { json } = await asSession('POST', '/api/upload', { mimetype: 'application/pdf', base64 });
		const { publicUrl } = json as { publicUrl: string };
		const file = await fetch(publicUrl);
		expect([file.headers.get('content-type'), Buffer.from(await file.arrayBuffer())]).toEqual([
			'application/pdf',
			content,
		]);
		expect(
			(
				await asSession('POST', '/api/upload', {
					mimetype: 'application/pdf',
					base64: content.toString('base64'),
				})
			).status,
		).toBe(422);
	});
});

describe('contacts and groups', () => {
	it('tell whether a number is on WhatsApp', async () => {
		expect((await asSession('GET', `/api/on-whatsapp/${NUMBER}`)).json).toEqual({
			exists: true,
			jid: `${NUMBER}@s.whatsapp.net`,
		});
		expect((await asSession('GET', `/api/on-whatsapp/${notOnWhatsApp[0]}`)).json).toEqual({
			exists: false,
			jid: null,
		});
	});

	it('keep contacts', async () => {
		await asSession('PUT', '/api/contacts', { phone: '+212677777777', name: 'Zineb' });
		await asSession('POST', '/api/contacts/212677777777/block');
		expect((await asSession('GET', '/api/contacts/212677777777')).json).toMatchObject({
			success: true,
			data: { name: 'Zineb', blocked: true },
		});
		expect((await asSession('GET', `/api/contacts/${NUMBER}%40s.whatsapp.net/picture`)).json).toMatchObject({
			data: { url: matching(/^http/) },
		});
		expect((await asSession('GET', `/api/contacts/${NUMBER}/picture`)).status).toBe(422);
		expect((await asSession('GET', '/api/contacts/212688888888')).status).toBe(404);
	});

	it('give contacts in pages when asked to', async () => {
		sandbox.control.configure('wapio', { contactsPerPage: 20 });
		const { json } = await asSession('GET', '/api/contacts');
		const { data, next_cursor } = (json as { data: { data: unknown[]; next_cursor: string } }).data;
		const rest = (await asSession('GET', `/api/contacts?cursor=${encodeURIComponent(next_cursor)}`)).json;
		expect(data).toHaveLength(20);
		expect(rest).toMatchObject({ data: { data: { length: 5 }, next_cursor: null } });
	});

	it('change a group', async () => {
		const path = `/api/groups/${encodeURIComponent(groups.family)}`;
		const participants = ['212600000007', '212600000008@s.whatsapp.net'];
		await asSession('POST', `${path}/participants`, { participants });
		await asSession('POST', `${path}/participants/promote`, { participants: participants.slice(0, 1) });
		await asSession('DELETE', `${path}/participants`, { participants: participants.slice(1) });
		const { json } = await asSession('GET', `${path}/participants`);
		expect((json as { data: unknown[] }).data.at(-1)).toEqual({
			id: '212600000007@s.whatsapp.net',
			admin: 'admin',
		});
		await asSession('PUT', `${path}/settings`, { announce: true });
		expect((await asSession('GET', `${path}/metadata`)).json).toMatchObject({
			data: { announce: true, restrict: false },
		});
	});

	it('are created, left and joined', async () => {
		const created = await asSession('POST', '/api/groups', { subject: 'Trip', participants: [NUMBER] });
		expect([created.status, created.json]).toMatchObject([201, { data: { subject: 'Trip', size: 2 } }]);
		expect((await asSession('GET', `/api/groups/invite/${inviteCodes.outside}`)).json).toMatchObject({
			data: { id: groups.outside },
		});
		await asSession('POST', '/api/groups/invite/accept', { invite_code: inviteCodes.outside });
		await asSession('POST', `/api/groups/${encodeURIComponent(groups.team)}/leave`);
		const { json } = await asSession('GET', '/api/groups');
		expect(json).toMatchObject({ status: 'success' });
		expect((json as { data: { id: string }[] }).data.map(({ id }) => id)).toEqual([
			groups.family,
			groups.outside,
			anyString,
		]);
	});
});

describe('answers', () => {
	it('announce the limit, and refuse what is over it with the words of the collection', async () => {
		sandbox.control.setRateLimit('wapio', { limit: 1, windowMs: 60_000 });
		const first = await asSession('GET', '/v1/whatsapp-sessions');
		const second = await asAccount('GET', '/v1/whatsapp-sessions');
		expect([first.headers.get('x-ratelimit-limit'), first.headers.get('x-ratelimit-remaining')]).toEqual([
			'1',
			'0',
		]);
		expect([second.status, second.json]).toEqual([429, no('Rate limit exceeded', 'rate_limited')]);
		expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(0);
	});

	it('come wrapped when asked to', async () => {
		sandbox.control.configure('wapio', { envelope: 'success' });
		expect((await asSession('GET', '/v1/whatsapp-sessions')).json).toMatchObject({
			success: true,
			data: { data: [{}], next_cursor: null },
		});
		expect((await asSession('GET', at(sessions.connected))).json).toMatchObject({
			success: true,
			data: { session_id: sessions.connected },
		});
		expect((await controlCall(sandbox, 'POST', '/wapio/settings', { envelope: 'paper' })).status).toBe(400);
	});

	it('show no token and no secret in the log of requests', async () => {
		await asAccount('PUT', `${at(sessions.connected)}/webhook`, {
			target_url: 'https://example.com',
			subscribed_events: ['call'],
			signing_secret: 'a-secret-of-the-webhook',
		});
		const { text: shown } = await controlCall(sandbox, 'GET', '/requests?provider=wapio');
		expect(shown).not.toContain(pat);
		expect(shown).not.toContain('a-secret-of-the-webhook');
		expect((await controlCall(sandbox, 'GET', '/providers')).text).not.toContain('a-secret-of-the-webhook');
	});
});
