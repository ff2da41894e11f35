import type { IDataObject } from 'n8n-workflow';
import { changed, sample, useChategyTrigger } from './calls';

const trigger = useChategyTrigger();
const { publish, incoming, startedByPosts } = trigger;

const own = { options: { includeOwn: true } };
/** Beside messages. */
const everything = { events: ['*'] };
const base = { provider: 'chategy', id: expect.any(String) as string };

describe('the events', () => {
	it('a WhatsApp message', async () => {
		const [event] = await startedByPosts({}, sample('incoming'));
		expect(event).toMatchObject({
			...base,
			event: 'message',
			timestamp: '2025-11-25T11:19:22.000Z',
			direction: 'incoming',
			chat: { id: expect.stringMatching(/^995555558974(@c\.us)?$/) as string, type: 'private' },
			// sender_name is the number once more, between invisible marks.
			sender: {
				id: expect.stringMatching(/^995555558974(@c\.us)?$/) as string,
				phone: '995555558974',
				name: 'Test',
			},
			type: 'text',
			text: 'text',
			media: null,
			location: null,
			replyTo: null,
		});
		expect(event).not.toHaveProperty('raw');
		expect(event?.device).toMatch(/^(6329|2707)$/);
	});

	it('a WhatsApp message with a file', async () => {
		const [event] = await startedByPosts({}, sample('incomingFile'));
		expect(event).toMatchObject({
			...base,
			event: 'message',
			// The API reference sends a photo as a document.
			type: 'image',
			timestamp: '2025-11-25T11:20:13.000Z',
			media: {
				mimeType: 'image/jpeg',
				url: expect.stringMatching(/^https:\/\/production-docs\.storage\.example\.com\//) as string,
				reference: null,
				fileName: '1764069615_media.jpg',
				caption: 'text',
				expiresAt: '2025-11-27T11:14:56.000Z',
			},
		});
	});

	it('own WhatsApp messages: dropped unless wanted, also with a file and without an instance', async () => {
		expect(await startedByPosts({}, sample('outgoing'), sample('outgoingFile'))).toHaveLength(0);
		const [document, image] = await startedByPosts(own, sample('outgoing'), sample('outgoingFile'));
		expect(document).toMatchObject({
			...base,
			event: 'message',
			direction: 'outgoing',
			type: 'document',
			chat: { id: expect.stringMatching(/^95555558974|^995555558974/) as string, type: 'private' },
			sender: { phone: '996453558974' },
			media: { mimeType: 'application/msword', fileName: 'test.doc', caption: 'file new' },
		});
		expect(image).toMatchObject({
			direction: 'outgoing',
			type: 'image',
			device: '4140',
			media: { mimeType: 'image/jpeg', caption: null },
		});
	});

	it('a WhatsApp group, and an answer to a message', async () => {
		const body = changed('incoming', (payload) => {
			const message = payload.new_message as IDataObject;
			message.chat_id = '120363025246125486@g.us';
			(message.message as IDataObject).reply_to_message_id = 'true_995555558974@c.us_3EB0';
		});
		const [event] = await startedByPosts({}, body);
		expect(event).toMatchObject({
			chat: { id: '120363025246125486@g.us', type: 'group' },
			sender: { phone: '995555558974' },
			replyTo: 'true_995555558974@c.us_3EB0',
		});
	});

	it('a Telegram message', async () => {
		const [event] = await startedByPosts({}, sample('telegramIncoming'));
		expect(event).toMatchObject({
			...base,
			event: 'message',
			timestamp: '2023-11-24T12:15:34.000Z',
			direction: 'incoming',
			chat: { id: '379163707', type: 'private' },
			sender: { id: '379163707', phone: '995550846453', name: 'mdyageleva' },
			type: 'text',
			text: 'text',
			media: null,
			channel: 'telegram',
			messageId: expect.any(String) as string,
			replyTo: null,
		});
	});

	it('a Telegram message in a group, by the sign of its ID or by its type', async () => {
		const negative = changed('telegramIncoming', (payload) =>
			Object.assign(payload, { chat_id: -1001234567890, chat_type: undefined }),
		);
		const named = changed('telegramIncoming', (payload) => {
			payload.chat_type = 'group';
			(payload.message as IDataObject).id = 49283073;
		});
		const events = await startedByPosts({ chats: 'group' }, sample('telegramIncoming'), negative, named);
		expect(events.map(({ chat }) => chat)).toEqual([
			{ id: '-1001234567890', type: 'group', address: '-1001234567890' },
			{ id: '379163707', type: 'group', address: '379163707' },
		]);
	});

	it('a Telegram message with a file', async () => {
		const body = changed('telegramIncoming', (payload) => {
			payload.message = {
				id: 49283074,
				timestamp: 1700828134,
				type: 'messagePhoto',
				file_data: {
					mime_type: 'image/png',
					caption: 'The bird',
					download_url: 'https://files.example.com/bird.png?Expires=1',
				},
			};
		});
		const [event] = await startedByPosts({}, body);
		expect(event).toMatchObject({
			type: 'image',
			media: { mimeType: 'image/png', fileName: 'bird.png', caption: 'The bird' },
		});
	});

	it('own Telegram messages are dropped unless wanted', async () => {
		expect(await startedByPosts({}, sample('telegramOutgoing'))).toHaveLength(0);
		const [event] = await startedByPosts(own, sample('telegramOutgoing'));
		expect(event).toMatchObject({
			direction: 'outgoing',
			text: 'this is a test message',
			chat: { id: '37916707' },
			sender: { id: '4335465' },
		});
	});

	it('a MAX message, of the same flat form', async () => {
		const body = { ...sample('telegramIncoming'), type: 'max_incoming_msg' };
		expect(await startedByPosts({ events: ['message_telegram'] }, body)).toHaveLength(0);
		const [event] = await startedByPosts({ events: ['message_max'] }, body);
		expect(event).toMatchObject({ ...base, event: 'message', channel: 'max', text: 'text' });
	});

	it('a long ID of MAX to the last digit, which JavaScript would round', async () => {
		const wf = await publish({ events: ['message_max'] });
		const text = JSON.stringify({ ...sample('telegramIncoming'), type: 'max_incoming_msg' });
		const ids = ['115904512303455789', '115904512303455790'];
		const url = await trigger.address(wf);
		for (const id of ids) {
			const body = text.replace('49283072', id);
			await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
		}
		await wf.idle();
		expect(wf.executions.map(({ items }) => items[0]?.json.messageId)).toEqual(ids);
	});

	it.each([
		['telegram_bot_incoming_msg', 'message_telegram_bot', 'telegram_bot'],
		['max_bot_incoming_msg', 'message_max_bot', 'max_bot'],
	])('a message to a bot: %s', async (type, choice, channel) => {
		const body = { ...sample('telegramIncoming'), type };
		const others = ['message_telegram', 'message_max', 'message_whatsapp'];
		expect(await startedByPosts({ events: others }, body)).toHaveLength(0);
		const [event] = await startedByPosts({ events: [choice] }, body);
		expect(event).toMatchObject({
			...base,
			event: 'message',
			channel,
			text: 'text',
			chat: { address: '379163707' },
		});
	});

	it('a WhatsApp call', async () => {
		const [event] = await startedByPosts(everything, sample('call'));
		expect(event).toMatchObject({
			...base,
			event: 'call',
			timestamp: '2025-06-30T14:21:04.000Z',
			direction: 'incoming',
			chat: { id: expect.stringMatching(/^995555123456(@c\.us)?$/) as string, type: 'private' },
			sender: { phone: '995555123456' },
			text: null,
			media: null,
			call: { id: '280F899CBF131466501CDA1B608', isVideo: false, isGroup: false, state: null, reason: null },
		});
	});

	it('a Telegram call', async () => {
		const [event] = await startedByPosts(everything, sample('telegramCall'));
		expect(event).toMatchObject({
			...base,
			event: 'call',
			direction: 'incoming',
			chat: { id: '6888055', type: 'private' },
			sender: { id: '68880855', phone: '995598464533', name: 'TestName' },
			call: { id: '9', isVideo: false, state: 'callStateDiscarded', reason: 'callDiscardReasonDisconnected' },
		});
	});

	it.each<[string, boolean | null]>([
		['sent', null],
		['received', true],
		['read', true],
		['played', true],
		['failed', false],
		['expired', false],
		['content_gone', false],
		['content_too_big', false],
		['content_unuploadable', false],
		['inactive', false],
	])('the status %s of a message', async (status, delivered) => {
		const body = changed('status', (payload) => Object.assign(payload.message_status as IDataObject, { status }));
		const [event] = await startedByPosts(everything, body);
		expect(event).toMatchObject({
			...base,
			event: 'message_status',
			chat: { id: expect.stringMatching(/^995555123456(@c\.us)?$/) as string, type: 'private' },
			status: { messageId: 'true_995555123456@c.us_8110THISISBOT', name: status, code: null, delivered },
		});
	});

	it('logging in and out', async () => {
		const events = await startedByPosts(everything, sample('logIn'), sample('logOut'));
		expect(events).toMatchObject([
			{
				...base,
				event: 'log_in',
				device: expect.stringMatching(/^(368|1050)$/) as string,
				text: null,
				media: null,
			},
			{ ...base, event: 'log_out', device: '591', text: null, media: null },
		]);
	});

	it('the outcome of a message, posted to this URL as its callback', async () => {
		const [event] = await startedByPosts(everything, sample('deliveryStatus'));
		expect(event).toMatchObject({
			...base,
			event: 'delivery_status',
			status: { messageId: '26', name: 'length_restriction', code: 26, final: true, delivered: false },
			deliveryId: '26',
		});
	});

	it('Raw gives each as it came', async () => {
		const names = [
			'incoming',
			'telegramIncoming',
			'call',
			'telegramCall',
			'status',
			'logIn',
			'logOut',
			'deliveryStatus',
		] as const;
		const events = await startedByPosts({ ...everything, output: 'raw' }, ...names.map(sample));
		expect(events).toEqual(names.map(sample));
	});
});

it('every event of the sandbox is understood', async () => {
	const wf = await publish({ events: ['*', 'message_max'], ...own });
	const kinds = [
		'text',
		'document',
		'ownImage',
		'echo',
		'group',
		'telegramText',
		'telegramFile',
		'telegramGroup',
		'telegramOwn',
		'maxText',
		'statusSent',
		'call',
		'telegramCall',
		'logIn',
		'logOut',
	] as const;
	for (const kind of kinds) {
		const { deliveries } = await incoming(kind);
		expect([kind, ...deliveries.map(({ status }) => status)]).toEqual([kind, 200]);
	}
	await wf.idle();
	expect(wf.executions).toHaveLength(kinds.length);
});
