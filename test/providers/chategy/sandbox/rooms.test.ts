import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'undici';
import { chategyAccount, type Sandbox, startSandbox } from '../../../../sandbox';
import { callProvider, matching } from '../../../sandbox/client';
import { SOON_MS } from '../../../support/soon';

const { accessToken, customerId, telegram } = chategyAccount;
const TELEGRAM = 'room:v1:telegram:auth';
const WHATSAPP = `room:v1:whats_app:auth:${customerId}`;
type Frame = [unknown, unknown, string, string, Record<string, unknown>];
const OK = { status: 'ok', response: {} };
const failed = (words: string): unknown => ({
	status: 'error',
	response: {
		meta: {
			code: 422,
			errors: { base: [words] },
			message: 'Unprocessable Entity',
			status: 'failed',
			status_id: null,
		},
	},
});

let sandbox: Sandbox;
const opened: Client[] = [];
beforeEach(async () => {
	sandbox = await startSandbox();
	sandbox.control.configure('chategy', { authStateDelayMs: 10, authStateIntervalMs: 20 });
});
afterEach(async () => {
	for (const client of opened.splice(0)) client.socket.close();
	await sandbox.close();
});

/** The other end of a Phoenix websocket, as small as can be. */
class Client {
	readonly frames: Frame[] = [];
	readonly socket: WebSocket;
	readonly closed: Promise<number>;
	private refs = 0;

	constructor(query = `token=${accessToken}&vsn=2.0.0`) {
		this.socket = new WebSocket(`${sandbox.baseUrl('chategy').replace('http', 'ws')}/socket/websocket?${query}`);
		this.socket.addEventListener('message', ({ data }) => this.frames.push(JSON.parse(String(data)) as Frame));
		this.closed = new Promise((resolve) => this.socket.addEventListener('close', ({ code }) => resolve(code)));
		opened.push(this);
	}

	async open(): Promise<this> {
		await new Promise((resolve, reject) => {
			this.socket.addEventListener('open', resolve);
			this.socket.addEventListener('error', () => reject(new Error('not opened')));
		});
		return this;
	}

	send(topic: string, event: string, payload: object = {}, joinRef: unknown = '1'): string {
		const ref = String(++this.refs);
		this.socket.send(JSON.stringify([joinRef, ref, topic, event, payload]));
		return ref;
	}

	/** Waits for a frame, also one that has come already. */
	async until(isWanted: (frame: Frame) => boolean): Promise<Frame> {
		for (let waited = 0; waited < 3000; waited += 5) {
			const found = this.frames.find(isWanted);
			if (found !== undefined) return found;
			await sleep(5);
		}
		throw new Error(`no such frame among ${JSON.stringify(this.frames)}`);
	}

	/** Sends, and resolves with what the reply holds. */
	async ask(topic: string, event: string, payload: object = {}): Promise<unknown> {
		const ref = this.send(topic, event, payload);
		return (await this.until(([, replied, , name]) => name === 'phx_reply' && replied === ref))[4];
	}

	/** Resolves once a state was pushed, after this call, in which the field has the value. */
	async state(field: string, value: unknown): Promise<Frame> {
		const seen = this.frames.length;
		return await this.until(
			(frame) => frame[3] === 'auth_state' && this.frames.indexOf(frame) >= seen && frame[4][field] === value,
		);
	}
}

it.each(['vsn=2.0.0', 'token=wrong&vsn=2.0.0', `token=${accessToken}`])(
	'refuses the handshake of ?%s',
	async (query) => {
		await expect(new Client(query).open()).rejects.toThrow('not opened');
		expect(sandbox.control.requests()).toMatchObject([{ path: '/socket/websocket', answered: 403 }]);
	},
);

it('is no page', async () => {
	expect(
		(await callProvider(sandbox, 'chategy', 'GET', `/socket/websocket?token=${accessToken}&vsn=2.0.0`)).status,
	).toBe(404);
});

