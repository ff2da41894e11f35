import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'undici';
import { shorten } from '../answer';
import { type FailureKind, GatewayError, type GatewayFailure, type Outcome } from '../gatewayError';
import { withoutSecrets } from '../secrets';
import type { SocketConnection, SocketOptions } from '../transport/socket';
import type { TransportPolicy } from '../transport/transport';
import { Attempt } from './attempt';
import { toTransportError } from './errors';
import { checkPolicy } from './policy';
import { dispatcherFor } from './pool';
import { type Handshake, watchHandshake } from './webSocketHandshake';

/** How long the other side may take to answer a closing frame before the connection is cut. */
const CLOSE_LIMIT_MS = 2_000;

/** How much is held of frames that were not read yet. Whoever sends more is cut off: a frame left out may be an answer. */
const MAX_WAITING_FRAMES = 1_000;
const MAX_WAITING_CHARACTERS = 8_000_000;

/**
 * Opens a websocket over the same connections as requests: proxy environment, n8n's egress filter, TLS verification.
 * Redirects are not followed.
 *
 * @param address `ws:` or `wss:`, with whatever authorises it; it never appears in errors
 * @throws GatewayError `misconfigured`, `blocked`, `network`, `timeout`, `cancelled`, or what an HTTP answer in place
 *   of a websocket means (`unauthorized` for 401 and 403)
 */
export async function connectWebSocket(
	address: string,
	policy: TransportPolicy,
	options: SocketOptions,
): Promise<SocketConnection> {
	const url = URL.canParse(address) ? new URL(address) : undefined;
	if (!url || !/^wss?:$/.test(url.protocol)) {
		const words = 'the address of the websocket does not start with wss://';
		throw failed(options, { kind: 'misconfigured', outcome: 'not sent', words, permanent: true });
	}
	const { timeLimitMs, signal } = options;
	const end = performance.now() + timeLimitMs;
	const check = new Attempt({ timeLimitMs, signal });
	try {
		await check.run(async () => await checkPolicy(new URL(url.href.replace(/^ws/, 'http')), policy));
	} catch (error) {
		throw handshakeFailed(options, { error });
	} finally {
		check.finish();
	}
	if (signal?.aborted) throw failed(options, { kind: 'cancelled', outcome: 'not sent' });
	const handshake: Handshake = {};
	const dispatcher = dispatcherFor(policy).compose(watchHandshake(handshake));
	const connection = new Connection(new WebSocket(url, { dispatcher }), handshake, options);
	await connection.opened(end - performance.now());
	return connection;
}

class Connection implements SocketConnection {
	private readonly frames: string[] = [];
	private characters = 0;
	/** Why the connection is over, once it is. */
	private failure?: GatewayError;
	private wasOpen = false;
	private readonly waiting = new Set<AbortController>();
	private readonly stop = (): void => this.cut(failed(this.options, { kind: 'cancelled', outcome: this.outcome }));

	constructor(
		private readonly socket: WebSocket,
		private readonly handshake: Handshake,
		private readonly options: SocketOptions,
	) {
		socket.binaryType = 'arraybuffer';
		socket.addEventListener('open', () => this.opens());
		socket.addEventListener('message', ({ data }: { data: unknown }) => this.takes(data));
		socket.addEventListener('close', ({ code, reason }) => this.closes(code, reason));
		options.signal?.addEventListener('abort', this.stop, { once: true });
	}

	async opened(timeLimitMs: number): Promise<void> {
		const isDecided = await this.until(() => this.wasOpen || this.failure !== undefined, timeLimitMs);
		if (!isDecided) this.cut(failed(this.options, { kind: 'timeout', outcome: 'not sent' }));
		if (this.failure) throw this.failure;
	}

	send(text: string): void {
		if (this.failure) throw this.failure;
		// The other side has said good-bye, though its end of the connection is still open.
		if (this.socket.readyState !== WebSocket.OPEN) throw this.lost();
		this.socket.send(text);
	}

	async next(timeLimitMs: number): Promise<string | undefined> {
		await this.until(() => this.frames.length > 0 || this.failure !== undefined, timeLimitMs);
		const frame = this.frames.shift();
		if (frame !== undefined) {
			this.characters -= frame.length;
			return frame;
		}
		if (this.failure) throw this.failure;
		if (this.socket.readyState !== WebSocket.OPEN) throw this.lost();
		return undefined;
	}

