import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { encode, toHttpRequestOptions } from '../../../nodes/shared/http/encode';
import { isLarge } from '../../../nodes/shared/http/transport/bytes';
import type { FilePart } from '../../../nodes/shared/http/transport/transport';
import type { GatewayRequest } from '../../../nodes/shared/http/request';
import { transport } from '../../support/transport';
import { bytesOf } from './streams';

const CHUNK = 64 * 1024;

describe('a multipart request', () => {
	let server: Server;
	let base: string;
	let receive: (request: IncomingMessage) => Promise<void>;

	beforeAll(async () => {
		server = createServer((request, response) => {
			request.on('error', () => undefined);
			receive(request).then(
				() => response.end('{}'),
				() => response.destroy(),
			);
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});

	afterAll(async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	});

	async function send(files: FilePart[], fields: Record<string, string> = {}) {
		const request: GatewayRequest = { method: 'POST', path: '/upload', multipart: { fields, files } };
		const wire = encode(toHttpRequestOptions(request, base), request);
		const response = await transport.send({ ...wire, timeLimitMs: 5_000 }, {});
		await bytesOf(response.body);
		return response.status;
	}

	function part(bytes: Buffer, about: Partial<FilePart> = {}): FilePart {
		return {
			name: 'file',
			fileName: 'photo.jpg',
			mimeType: 'image/jpeg',
			size: bytes.length,
			open: async () => Readable.from([bytes]),
			...about,
		};
	}

	it('arrives with every byte, field and name, and the right content length', async () => {
		const bytes = Buffer.from(Array.from({ length: 70_000 }, (_none, index) => (index * 31) % 256));
		const fileName = 'größe "1" – 照片\r\n; x=y.jpg';
		let body: Uint8Array<ArrayBuffer> = new Uint8Array();
		let headers: IncomingMessage['headers'] = {};
		receive = async (request) => {
			headers = request.headers;
			body = Uint8Array.from(await bytesOf(request));
		};
		expect(await send([part(bytes, { fileName })], { caption: 'Halo\n"dunia" 👋', 'to[]': 'x' })).toBe(200);

		expect(headers['content-length']).toBe(String(body.length));
		const form = await new Response(body, {
			headers: { 'content-type': headers['content-type'] ?? '' },
		}).formData();
		const caption = form.get('caption');
		expect(typeof caption === 'string' && caption.replaceAll('\r\n', '\n')).toBe('Halo\n"dunia" 👋');
		expect(form.get('to[]')).toBe('x');
		const file = form.get('file') as File;
		expect(Buffer.from(await file.arrayBuffer()).equals(bytes)).toBe(true);
		expect(file.type).toBe('image/jpeg');
		// What could end the header it is in, or is no part of a name, is gone.
		expect(file.name).toBe('größe _1_ – 照片; x=y.jpg');
	});

	it.each([
		['small', 'Halo 👋'],
		['large', 'ö'.repeat(100_000)],
	])('without a file is read like any other: %s', async (_size, text) => {
		let values: Record<string, unknown> = {};
		receive = async (request) => {
			const body = Uint8Array.from(await bytesOf(request));
			expect(request.headers['content-length']).toBe(String(body.length));
			const headers = { 'content-type': request.headers['content-type'] ?? '' };
			values = Object.fromEntries(await new Response(body, { headers }).formData());
		};
		expect(await send([], { message: text, device_id: 'a' })).toBe(200);
		expect(values).toEqual({ message: text, device_id: 'a' });
		expect(isLarge({ fields: [['message', text]], files: [] })).toBe(text.length > 100);
	});

	it('carries empty files and several of one name', async () => {
		let names: string[] = [];
		receive = async (request) => {
			const body = Uint8Array.from(await bytesOf(request));
			const headers = { 'content-type': request.headers['content-type'] ?? '' };
			const form = await new Response(body, { headers }).formData();
			names = form.getAll('file').map((file) => `${(file as File).name} ${(file as File).size}`);
		};
		await send([part(Buffer.alloc(0), { fileName: 'empty' }), part(Buffer.from('ab'), { fileName: 'two' })]);
		expect(names).toEqual(['empty 0', 'two 2']);
	});

	it('opens its file anew for each time it is sent', async () => {
		let opened = 0;
		const bytes = Buffer.from('content');
		const file = part(bytes, {
			open: async () => {
				opened += 1;
				return Readable.from([bytes]);
			},
		});
		const bodies: number[] = [];
		receive = async (request) => {
			bodies.push((await bytesOf(request)).length);
		};
		await send([file]);
		await send([file]);
		expect(opened).toBe(2);
		expect(bodies[0]).toBe(bodies[1]);
	});

	it('is read from its source only as fast as the server takes it', async () => {
		const chunks = 512;
		let pulled = 0;
		const hash = createHash('sha256');
		const source = function* (): Generator<Buffer> {
			for (; pulled < chunks; pulled++) {
				const chunk = Buffer.alloc(CHUNK, pulled % 251);
				hash.update(chunk);
				yield chunk;
			}
		};
		let pulledWhileServerRested = 0;
		let received = 0;
		receive = async (request) => {
			await new Promise((resolve) => setTimeout(resolve, 150));
			pulledWhileServerRested = pulled;
			for await (const chunk of request) received += (chunk as Buffer).length;
		};
		await send([part(Buffer.alloc(0), { size: chunks * CHUNK, open: async () => Readable.from(source()) })]);
		expect(pulledWhileServerRested).toBeLessThan(chunks / 2);
		expect(pulled).toBe(chunks);
		expect(received).toBeGreaterThan(chunks * CHUNK);
	});

	it.each([
		['less', 100],
		['more', 1],
	])('fails, and does not hang, when the source gives %s than its size says', async (_how, size) => {
		receive = async (request) => {
			await bytesOf(request);
		};
		await expect(send([part(Buffer.from('0123456789'), { size })])).rejects.toMatchObject({
			name: 'TransportError',
		});
	});

	it('fails when its source breaks in the middle', async () => {
		const breaking = async function* (): AsyncGenerator<Buffer> {
			yield Buffer.alloc(10);
			throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' });
		};
		receive = async (request) => {
			await bytesOf(request);
		};
		const file = part(Buffer.alloc(100), { open: async () => Readable.from(breaking()) });
		const reason = 'the file could not be read';
		await expect(send([file])).rejects.toMatchObject({ name: 'TransportError', stage: 'sent', reason });
	});
});
