import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server inside the network, on every address of this machine, that counts who reaches it. */
export interface InternalServer {
	port: number;
	readonly hits: number;
	close: () => Promise<void>;
}

/** Starts one on a free port of this machine, over IPv4, and IPv6 where the machine has it. It gives a picture to everybody. */
export async function startInternalServer(): Promise<InternalServer> {
	let hits = 0;
	const start = async (host: string, wanted: number): Promise<Server> => {
		const server = createServer((_request, response) => {
			response.setHeader('content-type', 'image/png').end(Buffer.from('89504e470d0a1a0a', 'hex'));
		});
		server.on('connection', () => hits++);
		return await new Promise<Server>((resolve, reject) => {
			server.once('error', reject);
			server.listen(wanted, host, () => resolve(server));
		});
	};
	const first = await start('127.0.0.1', 0);
	const { port } = first.address() as AddressInfo;
	const second = await start('::1', port).catch(() => undefined);
	const servers = [first, ...(second ? [second] : [])];
	return {
		port,
		get hits() {
			return hits;
		},
		close: async () => {
			const closed = servers.map(async (server) => await new Promise((resolve) => server.close(resolve)));
			for (const server of servers) server.closeAllConnections();
			await Promise.all(closed);
		},
	};
}

/** Every way to write an address that leads inside: this machine, its network, what a cloud tells its machines. */
export function internalAddresses(port: number): string[] {
	return [
		// This machine.
		...['[::]', '[::1]', '0.0.0.0', '127.0.0.1', '127.1', '127.255.255.254', '0', 'localhost', 'LOCALHOST'],
		...['2130706433', '0x7f000001', '0x7f.0.0.1', '0177.0.0.1', '017700000001', '127.0.0.1.', '１２７.0.0.1'],
		// IPv4 within IPv6: mapped, compatible, translated, NAT64, 6to4, Teredo.
		...[
			'[::ffff:127.0.0.1]',
			'[::ffff:7f00:1]',
			'[0:0:0:0:0:ffff:127.0.0.1]',
			'[::127.0.0.1]',
			'[::ffff:0:7f00:1]',
		],
		...['[64:ff9b::7f00:1]', '[64:ff9b::127.0.0.1]', '[64:ff9b:1::7f00:1]', '[2002:7f00:1::]', '[2001:0:7f00:1::]'],
		...['[::ffff:0.0.0.0]', '[::ffff:10.0.0.1]', '[64:ff9b::a9fe:a9fe]'],
		// Private networks, carriers, links, the cloud's own service.
		...['10.0.0.1', '172.16.0.1', '172.31.255.254', '192.168.0.1', '100.64.0.1', '100.127.255.254'],
		...['169.254.169.254', '[fe80::1]', '[fc00::1]', '[fd00:ec2::254]', '[fec0::1]'],
		// What no single machine has.
		...['224.0.0.1', '240.0.0.1', '255.255.255.255', '[ff02::1]', '[2001:db8::1]', '[100::1]'],
	].map((host) => `http://${host}:${port}/photo.png`);
}
