import { setTimeout as sleep } from 'node:timers/promises';
import { type FaultAction, type Sandbox, startSandbox } from '../../sandbox';
import { call, DEVICE, KEYS, NUMBER, sendText } from './client';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => {
	sandbox.control.reset();
});
afterAll(() => sandbox.close());

const sent = (): number => sandbox.control.messages().length;
const lastAnswered = (): unknown => sandbox.control.requests().at(-1)?.answered;

function sendUntil(ms: number): Promise<Response> {
	return fetch(`${sandbox.baseUrl('chatalo')}/messages`, {
		method: 'POST',
		headers: { ...KEYS, 'Content-Type': 'application/json' },
		body: JSON.stringify({ device_id: DEVICE, type: 'text', number: NUMBER, message: 'Hi' }),
		signal: AbortSignal.timeout(ms),
	});
}

describe('rate limit', () => {
	it('is 60 in a minute, announced in every answer', async () => {
		for (let used = 1; used <= 60; used++) {
			const { status, headers } = await call(sandbox, 'GET', '/profile');
			expect([status, headers.get('x-ratelimit-limit'), headers.get('x-ratelimit-remaining')]).toEqual([
				200,
				'60',
				String(60 - used),
			]);
		}
		const over = await sendText(sandbox);
		expect(over.status).toBe(429);
		expect(over.json).toEqual({ data: [], meta: { code: 429, message: 'Too Many Attempts.' } });
		expect(over.headers.get('x-ratelimit-remaining')).toBe('0');
		const wait = Number(over.headers.get('retry-after'));
		expect(wait).toBeGreaterThan(50);
		expect(wait).toBeLessThanOrEqual(60);
		expect(sent()).toBe(0);
		expect(sandbox.control.requests({ path: '/messages' })).toMatchObject([
			{ body: { message: 'Hello' }, answered: 429 },
		]);
	});

	it('counts each key by itself, and starts anew when the window is over', async () => {
		sandbox.control.setRateLimit('chatalo', { limit: 1, windowMs: 300, retryAfter: false });
		expect((await sendText(sandbox)).status).toBe(200);
		const over = await sendText(sandbox);
		expect([over.status, over.headers.get('retry-after')]).toEqual([429, null]);
		expect((await call(sandbox, 'GET', '/profile', undefined, { 'X-Public-Key': 'other' })).status).toBe(403);
		await sleep(320);
		expect((await sendText(sandbox)).status).toBe(200);
		expect(sent()).toBe(2);
	});

	it('can be taken away, with its headers', async () => {
		sandbox.control.setRateLimit('chatalo', null);
		expect((await call(sandbox, 'GET', '/profile')).headers.has('x-ratelimit-limit')).toBe(false);
	});

	it('is announced on refusals too', async () => {
		expect((await call(sandbox, 'POST', '/messages', '{')).headers.get('x-ratelimit-remaining')).toBe('59');
		expect((await call(sandbox, 'GET', '/nowhere')).headers.get('x-ratelimit-remaining')).toBe('58');
	});
});

