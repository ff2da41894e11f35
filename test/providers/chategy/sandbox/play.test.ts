import { chategyAccount, type PlayRequest } from '../../../../sandbox';
import {
	anyNumber,
	anyString,
	callProvider,
	matching,
	playKind,
	startReceiver,
	useSandbox,
} from '../../../sandbox/client';

const { contact, group, ownPhone, instances } = chategyAccount;
const instance = { id: instances.main.id, customer_id: instances.main.customerId };
const CHAT = `${contact.phone}@c.us`;
const sandbox = useSandbox();

const play = async (kind: string, options: PlayRequest = {}): Promise<unknown> =>
	(await playKind(sandbox(), 'chategy', kind, { text: 'Hello', ...options })).payloads[0];

/** What the API reference shows as "Incoming". */
it('plays a text as the example has it', async () => {
	expect(await play('whatsapp.text', { timestamp: 1_764_069_562 })).toEqual({
		type: 'whatsapp_incoming_msg',
		payload: {
			instance,
			new_message: {
				message: {
					id: matching(/^false_995555558974@c\.us_[0-9A-F]{20}$/),
					timestamp: 1_764_069_562,
					type: 'text',
					text: 'Hello',
					reply_to_message_id: null,
				},
				direction: 'incoming',
				sender_id: CHAT,
				chat_id: CHAT,
				sender_name: `\u202a+${contact.phone}\u202c`,
				chat_lid: `${contact.lid}@lid`,
				pushname: contact.name,
				chat_phone: contact.phone,
				sender_phone_number: contact.phone,
			},
			delivery_id: null,
		},
	});
});

it.each<[string, PlayRequest, unknown]>([
	[
		'whatsapp.ptt',
		{},
		{ message: { type: 'ptt', file_data: { mime_type: 'audio/ogg; codecs=opus', caption: null } } },
	],
	[
		'whatsapp.documentImage',
		{},
		{ message: { type: 'document', file_data: { mime_type: 'image/jpeg', caption: 'Hello' } } },
	],
	['whatsapp.list_response', {}, { message: { type: 'list_response', text: 'Hello', selectedRowId: 'row_2' } }],
	[
		'whatsapp.reaction',
		{ target: 'T1', emoji: '🎉' },
		{ message: { type: 'reaction', text: '🎉', reply_to_message_id: 'T1' } },
	],
	['whatsapp.ciphertext', {}, { message: { type: 'ciphertext' } }],
	['whatsapp.text', { quoted: { id: 'Q1' } }, { message: { reply_to_message_id: 'Q1' } }],
	['whatsapp.text', { phone: null }, { chat_id: `${contact.lid}@lid`, chat_phone: null, sender_phone_number: null }],
	[
		'whatsapp.text',
		{ chat: 'group' },
		{
			chat_id: group.whatsApp,
			chat_phone: null,
			sender_id: CHAT,
			message: { id: matching(/@g\.us_.*_995555558974@c\.us$/) },
		},
	],
	[
		'whatsapp.text',
		{ own: true },
		{ direction: 'outgoing', sender_phone_number: ownPhone, recipient_phone_number: contact.phone },
	],
])('plays %s (%j)', async (kind, options, expected) => {
	expect(await play(kind, options)).toMatchObject({
		type: 'whatsapp_incoming_msg',
		payload: { new_message: expected },
	});
});

it('shows who sent an own message, and the flat form', async () => {
	expect(await play('whatsapp.text', { own: true, source: 'app' })).toMatchObject({ payload: { delivery_id: null } });
	expect(await play('whatsapp.text', { own: true, deliveryId: 77 })).toMatchObject({
		payload: { delivery_id: 77, new_message: { message: { id: `true_${CHAT}_d77THISISBOT` } } },
	});
	const { payload } = (await play('whatsapp.text', { own: true })) as { payload: object };
	expect(payload).not.toHaveProperty('delivery_id');
	expect(await play('whatsapp.text', { envelope: 'flat' })).toMatchObject({
		payload: { instance, message: { text: 'Hello' }, direction: 'incoming', customer_id: instance.customer_id },
	});
});

it('signs the addresses of files, and says how long they live', async () => {
	const told = (await play('whatsapp.image', { timestamp: 1_764_081_046 })) as {
		payload: { new_message: { message: { file_data: { download_url: string } } } };
	};
	const url = new URL(told.payload.new_message.message.file_data.download_url);
	expect([url.searchParams.get('X-Amz-Date'), url.searchParams.get('X-Amz-Expires')]).toEqual([
		'20251125T143046Z',
		'172800',
	]);
	expect((await fetch(url)).headers.get('content-type')).toBe('image/jpeg');
});

