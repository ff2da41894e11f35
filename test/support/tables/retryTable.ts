import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { Gateway } from '../../../nodes/shared/operations/define/gateway';
import { type Bench, type BenchProvider, recipients, useProviderBench } from '../bench';
import type { NodeRun } from '../engine';
import { lackingFields } from '../sentMessage';
import { describeRetriedExecutions } from './retriedExecutions';

/** How one send operation is called. */
interface SendCase {
	/** The items are {@link recipients}, so numbers and texts can be taken from them by expressions. */
	parameters: INodeParameters;
	/** The items carry a file in the binary field `data`. */
	file?: { fileName: string; mimeType: string };
	/** What has to be there first; what it gives is laid over the parameters. */
	prepare?: (bench: Bench) => Promise<INodeParameters>;
	/** How many items it takes; 2 unless given. */
	items?: number;
	/** How many requests a message takes; 1 unless given. */
	requestsEach?: number;
	/** The provider takes no such message any more. */
	retired?: boolean;
}

/** What one provider's sends must do when n8n runs the node again. */
export interface RetryTable {
	/** As users know it. */
	displayName: string;
	provider: BenchProvider;
	gateway: Gateway;
	/** The provider recognizes a message that comes again, so that one may be repeated whose answer was lost. */
	keyed?: boolean;
	/** Every send of the gateway, by `<resource>.<operation>`. */
	sends: Record<string, SendCase>;
}

const all = ['message 0', 'message 1', 'message 2', 'message 3'];

/** The parameters with another text each time they are evaluated. */
function changing(parameters: INodeParameters): INodeParameters {
	const text = JSON.stringify('={{ $json.text }}');
	const another = JSON.stringify('={{ $json.text + " " + $now.toISO() + Math.random() }}');
	return JSON.parse(JSON.stringify(parameters).replaceAll(text, () => another)) as INodeParameters;
}

