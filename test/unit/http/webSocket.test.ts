import { randomBytes } from 'node:crypto';
import { connect as connectTcp } from 'node:net';
import { inspect } from 'node:util';
import { GatewayError, type GatewayFailure } from '../../../nodes/shared/http/gatewayError';
import type { SocketConnection, SocketOptions } from '../../../nodes/shared/http/transport/socket';
import type { EgressFilter, TransportPolicy } from '../../../nodes/shared/http/transport/transport';
import { connectWebSocket } from '../../../nodes/shared/http/undici/webSocket';
import { listenersOf } from '../../../nodes/shared/http/timing/stop';
import { drip, startRawServer } from '../../support/rawServer';
import { type PeerSocket, PLAIN, startTunnelProxy, startWebSocketPeer, type WebSocketPeer } from './webSocketServer';

const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.secret-token';
const usual: SocketOptions = { provider: 'Pigeon', timeLimitMs: 5_000, secrets: [TOKEN] };

let peer: WebSocketPeer;
let connections: SocketConnection[];
beforeEach(async () => {
	peer = await startWebSocketPeer();
	connections = [];
});
afterEach(async () => {
	await Promise.all(connections.map(async (connection) => await connection.close()));
	await peer.close();
});

const address = (host = peer.host): string => `ws://${host}/socket/websocket?token=${TOKEN}&vsn=2.0.0`;

const open = async (options: Partial<SocketOptions> = {}, policy: TransportPolicy = {}): Promise<SocketConnection> => {
	const connection = await connectWebSocket(address(), policy, { ...usual, ...options });
	connections.push(connection);
	return connection;
};

/** The failure of something that must fail, without a trace of the token. */
const failureOf = async (promise: Promise<unknown>): Promise<GatewayFailure> => {
	const error: unknown = await promise.then(
		(value) => expect(value).toBe('a failure'),
		(reason: unknown) => reason,
	);
	if (!(error instanceof GatewayError)) throw error;
	expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/secret-token|eyJ/);
	expect(error.failure).toMatchObject({ provider: 'Pigeon', attempts: 1 });
	return error.failure;
};

const failureOfSend = (connection: SocketConnection): GatewayFailure | undefined => {
	try {
		connection.send('anybody there?');
	} catch (error) {
		if (error instanceof GatewayError) return error.failure;
	}
	return undefined;
};

describe('a websocket', () => {
	it('requests what the address says, and names no origin', async () => {
		await open();
		const [handshake] = peer.handshakes;
		expect(handshake?.url).toBe(`/socket/websocket?token=${TOKEN}&vsn=2.0.0`);
		expect(handshake?.headers).toMatchObject({ host: peer.host, upgrade: 'websocket' });
		expect(handshake?.headers).not.toHaveProperty('origin');
	});

	it('carries text both ways, in order', async () => {
		peer.onOpen = (socket) => socket.on('message', (data) => socket.send(`echo ${data.toString()}`));
		const connection = await open();
		const texts = ['one', '', 'дав\u0000но 🕊', 'x'.repeat(200_000)];
		for (const text of texts) connection.send(text);
		for (const text of texts) expect(await connection.next(5_000)).toBe(`echo ${text}`);
	});

	it('keeps what comes before it is read', async () => {
		peer.onOpen = (socket) => ['at', 'once'].forEach((text) => socket.send(text));
		const connection = await open();
		await peer.eventually(() => peer.handshakes.length === 1);
		expect([await connection.next(5_000), await connection.next(5_000)]).toEqual(['at', 'once']);
	});

	it('says when nothing came within the time limit, and loses nothing by it', async () => {
		let send = (): void => undefined;
		peer.onOpen = (socket) => (send = () => socket.send('late'));
		const connection = await open();
		expect(await connection.next(20)).toBeUndefined();
		expect(await connection.next(0)).toBeUndefined();
		const waiting = connection.next(5_000);
		send();
		expect(await waiting).toBe('late');
	});

	it('passes over binary frames', async () => {
		peer.onOpen = (socket) => {
			socket.send(Buffer.from([1, 2, 3]));
			socket.send('text');
		};
		expect(await (await open()).next(5_000)).toBe('text');
	});

	it('cuts off a server that sends more than is read, instead of leaving frames out', async () => {
		peer.onOpen = (socket) => Array.from({ length: 1_200 }, (_frame, index) => socket.send(String(index)));
		const connection = await open();
		await peer.eventually(() => peer.connections === 0);
		for (let index = 0; index <= 1_000; index++) expect(await connection.next(0)).toBe(String(index));
		expect(await failureOf(connection.next(5_000))).toMatchObject({
			kind: 'network',
			words: 'the server sent more than could be read',
		});
	});

	it('is cut off by frames that are too large together', async () => {
		peer.onOpen = (socket) => Array.from({ length: 9 }, () => socket.send('x'.repeat(1_000_000)));
		await open();
		await peer.eventually(() => peer.closings.length === 1);
		expect(peer.connections).toBe(0);
	});
});

