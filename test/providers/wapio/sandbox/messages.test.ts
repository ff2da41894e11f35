import { wapioAccount } from '../../../../sandbox';
import { type Answer, anyString, matching } from '../../../sandbox/client';
import { invalid, no, NUMBER, text, useCalls } from './calls';

const { otherSessionKey, sessions, groups, channel } = wapioAccount;
const { sandbox, by, asSession } = useCalls();

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
		expect(sandbox().control.messages()).toMatchObject([
			{ device: sessions.connected, recipientType: 'person', kind: 'text', text: 'Hello' },
			{ text: 'Hello' },
		]);
	});

	it('refuse the key of another request', async () => {
		await send(text, { 'Idempotency-Key': 'one' });
		const other = await send({ ...text, text: 'Another' }, { 'Idempotency-Key': 'one' });
		expect([other.status, other.json]).toEqual([
			422,
			expect.objectContaining({ success: false, reason_code: 'idempotency_key_reused' }),
		]);
		expect(sandbox().control.messages()).toHaveLength(1);
	});

	it('with the same key from another session are others', async () => {
		sandbox().control.setDeviceStatus('wapio', sessions.disconnected, 'connected');
		await send(text, { 'Idempotency-Key': 'one' });
		await by(otherSessionKey)('POST', '/api/send-message', text, { 'Idempotency-Key': 'one' });
		expect(
			sandbox()
				.control.messages()
				.map(({ device }) => device),
		).toEqual([sessions.connected, sessions.disconnected]);
	});

	it('are counted once also when the answer to the first was lost', async () => {
		sandbox().control.fault({ kind: 'status', status: 500, accepted: true });
		expect((await send(text, { 'Idempotency-Key': 'one' })).status).toBe(500);
		expect((await send(text, { 'Idempotency-Key': 'one' })).status).toBe(202);
		expect(sandbox().control.messages()).toHaveLength(1);
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
		expect(sandbox().control.messages()).toMatchObject([{ kind, ...expected }]);
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
		expect(sandbox().control.messages()).toEqual([]);
	});

	it('go to groups and channels', async () => {
		await send({ ...text, to: groups.family });
		await send({ channel_id: channel, kind: 'text', text: 'Hello' });
		expect(
			sandbox()
				.control.messages()
				.map(({ recipient }) => recipient),
		).toEqual([groups.family, channel]);
	});

	it('wait for a connection in vain', async () => {
		sandbox().control.setDeviceStatus('wapio', sessions.connected, 'disconnected');
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
		expect(sandbox().control.messages()).toHaveLength(2);
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

	it('are in the logs of their session, as are those of the channel', async () => {
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
		const first = { content_base64: content.toString('base64'), mime_type: 'application/pdf' };
		const others = { mimetype: 'application/pdf', base64 };
		const accepted = [
			first,
			{ ...first, ...others },
			{ ...first, file_name: 'a.pdf', file_length: content.length },
		];
		for (const body of accepted) expect((await asSession('POST', '/api/upload', body)).status).toBe(200);
		const another = Buffer.from('another file').toString('base64');
		const wrong = [
			{ ...first, file_length: 1 },
			{ ...others, ...first, content_base64: another },
			{ mime_type: 'a/b' },
		];
		for (const body of wrong) expect((await asSession('POST', '/api/upload', body)).status).toBe(422);
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
