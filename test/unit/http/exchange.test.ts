import type { Socket } from 'node:net';
import type { TransportError, TransportRequest } from '../../../nodes/shared/http/transport/transport';
import { head, type RawServer, startRawServer, whole } from '../../support/rawServer';
import { isN8nTransport, transport } from '../../support/transport';

const KIB = 1024;
const pause = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

let servers: RawServer[] = [];
afterEach(async () => {
	for (const server of servers) await server.close();
	servers = [];
});

async function urlOf(answer: (socket: Socket) => void | Promise<void>): Promise<URL> {
	const server = await startRawServer((socket) => void answer(socket));
	servers.push(server);
	return new URL(`http://${server.host}`);
}

type Read = { bytes: number; error?: TransportError };

/** Sends a request, and reads the body late and slowly. */
async function readSlowly(url: URL, lateMs: number, more: Partial<TransportRequest> = {}): Promise<Read> {
	const request = { method: 'GET' as const, url, headers: {}, timeLimitMs: 5_000, ...more };
	let bytes = 0;
	try {
		const { body } = await transport.send(request, {});
		if (Buffer.isBuffer(body)) return { bytes: body.length };
		await pause(lateMs);
		for await (const piece of body) {
			bytes += (piece as Buffer).length;
			await pause(1);
		}
		return { bytes };
	} catch (error) {
		return { bytes, error: error as TransportError };
	}
}

const heads: Record<string, (size: number) => string> = {
	'HTTP/1.0 that says its length': (size) => `HTTP/1.0 200 OK\r\ncontent-length: ${size}\r\n\r\n`,
	'HTTP/1.0 until the end': () => 'HTTP/1.0 200 OK\r\n\r\n',
	'a connection to be closed': (size) => head(200, { connection: 'close', 'content-length': size }),
	'a connection to be closed, without a length': () => head(200, { connection: 'close' }),
	'a connection to be kept': (size) => head(200, { 'content-length': size }),
};

const sizes = [64 * KIB, 128 * KIB, 200_000, 1_000_000];

describe.each(Object.keys(heads))('an answer of %s, at whose end the server closes', (kind) => {
	it.each([
		[0, true],
		[60, true],
		[0, false],
		[60, false],
	])('arrives whole when it is read %d ms late; may be a file: %s', async (lateMs, mayBeFile) => {
		for (const size of sizes) {
			const url = await urlOf(async (socket) => {
				socket.write(heads[kind]?.(size) ?? '');
				await pause(10);
				socket.end(Buffer.alloc(size, 'a'));
			});
			expect(await readSlowly(url, lateMs, { mayBeFile })).toEqual({ bytes: size });
		}
	});
});

describe.each(Object.keys(heads))('an answer of %s whose connection breaks', (kind) => {
	it.each([
		[0, 3_000],
		[0, 64 * KIB],
		[60, 64 * KIB],
		[60, 128 * KIB],
		[100, 2_000_000],
	])('is no whole file when it is read %d ms late and has %d bytes', async (lateMs, size) => {
		const url = await urlOf(async (socket) => {
			socket.write(heads[kind]?.(size + 1_000) ?? '');
			await pause(10);
			socket.write(Buffer.alloc(size, 'a'));
			await pause(30);
			socket.resetAndDestroy();
		});
		const { bytes, error } = await readSlowly(url, lateMs, { mayBeFile: true });
		expect(bytes).toBeLessThanOrEqual(size);
		expect(error?.message).toEqual(expect.any(String));
	});
});

it.each(Object.keys(heads))('%s: an answer that is reset after its head is not an empty one', async (kind) => {
	const url = await urlOf(async (socket) => {
		socket.write(heads[kind]?.(1_000) ?? '');
		await pause(30);
		socket.resetAndDestroy();
	});
	expect((await readSlowly(url, 0)).error?.message).toEqual(expect.any(String));
});

it.each(['stays', 'is reset'])(
	'an answer that nobody reads breaks with the time limit: its connection %s',
	async (fate) => {
		const url = await urlOf(async (socket) => {
			socket.write(head(200, { connection: 'close' }));
			await pause(10);
			socket.write(Buffer.alloc(64 * KIB, 'a'));
			await pause(30);
			if (fate === 'is reset') socket.resetAndDestroy();
		});
		const { body } = await transport.send({ method: 'GET', url, headers: {}, timeLimitMs: 300 }, {});
		if (Buffer.isBuffer(body)) throw new Error('there is more to come');
		await new Promise((resolve) => body.once('close', resolve));
		expect(body.errored?.message).toEqual(expect.any(String));
	},
);

describe('a small answer', () => {
	const small = JSON.stringify({ status: true });

	it('that comes with its head is there at once', async () => {
		const url = await urlOf((socket) => void socket.write(whole(200, small)));
		const { body } = await transport.send({ method: 'GET', url, headers: {}, timeLimitMs: 5_000 }, {});
		expect(Buffer.isBuffer(body)).toBe(!isN8nTransport);
	});

	it.each(['byte by byte', 'after its head'])('that comes %s is read as well', async (how) => {
		const url = await urlOf(async (socket) => {
			socket.write(head(200, { 'content-length': small.length }));
			await pause(10);
			for (const each of how === 'after its head' ? [small] : small) {
				socket.write(each);
				await pause(2);
			}
		});
		expect(await readSlowly(url, 0)).toEqual({ bytes: small.length });
	});

	it('leaves its connection for the next one', async () => {
		let connections = 0;
		const url = await urlOf((socket) => {
			connections++;
			socket.on('data', () => socket.write(whole(200, small)));
			socket.write(whole(200, small));
		});
		for (let each = 0; each < 5; each++) expect(await readSlowly(url, 0)).toEqual({ bytes: small.length });
		// undici looks after one that has just been used, and takes another one meanwhile.
		expect(connections).toBeLessThanOrEqual(isN8nTransport ? 5 : 2);
	});
});

it('says once when a request has been handed over, before its answer is there', async () => {
	const seen: string[] = [];
	const url = await urlOf((socket) => {
		seen.push('arrived');
		setTimeout(() => socket.write(whole(200, '{}')), 20);
	});
	const onSent = () => void seen.push('handed over');
	await transport.send({ method: 'GET', url, headers: {}, timeLimitMs: 5_000, onSent }, {});
	seen.sort();
	expect(seen).toEqual(['arrived', 'handed over']);
});