/** Retry On Fail and "Retry execution" as n8n does them: the node runs again, and no message goes out twice. */
export function describeRetryTable(table: RetryTable): void {
	const { displayName, provider, gateway, keyed = false, sends } = table;
	describe(`once only: ${displayName} when n8n runs the node again`, () => {
		const bench = useProviderBench(provider);

		const fault: Bench['sandbox']['control']['fault'] = (spec) => bench.sandbox.control.fault(spec);
		const texts = () => bench.sandbox.control.messages().map(({ text }) => text);
		const requests = () => bench.sandbox.control.requests().length;
		const send = async (options: Partial<NodeRun> = {}, parameters: INodeParameters = {}) =>
			await bench.run(
				{ ...bench.sendText, ...parameters },
				{ items: recipients(4), retryOnFail: true, maxTries: 3, ...options },
			);
		const pairedWith = (items: INodeExecutionData[] = []) => items.map(({ pairedItem }) => pairedItem);
		const inOrder = (count: number) => Array.from({ length: count }, (_none, item) => ({ item }));

		it('what went out in the first try is taken over by the next, complete and in order', async () => {
			fault({ kind: 'status', status: 400, skip: 2 });
			const result = await send();

			expect(result.status).toBe('success');
			expect(texts()).toEqual(all);
			expect(pairedWith(result.outputs[0])).toEqual(inOrder(4));
			expect(requests()).toBe(5);
		});

		it('what was taken over is returned like what was just sent', async () => {
			fault({ kind: 'status', status: 400, skip: 1 });
			const [first, second] = (await send({ items: recipients(2) })).outputs[0] ?? [];
			expect(Object.keys(first?.json ?? {})).toEqual(Object.keys(second?.json ?? {}));
		});

		if (keyed) {
			it('what may have been sent is requested again by the next try, and is there once', async () => {
				fault({ kind: 'dropAfter', skip: 2 });
				const result = await send({}, { options: { retries: 0 } });

				expect(result.error).toBeUndefined();
				expect(texts()).toEqual(all);
				expect(requests()).toBe(5);
			});
		} else {
			it('what may have been sent is not sent again by any try', async () => {
				fault({ kind: 'dropAfter', skip: 2 });
				const result = await send({ maxTries: 5 });

				expect(result.error?.message).toMatch(/may have been sent$/);
				expect(texts()).toEqual(all.slice(0, 3));
				expect(requests()).toBe(3);
			});

			it('nor where the node goes on and its first item is the lost one', async () => {
				fault({ kind: 'dropAfter' });
				const result = await send({ maxTries: 5, onError: 'continueRegularOutput' });

				expect(result.outputs[0]?.map(({ json }) => json.error !== undefined)).toEqual([
					true,
					false,
					false,
					false,
				]);
				expect(texts()).toEqual(all);
				expect(requests()).toBe(4);
			});
		}

		describe.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
			'with %s, the first item failing',
			(onError) => {
				it('once: the next try sends that item alone', async () => {
					fault({ kind: 'status', status: 400 });
					const result = await send({ onError });

					expect(result.outputs[0]?.every(({ json }) => json.error === undefined)).toBe(true);
					expect(pairedWith(result.outputs[0])).toEqual(inOrder(4));
					expect(texts().sort()).toEqual(all);
					expect(requests()).toBe(5);
				});

				it('in every try: the others are sent once', async () => {
					// The first item first, then alone: the others are not asked for any more.
					fault({ kind: 'status', status: 400 });
					fault({ kind: 'status', status: 400, skip: 3, times: 2 });
					const result = await send({ onError });

					expect(result.outputs.flat().filter(({ json }) => json.error !== undefined)).toHaveLength(1);
					expect(texts().sort()).toEqual(all.slice(1));
					expect(requests()).toBe(6);
				});
			},
		);

		it('several at once, several of them failing: each goes out once, the output in order', async () => {
			for (const skip of [1, 4, 9]) fault({ kind: 'status', status: 400, skip });
			const items = recipients(12);
			const result = await send({ items, maxTries: 5 }, { options: { messagesAtOnce: 4 } });

			expect(result.error).toBeUndefined();
			expect(texts().sort()).toEqual(items.map(({ json }) => json.text).sort());
			expect(pairedWith(result.outputs[0])).toEqual(inOrder(12));
		});

		it('two items that ask for the same message are two messages', async () => {
			fault({ kind: 'status', status: 400, skip: 2 });
			const items = [...recipients(1), ...recipients(1), ...recipients(1)];
			await send({ items });
			expect(texts()).toEqual(['message 0', 'message 0', 'message 0']);
		});

		it('a message whose text is another one by the next try is the same message', async () => {
			fault({ kind: 'status', status: 400, skip: 1 });
			const result = await send({ items: recipients(2) }, { text: '={{ $json.text + " " + Math.random() }}' });

			expect(result.error).toBeUndefined();
			expect(texts().map((text) => text?.split(' ')[1])).toEqual(['0', '1']);
		});

		it('Stop ends the tries: nothing more goes out', async () => {
			const stop = new AbortController();
			fault({ kind: 'hang', accepted: true, skip: 1 });
			const running = send({ signal: stop.signal });
			while (requests() < 2) await new Promise((resolve) => setTimeout(resolve, 10));
			stop.abort();

			expect((await running).status).toBe('canceled');
			await new Promise((resolve) => setTimeout(resolve, 100));
			expect(requests()).toBe(2);
		});

		it('nothing is kept once the node is done', async () => {
			fault({ kind: 'status', status: 400, skip: 2 });
			const result = await send();
			const contexts = Object.values(result.run.data.executionData?.contextData ?? {});
			expect(contexts.every((context) => Object.keys(context).length === 0)).toBe(true);
		});

		describe('every operation that sends', () => {
			const names = gateway.resources.flatMap(({ value: resource, operations }) =>
				operations.filter(({ effect }) => effect === 'send').map(({ value }) => `${resource}.${value}`),
			);

			it('is in the table', () => {
				expect(Object.keys(sends).sort()).toEqual(names.sort());
			});

			it.each(Object.entries(sends))(
				'%s: the last item failing first, each goes out once',
				async (name, each) => {
					const [resource = '', operation = ''] = name.split('.');
					const { file, prepare, items: count = 2, requestsEach = 1, retired = false } = each;
					const binary = file && { data: await bench.engine.storeBinary(Buffer.from('content'), file) };
					const prepared = (await prepare?.(bench)) ?? {};
					const parameters: INodeParameters = { resource, operation, ...each.parameters, ...prepared };
					const before = { messages: texts().length, requests: requests() };
					fault({ kind: 'status', status: 400, skip: retired ? 0 : (count - 1) * requestsEach });
					const items = recipients(count).map((item) => ({ ...item, binary }));
					const result = await bench.run(changing(parameters), { items, retryOnFail: true, maxTries: 3 });

					expect(result.error === undefined).toBe(!retired);
					expect(texts().length - before.messages).toBe(retired ? 0 : count);
					expect(requests() - before.requests).toBe(retired ? 3 : count * requestsEach + 1);
					const sent = retired ? [] : (result.outputs[0] ?? []).map(({ json }) => json);
					expect(sent.map((json) => lackingFields(json, provider.name))).toEqual(sent.map(() => []));
					expect(sent).toHaveLength(retired ? 0 : count);
					// The recipient is not lost: only an earlier message that is sent again names none.
					const isKnown = (json: IDataObject): boolean => (json.phone ?? json.groupId ?? null) !== null;
					if (parameters.messageId === undefined) expect(sent.every(isKnown)).toBe(true);
				},
			);
		});

		describeRetriedExecutions(provider, keyed);
	});
}
