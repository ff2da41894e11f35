import type { INodeParameters } from 'n8n-workflow';
import { type Bench, recipients, useProviderBench } from './support/bench';
import {
	chainOf,
	retryExecution,
	retryKilledExecution,
	runThroughWaits,
	START,
	workflowOf,
} from './support/executions';
import { pauseNode } from './support/n8n/pauseNode';
import { type Account, accountsOf } from './support/provider';
import { providers } from './support/providers';
import type { NodeResult, WorkflowResult } from './support/results';
import type { NodeOptions, WorkflowFile } from './support/workflows';

/** Another text each time it is evaluated. */
const CHANGING = '={{ $json.text + " of " + $now.toISO() + Math.random() }}';

const accounts = providers.flatMap(accountsOf);

/** What a situation has at hand. */
class Stage {
	constructor(
		readonly bench: Bench,
		readonly account: Account,
	) {}

	/** The parameters of Send Text, the text another one each time. */
	text(options: INodeParameters = {}): INodeParameters {
		return { ...this.bench.sendText, text: CHANGING, options };
	}

	fault(...specs: Array<Parameters<Bench['sandbox']['control']['fault']>[0]>): void {
		for (const spec of specs) this.bench.sandbox.control.fault(spec);
	}

	async run(parameters: INodeParameters, options: Partial<NodeOptions>, items = recipients(4)): Promise<NodeResult> {
		return await this.bench.run(parameters, { items, ...options });
	}

	chain(options: Partial<NodeOptions> = {}): WorkflowFile {
		const send = { type: this.account.bench.name, nodeName: 'Send', parameters: this.text(), ...options };
		return chainOf(this.bench.engine, [send, { type: 'n8n-nodes-base.noOp', nodeName: 'Done' }]);
	}

	async execute(file: WorkflowFile, items = recipients(3)): Promise<WorkflowResult> {
		return await this.bench.engine.runWorkflow(file, { items });
	}

	async retry(file: WorkflowFile, failed: WorkflowResult): Promise<WorkflowResult> {
		return await retryExecution(this.bench.engine, file, failed);
	}

	/** How often the message of each item was accepted. */
	accepted(count: number): number[] {
		const texts = this.bench.sandbox.control.messages().map(({ text }) => text ?? '');
		return recipients(count).map(({ json }) => texts.filter((text) => text.startsWith(`${json.text} of`)).length);
	}
}

interface Situation {
	name: string;
	/** @returns how often the message of each item was accepted, and what is to be compared with it */
	play: (stage: Stage) => Promise<{ accepted: number[]; expected: number[]; result?: { error?: Error } }>;
	/** Whether what was run last ends with an error; false unless given. */
	fails?: (account: Account) => boolean;
}

const REFUSED = { kind: 'status', status: 400 } as const;
const LOST = { kind: 'dropAfter' } as const;
const retrying = { retryOnFail: true, maxTries: 3 };

