import { type Bench, keyedChategy, recipients, startBench } from './bench';

let bench: Bench;
afterEach(async () => {
	await bench.close();
});

const texts = () => bench.sandbox.control.messages().map(({ text }) => text);
const all = ['message 0', 'message 1', 'message 2', 'message 3'];
const retrying = { items: recipients(4), retryOnFail: true, maxTries: 3 };

describe('Retry On Fail without an idempotency key', () => {
	beforeEach(async () => {
		bench = await startBench();
	});

	it('messages sent in the first try are kept by the next, complete and in order', async () => {
		bench.sandbox.control.fault({ kind: 'status', status: 422, skip: 2 });
		const result = await bench.run(bench.sendText, retrying);

		expect(result.status).toBe('success');
		expect(texts()).toEqual(all);
		expect(result.outputs[0]?.map(({ json }) => json.phone)).toEqual(recipients(4).map(({ json }) => json.phone));
		expect(bench.sandbox.control.requests()).toHaveLength(5);
	});

	it('what may have been sent is not sent again by any try', async () => {
		bench.sandbox.control.fault({ kind: 'dropAfter', skip: 2 });
		const result = await bench.run(bench.sendText, retrying);

		expect(result.error?.message).toMatch(/may have been sent$/);
		expect(texts()).toEqual(all.slice(0, 3));
		expect(bench.sandbox.control.requests()).toHaveLength(3);
	});

	it('a list that may have gone out is not sent again either', async () => {
		bench.sandbox.control.fault({ kind: 'dropAfter' });
		const result = await bench.run(
			{
				resource: 'delivery',
				operation: 'sendBulk',
				numbersFrom: 'items',
				phoneNumber: '={{ $json.phone }}',
				text: 'To all',
			},
			retrying,
		);
		expect(result.error?.message).toMatch(/may have been sent$/);
		expect(bench.sandbox.control.requests()).toHaveLength(1);
	});

	it('nothing is kept once the node is done', async () => {
		const result = await bench.run(bench.sendText, retrying);
		expect(JSON.stringify(result.run.data.executionData?.contextData)).not.toContain('sends');
	});
});

describe('Retry On Fail with an idempotency key', () => {
	beforeEach(async () => {
		bench = await startBench(keyedChategy);
	});

	const ids = () =>
		bench.sandbox.control.requests().map(({ body }) => (body as { external_id?: string }).external_id);

	it('a failed try is repeated with the same ID: the message is there once', async () => {
		// As often as one request is tried.
		bench.sandbox.control.fault({ kind: 'dropAfter', times: 4 });
		const result = await bench.run(bench.sendText, { items: recipients(1), retryOnFail: true, maxTries: 2 });

		expect(result.error).toBeUndefined();
		expect(result.outputs[0]?.[0]?.json).toEqual({
			messageId: null,
			phone: '6281200000000',
			status: 'accepted',
			providerStatus: 'Request with current params has already been received',
			provider: 'chategy',
			alreadyReceived: true,
			external_id: ids()[0],
		});
		expect(new Set(ids()).size).toBe(1);
		expect(bench.sandbox.control.requests()).toHaveLength(5);
		expect(texts()).toEqual(['message 0']);
	});

	it('the output has the ID that went out, whoever the expression gives the second time', async () => {
		bench.sandbox.control.fault({ kind: 'dropAfter', times: 4 });
		const phoneNumber = '={{ "62812000" + $now.toMillis().toString().slice(-5) }}';
		const parameters = { ...bench.sendText, phoneNumber };
		const result = await bench.run(parameters, { items: recipients(1), retryOnFail: true, maxTries: 2 });

		expect(result.error).toBeUndefined();
		expect(new Set(ids()).size).toBe(1);
		const output = result.outputs[0]?.[0]?.json;
		expect(output).toMatchObject({ phone: null, alreadyReceived: true, external_id: ids()[0] });
	});

	it('items have their own IDs, even for the same message, and another execution has others', async () => {
		const items = [...recipients(1), ...recipients(1)];
		for (let times = 0; times < 2; times++)
			expect((await bench.run(bench.sendText, { items })).error).toBeUndefined();
		expect(new Set(ids()).size).toBe(4);
		expect(texts()).toEqual(['message 0', 'message 0', 'message 0', 'message 0']);
	});
});
