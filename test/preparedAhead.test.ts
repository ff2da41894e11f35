import { type Bench, recipients, startProviderBench } from './support/bench';
import { accountsOf } from './support/provider';
import { providers } from './support/providers';

const ITEMS = 4;

/* While a message waits for its answer, the next one is prepared; nobody may notice anything of it. */
describe.each(providers.flatMap(accountsOf))('while a message is under way: $name', ({ bench: provider }) => {
	let bench: Bench;
	beforeAll(async () => {
		bench = await startProviderBench(provider);
	});
	afterAll(async () => {
		await bench.close();
	});
	beforeEach(() => {
		bench.sandbox.control.reset();
		bench.sandbox.control.setRateLimit(provider.name, null);
		bench.sandbox.control.fault({ kind: 'latency', ms: 20, when: 'after', times: Infinity });
	});

	const options = { retries: 0 };
	const arrived = () => bench.sandbox.control.requests().length;
	const textsOf = (...numbers: number[]) => numbers.map((number) => `message ${number}`);
	const accepted = () => bench.sandbox.control.messages().map(({ text }) => text);

	it.each([0, 1, 2])('the refusal of message %i stops those after it', async (number) => {
		bench.sandbox.control.fault({ kind: 'status', status: 400, skip: number });
		const { error } = await bench.run({ ...bench.sendText, options }, { items: recipients(ITEMS) });
		const left = ITEMS - 1 - number;
		expect(error?.description).toContain(
			`${number} of ${ITEMS} items went through before this one; ${left} ${left === 1 ? 'was' : 'were'} not tried.`,
		);
		expect(arrived()).toBe(number + 1);
		expect(accepted()).toEqual(textsOf(0, 1, 2).slice(0, number));
	});

	it('a message whose outcome is unknown stops those after it', async () => {
		bench.sandbox.control.fault({ kind: 'dropAfter', skip: 1 });
		await bench.run({ ...bench.sendText, options }, { items: recipients(ITEMS) });
		expect(arrived()).toBe(2);
		expect(accepted()).toEqual(textsOf(0, 1));
	});

	it('those after a refusal go out in order and one at a time where the node goes on', async () => {
		bench.sandbox.control.fault({ kind: 'status', status: 400, skip: 1 });
		const result = await bench.run(
			{ ...bench.sendText, options },
			{ items: recipients(ITEMS), onError: 'continueRegularOutput' },
		);
		expect(accepted()).toEqual(textsOf(0, 2, 3));
		const failed = result.outputs[0]?.map(({ json }) => json.error !== undefined);
		expect(failed).toEqual([false, true, false, false]);
		const times = bench.sandbox.control.requests().map(({ at }) => at);
		const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
		for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(15);
	});

	it('Stop leaves the next one unsent', async () => {
		bench.sandbox.control.fault({ kind: 'latency', ms: 60_000, when: 'after', skip: 1 });
		const stop = new AbortController();
		const running = bench.run({ ...bench.sendText, options }, { items: recipients(ITEMS), signal: stop.signal });
		while (arrived() < 2) await new Promise((resolve) => setTimeout(resolve, 5));
		stop.abort();
		expect((await running).status).toBe('canceled');
		expect(arrived()).toBe(2);
	});
});
