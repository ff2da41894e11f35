import type { Bytes } from './transport';

/**
 * Gathers bytes into memory.
 *
 * @param most bytes that are taken; a stream with more is destroyed
 * @returns undefined if there are more
 * @throws what the stream throws when it breaks off
 */
export async function gather(source: Bytes, most: number): Promise<Buffer | undefined> {
	if (Buffer.isBuffer(source)) return source.length > most ? undefined : source;
	const pieces: Buffer[] = [];
	let size = 0;
	for await (const piece of source as AsyncIterable<Uint8Array>) {
		size += piece.length;
		// Leaving the loop destroys the stream.
		if (size > most) return undefined;
		pieces.push(Buffer.from(piece));
	}
	return Buffer.concat(pieces);
}
