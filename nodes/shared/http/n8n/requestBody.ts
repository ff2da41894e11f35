import type { Bytes, FilePart, MultipartBody, TransportRequest } from '../transport/transport';
import type { Deadline } from './deadline';

/** A larger body is written in pieces of this size, to see how fast it moves: 64 KiB. */
const PIECE_BYTES = 64 * 1024;

const FORM = 'application/x-www-form-urlencoded';

/** Whether a body takes long enough to be sent that its time does not count. */
export function isLarge({ body, headers }: Pick<TransportRequest, 'body' | 'headers'>): boolean {
	if (typeof body === 'object' && 'files' in body) return true;
	// n8n's helper takes a form as a text only.
	return body !== undefined && body.length > PIECE_BYTES && headers['content-type'] !== FORM;
}

/** A body in a form that n8n's helper passes on as it is; a text as a text, which the mocks of an evaluation read. */
export function toRequestBody(
	request: TransportRequest,
	deadline: Deadline,
): string | Buffer | Blob | FormData | undefined {
	const { body, headers } = request;
	if (typeof body === 'object' && 'files' in body) return toFormData(body, deadline);
	if (body === undefined || body.length === 0) return undefined;
	if (isLarge(request)) return new StreamedBytes(Buffer.from(body), headers['content-type'] ?? '', deadline);
	return typeof body === 'string' ? body : Buffer.from(body);
}

function toFormData({ fields, files }: MultipartBody, deadline: Deadline): FormData {
	const form = new FormData();
	for (const [name, value] of fields) form.append(name, value);
	for (const [index, file] of files.entries()) {
		form.append(file.name, new StreamedFile(file, deadline, index === files.length - 1));
	}
	return form;
}

/** n8n's client writes a form's files by asking each for its size and its stream. This one answers from the source. */
class StreamedFile extends File {
	constructor(
		private readonly part: FilePart,
		private readonly deadline: Deadline,
		private readonly isLast: boolean,
	) {
		super([], part.fileName, { type: part.mimeType });
		Object.defineProperty(this, 'size', { value: part.size });
	}

	override stream(): ReturnType<File['stream']> {
		return ReadableStream.from(this.pieces()) as ReturnType<File['stream']>;
	}

	private async *pieces(): AsyncGenerator<Uint8Array> {
		const { part, deadline, isLast } = this;
		deadline.uploadStarts();
		let sent = 0;
		for await (const piece of piecesOf(await part.open())) {
			sent += piece.length;
			// Node would wait for the rest without end, or take the surplus for the next request.
			if (part.size !== undefined && sent > part.size) break;
			yield piece;
			deadline.moved(piece.length);
		}
		if (part.size !== undefined && sent !== part.size)
			throw new Error('The file does not have the size that it said');
		if (isLast) deadline.uploadEnds();
	}
}

function piecesOf(source: Bytes): AsyncIterable<Uint8Array> | Iterable<Uint8Array> {
	return source instanceof Uint8Array ? [source] : (source as AsyncIterable<Uint8Array>);
}

/** Bytes that are there, given away in pieces. */
class StreamedBytes extends Blob {
	constructor(
		private readonly content: Buffer,
		type: string,
		private readonly deadline: Deadline,
	) {
		super([]);
		// The client sends the type of a blob, which the constructor would write in lower case.
		Object.defineProperties(this, { size: { value: content.length }, type: { value: type } });
	}

	override stream(): ReturnType<Blob['stream']> {
		return ReadableStream.from(this.pieces()) as ReturnType<Blob['stream']>;
	}

	private *pieces(): Generator<Uint8Array> {
		const { content, deadline } = this;
		deadline.uploadStarts();
		for (let at = 0; at < content.length; at += PIECE_BYTES) {
			const piece = content.subarray(at, at + PIECE_BYTES);
			yield piece;
			deadline.moved(piece.length);
		}
		deadline.uploadEnds();
	}
}
