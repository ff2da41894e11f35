import { Readable } from 'node:stream';
import { type FormData, request as undiciRequest } from 'undici';
import type { Transport, TransportRequest } from '../transport/transport';
import { toTransportError } from './errors';
import { toFormData } from './multipart';
import { checkPolicy } from './policy';
import { dispatcherFor, type SentMark } from './pool';
import { connectWebSocket } from './webSocket';

/**
 * Over keep-alive pools shared by the whole process, the proxy environment (HTTP_PROXY, HTTPS_PROXY, NO_PROXY) and
 * n8n's egress filter honored.
 */
const send: Transport['send'] = async (request, policy) => {
	await checkPolicy(request.url, policy.egress);

	let sent = false;
	const options: Parameters<typeof undiciRequest>[1] & SentMark = {
		method: request.method,
		headers: request.headers,
		body: bodyOf(request),
		signal: request.signal,
		headersTimeout: request.timeLimitMs,
		bodyTimeout: request.timeLimitMs,
		dispatcher: dispatcherFor(policy),
		onSent: () => {
			sent = true;
		},
	};

	try {
		const response = await undiciRequest(request.url, options);
		return {
			status: response.statusCode,
			headers: flattenHeaders(response.headers),
			body: response.body,
		};
	} catch (error) {
		throw toTransportError(error, sent, request.signal);
	}
};

/** The transport over undici, websockets included. */
export const undiciTransport: Transport = {
	send,
	toStream: (pieces) => Readable.from(pieces),
	connect: connectWebSocket,
};

function bodyOf({ body }: TransportRequest): string | Uint8Array | FormData | null {
	if (body === undefined) return null;
	return typeof body === 'object' && 'files' in body ? toFormData(body) : body;
}

function flattenHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
	const flat: Record<string, string> = {};
	for (const [name, value] of Object.entries(headers)) {
		if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
	}
	return flat;
}
