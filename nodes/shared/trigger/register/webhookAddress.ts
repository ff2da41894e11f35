import { createHmac } from 'node:crypto';

/** Names in the query of an address that we register. */
const SECRET = 'secret';
const PREVIOUS = 'prev';
const PRODUCTION = 'prod';
const WORKFLOW = 'workflow';
const WORKFLOW_NAME = 'name';

/** The beginnings of the paths of n8n's webhooks, unless its administrator renames them. */
const PRODUCTION_PATH = 'webhook';
const TEST_PATH = 'webhook-test';

/** Longer addresses are cut off by some providers and proxies. */
const MAX_LENGTH = 1_900;

/** Encoded, so that a name in any script leaves room for what has to be remembered. */
const MAX_NAME_LENGTH = 120;

/** How an address in a slot relates to this node. */
type Ownership = 'none' | 'same' | 'otherMode' | 'foreign';

/** What an address remembers, to be put back when it goes. */
export interface Memory {
	/** The address of another system that stood in the slot before us. */
	previous?: string;
	/** In a test address: this node's production address, without its query. */
	production?: string;
}

/** The workflow that an address leads to. */
export interface Holder {
	id: string;
	name: string;
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
 *
 * @param holder named last, because a provider that cuts an address off should cut off nothing else
 */
export function addressToRegister(
	base: string,
	secret: string | undefined,
	{ previous, production }: Memory = {},
	holder?: Holder,
): string {
	const url = new URL(base);
	if (secret) url.searchParams.set(SECRET, secret);
	if (production) url.searchParams.set(PRODUCTION, production);
	if (previous) url.searchParams.set(PREVIOUS, encoded(previous));
	if (holder && /^[\w-]{1,40}$/.test(holder.id)) {
		url.searchParams.set(WORKFLOW, holder.id);
		url.searchParams.set(WORKFLOW_NAME, shortName(holder.name));
	}
	return url.toString();
}

/** Whether an address may be too long to be stored whole. */
export function isTooLong(address: string): boolean {
	return address.length > MAX_LENGTH;
}

/** What an address of ours remembers. */
export function memoryOf(address: string): Memory {
	const query = parse(address)?.searchParams;
	const previous = query?.get(PREVIOUS);
	return {
		previous: previous ? Buffer.from(previous, 'base64url').toString('utf8') || undefined : undefined,
		production: query?.get(PRODUCTION) ?? undefined,
	};
}

/** An address that remembers something else; all else in it stays. */
export function withMemory(address: string, { previous, production }: Memory): string {
	const url = parse(address);
	if (!url) return address;
	if (production === undefined) url.searchParams.delete(PRODUCTION);
	else url.searchParams.set(PRODUCTION, production);
	if (previous === undefined) url.searchParams.delete(PREVIOUS);
	else url.searchParams.set(PREVIOUS, encoded(previous));
	return url.toString();
}

/**
 * The workflow that an address of this n8n names, as it was called when it was registered.
 *
 * @returns undefined if it names none: one of another node, or of an older version of this package
 */
export function holderOf(address: string): Holder | undefined {
	const query = parse(address)?.searchParams;
	const id = query?.get(WORKFLOW) ?? '';
	// Anybody with access to the account can write the address.
	return /^[\w-]{1,40}$/.test(id) ? { id, name: shortName(query?.get(WORKFLOW_NAME) ?? '') } : undefined;
}

/** An address that names no workflow: whether two are the same must not hang on a name, which can change. */
export function withoutHolder(address: string): string {
	const url = parse(address);
	if (!url?.searchParams.has(WORKFLOW)) return address;
	url.searchParams.delete(WORKFLOW);
	url.searchParams.delete(WORKFLOW_NAME);
	return url.toString();
}

/**
 * Whose address it is. n8n's addresses end in the node's webhook id and path, behind a prefix that differs between test
 * and production; host and ending show that it is ours, the prefix which of the two.
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

/** Whether two addresses are at the same n8n. */
export function isSameHost(address: string, base: string): boolean {
	return parse(address)?.origin === new URL(base).origin;
}

/** Whether `address` is exactly what would be registered, apart from what it remembers and the workflow's name. */
export function isUpToDate(address: string, base: string, secret: string | undefined): boolean {
	const url = parse(address);
	if (!url) return false;
	url.searchParams.delete(PREVIOUS);
	url.searchParams.delete(PRODUCTION);
	return withoutHolder(url.toString()) === addressToRegister(base, secret);
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

/** Where someone else's address leads: its path may be as secret as its query. */
export function hostOf(address: string): string {
	const url = parse(address.trim()) ?? parse(`https://${address.trim()}`);
	return (url?.host ?? '').slice(0, 100) || 'an address without a host';
}

function encoded(address: string): string {
	return Buffer.from(address, 'utf8').toString('base64url');
}

/** A name on one line, of which so much is kept as fits into an address. */
function shortName(name: string): string {
	// What has no width goes, halves of characters among it, which no address can hold.
	const oneLine = name
		.slice(0, 1_000)
		.replace(/[\p{C}\s]+/gu, ' ')
		.trim();
	const characters = Array.from(oneLine).slice(0, MAX_NAME_LENGTH);
	while (encodeURIComponent(characters.join('')).length > MAX_NAME_LENGTH) characters.pop();
	return characters.join('').trim();
}

function ending(url: URL): string {
	return url.pathname.split('/').slice(-2).join('/');
}

function parse(address: string): URL | undefined {
	return URL.canParse(address) ? new URL(address) : undefined;
}
