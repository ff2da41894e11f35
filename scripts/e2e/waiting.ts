/* An execution that waits for a provider's call in a real n8n: over restarts, early calls, calls at once, and its limit. */
import { readWorkflows } from '../n8n/content';
import { sleep, until } from '../n8n/process';
import { ensure, equal, type Checks } from './checks';
import type { Stage } from './stage';

const ID = 'chategyCascade';
const SENDER = 'Send and Wait for Status';
const DELIVERED = 2;
const IN_PROGRESS = 15;

/** Long enough for n8n to run on, if it did. */
const SETTLE_MS = 2_000;

/** The example that waits for a final status. */
export async function waitingChecks(stage: Stage, checks: Checks): Promise<void> {
	const { control } = stage.sandbox;
	checks.about('Waiting for a final status');
	const example = readWorkflows().find(({ id }) => id === ID);
	const start = example?.nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger');
	ensure(start !== undefined, 'The example is missing');
	const begin = async (): Promise<string> => await stage.n8n.api.runManually(ID, start.name);
	const statusOf = async (id: string): Promise<string> => (await stage.n8n.api.execution(id)).status;
	const waiting = async (id: string): Promise<void> => void (await until(`execution ${id} to wait`, async () => (await statusOf(id)) === 'waiting'));
	const sent = (): number => control.messages('chategy').length;
	const callbackUrl = (): string => {
		const raw = control.messages('chategy').at(-1)?.raw as { callback_url?: string } | undefined;
		return raw?.callback_url ?? '';
	};
	const move = async (statusId: number): Promise<void> => void (await control.action('chategy', 'deliveryStatus', { statusId, callback: true }));
	const nodesRun = async (id: string): Promise<string> => (await stage.n8n.api.execution(id)).data;
	control.configure('chategy', { callbackIntervalMs: 1_000, autoStatus: null });

	// n8n looks once a minute for executions whose time is over, so this one begins first.
	await setLimit(stage, 1);
	const limited = await begin();
	await waiting(limited);
	await setLimit(stage, 30);

	for (const how of ['stop', 'kill'] as const) {
		await checks.check(`lives through a restart of n8n (${how}), sent once`, async () => {
			const before = sent();
			const id = await begin();
			await waiting(id);
			await stage.restart(how);
			equal(await statusOf(id), 'waiting', 'status after the restart');
			await move(DELIVERED);
			equal((await stage.n8n.api.finished(id)).status, 'success', 'status');
			equal(sent() - before, 1, 'messages');
			ensure((await nodesRun(id)).includes('"delivered"'), 'the status is missing in the output');
		});
	}
	await checks.check('a status that is not final keeps it waiting', async () => {
		const id = await begin();
		await waiting(id);
		await move(IN_PROGRESS);
		await sleep(SETTLE_MS);
		equal(await statusOf(id), 'waiting', 'status');
		await move(DELIVERED);
		equal((await stage.n8n.api.finished(id)).status, 'success', 'status');
	});
	await checks.check('a call that comes before it waits is repeated and then ends the wait', async () => {
		control.configure('chategy', { autoStatus: DELIVERED, autoStatusMs: 1 });
		control.fault({ provider: 'chategy', kind: 'latency', ms: 500, when: 'after' });
		const id = await begin();
		equal((await stage.n8n.api.finished(id)).status, 'success', 'status');
		control.configure('chategy', { autoStatus: null });
	});
	await checks.check('of several calls at once one ends the wait', async () => {
		const before = sent();
		const id = await begin();
		await waiting(id);
		control.configure('chategy', { callbackIntervalMs: 100 });
		await Promise.all([move(DELIVERED), move(DELIVERED), move(DELIVERED)]);
		equal((await stage.n8n.api.finished(id)).status, 'success', 'status');
		equal(sent() - before, 1, 'messages');
	});
	await checks.check('a forged call is refused', async () => {
		const id = await begin();
		await waiting(id);
		const [address = ''] = callbackUrl().split('?');
		equal((await fetch(address, { method: 'POST' })).status, 401, 'without the token');
		await move(DELIVERED);
		await stage.n8n.api.finished(id);
	});
	await checks.check('goes on with "timeout" after its limit', async () => {
		const execution = await stage.n8n.api.finished(limited, 150_000);
		equal(execution.status, 'success', 'status');
		ensure(execution.data.includes('"timeout"'), 'the output does not say so');
	});
}

async function setLimit(stage: Stage, minutes: number): Promise<void> {
	const { nodes } = await stage.n8n.api.workflow(ID);
	const changed = nodes.map((node) =>
		node.name === SENDER ? { ...node, parameters: { ...node.parameters, options: { waitForFinalStatus: true, waitLimit: minutes } } } : node,
	);
	await stage.n8n.api.updateWorkflow(ID, { nodes: changed });
}
