import { isIP, type LookupFunction } from 'node:net';
import { type Dispatcher, EnvHttpProxyAgent, errors, request as undiciRequest } from 'undici';
import {
	type EgressFilter,
	type FailureStage,
	type Transport,
	TransportError,
	type TransportPolicy,
} from '../transport';

/** Connections that one pool opens to one provider at most. */
export const CONNECTIONS_PER_ORIGIN = 8;

/**
 * How long a connection may rest before we close it. Servers close theirs after 5 s (Node, Apache) or later; a send
 * that meets such a close is lost or doubled, so ours go first.
 */
export const IDLE_CONNECTION_MS = 4_000;

const CONNECT_TIMEOUT_MS = 10_000;

/** Set on a request's options by us, called when its first byte is about to be written. */
interface SentMark {
	onSent?: () => void;
}

const pools = new Map<string, Dispatcher>();
const policyNumbers = new WeakMap<EgressFilter, number>();
let policiesSeen = 0;

/**
 * The transport over undici: keep-alive pools shared by the whole process, the proxy environment
 * (HTTP_PROXY, HTTPS_PROXY, NO_PROXY) and n8n's egress filter honoured, no redirects followed.
 *
 * @throws TransportError, whose stage says whether the request left
 */
export const undiciTransport: Transport = async (request, policy) => {
	await checkPolicy(request.url, policy.egress);

	let sent = false;
	const options: Parameters<typeof undiciRequest>[1] & SentMark = {
		method: request.method,
		headers: request.headers,
		body: request.body ?? null,
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

/** Puts undici's and Node's error codes into the words and the stages of `TransportError`. */
export function toTransportError(error: unknown, sent: boolean, signal?: AbortSignal): TransportError {
	if (error instanceof TransportError) return error;
	if (signal?.aborted) {
		return new TransportError('cancelled', 'the execution was stopped', { sent });
	}

	const cause = rootCause(error);
	if (isEgressRefusal(cause)) return blocked(cause);

	const stage: FailureStage = sent ? 'sent' : 'notSent';
	const timedOut = cause instanceof errors.HeadersTimeoutError || cause instanceof errors.BodyTimeoutError;
	const code = errorCode(cause);
	const permanent = /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_TLS_CERT|ERR_SSL)/.test(code);
	return new TransportError(stage, plainWords(code, cause), { timedOut, permanent, cause });
}

/**
 * Whether n8n's network policy allows an address and the proxy on the way to it. The connections themselves are checked
 * once more, by the lookup that {@link dispatcherFor} gives them.
 *
 * @param url with the scheme http or https, for websockets as well
 * @throws TransportError of the stage `blocked`, or of that of a connection where the name is not found
 */
export async function checkPolicy(url: URL, egress: EgressFilter | undefined): Promise<void> {
	if (!egress) return;
	// It looks the name up itself, and throws as the lookup does.
	const allowed = await egress.validateUrl(url).catch((error: unknown) => {
		throw toTransportError(error, false);
	});
	if (!allowed.ok) throw blocked(allowed.error);
	const proxy = proxyHost(url);
	if (!proxy) return;
	const proxyAllowed = egress.validateConnectionHost(proxy);
	if (!proxyAllowed.ok) throw blocked(proxyAllowed.error);
}

/** n8n's network policy is the user's own: its words are theirs to see. */
function blocked(error: Error): TransportError {
	return new TransportError('blocked', error.message, { permanent: true, cause: error });
}

function isEgressRefusal(error: unknown): error is Error {
	return error instanceof Error && /^Ssrf/.test(error.constructor.name);
}

/**
 * The lookup given to the connector never sees the name behind a proxy, so the proxy itself is checked when its
 * address is written as an IP; a proxy given by name goes through the secure lookup as any other host.
 */
function proxyHost(url: URL): string | undefined {
	const { HTTP_PROXY, http_proxy, HTTPS_PROXY, https_proxy } = process.env;
	const http = http_proxy ?? HTTP_PROXY;
	const address = url.protocol === 'https:' ? (https_proxy ?? HTTPS_PROXY ?? http) : http;
	if (!address || !URL.canParse(address)) return undefined;
	const host = new URL(address).hostname.replace(/^\[|\]$/g, '');
	return isIP(host) ? host : undefined;
}

/** The connections of this policy, by way of the proxy that the environment names; see {@link undiciTransport}. */
export function dispatcherFor(policy: TransportPolicy): Dispatcher {
	const { HTTP_PROXY, http_proxy, HTTPS_PROXY, https_proxy } = process.env;
	const key = JSON.stringify([
		policyNumber(policy.egress),
		policy.allowUnauthorizedCerts ?? false,
		http_proxy ?? HTTP_PROXY,
		https_proxy ?? HTTPS_PROXY,
	]);
	let pool = pools.get(key);
	if (!pool) {
		pool = createPool(policy);
		pools.set(key, pool);
	}
	return pool;
}

/** n8n hands out one filter object for each policy, so its identity is the policy's. */
function policyNumber(egress: EgressFilter | undefined): number {
	if (!egress) return 0;
	let number = policyNumbers.get(egress);
	if (number === undefined) {
		number = ++policiesSeen;
		policyNumbers.set(egress, number);
	}
	return number;
}

function createPool(policy: TransportPolicy): Dispatcher {
	const tls = {
		rejectUnauthorized: !policy.allowUnauthorizedCerts,
		lookup: policy.egress?.createSecureLookup() as LookupFunction | undefined,
	};
	return new EnvHttpProxyAgent({
		connections: CONNECTIONS_PER_ORIGIN,
		pipelining: 1,
		keepAliveTimeout: IDLE_CONNECTION_MS,
		keepAliveMaxTimeout: IDLE_CONNECTION_MS,
		connect: { ...tls, timeout: CONNECT_TIMEOUT_MS },
		requestTls: { rejectUnauthorized: tls.rejectUnauthorized, timeout: CONNECT_TIMEOUT_MS },
		proxyTls: { lookup: tls.lookup, timeout: CONNECT_TIMEOUT_MS },
	}).compose(noteWhenSent);
}

/**
 * undici calls `onRequestStart` on the connection that is about to write the request. Every failure before that
 * (name not found, refused, TLS, proxy, time-out while connecting) has sent nothing; every failure after it may have.
 */
function noteWhenSent(dispatch: Dispatcher.Dispatch): Dispatcher.Dispatch {
	return (options: Dispatcher.DispatchOptions & SentMark, handler) =>
		dispatch(options, {
			onRequestStart: (controller, context: unknown) => {
				options.onSent?.();
				handler.onRequestStart?.(controller, context);
			},
			onRequestUpgrade: (controller, status, headers, socket) =>
				handler.onRequestUpgrade?.(controller, status, headers, socket),
			onResponseStart: (controller, status, headers, message) =>
				handler.onResponseStart?.(controller, status, headers, message),
			onResponseData: (controller, chunk) => handler.onResponseData?.(controller, chunk),
			onResponseEnd: (controller, trailers) => handler.onResponseEnd?.(controller, trailers),
			onResponseError: (controller, error) => handler.onResponseError?.(controller, error),
		});
}

function flattenHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
	const flat: Record<string, string> = {};
	for (const [name, value] of Object.entries(headers)) {
		if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
	}
	return flat;
}

