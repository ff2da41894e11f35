import {
	blocked,
	errorCode,
	isCertificateRefusal,
	isEgressRefusal,
	isPermanent,
	plainWords,
} from '../transport/failures';
import { TransportError } from '../transport/transport';

/** Calls of the system that come before the first byte of a request: looking up the host, and connecting. */
const BEFORE_SENDING = new Set(['getaddrinfo', 'connect']);

/** Codes that come of these calls only, for errors whose call is not named. */
const NOT_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/**
 * What Node says when a connection ends while TLS is negotiated, and what OpenSSL says when the other side speaks no TLS,
 * or no version of it that we do. Both precede the request (seen in Node 20 and 24).
 */
const NO_TLS = /before secure TLS connection was established|SSL routines:.*(wrong version number|protocol version)/;

/** Errors within errors that are looked at. */
const MAX_DEPTH = 5;

/**
 * Puts an error of n8n's helper into the words and the stages of `TransportError`. The helper does not say whether the
 * request was written, so it counts as not sent only where the error cannot come later.
 *
 * @param isHandedOver whether n8n had the request
 */
export function toTransportError(error: unknown, isHandedOver: boolean, signal?: AbortSignal): TransportError {
	if (error instanceof TransportError) return error;
	if (signal?.aborted) {
		return new TransportError('cancelled', 'the execution was stopped', { sent: isHandedOver });
	}
	const chain = causesOf(error);
	const refusal = chain.find(isEgressRefusal);
	if (refusal) return blocked(refusal);

	const cause = chain.at(-1);
	const code = chain.map(errorCode).findLast((each) => each !== '') ?? '';
	const isNotSent = !isHandedOver || chain.some(isBeforeSending);
	const permanent = isPermanent(code) || chain.some(isNoTls);
	// Of a connection that was open, it is not the connecting that took too long.
	const words = !isNotSent && code === 'ETIMEDOUT' ? 'the connection was lost' : plainWords(code, cause);
	return new TransportError(isNotSent ? 'notSent' : 'sent', isCodeless(words) ? 'network error' : words, {
		permanent,
		cause,
	});
}

/** Codes of the HTTP client inside n8n say nothing to a user. */
function isCodeless(words: string): boolean {
	return /^network error (ERR_|EPROTO|HPE_)/.test(words);
}

function isBeforeSending(error: unknown): boolean {
	const code = errorCode(error);
	if (NOT_CONNECTED.has(code) || isCertificateRefusal(code) || isNoTls(error)) return true;
	const { syscall } = error as { syscall?: unknown };
	return typeof syscall === 'string' && BEFORE_SENDING.has(syscall);
}

function isNoTls(error: unknown): boolean {
	return error instanceof Error && NO_TLS.test(error.message);
}

/** An error and what is in it, the outermost first. Where there are several causes, the first one. */
function causesOf(error: unknown): object[] {
	const chain: object[] = [];
	let next = error;
	while (typeof next === 'object' && next !== null && chain.length < MAX_DEPTH) {
		chain.push(next);
		next = next instanceof AggregateError ? (next.errors as unknown[])[0] : (next as { cause?: unknown }).cause;
	}
	return chain;
}
