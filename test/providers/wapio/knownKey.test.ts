/** What becomes of a message whose idempotency key Wapio knows from another request. */
import type { INodeParameters } from 'n8n-workflow';
import { chainOf, retryExecution } from '../../support/executions';
import { type Bench, recipients, startBench, wapio } from './bench';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => {
	await bench.close();
});

const one = recipients(1);
const parametersWith = (idempotencyKey: string, text: string): INodeParameters => ({
	...wapio.sendText,
	text,
	options: { idempotencyKey, retries: 0 },
});
const texts = (): unknown[] => bench.sandbox.control.messages().map(({ text }) => text);

beforeEach(async () => {
	bench.sandbox.control.reset();
	bench.sandbox.control.setRateLimit('wapio', null);
	expect((await bench.run(parametersWith('order-1', 'first'), { items: one })).error).toBeUndefined();
});

it('it may have been sent, and Retry On Fail does not ask again', async () => {
	const retried = { retryOnFail: true, maxTries: 3 };
	const { error } = await bench.run(parametersWith('order-1', 'second'), { items: one, ...retried });
	expect(error).toMatchObject({
		message: expect.stringMatching(/may have been sent$/) as string,
		description: expect.stringMatching(/Check the chat before resending\..*use a different key/s) as string,
	});
	expect(bench.sandbox.control.requests({ method: 'POST' })).toHaveLength(2);
	expect(texts()).toEqual(['first']);
});

it('"Retry execution" sends it with the key that it has by then', async () => {
	const send = { type: 'wapio', nodeName: 'Send', parameters: parametersWith('order-1', 'second') };
	const file = chainOf(bench.engine, [send]);
	const failed = await bench.engine.runWorkflow(file, { items: one });
	expect(failed.error).toBeDefined();
	const node = file.nodes.find(({ name }) => name === 'Send');
	if (node) node.parameters = parametersWith('order-2', 'second');
	const again = await retryExecution(bench.engine, file, failed);
	expect(again.error).toBeUndefined();
	expect(texts()).toEqual(['first', 'second']);
});
