import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import {
	type Answer,
	brokenFile,
	describeUnexpected,
	isWebPage,
	MAX_LOOKED_AT,
	readAnswer,
	readFileOrAnswer,
	shorten,
	type Verdict,
} from './answer';
import { encode, toHttpRequestOptions, unsendableHeader } from './encode';
import { weigh } from './evidence';
import { DEFAULT_TIME_LIMIT_MS, type GatewayApi } from './gatewayApi';
import { GatewayError, type GatewayFailure } from './gatewayError';
import { classify, isAbort, isAlreadyDone, isOkStatus, isSuccess, kindOf, meaningOf } from './outcome';
import { GatewayLog, type GatewayLogger } from './log';
import { limiterFor, type RateLimiter, WaitTooLong } from './timing/rateLimiter';
import { type GatewayRequest, isRead } from './request';
import { decideRetry, MAX_WAIT_MS, parseRetryAfter } from './timing/retryPolicy';
import { type Masker, maskerFor } from './secrets';
import type { SocketConnection } from './transport/socket';
import {
	type Bytes,
	type Transport,
	TransportError,
	type TransportPolicy,
	type TransportRequest,
	type TransportResponse,
} from './transport/transport';
import { wait } from './timing/wait';
import { withoutDepths } from '../text';

/** Milliseconds for a websocket to open. */
const HANDSHAKE_LIMIT_MS = 10_000;

/** What a client needs from the n8n context it works in. */
interface ClientOptions {
	api: GatewayApi;
	credential: ICredentialDataDecryptedObject;
	policy?: TransportPolicy;
	signal?: AbortSignal;
	transport: Transport;
	/** n8n's; for what a user should be able to look up and no error says. */
	logger?: GatewayLogger;
}

/** An answer in which the provider said yes. */
export interface Success {
	status: number;
	headers: Record<string, string>;
	/** What the provider's envelope held. */
	data: unknown;
	/** The whole answer, for page numbers and the like. */
	envelope: unknown;
	/** It is the answer to a message that an earlier execution sent, and that was not sent again. */
	isEarlier?: boolean;
	/** The request that was repeated in place of what is composed now, as JSON. */
	repeated?: string;
}

/** A file; where it is a stream, that must be read to its end or destroyed. */
export interface FileAnswer {
	headers: Record<string, string>;
	body: Bytes;
}

/** The way of a request among others. */
export interface Course {
	/** Awaited when the request is ready to be sent. @throws what keeps it from being sent */
	begin: () => Promise<void>;
	/** Called when it is under way, and there is only to wait. */
	waits: () => void;
}

/** A request, and whether a file may come of it. */
type AnyRequest = GatewayRequest & Pick<TransportRequest, 'mayBeFile'>;

/**
 * Talks to one provider with one credential: authorises, encodes, keeps to the announced limit, sends, judges the
 * answer, repeats what may be repeated.
 */
export class GatewayClient {
	/** Identifies the account without giving its secret away: a hash of base URL and secrets. */
	readonly account: string;
	private readonly secrets: string[];
	/** Of other accounts in use beside this one. */
	private othersSecrets: string[] = [];
	private ownMasker?: Masker;
	/** Once a request needed it. */
	private baseUrl?: string;
	private readonly limiter: RateLimiter;
	private readonly log: GatewayLog;
	private readonly options: ClientOptions;
	/** One object each for all requests: what follows from a policy is found out once. */
	private readonly policies: { strict: TransportPolicy; lax: TransportPolicy };

	constructor(options: ClientOptions) {
		const { api, credential } = options;
		this.options = options;
		this.policies = {
			strict: { ...options.policy, allowUnauthorizedCerts: false },
			lax: { ...options.policy, allowUnauthorizedCerts: true },
		};
		this.log = new GatewayLog(api.displayName, options.logger);
		this.secrets = api.secrets(credential).filter((secret) => secret !== '');
		this.account = createHash('sha256')
			.update(JSON.stringify([api.baseUrl(credential), ...this.secrets]))
			.digest('hex');
		this.limiter = limiterFor(this.account, api.rateLimit);
	}