const situations: Situation[] = [
	{
		name: 'Retry On Fail, one message refused: composed anew, the others taken over',
		play: async (stage) => {
			stage.fault({ ...REFUSED, skip: 2 });
			const result = await stage.run(stage.text(), retrying);
			return { accepted: stage.accepted(4), expected: [1, 1, 1, 1], result };
		},
	},
	{
		name: 'Retry On Fail, one answer lost: not repeated, except under its key',
		play: async (stage) => {
			stage.fault({ ...LOST, skip: 2 });
			const result = await stage.run(stage.text({ retries: 0 }), retrying);
			return {
				accepted: stage.accepted(4),
				expected: stage.account.isKeyed ? [1, 1, 1, 1] : [1, 1, 1, 0],
				result,
			};
		},
		fails: ({ isKeyed }) => !isKeyed,
	},
	{
		name: 'Retry On Fail, one answer lost and the repetition refused: still unknown, and there once',
		play: async (stage) => {
			stage.fault({ ...LOST, skip: 1 }, { ...REFUSED, skip: 1, times: 2 });
			const result = await stage.run(stage.text({ retries: 0 }), retrying, recipients(2));
			return { accepted: stage.accepted(2), expected: [1, 1], result };
		},
		fails: () => true,
	},
	{
		name: 'Continue On Fail, the first message refused: the others once',
		play: async (stage) => {
			stage.fault(REFUSED);
			const result = await stage.run(stage.text(), { ...retrying, onError: 'continueRegularOutput' });
			return { accepted: stage.accepted(4), expected: [1, 1, 1, 1], result };
		},
	},
	{
		name: 'Continue On Fail, the first answer lost: every message once',
		play: async (stage) => {
			stage.fault(LOST);
			const result = await stage.run(stage.text({ retries: 0 }), { ...retrying, onError: 'continueErrorOutput' });
			return { accepted: stage.accepted(4), expected: [1, 1, 1, 1], result };
		},
	},
	{
		name: 'several at once, several refused',
		play: async (stage) => {
			stage.fault(...[1, 4, 9].map((skip) => ({ ...REFUSED, skip })));
			const parameters = stage.text({ messagesAtOnce: 4 });
			const result = await stage.run(parameters, { ...retrying, maxTries: 5 }, recipients(12));
			return { accepted: stage.accepted(12), expected: Array<number>(12).fill(1), result };
		},
	},
	{
		name: '"Retry execution" after a refusal',
		play: async (stage) => {
			stage.fault({ ...REFUSED, skip: 2 });
			const file = stage.chain();
			const result = await stage.retry(file, await stage.execute(file));
			return { accepted: stage.accepted(3), expected: [1, 1, 1], result };
		},
	},
	{
		name: '"Retry execution" after a lost answer: a person decides, and a key still holds',
		play: async (stage) => {
			stage.fault({ ...LOST, skip: 1 });
			const file = stage.chain({ parameters: stage.text({ retries: 0 }) });
			const failed = await stage.execute(file);
			expect(failed.error?.message).toMatch(/may have been sent$/);
			const result = await stage.retry(file, failed);
			return { accepted: stage.accepted(3), expected: stage.account.isKeyed ? [1, 1, 1] : [1, 2, 1], result };
		},
	},
	{
		name: '"Retry execution" of an edited workflow: what went out is not sent in its new words',
		play: async (stage) => {
			stage.fault({ ...REFUSED, skip: 1 });
			const file = stage.chain();
			const failed = await stage.execute(file);
			const node = file.nodes.find(({ name }) => name === 'Send');
			if (node) node.parameters = { ...node.parameters, text: '={{ $json.text + " of the second edition" }}' };
			const result = await stage.retry(file, failed);
			return { accepted: stage.accepted(3), expected: [1, 1, 1], result };
		},
	},
	{
		name: '"Retry" of an execution that n8n was killed in: once under a key; without one it starts over',
		play: async (stage) => {
			const file = stage.chain();
			const killed = await stage.execute(file);
			const result = await retryKilledExecution(stage.bench.engine, file, recipients(3), killed.executionId);
			const each = stage.account.isKeyed ? 1 : 2;
			return { accepted: stage.accepted(3), expected: [each, each, each], result };
		},
		// It refuses a key that it knows from another text, and nobody knows whether that was sent.
		fails: ({ name }) => name === 'Wapio',
	},
	{
		name: 'the same, and by then others are in their places: they get it as well',
		play: async (stage) => {
			const file = stage.chain();
			const three = recipients(3);
			const killed = await stage.execute(file, three.slice(0, 2));
			const result = await retryKilledExecution(stage.bench.engine, file, three.slice(2), killed.executionId);
			return { accepted: stage.accepted(3), expected: [1, 1, 1], result };
		},
	},
	{
		name: 'the same with Retry On Fail, which meets a key that is known with another text',
		play: async (stage) => {
			const file = stage.chain(retrying);
			const killed = await stage.execute(file);
			const result = await retryKilledExecution(stage.bench.engine, file, recipients(3), killed.executionId);
			const each = stage.account.isKeyed ? 1 : 2;
			return { accepted: stage.accepted(3), expected: [each, each, each], result };
		},
		fails: ({ name }) => name === 'Wapio',
	},
	{
		name: 'a loop that waits in each round, saved and resumed, and sends the same in each',
		play: async (stage) => {
			stage.fault({ ...REFUSED, skip: 1 }, { ...REFUSED, skip: 2 });
			const send = { type: stage.account.bench.name, nodeName: 'Send', parameters: stage.text(), ...retrying };
			const file = workflowOf(
				stage.bench.engine,
				[
					{ type: 'n8n-nodes-base.splitInBatches', nodeName: 'Loop', parameters: { batchSize: 1 } },
					{ type: 'pause', nodeName: 'Pause' },
					send,
				],
				[
					[START, 'Loop'],
					['Loop', 'Pause', 1],
					['Pause', 'Send'],
					['Send', 'Loop'],
				],
			);
			const [item] = recipients(1);
			const items = item ? [item, item, item] : [];
			const result = await runThroughWaits(stage.bench.engine, file, items);
			return { accepted: stage.accepted(1), expected: [3], result };
		},
	},
	{
		name: 'two nodes, two items and two executions that send the same: each of them goes out',
		play: async (stage) => {
			const names = ['First', 'Second'];
			const parameters = {
				...stage.text(),
				phoneNumber: `={{ $('${START}').item.json.phone }}`,
				text: `={{ $('${START}').item.json.text + " of a series" }}`,
			};
			const file = chainOf(
				stage.bench.engine,
				names.map((nodeName) => ({ type: stage.account.bench.name, nodeName, parameters, ...retrying })),
			);
			const items = [...recipients(1), ...recipients(1)];
			stage.fault({ ...REFUSED, skip: 1 });
			await stage.execute(file, items);
			const result = await stage.execute(file, items);
			return { accepted: stage.accepted(1), expected: [8], result };
		},
	},
	{
		name: 'Send and Wait, the answer lost: the question is asked once',
		play: async (stage) => {
			stage.fault(LOST);
			const { sendAndWait } = stage.account.provider;
			const parameters = {
				...sendAndWait,
				operation: 'sendAndWait',
				phoneNumber: '6281200000000',
				message: CHANGING,
				options: { retries: 0 },
			};
			const result = await stage.run(parameters, retrying, recipients(1));
			return { accepted: stage.accepted(1), expected: [1], result };
		},
		fails: ({ isKeyed }) => !isKeyed,
	},
];

describe.each(accounts)('once only: $name', (account) => {
	const { name, node } = account.bench;
	const bench = useProviderBench(account.bench, { nodes: { [name]: node, pause: pauseNode } });

	it.each(situations)('$name', async ({ play, fails }) => {
		const { accepted, expected, result } = await play(new Stage(bench, account));
		expect(accepted).toEqual(expected);
		expect(result?.error !== undefined).toBe(fails?.(account) ?? false);
	});

	it('what is kept for a repetition holds no key of the account, and nothing is kept without one', async () => {
		const stage = new Stage(bench, account);
		stage.fault({ ...LOST, skip: 1 });
		const failed = await stage.execute(stage.chain({ parameters: stage.text({ retries: 0 }) }));
		const kept = JSON.stringify(failed.run.data.executionData?.contextData);
		expect(kept.includes('message 1 of')).toBe(account.isKeyed);
		const values = account.bench.credentialFor(bench.sandbox.baseUrl(account.bench.name));
		for (const name of ['accessToken', 'idempotencyKey', 'apiKey', 'deviceId', 'secretKey', 'token', 'licenseKey'])
			if (typeof values[name] === 'string' && values[name] !== '') expect(kept).not.toContain(values[name]);
	});
});
