import type { FileAnswer } from '../../http/client';
import { gather } from '../../http/transport/bytes';
import { numberOf } from '../whatsapp/values';
import { tooLarge } from './failure';

/** What is taken of a file unless the user says otherwise, in megabytes of a million bytes. */
export const LARGEST_FILE_MB = 50;

/** The option Largest File in bytes; {@link LARGEST_FILE_MB} for what is no size. */
export function maxBytesOf(megabytes: unknown): number {
	const number = numberOf(megabytes);
	return (number !== null && number > 0 ? number : LARGEST_FILE_MB) * 1_000_000;
}

/**
 * A file in memory, since one that breaks off or goes on for too long must not be left half in n8n's storage.
 *
 * @param maxBytes more than this is not read
 * @throws MediaFailure `too_large`, by the announced size or by the bytes; what the stream throws when it breaks off
 */
export async function wholeFile({ body, headers }: FileAnswer, maxBytes: number): Promise<Buffer> {
	const announced = numberOf(headers['content-length']);
	if (announced !== null && announced > maxBytes) {
		// A stream that is destroyed unread says so by an error event.
		if (!Buffer.isBuffer(body)) body.on('error', () => undefined).destroy();
		throw tooLarge(maxBytes);
	}
	const bytes = await gather(body, maxBytes);
	if (bytes === undefined) throw tooLarge(maxBytes);
	return bytes;
}
