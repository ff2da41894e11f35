import { inspect } from 'node:util';
import {
	customerIdOf,
	telegramPush,
	telegramRoom,
	telegramState,
	whatsAppRoom,
} from '../../../../nodes/Chategy/api/socket/rooms';
import { visit } from '../../../../nodes/Chategy/api/socket/visit';
import { GatewayError, type GatewayFailure } from '../../../../nodes/shared/http/gatewayError';
import { broken, FakeSocket, pushed, replyTo } from './fakeSocket';

const claims = (content: object): string => Buffer.from(JSON.stringify(content)).toString('base64url');
const tokenWith = (content: object): string => `${claims({ alg: 'HS256' })}.${claims(content)}.signature_+/=`;
const TOKEN = tokenWith({ customer_id: 5390 });

const credential =
	(values: Record<string, unknown> = {}) =>
	(name: string): unknown =>
		({
			accessToken: TOKEN,
			baseUrl: 'https://api.chategy.io',
			webSocketUrl: '',
			whatsAppWebSocketUrl: 'wss://msg-farmer.pushsms.ru/socket/websocket',
			...values,
		})[name];

const query = `?token=${encodeURIComponent(TOKEN)}&vsn=2.0.0`;

describe('the room for Telegram', () => {
	it.each([
		['https://api.chategy.io', `wss://api.chategy.io/socket/websocket${query}`],
		[' https://api.chatpush.ru/ ', `wss://api.chatpush.ru/socket/websocket${query}`],
		['http://127.0.0.1:8080', `ws://127.0.0.1:8080/socket/websocket${query}`],
	])('is at the host of the Base URL %j', (baseUrl, address) => {
		expect(telegramRoom(credential({ baseUrl }))).toMatchObject({
			address,
			topic: 'room:v1:telegram:auth',
			addressField: 'Base URL',
		});
	});

	it.each([
		['wss://sockets.example.com/socket/websocket', `wss://sockets.example.com/socket/websocket${query}`],
		['https://sockets.example.com/ws', `wss://sockets.example.com/ws${query}`],
		[
			'wss://sockets.example.com/ws?region=eu&token=old',
			`wss://sockets.example.com/ws?region=eu&${query.slice(1)}`,
		],
	])('is at the WebSocket URL %j', (webSocketUrl, address) => {
		expect(telegramRoom(credential({ webSocketUrl }))).toMatchObject({ address, addressField: 'WebSocket URL' });
	});

	it.each(['no address', '/socket', 'api.chategy.io'])('is nowhere with %j', (written) => {
		for (const values of [{ baseUrl: written }, { webSocketUrl: written }]) {
			expect(telegramRoom(credential(values)).address).not.toMatch(/^wss?:/);
		}
	});
});

describe('the room for WhatsApp', () => {
	it("is on a separate host and has the customer's ID in its name", () => {
		expect(whatsAppRoom(credential(), '77')).toMatchObject({
			address: `wss://msg-farmer.pushsms.ru/socket/websocket${query}`,
			topic: 'room:v1:whats_app:auth:77',
		});
	});

	it.each([
		[TOKEN, '5390'],
		[tokenWith({ customer_id: '00a7' }), '00a7'],
		[tokenWith({ customer: 5390 }), undefined],
		[tokenWith([]), undefined],
		['a plain key', undefined],
		['a.b.c', undefined],
		['', undefined],
		[undefined, undefined],
	])('takes it from the token %j', (accessToken, id) => {
		expect(customerIdOf(credential({ accessToken }))).toBe(id);
	});
});

