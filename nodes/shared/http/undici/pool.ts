import type { LookupFunction } from 'node:net';
import { type Dispatcher, EnvHttpProxyAgent } from 'undici';
import type { EgressFilter, TransportPolicy } from '../transport/transport';
import { reminder } from './gcPressure';

/** Connections that one pool opens to one provider at most. */
export const CONNECTIONS_PER_ORIGIN = 8;

/**
 * How long a connection may rest before we close it. Servers close theirs after 5 s (Node, Apache) or later; a send
 * that meets such a close is lost or doubled, so ours go first.
 */
const IDLE_CONNECTION_MS = 4_000;

const CONNECT_TIMEOUT_MS = 10_000;

/** Set on a request's options by us, called when its first byte is about to be written. */
export interface SentMark {
	onSent?: () => void;
}

const pools = new Map<string, Dispatcher>();
const policyNumbers = new WeakMap<EgressFilter, number>();
let policiesSeen = 0;

/** The connections of this policy, by way of the proxy that the environment names. */
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
	return (options: Dispatcher.DispatchOptions & SentMark, handler) => {
		const passed = reminder();
		return dispatch(options, {
			onRequestStart: (controller, context: unknown) => {
				options.onSent?.();
				handler.onRequestStart?.(controller, context);
			},
			onRequestUpgrade: (controller, status, headers, socket) =>
				handler.onRequestUpgrade?.(controller, status, headers, socket),
			onResponseStart: (controller, status, headers, message) =>
				handler.onResponseStart?.(controller, status, headers, message),
			onResponseData: (controller, chunk) => {
				passed(chunk.length);
				handler.onResponseData?.(controller, chunk);
			},
			onResponseEnd: (controller, trailers) => handler.onResponseEnd?.(controller, trailers),
			onResponseError: (controller, error) => handler.onResponseError?.(controller, error),
		});
	};
}
