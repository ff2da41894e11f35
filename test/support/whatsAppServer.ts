import { DnsResolver } from '@n8n/backend-network';
import { Container } from '@n8n/di';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import tls from 'node:tls';
import type { Engine } from './engine';
import { makeCertificate } from './certificate';

/** What the server for files says to a request. */
type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** WhatsApp's servers for files, as this process reaches them: by their name, encrypted, with a certificate. */
export interface WhatsAppServer {
	/** Host and path of each request that arrived. */
	requests: Array<{ host: string; path: string; headers: IncomingMessage['headers'] }>;
	/** Where the way out was asked to lead. */
	tunnels: string[];
	script: (handler: Handler) => void;
	close: () => Promise<void>;
}

/** A public address of WhatsApp's. */
const PUBLIC_ADDRESS = '157.240.0.60';

/**
 * Starts servers in the place of `*.whatsapp.net`. No code of the package knows of it: the test's own surroundings lead the
 * way there, as those of an administrator may. The name is resolved to a public address, HTTPS_PROXY names a proxy that this
 * n8n allows, and a certificate made here is trusted.
 */
export async function startWhatsAppServer(engine: Engine): Promise<WhatsAppServer> {
	const { cert, key } = makeCertificate(['mmg.whatsapp.net', '*.whatsapp.net']);
	const requests: WhatsAppServer['requests'] = [];
	const tunnels: string[] = [];
	let handler: Handler = (_request, response) => response.writeHead(404).end();
	const files = createSecureServer({ cert, key }, (request, response) => {
		const { headers, url: path = '' } = request;
		requests.push({ host: headers.host ?? '', path, headers });
		handler(request, response);
	});
	await listening(files);
	const open = new Set<Socket>();
	const proxy = createServer();
	proxy.on('connection', (socket) => open.add(socket));
	proxy.on('connect', (request: IncomingMessage, client: Socket) => {
		tunnels.push(request.url ?? '');
		const upstream = connect(portOf(files), '127.0.0.1', () => {
			client.write('HTTP/1.1 200 Connection established\r\n\r\n');
			upstream.pipe(client).pipe(upstream);
		});
		for (const [one, other] of [
			[client, upstream],
			[upstream, client],
		] as const) {
			one.on('error', () => undefined).on('close', () => other.destroy());
		}
	});
	await listening(proxy);

	const resolver = Container.get(DnsResolver);
	const lookup = resolver.lookup.bind(resolver);
	const spies = [
		jest
			.spyOn(resolver, 'lookup')
			.mockImplementation(async (name, options) =>
				name.endsWith('whatsapp.net') ? [{ address: PUBLIC_ADDRESS, family: 4 }] : await lookup(name, options),
			),
	];
	const realConnect = tls.connect.bind(tls) as (options: tls.ConnectionOptions) => tls.TLSSocket;
	const trusting = jest
		.spyOn(tls, 'connect')
		.mockImplementation(((options: tls.ConnectionOptions) => realConnect({ ...options, ca: cert })) as never);
	const before = process.env.HTTPS_PROXY;
	process.env.HTTPS_PROXY = `http://127.0.0.1:${portOf(proxy)}`;
	engine.setSsrfPolicy({ enabled: false, allowedIpRanges: ['127.0.0.1/32'] });

	return {
		requests,
		tunnels,
		script: (given) => {
			handler = given;
		},
		close: async () => {
			if (before === undefined) delete process.env.HTTPS_PROXY;
			else process.env.HTTPS_PROXY = before;
			trusting.mockRestore();
			for (const spy of spies) spy.mockRestore();
			engine.setSsrfPolicy({ enabled: false });
			for (const socket of open) socket.destroy();
			files.closeAllConnections();
			await Promise.all([files, proxy].map(async (server) => await new Promise((done) => server.close(done))));
		},
	};
}

async function listening(server: Server): Promise<void> {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
}

function portOf(server: Server): number {
	return (server.address() as AddressInfo).port;
}
