import { randomUUID } from 'node:crypto';
import type { Settings } from './state';

/** The part of a server's websocket that is used here. The library's own types need a package it does not bring. */
export interface ServerSocket {
	send(text: string): void;
	close(code?: number): void;
	terminate(): void;
	on(event: 'message', listener: (data: Buffer) => void): void;
	on(event: 'close', listener: () => void): void;
}

/** What a room answers an event with. */
export interface Reply {
	status: 'ok' | 'error';
	response: Record<string, unknown>;
}

/** A topic one can join: it has a state, which is sent repeatedly, and may accept commands. */
export interface Room {
	/** What is pushed as `auth_state`. */
	state(): Record<string, unknown>;
	receive(event: string, payload: unknown): Reply;
}

/** One frame of Phoenix' protocol 2.0.0: `[join_ref, ref, topic, event, payload]`. */
export type Frame = readonly [joinRef: unknown, ref: unknown, topic: string, event: string, payload: unknown];

interface Joined {
	joinRef: unknown;
	room: Room;
	timer: NodeJS.Timeout;
}

/**
 * A client's websocket, in the protocol of Phoenix 2.0.0: join, leave, heartbeat, replies that carry the reference of what
 * they answer. The protocol is Phoenix' documentation; what is done to a bad frame and to a second join is as Phoenix does.
 */
export class PhoenixSocket {
	readonly id = randomUUID();
	/** What came, without the frames that were none. */
	readonly received: Frame[] = [];
	private readonly rooms = new Map<string, Joined>();
	private idle: NodeJS.Timeout | undefined;

	/**
	 * @param customerId whose token opened it
	 * @param settings how the sandbox is to behave now; asked each time
	 * @param roomOf the room of a topic, or why it cannot be joined
	 */
	constructor(
		readonly customerId: number,
		private readonly socket: ServerSocket,
		private readonly settings: () => Settings,
		private readonly roomOf: (topic: string) => Room | string,
		onClose: (closed: PhoenixSocket) => void,
	) {
		this.watchIdle();
		socket.on('message', (data) => this.take(data.toString('utf8')));
		socket.on('close', () => {
			clearTimeout(this.idle);
			for (const { timer } of this.rooms.values()) clearTimeout(timer);
			this.rooms.clear();
			onClose(this);
		});
	}

	topics(): string[] {
		return [...this.rooms.keys()];
	}

	/** Ends the connection without a word. */
	drop(): void {
		this.socket.terminate();
	}

	/** Says goodbye and closes. 1001: "going away". */
	close(code = 1001): void {
		this.socket.close(code);
	}

	/** Any text, as it is. */
	sendRaw(text: string): void {
		this.socket.send(text);
	}

	/** Tells the state of the joined rooms now, and not when it is due. */
	pushStates(): void {
		for (const topic of this.topics()) this.pushState(topic, 0);
	}

	/** Ends the joined rooms as when their process crashed; the connection stays. */
	crashRooms(): void {
		for (const [topic, { joinRef, timer }] of this.rooms) {
			clearTimeout(timer);
			this.send([joinRef, joinRef, topic, 'phx_error', {}]);
		}
		this.rooms.clear();
	}

	/** Restarts the time after which a silent client is dropped. */
	watchIdle(): void {
		clearTimeout(this.idle);
		this.idle = setTimeout(() => this.close(1000), this.settings().socketIdleMs);
	}

	private take(text: string): void {
		this.watchIdle();
		const frame = parseFrame(text);
		// Phoenix' decoder crashes the connection's process.
		if (frame === undefined) return this.close(1011);
		this.received.push(frame);
		const [, , , event] = frame;
		if (this.settings().dropOn.includes(event)) return this.drop();
		const reply = this.answer(frame);
		if (!this.isIgnored(event)) this.reply(frame, reply);
		return undefined;
	}

	private answer([joinRef, , topic, event, payload]: Frame): Reply {
		if (topic === 'phoenix') return event === 'heartbeat' ? OK : error('unmatched topic');
		if (event === 'phx_join') return this.join(topic, joinRef);
		const joined = this.rooms.get(topic);
		if (joined === undefined) return error('unmatched topic');
		if (event !== 'phx_leave') return joined.room.receive(event, payload);
		clearTimeout(joined.timer);
		this.rooms.delete(topic);
		return OK;
	}

	private join(topic: string, joinRef: unknown): Reply {
		const room = this.roomOf(topic);
		if (typeof room === 'string') return error(room);
		const before = this.rooms.get(topic);
		if (before !== undefined) {
			clearTimeout(before.timer);
			this.send([before.joinRef, before.joinRef, topic, 'phx_close', {}]);
		}
		this.rooms.set(topic, { joinRef, room, timer: setTimeout(() => undefined, 0) });
		this.pushState(topic, this.settings().authStateDelayMs);
		return OK;
	}

	/** Pushes the state after a while, and from then on again and again. */
	private pushState(topic: string, afterMs: number): void {
		const joined = this.rooms.get(topic);
		if (joined === undefined) return;
		clearTimeout(joined.timer);
		joined.timer = setTimeout(() => {
			if (!this.settings().ignore.includes('*'))
				this.send([joined.joinRef, null, topic, 'auth_state', joined.room.state()]);
			this.pushState(topic, this.settings().authStateIntervalMs);
		}, afterMs);
	}

	private reply([joinRef, ref, topic]: Frame, { status, response }: Reply): void {
		const inReply = this.rooms.get(topic)?.joinRef ?? joinRef;
		this.send([inReply, ref, topic, 'phx_reply', { [this.settings().replyKey]: response, status }]);
	}

	private isIgnored(event: string): boolean {
		const { ignore } = this.settings();
		return ignore.includes('*') || ignore.includes(event);
	}

	private send([joinRef, ref, ...rest]: Frame): void {
		const written = (one: unknown): unknown =>
			this.settings().numericRefs && /^\d+$/.test(String(one)) ? Number(one) : one;
		this.socket.send(JSON.stringify([written(joinRef), written(ref), ...rest]));
	}
}

const OK: Reply = { status: 'ok', response: {} };

/** A reason, as Phoenix gives it. */
function error(reason: string): Reply {
	return { status: 'error', response: { reason } };
}

function parseFrame(text: string): Frame | undefined {
	try {
		const value: unknown = JSON.parse(text);
		if (!Array.isArray(value)) return undefined;
		const [joinRef, ref, topic, event, payload] = value as unknown[];
		return typeof topic === 'string' && typeof event === 'string'
			? [joinRef, ref, topic, event, payload]
			: undefined;
	} catch {
		return undefined;
	}
}
