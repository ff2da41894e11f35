import { Readable } from 'node:stream';
import type { Transport, TransportResponse } from '../../../nodes/shared/http/transport/transport';

/** An answer whose body arrives in these pieces, each a read of its own. */
export function answerInPieces(pieces: Iterable<Buffer>, status = 200): TransportResponse {
	return { status, headers: {}, body: Readable.from(pieces) };
}

/** The bytes in two pieces, cut at each place in turn. */
export function* cutEverywhere(bytes: Buffer): Generator<Buffer[]> {
	yield [bytes];
	for (let at = 1; at < bytes.length; at++) yield [bytes.subarray(0, at), bytes.subarray(at)];
	yield [...bytes].map((byte) => Buffer.from([byte]));
}

/** Reads a stream to its end. */
export async function bytesOf(stream: Readable): Promise<Buffer> {
	const pieces: Buffer[] = [];
	for await (const piece of stream) pieces.push(Buffer.from(piece as Uint8Array));
	return Buffer.concat(pieces);
}

/** A transport that answers by `send` and opens no websocket. */
export function sendingBy(send: Transport['send']): Transport {
	const connect = (): Promise<never> => Promise.reject(new Error('There is no websocket here'));
	return { send, toStream: (pieces) => Readable.from(pieces), connect };
}
