import { parse } from 'ipaddr.js';
import { blocked } from './failures';
import type { EgressFilter } from './transport';

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
