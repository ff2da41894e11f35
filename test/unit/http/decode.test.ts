import { Readable } from 'node:stream';
import * as zlib from 'node:zlib';
import { readAnswer } from '../../../nodes/shared/http/answer';
import type { StreamedResponse } from '../../../nodes/shared/http/transport/transport';
import { decode } from '../../../nodes/shared/http/undici/decode';
import { peakOfBuffers } from '../../support/memory';
import { bytesOf } from './streams';

const MIB = 1024 * 1024;
const TEXT = Buffer.from('{"status":true,"message":"Perangkat terhubung – ☎️"}');

function response(encoding: string | undefined, pieces: Iterable<Buffer>): StreamedResponse {
	const headers: Record<string, string> = { 'content-type': 'text/plain', 'content-length': '5' };
	if (encoding !== undefined) headers['content-encoding'] = encoding;
	return { status: 200, headers, body: Readable.from(pieces) };
}

it.each<[string, Buffer]>([
	['gzip', zlib.gzipSync(TEXT)],
	['GZip', zlib.gzipSync(TEXT)],
	['x-gzip', zlib.gzipSync(TEXT)],
	['deflate', zlib.deflateSync(TEXT)],
	['deflate', zlib.deflateRawSync(TEXT)],
	['br', zlib.brotliCompressSync(TEXT)],
	['gzip, identity, br', zlib.brotliCompressSync(zlib.gzipSync(TEXT))],
	['br,gzip, deflate', zlib.deflateSync(zlib.gzipSync(zlib.brotliCompressSync(TEXT)))],
	['identity', TEXT],
	['', TEXT],
	['gzip', TEXT],
])('%j is decoded, wherever the network cuts it, and the headers say so', async (encoding, bytes) => {
	const half = bytes.length / 2;
	const pairs = [0, 1, 2, half].map((at) => [bytes.subarray(0, at), bytes.subarray(at)]);
	const single = [...bytes].map((byte) => Buffer.from([byte]));
	for (const pieces of [...pairs, single]) {
		const { headers, body } = decode(response(encoding, [Buffer.alloc(0), ...pieces]));
		expect(headers).toEqual({ 'content-type': 'text/plain' });
		expect((await bytesOf(body)).equals(TEXT)).toBe(true);
	}
});

it('zstd is decoded where Node can', async () => {
	const { zstdCompressSync } = zlib as { zstdCompressSync?: (bytes: Buffer) => Buffer };
	const answer = await readAnswer(decode(response('zstd', [zstdCompressSync?.(TEXT) ?? TEXT])));
	if (zstdCompressSync) expect(answer.text).toBe(TEXT.toString());
	else expect(answer.problem).toBe('the response is compressed in a way this node cannot read: zstd');
});

it.each(['gzip', 'deflate', 'br', 'gzip, br'])('an answer without a body is one in %s as well', async (encoding) => {
	expect(await readAnswer(decode(response(encoding, [])))).toMatchObject({ text: '', incomplete: false });
});

it('leaves alone what has no encoding', () => {
	const plain = response(undefined, [TEXT]);
	expect(decode(plain)).toBe(plain);
});

it.each(['snappy', 'gzip, snappy', 'gzip, gzip, gzip, gzip', 'compress'])('does not decode %s', (encoding) => {
	const unknown = response(encoding, [TEXT]);
	expect(decode(unknown)).toBe(unknown);
});

it.each([1, 10, 20])('what lacks its last %d bytes is no whole answer', async (missing) => {
	const large = Buffer.from(JSON.stringify(Array.from({ length: 100 }, () => Math.random())));
	for (const [encoding, bytes] of [
		['gzip', zlib.gzipSync(large)],
		['deflate', zlib.deflateSync(large)],
		['br', zlib.brotliCompressSync(large)],
	] as const) {
		const answer = await readAnswer(decode(response(encoding, [bytes.subarray(0, -missing)])));
		expect([encoding, answer.incomplete, answer.json]).toEqual([encoding, true, undefined]);
	}
});

describe('a bomb of 1 GiB', () => {
	const bomb = Buffer.concat(Array<Buffer>(64).fill(zlib.gzipSync(Buffer.alloc(16 * MIB))));

	it.each([
		['gzip', bomb],
		['gzip, gzip', zlib.gzipSync(bomb)],
	])('in %s ends at the bound of an answer, with little memory', async (encoding, bytes) => {
		const { result, peak } = await peakOfBuffers(async () => await readAnswer(decode(response(encoding, [bytes]))));
		expect(result).toMatchObject({ incomplete: true, problem: 'the response is larger than 8 MB' });
		expect(peak).toBeLessThan(32 * MIB);
	});

	it('in a file ends as well, with little memory', async () => {
		const { body } = decode(response('gzip', [bomb]));
		let size = 0;
		const work = async () => {
			for await (const piece of body) size += (piece as Buffer).length;
		};
		const { result, peak } = await peakOfBuffers(async () => await work().catch((error: Error) => error.message));
		expect(result).toBe('the file unpacks to far more than was sent');
		expect(size).toBeLessThan(200 * MIB);
		expect(peak).toBeLessThan(32 * MIB);
	});

	it('a file that grows no more than files do comes whole', async () => {
		const lines = Buffer.from(Array.from({ length: 20_000 }, (_none, line) => `${line};0;`).join('\n'));
		const file = Buffer.concat(Array<Buffer>(210).fill(lines));
		const { body } = decode(response('gzip', [zlib.gzipSync(file, { level: 1 })]));
		let size = 0;
		for await (const piece of body) size += (piece as Buffer).length;
		expect(size).toBe(file.length);
	});
});

it.each([
	['unread', 0],
	['half read', 1],
])('lets the connection go when it is thrown away %s', async (_state, reads) => {
	const pieces = Array<Buffer>(100).fill(zlib.gzipSync(Buffer.alloc(MIB)));
	const encoded = response('gzip', pieces);
	const { body } = decode(encoded);
	const iterator = body[Symbol.asyncIterator]();
	for (let read = 0; read < reads; read++) await iterator.next();
	body.destroy();
	await new Promise((resolve) => setTimeout(resolve, 50));
	expect(encoded.body.destroyed).toBe(true);
});

it('breaks with what the body breaks with', async () => {
	const breaking = async function* (): AsyncGenerator<Buffer> {
		yield zlib.gzipSync(TEXT).subarray(0, 20);
		throw new Error('reset');
	};
	const { body } = decode({ ...response('gzip', []), body: Readable.from(breaking()) });
	await expect(bytesOf(body)).rejects.toThrow('reset');
});
