import type { Readable } from 'node:stream';
import type { FormData } from 'undici';

/**
 * The seam between the gateways and the network: a request goes in, a response comes out. Nothing above this
 * type knows which HTTP client does the work, so another one can take its place in one file.
 */
export type Transport = (request: TransportRequest, policy: TransportPolicy) => Promise<TransportResponse>;

/** One request, ready for the wire: authorised, encoded, nothing left to decide. */
export interface TransportRequest {
	method: HttpMethod;
	url: URL;
	/** Lower-case names. */
	headers: Record<string, string>;
	body?: string | Uint8Array | Readable | FormData;
	/** Milliseconds to wait for the answer's head, and between two pieces of its body. */
	timeLimitMs: number;
	/** Ends the request at once. */
	signal?: AbortSignal;
}

export interface TransportResponse {
	status: number;
	/** Lower-case names; repeated headers joined with a comma. */
	headers: Record<string, string>;
	/** Must be read to its end or destroyed, or its connection stays taken. */
	body: Readable;
}

/** What two requests must have in common to share connections. */
export interface TransportPolicy {
	/** n8n's outbound network policy; absent on n8n versions that have none. */
	egress?: EgressFilter;
	/** Accept certificates that cannot be verified (self-signed gateways in a private network). */
	allowUnauthorizedCerts?: boolean;
}

/** The part of n8n's `NodeEgressFilter` that a client with its own connections needs. */
export interface EgressFilter {
	validateUrl(url: URL): Promise<{ ok: true } | { ok: false; error: Error }>;
	validateConnectionHost(host: string): { ok: true } | { ok: false; error: Error };
	createSecureLookup(): unknown;
}

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * How far a failed request had got. It decides everything about repeating it:
 * `blocked` (refused by n8n's network policy, never sent), `notSent` (no byte of it left), `sent` (it left, what
 * became of it is unknown), `cancelled` (the execution was stopped).
 */
export type FailureStage = 'blocked' | 'notSent' | 'sent' | 'cancelled';

/** Why a request got no complete response. */
export class TransportError extends Error {
	/**
	 * @param stage how far the request had got
	 * @param reason plain words for the user, without addresses or secrets, e.g. "connection refused"
	 * @param options `timedOut`: the time limit ended it; `permanent`: the same request will fail again; `sent`: it
	 *   had left when the execution was stopped
	 */
	constructor(
		readonly stage: FailureStage,
		readonly reason: string,
		readonly options: {
			timedOut?: boolean;
			permanent?: boolean;
			sent?: boolean;
			cause?: unknown;
		} = {},
	) {
		super(reason, { cause: options.cause });
		this.name = 'TransportError';
	}
}