describe('a message that is too large', () => {
	it.each<[string, (socket: PeerSocket) => void]>([
		['at once', (socket) => socket.send(randomBytes(1_600_000).toString('base64'))],
		['compressed', (socket) => socket.send('x'.repeat(50_000_000))],
		['in parts', (socket) => Array.from({ length: 40 }, () => socket.send('x'.repeat(50_000), { fin: false }))],
		['in tiny parts', (socket) => Array.from({ length: 1_200 }, () => socket.send('x', { fin: false }))],
	])('ends the connection (%s)', async (_how, onOpen) => {
		peer.onOpen = onOpen;
		const connection = await open();
		expect(await failureOf(connection.next(10_000))).toMatchObject({ kind: 'network', outcome: 'unknown' });
		await peer.eventually(() => peer.connections === 0);
	});
});

describe('the end of a websocket', () => {
	it('is a closing handshake', async () => {
		const connection = await open();
		connection.send('good-bye');
		await connection.close();
		await peer.eventually(() => peer.closings.length === 1);
		expect(peer.closings).toEqual([1000]);
		expect(peer.received).toEqual(['good-bye']);
		expect(peer.connections).toBe(0);
	});

	it('may be asked for again, and nothing goes over it afterwards', async () => {
		const connection = await open();
		await Promise.all([connection.close(), connection.close()]);
		await connection.close();
		expect(await failureOf(connection.next(5_000))).toMatchObject({
			kind: 'network',
			words: 'the connection is closed',
		});
		expect(failureOfSend(connection)).toMatchObject({ kind: 'network' });
	});

	it('ends a wait that is going on', async () => {
		const connection = await open();
		const waiting = failureOf(connection.next(60_000));
		await connection.close();
		expect(await waiting).toMatchObject({ words: 'the connection is closed' });
	});

	it('comes at a limit if the server never answers', async () => {
		peer.onOpen = (socket) => {
			const { _socket: tcp } = socket as PeerSocket & { _socket: { pause(): void } };
			tcp.pause();
		};
		const connection = await open();
		const start = Date.now();
		await connection.close();
		expect(Date.now() - start).toBeGreaterThan(1_900);
		expect(Date.now() - start).toBeLessThan(15_000);
	});

	it.each([
		[1001, 'going away', 'the server closed the connection (1001 going away)'],
		[4000, `token ${TOKEN} expired`, 'the server closed the connection (4000 token *** expired)'],
		[undefined, '', 'the server closed the connection'],
	])('that the server makes with %s is reported after the frames before it', async (code, reason, words) => {
		peer.onOpen = (socket) => {
			socket.send('last words');
			socket.close(code, reason);
		};
		const connection = await open();
		expect(await connection.next(5_000)).toBe('last words');
		const failure = await failureOf(connection.next(5_000));
		expect(failure).toMatchObject({ kind: 'network', outcome: 'unknown', words });
		expect(failureOfSend(connection)).toMatchObject({ kind: 'network' });
	});

	it('without a word is reported as well', async () => {
		peer.onOpen = (socket) => socket.terminate();
		const connection = await open();
		expect(await failureOf(connection.next(5_000))).toMatchObject({
			kind: 'network',
			outcome: 'unknown',
			words: 'the server closed the connection',
		});
	});
});

