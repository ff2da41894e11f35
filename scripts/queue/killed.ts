/* A worker that is killed while there is work: everything is handled or visibly crashed, and nothing happens twice. */
import { sleep } from '../n8n/process';
import { type Checks, ensure, equal } from './checks';
import type { Cluster } from './cluster';
import { allEnded, allExecutions, byStatus, inParallel, untilNone } from './executions';
import { judge, outcomeOf } from './outcome';
import { replyWorkflow, SENDS_PATH, sendsWorkflow } from './workflows';

/** A job whose worker is gone is found after a minute without a sign of life, by a look every half minute. */
const VISIBLE_MS = 240_000;

/** Nothing at all has arrived for so long: something is broken. */
const PATIENCE_MS = 120_000;

/** So that there are sends under way when the worker is killed. */
const ANSWER_MS = 100;

const VICTIM = 'worker 2';

/** What is sent for an incoming message. */
const replyTo = (text: string) => `Reply to ${text}`;

/** When the last execution that did not finish was shown as such, counted from the kill. */
async function watchCrashes(cluster: Cluster, checks: Checks, id: string, killedAt: number): Promise<void> {
	const executions = await allEnded(cluster.api, id, VISIBLE_MS);
	checks.fact('executions by status', byStatus(executions));
	const broken = executions.find(({ status }) => status !== 'success');
	if (broken !== undefined) {
		const parts = JSON.parse((await cluster.api.execution(broken.id)).data) as unknown[];
		const words = parts.find(
			(part) => typeof part === 'string' && /stalled|crash|too many times/i.test(part) && part.includes(' '),
		);
		checks.fact('what n8n says of the first of them', words ?? 'nothing');
		checks.fact(
			'seconds from the kill until the last execution had ended or was shown as crashed',
			Math.round((Date.now() - killedAt) / 1_000),
		);
	}
}

/** Many incoming messages, some delivered twice, with a worker killed and restarted in the middle. */
export async function incomingChecks(cluster: Cluster, checks: Checks, count: number): Promise<void> {
	const { control } = cluster.sandbox;
	checks.about(`${count} incoming messages, a worker killed in the middle and started again`);
	const id = await replyWorkflow(cluster, 'queueReply', 'chatalo');
	await cluster.api.publish(id);
	const before = control.messages('chatalo').length;
	const sent = () => control.messages('chatalo').slice(before);
	const slow = control.fault({
		kind: 'latency',
		ms: ANSWER_MS,
		provider: 'chatalo',
		path: '/messages',
		times: Infinity,
	});
	const texts = Array.from({ length: count }, (_, index) => `in-${index}.`);
	const began = Date.now();
	let deliveries = 0;
	let repeated = 0;
	const injecting = inParallel([...texts.entries()], 20, async ([index, message]) => {
		// Every tenth comes twice at once, every tenth twice in a row.
		const again = index % 5 === 0 ? { times: 2, parallel: index % 10 === 0 } : {};
		const result = await control.incoming('chatalo', 'text', { overrides: { message }, ...again });
		deliveries += result.deliveries.length;
		// A webhook process answers 503 while its database does not answer in time. Providers deliver again then.
		for (let { deliveries: last } = result; last.some(({ status }) => status !== 200);) {
			await sleep(1_000);
			last = [await control.deliverRaw({ provider: 'chatalo' }, result.bodies[0] ?? '')];
			repeated++;
		}
	});
	await untilNone('replies are missing', () => count * 0.4 - sent().length, PATIENCE_MS);
	await cluster.killWorker(VICTIM);
	const killedAt = Date.now();
	await Promise.all([injecting, cluster.startWorker(VICTIM)]);
	checks.fact('seconds until all had been delivered', Math.round((Date.now() - began) / 1_000));
	await watchCrashes(cluster, checks, id, killedAt);
	slow.remove();
	const executions = await allExecutions(cluster.api, id);
	const wanted = new Map(texts.map((text) => [text, [replyTo(text)]]));
	checks.fact('deliveries, and those repeated because they were not answered 200', [deliveries, repeated]);
	await judge(checks, await outcomeOf(cluster, executions, { wanted, names: /in-\d+\./, sent: sent() }), count);
	await cluster.api.unpublish(id);
}

