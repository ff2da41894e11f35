import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startWaitingHost, type WaitingExecution, type WaitingHost } from '../../support/n8n/waitingHost';
import type { WorkflowFile } from '../../support/workflows';
import { type Bench, keyedChategy, recipients, startBench } from './bench';

const DELIVERED = 2;
const IN_PROGRESS = 15;
const UNREGISTERED = 44;

const file = (name: string): WorkflowFile =>
	JSON.parse(readFileSync(path.join(__dirname, '../../../workflows', name), 'utf8')) as WorkflowFile;

describe('Chategy: wait for the final status', () => {
	let bench: Bench;
	let host: WaitingHost;

	beforeEach(async () => {
		bench = await startBench();
		host = await startWaitingHost(bench.engine);
	});
	afterEach(async () => {
		await host.close();
		await bench.close();
	});

	const workflow = (parameters: INodeParameters = {}, settings: IDataObject = {}): WorkflowFile => ({
		nodes: [
			{
				id: 'a',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'b-node-id',
				name: 'Send',
				type: 'chategy',
				typeVersion: 1,
				position: [200, 0],
				parameters: {
					...bench.sendText,
					phoneNumber: '995598464533',
					text: 'Your order is on its way',
					options: { waitForFinalStatus: true, waitLimit: 30 },
					...parameters,
				},
				...settings,
			},
		],
		connections: { Start: { main: [[{ node: 'Send', type: 'main', index: 0 }]] } },
	});
	const sent = () => bench.sandbox.control.messages();
	const callbackUrl = (): string => (sent()[0]?.raw as { callback_url?: string } | undefined)?.callback_url ?? '';
	const deliveryId = (): number => Number((sent()[0] as { id?: number } | undefined)?.id ?? 94_396_942);
	/** Posts what the provider posts. */
	const call = async (statusId: number, url = callbackUrl(), id = deliveryId()): Promise<number> => {
		const body = {
			delivery: {
				sender_name: 'CHATEGY.IO',
				id,
				status: { status_id: statusId, description: 'some text', dispatch_routing: 'whatsapp' },
			},
		};
		const headers = { 'content-type': 'application/json' };
		return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).status;
	};
	const outputOf = async (execution: WaitingExecution): Promise<IDataObject | undefined> => {
		const finished = await execution.finished;
		if (finished.error) throw finished.error;
		return finished.outputs('Send')[0]?.[0]?.json;
	};

	it('sends once, waits, and continues with the final status and its meaning', async () => {
		const execution = host.start(workflow());
		await execution.paused;
		expect(execution.status).toBe('waiting');
		expect(execution.waitTill?.getTime()).toBeGreaterThan(Date.now() + 29 * 60_000);
		expect(callbackUrl()).toMatch(new RegExp(`^${host.url}/webhook-waiting/\\d+/b-node-id\\?signature=\\w+$`));

		expect(await call(DELIVERED)).toBe(200);
		expect(await outputOf(execution)).toMatchObject({
			messageId: String(deliveryId()),
			phone: '995598464533',
			status: 'sent',
			providerStatus: 'some text',
			provider: 'chategy',
			final: true,
			delivered: true,
			channel: 'whatsapp',
		});
		expect(sent()).toHaveLength(1);
	});

	it('a status that is not final keeps it waiting, and a failed one is reported as failed', async () => {
		const execution = host.start(workflow());
		await execution.paused;
		expect(await call(IN_PROGRESS)).toBe(200);
		expect(await call(IN_PROGRESS)).toBe(200);
		expect(execution.status).toBe('waiting');

		expect(await call(UNREGISTERED)).toBe(200);
		expect(await outputOf(execution)).toMatchObject({
			// It is none of the four: the message will not arrive.
			status: null,
			providerStatus: 'some text',
			final: true,
			delivered: false,
		});
	});

	it("a callback about another delivery, or that is none, is not taken for this one's", async () => {
		const execution = host.start(workflow());
		await execution.paused;
		expect(await call(DELIVERED, callbackUrl(), 1)).toBe(200);
		const headers = { 'content-type': 'application/json' };
		expect((await fetch(callbackUrl(), { method: 'POST', headers, body: '{"hello":1}' })).status).toBe(200);
		expect(execution.status).toBe('waiting');
		await call(DELIVERED);
		const output = await outputOf(execution);
		// What the send was answered is kept; what would have gone on at the time limit is not.
		expect(output).toMatchObject({ total_sms: 1, dispatch_routing: ['sms'], delivered: true });
		expect(output).not.toHaveProperty('waitedMinutes');
		expect(output).not.toHaveProperty('timedOut');
	});

	it('nobody without the token, and no other path, ends the wait', async () => {
		const execution = host.start(workflow());
		await execution.paused;
		const [address = ''] = callbackUrl().split('?');
		expect(await call(DELIVERED, address)).toBe(401);
		expect(await call(DELIVERED, `${address}?signature=0123`)).toBe(401);
		expect(await call(DELIVERED, callbackUrl().replace('b-node-id', 'another'))).toBe(404);
		expect(execution.status).toBe('waiting');
		execution.timeOut();
		await execution.finished;
	});

	it('after the time limit it continues with the message as it was sent, and says so; nothing is sent again', async () => {
		const execution = host.start(workflow());
		await execution.paused;
		execution.timeOut();

		expect(await outputOf(execution)).toMatchObject({
			messageId: String(deliveryId()),
			status: 'accepted',
			providerStatus: 'Accepted',
			delivered: null,
			timedOut: true,
			waitedMinutes: 30,
		});
		expect(sent()).toHaveLength(1);
		expect(await call(DELIVERED)).toBe(409);
	});

	it("without Simplify it continues with all of the provider's fields", async () => {
		const execution = host.start(workflow({ simplify: false }));
		await execution.paused;
		await call(DELIVERED);
		const output = await outputOf(execution);
		expect(output).toMatchObject({
			messageId: String(deliveryId()),
			status: 'sent',
			delivered: true,
			id: deliveryId(),
			traffic_category: 0,
			status_id: 2,
			status_description: 'some text',
		});
	});

	it('a callback that comes before the execution waits is repeated by Chategy and then ends the wait', async () => {
		bench.sandbox.control.configure('chategy', { autoStatus: DELIVERED, autoStatusMs: 1, callbackIntervalMs: 300 });
		// The callback is due long before the answer to the send is there.
		bench.sandbox.control.fault({ provider: 'chategy', kind: 'latency', ms: 200, when: 'after' });
		const execution = host.start(workflow());

		expect(await outputOf(execution)).toMatchObject({ delivered: true });
		expect(sent()).toHaveLength(1);
	});

	it('of two callbacks at once one ends the wait, and the rest of the workflow runs once', async () => {
		const execution = host.start(workflow());
		await execution.paused;
		const answers = await Promise.all([call(DELIVERED), call(DELIVERED), call(DELIVERED)]);

		expect(answers.filter((status) => status === 200)).toHaveLength(1);
		expect(answers.filter((status) => status === 409)).toHaveLength(2);
		expect((await execution.finished).runs('Send')).toBe(1);
	});

	it('files wait in the same way', async () => {
		const binary = {
			data: await bench.engine.storeBinary(Buffer.from('%PDF-1.4'), {
				fileName: 'a.pdf',
				mimeType: 'application/pdf',
			}),
		};
		const result = await bench.run(
			{
				resource: 'delivery',
				operation: 'sendFile',
				sendTo: 'phone',
				phoneNumber: '995598464533',
				binaryPropertyName: 'data',
				options: { waitForFinalStatus: true },
			},
			{ items: [{ json: {}, binary }] },
		);
		expect(result.status).toBe('waiting');
	});

	it('with an idempotency key the callback address is part of what is signed, and Retry On Fail waits once', async () => {
		const keyed = await startBench(keyedChategy);
		const keyedHost = await startWaitingHost(keyed.engine);
		try {
			keyed.sandbox.control.fault({ provider: 'chategy', kind: 'dropAfter' });
			const execution = keyedHost.start(workflow({}, { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 }));
			await execution.paused;
			expect(execution.status).toBe('waiting');
			expect(keyed.sandbox.control.messages()).toHaveLength(1);
			execution.timeOut();
			expect(await outputOf(execution)).toMatchObject({ alreadyReceived: true, timedOut: true });
		} finally {
			await keyedHost.close();
			await keyed.close();
		}
	});

	describe('is refused before anything is sent', () => {
		it('for more than one item, with a way to do it', async () => {
			const result = await bench.run(
				{ ...bench.sendText, options: { waitForFinalStatus: true } },
				{ items: recipients(2) },
			);
			expect(result.error?.message).toMatch(
				/^Options → Wait for Final Status: .* got 2 items\. Put a Loop Over Items node with batch size 1/,
			);
			expect(bench.sandbox.control.requests()).toHaveLength(0);
		});

		it.each([
			[
				'another callback URL',
				{ callbackUrl: 'https://example.com/status' },
				/Wait for Final Status: .*Leave Callback URL empty/,
			],
			['a limit out of range', { waitLimit: 0 }, /enter at least one minute/],
		])('for %s', async (_what, more, message) => {
			const options: INodeParameters = { waitForFinalStatus: true, ...more };
			const result = await bench.run({ ...bench.sendText, options }, { items: recipients(1) });
			expect(result.error?.message).toMatch(message);
			expect(bench.sandbox.control.requests()).toHaveLength(0);
		});
	});

	it('the example workflow continues on the right branch', async () => {
		const example = file('chategy-order-status-cascade.json');
		const nodes = example.nodes.map((node) => ({
			...node,
			type: node.type.replace('n8n-nodes-whatsapp-gateways.', ''),
		}));
		const execution = host.start({ ...example, nodes });
		await execution.paused;
		expect((sent()[0]?.raw as IDataObject).dispatch_routing).toEqual(['whatsapp', 'tdlib', 'sms']);
		await call(UNREGISTERED);
		const finished = await execution.finished;
		expect(finished.lastNode).toBe('Call the Customer');
	});
});