	/**
	 * Sends a request whose answer is data.
	 *
	 * @param secrets values in this request, beside the credential's, that must not be seen in errors
	 * @throws GatewayError when it did not succeed; its outcome says what is known
	 */
	async send(request: GatewayRequest, secrets: readonly string[] = [], course?: Course): Promise<Success> {
		return await this.attempt(request, async (response) => await this.dataOf(response, request, secrets), course);
	}

	/** @throws GatewayError where the answer is no yes */
	private async dataOf(
		response: TransportResponse,
		request: GatewayRequest,
		secrets: readonly string[],
	): Promise<Success> {
		const answer = shallow(await readAnswer(response));
		const verdict = this.verdictOn(answer, request);
		if (isSuccess(answer, verdict)) {
			const { data, envelope, isNew } = verdict;
			if (isNew) this.log.newShape(answer.json, (text) => this.words(text, secrets));
			return { status: answer.status, headers: answer.headers, data, envelope };
		}
		const error = this.failed(answer, verdict, request, secrets);
		if (!isAlreadyDone(request, error.failure)) throw error;
		const message = error.failure.words;
		const data = { alreadyReceived: true, message };
		return { status: answer.status, headers: answer.headers, data, envelope: answer.json };
	}

	/**
	 * Sends a request whose answer is a file. A refusal in the provider's own form is still a refusal, whatever its
	 * status.
	 *
	 * @throws GatewayError as {@link send}
	 */
	async download(request: GatewayRequest, secrets: readonly string[] = []): Promise<FileAnswer> {
		const toError = (cause: unknown): GatewayError =>
			new GatewayError(this.toFailure(brokenFile(cause), request, 1, false), { cause });
		return await this.attempt({ ...request, mayBeFile: true }, async (response) => {
			if (!isOkStatus(response.status)) {
				const answer = shallow(await readAnswer(response));
				throw this.failed(answer, this.verdictOn(answer, request), request, secrets);
			}
			const { headers } = response;
			const found = await readFileOrAnswer(response, this.options.transport.toStream, toError);
			if ('file' in found) return { headers, body: found.file };

			const { bytes } = found;
			const answer = shallow(found.answer);
			// A file of JSON may hold anything; where another kind of file is wanted, JSON that says no is a refusal.
			const isJsonWanted = /json/.test(request.fileType ?? '');
			const verdict = isJsonWanted
				? this.options.api.judge(answer)
				: this.verdictOn(answer, { ...request, effect: 'read' });
			const isRefusal = verdict?.ok === false || bytes.length === 0;
			const isStrangePage = isWebPage(answer) && !/html/.test(request.fileType ?? '');
			if (isRefusal || isStrangePage) throw this.failed(answer, verdict, request, secrets);
			return { headers, body: bytes };
		});
	}

	/** A pause that Stop ends at once, by a GatewayError of the kind `cancelled`. */
	async sleep(ms: number): Promise<void> {
		const { displayName } = this.options.api;
		await this.wait(ms, {
			provider: displayName,
			kind: 'cancelled',
			outcome: 'not sent',
			attempts: 1,
			permanent: true,
		});
	}

	/** Whether a text contains one of the credential's secrets, or of these, in any writing that is masked. */
	hasSecrets(text: string, secrets: readonly string[] = []): boolean {
		return this.masker(secrets)(text) !== text;
	}

	/**
	 * A provider's words as they may be shown: one line, of bearable length, without secrets.
	 *
	 * @param secrets values beside the credential's
	 */
	words(text: string, secrets: readonly string[] = []): string {
		return shorten(this.masker(secrets)(text, MAX_LOOKED_AT));
	}

	/** Masks the secrets of these accounts, too: whatever one provider says may be shown next to the others. */
	hideThoseOf(others: readonly GatewayClient[]): void {
		this.othersSecrets = others.flatMap(({ secrets }) => secrets);
		this.ownMasker = undefined;
	}

