import { createHmac, timingSafeEqual } from 'node:crypto';

/** Names in the query of an address that we register. */
const SECRET = 'secret';
const PREVIOUS = 'prev';

/** Longer addresses are cut off by some providers and proxies. */
const MAX_LENGTH = 1_800;

/** How an address in a slot relates to this node. */
export type Ownership = 'none' | 'same' | 'otherMode' | 'foreign';

/**
 * The secret that an address of this node carries. It is derived, so nothing has to be stored: whoever does not know
 * the credential cannot make it, and another workflow has another one.
 *
 * @param credentialSecrets the credential's secret values
 */
export function webhookSecret(
	credentialSecrets: readonly string[],
	workflowId: string,
	webhookId: string,
): string {
	return createHmac('sha256', credentialSecrets.join('\n'))
		.update(`n8n webhook\n${workflowId}\n${webhookId}`)
		.digest('base64url')
		.slice(0, 32);
}

/** Compares in a time that does not depend on where the difference is. */
export function isSecretRight(given: unknown, right: string): boolean {
	if (typeof given !== 'string') return false;
	const one = Buffer.from(given);
	const other = Buffer.from(right);
	return one.length === other.length && timingSafeEqual(one, other);
}

/** The secret in the query of an incoming call. */
export function givenSecret(query: Record<string, unknown>): unknown {
	return query[SECRET];
}

/**
 * The address to register. What it replaces is remembered inside it: the slot itself is the one memory that survives
 * a restart, a crash and n8n's throw-away copies of a workflow's data.
 *
 * @param previous the address to be put back when this one goes
 */
export function addressToRegister(base: string, secret: string | undefined, previous?: string): string {
	const url = new URL(base);
	if (secret) url.searchParams.set(SECRET, secret);
	if (!previous) return url.toString();
	const full = withPrevious(url, previous);
	// Two workflows that replace each other in turn would nest without end.
	return full.length <= MAX_LENGTH ? full : withPrevious(url, withoutPrevious(previous));
}

/** The address that `address` replaced, if it remembers one. */
export function previousOf(address: string): string | undefined {
	const encoded = parse(address)?.searchParams.get(PREVIOUS);
	if (!encoded) return undefined;
	const previous = Buffer.from(encoded, 'base64url').toString('utf8');
	return parse(previous) ? previous : undefined;
}

/**
 * Whose address it is. n8n's addresses end in the node's webhook id and path, behind a prefix that differs between test
 * and production; host and ending tell that it is ours, the prefix which of the two.
 *
 * @param address what the slot holds
 * @param base this node's address in the mode we are in
 */
export function ownership(address: string | undefined, base: string): Ownership {
	if (!address?.trim()) return 'none';
	const found = parse(address);
	const own = new URL(base);
	if (!found || found.origin !== own.origin) return 'foreign';
	if (found.pathname === own.pathname) return 'same';
	return ending(found) === ending(own) ? 'otherMode' : 'foreign';
}

/** Whether `address` is exactly what would be registered, apart from what it replaced. */
export function isUpToDate(address: string, base: string, secret: string | undefined): boolean {
	return withoutPrevious(address) === addressToRegister(base, secret);
}

/** An address as it may be shown: where it leads, without the secrets its query may hold. */
export function nameOf(address: string): string {
	const url = parse(address);
	if (!url) return address.slice(0, 100);
	return url.origin + url.pathname + (url.search ? '?…' : '');
}

function withPrevious(url: URL, previous: string): string {
	const copy = new URL(url);
	copy.searchParams.set(PREVIOUS, Buffer.from(previous, 'utf8').toString('base64url'));
	return copy.toString();
}

function withoutPrevious(address: string): string {
	const url = parse(address);
	if (!url?.searchParams.has(PREVIOUS)) return address;
	url.searchParams.delete(PREVIOUS);
	return url.toString();
}

function ending(url: URL): string {
	return url.pathname.split('/').slice(-2).join('/');
}

function parse(address: string): URL | undefined {
	return URL.canParse(address) ? new URL(address) : undefined;
}
