/* The other side of the network, in a process of its own: TLS servers, each with its own counters and distance. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { answer, type Counts, type LineState } from './answers';
import { startProxy } from './proxy';

/** What the bench asks of this process. */
export type Ask = { id: number; open: { roundTripMs: number } } | { id: number; close: { line: number } };

/** What it answers: the new line, or what the closed one has seen. */
export type Told = { id: number; error?: string; line?: number; address?: string; counts?: Counts };

interface Line {
	state: LineState;
	close(): Promise<void>;
}

const lines = new Map<number, Line>();
let opened = 0;

async function open(roundTripMs: number): Promise<{ line: number; address: string }> {
	const state: LineState = { connections: 0, requests: 0, bytes: 0, webhook: null };
	const [, , keyFile = '', certFile = ''] = process.argv;
	const server = createServer({ key: readFileSync(keyFile), cert: readFileSync(certFile), noDelay: true });
	// Longer than any pause of a contestant: who closes a connection closes it by himself.
	server.keepAliveTimeout = 60_000;
	server.requestTimeout = 0;
	server.on('connection', () => (state.connections += 1));
	server.on('request', (request, response) => {
		answer(request, response, state).catch(() => response.destroy());
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const proxy = roundTripMs > 0 ? await startProxy(port, roundTripMs) : undefined;
	const line = ++opened;
	lines.set(line, {
		state,
		close: async () => {
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			server.closeAllConnections();
			await Promise.all([closed, proxy?.close()]);
		},
	});
	return { line, address: `https://127.0.0.1:${proxy?.port ?? port}` };
}

async function close(number: number): Promise<Counts> {
	const line = lines.get(number);
	if (!line) throw new Error(`There is no line ${number}`);
	lines.delete(number);
	await line.close();
	const { connections, requests, bytes } = line.state;
	return { connections, requests, bytes };
}

async function told(ask: Ask): Promise<Told> {
	try {
		if ('open' in ask) return { id: ask.id, ...(await open(ask.open.roundTripMs)) };
		return { id: ask.id, counts: await close(ask.close.line) };
	} catch (error) {
		return { id: ask.id, error: String(error) };
	}
}

process.on('message', (ask: Ask) => void told(ask).then((answered) => process.send?.(answered)));
// The bench is gone, however it went.
process.on('disconnect', () => process.exit());
