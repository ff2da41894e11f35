import { z } from 'zod';
import { parseJson } from '../../../shared/http/answer';
import { GatewayError, type GatewayFailure } from '../../../shared/http/gatewayError';
import type { SocketConnection } from '../../../shared/http/transport/socket';
import { textOrNumber } from '../../../shared/lenientSchemas';

/**
 * The client's side of Phoenix channels, serializer version 2.0.0 (documentation of Phoenix), as far as needed for one
 * room (a "topic") over one connection. The times are those of Phoenix's own client.
 */
export const HEARTBEAT_MS = 30_000;

/** How long a join or a push waits for its reply. */
export const REPLY_LIMIT_MS = 10_000;

/** Events kept while waiting for a reply; the newest states matter. */
const MAX_KEPT_EVENTS = 100;

/** The most values in one message; the states of the API reference have about ten. Anything with more is not a message. */
const MAX_VALUES = 10_000;

/** One message: `[join_ref, ref, topic, event, payload]` as JSON. */
export interface Frame {
	joinRef: string | null;
	/** Chosen by the client and repeated by the reply; null in what the server pushes. */
	ref: string | null;
	topic: string;
	event: string;
	payload: unknown;
}

/** What the server pushed into the room. */
type RoomEvent = Pick<Frame, 'event' | 'payload'>;

/** The answer to a push. */
export interface Reply {
	ok: boolean;
	response: unknown;
}

/** Some servers reply with numbers where strings were sent (API reference: WSS Whatsapp authorization). */
const ref = textOrNumber.nullable();

const frameForm = z.tuple([ref, ref, z.string(), z.string(), z.unknown()]);

/** The API reference's examples have `reply` where the protocol has `response`. */
const replyForm = z.object({ status: z.string(), response: z.unknown().optional(), reply: z.unknown().optional() });

/** A text frame as a message; undefined if it is not one. */
export function parseFrame(text: string): Frame | undefined {
	const { data } = frameForm.safeParse(parseJson(text, MAX_VALUES));
	if (!data) return undefined;
	const [joinRef, frameRef, topic, event, payload] = data;
	return { joinRef, ref: frameRef, topic, event, payload };
}

/** A message as a text frame. */
export function writeFrame({ joinRef, ref: frameRef, topic, event, payload }: Frame): string {
	return JSON.stringify([joinRef, frameRef, topic, event, payload]);
}

/**
 * One room over its own connection. Heartbeats are sent while waiting, so it stays open as long as the caller waits for its
 * events.
 */
export class PhoenixRoom {
	private lastRef = 0;
	private readonly joinRef: string;
	private readonly events: RoomEvent[] = [];
	private beatAt: number;
	/** The reference of a heartbeat without a reply so far. */
	private beatRef?: string;

	/**
	 * @param provider its display name, for errors
	 * @param now milliseconds, for tests
	 */
	constructor(
		private readonly connection: SocketConnection,
		private readonly topic: string,
		private readonly provider: string,
		private readonly now: () => number = Date.now,
	) {
		this.joinRef = this.newRef();
		this.beatAt = now() + HEARTBEAT_MS;
	}

	/** @throws GatewayError if there is no reply in time, or the connection breaks */
	async join(): Promise<Reply> {
		return await this.ask(this.joinRef, 'phx_join', {});
	}

	/** Pushes an event and waits for its reply. @throws GatewayError as {@link join} */
	async push(event: string, payload: object): Promise<Reply> {
		return await this.ask(this.newRef(), event, payload);
	}

	/**
	 * The next event that the server pushes; undefined if the time limit is reached first.
	 *
	 * @throws GatewayError if the server closes the room, or the connection breaks
	 */
	async next(timeLimitMs: number): Promise<RoomEvent | undefined> {
		const kept = this.events.shift();
		if (kept) return kept;
		const end = this.now() + timeLimitMs;
		for (;;) {
			const frame = await this.receive(end);
			if (frame === undefined) return undefined;
			if (frame.event !== 'phx_reply') return { event: frame.event, payload: frame.payload };
			if (this.now() >= end) return undefined;
		}
	}

	/** Leaves the room if the connection is still open. It does not wait for the reply. */
	leave(): void {
		try {
			this.send(this.newRef(), 'phx_leave', {});
		} catch {
			// The connection is closed, and so is the room.
		}
	}

	private async ask(ownRef: string, event: string, payload: object): Promise<Reply> {
		this.send(ownRef, event, payload);
		const end = this.now() + REPLY_LIMIT_MS;
		for (;;) {
			const frame = await this.receive(end);
			const isReply = frame?.event === 'phx_reply';
			if (isReply && frame.ref === ownRef) return readReply(frame.payload);
			if (frame && !isReply) this.keep(frame);
			if (frame === undefined || this.now() >= end) {
				throw this.failed({ kind: 'timeout', timeLimitMs: REPLY_LIMIT_MS });
			}
		}
	}

	/** The next message for this room until a point in time; it sends heartbeats as needed. */
	private async receive(end: number): Promise<Frame | undefined> {
		do {
			if (this.now() >= this.beatAt) this.beat();
			const left = Math.max(0, Math.min(end, this.beatAt) - this.now());
			const frame = parseFrame((await this.connection.next(left)) ?? '');
			if (frame?.ref === this.beatRef) this.beatRef = undefined;
			if (frame?.topic !== this.topic) continue;
			if (frame.event === 'phx_error' || frame.event === 'phx_close') {
				throw this.failed({ kind: 'network', words: 'the server closed the session' });
			}
			return frame;
		} while (this.now() < end);
		return undefined;
	}

	private beat(): void {
		if (this.beatRef !== undefined) {
			throw this.failed({ kind: 'network', words: 'the server stopped responding' });
		}
		this.beatRef = this.newRef();
		this.beatAt = this.now() + HEARTBEAT_MS;
		const heartbeat = { joinRef: null, ref: this.beatRef, topic: 'phoenix', event: 'heartbeat', payload: {} };
		this.connection.send(writeFrame(heartbeat));
	}

	private keep({ event, payload }: Frame): void {
		this.events.push({ event, payload });
		if (this.events.length > MAX_KEPT_EVENTS) this.events.shift();
	}

	private send(ownRef: string, event: string, payload: object): void {
		const { joinRef, topic } = this;
		this.connection.send(writeFrame({ joinRef, ref: ownRef, topic, event, payload }));
	}

	private newRef(): string {
		return String(++this.lastRef);
	}

	private failed(failure: Pick<GatewayFailure, 'kind' | 'words' | 'timeLimitMs'>): GatewayError {
		return new GatewayError({ ...failure, provider: this.provider, outcome: 'unknown', attempts: 1 });
	}
}

function readReply(payload: unknown): Reply {
	const { data } = replyForm.safeParse(payload);
	return { ok: data?.status === 'ok', response: data?.response ?? data?.reply };
}
