import { recipients, startBench, type ChataloBench } from './bench';

describe('Retry On Fail re-runs the whole node', () => {
	let bench: ChataloBench;
	beforeEach(async () => {
		bench = await startBench();
	});
	afterEach(async () => {
		await bench.close();
	});

	const texts = () => bench.sandbox.control.messages().map(({ text }) => text);
	const all = ['message 0', 'message 1', 'message 2', 'message 3'];
	const retrying = { items: recipients(4), retryOnFail: true, maxTries: 3 };

	it('what went out in the first try is taken over by the next, complete and in order', async () => {
		bench.sandbox.control.fault({ kind: 'status', status: 400, skip: 2 });
		const result = await bench.run(bench.sendText, retrying);

		expect(result.status).toBe('success');
		expect(texts()).toEqual(all);
		expect(result.outputs[0]?.map(({ json }) => json.number)).toEqual(
			recipients(4).map(({ json }) => json.phone),
		);
		expect(bench.sandbox.control.requests()).toHaveLength(5);
	});

	it('what may have been sent is not sent again by any try', async () => {
		bench.sandbox.control.fault({ kind: 'dropAfter', skip: 2 });
		const result = await bench.run(bench.sendText, retrying);

		expect(result.error?.message).toMatch(/may have been sent$/);
		expect(texts()).toEqual(all.slice(0, 3));
		expect(bench.sandbox.control.requests()).toHaveLength(3);
	});

	it('the same with continue on fail, the first item failing: n8n re-runs a node that returned', async () => {
		bench.sandbox.control.fault({ kind: 'status', status: 400 });
		const result = await bench.run(bench.sendText, { ...retrying, onError: 'continueRegularOutput' });

		expect(result.outputs[0]?.every(({ json }) => json.is_sent === true)).toBe(true);
		expect(texts().sort()).toEqual(all);
		expect(bench.sandbox.control.requests()).toHaveLength(5);
	});

	it('two items that ask for the same message are two messages', async () => {
		const items = [...recipients(1), ...recipients(1)];
		await bench.run(bench.sendText, { ...retrying, items });
		expect(texts()).toEqual(['message 0', 'message 0']);
	});

	it('nothing is kept once the node is done', async () => {
		const result = await bench.run(bench.sendText, retrying);
		expect(JSON.stringify(result.run.data.executionData?.contextData)).not.toContain('sends');
	});
});