describe('a websocket that does not come about', () => {
	it.each([
		[401, 'unauthorized', 'refused'],
		[403, 'unauthorized', 'refused'],
		[404, 'unavailable', 'refused'],
		[200, 'unavailable', 'refused'],
		[302, 'redirected', 'refused'],
		[429, 'rateLimited', 'not sent'],
		[502, 'unavailable', 'not sent'],
	])('because the answer is HTTP %s', async (status, kind, outcome) => {
		const location = `location: http://${peer.host}/elsewhere?token=${TOKEN}`;
		peer.answer = { status, headers: [location, ...PLAIN] };
		expect(await failureOf(open())).toMatchObject({ kind, outcome, status });
		expect(peer.handshakes).toHaveLength(1);
		await peer.eventually(() => peer.connections === 0);
	});

	it('because the answer is no websocket handshake', async () => {
		peer.answer = {
			status: 101,
			headers: ['connection: upgrade', 'upgrade: websocket', 'sec-websocket-accept: x'],
		};
		expect(await failureOf(open())).toMatchObject({ kind: 'network', outcome: 'not sent' });
		await peer.eventually(() => peer.connections === 0);
	});

	it('because there is no response within the time limit', async () => {
		peer.answer = 'silence';
		const start = Date.now();
		expect(await failureOf(open({ timeLimitMs: 100 }))).toMatchObject({
			kind: 'timeout',
			outcome: 'not sent',
			timeLimitMs: 100,
		});
		expect(Date.now() - start).toBeLessThan(15_000);
		await peer.eventually(() => peer.connections === 0);
	});

	it('because its answer comes a letter at a time', async () => {
		const server = await startRawServer((socket) => {
			socket.write('HTTP/1.1 101 Switching\r\nx-more: ');
			drip(socket, 'a', 20);
		});
		const attempt = connectWebSocket(address(server.host), {}, { ...usual, timeLimitMs: 200 });
		expect(await failureOf(attempt)).toMatchObject({ kind: 'timeout', outcome: 'not sent' });
		await peer.eventually(() => server.connections === 0);
		await server.close();
	});

	it('because nothing listens', async () => {
		const { host } = peer;
		await peer.close();
		const attempt = connectWebSocket(address(host), {}, usual);
		expect(await failureOf(attempt)).toMatchObject({
			kind: 'network',
			outcome: 'not sent',
			words: 'connection refused',
		});
	});

	it.each(['', 'no address', 'http://127.0.0.1/', `//host?token=${TOKEN}`, `https://host/?token=${TOKEN}`])(
		'because %j is no address for it',
		async (written) => {
			const attempt = connectWebSocket(written, {}, usual);
			expect(await failureOf(attempt)).toMatchObject({ kind: 'misconfigured', outcome: 'not sent' });
		},
	);
});

describe('Stop', () => {
	it.each(['silence', 'open'] as const)('ends the opening at once (%s)', async (answer) => {
		peer.answer = answer;
		const stop = new AbortController();
		const attempt = failureOf(open({ signal: stop.signal, timeLimitMs: 60_000 }));
		if (answer === 'silence') await peer.eventually(() => peer.handshakes.length === 1);
		stop.abort();
		expect(await attempt).toMatchObject({ kind: 'cancelled', outcome: 'not sent' });
		await peer.eventually(() => peer.connections === 0);
	});

	it('before it prevents it', async () => {
		expect(await failureOf(open({ signal: AbortSignal.abort() }))).toMatchObject({ kind: 'cancelled' });
		expect(peer.handshakes).toHaveLength(0);
	});

	it('ends a wait and the connection at once', async () => {
		const stop = new AbortController();
		const connection = await open({ signal: stop.signal });
		const waiting = failureOf(connection.next(60_000));
		stop.abort();
		expect(await waiting).toMatchObject({ kind: 'cancelled', outcome: 'unknown' });
		const start = Date.now();
		await connection.close();
		expect(Date.now() - start).toBeLessThan(1_900);
		await peer.eventually(() => peer.connections === 0);
	});

	it('leaves no listeners behind', async () => {
		const { signal } = new AbortController();
		const listeners = (): number => listenersOf(signal);
		const connection = await open({ signal });
		expect(listeners()).toBe(1);
		await connection.close();
		expect(listeners()).toBe(0);

		peer.onOpen = (socket) => socket.close();
		const closed = await open({ signal });
		await failureOf(closed.next(5_000));
		expect(listeners()).toBe(0);

		peer.answer = { status: 403 };
		await failureOf(open({ signal }));
		peer.answer = 'silence';
		await failureOf(open({ signal, timeLimitMs: 20 }));
		expect(listeners()).toBe(0);
	});
});

