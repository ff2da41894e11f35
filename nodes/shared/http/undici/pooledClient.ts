import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type buildConnector, Client, type Dispatcher } from 'undici';

/** Set by us on the options of a request, and handed down through the pools. */
export interface Watched {
	carried?: Carried;
}

/** Ends the request on its connection, or the making of that. */
export type Cut = (reason: Error, wasSent: boolean) => void;

/** A request. The connection that carries it reports to it what happens there. */
export interface Carried {
	/** Its turn has come, though the connection may be still to be made. */
	connects(cut: Cut): void;
	/** The connection is over, and all that came is read. @param wasReset whether it was reset, rather than closed */
	closed(wasReset: boolean): void;
	/** The connection was reset. @returns whether that breaks the answer off; undici takes it for the end of some */
	isBrokenByReset(): boolean;
}

/** undici's code for a connection that is gone. */
const GONE = 'UND_ERR_SOCKET';

type Connector = buildConnector.connector;

/**
 * One connection of a pool, which carries one request at a time. It notifies the request when its turn has come, and how to
 * end it: undici goes on connecting for a request that was ended, and connects anew for one that was ended while it was
 * under way. Not a class of its own: extending undici's would load undici with this file, long before it is needed.
 */
export function pooledClient(origin: string | URL, options: Client.Options): Client {
	const line = new Line(options.connect as Connector);
	const client = new Client(origin, { ...options, connect: line.connect });
	const dispatch: Dispatcher.Dispatch = client.dispatch.bind(client);
	client.dispatch = (request: Dispatcher.DispatchOptions & Watched, handler) => {
		line.carried = request.carried;
		request.carried?.connects(line.cut);
		return dispatch(request, handler);
	};
	return client;
}

/** The connection to the server, while it is being made and once it is open. */
class Line {
	private socket?: Duplex;
	private giveUp?: (reason: Error) => void;
	/** What was handed to it last. */
	carried?: Carried;

	/** @param make by way of the proxy or directly; the latter returns its socket at once */
	constructor(private readonly make: (...parameters: Parameters<Connector>) => unknown) {}

	readonly connect: Connector = (options, callback) => {
		let isOver = false;
		const settle: buildConnector.Callback = (error, socket) => {
			if (isOver) return discard(socket);
			isOver = true;
			this.giveUp = undefined;
			if (error) return callback(error, null);
			this.socket = socket;
			this.listen(socket);
			callback(null, socket);
		};
		const made = this.make(options, settle);
		if (isOver) return;
		this.giveUp = (reason) => {
			settle(reason, null);
			if (isDuplex(made)) discard(made);
		};
	};

	/**
	 * Listens before undici does. Where its parser is paused when a connection ends that is not to be kept, undici 7 throws, in
	 * a listener: that would end n8n (nodejs/undici#5360). And of such a connection that is reset, it takes what came for all.
	 */
	private listen(socket: Duplex): void {
		socket.on('end', () => this.carried?.closed(isReset(socket)));
		socket.on('error', (error: NodeJS.ErrnoException) => {
			if (error.code === 'ECONNRESET' && this.carried?.isBrokenByReset()) error.code = GONE;
		});
	}

	/** Ends the request with this reason, by ending its connection. */
	readonly cut: Cut = (reason, wasSent) => {
		if (this.giveUp) this.giveUp(reason);
		// A connection that is open and carries nothing of this request may stay.
		else if (wasSent) this.socket?.destroy(reason);
	};
}

/** Node 20 reports a reset as an end where nothing was read for a while; but then there is nobody at the other side. */
function isReset(socket: Duplex): boolean {
	return socket instanceof Socket && socket.remoteAddress === undefined;
}

function discard(socket: Duplex | null): void {
	socket?.on('error', () => undefined).destroy();
}

function isDuplex(value: unknown): value is Duplex {
	return typeof value === 'object' && value !== null && 'destroy' in value && 'on' in value;
}