describe('faults with an answer', () => {
	it('status: any status, headers and body', async () => {
		sandbox.control.fault({ kind: 'status', status: 429, headers: { 'Retry-After': '7' } });
		const limited = await sendText(sandbox);
		expect([
			limited.status,
			limited.headers.get('retry-after'),
			limited.headers.get('x-ratelimit-remaining'),
		]).toEqual([429, '7', '0']);
		expect(limited.json).toEqual({ data: [], meta: { code: 429, message: 'Too Many Requests' } });

		sandbox.control.fault({ kind: 'status', status: 500, body: 'upstream died' });
		const failed = await sendText(sandbox);
		expect([failed.status, failed.text, failed.headers.get('content-type')]).toEqual([
			500,
			'upstream died',
			'text/plain; charset=utf-8',
		]);

		sandbox.control.fault({ kind: 'status', status: 403, body: { meta: { code: 403, message: 'Plan expired' } } });
		expect((await sendText(sandbox)).json).toEqual({ meta: { code: 403, message: 'Plan expired' } });
		expect(sent()).toBe(0);
	});

	it('status: a 502 although the message was accepted', async () => {
		sandbox.control.fault({ kind: 'status', status: 502, accepted: true });
		expect((await sendText(sandbox)).status).toBe(502);
		expect([sent(), lastAnswered()]).toEqual([1, 502]);
	});

	it.each([
		[false, 0],
		[true, 1],
	])('html (accepted: %s)', async (accepted, count) => {
		sandbox.control.fault({ kind: 'html', accepted });
		const answer = await sendText(sandbox);
		expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
		expect(answer.text).toMatch(/^<!DOCTYPE html>/);
		expect(sent()).toBe(count);
	});

	it('truncated: half the JSON in a complete answer, and the message is sent', async () => {
		const whole = (await sendText(sandbox)).text;
		sandbox.control.fault({ kind: 'truncated' });
		const half = await sendText(sandbox);
		expect([half.status, half.text, half.json]).toEqual([
			200,
			whole.slice(0, Math.floor(whole.length / 2)),
			undefined,
		]);
		expect(half.headers.get('content-length')).toBe(String(half.text.length));
		expect(sent()).toBe(2);
	});

	it('bodyError: HTTP 200 that says no', async () => {
		sandbox.control.fault({ kind: 'bodyError', code: 400, message: 'Quota exceeded' });
		const answer = await sendText(sandbox);
		expect([answer.status, answer.json]).toEqual([
			200,
			{ data: [], meta: { code: 400, message: 'Quota exceeded' } },
		]);
		expect(sent()).toBe(0);
	});
});

describe('faults without an answer', () => {
	const cases: [FaultAction, number, string][] = [
		[{ kind: 'dropBefore' }, 0, 'dropped'],
		[{ kind: 'dropBefore', reset: true }, 0, 'dropped'],
		[{ kind: 'dropAfter' }, 1, 'dropped'],
		[{ kind: 'dropAfter', reset: true }, 1, 'dropped'],
		[{ kind: 'dropDuring' }, 1, 'dropped'],
		[{ kind: 'hang' }, 0, 'hung'],
		[{ kind: 'hang', accepted: true }, 1, 'hung'],
	];
	it.each(cases)('%j', async (fault, count, answered) => {
		sandbox.control.fault(fault);
		await expect(sendUntil(400).then((answer) => answer.text())).rejects.toThrow();
		expect([sent(), lastAnswered(), sandbox.control.requests()[0]?.fault]).toEqual([count, answered, fault.kind]);
		await sleep(20);
		expect(lastAnswered()).toBe(answered);
		expect((await sendText(sandbox)).status).toBe(200);
	});

	it('cuts a download short', async () => {
		const { reference } = sandbox.control.addMedia({ size: 300_000 }, 'video/mp4');
		sandbox.control.fault({ kind: 'dropDuring', path: '/messages/download' });
		await expect(
			call(sandbox, 'POST', '/messages/download', { device_id: DEVICE, file_encoded: reference }),
		).rejects.toThrow();
		expect(lastAnswered()).toBe('dropped');
	});
});

