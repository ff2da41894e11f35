import { type AddressInfo, createServer, type Socket } from 'node:net';

/**
 * Plays the part of a server over the bare connection, once a request has arrived as far as its `content-length` says; as
 * Latin-1, so that each byte is a character.
 */
export type RawAnswer = (socket: Socket, request: { head: string; request: string }) => void;

/** A server that may do what no HTTP library lets a server do. */
export interface RawServer {
	/** Host and port. */
	host: string;
	/** Connections that are open now and have brought a request. */
	readonly connections: number;
	/** Heads of the requests that arrived. */
	heads: string[];
	/** Ends the server and every open connection. */
	close: () => Promise<void>;
}

/**
 * Starts one on a free port.
 *
 * @param answer called once for each connection; without it nothing is ever answered
 */
export async function startRawServer(answer?: RawAnswer): Promise<RawServer> {
	const open = new Set<Socket>();
	const heads: string[] = [];
	const server = createServer((socket) => {
		open.add(socket);
		socket.on('error', () => undefined).on('close', () => open.delete(socket));
		let received = '';
		let isAnswered = false;
		socket.on('data', (piece) => {
			if (isAnswered || !answer) return;
			received += piece.toString('latin1');
			const length = wholeLength(received);
			if (length === undefined || received.length < length) return;
			isAnswered = true;
			const head = received.slice(0, received.indexOf('\r\n\r\n'));
			heads.push(head);
			answer(socket, { head, request: received });
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
		heads,
		get connections() {
			return [...open].filter((socket) => socket.bytesRead > 0).length;
		},
		close: async () => {
			const closed = new Promise((resolve) => server.close(resolve));
			for (const socket of open) socket.destroy();
			await closed;
		},
	};
}

/** Bytes that a request has in all, as far as its head says; undefined before the head is there. */
function wholeLength(received: string): number | undefined {
	const headEnd = received.indexOf('\r\n\r\n');
	if (headEnd < 0) return undefined;
	const length = /^content-length: (\d+)/im.exec(received.slice(0, headEnd))?.[1] ?? '0';
	return headEnd + 4 + Number(length);
}

/** The head of an answer. */
export function head(status: number, headers: Record<string, string | number> = {}): string {
	const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
	return `HTTP/1.1 ${status} As told\r\n${lines.join('')}\r\n`;
}

/** A whole answer. */
export function whole(status: number, body: string | Buffer, headers: Record<string, string | number> = {}): Buffer {
	const bytes = Buffer.from(body as string);
	return Buffer.concat([Buffer.from(head(status, { 'content-length': bytes.length, ...headers })), bytes]);
}

/** Writes the same again and again until the connection is over. */
export function drip(socket: Socket, text: string | Buffer, everyMs: number): void {
	const timer = setInterval(() => socket.write(text), everyMs);
	socket.on('close', () => clearInterval(timer));
}

/** Writes the same without end, as fast as it is taken. */
export function flood(socket: Socket, text: string | Buffer): void {
	const write = (): void => {
		while (!socket.destroyed && socket.write(text));
	};
	socket.on('drain', write);
	write();
}
