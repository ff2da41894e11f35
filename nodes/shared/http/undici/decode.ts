import { type Duplex, pipeline, Readable } from 'node:stream';
import * as zlib from 'node:zlib';
import { mostDecoded } from '../transport/bytes';
import { bomb } from '../transport/failures';
import type { ByteStream, StreamedResponse } from '../transport/transport';

/** Encodings in a row that are decoded. Nobody compresses twice for a good reason. */
const MAX_ENCODINGS = 3;

/**
 * Makes the decoder for bytes that start with this one; undefined where they are not encoded at all, whatever the header
 * says: proxies decode a body and forget the header.
 */
type DecoderFor = (firstByte: number) => Duplex | undefined;

const GZIP_FIRST_BYTE = 0x1f;

/** The low half of the first byte of deflate in zlib's form. Some servers send it bare. */
const ZLIB_DEFLATE = 0x08;

const gunzip: DecoderFor = (first) => (first === GZIP_FIRST_BYTE ? zlib.createGunzip() : undefined);

const decoders = new Map<string, DecoderFor>([
	['gzip', gunzip],
	['x-gzip', gunzip],
	['deflate', (first) => ((first & 0x0f) === ZLIB_DEFLATE ? zlib.createInflate() : zlib.createInflateRaw())],
	['br', () => zlib.createBrotliDecompress()],
]);

/** Node has it since 22.15; our types are those of Node 20. */
const { createZstdDecompress } = zlib as { createZstdDecompress?: () => Duplex };
if (createZstdDecompress) decoders.set('zstd', () => createZstdDecompress());

/**
 * The answer with its body decoded, though every request asks for one that is not encoded. It is decoded as it is read:
 * whoever stops reading stops the decoding.
 *
 * Not undici's own interceptor, which is experimental, says so on the console, and knows no bare deflate.
 *
 * @returns the answer as it is where an encoding is unknown, or there are too many
 */
export function decode(response: StreamedResponse): StreamedResponse {
	const named = response.headers['content-encoding'];
	if (named === undefined) return response;
	const names = named
		.toLowerCase()
		.split(',')
		.map((name) => name.trim())
		.filter((name) => name !== '' && name !== 'identity');
	const chain = names.flatMap((name) => decoders.get(name) ?? []).reverse();
	if (chain.length < names.length || chain.length > MAX_ENCODINGS) return response;
	const headers = { ...response.headers };
	delete headers['content-encoding'];
	delete headers['content-length'];
	return { ...response, headers, body: chain.length === 0 ? response.body : decoded(response.body, chain) };
}

function decoded(body: ByteStream, chain: DecoderFor[]): ByteStream {
	const arrived = { bytes: 0 };
	const pieces = chain.reduce<AsyncIterable<Buffer>>(decodedBy, counted(body as AsyncIterable<Buffer>, arrived));
	const stream = Readable.from(withoutBomb(pieces, arrived));
	// Generators that were never started clean nothing up.
	stream.once('close', () => body.destroy());
	// Destroyed with an error before anybody reads it, it must not end the process.
	stream.on('error', () => undefined);
	return stream;
}

async function* counted(pieces: AsyncIterable<Buffer>, arrived: { bytes: number }): AsyncGenerator<Buffer> {
	for await (const piece of pieces) {
		arrived.bytes += piece.length;
		yield piece;
	}
}

async function* decodedBy(pieces: AsyncIterable<Buffer>, decoderFor: DecoderFor): AsyncGenerator<Buffer> {
	const iterator = pieces[Symbol.asyncIterator]();
	let first = await iterator.next();
	while (!first.done && first.value.length === 0) first = await iterator.next();
	// An answer without a body has nothing to decode.
	if (first.done) return;
	const whole = again(first.value, iterator);
	const decoder = decoderFor(first.value[0] ?? 0);
	// An error of either reaches whoever reads the decoder, and its end reaches the source.
	yield* (decoder ? pipeline(whole, decoder, () => undefined) : whole) as AsyncIterable<Buffer>;
}

async function* again(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
	yield first;
	for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

async function* withoutBomb(pieces: AsyncIterable<Buffer>, arrived: { bytes: number }): AsyncGenerator<Buffer> {
	let size = 0;
	for await (const piece of pieces) {
		size += piece.length;
		if (size > mostDecoded(arrived.bytes)) throw bomb();
		yield piece;
	}
}
