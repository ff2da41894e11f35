/* The reverse proxy that a queue mode needs: calls of providers go to the webhook processes, everything else to the main one. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';

/** n8n's paths for calls from outside: those that a webhook process serves. */
const PRODUCTION = /^\/(webhook|webhook-waiting|form|form-waiting|mcp)(\/|\?|$)/;

/** How calls are shared out among several webhook processes. */
type Sharing =
	/** Each in its turn, as most proxies do unless told otherwise. */
	| 'turns'
	/** By the address, so that all calls for one trigger reach the same process. */
	| 'address';

/** A running proxy. */
export interface Router {
	url: string;
	/** Ports of the processes behind it; may be changed at any time. */
	main: number;
	webhooks: number[];
	sharing: Sharing;
	/** How many calls went to which port. */
	served: Map<number, number>;
	close(): Promise<void>;
}

/** Some number for a text, the same each time. */
function numberOf(text: string): number {
	let hash = 0;
	for (const character of text) hash = (hash * 31 + character.charCodeAt(0)) % 1_000_003;
	return hash;
}

/** Starts the proxy. Until `main` is set it answers 502. */
export async function startRouter(): Promise<Router> {
	let turn = 0;
	const portFor = (url: string): number => {
		const { main, webhooks, sharing } = router;
		if (!PRODUCTION.test(url) || webhooks.length === 0) return main;
		const index = sharing === 'address' ? numberOf(url.split('?')[0] ?? '') : turn++;
		return webhooks[index % webhooks.length] ?? main;
	};
	const pass = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
		const port = portFor(incoming.url ?? '/');
		router.served.set(port, (router.served.get(port) ?? 0) + 1);
		const { method, url: path, headers } = incoming;
		const passed = request({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
			outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.pipe(outgoing);
		});
		passed.on('error', () => (outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(502).end()));
		incoming.pipe(passed);
	};
	const server = createServer(pass).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The proxy has no port');
	const router: Router = {
		url: `http://127.0.0.1:${address.port}`,
		main: 0,
		webhooks: [],
		sharing: 'turns',
		served: new Map(),
		async close() {
			server.close();
			server.closeAllConnections();
			await once(server, 'close');
		},
	};
	return router;
}