	async close(): Promise<void> {
		this.failure ??= failed(this.options, {
			kind: 'network',
			outcome: 'unknown',
			words: 'the connection is closed',
		});
		this.socket.close(1000);
		const isClosed = (): boolean => this.socket.readyState === WebSocket.CLOSED;
		if (!this.options.signal?.aborted) await this.until(isClosed, CLOSE_LIMIT_MS);
		this.cut(this.failure);
	}

	private opens(): void {
		this.wasOpen = true;
		this.wake();
	}

	private takes(data: unknown): void {
		if (typeof data !== 'string' || this.failure) return;
		this.frames.push(data);
		this.characters += data.length;
		if (this.frames.length > MAX_WAITING_FRAMES || this.characters > MAX_WAITING_CHARACTERS) {
			this.cut(this.lost('the server sent more than could be read'));
		}
		this.wake();
	}

	private closes(code: number, reason: string): void {
		const said = [code, reason].filter((part) => part !== '' && part !== 1005 && part !== 1006).join(' ');
		this.failure ??= this.wasOpen
			? this.lost(`the server closed the connection${said === '' ? '' : ` (${said})`}`)
			: handshakeFailed(this.options, this.handshake);
		this.release();
	}

	/** Ends the connection without waiting for the other side. The first reason is the one that stays. */
	private cut(failure: GatewayError): void {
		this.failure ??= failure;
		this.handshake.isAbandoned = true;
		this.socket.close();
		this.release();
	}

	private release(): void {
		// undici lets go of a connection that opened and then turned out to be no websocket.
		this.handshake.stream?.destroy();
		this.options.signal?.removeEventListener('abort', this.stop);
		this.wake();
	}

	private lost(words = 'the server closed the connection'): GatewayError {
		return failed(this.options, { kind: 'network', outcome: this.outcome, words });
	}

	/** Once the connection stood, what was sent over it may have had its effect. */
	private get outcome(): Outcome {
		return this.wasOpen ? 'unknown' : 'not sent';
	}

	/** Waits until something is so, looking again at whatever happens; false when the time limit is over first. */
	private async until(isSo: () => boolean, timeLimitMs: number): Promise<boolean> {
		const end = Date.now() + timeLimitMs;
		while (!isSo()) {
			const left = end - Date.now();
			if (left <= 0) return false;
			const alarm = new AbortController();
			this.waiting.add(alarm);
			// It fails when it is woken before its time.
			await pause(left, undefined, { signal: alarm.signal }).catch(() => undefined);
			this.waiting.delete(alarm);
		}
		return true;
	}

	private wake(): void {
		for (const alarm of this.waiting) alarm.abort();
	}
}

function handshakeFailed(options: SocketOptions, { status, error }: Handshake): GatewayError {
	if (status !== undefined) return failed(options, { ...refusal(status), status });
	if (error === undefined) {
		// undici found fault with the answer itself.
		return failed(options, {
			kind: 'network',
			outcome: 'not sent',
			words: 'the server did not open a websocket',
		});
	}
	const { stage, reason: words, options: facts } = toTransportError(error, false);
	const kind = stage === 'blocked' || stage === 'cancelled' ? stage : 'network';
	return failed(options, { kind, outcome: 'not sent', words, permanent: facts.permanent });
}

/** What an HTTP answer in place of a websocket means. Phoenix refuses a wrong token by 403. */
function refusal(status: number): { kind: FailureKind; outcome: Outcome; words?: string } {
	if (status === 401 || status === 403) return { kind: 'unauthorized', outcome: 'refused' };
	if (status === 429) return { kind: 'rateLimited', outcome: 'not sent' };
	if (status >= 300 && status < 400) return { kind: 'redirected', outcome: 'refused' };
	if (status >= 500) return { kind: 'unavailable', outcome: 'not sent' };
	return { kind: 'unavailable', outcome: 'refused', words: 'there is no websocket at this address' };
}

function failed(
	{ provider, timeLimitMs, secrets }: SocketOptions,
	failure: Omit<GatewayFailure, 'provider' | 'attempts' | 'timeLimitMs'>,
): GatewayError {
	const words = failure.words === undefined ? undefined : shorten(withoutSecrets(failure.words, secrets));
	return new GatewayError({ ...failure, words, provider, timeLimitMs, attempts: 1 });
}
