import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

it('keeps no connection, so that none is found closed', async () => {
	const sockets = new Set<Socket>();
	const server = createServer(({ socket }, response) => {
		sockets.add(socket);
		response.end('ok');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
	try {
		for (const input of [url, new URL(url), new Request(url, { headers: { 'X-Part': '1' } })]) {
			expect(await (await fetch(input, { headers: { Accept: '*/*' } })).text()).toBe('ok');
		}
		expect(sockets.size).toBe(3);
	} finally {
		server.close();
	}
});
