import { Readable } from 'node:stream';
import { readAnswer, readFileOrAnswer } from '../../../nodes/shared/http/answer';
import { fetchFile } from '../../../nodes/shared/http/fetchFile';
import type {
	EgressFilter,
	FilePart,
	TransportError,
	TransportPolicy,
	TransportRequest,
} from '../../../nodes/shared/http/transport/transport';
import { discard } from '../../../nodes/shared/http/transport/bytes';
import { listenersOf } from '../../../nodes/shared/http/timing/stop';
import { isN8nTransport, itOnUndici, transport } from '../../support/transport';
import { drip, head, type RawAnswer, type RawServer, startRawServer, whole } from '../../support/rawServer';
import { bytesOf } from './streams';
import { SOON_MS } from '../../support/soon';

const PIECE = Buffer.alloc(64 * 1024, 0x89);
const pause = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));
const stall = (ms: number): void => {
	const end = performance.now() + ms;
	while (performance.now() < end);
};
const never = async () => await new Promise<never>(() => undefined);

let servers: RawServer[] = [];
afterEach(async () => {
	for (const server of servers) await server.close();
	servers = [];
});

async function serve(answer?: RawAnswer): Promise<RawServer> {
	const server = await startRawServer(answer);
	servers.push(server);
	return server;
}

type Tried = { status: number; text: string; ms: number } | { error: TransportError; ms: number };

/** Sends a request, reads its answer to the end, and says how long that took. */
async function attempt(
	url: string,
	request: Partial<TransportRequest> = {},
	policy: TransportPolicy = {},
): Promise<Tried> {
	const start = performance.now();
	const wire = { method: 'POST' as const, url: new URL(url), headers: {}, body: '{}', timeLimitMs: 300, ...request };
	try {
		const { status, body } = await transport.send(wire, policy);
		const text = (await bytesOf(body)).toString('latin1');
		return { status, text, ms: performance.now() - start };
	} catch (error) {
		return { error: error as TransportError, ms: performance.now() - start };
	}
}

function filter(parts: Partial<EgressFilter>): EgressFilter {
	return {
		validateUrl: async () => ({ ok: true }),
		validateConnectionHost: () => ({ ok: true }),
		createSecureLookup: () => undefined,
		...parts,
	};
}

function file(pieces: () => AsyncGenerator<Buffer>, size?: number): TransportRequest['body'] {
	const part: FilePart = {
		name: 'file',
		fileName: 'photo.jpg',
		mimeType: 'image/jpeg',
		size,
		open: async () => Readable.from(pieces()),
	};
	return { fields: [], files: [part] };
}

describe('a process that stalls for longer than the time limit', () => {
	it('still reads the answer that came in the meantime', async () => {
		const server = await serve((socket) => {
			socket.write(whole(200, '{"a":1}'));
			stall(600);
		});
		expect(await attempt(`http://${server.host}`)).toMatchObject({ status: 200, text: '{"a":1}' });
	});

	itOnUndici('while it connects, sends nothing', async () => {
		const server = await serve((socket) => socket.write(whole(200, '{}')));
		const policy = { egress: filter({ createSecureLookup: () => lookup }) };
		const lookup = (_host: string, _options: object, found: (error: null, list: object[]) => void): void => {
			setTimeout(() => {
				found(null, [{ address: '127.0.0.1', family: 4 }]);
				stall(600);
			}, 10);
		};
		const url = `http://${server.host.replace('127.0.0.1', 'gateway.invalid')}`;
		expect(await attempt(url, {}, policy)).toMatchObject({
			error: { stage: 'notSent', reason: 'no connection within 0.3 seconds' },
		});
		await pause(100);
		expect(server.heads).toEqual([]);
	});
});

