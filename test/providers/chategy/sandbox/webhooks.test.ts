import { chategyAccount, type EventOf, type Sandbox, startSandbox } from '../../../../sandbox';
import { anyNumber, anyString, callProvider, matching, startReceiver } from '../../../sandbox/client';

const CLIENT = { Authorization: `Bearer ${chategyAccount.accessToken}` };
const { customerId, id } = chategyAccount.instances.main;
const instance = { id, customer_id: customerId };
const CHAT = `${chategyAccount.contact.phone}@c.us`;

let sandbox: Sandbox;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
beforeAll(async () => {
	sandbox = await startSandbox();
	receiver = await startReceiver();
});
beforeEach(() => {
	sandbox.control.reset();
	receiver.received.length = 0;
	sandbox.control.setWebhook('chategy', receiver.url);
});
afterAll(async () => {
	await sandbox.close();
	await receiver.close();
});

async function play(event: EventOf<'chategy'>, overrides: Record<string, unknown> = {}): Promise<unknown> {
	const { deliveries } = await sandbox.control.incoming('chategy', event, { overrides });
	expect(deliveries).toMatchObject([{ status: 200 }]);
	return JSON.parse(receiver.received.at(-1)?.body ?? '');
}

it.each<[EventOf<'chategy'>, Record<string, unknown>]>([
	[
		'text',
		{
			type: 'whatsapp_incoming_msg',
			payload: {
				instance,
				delivery_id: null,
				new_message: {
					direction: 'incoming',
					chat_id: CHAT,
					message: {
						id: matching(/^false_/),
						timestamp: anyNumber,
						type: 'text',
						text: anyString,
						reply_to_message_id: null,
					},
				},
			},
		},
	],
	[
		'document',
		{
			payload: {
				new_message: {
					message: {
						type: 'document',
						file_data: { mime_type: 'application/pdf', caption: anyString, download_url: anyString },
					},
				},
			},
		},
	],
	[
		'ownImage',
		{
			payload: {
				customer_id: customerId,
				delivery_id: null,
				new_message: {
					direction: 'outgoing',
					recipient_id: CHAT,
					message: { id: matching(/^true_/), type: 'image' },
				},
			},
		},
	],
	['group', { payload: { new_message: { chat_id: matching(/@g\.us$/), sender_id: CHAT } } }],
	[
		'telegramText',
		{
			type: 'tdlib_incoming_msg',
			payload: {
				instance,
				chat_type: 'person',
				direction: 'incoming',
				delivery_id: null,
				message: { id: anyNumber, text: anyString },
			},
		},
	],
	['telegramGroup', { payload: { chat_type: 'group', chat_id: chategyAccount.group.telegram } }],
	['telegramOwn', { payload: { direction: 'outgoing', recipient_id: anyNumber, recipient_username: 'test2' } }],
	['maxText', { type: 'max_incoming_msg', payload: { direction: 'incoming', message: { text: anyString } } }],
	[
		'statusRead',
		{ type: 'message_status', payload: { instance, message_status: { status: 'read', chat_id: CHAT } } },
	],
	['statusContentTooBig', { payload: { message_status: { status: 'content_too_big' } } }],
	[
		'call',
		{
			type: 'whatsapp_call',
			payload: {
				instance,
				incoming_call: { call: { id: anyString, type: 'audio', is_group: false }, direction: 'incoming' },
			},
		},
	],
	[
		'telegramCall',
		{ type: 'tdlib_call', payload: { instance, call: { is_video: false, state: 'callStateDiscarded' } } },
	],
	[
		'logIn',
		{
			type: 'whatsapp_log_in',
			payload: { instance: { id, customer_id: customerId, status: { status_id: 0, description: 'connected' } } },
		},
	],
	[
		'logOut',
		{
			type: 'whatsapp_log_out',
			payload: { customer_id: customerId, status: { status_id: 1, description: 'disconnected' } },
		},
	],
	[
		'deliveryCallback',
		{
			delivery: {
				id: anyNumber,
				status: { status_id: 2, description: 'Delivered', dispatch_routing: 'whatsapp' },
			},
		},
	],
])('%s', async (event, expected) => {
	expect(await play(event)).toMatchObject(expected);
});

it('omits the instance where the example does', async () => {
	const { payload } = (await play('ownImage')) as { payload: object };
	expect(payload).not.toHaveProperty('instance');
});

it('echoes a message that was sent over the API', async () => {
	const body = { phone: chategyAccount.contact.phone, text: 'From the API', dispatch_routing: ['whatsapp'] };
	const sent = await callProvider(sandbox, 'chategy', 'POST', '/api/v1/delivery', body, CLIENT);
	const { delivery } = sent.json as { delivery: { id: number } };
	expect(await play('echo')).toMatchObject({
		payload: {
			delivery_id: delivery.id,
			new_message: {
				direction: 'outgoing',
				message: { id: `true_${CHAT}_d${delivery.id}THISISBOT`, text: 'From the API' },
			},
		},
	});
});

it('gives files to download', async () => {
	const { payload } = (await play('document')) as {
		payload: { new_message: { message: { file_data: { download_url: string } } } };
	};
	const { download_url } = payload.new_message.message.file_data;
	expect(download_url.startsWith(`${sandbox.url}/files/`)).toBe(true);
	const answer = await fetch(download_url);
	expect([answer.headers.get('content-type'), (await answer.text()).slice(0, 5)]).toEqual([
		'application/pdf',
		'%PDF-',
	]);
});

it('gives each message its own ID', async () => {
	const bodies = [await play('text'), await play('text')] as {
		payload: { new_message: { message: { id: string } } };
	}[];
	expect(new Set(bodies.map(({ payload }) => payload.new_message.message.id)).size).toBe(2);
});

it('posts to every webhook registered for the type, of client and developer', async () => {
	sandbox.control.setWebhook('chategy', null);
	const add = (path: string, types: string, key: Record<string, string>): Promise<unknown> =>
		callProvider(
			sandbox,
			'chategy',
			'POST',
			`${path}/webhooks?url=${receiver.url}&types[]=${types}`,
			undefined,
			key,
		);
	await add('/api/v1', 'whatsapp_incoming_msg', CLIENT);
	await add('/api/v1', 'whatsapp_log_in', CLIENT);
	await add('/developer/v1', 'whatsapp_incoming_msg', { Authorization: chategyAccount.developerApiKey });
	expect((await sandbox.control.incoming('chategy', 'call')).deliveries).toHaveLength(2);
	expect((await sandbox.control.incoming('chategy', 'logIn')).deliveries).toHaveLength(1);
	expect(await sandbox.control.incoming('chategy', 'telegramText')).toMatchObject({ registered: false });
	sandbox.control.setWebhook('chategy', null, 'developer');
	expect((await sandbox.control.incoming('chategy', 'text')).deliveries).toHaveLength(1);
	expect(() => sandbox.control.webhook('chategy', 'nobody')).toThrow('nobody');
});