	/** The values of the credential. */
	get credential(): ICredentialDataDecryptedObject {
		return this.options.credential;
	}

	/**
	 * Opens a websocket, held to the same network policy as requests.
	 *
	 * @param address with whatever authorises it; never seen in errors
	 * @throws GatewayError
	 */
	async connect(address: string, secrets: readonly string[] = []): Promise<SocketConnection> {
		const { policy = {}, signal, transport } = this.options;
		return await transport.connect(address, policy, {
			signal,
			provider: this.options.api.displayName,
			timeLimitMs: HANDSHAKE_LIMIT_MS,
			secrets: [...this.secrets, ...secrets],
		});
	}

	private async attempt<T>(
		request: AnyRequest,
		readAny: (response: TransportResponse) => Promise<T>,
		course?: Course,
	): Promise<T> {
		const repeatable = request.repeatable ?? request.method === 'GET';
		let waitedMs = 0;
		let wasLost = false;

		for (let attempt = 1; ; attempt++) {
			let error: unknown;
			try {
				return await this.once(request, readAny, wasLost, attempt === 1 ? course : undefined);
			} catch (caught) {
				error = caught;
			}
			const latest = this.toFailure(error, request, attempt, wasLost);
			wasLost ||= latest.outcome === 'unknown';
			// A refusal of the second try says nothing about the first, whose answer was lost.
			const failure: GatewayFailure = wasLost ? { ...latest, outcome: 'unknown' } : latest;
			const decision = decideRetry({
				outcome: latest.outcome,
				rateLimited: failure.kind === 'rateLimited',
				repeatable,
				permanent: failure.permanent ?? false,
				attempt,
				maxAttempts: request.maxAttempts,
				waitedMs,
				maxWaitMs: this.longestWait(request, wasLost),
				retryAfterMs: failure.retryAfterMs,
				random: Math.random(),
			});
			if (!decision.retry) {
				const isKept = repeatable && failure.isKnownKey !== true;
				throw new GatewayError({ ...failure, repeatable: isKept }, { cause: error });
			}
			waitedMs += decision.delayMs;
			if (failure.kind === 'rateLimited') this.limiter.block(decision.delayMs);
			this.log.waitsForRetry(decision.delayMs, attempt);
			await this.wait(decision.delayMs, failure);
		}
	}

	private async once<T>(
		request: AnyRequest,
		read: (response: TransportResponse) => Promise<T>,
		wasLost: boolean,
		course?: Course,
	): Promise<T> {
		const { signal } = this.options;
		const { wire, policy } = await this.prepare(request);
		wire.onSent = course?.waits;
		await course?.begin();
		const place = await this.placeFor(this.longestWait(request, wasLost), signal);
		let headers: Record<string, string> | undefined;
		try {
			const response = await this.options.transport.send(wire, policy).catch(asTransportError);
			headers = response.headers;
			return await read(response).catch((error: unknown) => {
				throw this.asUnread(error, response, request);
			});
		} finally {
			this.limiter.settle(place, headers);
		}
	}

	/** Milliseconds that a limit is waited for, if not as long as usual: what may have arrived has no alternative. */
	private longestWait(request: AnyRequest, wasLost: boolean): number | undefined {
		const isBounded = request.hasAlternative === true && !wasLost;
		return isBounded ? Math.min(this.timeLimitOf(request), MAX_WAIT_MS) : undefined;
	}

	/** @throws GatewayError that says when the limit ends, if that is later than this */
	private async placeFor(maxWaitMs: number | undefined, signal: AbortSignal | undefined): Promise<number> {
		return await this.limiter
			.take(signal, (ms) => this.log.waitsForLimit(ms), maxWaitMs)
			.catch((cause: unknown) => {
				if (!(cause instanceof WaitTooLong)) throw cause;
				const provider = this.options.api.displayName;
				const limited = { kind: 'rateLimited', outcome: 'not sent', retryAfterMs: cause.ms } as const;
				throw new GatewayError({ provider, ...limited, attempts: 1 }, { cause });
			});
	}

