import { type Frame, parseFrame, writeFrame } from '../../../../nodes/Chategy/api/socket/phoenix';
import { GatewayError } from '../../../../nodes/shared/http/gatewayError';
import type { SocketConnection } from '../../../../nodes/shared/http/transport/socket';

/** A connection with its own clock: waiting only advances that clock. */
export class FakeSocket implements SocketConnection {
	time = 1_700_000_000_000;
	readonly sent: Array<Frame & { at: number }> = [];
	isClosed = false;
	/** The server's reaction to a message; joins and heartbeats get a reply unless this says otherwise. */
	answer: (frame: Frame) => Frame | string | undefined = () => undefined;
	private readonly coming: Array<{ at: number; text: string | GatewayError }> = [];

	readonly now = (): number => this.time;

	/** Lets a frame arrive so many milliseconds from now. */
	arrive(text: string | GatewayError | Frame, inMs = 0): void {
		const written = typeof text === 'string' || text instanceof GatewayError ? text : writeFrame(text);
		this.coming.push({ at: this.time + inMs, text: written });
		this.coming.sort((one, other) => one.at - other.at);
	}

	send(text: string): void {
		if (this.isClosed) throw broken();
		const frame = parseFrame(text);
		if (!frame) throw new Error(`Not a message: ${text}`);
		this.sent.push({ ...frame, at: this.time });
		const answer = this.answer(frame);
		if (answer !== undefined) this.arrive(answer);
	}

	async next(timeLimitMs: number): Promise<string | undefined> {
		const [first] = this.coming;
		if (first === undefined || first.at > this.time + timeLimitMs) {
			this.time += timeLimitMs;
			return undefined;
		}
		this.coming.shift();
		this.time = Math.max(this.time, first.at);
		if (first.text instanceof GatewayError) throw first.text;
		return first.text;
	}

	async close(): Promise<void> {
		this.isClosed = true;
	}
}

/** The reply to a message, as Phoenix makes it. */
export function replyTo(frame: Frame, payload: unknown = { status: 'ok', response: {} }): Frame {
	return { ...frame, event: 'phx_reply', payload };
}

/** A message that the server pushes. */
export function pushed(topic: string, event: string, payload: unknown): Frame {
	return { joinRef: '1', ref: null, topic, event, payload };
}

/** A connection that broke. */
export function broken(): GatewayError {
	const words = 'the server closed the connection';
	return new GatewayError({ provider: 'Chategy', kind: 'network', outcome: 'unknown', words, attempts: 1 });
}
