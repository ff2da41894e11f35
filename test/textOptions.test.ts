/** Text Format and Long Texts: the same for every provider. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { type Bench, recipients, startProviderBench } from './support/bench';
import { chainOf, retryExecution, runThroughWaits } from './support/executions';
import { accountsOf } from './support/provider';
import { providers } from './support/providers';
import type { NodeResult } from './support/results';

const PARTS = ['*one* one one one.', 'two two two two.', 'three three three.'];
const TEXT = PARTS.join('\n\n');
const SPLIT = { longTexts: 'split', longestPart: 20 };

const REFUSED = { kind: 'status', status: 400 } as const;
const LOST = { kind: 'dropAfter' } as const;

describe.each(providers.flatMap(accountsOf))('$name', ({ provider, bench: source, isKeyed }) => {
	let bench: Bench;
	beforeAll(async () => {
		bench = await startProviderBench(source);
	});
	beforeEach(() => bench.sandbox.control.reset());
	beforeEach(() => bench.sandbox.control.setRateLimit(source.name, null));
	afterAll(async () => await bench.close());

	const texts = (): string[] =>
		// A multipart body writes line ends as the web's forms do.
		bench.sandbox.control.messages().map(({ text }) => (text ?? '').replaceAll('\r\n', '\n'));
	const parameters = (text: string, options: INodeParameters = {}): INodeParameters => ({
		...bench.sendText,
		text,
		options: { ...(bench.sendText.options as INodeParameters | undefined), ...options },
	});
	const send = async (text: string, options: INodeParameters, more = {}): Promise<NodeResult> =>
		await bench.run(parameters(text, options), { items: recipients(1), ...more });
	const chain = (text: string, options: INodeParameters) =>
		chainOf(bench.engine, [
			{ type: source.name, nodeName: 'Send', parameters: parameters(text, options) },
			{ type: 'n8n-nodes-base.noOp', nodeName: 'Done' },
		]);

	it("turns Markdown into WhatsApp's format, only if it is told to", async () => {
		await send('**bold**', {});
		await send('**bold**', { textFormat: 'markdown' });
		expect(texts()).toEqual(['**bold**', '*bold*']);
	});

	it('refuses a text that is too long, and sends nothing', async () => {
		const { error } = await send('a'.repeat(65_537), { retries: 0 });
		expect(error?.message).toMatch(
			/^Text: the text has 65537 characters; \w+ accepts at most \d+. Shorten it, or set Long Texts to Split$/,
		);
		expect(error?.description).toBe('Nothing was sent.');
		expect(texts()).toEqual([]);
	});

	it('sends the parts in order, after a pause, as one item', async () => {
		const began = Date.now();
		const pause = { seconds: { min: 0.1, max: 0.1 } };
		const { outputs } = await send(TEXT, { ...SPLIT, pause });
		expect(Date.now() - began).toBeGreaterThanOrEqual(190);
		expect(texts()).toEqual(PARTS);
		const items = outputs[0] ?? [];
		expect(items).toHaveLength(1);
		const { messageId, messageIds } = items[0]?.json ?? {};
		expect(messageIds).toHaveLength(3);
		expect((messageIds as unknown[])[0]).toEqual(messageId);
	});

	it('sends each part once when Retry On Fail follows a refusal', async () => {
		bench.sandbox.control.fault({ ...REFUSED, skip: 1 });
		const { error } = await send(TEXT, SPLIT, { retryOnFail: true, maxTries: 2 });
		expect(error).toBeUndefined();
		expect(texts()).toEqual(PARTS);
	});

	it('says how many parts went out, and sends the rest when the execution is retried', async () => {
		bench.sandbox.control.fault({ ...REFUSED, skip: 1 });
		// Other words each time: the rest is that of the text that was begun.
		const file = chain(`=${TEXT} {{ Math.random() }}`, { ...SPLIT, longestPart: 40 });
		const failed = await bench.engine.runWorkflow(file, { items: recipients(1) });
		expect(failed.error?.message).toMatch(/: only 1 of 2 parts went out$/);
		expect(JSON.stringify(failed.error?.description)).not.toContain('Nothing was sent');
		const [first] = texts();
		await retryExecution(bench.engine, file, failed);
		expect(texts()).toEqual([first, expect.stringMatching(/^three three three. 0\.\d+$/)]);
	});

	it('sends no rest to another recipient', async () => {
		bench.sandbox.control.fault({ ...REFUSED, skip: 1 });
		const failed = await bench.engine.runWorkflow(chain(TEXT, SPLIT), { items: recipients(1) });
		const edited = chain(TEXT, SPLIT);
		for (const node of edited.nodes) {
			const written = JSON.stringify(node.parameters).replace('$json.phone', '(Number($json.phone) + 1)');
			node.parameters = JSON.parse(written) as INodeParameters;
		}
		const retried = await retryExecution(bench.engine, edited, failed);
		expect(retried.error?.message).toBe('The message changed after 1 of its 3 parts had been sent');
		expect(texts()).toEqual(PARTS.slice(0, 1));
	});

	it('sends all parts as they are by now when the first is unknown and the execution is retried', async () => {
		bench.sandbox.control.fault(LOST);
		const options = { ...SPLIT, retries: 0 };
		const failed = await bench.engine.runWorkflow(chain(TEXT, options), { items: recipients(1) });
		expect(failed.error?.message).toContain('part 1 of 3 of the message may have been sent');
		const retried = await retryExecution(bench.engine, chain(TEXT.replaceAll('t', 'T'), options), failed);
		expect(retried.error).toBeUndefined();
		const anew = PARTS.map((part) => part.replaceAll('t', 'T'));
		expect(texts()).toEqual(isKeyed ? PARTS : [PARTS[0], ...anew]);
	});

	it('tells a part whose outcome is unknown from those that were sent', async () => {
		bench.sandbox.control.fault({ ...LOST, skip: 1 });
		const options = { ...SPLIT, retries: 0 };
		const { error, outputs } = await send(TEXT, options, { onError: 'continueRegularOutput' });
		expect(error).toBeUndefined();
		expect(outputs[0]?.[0]?.json).toMatchObject({
			error: expect.stringContaining('part 2 of 3 of the message may have been sent') as string,
			details: { outcome: 'unknown', partsSent: 1, partsTotal: 3 },
		});
		expect(texts()).toEqual(PARTS.slice(0, 2));
	});

	it('repeats such a part under its own key, and only then', async () => {
		bench.sandbox.control.fault({ ...LOST, skip: 1 });
		const options = { ...SPLIT, retries: 0 };
		const { error } = await send(TEXT, options, { retryOnFail: true, maxTries: 2 });
		expect(error === undefined).toBe(isKeyed);
		expect(texts()).toEqual(isKeyed ? PARTS : PARTS.slice(0, 2));
	});

	it('branches on what is known of a text that went out in part', async () => {
		bench.sandbox.control.fault({ ...REFUSED, skip: 1 });
		const { outputs } = await send(TEXT, SPLIT, { onError: 'continueRegularOutput' });
		const { details } = outputs[0]?.[0]?.json ?? {};
		expect(details).toMatchObject({ outcome: 'partly sent', partsSent: 1, partsTotal: 3 });
		expect((details as IDataObject).description).not.toContain('Nothing was sent');
	});

	it('puts the links of Send and Wait into the last part', async () => {
		const file = chainOf(bench.engine, [
			{
				type: source.name,
				nodeName: 'Ask',
				parameters: {
					...bench.sendText,
					...provider.sendAndWait,
					operation: 'sendAndWait',
					message: `${'word '.repeat(200)}**bold**`,
					options: { longTexts: 'split', longestPart: 900, textFormat: 'markdown', waitLimit: 1 },
				},
			},
		]);
		const { error, waits } = await runThroughWaits(bench.engine, file, recipients(1));
		expect([error, waits]).toEqual([undefined, 1]);
		const sent = texts();
		expect(sent.length).toBeGreaterThan(1);
		expect(sent.at(-1)).toMatch(/Approve: http\S+\n\nDecline: http\S+$/);
		expect(sent.slice(0, -1).join('')).not.toContain('http');
		expect(sent.join(' ')).toContain('*bold*');
	});
});