describe('the time limit covers what comes before the request', () => {
	const nothingSent = { error: { stage: 'notSent', reason: 'no connection within 0.3 seconds' } };

	itOnUndici('the check by the network policy', async () => {
		const server = await serve();
		const policy = { egress: filter({ validateUrl: never }) };
		const tried = await attempt(`http://${server.host}`, {}, policy);
		expect(tried).toMatchObject(nothingSent);
		expect(tried.ms).toBeLessThan(SOON_MS);
	});

	itOnUndici('looking up the host, however late the answer comes, and nothing is sent then', async () => {
		const server = await serve((socket) => socket.end(whole(200, '{}')));
		const late = (_host: string, _options: object, found: (error: null, list: object[]) => void) =>
			void setTimeout(() => found(null, [{ address: '127.0.0.1', family: 4 }]), 600);
		const policy = { egress: filter({ createSecureLookup: () => late }) };
		const url = `http://${server.host.replace('127.0.0.1', 'gateway.invalid')}`;
		expect(await attempt(url, {}, policy)).toMatchObject(nothingSent);
		await pause(600);
		expect(server.heads).toEqual([]);
		expect(await attempt(url, { timeLimitMs: 5_000 }, policy)).toMatchObject({ status: 200 });
	});

	it('TLS with a port that never answers, for more requests than there are connections', async () => {
		const server = await serve();
		const tried = await Promise.all(
			Array.from({ length: 20 }, async () => await attempt(`https://${server.host}`)),
		);
		const mayBeSent = { error: { stage: 'sent', options: { timedOut: true } } };
		for (const each of tried) expect(each).toMatchObject(isN8nTransport ? mayBeSent : nothingSent);
		// In three turns: what nobody waits for any more holds no place.
		expect(Math.max(...tried.map(({ ms }) => ms))).toBeLessThan(9_000);
	});

	it('Stop ends it at once', async () => {
		const server = await serve();
		const stop = new AbortController();
		setTimeout(() => stop.abort(), 100);
		const tried = await attempt(`https://${server.host}`, { signal: stop.signal, timeLimitMs: 60_000 });
		expect(tried).toMatchObject({ error: { stage: 'cancelled', options: { sent: isN8nTransport } } });
		expect(tried.ms).toBeLessThan(SOON_MS);
	});
});

itOnUndici('waiting for a free connection does not count', async () => {
	const server = await serve((socket) => void setTimeout(() => socket.end(whole(200, '{}')), 250));
	const tried = await Promise.all(
		Array.from({ length: 24 }, async () => await attempt(`http://${server.host}`, { timeLimitMs: 600 })),
	);
	for (const each of tried) expect(each).toMatchObject({ status: 200 });
	expect(Math.max(...tried.map(({ ms }) => ms))).toBeGreaterThan(700);
});

it('a finished request leaves no timer and no listener behind', async () => {
	const server = await serve((socket) => void socket.end(whole(200, '{}')));
	const dripping = await serve((socket) => {
		socket.write(head(200));
		drip(socket, ' ', 50);
	});
	const { signal } = new AbortController();
	const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
	const before = timers();
	expect(await attempt(`http://${server.host}`, { signal, timeLimitMs: 3_600_000 })).toMatchObject({ status: 200 });
	expect(await attempt('http://127.0.0.1:9', { signal, timeLimitMs: 3_600_000 })).toHaveProperty('error');
	expect(await attempt(`http://${dripping.host}`, { signal })).toHaveProperty('error');
	await dripping.close();
	const unread = {
		method: 'GET' as const,
		url: new URL(`http://${server.host}`),
		headers: {},
		timeLimitMs: 3_600_000,
	};
	const { body } = await transport.send({ ...unread, signal }, {});
	discard(body);
	// Over n8n's helper, the last nap of a wait goes on: a second at most.
	await pause(isN8nTransport ? 1_200 : 50);
	// undici checks its connections by a timer of its own.
	expect(timers()).toBeLessThanOrEqual(before + 1);
	expect(listenersOf(signal)).toBe(0);
});

