import { parse } from 'ipaddr.js';
import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import type { EgressFilter } from '../transport/transport';
import { blocked } from './errors';

/**
 * Ranges that n8n's own list has: an address in one of them that n8n lets through is one that its administrator has allowed
 * (N8N_SSRF_ALLOWED_IP_RANGES, N8N_SSRF_ALLOWED_HOSTNAMES).
 */
const JUDGED_BY_N8N: readonly string[] = ['private', 'loopback', 'linkLocal', 'uniqueLocal'];

/** Ranges of IPv6 whose last four bytes are the IPv4 address that is reached: mapped ones, and NAT64. */
const EMBEDDING: readonly string[] = ['ipv4Mapped', 'rfc6052', 'rfc6145'];

/**
 * Checks an address on top of n8n's filter, whose list leaves out `::`, the forms of IPv6 with an IPv4 address in them, the
 * shared range of carriers (100.64.0.0/10), multicast, and what is reserved (n8n 2.41: `SSRF_DEFAULT_BLOCKED_IP_RANGES`).
 *
 * @param address that n8n's filter has let through
 * @throws TransportError of the stage `blocked`
 */
export function assertPublic(address: string, egress: EgressFilter): void {
	const ip = parse(address);
	const range: string = ip.range();
	if (ip.kind() === 'ipv6' && EMBEDDING.includes(range)) {
		const bytes = ip.toByteArray();
		// NAT64 within a network (64:ff9b:1::/48) may lead anywhere in it.
		if (range === 'rfc6052' && bytes.slice(4, 12).some((byte) => byte !== 0)) throw notPublic();
		const inner = bytes.slice(-4).join('.');
		const allowed = egress.validateConnectionHost(inner);
		if (!allowed.ok) throw blocked(allowed.error);
		assertPublic(inner, egress);
		return;
	}
	if (JUDGED_BY_N8N.includes(range)) return;
	// All of IPv6 that is given out for public use begins with the bits 001.
	const isGivenOut = ip.kind() === 'ipv4' || (ip.toByteArray()[0] ?? 0) >> 5 === 1;
	if (range !== 'unicast' || !isGivenOut) throw notPublic();
}

function notPublic(): Error {
	return blocked(new Error('its address is not a public one'));
}

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
