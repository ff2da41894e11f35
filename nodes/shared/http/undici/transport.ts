import { Readable } from 'node:stream';
import { isLarge, piecesOf } from '../transport/bytes';
import { unreadable } from '../transport/failures';
import { framed } from '../transport/multipart';
import type { Transport, TransportRequest } from '../transport/transport';
import { Attempt } from './attempt';
import { toTransportError } from './errors';
import { exchange } from './exchange';
import { youngCollector } from './gcPressure';
import { checkPolicy } from './policy';
import { dispatcherFor } from './pool';
import { connectWebSocket } from './webSocket';

/** Answers are too small to be worth compressing, and what comes anyway is decoded. */
const ACCEPTED = { 'accept-encoding': 'identity' };

/**
 * Over keep-alive pools shared by the whole process, the proxy environment (HTTP_PROXY, HTTPS_PROXY, NO_PROXY) and
 * n8n's egress filter honored.
 */
const send: Transport['send'] = async (request, policy) => {
	const { url, timeLimitMs, signal, mayBeFile = false, onSent } = request;
	const isFile = isLarge(request.body);
	const attempt = new Attempt({ timeLimitMs, signal, onSent, mayMove: isFile || mayBeFile });
	try {
		return await attempt.run(async () => {
			await checkPolicy(url, policy);
			attempt.queue();
			const content = isFile ? fileBody(request, attempt) : smallBody(request);
			const options = {
				origin: url.origin,
				path: url.pathname + url.search,
				method: request.method,
				...content,
				// Theirs begin anew with every byte; the attempt's does not.
				headersTimeout: 0,
				bodyTimeout: 0,
			};
			return await exchange(dispatcherFor(policy), options, attempt, mayBeFile);
		});
	} catch (error) {
		throw toTransportError(error, attempt.wasSent, signal);
	}
};

/** The transport over undici, websockets included. */
export const undiciTransport: Transport = {
	send,
	toStream: (pieces) => Readable.from(pieces),
	connect: connectWebSocket,
};

function smallBody({ body, headers: own }: TransportRequest): {
	headers: Record<string, string>;
	body?: string | Uint8Array;
} {
	const headers = { ...ACCEPTED, ...own };
	if (typeof body !== 'object' || !('files' in body)) return { headers, body };
	const { contentType, text } = framed(body);
	return { headers: { ...headers, 'content-type': contentType }, body: text };
}

/** A body whose bytes are counted on their way. */
function fileBody(
	{ body = '', headers: own }: TransportRequest,
	attempt: Attempt,
): { headers: Record<string, string>; body: Readable } {
	const headers: Record<string, string> = { ...ACCEPTED, ...own };
	if (typeof body === 'object' && 'files' in body) {
		const { contentType, contentLength, pieces } = framed(body);
		headers['content-type'] = contentType;
		if (contentLength !== undefined) headers['content-length'] = String(contentLength);
		return { headers, body: Readable.from(watched(pieces(), attempt)) };
	}
	const bytes = Buffer.from(body);
	headers['content-length'] = String(bytes.length);
	return { headers, body: Readable.from(watched(piecesOf(bytes), attempt)) };
}

async function* watched(
	pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
	attempt: Attempt,
): AsyncGenerator<Uint8Array> {
	const passed = youngCollector();
	attempt.uploadStarts();
	try {
		for await (const piece of pieces) {
			yield piece;
			attempt.moved(piece.length);
			passed(piece.length);
		}
	} catch (cause) {
		throw unreadable(cause);
	}
	attempt.uploadEnds();
}