/** The batches of a run, and a call that starts one. */
function batches(cluster: Cluster, prefix: string, count: number, size: number) {
	const wanted = new Map(
		Array.from({ length: count }, (_, index) => {
			const name = `${prefix}-${index}.`;
			return [name, Array.from({ length: size }, (_unused, item) => `${name}${item}`)] as const;
		}),
	);
	const start = async (name: string, path = SENDS_PATH): Promise<void> => {
		const body = JSON.stringify({ name, texts: wanted.get(name) });
		const response = await fetch(`${cluster.router.url}/webhook/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body,
		});
		ensure(response.ok, `The call was answered ${response.status}`);
	};
	return { wanted, start };
}

/** Many sends, ten in each execution, with a worker killed in the middle for good. */
export async function sendsChecks(cluster: Cluster, checks: Checks, count: number): Promise<void> {
	const { control } = cluster.sandbox;
	checks.about(`${count} sends in ${count / 10} executions, a worker killed in the middle`);
	const id = await sendsWorkflow(cluster, 'queueSends');
	await cluster.api.publish(id);
	const { wanted, start } = batches(cluster, 'out', count / 10, 10);
	const before = control.messages('chatalo').length;
	const sent = () => control.messages('chatalo').slice(before);
	const slow = control.fault({
		kind: 'latency',
		ms: ANSWER_MS,
		provider: 'chatalo',
		path: '/messages',
		times: Infinity,
	});
	const starting = inParallel([...wanted.keys()], 10, async (name) => await start(name));
	await untilNone('messages are missing', () => count * 0.4 - sent().length, PATIENCE_MS);
	await cluster.killWorker(VICTIM);
	const killedAt = Date.now();
	await starting;
	await watchCrashes(cluster, checks, id, killedAt);
	slow.remove();
	const executions = await allExecutions(cluster.api, id);
	await judge(checks, await outcomeOf(cluster, executions, { wanted, names: /out-\d+\./, sent: sent() }), count / 10);
	await checks.check('the worker that was left ran on, and one started anew takes part', async () => {
		await cluster.startWorker(VICTIM);
		const earlier = new Set(executions.map(({ id: known }) => known));
		const more = batches(cluster, 'more', 20, 1);
		await inParallel([...more.wanted.keys()], 10, async (name) => await more.start(name));
		const later = (await allEnded(cluster.api, id, VISIBLE_MS)).filter((execution) => !earlier.has(execution.id));
		equal(byStatus(later), { success: 20 }, 'executions');
		equal(new Set(later.map((execution) => cluster.ranOn(execution.id))).size, 2, 'workers');
	});
	const crashed = executions.find(({ status }) => status !== 'success');
	if (crashed !== undefined) {
		const sentBefore = sent().length;
		const answer = await cluster.api
			.request('POST', `/executions/${crashed.id}/retry`, { loadWorkflow: false })
			.then(
				() => 'started',
				(error: unknown) => (error instanceof Error ? error.message : String(error)),
			);
		await sleep(3_000);
		checks.fact(
			'"Retry" on an execution that was shown as crashed',
			`${answer}; messages sent by it: ${sent().length - sentBefore}`,
		);
	}
	await cluster.api.unpublish(id);
}

/** What a builder does about crashed executions: a key of one's own, and the same once more. */
export async function repeatChecks(cluster: Cluster, checks: Checks): Promise<void> {
	const { control } = cluster.sandbox;
	const [count, size] = [20, 10];
	checks.about(
		`${count * size} sends with an Idempotency Key made of the data, a worker killed, the same once more (Wapio)`,
	);
	const path = 'queue-repeat';
	const id = await sendsWorkflow(cluster, 'queueRepeat', 'wapio', path);
	await cluster.api.publish(id);
	const { wanted, start } = batches(cluster, 'key', count, size);
	const sent = () =>
		control
			.messages('wapio')
			.map(({ text }) => text ?? '')
			.filter((text) => text.startsWith('key-'));
	const slow = control.fault({ kind: 'latency', ms: ANSWER_MS, provider: 'wapio', times: Infinity });
	await inParallel([...wanted.keys()], 10, async (name) => await start(name, path));
	await untilNone('messages are missing', () => (count * size) / 3 - sent().length, PATIENCE_MS);
	await cluster.killWorker(VICTIM);
	slow.remove();
	await cluster.startWorker(VICTIM);
	checks.fact('messages sent before the second start', sent().length);
	await inParallel([...wanted.keys()], 10, async (name) => await start(name, path));
	checks.fact('executions by status', byStatus(await allEnded(cluster.api, id, VISIBLE_MS)));
	await checks.check('after the second start each message has been sent once', () => {
		equal(sent().length, count * size, 'messages');
		equal(new Set(sent()).size, count * size, 'different messages');
	});
	await cluster.api.unpublish(id);
}

/** An account whose provider takes 60 messages a minute, used by both workers. */
export async function limitChecks(cluster: Cluster, checks: Checks): Promise<void> {
	const { control } = cluster.sandbox;
	const [count, size] = [15, 10];
	checks.about(`${count * size} sends by two workers on one account that takes 60 a minute (Chatalo)`);
	const path = 'queue-limit';
	const id = await sendsWorkflow(cluster, 'queueLimit', 'chatalo', path);
	await cluster.api.publish(id);
	const { wanted, start } = batches(cluster, 'slow', count, size);
	control.setRateLimit('chatalo', { limit: 60, windowMs: 60_000 });
	const [before, requestsBefore] = [
		control.messages('chatalo').length,
		control.requests({ provider: 'chatalo', path: '/messages' }).length,
	];
	const began = Date.now();
	await inParallel([...wanted.keys()], 5, async (name) => await start(name, path));
	const executions = await allEnded(cluster.api, id, 400_000);
	const requests = control.requests({ provider: 'chatalo', path: '/messages' }).slice(requestsBefore);
	const sent = control.messages('chatalo').slice(before);
	checks.fact('seconds', Math.round((Date.now() - began) / 1_000));
	checks.fact('requests, and those refused with 429', [
		requests.length,
		requests.filter(({ answered }) => answered === 429).length,
	]);
	await checks.check('both workers took part', () => {
		equal(new Set(executions.map((execution) => cluster.ranOn(execution.id))).size, 2, 'workers');
	});
	await judge(checks, await outcomeOf(cluster, executions, { wanted, names: /slow-\d+\./, sent }), count);
	await checks.check('no execution failed for the limit', () =>
		equal(byStatus(executions), { success: count }, 'executions'),
	);
	control.setRateLimit('chatalo', null);
	await cluster.api.unpublish(id);
}
