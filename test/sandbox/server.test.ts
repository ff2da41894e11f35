import { spawn } from 'node:child_process';
import http from 'node:http';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ProviderName, providers, type Sandbox, startSandbox } from '../../sandbox';
import { anyNumber, anyString, call, controlCall, DEVICE, KEYS, matching, sendText, startReceiver } from './client';
import { SOON_MS } from '../support/soon';

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

/** One GET over a given agent; resolves with the answer's headers once the body is read. */
function get(agent: http.Agent): Promise<http.IncomingHttpHeaders> {
	return new Promise((resolve, reject) => {
		http.get(`${sandbox.baseUrl('chatalo')}/profile`, { agent, headers: KEYS }, (answer) => {
			answer.resume().on('end', () => resolve(answer.headers));
		}).on('error', reject);
	});
}

describe('connections', () => {
	it('are counted: total, open, peak, and which requests shared one', async () => {
		const agent = new http.Agent({ keepAlive: true, maxSockets: 2 });
		await Promise.all([get(agent), get(agent)]);
		await get(agent);
		expect(sandbox.control.connections()).toEqual({ total: 2, open: 2, peak: 2 });
		const used = sandbox.control.requests().map(({ connection }) => connection);
		expect(new Set(used)).toEqual(new Set([1, 2]));
		agent.destroy();
		await sleep(50);
		expect(sandbox.control.connections()).toEqual({ total: 2, open: 0, peak: 2 });
	});

	it('are closed when idle, announced or not', async () => {
		const agent = new http.Agent({ keepAlive: true });
		sandbox.control.setIdleTimeout(200, { announce: false });
		const quiet = await get(agent);
		expect([quiet.connection, quiet['keep-alive']]).toEqual(['keep-alive', undefined]);
		expect(sandbox.control.connections().open).toBe(1);
		await sleep(350);
		expect(sandbox.control.connections().open).toBe(0);
		sandbox.control.setIdleTimeout(3000);
		expect((await get(agent))['keep-alive']).toBe('timeout=3');
		sandbox.control.setIdleTimeout(100);
		await sleep(250);
		expect(sandbox.control.connections().open).toBe(0);
		agent.destroy();
	});
});

describe('close', () => {
	it('ends requests that hang, that wait, and deliveries under way', async () => {
		const silent = http.createServer(() => undefined).listen(0, '127.0.0.1');
		await new Promise((resolve) => silent.once('listening', resolve));
		const address = silent.address();
		sandbox.control.setWebhook(
			'chatalo',
			`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`,
		);
		sandbox.control.fault({ kind: 'hang', accepted: true });
		sandbox.control.fault({ kind: 'latency', ms: 60_000, skip: 1 });
		const sends = [sendText(sandbox), sendText(sandbox)].map((send) =>
			send.then(
				() => 'answered',
				() => 'failed',
			),
		);
		const delivery = sandbox.control.incoming('chatalo', 'text');
		await sleep(150);
		const startedAt = Date.now();
		await sandbox.close();
		expect(await Promise.all(sends)).toEqual(['failed', 'failed']);
		expect((await delivery).deliveries).toMatchObject([{ status: null, error: anyString }]);
		expect(Date.now() - startedAt).toBeLessThan(SOON_MS);
		silent.closeAllConnections();
		silent.close();
	});

	it('can be asked for twice', async () => {
		await sandbox.close();
		await sandbox.close();
		await expect(call(sandbox, 'GET', '/profile')).rejects.toThrow();
	});
});

it('resets state, faults, limits and logs', async () => {
	sandbox.control.setRateLimit('chatalo', { limit: 1, windowMs: 60_000 });
	sandbox.control.setDeviceStatus('chatalo', DEVICE, 'CONNECTED');
	sandbox.control.setWebhook('chatalo', 'https://example.com');
	await sendText(sandbox);
	sandbox.control.fault({ kind: 'hang', times: Infinity });
	sandbox.control.reset();
	expect([
		sandbox.control.messages(),
		sandbox.control.requests(),
		sandbox.control.faults(),
		sandbox.control.webhook('chatalo'),
	]).toEqual([[], [], [], null]);
	const answer = await sendText(sandbox);
	expect([answer.status, answer.headers.get('x-ratelimit-remaining')]).toEqual([200, '59']);
	expect(sandbox.control.messages()[0]?.sequence).toBe(1);
});

