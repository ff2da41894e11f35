import type { BinaryHelperFunctions, IHttpRequestOptions } from 'n8n-workflow';
import type { SocketConnection, SocketOptions } from './socket';

/** Node's `Readable`, by way of n8n's types: no module of Node's is imported above this seam. */
export type ByteStream = Awaited<ReturnType<BinaryHelperFunctions['getBinaryStream']>>;

/** Bytes that are all there, or that come one after the other. A stream must be read to its end or destroyed. */
export type Bytes = ByteStream | Buffer;

/**
 * The seam between the gateways and the network. Nothing above this type knows which HTTP client does the work; which
 * one it is, `transportFor.ts` decides.
 */
export interface Transport {
	/**
	 * Sends a request and resolves with the head of its answer. Redirects are not followed.
	 *
	 * @throws TransportError, whose stage says whether the request left
	 */
	send: (request: TransportRequest, policy: TransportPolicy) => Promise<TransportResponse>;
	/** Makes a stream of pieces, which are asked for as they are read. Destroying it ends them. */
	toStream: (pieces: AsyncIterable<Buffer>) => ByteStream;
	/**
	 * Opens a websocket, held to the same policy.
	 *
	 * @param address `ws:` or `wss:`, with whatever authorizes it; it never appears in errors
	 * @throws GatewayError
	 */
	connect: (address: string, policy: TransportPolicy, options: SocketOptions) => Promise<SocketConnection>;
}

/** What a transport that sends by n8n needs of the n8n context. Every context has it. */
export interface RequestContext {
	helpers: { httpRequest: (options: IHttpRequestOptions) => Promise<unknown> };
}

/** A file of a multipart request, opened anew for each attempt and never held in memory whole. */
export interface FilePart {
	name: string;
	fileName: string;
	mimeType: string;
	/** Bytes; the request is sent in chunks if it is unknown. */
	size?: number;
	open: () => Promise<Bytes>;
}

/** A body in several parts, which the transport writes as `multipart/form-data`. */
export interface MultipartBody {
	fields: Array<[name: string, value: string]>;
	/** Each is opened once for each time the request is sent, and passed through in pieces. */
	files: FilePart[];
}

/** One request, ready for the wire: authorised, encoded, nothing left to decide. */
export interface TransportRequest {
	method: HttpMethod;
	url: URL;
	/** Lower-case names. */
	headers: Record<string, string>;
	body?: string | Uint8Array | MultipartBody;
	/**
	 * Milliseconds for the whole try, from looking up the host to the last byte of the answer. Waiting for one of the
	 * connections to be free does not count, nor does sending a file; a file may also take longer to arrive. Both only
	 * while at least 64 KiB of it move in ten seconds, or on average within the time limit.
	 */
	timeLimitMs: number;
	/** The answer may be a file of any size: it has more time while it moves. Default false. */
	mayBeFile?: boolean;
	/** Ends the request at once. */
	signal?: AbortSignal;
	/** Called when the request has been handed to its connection, so that there is only to wait. It must not throw. */
	onSent?: () => void;
}

export interface TransportResponse {
	status: number;
	/**
	 * Lower-case names; repeated headers joined with a comma. A `content-encoding` that is still there is one that could not
	 * be decoded.
	 */
	headers: Record<string, string>;
	/**
	 * Decoded. A stream must be read to its end or destroyed, or its connection stays taken until the time limit is over. It
	 * breaks with a TransportError where the time limit or Stop ended it.
	 */
	body: Bytes;
}

/** A response whose body is still to come. */
export interface StreamedResponse extends TransportResponse {
	body: ByteStream;
}

/** What two requests must have in common to share connections. */
export interface TransportPolicy {
	/** n8n's outbound network policy; absent on n8n versions that have none. */
	egress?: EgressFilter;
	/** Accept certificates that cannot be verified (self-signed gateways in a private network). */
	allowUnauthorizedCerts?: boolean;
	/** Only public addresses, by a check on top of the egress filter: for addresses that others have chosen. */
	publicOnly?: boolean;
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
 * `blocked` (refused by n8n's network policy, never sent), `notSent` (no byte of it left), `sent` (it left, with an
 * unknown outcome), `cancelled` (the execution was stopped).
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
