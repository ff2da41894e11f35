import { isIP } from 'node:net';
import { blocked } from '../transport/failures';
import type { TransportPolicy } from '../transport/transport';
import { toTransportError } from './errors';
import { proxiesFor } from './proxies';
import { assertPublicHost } from './publicAddress';

/**
 * Whether n8n's network policy allows an address and the proxy on the way to it. The connections themselves are checked
 * once more, by the lookup that `dispatcherFor` gives them.
 *
 * @param url with the scheme http or https, for websockets as well
 * @throws TransportError of the stage `blocked`, or of that of a connection where the name is not found
 */
export async function checkPolicy(url: URL, policy: TransportPolicy): Promise<void> {
	const { egress, publicOnly } = policy;
	if (!egress) return;
	try {
		// It looks the name up itself, and throws as the lookup does.
		const allowed = await egress.validateUrl(url);
		if (!allowed.ok) throw blocked(allowed.error);
		if (publicOnly) await assertPublicHost(url, egress);
	} catch (error) {
		throw toTransportError(error, false);
	}
	const proxy = proxyHost(url, policy);
	if (!proxy) return;
	const proxyAllowed = egress.validateConnectionHost(proxy);
	if (!proxyAllowed.ok) throw blocked(proxyAllowed.error);
}

/**
 * The lookup given to the connector never sees the name behind a proxy, so the proxy itself is checked when its
 * address is written as an IP; a proxy given by name goes through the secure lookup like any other host.
 */
function proxyHost({ protocol }: URL, policy: TransportPolicy): string | undefined {
	const { http, https } = proxiesFor(policy);
	const address = protocol === 'https:' ? https : http;
	if (!address || !URL.canParse(address)) return undefined;
	const host = new URL(address).hostname.replace(/^\[|\]$/g, '');
	return isIP(host) ? host : undefined;
}
