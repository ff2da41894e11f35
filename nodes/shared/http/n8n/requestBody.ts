import { isLarge, piecesOf } from '../transport/bytes';
import { unreadable } from '../transport/failures';
import { framed } from '../transport/multipart';
import {
	type ByteStream,
	type Bytes,
	type FilePart,
	TransportError,
	type TransportRequest,
} from '../transport/transport';
import type { Deadline } from './deadline';
import { toStream } from './streams';

const FORM = 'application/x-www-form-urlencoded';

/** What n8n's helper gets of a body. */
export interface HelperBody {
	/** Absent if there is nothing to send. */
	body?: string | Buffer | ByteStream;
	/** Those that the body needs. */
	headers: Record<string, string>;
	/** Lets go of the files that it was reading. n8n's client does not when the request ends before its body. */
	release?: () => void;
}

/** Whether a body is written as it moves. n8n's helper takes a form as a text only. */
export function isStreamed({ body, headers }: Pick<TransportRequest, 'body' | 'headers'>): boolean {
	return isLarge(body) && headers['content-type'] !== FORM;
}

/** A body in a form that n8n's helper passes on as it is; a text as a text, which the mocks of an evaluation read. */
export function toHelperBody(request: TransportRequest, deadline: Deadline): HelperBody {
	const { body } = request;
	if (typeof body === 'object' && 'files' in body) {
		const sources = new Sources();
		const { contentType, contentLength, text, pieces } = framed({ ...body, files: body.files.map(sources.watch) });
		const type = { 'content-type': contentType };
		if (!isStreamed(request)) return { body: text, headers: type };
		return streamed(pieces(), contentLength, type, deadline, sources);
	}
	if (body === undefined || body.length === 0) return { headers: {} };
	if (!isStreamed(request)) return { body: typeof body === 'string' ? body : Buffer.from(body), headers: {} };
	const bytes = Buffer.from(body);
	return streamed(piecesOf(bytes), bytes.length, {}, deadline);
}

/** A body as a text, for the mocks of an evaluation: of a file, they get what it is instead of what is in it. */
export async function toMockBody({ body }: TransportRequest): Promise<HelperBody> {
	if (body === undefined) return { headers: {} };
	if (typeof body === 'string') return body === '' ? { headers: {} } : { body, headers: {} };
	if (!('files' in body)) return { body: Buffer.from(body).toString(), headers: {} };
	const described = body.files.map((file): FilePart => {
		const about = [file.fileName, file.mimeType, ...(file.size === undefined ? [] : [`${file.size} bytes`])];
		return { ...file, size: undefined, open: async () => Buffer.from(`[${about.join(', ')}]`) };
	});
	const { contentType, pieces } = framed({ ...body, files: described });
	return { body: await textOf(pieces()), headers: { 'content-type': contentType } };
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
	sources?: Sources,
): HelperBody {
	if (size !== undefined) headers['content-length'] = String(size);
	const stream = toStream(watched(pieces, size, deadline));
	// Destroyed before n8n's client has it, it must not end the process.
	stream.on('error', () => undefined);
	const release = (): void => {
		stream.destroy();
		sources?.release();
	};
	return { body: stream, headers, release };
}

/** The files of a request while they are read: a source that stalls is reached by no end of what reads it. */
class Sources {
	private readonly opened: ByteStream[] = [];
	private isOver = false;

	/** The same file, whose source {@link release} lets go of. */
	readonly watch = (file: FilePart): FilePart => ({ ...file, open: async () => this.taken(await file.open()) });

	release(): void {
		this.isOver = true;
		for (const source of this.opened) source.on('error', () => undefined).destroy();
	}

	private taken(source: Bytes): Bytes {
		if (source instanceof Uint8Array) return source;
		this.opened.push(source);
		if (this.isOver) this.release();
		return source;
	}
}

async function* watched(
	pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
	size: number | undefined,
	deadline: Deadline,
): AsyncGenerator<Uint8Array> {
	deadline.uploadStarts();
	let sent = 0;
	try {
		for await (const piece of pieces) {
			sent += piece.length;
			// Node would wait for the rest without end, or take the surplus for the next request.
			if (size !== undefined && sent > size) break;
			yield piece;
			deadline.moved(piece.length);
		}
	} catch (cause) {
		throw unreadable(cause);
	}
	if (size !== undefined && sent !== size)
		throw new TransportError('sent', 'the file does not have the size that it said');
	deadline.uploadEnds();
}
