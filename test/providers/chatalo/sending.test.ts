import type { INodeParameters } from 'n8n-workflow';
import { type ChataloBench, recipients, startBench } from './bench';
import { SOON_MS } from '../../support/soon';

describe('how a run of messages is sent', () => {
	let bench: ChataloBench;
	beforeEach(async () => {
		bench = await startBench();
	});
	afterEach(async () => {
		await bench.close();
	});

	const sendWith = (options: INodeParameters): INodeParameters => ({ ...bench.sendText, options });
	const pauseOf = (min: number, max: number) => ({ pause: { seconds: { min, max } } });
	const sent = () => bench.sandbox.control.messages();
	const times = () => sent().map(({ acceptedAt }) => acceptedAt);
	const gaps = () =>
		times()
			.slice(1)
			.map((time, index) => time - (times()[index] ?? 0));

	it('one at a time and in order unless asked otherwise', async () => {
		bench.sandbox.control.fault({ kind: 'latency', ms: 30, when: 'after', times: Infinity });
		await bench.run(bench.sendText, { items: recipients(6) });

		expect(sent().map(({ text }) => text)).toEqual(recipients(6).map(({ json }) => json.text));
		for (const gap of gaps()) expect(gap).toBeGreaterThanOrEqual(29);
	});

	it('several at once when asked, the output still in item order', async () => {
		bench.sandbox.control.fault({ kind: 'latency', ms: 1_500, when: 'after', times: Infinity });
		const result = await bench.run(sendWith({ messagesAtOnce: 4 }), { items: recipients(8) });

		const [first = 0, , , fourth = 0, fifth = 0] = times();
		expect(fourth - first).toBeLessThan(1_499);
		expect(fifth - first).toBeGreaterThanOrEqual(1_499);
		expect(result.outputs[0]?.map(({ json }) => json.phone)).toEqual(recipients(8).map(({ json }) => json.phone));
		expect(result.outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(
			recipients(8).map((_item, item) => ({ item })),
		);
	});

	it.each([1, 3])('there is a pause between any two messages, with %i at once', async (messagesAtOnce) => {
		await bench.run(sendWith({ messagesAtOnce, ...pauseOf(0.2, 0.3) }), { items: recipients(4) });

		expect(gaps()).toHaveLength(3);
		// The server's clock counts arrivals, which may lag behind the start of the one before.
		for (const gap of gaps()) expect(gap).toBeGreaterThanOrEqual(150);
	});

	it('Stop during a pause ends the run at once, and nothing more is sent', async () => {
		const stop = new AbortController();
		const running = bench.run(sendWith(pauseOf(600, 600)), { items: recipients(3), signal: stop.signal });
		while (sent().length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
		const stopped = Date.now();
		stop.abort();
		const result = await running;

		expect(result.status).toBe('canceled');
		expect(Date.now() - stopped).toBeLessThan(SOON_MS);
		expect(sent()).toHaveLength(1);
	});

	it.each([
		[{ messagesAtOnce: 0 }, 'Options → Messages at Once: enter a whole number from 1 to 20'],
		[{ messagesAtOnce: 2.5 }, 'Options → Messages at Once: enter a whole number from 1 to 20'],
		[{ messagesAtOnce: 21 }, 'Options → Messages at Once: enter a whole number from 1 to 20'],
		[{ retries: 11 }, 'Options → Retries: enter a whole number from 0 to 10'],
		[pauseOf(-1, 5), 'Options → Pause Between Messages → Seconds → At Least (Seconds): enter 0 to 3600 seconds'],
		[
			pauseOf(9, 5),
			'Options → Pause Between Messages → Seconds → At Most (Seconds): enter at least as many seconds as the shortest pause',
		],
	])('%j is refused with its range before anything is sent', async (options, message) => {
		const result = await bench.run(sendWith(options), { items: recipients(2), onError: 'continueRegularOutput' });

		expect(result.error?.message).toBe(message);
		expect(bench.sandbox.control.requests()).toHaveLength(0);
	});

	it('Retries 0 gives up at once, and more of them go on longer than usual', async () => {
		const baseUrl = 'http://127.0.0.1:9/api/v1';
		const credentials = { chataloApi: { publicKey: 'public-key', secretKey: 'secret-key', baseUrl } };
		const result = await bench.run(sendWith({ retries: 0 }), { items: recipients(1), credentials });
		expect(result.error?.message).toMatch(/^Could not connect/);
		expect(result.error?.description).not.toMatch(/It was tried/);

		const twice = await bench.run(sendWith({ retries: 1 }), { items: recipients(1), credentials });
		expect(twice.error?.description).toMatch(/It was tried 2 times/);
	});

	it('reports the outcome of the messages at the end of a run that continued', async () => {
		const { control } = bench.sandbox;
		control.fault({ kind: 'status', status: 400, skip: 1 });
		control.fault({ kind: 'dropAfter', skip: 2 });
		const items = [...recipients(4), { json: { phone: 'nobody', text: 'x' } }];
		const result = await bench.run(bench.sendText, { items, onError: 'continueRegularOutput' });

		expect(result.hints.map(({ message }) => message)).toEqual([
			'Of 5 messages: 2 sent, 1 refused, 1 not sent, 1 unknown: these may have been sent, check the chats.',
		]);
		const outcomes = result.outputs[0]?.map(
			({ json }) => (json.details as { outcome?: string } | undefined)?.outcome,
		);
		expect(outcomes).toEqual([undefined, 'refused', undefined, 'unknown', 'not sent']);
	});

	it('says so when a long run went through, and nothing when a short one did', async () => {
		const long = await bench.run(bench.sendText, { items: recipients(10) });
		expect(long.hints.map(({ message }) => message)).toEqual(['All 10 messages were sent.']);
		const short = await bench.run(bench.sendText, { items: recipients(2) });
		expect(short.hints).toEqual([]);
	});
});
