import http from 'node:http';
import { startSandbox } from '../../sandbox';
import { sendText, useSandbox } from './client';

const sandbox = useSandbox();

/** A request with headers that fetch does not let through. */
function raw(
	path: string,
	headers: Record<string, string>,
): Promise<{ status: number; headers: http.IncomingHttpHeaders; body: string }> {
	return new Promise((resolve, reject) => {
		http.get(`${sandbox().url}${path}`, { headers, agent: false }, (answer) => {
			let body = '';
			answer.setEncoding('utf8').on('data', (part: string) => (body += part));
			answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
		}).on('error', reject);
	});
}

describe('the page', () => {
	it('comes with a policy that runs its own script only', async () => {
		const { status, headers, body } = await raw('/phone', {});
		expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
		const policy = String(headers['content-security-policy']);
		expect(policy).toContain("default-src 'none'");
		expect(policy).toContain("script-src 'self'");
		expect(policy).not.toMatch(/unsafe|\*|https?:/);
		expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' });
		expect(body).not.toMatch(/<script(?![^>]*\bsrc=)|\son\w+=|style="/);
		expect(body).not.toMatch(/https?:\/\//);
		for (const [, file = ''] of body.matchAll(/(?:src|href)="(\/phone\/[^"]+)"/g)) {
			expect([file, (await raw(file, {})).status]).toEqual([file, 200]);
		}
	});

	it.each(['/phone/../main.ts', '/phone/%2e%2e/page.ts', '/phone/nothing.js'])(
		'serves nothing else: %s',
		async (path) => {
			expect((await raw(path, {})).status).toBe(404);
		},
	);

	it.each(['/phone', '/phone/phone.js', '/control/accounts', '/control/stream'])(
		'%s answers under a name of this machine only, and to its own page only',
		async (path) => {
			const { host, port } = new URL(sandbox().url);
			expect((await raw(path, { Host: 'attacker.example' })).status).toBe(403);
			expect((await raw(path, { Host: `attacker.example:${port}` })).status).toBe(403);
			expect((await raw(path, { Host: `127.0.0.1.attacker.example:${port}` })).status).toBe(403);
			expect((await raw(path, { Origin: 'https://attacker.example' })).status).toBe(403);
			expect((await raw(path, { Origin: 'null' })).status).toBe(403);
			if (path === '/control/stream') return;
			expect((await raw(path, { Origin: `http://${host}` })).status).toBe(200);
			expect((await raw(path, { Host: `localhost:${port}` })).status).toBe(200);
		},
	);

	it('lets no file of a stranger run as a page', async () => {
		const bytes = Buffer.from('<script>alert(1)</script>');
		const { url } = sandbox().control.addMedia(bytes, 'text/html');
		const { headers } = await raw(new URL(url).pathname, {});
		expect(headers['content-security-policy']).toMatch(/default-src 'none'.*sandbox/);
		expect(headers['x-content-type-options']).toBe('nosniff');
	});
});

it('streams an event after each change, and ends with the sandbox', async () => {
	const own = await startSandbox();
	const answer = await fetch(`${own.url}/control/stream`);
	expect(answer.headers.get('content-type')).toMatch(/^text\/event-stream/);
	const reader = (answer.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader();
	const until = async (wanted: RegExp): Promise<string> => {
		for (let text = ''; ;) {
			const { value, done } = await reader.read();
			if (value !== undefined) text += value;
			if (wanted.test(text) || done) return text;
		}
	};
	expect(await until(/"version":1\}/)).toContain('event: changed');
	await sendText(own, 'Hello');
	expect(await until(/"version":\d+\}/)).toContain('event: changed');
	const rest = until(/never/).catch(() => 'ended');
	await own.close();
	expect(await rest).toBeDefined();
});