describe('a file that is sent', () => {
	/** Reads the request to its end, and answers then. */
	const patient: RawAnswer = (socket) => {
		let last = '';
		socket.on('data', (piece) => {
			last = (last + piece.toString('latin1')).slice(-20);
			if (last.endsWith('--\r\n') || last.endsWith('0\r\n\r\n'))
				setTimeout(() => socket.end(whole(200, '{}')), 200);
		});
	};
	const slow = async function* (): AsyncGenerator<Buffer> {
		for (let piece = 0; piece < 16; piece++) {
			await pause(50);
			yield PIECE;
		}
	};

	it('may take longer than the limit while it moves, and its answer has the limit for itself', async () => {
		const server = await serve(patient);
		const tried = await attempt(`http://${server.host}`, { body: file(slow) });
		expect(tried).toMatchObject({ status: 200 });
		expect(tried.ms).toBeGreaterThan(900);
	});

	it('does not move: it ends in time, and may have arrived', async () => {
		const server = await serve(patient);
		const stuck = async function* (): AsyncGenerator<Buffer> {
			yield Buffer.alloc(100);
			await never();
		};
		const tried = await attempt(`http://${server.host}`, { body: file(stuck) });
		expect(tried).toMatchObject({ error: { stage: 'sent', options: { timedOut: true } } });
		expect(tried.ms).toBeLessThan(SOON_MS);
	});

	it('has arrived, and no answer comes: it ends in time', async () => {
		const server = await serve((socket) => socket.resume());
		const quick = async function* (): AsyncGenerator<Buffer> {
			yield PIECE;
		};
		const tried = await attempt(`http://${server.host}`, { body: file(quick, PIECE.length) });
		expect(tried).toMatchObject({ error: { stage: 'sent', options: { timedOut: true } } });
		expect(tried.ms).toBeLessThan(SOON_MS);
	});

	it('as a text of JSON arrives whole', async () => {
		const text = JSON.stringify({ base64: 'ab€'.repeat(200_000) });
		let received = '';
		const server = await serve((socket, { request }) => {
			received = Buffer.from(request.slice(request.indexOf('\r\n\r\n') + 4), 'latin1').toString('utf8');
			socket.end(whole(200, '{}'));
		});
		expect(await attempt(`http://${server.host}`, { body: text, timeLimitMs: 5_000 })).toMatchObject({
			status: 200,
		});
		expect(received === text).toBe(true);
		expect(server.heads[0]).toMatch(new RegExp(`^content-length: ${Buffer.byteLength(text)}$`, 'im'));
	});
});

describe('a file that is fetched', () => {
	const inPieces = (socket: Parameters<RawAnswer>[0], pieces: number): void => {
		socket.write(head(200, { 'content-length': pieces * PIECE.length }));
		const timer = setInterval(() => {
			if (pieces-- > 0) socket.write(PIECE);
			else clearInterval(timer);
		}, 50);
	};

	it('may take longer than the limit while it moves', async () => {
		const server = await serve((socket) => inPieces(socket, 16));
		const tried = await attempt(`http://${server.host}`, { mayBeFile: true });
		expect(tried).toMatchObject({ status: 200 });
		expect('text' in tried && tried.text.length).toBe(16 * PIECE.length);
	});

	it('may not where the answer is no file', async () => {
		const server = await serve((socket) => inPieces(socket, 16));
		const tried = await attempt(`http://${server.host}`);
		expect(tried).toMatchObject({ error: { stage: 'sent', options: { timedOut: true } } });
	});

	it('comes in single bytes: whoever reads the stream learns that it took too long', async () => {
		const server = await serve((socket) => {
			socket.write(head(200, { 'content-length': 100_000 }));
			drip(socket, Buffer.from([0x89]), 50);
		});
		const url = new URL(`http://${server.host}`);
		const wire = { method: 'GET' as const, url, headers: {}, timeLimitMs: 400, mayBeFile: true };
		const found = await readFileOrAnswer(await transport.send(wire, {}), transport.toStream);
		if (!('file' in found)) throw new Error('this is a file');
		await expect(bytesOf(found.file)).rejects.toMatchObject({ stage: 'sent', options: { timedOut: true } });
	});

	it('is refused in single bytes: that is no file, and ends in time', async () => {
		const server = await serve((socket) => {
			socket.write(head(500, { 'content-length': 100_000 }));
			drip(socket, '{', 50);
		});
		const url = new URL(`http://${server.host}`);
		const wire = { method: 'GET' as const, url, headers: {}, timeLimitMs: 300, mayBeFile: true };
		const answer = await readAnswer(await transport.send(wire, {}));
		expect(answer).toMatchObject({ status: 500, incomplete: true, timedOut: true });
	});

	it('from the address in a message breaks with an error that names the host', async () => {
		const server = await serve((socket) => {
			socket.write(head(200, { 'content-length': 100_000 }) + 'abc');
			setTimeout(() => socket.destroy(), 100);
		});
		const origin = `http://${server.host}`;
		const policies = { ownOrigin: origin, own: {}, others: undefined, transport: transport };
		const { body } = await fetchFile(`${origin}/photo.png`, policies);
		await expect(bytesOf(body as Readable)).rejects.toMatchObject({
			failure: { provider: server.host, kind: 'network', words: 'the response was cut off' },
		});
	});
});
