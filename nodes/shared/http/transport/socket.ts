/** An open websocket; text frames only. */
export interface SocketConnection {
	/** @throws GatewayError if the connection is over */
	send: (text: string) => void;
	/**
	 * The next text frame, in the order of arrival; undefined when the time limit is over first.
	 *
	 * @throws GatewayError if the connection is over and all its frames are read: `network`, or `cancelled` after Stop
	 */
	next: (timeLimitMs: number) => Promise<string | undefined>;
	/** Closes the connection and waits until it is; never throws, and may be called again. */
	close: () => Promise<void>;
}

/** How to open a websocket. */
export interface SocketOptions {
	/** As users know it, for errors. */
	provider: string;
	/** For the handshake, the way to the proxy included. */
	timeLimitMs: number;
	/** Values that errors must not show. */
	secrets: readonly string[];
	/** Ends the connection and every wait for it at once. */
	signal?: AbortSignal;
}