it('joins, beats and leaves, each reply under the reference of its frame', async () => {
	const client = await new Client().open();
	expect(await client.ask(TELEGRAM, 'phx_join')).toEqual(OK);
	expect(client.frames[0]).toEqual(['1', '1', TELEGRAM, 'phx_reply', OK]);
	client.socket.send(JSON.stringify([null, '24', 'phoenix', 'heartbeat', {}]));
	expect(await client.until(([, ref]) => ref === '24')).toEqual([null, '24', 'phoenix', 'phx_reply', OK]);
	expect(await client.state('status', 'authorized')).toEqual([
		'1',
		null,
		TELEGRAM,
		'auth_state',
		{ status: 'authorized' },
	]);
	expect(await client.ask(TELEGRAM, 'phx_leave')).toEqual(OK);
	expect(await client.ask(TELEGRAM, 'reset')).toEqual({ status: 'error', response: { reason: 'unmatched topic' } });
	const { length } = client.frames;
	await sleep(80);
	expect(client.frames).toHaveLength(length);
	expect(sandbox.control.requests()).toMatchObject([{ path: '/socket/websocket', answered: 101 }]);
});

it('lets nobody into other rooms', async () => {
	const client = await new Client().open();
	expect(await client.ask('room:v1:whats_app:auth:1', 'phx_join')).toEqual({
		status: 'error',
		response: { reason: 'unauthorized' },
	});
	expect(await client.ask('number:v1:telegram:auth', 'phx_join')).toEqual({
		status: 'error',
		response: { reason: 'unmatched topic' },
	});
});

it('authorizes Telegram step by step', async () => {
	const client = await new Client().open();
	await client.ask(TELEGRAM, 'phx_join');
	expect(await client.ask(TELEGRAM, 'reset')).toEqual(OK);
	await client.state('status', 'wait_phone');
	expect(await client.ask(TELEGRAM, 'send_code', { code: telegram.code })).toEqual(failed('invalid code'));
	expect(await client.ask(TELEGRAM, 'send_phone', { phone: '12' })).toEqual(failed('invalid phone'));
	expect(await client.ask(TELEGRAM, 'send_phone', { phone: '995598464533' })).toEqual(OK);
	await client.state('status', 'wait_code');
	expect(await client.ask(TELEGRAM, 'send_code', { code: '00000' })).toEqual(failed('invalid code'));
	expect(await client.ask(TELEGRAM, 'send_code', { code: telegram.code })).toEqual(OK);
	await client.state('status', 'wait_password');
	expect(await client.ask(TELEGRAM, 'send_password', { password: 'wrong' })).toEqual(failed('invalid password'));
	expect(await client.ask(TELEGRAM, 'send_password', { password: telegram.password })).toEqual(OK);
	await client.state('status', 'authorized');
	await sandbox.control.action('chategy', 'telegram', { status: 'wait_code' });
	await client.state('status', 'wait_code');
	sandbox.control.configure('chategy', { telegramPassword: false });
	await client.ask(TELEGRAM, 'send_code', { code: telegram.code });
	await client.state('status', 'authorized');
});

it('shows changing codes of WhatsApp until one is scanned', async () => {
	sandbox.control.configure('chategy', { qrLifeMs: 60 });
	await sandbox.control.action('chategy', 'logOut');
	const client = await new Client().open();
	await client.ask(WHATSAPP, 'phx_join');
	expect((await client.until(([, , , event]) => event === 'auth_state'))[4]).toEqual({
		auth: false,
		qr_code: null,
		in_progress: true,
	});
	const first = (await client.until(([, , , , { qr_code }]) => typeof qr_code === 'string'))[4];
	expect(first).toEqual({ auth: false, qr_code: matching(/^2@[A-Za-z0-9+/]+=*(,[A-Za-z0-9+/]+=*){3}$/) });
	await client.until(([, , , , { qr_code }]) => typeof qr_code === 'string' && qr_code !== first['qr_code']);
	expect(await sandbox.control.action('chategy', 'scan')).toEqual({ auth: true });
	expect((await client.state('auth', true))[4]).toEqual({ auth: true });
	expect(sandbox.control.devices('chategy')[0]?.status).toBe('connected');
});

