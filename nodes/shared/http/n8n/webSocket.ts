import { Connection, failed, handshakeFailed, type WebSocketLike, webSocketUrl } from '../transport/connection';
import type { SocketConnection, SocketOptions } from '../transport/socket';
import { TransportError, type TransportPolicy } from '../transport/transport';
import { Deadline } from './deadline';
import { toTransportError } from './errors';

/** Node's own, from Node 22 on. */
declare const WebSocket: (new (url: URL) => WebSocketLike) | undefined;

/**
 * Opens a websocket by Node's global `WebSocket`, which knows nothing of proxies, of the network policy, or of
 * certificates to accept: the policy is asked beforehand.
 *
 * @param address `ws:` or `wss:`, with whatever authorises it; it never appears in errors
 * @throws GatewayError `unsupported`, `misconfigured`, `blocked`, `network`, `timeout` or `cancelled`. An HTTP answer in place of a
 *   websocket is `network`: the global `WebSocket` does not show it.
 */
export async function connectWebSocket(
	address: string,
	{ egress }: TransportPolicy,
	options: SocketOptions,
): Promise<SocketConnection> {
	const url = webSocketUrl(address, options);
	if (typeof WebSocket === 'undefined') {
		const words = 'its Node.js has no websockets';
		const hint = 'Run n8n on Node.js 22 or newer, or use the package n8n-nodes-whatsapp-gateways.';
		throw failed(options, { kind: 'unsupported', outcome: 'not sent', words, hint, permanent: true });
	}
	const end = performance.now() + options.timeLimitMs;
	try {
		const allowed = await within(options, () => egress?.validateUrl(new URL(url.href.replace(/^ws/, 'http'))));
		if (allowed?.ok === false) throw new TransportError('blocked', allowed.error.message, { permanent: true });
	} catch (error) {
		throw handshakeFailed(options, { problem: toTransportError(error, false) });
	}
	if (options.signal?.aborted) throw failed(options, { kind: 'cancelled', outcome: 'not sent' });
	const connection = new Connection(new WebSocket(url), {}, options);
	await connection.opened(end - performance.now());
	return connection;
}

/** Does it within the time that the websocket has to open, or until Stop. */
async function within<T>({ timeLimitMs, signal }: SocketOptions, work: () => T): Promise<Awaited<T>> {
	const deadline = new Deadline({ timeLimitMs, signal });
	try {
		return await deadline.run(async () => await work());
	} finally {
		deadline.finish();
	}
}

/** In place of {@link connectWebSocket} where n8n mocks all requests: no mock can answer a websocket. */
export async function refuseWebSocket(
	_address: string,
	_policy: TransportPolicy,
	options: SocketOptions,
): Promise<SocketConnection> {
	const words = 'n8n mocks all requests of this execution, and a websocket cannot be mocked';
	const hint = 'Leave this operation out of the evaluation.';
	throw failed(options, { kind: 'unsupported', outcome: 'not sent', words, hint, permanent: true });
}
