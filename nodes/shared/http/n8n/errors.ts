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

/** What Node says when a connection ends while TLS is negotiated, which precedes the request (seen in Node 20 and 24). */
const NO_HANDSHAKE = /before secure TLS connection was established/;

/**
 * What OpenSSL says of plain text, and of an alert about the version. It says the same when they come after the handshake:
 * a load balancer may write its plain error page on a connection whose request was read. So it says nothing about the stage.
 */
const PLAIN_TEXT = /wrong version number/;
const OTHER_VERSION = /protocol version/;

/** Some versions of Node have only EPROTO for it. */
const PLAIN_TEXT_CODE = 'ERR_SSL_WRONG_VERSION_NUMBER';

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
	// Of a file to be sent: n8n's client wraps what its source threw.
	const known = chain.find((each) => each instanceof TransportError);
	if (known) return known;
	const refusal = chain.find(isEgressRefusal);
	if (refusal) return blocked(refusal);

	const cause = chain.at(-1);
	const code = says(chain, PLAIN_TEXT)
		? PLAIN_TEXT_CODE
		: (chain.map(errorCode).findLast((each) => each !== '') ?? '');
	const isNotSent = !isHandedOver || chain.some(isBeforeSending);
	const permanent = isPermanent(code) || says(chain, OTHER_VERSION);
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
	if (NOT_CONNECTED.has(code) || isCertificateRefusal(code) || says([error], NO_HANDSHAKE)) return true;
	const { syscall } = error as { syscall?: unknown };
	return typeof syscall === 'string' && BEFORE_SENDING.has(syscall);
}

function says(errors: unknown[], words: RegExp): boolean {
	return errors.some((error) => error instanceof Error && words.test(error.message));
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