describe('a visit to a room', () => {
	const room = telegramRoom(credential());
	let socket: FakeSocket;
	beforeEach(() => {
		socket = new FakeSocket();
		socket.answer = (frame) => replyTo(frame);
	});

	const connect = async (): Promise<FakeSocket> => socket;
	const events = (): string[] => socket.sent.map(({ event }) => event);
	const failureOf = async (promise: Promise<unknown>): Promise<GatewayFailure | undefined> => {
		const error: unknown = await promise.then(
			() => undefined,
			(reason: unknown) => reason,
		);
		expect(inspect(error, { depth: 9 })).not.toContain(TOKEN);
		return error instanceof GatewayError ? error.failure : undefined;
	};

	it('connects to its address, joins it, and leaves it at the end', async () => {
		const addresses: string[] = [];
		const given = async (address: string): Promise<FakeSocket> => {
			addresses.push(address);
			return await connect();
		};
		expect(await visit({ connect: given }, room, async () => 'done')).toBe('done');
		expect(addresses).toEqual([room.address]);
		expect(events()).toEqual(['phx_join', 'phx_leave']);
		expect(socket.isClosed).toBe(true);
	});

	it('leaves it if something fails', async () => {
		const work = async (): Promise<never> => await Promise.reject(new Error('wrong'));
		await expect(visit({ connect }, room, work)).rejects.toThrow('wrong');
		expect(events()).toEqual(['phx_join', 'phx_leave']);
		expect(socket.isClosed).toBe(true);
	});

	it.each([
		['a refusal', { status: 'error', response: { reason: 'unmatched topic' } }, 'refused', 'unmatched topic'],
		['a wrong token', { status: 'error', response: { reason: 'unauthorized' } }, 'unauthorized', 'unauthorized'],
		['nothing said', { status: 'error', response: {} }, 'refused', 'no reason given'],
		['the token echoed', { status: 'error', response: { reason: `bad ${TOKEN}` } }, 'refused', 'bad ***'],
	])('does not begin with %s', async (_what, payload, kind, words) => {
		socket.answer = (frame) => replyTo(frame, payload);
		const work = jest.fn(async () => undefined);
		expect(await failureOf(visit({ connect }, room, work))).toMatchObject({
			kind,
			outcome: 'refused',
			words,
			hint: expect.any(String) as string,
		});
		expect(work).not.toHaveBeenCalled();
		expect(socket.isClosed).toBe(true);
	});

	it('that fails at the start has changed nothing, and the hint is about the address', async () => {
		socket.answer = () => undefined;
		socket.arrive(broken());
		expect(await failureOf(visit({ connect }, room, async () => undefined))).toMatchObject({
			kind: 'network',
			outcome: 'not sent',
			hint: 'Check Base URL in the Chategy credential, and that this n8n can reach it.',
		});
		expect(socket.isClosed).toBe(true);
	});

	it('to WhatsApp that is refused says that the provider must allow this n8n', async () => {
		const refuse = async (): Promise<never> => {
			const facts = {
				provider: 'Chategy',
				kind: 'unauthorized',
				outcome: 'refused',
				status: 403,
				attempts: 1,
			} as const;
			return await Promise.reject(new GatewayError(facts));
		};
		const attempt = visit({ connect: refuse }, whatsAppRoom(credential(), '77'), async () => undefined);
		expect(await failureOf(attempt)).toMatchObject({
			kind: 'unauthorized',
			status: 403,
			hint: expect.stringMatching(/Client Access Token.*IP address of this n8n/) as string,
		});
	});

	it("reports a refused step in the provider's words, without the code that was sent", async () => {
		socket.answer = (frame) =>
			frame.event === 'phx_join'
				? replyTo(frame)
				: replyTo(frame, {
						response: {
							meta: {
								code: 422,
								errors: { base: ['code 12345 invalid'] },
								status: 'failed',
								status_id: null,
							},
						},
						status: 'error',
					});
		const attempt = visit({ connect }, room, async ({ push }) => await push(telegramPush.code('12345')));
		expect(await failureOf(attempt)).toMatchObject({
			kind: 'refused',
			outcome: 'refused',
			code: '422',
			words: 'code *** invalid',
		});
		expect(events()).toEqual(['phx_join', 'send_code', 'phx_leave']);
	});

	it('says what to do about a wrong phone number, even if the reply status is ok', async () => {
		const meta = { code: 422, errors: { base: ['invalid phone'] }, status: 'failed' };
		for (const status of ['ok', 'error']) {
			socket = new FakeSocket();
			socket.answer = (frame) =>
				frame.event === 'phx_join' ? replyTo(frame) : replyTo(frame, { response: { meta }, status });
			const attempt = visit({ connect }, room, async ({ push }) => await push(telegramPush.phone('1')));
			expect(await failureOf(attempt)).toMatchObject({
				words: 'invalid phone',
				hint: expect.stringContaining('country code') as string,
			});
		}
	});

	it('waits for a state, skipping other events and other forms', async () => {
		const topic = room.topic;
		socket.arrive(pushed(topic, 'presence_state', { status: 'authorized' }), 1);
		socket.arrive(pushed(topic, 'auth_state', { status: 7 }), 2);
		socket.arrive(pushed(topic, 'auth_state', null), 3);
		socket.arrive(pushed(topic, 'auth_state', { status: 'wait_phone' }), 4);
		socket.arrive(pushed(topic, 'auth_state', { status: 'wait_code' }), 5);
		const seen = await visit(
			{ connect },
			room,
			async ({ waitFor }) => await waitFor(telegramState, ({ status }) => status !== 'wait_phone', 5_000),
		);
		expect(seen).toEqual({ wanted: { status: 'wait_code' }, latest: { status: 'wait_code' } });
	});

	it('returns the latest state if the wanted one does not come', async () => {
		socket.arrive(pushed(room.topic, 'auth_state', { status: 'wait_phone' }), 4);
		const wait = async () =>
			await visit({ connect }, room, async ({ waitFor }) => await waitFor(telegramState, () => false, 50));
		expect(await wait()).toEqual({ latest: { status: 'wait_phone' } });
		socket = new FakeSocket();
		socket.answer = (frame) => replyTo(frame);
		expect(await wait()).toEqual({});
	});
});
