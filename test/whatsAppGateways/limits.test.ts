/** A provider's limit: a short wait is waited for, a longer one is the next provider's turn. */
import type { INodeParameters } from 'n8n-workflow';
import { circuits } from '../../nodes/shared/http/timing/circuit';
import { recipients } from '../support/bench';
import { type RoutingBench, startRoutingBench, through } from './bench';

let bench: RoutingBench;
// A new one each time, since the process remembers the limits of an account.
beforeEach(async () => {
	bench = await startRoutingBench();
});
afterEach(async () => {
	jest.restoreAllMocks();
	await bench.close();
});

const limited = (seconds: string) =>
	({ kind: 'status', status: 429, headers: { 'retry-after': seconds }, provider: 'chatalo' }) as const;

const run = async (options: INodeParameters, count = 1) =>
	await bench.run({ ...through('chatalo', 'wapio'), options }, { items: recipients(count) });

const asked = (): number => bench.sandbox.control.requests({ provider: 'chatalo' }).length;

describe('Retry-After', () => {
	it('is waited for when it is within the time limit', async () => {
		bench.sandbox.control.fault(limited('1'));
		expect((await run({ timeLimit: 30 })).error).toBeUndefined();
		expect(asked()).toBe(2);
		expect(bench.accepted()).toEqual({ chatalo: 1 });
	});

	it('is no longer waited for when several waits exceed the time limit together', async () => {
		bench.sandbox.control.fault({ ...limited('2'), times: Infinity });
		const { outputs } = await run({ timeLimit: 3, retries: 10 });
		expect(asked()).toBe(2);
		expect(outputs[0]?.[0]?.json.attempts).toEqual([
			{ provider: 'chatalo', outcome: 'not sent', reason: 'limit' },
			{ provider: 'wapio', outcome: 'accepted' },
		]);
	});

	it('goes to the next provider at once when it is beyond the time limit', async () => {
		const skipped = jest.spyOn(circuits, 'open');
		bench.sandbox.control.fault({ ...limited('61'), times: Infinity });
		expect((await run({}, 2)).error).toBeUndefined();
		expect(asked()).toBe(1);
		expect(bench.accepted()).toEqual({ wapio: 2 });
		expect(skipped.mock.calls.map(([, ms, why]) => [ms, why])).toEqual([[61_000, 'limit']]);
	});

	it('is skipped no longer than the option says', async () => {
		const skipped = jest.spyOn(circuits, 'open');
		bench.sandbox.control.fault(limited('7200'));
		await run({ skipFailedFor: 2 });
		expect(skipped.mock.calls.map(([, ms]) => ms)).toEqual([120_000]);
	});

	it('ends the skipping when it is over', async () => {
		bench.sandbox.control.fault(limited('2'));
		await run({ timeLimit: 1 });
		await new Promise((resolve) => setTimeout(resolve, 2_100));
		await run({ timeLimit: 1 });
		expect(bench.accepted()).toEqual({ wapio: 1, chatalo: 1 });
	});

	it('is waited for beyond the time limit where no other provider is left', async () => {
		bench.sandbox.control.fault({ ...limited('2'), provider: 'wapio' });
		bench.sandbox.control.fault({ kind: 'status', status: 401, provider: 'chatalo' });
		expect((await run({ timeLimit: 1 })).error).toBeUndefined();
		expect(bench.accepted()).toEqual({ wapio: 1 });
	});

	it('is waited for beyond the time limit where the others just failed', async () => {
		bench.sandbox.control.fault({ kind: 'status', status: 401, provider: 'chatalo', times: Infinity });
		await run({ timeLimit: 1 });
		bench.sandbox.control.fault({ ...limited('2'), provider: 'wapio' });
		const { outputs } = await run({ timeLimit: 1 });
		expect(outputs[0]?.[0]?.json.attempts).toEqual([
			{ provider: 'chatalo', outcome: 'skipped', reason: 'credential' },
			{ provider: 'wapio', outcome: 'accepted' },
		]);
		expect(asked()).toBe(1);
	});

	it('is waited for where the message may have arrived, since the key settles it', async () => {
		bench.sandbox.control.fault({ kind: 'dropAfter', provider: 'wapio' });
		bench.sandbox.control.fault({ ...limited('2'), provider: 'wapio' });
		const parameters = { ...through('wapio', 'chatalo'), options: { timeLimit: 1 } };
		expect((await bench.run(parameters, { items: recipients(1) })).error).toBeUndefined();
		expect(bench.accepted()).toEqual({ wapio: 1 });
		expect(bench.sandbox.control.requests({ provider: 'chatalo' })).toEqual([]);
	});

	it('is waited for where a part of the text went out', async () => {
		bench.sandbox.control.fault({ ...limited('2'), skip: 1 });
		const split = { timeLimit: 1, longTexts: 'split', longestPart: 20 };
		const text = 'The first sentence. The second sentence.';
		const result = await bench.run(
			{ ...through('chatalo', 'wapio'), text, options: split },
			{ items: recipients(1) },
		);
		expect(result.error).toBeUndefined();
		expect(bench.accepted()).toEqual({ chatalo: 2 });
	});
});

describe('an announced limit that is used up', () => {
	it('is waited for when it ends within the time limit', async () => {
		const headers = { 'x-ratelimit-limit': '9', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '2' };
		const body = { msgId: 'wamid.example', jid: '6281200000000@s.whatsapp.net', status: 'queued' };
		bench.sandbox.control.fault({
			...{ kind: 'status', status: 202, accepted: true, headers, body },
			provider: 'wapio',
		});
		const parameters = { ...through('wapio', 'chatalo'), options: { timeLimit: 60 } };
		const { outputs } = await bench.run(parameters, { items: recipients(2) });
		expect(outputs[0]?.map(({ json }) => json.provider)).toEqual(['wapio', 'wapio']);
	});

	it('goes to the next provider, unasked, when it ends later', async () => {
		// Chatalo announces no end: its window is a minute.
		bench.sandbox.control.setRateLimit('chatalo', { limit: 1, windowMs: 60_000 });
		const { outputs } = await run({ timeLimit: 1 }, 3);
		expect(asked()).toBe(1);
		expect(outputs[0]?.map(({ json }) => json.provider)).toEqual(['chatalo', 'wapio', 'wapio']);
		expect(outputs[0]?.[2]?.json.attempts).toEqual([
			{ provider: 'chatalo', outcome: 'skipped', reason: 'limit' },
			{ provider: 'wapio', outcome: 'accepted' },
		]);
	});
});

it('skips a provider as usual where an expression gives nothing for how long', async () => {
	bench.sandbox.control.fault({ kind: 'status', status: 401, provider: 'chatalo', times: Infinity });
	const nothing = { retries: 0, skipFailedFor: '={{ "" }}' };
	await bench.run({ ...through('chatalo', 'wapio'), options: nothing }, { items: recipients(3) });
	expect(bench.sandbox.control.requests({ provider: 'chatalo' })).toHaveLength(1);
});
