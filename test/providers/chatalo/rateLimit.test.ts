import { type ChataloBench, recipients, startBench } from './bench';

const LIMIT = 20;

/** Chatalo's limit is for a minute, which no test waits for: what waits for the next window is stopped. */
describe('the announced limit of an account', () => {
	const benches: ChataloBench[] = [];
	const started = async (): Promise<ChataloBench> => {
		const bench = await startBench();
		bench.sandbox.control.setRateLimit('chatalo', { limit: LIMIT, windowMs: 60_000 });
		benches.push(bench);
		return bench;
	};
	afterEach(async () => {
		for (const bench of benches.splice(0)) await bench.close();
	});

	const answers = (bench: ChataloBench) => bench.sandbox.control.requests().map(({ answered }) => answered);
	const until = async (isSo: () => boolean) => {
		while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10));
	};
	/** Long enough for a request that should not be sent to be seen. */
	const aWhile = async () => await new Promise((resolve) => setTimeout(resolve, 500));

	it.each([1, 4])(
		'is shared by two workflows that run at the same time, %i at once: neither is refused',
		async (messagesAtOnce) => {
			const bench = await started();
			const stop = new AbortController();
			const parameters = { ...bench.sendText, options: { messagesAtOnce } };
			const run = async () => await bench.run(parameters, { items: recipients(15), signal: stop.signal });
			const runs = [run(), run()];
			await until(() => answers(bench).length >= LIMIT);
			await aWhile();
			stop.abort();

			expect((await Promise.all(runs)).map(({ status }) => status)).toEqual(['canceled', 'canceled']);
			expect(answers(bench)).toEqual(Array.from({ length: LIMIT }, () => 200));
			expect(bench.sandbox.control.messages()).toHaveLength(LIMIT);
		},
	);

	it('is known to the next workflow before its first request', async () => {
		const bench = await started();
		const first = await bench.run(bench.sendText, { items: recipients(LIMIT) });
		expect(first.status).toBe('success');
		const stop = new AbortController();
		const second = bench.run(bench.sendText, { items: recipients(1), signal: stop.signal });
		await aWhile();
		stop.abort();

		expect((await second).status).toBe('canceled');
		expect(answers(bench)).toHaveLength(LIMIT);
	});

	it('holds for that account only: another account keeps sending', async () => {
		const [one, other] = [await started(), await started()];
		const stop = new AbortController();
		const waiting = one.run(one.sendText, { items: recipients(LIMIT + 1), signal: stop.signal });
		await until(() => answers(one).length >= LIMIT);
		const start = Date.now();
		const result = await other.run(other.sendText, { items: recipients(LIMIT) });

		expect(result.status).toBe('success');
		expect(other.sandbox.control.messages()).toHaveLength(LIMIT);
		expect(Date.now() - start).toBeLessThan(10_000);
		stop.abort();
		expect((await waiting).status).toBe('canceled');
		expect(answers(one)).toHaveLength(LIMIT);
	});

	it('a refusal with Retry-After holds back the other workflow, too', async () => {
		const bench = await started();
		bench.sandbox.control.setRateLimit('chatalo', null);
		bench.sandbox.control.fault({ kind: 'status', status: 429, headers: { 'retry-after': '2' } });
		const first = bench.run(bench.sendText, { items: recipients(1) });
		await until(() => answers(bench)[0] === 429);
		await new Promise((resolve) => setTimeout(resolve, 100));
		const second = bench.run(bench.sendText, { items: recipients(1) });
		const results = await Promise.all([first, second]);

		expect(results.map(({ status }) => status)).toEqual(['success', 'success']);
		const [refused, ...sent] = bench.sandbox.control.requests().map(({ at }) => at);
		expect(sent).toHaveLength(2);
		for (const at of sent) expect(at - (refused ?? 0)).toBeGreaterThanOrEqual(1_900);
	});
});