describe('latency', () => {
	it('delays the answer; the message is accepted at once', async () => {
		sandbox.control.fault({ kind: 'latency', ms: 250 });
		const startedAt = Date.now();
		const answer = sendText(sandbox);
		await sleep(120);
		expect(sent()).toBe(1);
		expect((await answer).status).toBe(200);
		expect(Date.now() - startedAt).toBeGreaterThanOrEqual(245);
	});

	it('loses nothing when the client gives up on a late answer', async () => {
		sandbox.control.fault({ kind: 'latency', ms: 300 });
		await expect(sendUntil(100)).rejects.toThrow();
		await sleep(50);
		expect([sent(), lastAnswered()]).toEqual([1, 'abandoned']);
	});

	it('before: a client that gives up was never heard', async () => {
		sandbox.control.fault({ kind: 'latency', ms: 200, when: 'before' });
		await expect(sendUntil(80)).rejects.toThrow();
		await sleep(200);
		expect([sent(), lastAnswered()]).toEqual([0, 'abandoned']);
	});

	it('comes on top of another fault', async () => {
		sandbox.control.fault({ kind: 'status', status: 500 });
		sandbox.control.fault({ kind: 'latency', ms: 60 });
		const startedAt = Date.now();
		expect((await sendText(sandbox)).status).toBe(500);
		expect(Date.now() - startedAt).toBeGreaterThanOrEqual(55);
		expect(sandbox.control.requests()[0]?.fault).toBe('latency+status');
	});
});

describe('which requests are hit', () => {
	const statuses = async (times: number): Promise<number[]> => {
		const found: number[] = [];
		for (let index = 0; index < times; index++) found.push((await sendText(sandbox)).status);
		return found;
	};

	it('times and skip', async () => {
		const fault = sandbox.control.fault({ kind: 'status', status: 500, skip: 1, times: 2 });
		expect(await statuses(5)).toEqual([200, 500, 500, 200, 200]);
		expect(fault.hits()).toBe(2);
		expect(sandbox.control.faults()).toEqual([]);
	});

	it('for ever, until removed', async () => {
		const fault = sandbox.control.fault({ kind: 'status', status: 500, times: Infinity });
		expect(await statuses(3)).toEqual([500, 500, 500]);
		expect(sandbox.control.faults()).toEqual([{ id: fault.id, target: {}, kind: 'status', hits: 3, left: null }]);
		fault.remove();
		expect(await statuses(1)).toEqual([200]);
	});

	it('one after the other, in the order they were armed', async () => {
		sandbox.control.fault({ kind: 'status', status: 500 });
		sandbox.control.fault({ kind: 'status', status: 503 });
		expect(await statuses(3)).toEqual([500, 503, 200]);
	});

	it('provider, method, path as prefix and as pattern', async () => {
		sandbox.control.fault({
			kind: 'status',
			status: 500,
			provider: 'chatalo',
			method: 'post',
			path: /^\/messages$/g,
			times: Infinity,
		});
		const group = { device_id: DEVICE, type: 'text', group_id: '1', message: 'x' };
		expect((await call(sandbox, 'GET', '/profile')).status).toBe(200);
		expect((await call(sandbox, 'POST', '/messages/group', group)).status).toBe(400);
		expect(await statuses(2)).toEqual([500, 500]);
		sandbox.control.clearFaults();
		sandbox.control.fault({ kind: 'status', status: 500, path: '/messages' });
		expect((await call(sandbox, 'POST', '/messages/group', group)).status).toBe(500);
		expect(() => sandbox.control.fault({ kind: 'truncated', provider: 'nobody' })).toThrow(
			'has no provider "nobody"',
		);
		expect(() => sandbox.control.fault({ kind: 'truncated', times: 0 })).toThrow('times');
	});

	it('chaos: the same for the same seed', async () => {
		sandbox.control.setRateLimit('chatalo', null);
		const run = async (seed: number): Promise<number[]> => {
			sandbox.control.clearFaults();
			sandbox.control.chaos({
				seed,
				share: 0.5,
				path: '/messages',
				kinds: [
					{ kind: 'status', status: 500 },
					{ kind: 'status', status: 503, accepted: true },
				],
			});
			return await statuses(30);
		};
		const first = await run(7);
		expect(new Set(first)).toEqual(new Set([200, 500, 503]));
		expect(await run(7)).toEqual(first);
		expect(await run(8)).not.toEqual(first);
		expect(sent()).toBe(sandbox.control.requests().filter(({ answered }) => answered !== 500).length);
	});
});
