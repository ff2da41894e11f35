import { textOf } from '../../text';
import { mostDecoded } from '../transport/bytes';
import { bomb } from '../transport/failures';
import { type ByteStream, type StreamedResponse, TransportError } from '../transport/transport';
import type { Deadline } from './deadline';
import { isStream, toStream } from './streams';

/** The most of a body whose size is not announced: 2 GiB, as much as WhatsApp takes of a document. */
const MAX_BYTES = 2 * 1024 * 1024 * 1024;

/** What n8n's helper returns for `returnFullResponse`. */
interface FullResponse {
	statusCode: number;
	headers?: object;
	body?: unknown;
}

/**
 * An answer of n8n's helper as the transport's own.
 *
 * @param full what the helper returned
 * @param deadline covers the body until it is read
 * @param mayBeFile the body is counted as it is read: a file has more time while it moves
 * @throws TransportError of the stage `sent` if it is no answer
 */
export function toResponse(full: unknown, deadline: Deadline, mayBeFile: boolean): StreamedResponse {
	if (!isFullResponse(full)) throw new TransportError('sent', 'n8n returned no response');
	const { statusCode: status, body } = full;
	const headers = flattenHeaders(full.headers ?? {});
	const stream = isStream(body) ? body : toStream(bytesOf(body));
	// Destroyed with an error before anybody reads it, it must not end the process.
	stream.on('error', () => undefined);
	deadline.covers(stream);
	if (deadline.isOver) stream.destroy();
	const isFile = mayBeFile && status >= 200 && status < 300;
	if (!isFile) return { status, headers, body: stream };
	deadline.downloadStarts();
	// n8n's client decodes what it can, and leaves in this header how much arrived.
	const announced = /^\d+$/.test(headers['content-length'] ?? '') ? Number(headers['content-length']) : undefined;
	const most = announced === undefined ? MAX_BYTES : mostDecoded(announced);
	return { status, headers, body: counted(stream, most, deadline) };
}

/** The answer that is in an error: n8n's mocked requests throw those of status 400 and up. */
export function answerIn(error: unknown): FullResponse | undefined {
	const { response } = (error ?? {}) as { response?: { status?: unknown; headers?: object; data?: unknown } };
	if (typeof response?.status !== 'number') return undefined;
	return { statusCode: response.status, headers: response.headers, body: response.data };
}

function isFullResponse(full: unknown): full is FullResponse {
	return typeof full === 'object' && full !== null && 'statusCode' in full && typeof full.statusCode === 'number';
}

/** The bytes of a body that is no stream, as mocked ones may be. */
function bytesOf(body: unknown): Uint8Array[] {
	if (body === undefined || body === null || body === '') return [];
	if (body instanceof Uint8Array) return [body];
	return [Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))];
}

/** The same body, whose bytes are counted on their way, and which breaks where it grows to more than this. */
function counted(source: ByteStream, most: number, deadline: Deadline): ByteStream {
	const pieces = async function* (): AsyncGenerator<Buffer> {
		let size = 0;
		for await (const piece of source as AsyncIterable<Buffer>) {
			size += piece.length;
			deadline.moved(piece.length);
			if (size > most) throw bomb();
			yield piece;
		}
	};
	const stream = toStream(pieces());
	// A generator that was never started lets go of nothing.
	stream.once('close', () => source.destroy());
	stream.on('error', () => undefined);
	return stream;
}

function flattenHeaders(headers: object): Record<string, string> {
	const flat: Record<string, string> = {};
	for (const [name, value] of Object.entries(headers) as Array<[string, unknown]>) {
		if (value === undefined || value === null) continue;
		// Says that nothing is encoded, which leaves nothing to decode.
		if (/^content-encoding$/i.test(name) && ['', 'identity'].includes(textOf(value).trim().toLowerCase())) continue;
		flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : textOf(value);
	}
	return flat;
}
