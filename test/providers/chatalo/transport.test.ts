import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { CONNECTIONS_PER_ORIGIN } from '../../../nodes/shared/http/undici/pool';
import { isN8nTransport, itOnUndici, transport } from '../../support/transport';
import { byId, type ChataloBench, credentialFor, recipients, startBench } from './bench';

const sleep = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

describe('connections', () => {
	let bench: ChataloBench;
	beforeEach(async () => {
		bench = await startBench();
	});
	afterEach(async () => {
		await bench.close();
	});

	it('1,000 sends in order, each once, over no more connections than the pool allows', async () => {
		const { control } = bench.sandbox;
		const items = recipients(1_000);
		const result = await bench.run(bench.sendText, { items });

		expect(result.status).toBe('success');
		expect(result.outputs[0]).toHaveLength(1_000);
		expect(control.messages().map(({ recipient }) => recipient)).toEqual(items.map(({ json }) => json.phone));
		if (!isN8nTransport) expect(control.connections().total).toBeLessThanOrEqual(CONNECTIONS_PER_ORIGIN);
	});

	it('reads run several at once, within the pool, and come back in order', async () => {
		const { control } = bench.sandbox;
		control.fault({ kind: 'latency', ms: 20, times: Infinity });
		const result = await bench.run(
			{
				resource: 'contact',
				operation: 'checkNumber',
				device: byId(bench.device),
				phoneNumber: '={{ $json.phone }}',
			},
			{ items: recipients(100) },
		);
		expect(result.outputs[0]?.map(({ json }) => json.phone)).toEqual(recipients(100).map(({ json }) => json.phone));
		expect(result.outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(
			recipients(100).map((_item, item) => ({ item })),
		);
		const { total, peak } = control.connections();
		expect(peak).toBeGreaterThan(1);
		expect(isN8nTransport ? peak : total).toBeLessThanOrEqual(CONNECTIONS_PER_ORIGIN);
	});

	it.each([true, false])(
		'loses no send to a server that closes idle connections after 5 s (announced: %s)',
		async (announce) => {
			const { control } = bench.sandbox;
			control.setIdleTimeout(5_000, { announce });
			const pauses = [4_900, 4_980, 5_000, 5_020, 5_100];
			await bench.run(bench.sendText, { items: recipients(1) });
			let sent = 1;
			for (const pause of pauses.slice(0, announce ? 2 : 4)) {
				await sleep(pause);
				const result = await bench.run(bench.sendText, { items: recipients(1) });
				expect(result.error).toBeUndefined();
				sent += 1;
			}
			expect(control.messages()).toHaveLength(sent);
			expect(control.requests()).toHaveLength(sent);
		},
	);
});

describe('a process that was busy', () => {
	// In a separate process: it closes its idle connections while this one is busy.
	const serverCode = `
		const server = require('node:http').createServer((request, response) => response.end('{}'));
		server.keepAliveTimeout = 3000;
		server.on('connection', (socket) => socket.on('error', () => {}));
		server.listen(0, '127.0.0.1', () => console.log(server.address().port));
	`;
	let server: ChildProcess;
	let url: URL;

	beforeEach(async () => {
		const child = spawn(process.execPath, ['-e', serverCode], { stdio: ['ignore', 'pipe', 'inherit'] });
		server = child;
		const [port] = (await once(child.stdout, 'data')) as [Buffer];
		url = new URL(`http://127.0.0.1:${port.toString().trim()}/`);
	});
	afterEach(async () => {
		server.kill();
		await once(server, 'exit');
	});

	it('does not write to a connection that has gone stale', async () => {
		const send = async () => {
			const request = { method: 'POST' as const, url, headers: {}, body: '{}', timeLimitMs: 5_000 };
			const { status, body } = await transport.send(request, {});
			await body.forEach(() => undefined);
			return status;
		};
		await send();
		await sleep(50);
		const busyUntil = Date.now() + 5_500;
		while (Date.now() < busyUntil);
		expect(await send()).toBe(200);
	});
});

describe("n8n's egress policy", () => {
	const policy = { enabled: true };

	it('refuses a private address before anything is sent, and says who can allow it', async () => {
		const bench = await startBench({ egress: policy });
		try {
			const result = await bench.run(bench.sendText, { items: recipients(1) });
			expect(result.error?.message).toMatch(/^This n8n does not allow requests to the address of Chatalo/);
			expect(result.error?.description).toMatch(/Nothing was sent.*administrator/);
			expect(bench.sandbox.control.requests()).toHaveLength(0);
			expect(bench.sandbox.control.connections().total).toBe(0);
		} finally {
			await bench.close();
		}
	});

	it('refuses a name that leads to a private address', async () => {
		const bench = await startBench({ egress: policy });
		try {
			const baseUrl = bench.sandbox.baseUrl('chatalo').replace('127.0.0.1', 'localhost');
			const result = await bench.run(
				{ resource: 'profile', operation: 'get' },
				{ credentials: { chataloApi: credentialFor(baseUrl) } },
			);
			expect(result.error?.message).toMatch(/^This n8n does not allow requests/);
			expect(bench.sandbox.control.connections().total).toBe(0);
		} finally {
			await bench.close();
		}
	});

	it('a host that is not found is said in our words, and that nothing was sent', async () => {
		const bench = await startBench({ egress: policy });
		try {
			const chataloApi = credentialFor('https://no-such-host.invalid/api');
			const result = await bench.run(
				{ ...bench.sendText, options: { retries: 0 } },
				{ items: recipients(1), credentials: { chataloApi } },
			);
			expect(result.error?.message).toMatch(/was not found/);
			expect(result.error?.description).toMatch(/Nothing was sent/);
		} finally {
			await bench.close();
		}
	});

	it('lets an allowed address through', async () => {
		const bench = await startBench({ egress: { enabled: true, allowedIpRanges: ['127.0.0.1/32'] } });
		try {
			const result = await bench.run(bench.sendText, { items: recipients(1) });
			expect(result.status).toBe('success');
		} finally {
			await bench.close();
		}
	});
});

describe('the proxy environment', () => {
	let bench: ChataloBench;
	let proxy: { server: Server; url: string; tunnels: string[] };
	const names = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'NO_PROXY', 'no_proxy'];
	const saved = new Map<string, string | undefined>();

	beforeEach(async () => {
		for (const name of names) {
			saved.set(name, process.env[name]);
			delete process.env[name];
		}
		bench = await startBench();
		proxy = await startProxy();
	});
	afterEach(async () => {
		for (const [name, value] of saved) {
			if (value === undefined) delete process.env[name];
			else process.env[name] = value;
		}
		await bench.close();
		proxy.server.closeAllConnections();
		await new Promise((resolve) => proxy.server.close(resolve));
	});

	// n8n's helper tunnels https only; the proxy of this test knows nothing but tunnels.
	itOnUndici('is used', async () => {
		process.env.HTTP_PROXY = proxy.url;
		const result = await bench.run(bench.sendText, { items: recipients(3) });
		expect(result.error).toBeUndefined();
		expect(new Set(proxy.tunnels)).toEqual(new Set([new URL(bench.sandbox.url).host]));
		expect(bench.sandbox.control.messages()).toHaveLength(3);
	});

	it('is passed by for the hosts in NO_PROXY', async () => {
		process.env.HTTP_PROXY = proxy.url;
		process.env.NO_PROXY = 'example.com,127.0.0.1';
		const result = await bench.run(bench.sendText, { items: recipients(1) });
		expect(result.error).toBeUndefined();
		expect(proxy.tunnels).toEqual([]);
	});

	itOnUndici('that refuses is named, and nothing was sent', async () => {
		process.env.HTTP_PROXY = proxy.url;
		proxy.server.removeAllListeners('connect');
		proxy.server.on('connect', (_request, socket) => {
			socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
		});
		const result = await bench.run(bench.sendText, { items: recipients(1) });
		expect(result.error?.message).toMatch(/^Could not connect to Chatalo \(the proxy refused the connection/);
		expect(bench.sandbox.control.requests()).toHaveLength(0);
	});

	async function startProxy() {
		const tunnels: string[] = [];
		const server = createServer();
		server.on('connect', (request, client) => {
			tunnels.push(request.url ?? '');
			const { hostname, port } = new URL(`http://${request.url}`);
			const target = connect(Number(port), hostname, () => {
				client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
				target.pipe(client).pipe(target);
			});
			target.on('error', () => client.destroy());
			client.on('error', () => target.destroy());
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as AddressInfo;
		return { server, tunnels, url: `http://127.0.0.1:${port}` };
	}
});
