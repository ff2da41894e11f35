import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { blocked } from '../transport/failures';
import { assertPublic } from '../transport/publicRange';
import type { EgressFilter } from '../transport/transport';

/**
 * Checks the host of an address: an IP itself, a name by all that it resolves to. Behind a proxy it is the only check of the
 * name, since the proxy resolves it anew.
 *
 * @throws TransportError of the stage `blocked`, or what the lookup throws
 */
export async function assertPublicHost(url: URL, egress: EgressFilter): Promise<void> {
	const host = url.hostname.replace(/^\[|\]$/g, '');
	if (isIP(host)) return assertPublic(host, egress);
	const lookup = publicLookup(egress);
	await new Promise<void>((resolve, reject) => {
		lookup(host, { all: true }, (error) => (error ? reject(error) : resolve()));
	});
}

/** n8n's lookup, whose results are checked once more: a name may resolve to another address each time. */
export function publicLookup(egress: EgressFilter): LookupFunction {
	const lookup = (egress.createSecureLookup() as LookupFunction | undefined) ?? systemLookup;
	return (hostname, options, done) =>
		lookup(hostname, options, (error, found, family) => {
			const problem = error ?? problemOf(found, egress);
			if (problem) done(problem, options.all === true ? [] : '', undefined);
			else done(null, found, family);
		});
}

function problemOf(found: Parameters<Parameters<LookupFunction>[2]>[1], egress: EgressFilter): Error | undefined {
	try {
		const addresses = Array.isArray(found) ? found.map(({ address }) => address) : [found];
		for (const address of addresses) assertPublic(address, egress);
		return undefined;
	} catch (error) {
		return error instanceof Error ? error : blocked(new Error('its address cannot be checked'));
	}
}
