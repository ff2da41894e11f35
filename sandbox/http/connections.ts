import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** TCP connections that clients opened to the sandbox, the HTTP control API's included. */
export interface ConnectionCounts {
	total: number;
	open: number;
	peak: number;
}

/** Counts a server's connections, closes idle ones, and can end all of them immediately. */
export class Connections {
	private readonly sockets = new Set<Socket>();
	private readonly numbers = new WeakMap<Socket, number>();
	private readonly busy = new WeakMap<Socket, number>();
	private readonly counts = { total: 0, peak: 0 };
	private numbered = 0;
	private announce = true;
	private closed = false;

	constructor(private readonly server: Server) {
		server.on('connection', (socket: Socket) => this.opened(socket));
		server.prependListener('request', (request: IncomingMessage, response: ServerResponse) =>
			this.requested(request, response),
		);
		// A websocket is never idle in this sense; who plays one closes it.
		server.prependListener('upgrade', ({ socket }: IncomingMessage) => void this.busy.set(socket, Infinity));
	}

	/** Opened in total, open now, and the most that were open at one time, since the start or the last reset. */
	read(): ConnectionCounts {
		return { ...this.counts, open: this.sockets.size };
	}

	/** The number of a connection, from 1; it says which requests shared one. */
	numberOf(socket: Socket): number {
		return this.numbers.get(socket) ?? 0;
	}

	/** Closes connections that were idle that long, those idle now included. */
	setIdleTimeout(ms: number, announce: boolean): void {
		this.server.keepAliveTimeout = ms;
		this.announce = announce;
		for (const socket of this.sockets) this.closeWhenIdle(socket);
	}

	resetCounts(): void {
		this.counts.total = 0;
		this.counts.peak = this.sockets.size;
	}

	/** Ends every connection, also those in the middle of an answer, and takes no more. */
	destroyAll(): void {
		this.closed = true;
		for (const socket of this.sockets) socket.destroy();
	}

	private opened(socket: Socket): void {
		if (this.closed) {
			socket.destroy();
			return;
		}
		this.sockets.add(socket);
		this.numbers.set(socket, ++this.numbered);
		this.counts.total++;
		this.counts.peak = Math.max(this.counts.peak, this.sockets.size);
		socket.once('close', () => this.sockets.delete(socket));
		// A connection dropped on purpose may report an error afterwards, which nothing else handles.
		socket.on('error', () => undefined);
	}

	private requested(request: IncomingMessage, response: ServerResponse): void {
		const { socket } = request;
		this.busy.set(socket, (this.busy.get(socket) ?? 0) + 1);
		response.once('close', () => {
			this.busy.set(socket, (this.busy.get(socket) ?? 1) - 1);
			this.closeWhenIdle(socket);
		});
		// Node adds `Keep-Alive: timeout=…` only where it sets the Connection header itself.
		if (!this.announce && response.shouldKeepAlive) response.setHeader('Connection', 'keep-alive');
	}

	/** Newer Node versions keep a connection a second longer than they announce. Here it is to be exact. */
	private closeWhenIdle(socket: Socket): void {
		if ((this.busy.get(socket) ?? 0) === 0 && !socket.destroyed) socket.setTimeout(this.server.keepAliveTimeout);
	}
}