it('closes a socket nothing comes over, and keeps one with heartbeats', async () => {
	sandbox.control.configure('chategy', { socketIdleMs: 150 });
	const [silent, alive] = [await new Client().open(), await new Client().open()];
	const beat = setInterval(() => alive.send('phoenix', 'heartbeat', {}, null), 40);
	try {
		expect(await silent.closed).toBe(1000);
		await sleep(100);
		expect(alive.socket.readyState).toBe(WebSocket.OPEN);
	} finally {
		clearInterval(beat);
	}
});

it('is not taken for an idle connection', async () => {
	const client = await new Client().open();
	sandbox.control.setIdleTimeout(50);
	await sleep(150);
	expect(client.socket.readyState).toBe(WebSocket.OPEN);
});

describe('what goes wrong', () => {
	it('drops the connection, at once or at an event', async () => {
		const [first, second] = [await new Client().open(), await new Client().open()];
		expect(await sandbox.control.action('chategy', 'dropSockets')).toEqual({ dropped: 2 });
		expect([await first.closed, await second.closed]).toEqual([1006, 1006]);
		sandbox.control.configure('chategy', { dropOn: ['phx_join'] });
		const third = await new Client().open();
		third.send(TELEGRAM, 'phx_join');
		expect(await third.closed).toBe(1006);
	});

	it('says nothing, to one event or to all', async () => {
		sandbox.control.configure('chategy', { ignore: ['reset'] });
		const client = await new Client().open();
		await client.ask(TELEGRAM, 'phx_join');
		client.send(TELEGRAM, 'reset');
		await client.state('status', 'wait_phone');
		sandbox.control.configure('chategy', { ignore: ['*'] });
		const { length } = client.frames;
		client.send('phoenix', 'heartbeat');
		await sleep(80);
		expect(client.frames).toHaveLength(length);
	});

	it('closes with a code, crashes rooms, and sends anything', async () => {
		const client = await new Client().open();
		await client.ask(TELEGRAM, 'phx_join');
		await sandbox.control.action('chategy', 'crashRooms');
		expect(await client.until(([, , , event]) => event === 'phx_error')).toEqual([
			'1',
			'1',
			TELEGRAM,
			'phx_error',
			{},
		]);
		await sandbox.control.action('chategy', 'sendFrame', { text: '["x"]' });
		await client.until((frame) => String(frame[0]) === 'x');
		expect(await sandbox.control.action('chategy', 'closeSockets', { code: 4001 })).toEqual({ closed: 1 });
		expect(await client.closed).toBe(4001);
	});

	it('closes after a frame that is none, and after a reset', async () => {
		const [bad, good] = [await new Client().open(), await new Client().open()];
		bad.socket.send('{not json');
		expect(await bad.closed).toBe(1011);
		sandbox.control.reset();
		expect(await good.closed).toBe(1001);
	});

	it('writes references as numbers, and replies as the prose does', async () => {
		sandbox.control.configure('chategy', { numericRefs: true, replyKey: 'reply' });
		const client = await new Client().open();
		client.send(TELEGRAM, 'phx_join');
		expect(await client.until(() => true)).toEqual([1, 1, TELEGRAM, 'phx_reply', { status: 'ok', reply: {} }]);
	});

	it.each(['dropBefore', 'dropAfter', 'truncated', 'html'] as const)(
		'fails the handshake by %s, once',
		async (kind) => {
			sandbox.control.fault({ kind, provider: 'chategy', path: '/socket' });
			await expect(new Client().open()).rejects.toThrow('not opened');
			await new Client().open();
		},
	);

	it('lists what came', async () => {
		const client = await new Client().open();
		await client.ask(TELEGRAM, 'phx_join');
		expect(await sandbox.control.action('chategy', 'sockets')).toMatchObject([
			{ customerId, topics: [TELEGRAM], received: [['1', '1', TELEGRAM, 'phx_join', {}]] },
		]);
	});
});

it('ends with the sandbox', async () => {
	const client = await new Client().open();
	await client.ask(TELEGRAM, 'phx_join');
	const startedAt = Date.now();
	await sandbox.close();
	await client.closed;
	expect(Date.now() - startedAt).toBeLessThan(SOON_MS);
});
