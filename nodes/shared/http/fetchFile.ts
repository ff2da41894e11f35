import { brokenFile, undecodedProblem } from './answer';
import type { FileAnswer } from './client';
import { DEFAULT_TIME_LIMIT_MS } from './gatewayApi';
import { GatewayError, type GatewayFailure } from './gatewayError';
import { asStream, discard } from './transport/bytes';
import {
	type ByteStream,
	type Transport,
	TransportError,
	type TransportPolicy,
	type TransportResponse,
} from './transport/transport';

/** As many as a browser's user would put up with for one file. */
const MAX_REDIRECTS = 5;

/** Where a file may be fetched from, by whose word its address comes. */
export interface FilePolicies {
	/** Scheme, host and port that the user has put into the credential. */
	ownOrigin: string;
	/** For the own origin: what holds for the credential's other requests. */
	own: TransportPolicy;
	/**
	 * For every other address, of which only public ones are reached. Undefined where this n8n cannot tell an internal address
	 * from a public one: then nothing is fetched from there.
	 */
	others: TransportPolicy | undefined;
	transport: Transport;
}

/** What one file needs beside the policies. */
export interface FetchOptions {
	/** Where the file may be, redirects included; anywhere unless given. */
	mayBeAt?: (url: URL) => boolean;
	/** Ends it at once. */
	signal?: AbortSignal;
}

/**
 * Fetches a file from an address that came with a message. Whoever wrote the message may have chosen it, so it carries no
 * credential, and every address on the way, redirects included, is held to the policy of its origin.
 *
 * @throws GatewayError, which names the host instead of a provider
 */
export async function fetchFile(
	address: string,
	policies: FilePolicies,
	options: FetchOptions = {},
): Promise<FileAnswer> {
	let url = webUrl(address);
	const end = Date.now() + DEFAULT_TIME_LIMIT_MS;
	for (let redirects = 0; ; redirects++) {
		const response = await request(url, policies, { ...options, timeLimitMs: Math.max(1, end - Date.now()) });
		const { status, headers } = response;
		if (status >= 200 && status < 300) return { headers, body: fileOf(url, response, policies.transport) };
		const target = status >= 300 && status < 400 ? headers.location : undefined;
		// The content of the page is useless, and may be endless.
		discard(response.body);
		if (target === undefined) throw failure(url, { kind: 'unavailable', outcome: 'refused', status });
		if (redirects === MAX_REDIRECTS) {
			throw failure(url, { kind: 'unavailable', outcome: 'refused', status, words: 'too many redirects' });
		}
		url = webUrl(target, url);
	}
}

/** Only the web: no `file:`, no `data:`, and no user name that would be sent along. */
function webUrl(address: string, base?: URL): URL {
	const url = URL.canParse(address, base?.href) ? new URL(address, base?.href) : undefined;
	if (url && /^https?:$/.test(url.protocol) && !url.username && !url.password) return url;
	throw new GatewayError({
		provider: base?.host ?? 'the file',
		kind: 'blocked',
		outcome: 'not sent',
		words: 'the address of the file is not a web address',
		attempts: 1,
	});
}

/** The file of an answer, which breaks with an error that says what happened. */
function fileOf(url: URL, response: TransportResponse, { toStream }: Transport): ByteStream {
	const { status } = response;
	const words = undecodedProblem(response);
	if (words !== undefined) {
		discard(response.body);
		throw failure(url, { kind: 'unreadable', outcome: 'refused', status, words });
	}
	const body = asStream(response.body, toStream);
	const pieces = async function* (): AsyncGenerator<Buffer> {
		try {
			yield* body as AsyncIterable<Buffer>;
		} catch (cause) {
			const { reason, options } = brokenFile(cause);
			const kind = options.timedOut ? 'timeout' : 'network';
			throw failure(url, { kind, outcome: 'unknown', status, words: reason });
		}
	};
	const file = toStream(pieces());
	// A generator that was never started lets go of nothing.
	file.once('close', () => body.destroy());
	// Destroyed with an error before anybody reads it, it must not end the process.
	file.on('error', () => undefined);
	return file;
}

async function request(
	url: URL,
	{ ownOrigin, own, others, transport }: FilePolicies,
	{ mayBeAt, signal, timeLimitMs }: FetchOptions & { timeLimitMs: number },
): Promise<TransportResponse> {
	if (mayBeAt?.(url) === false) {
		const words = 'the address of the file leads to another server';
		throw failure(url, { kind: 'blocked', outcome: 'not sent', words });
	}
	const policy = url.origin === ownOrigin ? own : others && { ...others, publicOnly: true };
	if (!policy) {
		const words = 'this version of n8n cannot check the addresses that files come from; update n8n to fetch them';
		throw failure(url, { kind: 'blocked', outcome: 'not sent', words });
	}
	const wire = { method: 'GET' as const, url, headers: { accept: '*/*' }, timeLimitMs, signal, mayBeFile: true };
	return await transport.send(wire, policy).catch((error: unknown) => {
		if (!(error instanceof TransportError)) throw error;
		const timedOut = error.options.timedOut === true;
		const kind = error.stage === 'blocked' ? 'blocked' : timedOut ? 'timeout' : 'network';
		throw failure(url, { kind, outcome: 'not sent', words: error.reason });
	});
}

function failure(url: URL, facts: Pick<GatewayFailure, 'kind' | 'outcome' | 'words' | 'status'>): GatewayError {
	return new GatewayError({ provider: url.host, attempts: 1, timeLimitMs: DEFAULT_TIME_LIMIT_MS, ...facts });
}
