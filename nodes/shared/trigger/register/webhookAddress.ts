import { createHmac } from 'node:crypto';

/** Names in the query of an address that we register. */
const SECRET = 'secret';
const PREVIOUS = 'prev';
const PRODUCTION = 'prod';

/** The beginnings of the paths of n8n's webhooks, unless its administrator renames them. */
const PRODUCTION_PATH = 'webhook';
const TEST_PATH = 'webhook-test';

/** Longer addresses are cut off by some providers and proxies. */
const MAX_LENGTH = 1_900;

/** How an address in a slot relates to this node. */
type Ownership = 'none' | 'same' | 'otherMode' | 'foreign';

/** What an address remembers, to be put back when it goes. */
export interface Memory {
	/** The address of another system that stood in the slot before us. */
	previous?: string;
	/** In a test address: this node's production address, without its query. */
	production?: string;
}

/**
 * The secret that an address of this node carries. It is derived, so nothing has to be stored: whoever does not know
 * the credential cannot make it, and another workflow has another one.
 *
 * @param credentialSecrets the credential's secret values
 */
export function webhookSecret(credentialSecrets: readonly string[], workflowId: string, webhookId: string): string {
	return createHmac('sha256', credentialSecrets.join('\n'))
		.update(`n8n webhook\n${workflowId}\n${webhookId}`)
		.digest('base64url')
		.slice(0, 32);
}

/** The secret in the query of an incoming call. */
export function givenSecret(query: Record<string, unknown>): unknown {
	return query[SECRET];
}

/**
 * The address to register. What it replaces is remembered inside it: the slot itself is the one memory that survives
 * a restart, a crash and n8n's throw-away copies of a workflow's data.
 */
export function addressToRegister(
	base: string,
	secret: string | undefined,
	{ previous, production }: Memory = {},
): string {
	const url = new URL(base);
	if (secret) url.searchParams.set(SECRET, secret);
	if (production) url.searchParams.set(PRODUCTION, production);
	if (previous) url.searchParams.set(PREVIOUS, Buffer.from(previous, 'utf8').toString('base64url'));
	return url.toString();
}

/** Whether an address may be too long to be stored whole. */
export function isTooLong(address: string): boolean {
	return address.length > MAX_LENGTH;
}

/** What an address of ours remembers. */
export function memoryOf(address: string): Memory {
	const query = parse(address)?.searchParams;
	const encoded = query?.get(PREVIOUS);
	return {
		previous: encoded ? Buffer.from(encoded, 'base64url').toString('utf8') || undefined : undefined,
		production: query?.get(PRODUCTION) ?? undefined,
	};
}

/**
 * Another node's address without ours in what it remembers: once we are gone, nobody shall bring us back.
 *
 * @param base this node's address; the one of the other mode stays
 */
export function withoutOwn(address: string, base: string): string {
	const url = parse(address);
	const { previous } = memoryOf(address);
	if (!url || previous === undefined) return address;
	const isOurs = ownership(previous, base) === 'same';
	const kept = isOurs ? memoryOf(previous).previous : withoutOwn(previous, base);
	if (kept === previous) return address;
	if (kept === undefined) url.searchParams.delete(PREVIOUS);
	else url.searchParams.set(PREVIOUS, Buffer.from(kept, 'utf8').toString('base64url'));
	return url.toString();
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

/** Whether `address` is exactly what would be registered, apart from what it remembers. */
export function isUpToDate(address: string, base: string, secret: string | undefined): boolean {
	const url = parse(address);
	if (!url) return false;
	url.searchParams.delete(PREVIOUS);
	url.searchParams.delete(PRODUCTION);
	return url.toString() === addressToRegister(base, secret);
}

/**
 * This node's production address, told by its test address.
 *
 * @param base this node's address in the mode we are in
 * @returns undefined if that is not a test address, or one of an n8n whose paths were renamed
 */
export function productionOf(base: string): string | undefined {
	const url = new URL(base);
	const segments = url.pathname.split('/');
	if (segments.at(-3) !== TEST_PATH) return undefined;
	segments[segments.length - 3] = PRODUCTION_PATH;
	url.pathname = segments.join('/');
	return url.toString();
}

/** Whether {@link productionOf} finds this production address. */
export function isDerivable(base: string): boolean {
	return new URL(base).pathname.split('/').at(-3) === PRODUCTION_PATH;
}

/** An address without its query. */
export function withoutQuery(address: string): string {
	const url = parse(address);
	return url ? url.origin + url.pathname : address;
}

/** An address as it may be shown: where it leads, without the secrets its query may hold. */
export function nameOf(address: string): string {
	const url = parse(address);
	if (!url) return (address.split('?')[0] ?? '').slice(0, 100);
	return withoutQuery(address) + (url.search ? '?…' : '');
}

function ending(url: URL): string {
	return url.pathname.split('/').slice(-2).join('/');
}

function parse(address: string): URL | undefined {
	return URL.canParse(address) ? new URL(address) : undefined;
}
