import { wapioAccount } from '../../../../sandbox';
import { byId, keyCredentialFor, recipients } from '../bench';
import { NUMBER, toPerson, url, useOperations } from './calls';

const { sessions, groups, channel } = wapioAccount;
const { bench, baseUrl, run, only, messages, requests } = useOperations();

describe('messages', () => {
	it('go out once for each item, in order', async () => {
		const result = await bench().run(bench().sendText, { items: recipients(3) });
		expect(result.error).toBeUndefined();
		expect(result.outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		expect(messages().map(({ text }) => text)).toEqual(['message 0', 'message 1', 'message 2']);
		expect(messages()[0]).toMatchObject({ device: sessions.connected, recipientType: 'person', kind: 'text' });
	});

	it('go out with a session key, which names no session', async () => {
		await only({ ...toPerson, operation: 'sendText', text: 'Hi' }, keyCredentialFor(baseUrl()));
		expect(messages()[0]?.raw).toEqual({ to: NUMBER, kind: 'text', text: 'Hi' });
	});

	it('go out from the session that is chosen', async () => {
		bench().sandbox.control.setDeviceStatus('wapio', sessions.disconnected, 'connected');
		await only({ ...toPerson, operation: 'sendText', text: 'Hi', session: byId(sessions.disconnected) });
		expect(messages()).toMatchObject([
			{ device: sessions.disconnected, raw: { session_id: sessions.disconnected } },
		]);
	});

	it.each([
		['with invisible marks', '\u202a+212 600-000001\u202c', {}],
		['of a default country', '0600-000001', { defaultCountry: 'MA' }],
	])('reach a number %s', async (_name, phoneNumber, options) => {
		await only({ ...toPerson, operation: 'sendText', phoneNumber, text: 'Hi', options });
		expect(messages()).toMatchObject([{ recipient: `${NUMBER}@s.whatsapp.net`, raw: { to: NUMBER } }]);
	});

	it('go to groups, with and without the ending of their id', async () => {
		for (const id of [groups.family, groups.family.replace('@g.us', '')]) {
			await only({ resource: 'message', operation: 'sendText', sendTo: 'group', group: byId(id), text: 'Hi' });
		}
		expect(messages().map(({ recipient, recipientType }) => [recipient, recipientType])).toEqual([
			[groups.family, 'group'],
			[groups.family, 'group'],
		]);
	});

	it('of every kind are taken', async () => {
		const media = { mediaSource: 'url', fileUrl: url };
		await only({ ...toPerson, operation: 'sendImage', ...media, caption: 'A', viewOnce: true });
		await only({ ...toPerson, operation: 'sendVideo', ...media, caption: '', viewOnce: false });
		await only({ ...toPerson, operation: 'sendDocument', ...media, fileName: 'a.pdf', mimeType: '', caption: '' });
		await only({ ...toPerson, operation: 'sendAudio', ...media, options: { voiceNote: true } });
		await only({ ...toPerson, operation: 'sendSticker', ...media });
		await only({
			...toPerson,
			operation: 'sendLocation',
			latitude: 33.5,
			longitude: -7.5,
			locationName: 'Casablanca',
			address: '',
		});
		await only({ ...toPerson, operation: 'sendContact', contactName: 'M', contactPhone: '+212 600-000002' });
		await only({
			...toPerson,
			operation: 'sendPoll',
			question: 'When?',
			pollOptions: { option: [{ text: 'a' }, { text: 'b' }] },
			multiSelect: true,
		});
		expect(messages().map(({ kind, text, url: sent }) => [kind, text, sent])).toEqual([
			['image', 'A', url],
			['video', null, url],
			['document', null, url],
			['audio', null, url],
			['sticker', null, url],
			['location', 'Casablanca', null],
			['contact', 'M', null],
			['poll', 'When?', null],
		]);
	});

	it('answer one message and mention people', async () => {
		await only({
			...toPerson,
			operation: 'sendText',
			text: 'Hi',
			options: { replyToMessageId: 'bps_msg_1', mentions: '+212 600 000 002' },
		});
		expect(messages()[0]?.raw).toMatchObject({
			quoted_message_id: 'bps_msg_1',
			mentions: ['212600000002@s.whatsapp.net'],
		});
	});

	it('go to channels, whose id is in the message logs', async () => {
		const logs = await run({ resource: 'channel', operation: 'getMessageLogs', returnAll: true });
		const found = logs.outputs[0]
			?.map(({ json }) => json.remote_jid as string)
			.find((jid) => jid.endsWith('@newsletter'));
		await only({ resource: 'channel', operation: 'sendText', channel: byId(found ?? ''), text: 'Hello, channel' });
		expect(messages()).toMatchObject([{ recipient: channel, text: 'Hello, channel' }]);
		const first = await run({ resource: 'channel', operation: 'getMessageLogs', returnAll: false, limit: 2 });
		expect(first.outputs[0]).toHaveLength(2);
	});

	it('are looked up, edited, sent once more and deleted', async () => {
		const { messageId } = (await only({ ...toPerson, operation: 'sendText', text: 'Hi' })) as { messageId: string };
		const message = { resource: 'message', messageId };
		expect(await only({ ...message, operation: 'edit', text: 'Hello' })).toEqual({ success: true });
		expect(await only({ ...message, operation: 'resend' })).toEqual({
			messageId: null,
			phone: null,
			status: 'accepted',
			providerStatus: null,
			provider: 'wapio',
		});
		expect(await only({ ...message, operation: 'delete' })).toEqual({ deleted: true, messageId });
		expect(await only({ ...message, operation: 'getInfo' })).toMatchObject({
			messageId,
			phone: expect.stringMatching(/^\d+$/) as string,
		});
		expect(await only({ ...message, operation: 'getInfo', simplify: false })).toMatchObject({
			message_id: messageId,
			text: 'Hello',
			deleted_at: expect.any(String) as string,
		});
	});

	it('are marked as read, and typing is shown', async () => {
		expect(
			await only({
				resource: 'message',
				operation: 'markAsRead',
				messageIds: '3EB01, 3EB02',
				chatJid: byId(NUMBER),
			}),
		).toEqual({ success: true });
		expect(await only({ ...toPerson, operation: 'updatePresence', presence: 'recording' })).toEqual({
			success: true,
		});
	});
});

it('an announced limit is kept to: what is over it waits and is not refused', async () => {
	bench().sandbox.control.setRateLimit('wapio', { limit: 3, windowMs: 60_000 });
	const stop = new AbortController();
	const running = bench().run(bench().sendText, { items: recipients(5), signal: stop.signal });
	while (messages().length < 3) await new Promise((resolve) => setTimeout(resolve, 20));
	await new Promise((resolve) => setTimeout(resolve, 1000));
	stop.abort();
	await running;
	expect(requests().map(({ answered }) => answered)).toEqual([202, 202, 202]);
});
