/* WhatsApp's servers for files, as n8n reaches them from a closed network: through a proxy, with a certificate it trusts. */
import { createServer, request as httpRequest } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeCertificate } from '../../support/certificate';

export interface WhatsAppServers {
	/** What n8n has to be started with. */
	env: NodeJS.ProcessEnv;
	/** Hosts that were asked for. */
	hosts: string[];
	close: () => Promise<void>;
}

/**
 * Starts them: whatever is asked of them is answered by the sandbox, which keeps the encrypted files.
 *
 * @param sandboxUrl when a request comes
 * @param folder for the certificate
 */
export async function startWhatsAppServers(sandboxUrl: () => string, folder: string): Promise<WhatsAppServers> {
	const { cert, key } = makeCertificate(['mmg.whatsapp.net', '*.whatsapp.net']);
	const certificate = path.join(folder, 'whatsapp.pem');
	writeFileSync(certificate, cert);
	const hosts: string[] = [];
	const files = createSecureServer({ cert, key }, ({ url = '', headers }, response) => {
		const upstream = httpRequest(new URL(url, sandboxUrl()), { headers }, (answer) => {
			response.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.pipe(response);
		});
		upstream.on('error', () => response.destroy());
		upstream.end();
	});
	const proxy = createServer();
	const open = new Set<Socket>();
	proxy.on('connection', (socket) => open.add(socket));
	proxy.on('connect', ({ url = '' }, client: Socket) => {
		hosts.push(url);
		const upstream = connect(portOf(files), '127.0.0.1', () => {
			client.write('HTTP/1.1 200 Connection established\r\n\r\n');
			upstream.pipe(client).pipe(upstream);
		});
		upstream.on('error', () => client.destroy());
		client.on('error', () => upstream.destroy());
	});
	for (const server of [files, proxy]) {
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	}
	return {
		env: {
			HTTPS_PROXY: `http://127.0.0.1:${portOf(proxy)}`,
			NODE_EXTRA_CA_CERTS: certificate,
			NODE_OPTIONS: `--require ${path.join(__dirname, 'whatsAppNames.cjs')}`,
			// n8n's protection would refuse a proxy on this machine.
			N8N_SSRF_ALLOWED_IP_RANGES: '127.0.0.1/32',
		},
		hosts,
		close: async () => {
			for (const socket of open) socket.destroy();
			files.closeAllConnections();
			await Promise.all([files, proxy].map(async (server) => await new Promise((done) => server.close(done))));
		},
	};
}

function portOf(server: Server): number {
	return (server.address() as AddressInfo).port;
}
