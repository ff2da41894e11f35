import { framed } from '../transport/multipart';
import type { ByteStream, TransportRequest } from '../transport/transport';
import type { Deadline } from './deadline';
import { toStream } from './streams';

/** A larger body is written in pieces of this size, to see how fast it moves: 64 KiB. */
const PIECE_BYTES = 64 * 1024;

const FORM = 'application/x-www-form-urlencoded';

/** What n8n's helper gets of a body. */
interface HelperBody {
	/** Absent if there is nothing to send. */
	body?: string | Buffer | ByteStream;
	/** Those that the body needs. */
	headers: Record<string, string>;
}

/** Whether a body takes long enough to be sent that its time does not count. */
export function isLarge({ body, headers }: Pick<TransportRequest, 'body' | 'headers'>): boolean {
	if (typeof body === 'object' && 'files' in body) return true;
	// n8n's helper takes a form as a text only.
	return body !== undefined && body.length > PIECE_BYTES && headers['content-type'] !== FORM;
}

/** A body in a form that n8n's helper passes on as it is; a text as a text, which the mocks of an evaluation read. */
export async function toHelperBody(request: TransportRequest, deadline: Deadline): Promise<HelperBody> {
	const { body, headers } = request;
	if (typeof body === 'object' && 'files' in body) {
		const { contentType, contentLength, pieces } = framed(body);
		const type = { 'content-type': contentType };
		if (body.files.length === 0 && contentLength !== undefined && contentLength <= PIECE_BYTES)
			return { body: await textOf(pieces()), headers: type };
		return streamed(pieces(), contentLength, type, deadline);
	}
	if (body === undefined || body.length === 0) return { headers: {} };
	if (!isLarge({ body, headers })) return { body: typeof body === 'string' ? body : Buffer.from(body), headers: {} };
	const bytes = Buffer.from(body);
	return streamed(piecesOf(bytes), bytes.length, {}, deadline);
}

async function textOf(pieces: AsyncIterable<Uint8Array>): Promise<string> {
	const all: Uint8Array[] = [];
	for await (const piece of pieces) all.push(piece);
	return Buffer.concat(all).toString();
}

function streamed(
	pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
	size: number | undefined,
	headers: Record<string, string>,
	deadline: Deadline,
): HelperBody {
	if (size !== undefined) headers['content-length'] = String(size);
	return { body: toStream(watched(pieces, size, deadline)), headers };
}

function* piecesOf(bytes: Buffer): Generator<Uint8Array> {
	for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
}

async function* watched(
	pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
	size: number | undefined,
	deadline: Deadline,
): AsyncGenerator<Uint8Array> {
	deadline.uploadStarts();
	let sent = 0;
	for await (const piece of pieces) {
		sent += piece.length;
		// Node would wait for the rest without end, or take the surplus for the next request.
		if (size !== undefined && sent > size) break;
		yield piece;
		deadline.moved(piece.length);
	}
	if (size !== undefined && sent !== size) throw new Error('The file does not have the size that it said');
	deadline.uploadEnds();
}
