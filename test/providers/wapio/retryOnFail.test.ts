import { type Bench, recipients, startBench } from './bench';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('Retry On Fail re-runs the whole node', () => {
	let bench: Bench;
	beforeEach(async () => {
		bench = await startBench();
	});
	afterEach(async () => {
		await bench.close();
	});

	const texts = () => bench.sandbox.control.messages().map(({ text }) => text);
	const keys = () =>
		bench.sandbox.control.requests({ path: '/api/send-message' }).map(({ headers }) => headers['idempotency-key']);
	const all = ['message 0', 'message 1', 'message 2', 'message 3'];
	const retrying = { items: recipients(4), retryOnFail: true, maxTries: 3 };

	it('each item has its own key, in the form of a UUID', async () => {
		await bench.run(bench.sendText, { items: recipients(3) });
		expect(new Set(keys()).size).toBe(3);
		for (const key of keys()) expect(key).toMatch(UUID);
	});

	it('another execution has other keys', async () => {
		await bench.run(bench.sendText, { items: recipients(1) });
		await bench.run(bench.sendText, { items: recipients(1) });
		expect(new Set(keys()).size).toBe(2);
		expect(texts()).toEqual(['message 0', 'message 0']);
	});

	it('what the first try sent is reused by the next, complete and in order', async () => {
		bench.sandbox.control.fault({ kind: 'status', status: 400, skip: 2 });
		const result = await bench.run(bench.sendText, retrying);

		expect(result.status).toBe('success');
		expect(texts()).toEqual(all);
		expect(result.outputs[0]?.map(({ json }) => json.jid)).toEqual(
			recipients(4).map(({ json }) => `${json.phone}@s.whatsapp.net`),
		);
	});

	it('what may have been sent is sent again under the same key, also by the next try, and accepted once', async () => {
		// The first try gives up on the third item after four requests.
		bench.sandbox.control.fault({ kind: 'dropAfter', skip: 2, times: 4 });
		const result = await bench.run(bench.sendText, retrying);

		expect(result.error).toBeUndefined();
		expect(texts()).toEqual(all);
		const third = keys().slice(2, -1);
		expect(third.length).toBe(5);
		expect(new Set(third).size).toBe(1);
	});

	it('a key of one’s own is sent as it is, and the same for two items makes them one message', async () => {
		const parameters = { ...bench.sendText, options: { idempotencyKey: 'order-4711' } };
		const result = await bench.run(parameters, { items: recipients(2) });

		expect(keys()).toEqual(['order-4711', 'order-4711']);
		expect(texts()).toEqual(['message 0']);
		expect(result.outputs[0]?.[0]?.json).toEqual(result.outputs[0]?.[1]?.json);
	});
});
