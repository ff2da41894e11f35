import { type ScriptedServer, startScriptedServer } from '../support/scriptedServer';

describe('scripted server', () => {
	let server: ScriptedServer;
	beforeEach(async () => {
		server = await startScriptedServer();
	});
	afterEach(async () => await server.close());

	it('records a request fully', async () => {
		await fetch(`${server.url}/a/b?x=1&x=2&y=%20`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'x-key': 'k' },
			body: '{"a":1}',
		});

		expect(server.requests).toMatchObject([
			{
				method: 'POST',
				path: '/a/b',
				query: [
					['x', '1'],
					['x', '2'],
					['y', ' '],
				],
				headers: { 'x-key': 'k' },
				json: { a: 1 },
				connection: 1,
			},
		]);
		expect(server.requests[0]?.body).toEqual(Buffer.from('{"a":1}'));
	});

	it('answers a list in order and repeats its last entry', async () => {
		server.script([{ status: 503 }, (request) => ({ status: 201, body: { method: request.method } })]);
		const statuses: number[] = [];
		for (let call = 0; call < 3; call += 1) statuses.push((await fetch(server.url)).status);

		expect(statuses).toEqual([503, 201, 201]);
	});

	it('drops connections', async () => {
		server.script({ drop: true });

		await expect(fetch(server.url)).rejects.toThrow();
		expect(server.requests).toHaveLength(1);
	});

	it('closes although an answer is outstanding', async () => {
		server.script(() => undefined);
		const call = fetch(server.url).catch(() => 'ended');
		while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
		await server.close();

		expect(await call).toBe('ended');
		server = await startScriptedServer();
	});
});
