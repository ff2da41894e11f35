import { Readable } from 'node:stream';
import type { Bytes, StreamedResponse, Transport } from '../../../nodes/shared/http/transport/transport';

/** An answer whose body arrives in these pieces, each a read of its own. */
export function answerInPieces(pieces: Iterable<Buffer>, status = 200): StreamedResponse {
	return { status, headers: {}, body: Readable.from(pieces) };
}

/** The bytes in two pieces, cut at each place in turn. */
export function* cutEverywhere(bytes: Buffer): Generator<Buffer[]> {
	yield [bytes];
	for (let at = 1; at < bytes.length; at++) yield [bytes.subarray(0, at), bytes.subarray(at)];
	yield [...bytes].map((byte) => Buffer.from([byte]));
}

/** Reads a body to its end. */
export async function bytesOf(body: Bytes): Promise<Buffer> {
	const pieces: Buffer[] = [];
	if (Buffer.isBuffer(body)) return body;
	for await (const piece of body) pieces.push(Buffer.from(piece as Uint8Array));
	return Buffer.concat(pieces);
}

/** A transport that answers by `send` and opens no websocket. */
export function sendingBy(send: Transport['send']): Transport {
	const connect = (): Promise<never> => Promise.reject(new Error('There is no websocket here'));
	return { send, toStream: (pieces) => Readable.from(pieces), connect };
}
