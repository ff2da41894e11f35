import { Container } from '@n8n/di';
import { OutboundHttp } from '@n8n/backend-network';
import { BinaryDataService } from 'n8n-core';
import type { IHttpRequestOptions } from 'n8n-workflow';
import { once } from 'node:events';
import { createServer as createTlsServer, type Server } from 'node:https';
import { type AddressInfo, createServer, type Server as PlainServer, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { createSecureContext, TLSSocket } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { textOf } from '../../../nodes/shared/text';
import { n8nTransport } from '../../../nodes/shared/http/n8n/transport';
import {
	type MultipartBody,
	TransportError,
	type TransportPolicy,
	type TransportRequest,
} from '../../../nodes/shared/http/transport/transport';
import { makeCertificate } from '../../support/certificate';
import { setSsrfPolicy } from '../../support/n8n/services';
import { drip, flood, head, type RawAnswer, type RawServer, startRawServer, whole } from '../../support/rawServer';
import { bytesOf } from './streams';

const MIB = 1024 * 1024;

// One row for each kind of failure; `npm run test:n8n` runs all tests of what sends on this transport.
const transport = n8nTransport({
	helpers: {
		httpRequest: async (options: IHttpRequestOptions): Promise<unknown> =>
			await Container.get(OutboundHttp).requests().request(options),
	},
});

/** Of n8n-core, which sets up the client. */
const isLoaded = BinaryDataService !== undefined;

const servers: RawServer[] = [];
const plain: PlainServer[] = [];
const sockets: Socket[] = [];
afterEach(async () => {
	setSsrfPolicy();
	for (const server of servers.splice(0)) await server.close();
	for (const socket of sockets.splice(0)) socket.destroy();
	for (const server of plain.splice(0)) await new Promise((resolve) => server.close(resolve));
});

async function serve(answer?: RawAnswer): Promise<RawServer> {
	const server = await startRawServer(answer);
	servers.push(server);
	return server;
}

/** A server that answers whatever comes first, be it a request or not. */
async function serveAtOnce(answer: (socket: Socket) => void): Promise<string> {
	return await servePlain((socket) => socket.once('data', () => answer(socket)));
}

async function servePlain(onConnection: (socket: Socket) => void): Promise<string> {
	const server = createServer((socket) => {
		sockets.push(socket.on('error', () => undefined));
		onConnection(socket);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	plain.push(server);
	return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function attempt(
	url: string,
	request: Partial<TransportRequest> = {},
	policy: TransportPolicy = {},
): Promise<{ status: number; headers: Record<string, string>; bytes: Buffer } | TransportError> {
	expect(isLoaded).toBe(true);
	const headers = { 'content-type': 'application/json' };
	const wire = { method: 'POST' as const, url: new URL(url), headers, body: '{}', timeLimitMs: 20_000, ...request };
	try {
		const answer = await transport.send(wire, policy);
		return { status: answer.status, headers: answer.headers, bytes: await bytesOf(answer.body) };
	} catch (error) {
		if (!(error instanceof TransportError)) throw error;
		return error;
	}
}

/** A form with one file. */
function upload(open: () => Promise<Readable>, size = 10): MultipartBody {
	return { fields: [['to', '628']], files: [{ name: 'file', fileName: 'a.png', mimeType: 'image/png', size, open }] };
}

describe('surely not sent', () => {
	it('a port where nobody listens', async () => {
		expect(await attempt('http://127.0.0.1:9')).toMatchObject({ stage: 'notSent', reason: 'connection refused' });
	});

	it('a host that does not exist', async () => {
		const error = await attempt('http://no-such-host.invalid');
		expect(error).toMatchObject({ stage: 'notSent', reason: expect.stringMatching(/^the host name/) as string });
	});

	it('a certificate that nobody vouches for, unless the credential accepts it', async () => {
		let requests = 0;
		const server: Server = createTlsServer(makeCertificate(['localhost']), (_request, response) => {
			requests += 1;
			response.end('{}');
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		try {
			const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
			const words = "the server's certificate could not be verified";
			expect(await attempt(url)).toMatchObject({ stage: 'notSent', reason: words, options: { permanent: true } });
			expect(requests).toBe(0);
			expect(await attempt(url, {}, { allowUnauthorizedCerts: true })).toMatchObject({ status: 200 });
		} finally {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		}
	});

	it('a server that closes the connection while TLS is negotiated', async () => {
		const closing = await serveAtOnce((socket) => socket.end());
		expect(await attempt(`https://${closing}`)).toMatchObject({
			stage: 'notSent',
			reason: 'the server closed the connection',
		});
	});

	it("an address that n8n's network policy forbids", async () => {
		setSsrfPolicy({ enabled: true });
		const server = await serve((socket) => socket.end(whole(200, '{}')));
		expect(await attempt(`http://${server.host}`)).toMatchObject({
			stage: 'blocked',
			options: { permanent: true },
		});
		expect(server.heads).toEqual([]);
	});

	it('an address from outside that leads inside, though the instance checks none', async () => {
		const server = await serve((socket) => socket.end(whole(200, '{}')));
		const egress = Container.get(OutboundHttp).egressFilter('enforced');
		for (const host of [server.host, server.host.replace('127.0.0.1', 'localhost')]) {
			const tried = await attempt(`http://${host}`, {}, { egress, publicOnly: true });
			expect(tried).toMatchObject({ stage: 'blocked' });
		}
		expect(server.heads).toEqual([]);
	});

	it('Stop before it', async () => {
		const server = await serve((socket) => socket.end(whole(200, '{}')));
		const tried = await attempt(`http://${server.host}`, { signal: AbortSignal.abort() });
		expect(tried).toMatchObject({ stage: 'cancelled', options: { sent: false } });
		expect(server.heads).toEqual([]);
	});
});

describe('perhaps sent', () => {
	it.each<[string, RawAnswer, string]>([
		['cuts the connection', (socket) => socket.destroy(), 'the server closed the connection'],
		['resets the connection', (socket) => socket.resetAndDestroy(), 'the server closed the connection'],
		['ends it without an answer', (socket) => socket.end(), 'the server closed the connection'],
		['speaks no HTTP', (socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'), 'network error'],
		[
			'sends headers without end',
			(socket) => {
				socket.write('HTTP/1.1 200 OK\r\n');
				flood(socket, `x-more: ${'a'.repeat(1_000)}\r\n`);
			},
			'the response headers were too large',
		],
	])('a server that %s', async (_what, answer, reason) => {
		const server = await serve(answer);
		expect(await attempt(`http://${server.host}`)).toMatchObject({ stage: 'sent', reason });
		expect(server.heads).toHaveLength(1);
	});

	// OpenSSL says the same of both, so neither counts as not sent.
	it('a server that responds in plain text, in place of TLS or after the request', async () => {
		const plainly = {
			stage: 'sent',
			reason: 'the server did not respond over HTTPS',
			options: { permanent: true },
		};
		const words = 'HTTP/1.1 400 Bad Request\r\n\r\n';
		expect(await attempt(`https://${await serveAtOnce((socket) => socket.end(words))}`)).toMatchObject(plainly);

		const certificate = makeCertificate(['localhost']);
		for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
			let received = '';
			const host = await servePlain((socket) => {
				const secureContext = createSecureContext({ ...certificate, maxVersion });
				const encrypted = new TLSSocket(socket, { isServer: true, secureContext });
				encrypted.on('error', () => undefined);
				encrypted.on('data', (bytes: Buffer) => {
					received += bytes.toString();
					if (received.endsWith('{}')) socket.write(words, () => socket.destroy());
				});
			});
			const tried = await attempt(`https://${host}`, {}, { allowUnauthorizedCerts: true });
			expect(received).toContain('POST / HTTP/1.1');
			// Newer versions of OpenSSL call it a bad record.
			expect(tried).toMatchObject({ stage: 'sent' });
		}
	});

	it('the time limit is over, before the answer and in the middle of it', async () => {
		const silent = await serve();
		const dripping = await serve((socket) => {
			socket.write(head(200, { 'content-length': 100_000 }));
			drip(socket, ' ', 50);
		});
		for (const { host } of [silent, dripping]) {
			const tried = await attempt(`http://${host}`, { timeLimitMs: 400 });
			expect(tried).toMatchObject({ stage: 'sent', options: { timedOut: true } });
		}
	});

	it('Stop in the middle of it', async () => {
		const stop = new AbortController();
		const server = await serve(() => stop.abort());
		const tried = await attempt(`http://${server.host}`, { signal: stop.signal });
		expect(tried).toMatchObject({ stage: 'cancelled', options: { sent: true } });
	});

	const gone = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' });
	const broken = async function* (): AsyncGenerator<Buffer> {
		yield Buffer.alloc(10);
		throw gone;
	};
	it.each<[string, () => Promise<Readable>, string]>([
		['breaks', async () => Readable.from(broken()), 'the file could not be read'],
		['cannot be opened', () => Promise.reject(gone), 'the file could not be read'],
		[
			'is larger than it said',
			async () => Readable.from([Buffer.alloc(20)]),
			'the file does not have the size that it said',
		],
	])('its file %s', async (_what, open, reason) => {
		const server = await serve((socket) => socket.end(whole(200, '{}')));
		const tried = await attempt(`http://${server.host}`, { body: upload(open), headers: {} });
		expect(tried).toMatchObject({ name: 'TransportError', stage: 'sent', reason });
	});
});

describe('an upload that ends early', () => {
	// More than all buffers on the way hold.
	const PIECES = 512;

	it.each<[string, (socket: Socket) => void, object]>([
		['is refused before its end', (socket) => socket.end(whole(413, 'no')), { status: 413 }],
		['is cut off', (socket) => socket.resetAndDestroy(), { stage: 'sent' }],
		['is stopped', () => undefined, { stage: 'cancelled' }],
		['never connects', () => undefined, { stage: 'notSent' }],
	])('lets go of its file where it %s', async (what, answer, expected) => {
		const stop = new AbortController();
		const url = what === 'never connects' ? 'http://127.0.0.1:9' : `http://${await serveAtOnce(answer)}`;
		let source: Readable | undefined;
		let sent = 0;
		const open = async (): Promise<Readable> => {
			source = new Readable({
				read() {
					sent += 1;
					if (what === 'is stopped' && sent === 3) stop.abort();
					// Then the storage stalls: it has no end that would close it.
					if (sent < (what === 'is stopped' ? 3 : PIECES)) this.push(Buffer.alloc(MIB / 16));
				},
			});
			return source;
		};
		const body = upload(open, PIECES * (MIB / 16));
		expect(await attempt(url, { body, headers: {}, signal: stop.signal })).toMatchObject(expected);
		if (what !== 'never connects') expect(source).toBeDefined();
		if (source && !source.closed) await once(source, 'close');
	});
});

describe('an answer', () => {
	it.each([302, 400, 401, 429, 500])('of status %s comes as it is, and leads nowhere', async (status) => {
		const server = await serve((socket) => socket.end(whole(status, '{"a":1}', { location: '/elsewhere' })));
		expect(await attempt(`http://${server.host}`)).toMatchObject({ status, headers: { location: '/elsewhere' } });
		expect(server.heads).toHaveLength(1);
	});

	it('that is cut off breaks', async () => {
		const server = await serve((socket) => socket.end(head(200, { 'content-length': 100 }) + 'half'));
		await expect(attempt(`http://${server.host}`)).rejects.toThrow('aborted');
	});

	it('that unpacks to far more than was sent breaks', async () => {
		const bomb = Buffer.concat(Array<Buffer>(8).fill(gzipSync(Buffer.alloc(16 * MIB))));
		const server = await serve((socket) => socket.end(whole(200, bomb, { 'content-encoding': 'gzip' })));
		const tried = await attempt(`http://${server.host}`, { mayBeFile: true });
		expect(tried).toMatchObject({ stage: 'sent', reason: 'the file unpacks to far more than was sent' });
	});
});

describe('a mocked answer of an evaluation', () => {
	const send = async (httpRequest: () => Promise<unknown>) => {
		const wire = {
			method: 'GET' as const,
			url: new URL('https://gateway.invalid'),
			headers: {},
			timeLimitMs: 5_000,
		};
		const { status, body } = await n8nTransport({ helpers: { httpRequest } }).send(wire, {});
		return { status, text: (await bytesOf(body)).toString() };
	};

	it.each<[string, unknown, string]>([
		['a stream', Readable.from([Buffer.from('{"a":1}')]), '{"a":1}'],
		['bytes', Buffer.from('abc'), 'abc'],
		['a text', 'abc', 'abc'],
		['data', { a: 1 }, '{"a":1}'],
		['nothing', undefined, ''],
	])('may be %s', async (_what, body, text) => {
		expect(await send(async () => ({ statusCode: 200, headers: {}, body }))).toEqual({ status: 200, text });
	});

	/** What a mock is asked, where n8n says that it mocks. */
	const askedFor = async (request: Partial<TransportRequest>, policy: TransportPolicy = {}) => {
		const asked: IHttpRequestOptions[] = [];
		const context = {
			helpers: {
				httpRequest: async (options: IHttpRequestOptions): Promise<unknown> => {
					asked.push(options);
					return { statusCode: 200, headers: {}, body: 'ok' };
				},
			},
			additionalData: { evalLlmMockHandler: () => undefined },
		};
		const wire = {
			method: 'POST' as const,
			url: new URL('https://gateway.invalid'),
			headers: {},
			timeLimitMs: 5_000,
		};
		const { body } = await n8nTransport(context).send({ ...wire, ...request }, policy);
		expect((await bytesOf(body)).toString()).toBe('ok');
		return asked;
	};

	it('comes for a host that does not exist', async () => {
		const egress = Container.get(OutboundHttp).egressFilter('enforced');
		expect(await askedFor({ method: 'GET' }, { egress, publicOnly: true })).toHaveLength(1);
	});

	it('is for the whole text, however long', async () => {
		const text = JSON.stringify({ text: 'a'.repeat(MIB) });
		expect(await askedFor({ body: text })).toMatchObject([{ body: text }]);
		expect(await askedFor({ body: Buffer.from(text) })).toMatchObject([{ body: text }]);
	});

	it('is for the fields of a form, and what its files are', async () => {
		const open = (): Promise<Readable> => Promise.reject(new Error('It was opened'));
		const [asked] = await askedFor({ body: upload(open, 1_234) });
		const boundary = /boundary=(.*)$/.exec(textOf(asked?.headers?.['content-type']))?.[1];
		expect(textOf(asked?.body).replaceAll(String(boundary), 'x').split('\r\n')).toEqual([
			'--x',
			'Content-Disposition: form-data; name="to"',
			'',
			'628',
			'--x',
			'Content-Disposition: form-data; name="file"; filename="a.png"',
			'Content-Type: image/png',
			'',
			'[a.png, image/png, 1234 bytes]',
			'--x--',
			'',
		]);
	});

	it('may be an error', async () => {
		const error = Object.assign(new Error('Request failed'), {
			response: { status: 422, headers: {}, data: { a: 1 } },
		});
		expect(await send(() => Promise.reject(error))).toEqual({ status: 422, text: '{"a":1}' });
	});
});