function rootCause(error: unknown): unknown {
	if (error instanceof AggregateError && error.errors.length > 0) return rootCause(error.errors[0]);
	if (error instanceof Error && error.cause instanceof Error && !errorCode(error)) {
		return rootCause(error.cause);
	}
	return error;
}

function errorCode(error: unknown): string {
	if (typeof error !== 'object' || error === null || !('code' in error)) return '';
	return typeof error.code === 'string' ? error.code : '';
}

/** Words instead of codes: n8n replaces messages that carry a code like ECONNREFUSED by its own. */
function plainWords(code: string, error: unknown): string {
	switch (code) {
		case 'ECONNREFUSED':
			return 'connection refused';
		case 'ENOTFOUND':
			return 'the host name was not found';
		case 'EAI_AGAIN':
			return 'the host name could not be looked up just now';
		case 'ECONNRESET':
		case 'EPIPE':
		case 'UND_ERR_SOCKET':
			return 'the connection was closed by the other side';
		case 'UND_ERR_CONNECT_TIMEOUT':
		case 'ETIMEDOUT':
			return 'connecting took too long';
		case 'EHOSTUNREACH':
		case 'ENETUNREACH':
			return 'the host cannot be reached';
		case 'UND_ERR_HEADERS_TIMEOUT':
		case 'UND_ERR_BODY_TIMEOUT':
			return 'no answer within the time limit';
		case 'CERT_HAS_EXPIRED':
			return "the server's certificate has expired";
		default:
			if (/^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_TLS_CERT)/.test(code)) {
				return "the server's certificate could not be verified";
			}
			if (error instanceof Error && /Proxy response \(\d+\)/.test(error.message)) {
				return `the proxy refused the connection: ${/\((\d+)\)/.exec(error.message)?.[1] ?? ''}`;
			}
			return code ? `network error ${code}` : 'network error';
	}
}