it.each<[string, PlayRequest, string, unknown]>([
	[
		'telegram.messagePhoto',
		{},
		'tdlib_incoming_msg',
		{ message: { type: 'messagePhoto', file_data: { mime_type: 'image/jpeg' } } },
	],
	[
		'telegram.text',
		{ chat: 'supergroup' },
		'tdlib_incoming_msg',
		{ chat_type: 'supergroup', sender_phone_number: null, chat_id: -1_009_876_543_210 },
	],
	[
		'telegram.messageEdited',
		{ target: '42' },
		'tdlib_incoming_msg',
		{ message: { id: 42, type: 'messageEdited', text: 'Hello' } },
	],
	[
		'telegram_bot.text',
		{},
		'telegram_bot_incoming_msg',
		{ chat_id: contact.telegramId, chat_type: 'person', message: { id: anyNumber } },
	],
	['max.text', { timestamp: 5, chat: 'group' }, 'max_incoming_msg', { timestamp: 5, chat_name: anyString }],
	['max.text', { id: '90071992547409931234' }, 'max_incoming_msg', { message: { id: '90071992547409931234' } }],
	['max_bot.messageVoiceNote', {}, 'max_bot_incoming_msg', { message: { type: 'messageVoiceNote' } }],
])('plays %s flat (%j)', async (kind, options, type, payload) => {
	expect(await play(kind, options)).toMatchObject({ type, payload });
});

it.each<[string, unknown]>([
	[
		'logIn',
		{
			type: 'whatsapp_log_in',
			payload: { instance: { ...instance, status: { description: 'connected', status_id: 0 } } },
		},
	],
	[
		'logInFlat',
		{ type: 'whatsapp_log_in', payload: { customer_id: instance.customer_id, status: { status_id: 0 } } },
	],
	[
		'logOut',
		{
			type: 'whatsapp_log_out',
			payload: { phone: '+995550000001', status: { status_id: 1, description: 'disconnected' } },
		},
	],
	['logOutInstance', { type: 'whatsapp_log_out', payload: { instance: { ...instance, status: { status_id: 1 } } } }],
	[
		'groupCall',
		{ type: 'whatsapp_call', payload: { incoming_call: { call: { is_group: true }, chat_id: group.whatsApp } } },
	],
	[
		'telegram.callMissed',
		{ type: 'tdlib_call', payload: { call: { reason: 'callDiscardReasonMissed', is_video: false } } },
	],
	[
		'status.read',
		{ type: 'message_status', payload: { instance, message_status: { status: 'read', chat_id: CHAT } } },
	],
	[
		'deliveryStatus.delivered',
		{ type: 'whatsapp_status_msg', payload: { status: { status_id: 2, description: 'Delivered' } } },
	],
	['deliveryStatus.whatsappUnregisteredNumber', { payload: { status: { status_id: 44 } } }],
	['callback.read', { delivery: { status: { status_id: 16, description: 'Read' } } }],
])('plays %s', async (kind, expected) => {
	expect(await play(kind)).toMatchObject(expected as object);
});

it('sets the status of a sent message by name', async () => {
	const sent = await callProvider(
		sandbox(),
		'chategy',
		'POST',
		'/api/v1/delivery',
		{ text: 'Hi', phone: '995555558974', dispatch_routing: ['whatsapp'] },
		{ Authorization: `Bearer ${chategyAccount.accessToken}` },
	);
	const { id } = (sent.json as { delivery: { id: number } }).delivery;
	const statusOf = async (): Promise<unknown> => {
		const { json } = await callProvider(sandbox(), 'chategy', 'GET', `/api/v1/delivery/${id}`, undefined, {
			Authorization: `Bearer ${chategyAccount.accessToken}`,
		});
		return (json as { delivery: { status: { status_id: number } } }).delivery.status.status_id;
	};
	expect(await play('status.read')).toMatchObject({
		payload: { delivery_id: id, message_status: { id: `true_${CHAT}_d${id}THISISBOT` } },
	});
	expect(await play('deliveryStatus.rejected')).toMatchObject({
		payload: { delivery_id: id, status: { status_id: 8 } },
	});
	expect(await statusOf()).toBe(8);
	expect(await play('callback', { deliveryId: id, status: 3 })).toMatchObject({
		delivery: { id, status: { status_id: 3 } },
	});
	expect(await statusOf()).toBe(3);
	await expect(play('callback', { status: 9999 })).rejects.toThrow('9999');
});

it('posts to the webhooks registered for the type, callbacks to all', async () => {
	const receiver = await startReceiver();
	await callProvider(
		sandbox(),
		'chategy',
		'POST',
		'/api/v1/webhooks',
		{ url: receiver.url, types: ['max_bot_incoming_msg'] },
		{
			Authorization: `Bearer ${chategyAccount.accessToken}`,
		},
	);
	for (const kind of ['whatsapp.text', 'max.text', 'max_bot.text', 'callback.delivered'])
		await sandbox().control.play('chategy', kind);
	expect(receiver.received.map(({ body }) => (JSON.parse(body) as { type?: string }).type)).toEqual([
		'max_bot_incoming_msg',
		undefined,
	]);
	await receiver.close();
});
