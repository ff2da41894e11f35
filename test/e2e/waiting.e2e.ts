/* An execution that waits for a provider's call in a real n8n: restarts, early calls, calls at once, and its limit. */
import { readWorkflows } from '../../scripts/n8n/content';
import { sleep } from '../../scripts/n8n/process';
import { begin as beginWorkflow, setParameters, SETTLE_MS } from './support/examples';
import { expect, test } from './support/fixtures';
import type { Stage } from './support/stage';

/** The example that waits for a final status. */
const ID = 'chategyCascade';
const SENDER = 'Send and Wait for Status';
const DELIVERED = 2;
const IN_PROGRESS = 15;

/** n8n looks once a minute for executions whose time is over. */
const LIMIT_MS = 150_000;

const begin = async ({ n8n: { api } }: Stage) => await beginWorkflow(api, ID);

async function beginAndWait(stage: Stage): Promise<string> {
	const id = await begin(stage);
	await stage.n8n.api.waiting(id);
	return id;
}

const sent = ({ sandbox }: Stage) => sandbox.control.messages('chategy').length;

async function setStatus({ sandbox }: Stage, statusId: number): Promise<void> {
	await sandbox.control.action('chategy', 'deliveryStatus', { statusId, callback: true });
}

async function setLimit(stage: Stage, minutes: number): Promise<void> {
	await setParameters(stage, ID, SENDER, (parameters) => ({
		...parameters,
		options: { waitForFinalStatus: true, waitLimit: minutes },
	}));
}

async function expectSuccess({ n8n: { api } }: Stage, id: string, timeoutMs?: number): Promise<string> {
	const { status, data } = await api.finished(id, timeoutMs);
	expect(status, 'status').toBe('success');
	return data;
}

async function expectWaiting({ n8n: { api } }: Stage, id: string): Promise<void> {
	expect((await api.execution(id)).status, 'status').toBe('waiting');
}

/** No status comes unless the test sends one. */
function sendNoStatus({ sandbox }: Stage): void {
	sandbox.control.configure('chategy', { callbackIntervalMs: 1_000, autoStatus: null });
}

let limited = '';

test.beforeAll(async ({ stage }) => {
	sendNoStatus(stage);
	await stage.store(readWorkflows().filter(({ id }) => id === ID));
	// Its minute passes during the other tests.
	await setLimit(stage, 1);
	limited = await beginAndWait(stage);
	await setLimit(stage, 30);
});
test.beforeEach(({ stage }) => sendNoStatus(stage));

for (const how of ['stop', 'kill'] as const) {
	test(`survives a restart of n8n (${how}), sent once`, async ({ stage }) => {
		const before = sent(stage);
		const id = await beginAndWait(stage);
		await stage.restart(how);
		await expectWaiting(stage, id);
		await setStatus(stage, DELIVERED);
		expect(await expectSuccess(stage, id), 'the status in the output').toContain('"delivered"');
		expect(sent(stage) - before, 'messages').toBe(1);
	});
}

test('a status that is not final keeps it waiting', async ({ stage }) => {
	const id = await beginAndWait(stage);
	await setStatus(stage, IN_PROGRESS);
	await sleep(SETTLE_MS);
	await expectWaiting(stage, id);
	await setStatus(stage, DELIVERED);
	await expectSuccess(stage, id);
});

test('a call that comes before it waits is repeated and then ends the wait', async ({ stage }) => {
	const { control } = stage.sandbox;
	control.configure('chategy', { autoStatus: DELIVERED, autoStatusMs: 1 });
	control.fault({ provider: 'chategy', kind: 'latency', ms: 500, when: 'after' });
	await expectSuccess(stage, await begin(stage));
});

test('of several calls at once one ends the wait', async ({ stage }) => {
	const before = sent(stage);
	const id = await beginAndWait(stage);
	stage.sandbox.control.configure('chategy', { callbackIntervalMs: 100 });
	await Promise.all([DELIVERED, DELIVERED, DELIVERED].map(async (status) => await setStatus(stage, status)));
	await expectSuccess(stage, id);
	expect(sent(stage) - before, 'messages').toBe(1);
});

test('a forged call is refused', async ({ stage }) => {
	const id = await beginAndWait(stage);
	const raw = stage.sandbox.control.messages('chategy').at(-1)?.raw as { callback_url?: string } | undefined;
	const [address = ''] = (raw?.callback_url ?? '').split('?');
	expect((await fetch(address, { method: 'POST' })).status, 'without the token').toBe(401);
	await setStatus(stage, DELIVERED);
	await stage.n8n.api.finished(id);
});

test('continues without a final status after its limit', async ({ stage }) => {
	expect(await expectSuccess(stage, limited, LIMIT_MS), 'the output').toContain('"timedOut"');
});
