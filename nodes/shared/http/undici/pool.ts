import type { LookupFunction } from 'node:net';
import { Agent, type Dispatcher, EnvHttpProxyAgent, Pool } from 'undici';
import { oncePer } from '../../once';
import type { EgressFilter, TransportPolicy } from '../transport/transport';
import { pooledClient } from './pooledClient';
import { type Proxies, proxiesFor } from './proxies';
import { publicLookup } from './publicAddress';

/** Connections that one pool opens to one provider at most. */
export const CONNECTIONS_PER_ORIGIN = 8;

/**
 * How long a connection may rest before we close it. Servers close theirs after 5 s (Node, Apache) or later; a send
 * that meets such a close is lost or doubled, so ours go first.
 */
const IDLE_CONNECTION_MS = 4_000;

const CONNECT_TIMEOUT_MS = 10_000;

/** The largest message of a websocket, and the most parts that it may come in: 1 MiB. A QR code has some kilobytes. */
const MAX_MESSAGE_BYTES = 1024 * 1024;
const MAX_MESSAGE_PARTS = 1_000;

/** The most that an answer's headers may take, as in Node's own client: 16 KiB. */
const MAX_HEADER_BYTES = 16 * 1024;

const pools = new Map<string, Dispatcher>();

let policiesSeen = 0;

/** n8n hands out one filter object for each policy, so its identity is the policy's. */
const policyNumber: (egress: EgressFilter) => number = oncePer(() => ++policiesSeen);

/** The connections of this policy, by way of the proxy that the environment names. */
export const dispatcherFor = oncePer(poolFor);

function poolFor(policy: TransportPolicy): Dispatcher {
	const proxies = proxiesFor(policy);
	const key = JSON.stringify([
		policy.egress ? policyNumber(policy.egress) : 0,
		policy.allowUnauthorizedCerts ?? false,
		policy.publicOnly ?? false,
		proxies,
	]);
	let pool = pools.get(key);
	if (!pool) {
		pool = createPool(policy, proxies);
		pools.set(key, pool);
	}
	return pool;
}

function createPool(policy: TransportPolicy, { http, https, none }: Proxies): Dispatcher {
	const { egress, publicOnly } = policy;
	const tls = {
		rejectUnauthorized: !policy.allowUnauthorizedCerts,
		lookup: egress?.createSecureLookup() as LookupFunction | undefined,
	};
	// For direct connections. The proxy is the administrator's own, wherever it is.
	const lookup = egress && publicOnly ? publicLookup(egress) : tls.lookup;
	const direct = {
		factory: (origin: string | URL, options: object) => new Pool(origin, { ...options, factory: pooledClient }),
		connections: CONNECTIONS_PER_ORIGIN,
		maxHeaderSize: MAX_HEADER_BYTES,
		pipelining: 1,
		keepAliveTimeout: IDLE_CONNECTION_MS,
		keepAliveMaxTimeout: IDLE_CONNECTION_MS,
		connect: { ...tls, lookup, timeout: CONNECT_TIMEOUT_MS },
	};
	const agent =
		http === undefined && https === undefined
			? new Agent(direct)
			: new EnvHttpProxyAgent({
					...direct,
					// Given, since undici would read the environment for each request.
					noProxy: none,
					// The proxy has as long to answer as a server has to connect; undici would wait for five minutes.
					clientFactory: (origin, options: Pool.Options) =>
						new Pool(origin, { ...options, headersTimeout: CONNECT_TIMEOUT_MS }),
					requestTls: { rejectUnauthorized: tls.rejectUnauthorized, timeout: CONNECT_TIMEOUT_MS },
					proxyTls: { lookup: tls.lookup, timeout: CONNECT_TIMEOUT_MS },
				});
	// What undici's WebSocket holds of a message that is not complete: its own limits are 128 MiB in 131,072 parts.
	const webSocketOptions = { maxPayloadSize: MAX_MESSAGE_BYTES, maxFragments: MAX_MESSAGE_PARTS };
	return Object.defineProperty(agent, 'webSocketOptions', { value: webSocketOptions });
}