describe('control over HTTP', () => {
	it('lists its calls, the providers and what is in them', async () => {
		const index = await controlCall(sandbox, 'GET', '');
		expect(index.headers.get('content-type')).toMatch(/^text\/plain/);
		expect(index.text).toContain(`curl -X POST ${sandbox.url}/control/chatalo/incoming`);
		const listed = (await controlCall(sandbox, 'GET', '/providers')).json as Array<{ name: ProviderName }>;
		expect(listed.map(({ name }) => name)).toEqual(Object.keys(providers));
		for (const provider of listed) {
			const { name } = provider;
			expect(provider).toMatchObject({
				name,
				baseUrl: sandbox.baseUrl(name),
				devices: sandbox.control.devices(name),
			});
		}
		expect(
			Object.fromEntries(listed.map(({ name }) => [name, sandbox.control.devices(name).length])),
		).toMatchObject({
			chatalo: 3,
			whacenter: 3,
			balesOtomatis: 2,
			chategy: 2,
			wapio: 3,
		});
		expect(sandbox.control.devices('chatalo')[0]?.id).toBe(DEVICE);
		expect(sandbox.baseUrl('chategy')).toBe(`${sandbox.url}/chategy`);
	});

	it('has no example that does not work', async () => {
		const receiver = await startReceiver();
		sandbox.control.setWebhook('chatalo', receiver.url);
		const { text } = await controlCall(sandbox, 'GET', '');
		const examples = [...text.matchAll(/curl (?:-X (\w+) )?'?(http:[^\s']+)'?(?: -H '[^']*' -d '([^']*)')?/g)];
		expect(examples.length).toBeGreaterThan(18);
		for (const [, method = 'GET', url = '', body] of examples) {
			const target = url.replace('{id}', DEVICE);
			const { status } = await fetch(target, { method, body });
			expect([target, status]).toEqual([target, 200]);
		}
		await receiver.close();
	});

	it('shows messages and requests, with keys masked', async () => {
		await sendText(sandbox, 'Hello');
		await call(sandbox, 'GET', '/profile');
		expect((await controlCall(sandbox, 'GET', '/messages?provider=chatalo')).json).toMatchObject([
			{ text: 'Hello', sequence: 1 },
		]);
		const { json, text } = await controlCall(sandbox, 'GET', '/requests?path=/messages');
		expect(json).toMatchObject([
			{
				method: 'POST',
				path: '/messages',
				headers: { 'x-public-key': '***', 'x-secret-key': '***' },
				body: { message: 'Hello' },
				answered: 200,
			},
		]);
		expect(text).not.toContain(KEYS['X-Secret-Key']);
		expect(sandbox.control.requests({ path: /^\/messages$/ })[0]?.headers['x-secret-key']).toBe(
			KEYS['X-Secret-Key'],
		);
	});

	it('injects and removes faults', async () => {
		const { json } = await controlCall(sandbox, 'POST', '/faults', {
			kind: 'status',
			status: 503,
			pathRegex: '^/profile$',
			times: 'always',
			skip: 1,
		});
		const { id } = json as { id: number };
		const statuses = [
			await call(sandbox, 'GET', '/profile'),
			await call(sandbox, 'GET', '/profile'),
			await call(sandbox, 'GET', '/profile'),
		].map(({ status }) => status);
		expect(statuses).toEqual([200, 503, 503]);
		expect((await controlCall(sandbox, 'GET', '/faults')).json).toEqual([
			{ id, target: { path: '/^\\/profile$/' }, kind: 'status', hits: 2, left: null },
		]);
		expect((await controlCall(sandbox, 'DELETE', `/faults/${id}`)).status).toBe(200);
		expect((await controlCall(sandbox, 'DELETE', `/faults/${id}`)).json).toEqual({
			error: `There is no fault ${id}.`,
		});
		expect((await call(sandbox, 'GET', '/profile')).status).toBe(200);
	});

	it('plays events, sets webhooks, limits and devices, and resets', async () => {
		const receiver = await startReceiver();
		expect((await controlCall(sandbox, 'POST', '/chatalo/webhook', { url: receiver.url })).status).toBe(200);
		expect((await controlCall(sandbox, 'GET', '/chatalo/webhook')).json).toEqual({ url: receiver.url });
		expect(
			(
				await controlCall(sandbox, 'POST', '/chatalo/incoming', {
					event: 'text',
					times: 2,
					overrides: { message: 'Hi' },
				})
			).json,
		).toMatchObject({ registered: true, deliveries: [{ status: 200 }, { status: 200 }] });
		await controlCall(sandbox, 'POST', '/chatalo/deliver', { body: '{broken' });
		expect(receiver.received.map(({ body }) => body.includes('"Hi"') || body)).toEqual([true, true, '{broken']);
		await receiver.close();

		await controlCall(sandbox, 'POST', `/chatalo/devices/${DEVICE}/status`, { status: 'DISCONNECTED' });
		expect((await sendText(sandbox)).status).toBe(400);
		await controlCall(sandbox, 'POST', '/chatalo/rate-limit', 'null');
		expect((await sendText(sandbox)).headers.has('x-ratelimit-limit')).toBe(false);
		await controlCall(sandbox, 'POST', '/reset');
		expect((await sendText(sandbox)).status).toBe(200);
		expect((await controlCall(sandbox, 'GET', '/connections')).json).toMatchObject({ open: anyNumber });
	});

	it.each<[string, string, unknown, RegExp]>([
		['POST', '/faults', { kind: 'explode' }, /kind/],
		['POST', '/faults', { kind: 'latency' }, /ms/],
		['POST', '/faults', { kind: 'hang', tmies: 3 }, /tmies/],
		['POST', '/faults', { kind: 'hang', provider: 'nobody' }, /nobody/],
		['POST', '/faults', { kind: 'hang', pathRegex: '(' }, /pathRegex/],
		['POST', '/faults', '{', /not JSON/],
		['POST', '/faults', undefined, /expected object/],
		['POST', '/chaos', { seed: 1, share: 2, kinds: [{ kind: 'hang' }] }, /share/],
		['POST', '/chatalo/incoming', { event: 'earthquake' }, /has no event "earthquake"/],
		['POST', '/chatalo/incoming', {}, /event/],
		['POST', '/nobody/incoming', { event: 'text' }, /no provider "nobody"/],
		['POST', '/chatalo/webhook', { url: 'nonsense' }, /not a URL/],
		['POST', '/chatalo/rate-limit', { limit: -1, windowMs: 5 }, /limit/],
		['POST', '/chatalo/devices/x/status', { status: 'CONNECTED' }, /no device "x"/],
		['POST', '/idle-timeout', { ms: 0 }, /ms/],
		['GET', '/requests?colour=red', undefined, /colour/],
		['GET', '/messages?provider=nobody', undefined, /nobody/],
	])('refuses %s %s %j', async (method, target, body, message) => {
		const { status, json } = await controlCall(sandbox, method, target, body);
		expect([status, json]).toEqual([400, { error: matching(message) }]);
	});

	it('answers to no web page', async () => {
		const answer = await fetch(`${sandbox.url}/control/reset`, {
			method: 'POST',
			headers: { Origin: 'https://example.com' },
		});
		expect(answer.status).toBe(403);
	});

	it('says where to look when a call does not exist', async () => {
		const { status, text } = await controlCall(sandbox, 'GET', '/nothing');
		expect([status, text]).toEqual([404, matching(/GET \/control lists them/)]);
	});
});

it('starts by itself, says how to use it, and ends on SIGTERM', async () => {
	const root = path.resolve(__dirname, '../..');
	const child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/main.ts', '--port', '0'], {
		cwd: root,
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve([code, signal])));
	let output = '';
	for await (const part of child.stdout) {
		output += String(part);
		if (output.includes('Ctrl-C')) break;
	}
	const url = /^Sandbox: (\S+)$/m.exec(output)?.[1];
	expect(output).toContain(`Base URL: ${url}/chatalo/api/v1`);
	expect((await fetch(`${url}/control`)).status).toBe(200);
	child.kill('SIGTERM');
	expect(await ended).toEqual([0, null]);
});
