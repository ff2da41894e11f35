import { oncePer } from '../../once';
import type { TransportPolicy } from '../transport/transport';

/** What the environment says of proxies. */
export interface Proxies {
	http?: string;
	/** For `https:` addresses: the other one unless they have their own, as in undici. */
	https?: string;
	/** Hosts that are reached directly. */
	none: string;
}

/** The proxies that the environment names, read once for each policy: reading it is slow. */
export const proxiesFor: (policy: TransportPolicy) => Proxies = oncePer(proxiesOfEnvironment);

function proxiesOfEnvironment(): Proxies {
	const { HTTP_PROXY, http_proxy, HTTPS_PROXY, https_proxy, NO_PROXY, no_proxy } = process.env;
	const http = (http_proxy ?? HTTP_PROXY) || undefined;
	return { http, https: (https_proxy ?? HTTPS_PROXY) || http, none: no_proxy ?? NO_PROXY ?? '' };
}
