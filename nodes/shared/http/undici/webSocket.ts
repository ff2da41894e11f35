import { WebSocket } from 'undici';
import { Connection, failed, handshakeFailed, webSocketUrl } from '../transport/connection';
import type { SocketConnection, SocketOptions } from '../transport/socket';
import type { TransportPolicy } from '../transport/transport';
import { Attempt } from './attempt';
import { toTransportError } from './errors';
import { checkPolicy } from './policy';
import { dispatcherFor } from './pool';
import { ObservedHandshake, watchHandshake } from './webSocketHandshake';

/**
 * Opens a websocket over the same connections as requests: proxy environment, n8n's egress filter, TLS verification.
 * Redirects are not followed.
 *
 * @param address `ws:` or `wss:`, with whatever authorises it; it never appears in errors
 * @throws GatewayError `misconfigured`, `blocked`, `network`, `timeout`, `cancelled`, or what an HTTP answer in place
 *   of a websocket means (`unauthorized` for 401 and 403)
 */
export async function connectWebSocket(
	address: string,
	policy: TransportPolicy,
	options: SocketOptions,
): Promise<SocketConnection> {
	const url = webSocketUrl(address, options);
	const { timeLimitMs, signal } = options;
	const end = performance.now() + timeLimitMs;
	const check = new Attempt({ timeLimitMs, signal });
	try {
		await check.run(async () => await checkPolicy(new URL(url.href.replace(/^ws/, 'http')), policy));
	} catch (error) {
		throw handshakeFailed(options, { problem: toTransportError(error, false) });
	} finally {
		check.finish();
	}
	if (signal?.aborted) throw failed(options, { kind: 'cancelled', outcome: 'not sent' });
	const handshake = new ObservedHandshake();
	const dispatcher = dispatcherFor(policy).compose(watchHandshake(handshake));
	const connection = new Connection(new WebSocket(url, { dispatcher }), handshake, options);
	await connection.opened(end - performance.now());
	return connection;
}