	private async prepare(request: AnyRequest): Promise<{ wire: TransportRequest; policy: TransportPolicy }> {
		const { api, credential, signal } = this.options;
		this.baseUrl ??= this.checkedBaseUrl();
		const unauthorised = toHttpRequestOptions(signedBy(api, credential, request), this.baseUrl);
		const authorised = await api.authenticate(credential, unauthorised);
		const encoded = encode(authorised, request);
		const unsendable = unsendableHeader(encoded.headers);
		if (unsendable !== undefined) {
			const hint = 'Enter the key again in the credential, without line breaks or special characters.';
			const words = `the value of the header ${unsendable} contains a character that cannot be sent`;
			throw this.misconfigured(words, hint);
		}
		return {
			wire: {
				...encoded,
				timeLimitMs: this.timeLimitOf(request),
				mayBeFile: request.mayBeFile,
				signal,
			},
			// A credential that offers "Ignore SSL Issues" says so to n8n's own helper by this option.
			policy: authorised.skipSslCertificateValidation === true ? this.policies.lax : this.policies.strict,
		};
	}

	private checkedBaseUrl(): string {
		const { api, credential } = this.options;
		const baseUrl = api.baseUrl(credential);
		if (/^https?:\/\//i.test(baseUrl) && URL.canParse(baseUrl)) return baseUrl;
		throw this.misconfigured('the Base URL is not a web address');
	}

	private misconfigured(words: string, hint?: string): GatewayError {
		const provider = this.options.api.displayName;
		const failure = { provider, kind: 'misconfigured', outcome: 'not sent', attempts: 1, permanent: true } as const;
		return new GatewayError({ ...failure, words, hint });
	}

	private timeLimitOf(request: GatewayRequest): number {
		return request.timeLimitMs ?? this.options.api.timeLimitMs ?? DEFAULT_TIME_LIMIT_MS;
	}

	/** The verdict on an answer that is no success, as an error still without attempts and hint. */
	private failed(
		answer: Answer,
		verdict: Verdict | undefined,
		request: GatewayRequest,
		requestSecrets: readonly string[],
	): GatewayError {
		const mask = this.masker(requestSecrets);
		const refusal = verdict?.ok === false ? verdict : undefined;
		// A code may be a word, which has no place in the order of statuses.
		const code = Number(refusal?.code ?? Number.NaN) || undefined;
		const decisive = isOkStatus(answer.status) ? (code ?? (refusal ? 400 : 200)) : answer.status;
		const said = refusal && meaningOf(refusal);
		const judged = said ?? classify(decisive, refusal !== undefined, request);
		const { outcome } = judged;
		// Where the status decides nothing, what the user should know is that it took too long.
		const kind = answer.timedOut && judged.kind === 'unreadable' ? 'timeout' : judged.kind;
		return new GatewayError({
			provider: this.options.api.displayName,
			kind,
			outcome,
			words: refusal
				? (refusal.isContested ? 'the response says both yes and no: ' : '') +
					this.words(refusal.words, requestSecrets)
				: describeUnexpected({ ...answer, text: mask(answer.text, MAX_LOOKED_AT) }),
			status: answer.status,
			code: refusal?.code === undefined ? undefined : this.words(String(refusal.code), requestSecrets),
			foreign: refusal ? undefined : isWebPage(answer) ? 'page' : 'other',
			attempts: 1,
			isKnownKey: refusal?.isKnownKey,
			retryAfterMs: parseRetryAfter(answer.headers['retry-after'], Date.now()),
			timeLimitMs: this.timeLimitOf(request),
			permanent:
				kind === 'unauthorized' ||
				// What a key makes harmless may be tried again; anything else would be redirected again.
				(kind === 'redirected' && (isRead(request) || request.repeatable !== true)) ||
				refusal?.limited === 'perhaps' ||
				// The same answer would come again.
				refusal?.isContested === true ||
				refusal?.isKnownKey === true ||
				// What is too large or cannot be decoded is so the next time as well.
				answer.problem !== undefined,
		});
	}

	private toFailure(error: unknown, request: GatewayRequest, attempts: number, wasLost: boolean): GatewayFailure {
		const found = error instanceof GatewayError ? error.failure : this.fromTransport(error, request, wasLost);
		const failure = { ...found, attempts };
		return { ...failure, hint: failure.hint ?? this.hintFor(failure, request) };
	}

	/** A hint that cannot be made must not hide the failure itself. */
	private hintFor(failure: GatewayFailure, request: GatewayRequest): string | undefined {
		try {
			return this.options.api.hint?.(failure, request);
		} catch {
			return undefined;
		}
	}

	/**
	 * What an answer means, see {@link weigh}.
	 *
	 * @throws whatever reading it throws
	 */
	private verdictOn(answer: Answer, request: GatewayRequest): Verdict | undefined {
		const { judge, signs } = this.options.api;
		return weigh(answer, request, judge(answer), signs);
	}

	/** Whatever goes wrong once an answer is there, the request reached a server: its outcome is unknown. */
	private asUnread(error: unknown, { status }: TransportResponse, request: GatewayRequest): unknown {
		if (error instanceof GatewayError || error instanceof TransportError) return error;
		const isStopped = isAbort(error) && this.options.signal?.aborted === true;
		return new GatewayError(
			{
				provider: this.options.api.displayName,
				kind: isStopped ? 'cancelled' : 'unreadable',
				outcome: 'unknown',
				words: 'the response could not be read',
				status,
				attempts: 1,
				timeLimitMs: this.timeLimitOf(request),
				permanent: isStopped,
			},
			{ cause: error },
		);
	}

	/** Of the credentials' secrets and these. */
	private masker(secrets: readonly string[]): Masker {
		const own = [...this.secrets, ...this.othersSecrets];
		if (secrets.length > 0) return maskerFor([...own, ...secrets]);
		this.ownMasker ??= maskerFor(own);
		return this.ownMasker;
	}

	/**
	 * @param wasLost whether an earlier try of the request may have reached the provider
	 * @throws the error itself if it came before anything was sent, and is none of the network's
	 */
	private fromTransport(error: unknown, request: GatewayRequest, wasLost: boolean): GatewayFailure {
		const provider = this.options.api.displayName;
		const timeLimitMs = this.timeLimitOf(request);
		if (isAbort(error) && this.options.signal?.aborted) {
			return { provider, kind: 'cancelled', outcome: 'not sent', attempts: 1, permanent: true };
		}
		if (!(error instanceof TransportError)) {
			if (!wasLost) throw error;
			const words = 'the request could not be repeated';
			return { provider, kind: 'network', outcome: 'unknown', words, attempts: 1, timeLimitMs, permanent: true };
		}
		return {
			provider,
			kind: kindOf(error),
			outcome: error.stage === 'sent' || error.options.sent ? 'unknown' : 'not sent',
			words: error.reason,
			attempts: 1,
			timeLimitMs,
			permanent: error.stage === 'cancelled' || error.options.permanent,
		};
	}

	/** A wait that the user's Stop ends at once. What the failed attempt left behind stays true. */
	private async wait(ms: number, failure: GatewayFailure): Promise<void> {
		await wait(ms, this.options.signal).catch((cause: unknown) => {
			throw new GatewayError({ ...failure, kind: 'cancelled', hint: undefined }, { cause });
		});
	}
}

function signedBy(
	api: GatewayApi,
	credential: ICredentialDataDecryptedObject,
	request: GatewayRequest,
): GatewayRequest {
	if (!request.signed || !api.sign) return request;
	return { ...request, headers: { ...request.headers, ...api.sign(credential, request) } };
}

/** An answer whose every part can be read, see {@link withoutDepths}. */
function shallow(answer: Answer): Answer {
	return { ...answer, json: withoutDepths(answer.json) };
}

/**
 * A failure of a transport, whatever it is, as one that says what was sent.
 *
 * @throws TransportError always
 */
function asTransportError(cause: unknown): never {
	if (cause instanceof TransportError) throw cause;
	throw new TransportError('sent', 'network error', { cause });
}
