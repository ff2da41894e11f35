/* What no node can prevent, and what a key prevents: executions that n8n was killed in, and sub-workflows that are tried again. */
import type { ProviderName } from '../../sandbox';
import type { WorkflowNode } from '../../scripts/n8n/api';
import { until } from '../../scripts/n8n/process';
import { providerOf } from '../support/providers';
import { expect, test } from './support/fixtures';
import { chain, manualTrigger, node, ourNode } from './support/nodes';
import type { Stage } from './support/stage';

const numbers = [1, 2, 3, 4, 5, 6];
const textOf = (number: number) => `killed ${number}`;

function send(stage: Stage, provider: ProviderName, text: string): WorkflowNode {
	const { sendText } = providerOf(provider).bench;
	return ourNode(stage, 'Send', provider, { ...sendText, phoneNumber: '6281200000001', text });
}

function items(): WorkflowNode[] {
	const values = { assignments: [{ id: 'a', name: 'number', type: 'array', value: JSON.stringify(numbers) }] };
	const list = node('List', 'n8n-nodes-base.set', { assignments: values }, { typeVersion: 3.4 });
	return [list, node('Split', 'n8n-nodes-base.splitOut', { fieldToSplitOut: 'number' })];
}

function accepted({ sandbox }: Stage, provider: ProviderName): number[] {
	const texts = sandbox.control.messages(provider).map(({ text }) => text ?? '');
	return numbers.map((number) => texts.filter((text) => text.startsWith(textOf(number))).length);
}

const SAME = '={{ "killed " + $json.number }}';
const CHANGING = '={{ "killed " + $json.number + " at " + $now.toISO() }}';

/** Six messages, the fifth under way when n8n is killed; then the button "Retry". */
async function killAndRetry(
	stage: Stage,
	provider: ProviderName,
	{ text = CHANGING, saveExecutionProgress = false } = {},
): Promise<void> {
	const { api } = stage.n8n;
	const id = `e2eKilled-${provider}-${saveExecutionProgress}-${text.length}`;
	const path = id;
	const hook = node('Hook', 'n8n-nodes-base.webhook', { path, httpMethod: 'GET' }, { webhookId: path });
	const sender = send(stage, provider, text);
	await stage.store([
		{ id, name: `Killed ${provider}`, ...chain(hook, ...items(), sender), settings: { saveExecutionProgress } },
	]);
	await api.publish(id);
	try {
		stage.sandbox.control.fault({ provider, kind: 'latency', ms: 60_000, when: 'before', skip: 4 });
		await fetch(`${api.url}/webhook/${path}`);
		await until('four messages to be sent', () => {
			return accepted(stage, provider).filter((count) => count > 0).length === 4;
		});
		const [killed] = await api.executions(id);
		await stage.restart('kill');
		const retried = await api.request<{ id: string }>('POST', `/executions/${killed?.id}/retry`, {
			loadWorkflow: false,
		});
		await api.finished(retried.id);
	} finally {
		await api.unpublish(id);
	}
}

test('"Retry" of an execution that n8n was killed in starts over: a provider without keys sends again', async ({
	stage,
}) => {
	await killAndRetry(stage, 'chatalo');
	expect(accepted(stage, 'chatalo')).toEqual([2, 2, 2, 2, 1, 1]);
});

test('under a key each message arrives once', async ({ stage }) => {
	test.skip(stage.installation.line === '1.123', 'n8n 1 does not say what an execution retries');
	await killAndRetry(stage, 'wapio', { text: SAME });
	expect(accepted(stage, 'wapio')).toEqual([1, 1, 1, 1, 1, 1]);
});

test('a message in other words, whose key is known, may have been sent: the node stops there', async ({ stage }) => {
	test.skip(stage.installation.line === '1.123', 'n8n 1 does not say what an execution retries');
	stage.sandbox.control.reset();
	await killAndRetry(stage, 'wapio');
	expect(accepted(stage, 'wapio')).toEqual([1, 1, 1, 1, 0, 0]);
});

for (const [provider, expected] of [
	['chatalo', [2, 2, 2, 2, 1, 1]],
	['wapio', [1, 1, 1, 1, 1, 1]],
] as const) {
	test(`the same with Save Execution Progress: the batch under way, ${provider}`, async ({ stage }) => {
		test.skip(stage.installation.line === '1.123', 'n8n 1 does not say what an execution retries');
		stage.sandbox.control.reset();
		await killAndRetry(stage, provider, { text: SAME, saveExecutionProgress: true });
		expect(accepted(stage, provider)).toEqual(expected);
	});
}

test('Retry On Fail on Execute Workflow makes a new execution for each try, which sends again', async ({ stage }) => {
	const { api } = stage.n8n;
	const called = node(
		'Called',
		'n8n-nodes-base.executeWorkflowTrigger',
		{ inputSource: 'passthrough' },
		{ typeVersion: 1.1 },
	);
	const sender = send(stage, 'whacenter', '={{ "killed " + $json.number }}');
	const stop = node('Stop', 'n8n-nodes-base.stopAndError', { errorMessage: 'Not this time' });
	const inner = { id: 'e2eSubworkflow', name: 'Sub-workflow', ...chain(called, sender, stop) };
	const call = node(
		'Call',
		'n8n-nodes-base.executeWorkflow',
		{
			workflowId: { __rl: true, mode: 'id', value: inner.id },
			workflowInputs: { mappingMode: 'defineBelow', value: {} },
		},
		{ typeVersion: 1.2, retryOnFail: true, maxTries: 2, waitBetweenTries: 100 },
	);
	const outer = { id: 'e2eCaller', name: 'Caller', ...chain(manualTrigger('Start'), ...items(), call) };
	await stage.store([inner, outer]);
	await api.publish(inner.id).catch(() => undefined);
	await api.finished(await api.runManually(outer.id, 'Start'));
	expect(accepted(stage, 'whacenter')).toEqual([2, 2, 2, 2, 2, 2]);
	expect((await api.executions(inner.id)).length).toBe(2);
});
