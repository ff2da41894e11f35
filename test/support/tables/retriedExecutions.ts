import { type BenchProvider, recipients, useProviderBench } from '../bench';
import { chainOf, retryExecution, runThroughWaits, START, workflowOf } from '../executions';
import { pauseNode } from '../n8n/pauseNode';
import type { NodeOptions } from '../workflows';

/** Once only in whole executions: loops, waits, several nodes, "Retry execution". */
export function describeRetriedExecutions(provider: BenchProvider, keyed: boolean): void {
	describe('in whole executions', () => {
		const bench = useProviderBench(provider, { nodes: { [provider.name]: provider.node, pause: pauseNode } });

		const all = (count: number) => recipients(count).map(({ json }) => json.text);
		const texts = () => bench.sandbox.control.messages().map(({ text }) => text);
		const requests = () => bench.sandbox.control.requests().length;
		/** Requests that are refused, by their number from 0. */
		const refuse = (...numbers: number[]) => {
			// A fault does not count what an earlier one has hit.
			numbers.forEach((number, index) =>
				bench.sandbox.control.fault({ kind: 'status', status: 400, skip: number - index }),
			);
		};
		const sender = (options: Partial<NodeOptions> = {}) => ({
			type: provider.name,
			nodeName: 'Send',
			parameters: bench.sendText,
			retryOnFail: true,
			maxTries: 3,
			...options,
		});
		const loopOf = (...body: Array<NodeOptions & { nodeName: string }>) => {
			const names = ['Loop', ...body.map(({ nodeName }) => nodeName)];
			return workflowOf(
				bench.engine,
				[
					{ type: 'n8n-nodes-base.splitInBatches', nodeName: 'Loop', parameters: { batchSize: 2 } },
					...body,
					{ type: 'n8n-nodes-base.noOp', nodeName: 'Done' },
				],
				[
					[START, 'Loop'],
					['Loop', 'Done', 0],
					...names.map((name, index): [string, string, number] => [
						name,
						names[index + 1] ?? 'Loop',
						index === 0 ? 1 : 0,
					]),
				],
			);
		};

		it('a loop: each round takes over what was sent in that round, and no other', async () => {
			refuse(1, 3, 7);
			const result = await bench.engine.runWorkflow(loopOf(sender()), { items: recipients(6) });

			expect(result.error).toBeUndefined();
			expect(result.runs('Send')).toBe(3);
			expect(result.outputs('Done')[0]).toHaveLength(6);
			expect(texts()).toEqual(all(6));
			expect(requests()).toBe(9);
		});

		it('a loop whose rounds all send the same: each of them goes out', async () => {
			refuse(1, 3);
			const parameters = { ...bench.sendText, text: 'Good morning', phoneNumber: '6281200000000' };
			const result = await bench.engine.runWorkflow(loopOf(sender({ parameters })), { items: recipients(6) });

			expect(result.error).toBeUndefined();
			expect(texts()).toHaveLength(6);
		});

		it('a loop that waits in each round, saved and resumed', async () => {
			refuse(1, 3, 7);
			const file = loopOf({ type: 'pause', nodeName: 'Pause' }, sender());
			const result = await runThroughWaits(bench.engine, file, recipients(6));

			expect(result.error).toBeUndefined();
			expect(result.waits).toBe(3);
			expect(texts()).toEqual(all(6));
			expect(requests()).toBe(9);
		});

		it('several nodes after each other that send the same to the same: each once', async () => {
			const text = `={{ $('${START}').item.json.text }}`;
			const parameters = { ...bench.sendText, text, phoneNumber: `={{ $('${START}').item.json.phone }}` };
			const names = ['First', 'Second', 'Third'];
			const file = chainOf(
				bench.engine,
				names.map((nodeName) => ({ ...sender({ parameters }), nodeName })),
			);
			refuse(1, 4, 8);
			const result = await bench.engine.runWorkflow(file, { items: recipients(3) });

			expect(result.error).toBeUndefined();
			expect(texts()).toEqual([...all(3), ...all(3), ...all(3)]);
			expect(requests()).toBe(12);
		});

		describe('"Retry execution" of one that failed', () => {
			const done = { type: 'n8n-nodes-base.noOp', nodeName: 'Done' };

			it.each([true, false])('goes on with what was not sent (Retry On Fail: %s)', async (retryOnFail) => {
				refuse(...(retryOnFail ? [2, 3] : [2]));
				const file = chainOf(bench.engine, [sender({ retryOnFail, maxTries: 2 }), done]);
				const failed = await bench.engine.runWorkflow(file, { items: recipients(4) });
				expect(failed.status).toBe('error');
				expect(texts()).toEqual(all(2));

				const result = await retryExecution(bench.engine, file, failed);
				expect(result.error).toBeUndefined();
				expect(result.outputs('Done')[0]).toHaveLength(4);
				expect(texts()).toEqual(all(4));
			});

			it('the same when it fails once more, and with other settings of the options', async () => {
				refuse(1, 2);
				const file = chainOf(bench.engine, [sender({ retryOnFail: false }), done]);
				const first = await bench.engine.runWorkflow(file, { items: recipients(4) });
				const second = await retryExecution(bench.engine, file, first);
				expect(second.status).toBe('error');
				const node = file.nodes.find(({ name }) => name === 'Send');
				if (node)
					node.parameters = { ...node.parameters, options: { messagesAtOnce: 3, retries: 1, timeLimit: 90 } };
				const result = await retryExecution(bench.engine, file, second);

				expect(result.error).toBeUndefined();
				expect(texts().sort()).toEqual(all(4));
			});

			it('in a loop: earlier rounds are not touched', async () => {
				refuse(3);
				const file = loopOf(sender({ retryOnFail: false }));
				const failed = await bench.engine.runWorkflow(file, { items: recipients(6) });
				expect(failed.status).toBe('error');
				const result = await retryExecution(bench.engine, file, failed);

				expect(result.error).toBeUndefined();
				expect(result.outputs('Done')[0]).toHaveLength(6);
				expect(texts()).toEqual(all(6));
			});

			it('a corrected text goes out where nothing went out before, and the hint says so', async () => {
				refuse(1);
				const file = chainOf(bench.engine, [sender({ retryOnFail: false }), done]);
				const failed = await bench.engine.runWorkflow(file, { items: recipients(2) });
				const node = file.nodes.find(({ name }) => name === 'Send');
				if (node) node.parameters = { ...node.parameters, text: '={{ "Corrected " + $json.text }}' };
				const result = await retryExecution(bench.engine, file, failed);

				expect(texts()).toEqual(['message 0', 'Corrected message 1']);
				const hints = result.run.data.resultData.runData.Send?.at(-1)?.hints ?? [];
				expect(hints.map(({ message }) => message)).toContain(
					'1 message was already sent by the execution that this one retries. It was not sent again, even if you edited the workflow since. To send it again, run the workflow from the start.',
				);
			});

			it(
				keyed
					? 'what may have been sent is asked for under the same key, and is there once'
					: 'what may have been sent is sent: who retries by hand was told to look first',
				async () => {
					bench.sandbox.control.fault({ kind: 'dropAfter', skip: 1 });
					const parameters = { ...bench.sendText, options: { retries: 0 } };
					const file = chainOf(bench.engine, [sender({ retryOnFail: !keyed, parameters }), done]);
					const failed = await bench.engine.runWorkflow(file, { items: recipients(3) });
					expect(failed.error?.message).toMatch(/may have been sent$/);
					const result = await retryExecution(bench.engine, file, failed);

					expect(result.error).toBeUndefined();
					expect(texts()).toEqual(keyed ? all(3) : ['message 0', 'message 1', 'message 1', 'message 2']);
				},
			);
		});
	});
}
