import type { INodeParameters } from 'n8n-workflow';
import { wapio } from './providers/wapio/bench';
import { recipients, useProviderBench } from './support/bench';
import { chainOf, retryExecution } from './support/executions';
import { accountsOf } from './support/provider';
import { providers } from './support/providers';

const ITEMS = 4;

/* While a message waits for its answer, the next one is prepared; nobody may notice anything of it. */
describe.each(providers.flatMap(accountsOf))('while a message is under way: $name', ({ bench: provider }) => {
	const bench = useProviderBench(provider);
	beforeEach(() => {
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

describe('what earlier executions have left of a message', () => {
	const parts = ['one one one one.', 'two two two two.', 'three three three.'];
	const bench = useProviderBench(wapio);

	it('stays as it is while the message only waits for its turn', async () => {
		const { control } = bench.sandbox;
		const fileOf = (options: INodeParameters) =>
			chainOf(bench.engine, [
				{
					type: wapio.name,
					nodeName: 'Send',
					parameters: {
						...bench.sendText,
						text: parts.join('\n\n'),
						options: { longTexts: 'split', longestPart: 20, retries: 0, ...options },
					},
				},
			]);
		// The second message may have been sent in part when the first one is refused.
		control.fault({ kind: 'latency', ms: 1_000, when: 'before' });
		control.fault({ kind: 'status', status: 400 });
		control.fault({ kind: 'dropAfter' });
		const begin = fileOf({ messagesAtOnce: 2, pause: { seconds: { min: 0.2, max: 0.2 } } });
		const first = await bench.engine.runWorkflow(begin, { items: recipients(2) });
		expect(control.messages().map(({ text }) => text)).toEqual(parts.slice(0, 1));

		// The other account does not get past the first message; the second one is prepared meanwhile.
		control.fault({ kind: 'latency', ms: 100, when: 'before' });
		const other = { ...wapio.credentialFor(bench.sandbox.baseUrl(wapio.name)), token: 'of-another-account' };
		const credentials = { [wapio.credentialType]: other };
		const between = await retryExecution(bench.engine, fileOf({}), first, credentials);
		expect(between.error).toBeDefined();

		const last = await retryExecution(bench.engine, fileOf({}), between);
		expect(last.error).toBeUndefined();
		const { phone } = recipients(2)[1]?.json ?? {};
		const received = control.messages().filter(({ recipient }) => recipient.startsWith(String(phone)));
		expect(received.map(({ text }) => text)).toEqual([parts[0], parts[1], parts[2]]);
	});
});
