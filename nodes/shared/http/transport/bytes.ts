import type { ByteStream, Bytes, Transport, TransportRequest } from './transport';

/** Blocks grow with what is gathered, from 16 KiB to 1 MiB. */
const SMALLEST_BLOCK = 16 * 1024;
const LARGEST_BLOCK = 1024 * 1024;

/** What grows to more than this many times its size is a bomb, once it has more than {@link HARMLESS_BYTES}. */
const MAX_GROWTH = 100;

/** Decoded bytes that do no harm, whatever they were made of: 32 MiB. */
const HARMLESS_BYTES = 32 * 1024 * 1024;

/** The most bytes that so many may become by being decoded. */
export function mostDecoded(bytes: number): number {
	return Math.max(HARMLESS_BYTES, bytes * MAX_GROWTH);
}

/**
 * Gathers bytes that arrive in pieces, in about as much memory as there are bytes. The pieces themselves are not kept: one
 * of a single byte takes a hundred, and holds on to everything that arrived with it.
 */
export class Gathered {
	/** Bytes so far. */
	size = 0;
	/** The only piece so far. Most answers are one, which need not be copied. */
	private only?: Buffer;
	private readonly blocks: Buffer[] = [];
	/** Bytes of the last block that are taken. */
	private used = 0;

	add(piece: Uint8Array): void {
		if (this.size === 0) {
			this.only = asBuffer(piece);
		} else {
			if (this.only) this.copy(this.only);
			this.only = undefined;
			this.copy(piece);
		}
		this.size += piece.length;
	}

	/** The first bytes: at least 16 KiB of them, or all that are there. */
	front(): Buffer {
		const [first = Buffer.alloc(0)] = this.blocks;
		return this.only ?? (this.blocks.length > 1 ? first : first.subarray(0, this.used));
	}

	bytes(): Buffer {
		return this.only ?? Buffer.concat(this.blocks, this.size);
	}

	private copy(piece: Uint8Array): void {
		for (let from = 0; from < piece.length;) {
			let block = this.blocks.at(-1);
			if (!block || this.used === block.length) {
				block = Buffer.allocUnsafeSlow(Math.min(Math.max(this.size, SMALLEST_BLOCK), LARGEST_BLOCK));
				this.blocks.push(block);
				this.used = 0;
			}
			const part = piece.subarray(from, from + block.length - this.used);
			block.set(part, this.used);
			this.used += part.length;
			from += part.length;
		}
	}
}

function asBuffer(bytes: Uint8Array): Buffer {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

/**
 * Gathers bytes into memory.
 *
 * @param most bytes that are taken; a stream with more is destroyed
 * @returns undefined if there are more
 * @throws what the stream throws when it breaks off
 */
export async function gather(source: Bytes, most: number): Promise<Buffer | undefined> {
	if (Buffer.isBuffer(source)) return source.length > most ? undefined : source;
	const gathered = new Gathered();
	for await (const piece of source as AsyncIterable<Uint8Array>) {
		// Leaving the loop destroys the stream.
		if (gathered.size + piece.length > most) return undefined;
		gathered.add(piece);
	}
	return gathered.bytes();
}

/** Bytes as a stream, made by the transport where they are all there. */
export function asStream(bytes: Bytes, toStream: Transport['toStream']): ByteStream {
	return Buffer.isBuffer(bytes) ? toStream(inOne(bytes)) : bytes;
}

async function* inOne(bytes: Buffer): AsyncGenerator<Buffer> {
	yield bytes;
}

/** Lets go of bytes that nobody wants. */
export function discard(bytes: Bytes): void {
	// A stream that is destroyed unread says so by an error event.
	if (!Buffer.isBuffer(bytes)) bytes.on('error', () => undefined).destroy();
}

/** A large body is written in pieces of this size, to see how fast it moves: 64 KiB. */
const PIECE_BYTES = 64 * 1024;

/**
 * Whether a body takes long enough to be sent that its time does not count. Any other goes out in one, head and all: a
 * connection that breaks off must not leave half a message where the whole could have been there.
 */
export function isLarge(body: TransportRequest['body']): boolean {
	if (body === undefined) return false;
	if (typeof body === 'string' || !('files' in body)) return body.length > PIECE_BYTES;
	const letters = body.fields.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
	return body.files.length > 0 || letters > PIECE_BYTES;
}

export function* piecesOf(bytes: Buffer): Generator<Uint8Array> {
	for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
}
