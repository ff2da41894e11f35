import { TransportError } from './transport';

/** What every transport says of an error that came from Node or from n8n's network policy. */

/** n8n's network policy is the user's own: its words are theirs to see. */
export function blocked(error: Error): TransportError {
	return new TransportError('blocked', error.message, { permanent: true, cause: error });
}

/** What a file to be sent threw: a storage that cannot be reached fails with the same codes as a server. */
export function unreadable(cause: unknown): TransportError {
	if (cause instanceof TransportError) return cause;
	return new TransportError('sent', 'the file could not be read', { cause });
}

/** Of a body that is larger than {@link mostDecoded} allows. */
export function bomb(): TransportError {
	return new TransportError('sent', 'the file unpacks to far more than was sent');
}

/** Whether n8n's network policy threw it. */
export function isEgressRefusal(error: unknown): error is Error {
	return error instanceof Error && /^Ssrf/.test(error.constructor.name);
}

/** The error at the bottom: the first of several, or the cause of one without a code. */
export function rootCause(error: unknown): unknown {
	if (error instanceof AggregateError && error.errors.length > 0) return rootCause(error.errors[0]);
	if (error instanceof Error && error.cause instanceof Error && !errorCode(error)) {
		return rootCause(error.cause);
	}
	return error;
}

/** Node's code of an error; empty if it has none. */
export function errorCode(error: unknown): string {
	if (typeof error !== 'object' || error === null || !('code' in error)) return '';
	return typeof error.code === 'string' ? error.code : '';
}

/** Whether the same request would fail in the same way again: the certificate or the protocol does not fit. */
export function isPermanent(code: string): boolean {
	return /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_TLS_CERT|ERR_SSL)/.test(code);
}

/** Whether Node refused the server's certificate. It does so before it writes anything of the request. */
export function isCertificateRefusal(code: string): boolean {
	return /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_TLS_CERT)/.test(code);
}

/** Words instead of codes: n8n replaces messages that carry a code like ECONNREFUSED by its own. */
export function plainWords(code: string, error: unknown): string {
	switch (code) {
		case 'ECONNREFUSED':
			return 'connection refused';
		case 'ENOTFOUND':
			return 'the host name was not found';
		case 'EAI_AGAIN':
			return 'the host name could not be looked up right now';
		case 'ECONNRESET':
		case 'EPIPE':
		case 'UND_ERR_SOCKET':
			return 'the server closed the connection';
		case 'UND_ERR_CONNECT_TIMEOUT':
		case 'ETIMEDOUT':
			return 'connecting took too long';
		case 'EHOSTUNREACH':
		case 'ENETUNREACH':
			return 'the host cannot be reached';
		case 'UND_ERR_HEADERS_TIMEOUT':
			// Of the proxy, the only one that undici looks after.
			return 'the proxy did not respond';
		case 'UND_ERR_HEADERS_OVERFLOW':
		case 'HPE_HEADER_OVERFLOW':
			return 'the response headers were too large';
		case 'ERR_SSL_WRONG_VERSION_NUMBER':
			return 'the server did not respond over HTTPS';
		case 'CERT_HAS_EXPIRED':
			return "the server's certificate has expired";
		default:
			if (isCertificateRefusal(code)) return "the server's certificate could not be verified";
			if (error instanceof Error && /Proxy response \(\d+\)/.test(error.message)) {
				return `the proxy refused the connection: ${/\((\d+)\)/.exec(error.message)?.[1] ?? ''}`;
			}
			return code ? `network error ${code}` : 'network error';
	}
}
