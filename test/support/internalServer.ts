import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server inside the network, on every address of this machine, that counts who reaches it. */
export interface InternalServer {
	port: number;
	readonly hits: number;
	close: () => Promise<void>;
}

/** Starts one on a free port, over IPv6 and IPv4 where the machine has both. It gives a picture to everybody. */
export async function startInternalServer(): Promise<InternalServer> {
	let hits = 0;
	const server = createServer((_request, response) => {
		response.setHeader('content-type', 'image/png').end(Buffer.from('89504e470d0a1a0a', 'hex'));
	});
	server.on('connection', () => hits++);
	await new Promise<void>((resolve) => {
		server.once('error', () => server.listen(0, '0.0.0.0', resolve));
		server.listen(0, '::', resolve);
	});
	return {
		port: (server.address() as AddressInfo).port,
		get hits() {
			return hits;
		},
		close: async () => {
			const closed = new Promise((resolve) => server.close(resolve));
			server.closeAllConnections();
			await closed;
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
