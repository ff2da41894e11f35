import { shorten } from '../answer';
import { type FailureKind, GatewayError, type GatewayFailure, type Outcome } from '../gatewayError';
import { withoutSecrets } from '../secrets';
import { onStop } from '../timing/stop';
import { wait } from '../timing/wait';
import type { SocketConnection, SocketOptions } from './socket';
import type { TransportError } from './transport';

/** How long the other side may take to answer a closing frame before the connection is cut. */
const CLOSE_LIMIT_MS = 2_000;

/** How much is held of frames that were not read yet. Whoever sends more is cut off: a frame left out may be an answer. */
const MAX_WAITING_FRAMES = 1_000;
const MAX_WAITING_CHARACTERS = 8_000_000;

/** A websocket as browsers have it; the part of it that is used here. */
export interface WebSocketLike {
	binaryType: string;
	readonly readyState: number;
	addEventListener(type: 'open', listener: () => void): void;
	addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
	addEventListener(type: 'close', listener: (event: { code: number; reason: string }) => void): void;
	send(text: string): void;
	close(code?: number): void;
}

/** What is known of the request for a websocket, beside what the websocket itself reports. */
export interface Handshake {
	/** Of an HTTP answer that came in place of the websocket. */
	readonly status?: number;
	/** Why there was no answer. */
	readonly problem?: TransportError;
	/** The connection is over: what is left of it is cut. */
	release?: () => void;
}

/** States of a websocket. */
const OPEN = 1;
const CLOSED = 3;

/** One websocket, from its handshake on. The frames wait until they are read. */
export class Connection implements SocketConnection {
	private readonly frames: string[] = [];
	private characters = 0;
	/** Why the connection is over, once it is. */
	private failure?: GatewayError;
	private wasOpen = false;
	private readonly forgetStop?: () => void;
	private readonly waiting = new Set<AbortController>();
	private readonly stop = (): void => this.cut(failed(this.options, { kind: 'cancelled', outcome: this.outcome }));

	constructor(
		private readonly socket: WebSocketLike,
		private readonly handshake: Handshake,
		private readonly options: SocketOptions,
	) {
		socket.binaryType = 'arraybuffer';
		socket.addEventListener('open', () => this.opens());
		socket.addEventListener('message', ({ data }) => this.takes(data));
		socket.addEventListener('close', ({ code, reason }) => this.closes(code, reason));
		if (options.signal) this.forgetStop = onStop(options.signal, this.stop);
	}

	async opened(timeLimitMs: number): Promise<void> {
		const isDecided = await this.until(() => this.wasOpen || this.failure !== undefined, timeLimitMs);
		if (!isDecided) this.cut(failed(this.options, { kind: 'timeout', outcome: 'not sent' }));
		if (this.failure) throw this.failure;
	}

	send(text: string): void {
		if (this.failure) throw this.failure;
		// The other side has said good-bye, though its end of the connection is still open.
		if (this.socket.readyState !== OPEN) throw this.lost();
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
		if (this.socket.readyState !== OPEN) throw this.lost();
		return undefined;
	}

	async close(): Promise<void> {
		this.failure ??= failed(this.options, {
			kind: 'network',
			outcome: 'unknown',
			words: 'the connection is closed',
		});
		this.socket.close(1000);
		const isClosed = (): boolean => this.socket.readyState === CLOSED;
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
		this.socket.close();
		this.release();
	}

	private release(): void {
		this.handshake.release?.();
		this.forgetStop?.();
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
			await wait(left, alarm.signal).catch(() => undefined);
			this.waiting.delete(alarm);
		}
		return true;
	}

	private wake(): void {
		for (const alarm of this.waiting) alarm.abort();
	}
}

/** What a failed request for a websocket means. */
export function handshakeFailed(options: SocketOptions, { status, problem }: Handshake): GatewayError {
	if (status !== undefined) return failed(options, { ...refusal(status), status });
	if (problem === undefined) {
		return failed(options, {
			kind: 'network',
			outcome: 'not sent',
			words: 'the server did not open a websocket',
		});
	}
	const { stage, reason: words, options: facts } = problem;
	const kind = stage === 'blocked' || stage === 'cancelled' ? stage : 'network';
	return failed(options, { kind, outcome: 'not sent', words, permanent: facts.permanent });
}

/**
 * The address of a websocket.
 *
 * @throws GatewayError `misconfigured` if it is none
 */
export function webSocketUrl(address: string, options: SocketOptions): URL {
	const url = URL.canParse(address) ? new URL(address) : undefined;
	if (url && /^wss?:$/.test(url.protocol)) return url;
	const words = 'the address of the websocket does not start with wss://';
	throw failed(options, { kind: 'misconfigured', outcome: 'not sent', words, permanent: true });
}

/** What an HTTP answer in place of a websocket means. Phoenix refuses a wrong token by 403. */
function refusal(status: number): { kind: FailureKind; outcome: Outcome; words?: string } {
	if (status === 401 || status === 403) return { kind: 'unauthorized', outcome: 'refused' };
	if (status === 429) return { kind: 'rateLimited', outcome: 'not sent' };
	if (status >= 300 && status < 400) return { kind: 'redirected', outcome: 'refused' };
	if (status >= 500) return { kind: 'unavailable', outcome: 'not sent' };
	return { kind: 'unavailable', outcome: 'refused', words: 'there is no websocket at this address' };
}

/** An error of a websocket, without secrets. */
export function failed(
	{ provider, timeLimitMs, secrets }: SocketOptions,
	failure: Omit<GatewayFailure, 'provider' | 'attempts' | 'timeLimitMs'>,
): GatewayError {
	const words = failure.words === undefined ? undefined : shorten(withoutSecrets(failure.words, secrets));
	return new GatewayError({ ...failure, words, provider, timeLimitMs, attempts: 1 });
}
