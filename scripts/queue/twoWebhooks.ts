/* A message that is delivered twice, with two webhook processes: what holds, and what does not. */
import { sleep } from '../n8n/process';
import { type Checks, equal } from './checks';
import type { Cluster } from './cluster';
import { allEnded, allExecutions, inParallel } from './executions';
import { type QueueProvider, replyWorkflow } from './workflows';

const SETTLE_MS = 3_000;

/** What a way of delivering came to. */
interface Result {
	messages: number;
	executions: number;
	replies: number;
}

interface Way {
	id: string;
	provider: QueueProvider;
	workflow?: { removeDuplicates?: boolean; idempotencyKey?: string };
	/** Both copies at once, or all copies once more when all have been handled. */
	second: 'at once' | 'later';
	count: number;
	/** Messages under way at a time. */
	atOnce?: number;
}

async function deliver(cluster: Cluster, way: Way): Promise<Result> {
	const { id, provider, workflow, second, count, atOnce = 1 } = way;
	const { control } = cluster.sandbox;
	await replyWorkflow(cluster, id, provider, workflow);
	await cluster.api.publish(id);
	const before = control.messages(provider).length;
	const bodies: string[] = [];
	const overrides = (index: number) => {
		const text = `${id}-${index}.`;
		return provider === 'chatalo' ? { message: text } : {};
	};
	await inParallel(
		Array.from({ length: count }, (_, index) => index),
		atOnce,
		async (index) => {
			const again = second === 'at once' ? { times: 2, parallel: true } : {};
			const result = await control.incoming(provider, 'text', { overrides: overrides(index), ...again });
			bodies.push(...result.bodies);
		},
	);
	await allEnded(cluster.api, id, 120_000);
	if (second === 'later') {
		await sleep(SETTLE_MS);
		// One call more in between: the copy reaches the process that did not get the first one.
		await fetch(`${cluster.router.url}/webhook/nobody`, { method: 'POST' });
		for (const body of bodies) await control.deliverRaw({ provider }, body);
	}
	await sleep(SETTLE_MS);
	await allEnded(cluster.api, id, 120_000);
	const executions = (await allExecutions(cluster.api, id)).length;
	await cluster.api.unpublish(id);
	return { messages: count, executions, replies: control.messages(provider).length - before };
}

/** Every message twice, to two webhook processes. */
export async function twoWebhooksChecks(cluster: Cluster, checks: Checks): Promise<void> {
	const { router } = cluster;
	checks.about('Every message delivered twice, to two webhook processes');
	const fact = async (what: string, way: Way) => checks.fact(what, await deliver(cluster, way));

	router.sharing = 'turns';
	await fact('both at once, the processes in turns', {
		id: 'queueTurns',
		provider: 'chatalo',
		second: 'at once',
		count: 50,
	});
	await fact('the second later, 100 messages in between', {
		id: 'queueLater',
		provider: 'chatalo',
		second: 'later',
		count: 100,
	});
	// Answered before n8n saves what was seen, so that the other process may read and write in between.
	await fact('the second later, fewer than 50 messages in between', {
		id: 'queueSoon',
		provider: 'chatalo',
		second: 'later',
		count: 40,
	});
	await fact("both at once, with n8n's Remove Duplicates node, one message at a time", {
		id: 'queueRemove',
		provider: 'chatalo',
		workflow: { removeDuplicates: true },
		second: 'at once',
		count: 50,
	});
	await fact("the second later, with n8n's Remove Duplicates node, ten messages at a time", {
		id: 'queueRemoveMany',
		provider: 'chatalo',
		workflow: { removeDuplicates: true },
		second: 'later',
		count: 50,
		atOnce: 10,
	});
	await checks.check(
		'both at once, with the id of the event as Idempotency Key (Wapio): each is answered once',
		async () => {
			const workflow = { idempotencyKey: '={{ $json.id }}' };
			const result = await deliver(cluster, {
				id: 'queueKey',
				provider: 'wapio',
				workflow,
				second: 'at once',
				count: 50,
			});
			checks.fact('result', result);
			equal(result.replies, 50, 'replies');
		},
	);
	router.sharing = 'address';
	await checks.check(
		'both at once, the proxy choosing the process by the address: each is answered once',
		async () => {
			const result = await deliver(cluster, {
				id: 'queueAddress',
				provider: 'chatalo',
				second: 'at once',
				count: 200,
				atOnce: 10,
			});
			equal(result, { messages: 200, executions: 200, replies: 200 }, 'result');
		},
	);
	router.sharing = 'turns';
}