describe("n8n's network policy", () => {
	class SsrfBlockedError extends Error {}
	const filter = (asked: string[], refuses: { url?: boolean; lookup?: boolean }): EgressFilter => ({
		validateUrl: async (url) => {
			asked.push(url.href);
			return refuses.url ? { ok: false, error: new Error(`no way to ${url.href}`) } : { ok: true };
		},
		validateConnectionHost: () => ({ ok: true }),
		createSecureLookup: () =>
			refuses.lookup
				? (_host: string, _options: unknown, done: (error: Error) => void) =>
						done(new SsrfBlockedError('an internal address'))
				: undefined,
	});

	it('is asked about the address as a web address, and refuses before anything is sent', async () => {
		const asked: string[] = [];
		const failure = await failureOf(open({}, { egress: filter(asked, { url: true }) }));
		expect(failure).toMatchObject({
			kind: 'blocked',
			outcome: 'not sent',
			words: `no way to ${address().replace('ws:', 'http:').replace(TOKEN, '***')}`,
		});
		expect(asked).toEqual([address().replace('ws:', 'http:')]);
		expect(peer.connections).toBe(0);

		const attempt = connectWebSocket('wss://example.com/', { egress: filter(asked, { url: true }) }, usual);
		await failureOf(attempt);
		expect(asked[1]).toBe('https://example.com/');
	});

	it('has no more time than the handshake', async () => {
		const egress = { ...filter([], {}), validateUrl: async () => await new Promise<never>(() => undefined) };
		expect(await failureOf(open({ timeLimitMs: 100 }, { egress }))).toMatchObject({
			outcome: 'not sent',
			words: 'no connection within 0.1 seconds',
		});
		const stop = new AbortController();
		const attempt = failureOf(open({ signal: stop.signal }, { egress }));
		stop.abort();
		expect(await attempt).toMatchObject({ kind: 'cancelled', outcome: 'not sent' });
	});

	it('is asked about the name when it is looked up', async () => {
		const host = peer.host.replace('127.0.0.1', 'localhost');
		const attempt = connectWebSocket(address(host), { egress: filter([], { lookup: true }) }, usual);
		expect(await failureOf(attempt)).toMatchObject({ kind: 'blocked', words: 'an internal address' });
		expect(peer.connections).toBe(0);
	});

	it('lets pass what it allows', async () => {
		const connection = await open({}, { egress: filter([], {}) });
		connection.send('hello');
		await peer.eventually(() => peer.received.length === 1);
	});
});

describe('the proxy environment', () => {
	const names = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'NO_PROXY', 'no_proxy'];
	const saved = new Map(names.map((name) => [name, process.env[name]]));
	let proxy: Awaited<ReturnType<typeof startTunnelProxy>>;
	beforeEach(async () => {
		proxy = await startTunnelProxy((host, port) => connectTcp(port, host));
		for (const name of names) delete process.env[name];
		process.env.HTTP_PROXY = proxy.url;
	});
	afterEach(async () => {
		for (const [name, value] of saved) {
			if (value === undefined) delete process.env[name];
			else process.env[name] = value;
		}
		await Promise.all(connections.map(async (connection) => await connection.close()));
		await proxy.close();
	});

	it('is used', async () => {
		peer.onOpen = (socket) => socket.on('message', (data) => socket.send(data.toString()));
		const connection = await open();
		connection.send('through the tunnel');
		expect(await connection.next(5_000)).toBe('through the tunnel');
		expect(proxy.tunnels).toEqual([peer.host]);
	});

	it('that refuses is named', async () => {
		proxy.refuse();
		expect(await failureOf(open())).toMatchObject({
			kind: 'network',
			outcome: 'not sent',
			words: 'the proxy refused the connection: 403',
		});
	});
});
