import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A request as it arrived. */
export interface RecordedRequest {
	method: string;
	/** Without the query. */
	path: string;
	/** In the order sent, decoded. */
	query: Array<[string, string]>;
	headers: IncomingHttpHeaders;
	body: Buffer;
	/** The parsed body, when it is JSON. */
	json?: unknown;
	/** Number of the connection it came in on, from 1. */
	connection: number;
}

/** What the server answers. */
export interface ScriptedAnswer {
	status?: number;
	headers?: Record<string, string>;
	/** An object goes out as JSON. */
	body?: string | Buffer | object;
	/** Milliseconds to wait before answering. */
	delay?: number;
	/** Drops the connection instead of answering. */
	drop?: boolean;
}

/** An answer, or a function that makes it; a function may also answer by itself and return nothing. */
type AnswerSource =
	| ScriptedAnswer
	| ((
			request: RecordedRequest,
			response: ServerResponse,
	  ) => ScriptedAnswer | undefined | Promise<ScriptedAnswer | undefined>);

/** A server on the loopback address that says what it was told to say and remembers what it heard. */
export interface ScriptedServer {
	url: string;
	requests: RecordedRequest[];
	/** Connections opened so far. */
	readonly connections: number;
	/** Replaces the script. */
	script(answers: AnswerSource | AnswerSource[]): void;
	/** Forgets requests and the count of connections. */
	reset(): void;
	/** Ends the server and every open socket. */
	close(): Promise<void>;
}

/**
 * Starts a scripted server on a free port. A list is answered in order, its last entry again and
 * again; a single answer or handler serves every request.
 */
export async function startScriptedServer(answers: AnswerSource | AnswerSource[] = {}): Promise<ScriptedServer> {
	const sockets = new Map<Socket, number>();
	const requests: RecordedRequest[] = [];
	let script = [answers].flat();
	let position = 0;
	let connections = 0;

	const server = createServer((incoming, response) => {
		void (async () => {
			const request = await record(incoming, sockets.get(incoming.socket) ?? 0);
			requests.push(request);
			const source = script[Math.min(position, script.length - 1)] ?? {};
			position += 1;
			const answer = typeof source === 'function' ? await source(request, response) : source;
			if (answer !== undefined) await send(answer, response);
		})().catch((error: unknown) => {
			// A script that throws is a mistake of the test: say so in the answer it will look at.
			if (!response.headersSent) response.writeHead(599);
			response.end(String(error));
		});
	});
	server.on('connection', (socket) => {
		connections += 1;
		sockets.set(socket, connections);
		socket.on('close', () => sockets.delete(socket));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;

	return {
		url: `http://127.0.0.1:${port}`,
		requests,
		get connections() {
			return connections;
		},
		script(next) {
			script = [next].flat();
			position = 0;
		},
		reset() {
			requests.length = 0;
			connections = 0;
			position = 0;
		},
		async close() {
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			for (const socket of sockets.keys()) socket.destroy();
			await closed;
		},
	};
}

async function record(incoming: IncomingMessage, connection: number): Promise<RecordedRequest> {
	const chunks: Buffer[] = [];
	for await (const chunk of incoming) chunks.push(chunk as Buffer);
	const body = Buffer.concat(chunks);
	const url = new URL(incoming.url ?? '/', 'http://localhost');
	return {
		method: incoming.method ?? '',
		path: url.pathname,
		query: [...url.searchParams],
		headers: incoming.headers,
		body,
		...parsed(incoming.headers['content-type'], body),
		connection,
	};
}

function parsed(contentType: string | undefined, body: Buffer): { json?: unknown } {
	if (contentType?.includes('json') !== true) return {};
	try {
		return { json: JSON.parse(body.toString()) };
	} catch {
		return {};
	}
}

async function send(answer: ScriptedAnswer, response: ServerResponse): Promise<void> {
	if (answer.delay !== undefined) await new Promise((resolve) => setTimeout(resolve, answer.delay));
	if (answer.drop === true) {
		response.destroy();
		return;
	}
	const { body = '' } = answer;
	const raw = typeof body === 'string' || Buffer.isBuffer(body);
	const type = raw ? {} : { 'content-type': 'application/json' };
	response.writeHead(answer.status ?? 200, { ...type, ...answer.headers });
	response.end(raw ? body : JSON.stringify(body));
}
