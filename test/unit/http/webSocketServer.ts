import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** One end of a websocket as the library `ws` gives it, which brings no types. */
export interface PeerSocket {
	/** `fin: false` sends a part of a message, of which more are to come. */
	send(data: string | Buffer, options?: { fin: boolean }): void;
	close(code?: number, reason?: string): void;
	/** Drops the connection without a closing frame. */
	terminate(): void;
	on(event: 'message', listener: (data: Buffer, isBinary: boolean) => void): void;
	on(event: 'close', listener: (code: number, reason: Buffer) => void): void;
}

interface PeerServer {
	handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer, opened: (socket: PeerSocket) => void): void;
}

const { WebSocketServer } = jest.requireActual<{
	WebSocketServer: new (options: { noServer: true; perMessageDeflate: boolean }) => PeerServer;
}>('ws');

/** What the server does with a handshake: opens the websocket, answers with an HTTP status, or never answers. */
type HandshakeAnswer = 'open' | 'silence' | { status: number; headers?: string[] };

/** Headers of an answer that is no websocket. */
export const PLAIN = ['content-length: 6', 'connection: close'];

/** A real websocket server on the loopback address. */
export interface WebSocketPeer {
	host: string;
	/** Handshakes as they arrived. */
	handshakes: IncomingMessage[];
	/** Text frames in the order of arrival. */
	received: string[];
	/** How its websockets were closed: the code; 1006 if without a closing frame. */
	closings: number[];
	/** Connections that are open now. */
	readonly connections: number;
	answer: HandshakeAnswer;
	/** Called with every websocket that opens. */
	onOpen: (socket: PeerSocket) => void;
	/** Waits for something that the server sees a moment later than the client. */
	eventually(isSo: () => boolean): Promise<void>;
	close(): Promise<void>;
}

export async function startWebSocketPeer(): Promise<WebSocketPeer> {
	const tcp = new Set<Socket>();
	const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: true });
	const server = createServer();
	const peer: WebSocketPeer = {
		host: '',
		handshakes: [],
		received: [],
		closings: [],
		get connections() {
			return tcp.size;
		},
		answer: 'open',
		onOpen: () => undefined,
		async eventually(isSo) {
			const end = Date.now() + 20_000;
			while (!isSo()) {
				if (Date.now() > end) throw new Error('It never became so');
				await new Promise((resolve) => setTimeout(resolve, 5));
			}
		},
		async close() {
			for (const socket of tcp) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
	};
	server.on('connection', (socket) => {
		tcp.add(socket);
		socket.on('close', () => tcp.delete(socket));
		socket.on('error', () => undefined);
	});
	server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
		peer.handshakes.push(request);
		const { answer } = peer;
		if (answer === 'silence') {
			// Whoever does not read a connection does not learn of its end.
			stream.resume().on('end', () => stream.end());
			return;
		}
		if (answer !== 'open') {
			const head = [`HTTP/1.1 ${answer.status} As told`, ...(answer.headers ?? PLAIN), '', 'words.'];
			stream.end(head.join('\r\n'));
			return;
		}
		sockets.handleUpgrade(request, stream, head, (socket) => {
			socket.on('message', (data, isBinary) => peer.received.push(isBinary ? 'binary' : data.toString()));
			socket.on('close', (code) => peer.closings.push(code));
			peer.onOpen(socket);
		});
	});
	peer.host = await listen(server);
	return peer;
}

/** A proxy that tunnels, and notes where to. */
export async function startTunnelProxy(
	connect: (host: string, port: number) => Socket,
): Promise<{ url: string; tunnels: string[]; refuse: () => void; close: () => Promise<void> }> {
	const tunnels: string[] = [];
	const open = new Set<Duplex>();
	let isRefusing = false;
	const server = createServer();
	server.on('connect', (request: IncomingMessage, client: Duplex, head: Buffer) => {
		if (isRefusing) {
			client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
			return;
		}
		tunnels.push(request.url ?? '');
		const { hostname, port } = new URL(`http://${request.url}`);
		const target = connect(hostname, Number(port));
		for (const stream of [client, target]) {
			open.add(stream);
			stream
				.on('error', () => undefined)
				.on('close', () => {
					client.destroy();
					target.destroy();
				});
		}
		target.on('connect', () => {
			client.write('HTTP/1.1 200 Connection established\r\n\r\n');
			target.write(head);
			client.pipe(target).pipe(client);
		});
	});
	const url = `http://${await listen(server)}`;
	return {
		url,
		tunnels,
		refuse: () => {
			isRefusing = true;
		},
		close: async () => {
			for (const stream of open) stream.destroy();
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

async function listen(server: Server): Promise<string> {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
