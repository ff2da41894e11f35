/* What begins in the editor (publishing, testing) and what waits, in queue mode. */
import { sleep, until } from '../n8n/process';
import { type Checks, ensure, equal } from './checks';
import type { Cluster } from './cluster';
import { allEnded, allExecutions, byStatus, inParallel } from './executions';
import { ASK_PATH, askWorkflow, replyWorkflow, TRIGGER } from './workflows';

/** Long enough for something to happen a second time, if it did. */
const SETTLE_MS = 2_000;

/** Registration and test events. */
export async function registrationChecks(cluster: Cluster, checks: Checks): Promise<void> {
	const { api, router } = cluster;
	const { control } = cluster.sandbox;
	checks.about('Publishing and testing');
	const id = await replyWorkflow(cluster, 'queueRegistration', 'chatalo');
	const node = (await api.workflow(id)).nodes.find(({ name }) => name === TRIGGER);
	const slot = () => control.webhook('chatalo') ?? '';
	const runs = async () => (await allExecutions(api, id)).map(({ mode, status }) => `${mode} ${status}`);

	await checks.check(
		'listening registers the test address; its event runs on a worker, and the slot is empty again',
		async () => {
			await api.listenForTestEvent(id, TRIGGER);
			ensure(slot().startsWith(`${router.url}/webhook-test/${node?.webhookId}/`), `The slot holds ${slot()}`);
			await control.incoming('chatalo', 'text', { overrides: { message: 'test event' } });
			await until('the slot to be empty', () => slot() === '');
			await allEnded(api, id, 30_000);
			equal(await runs(), ['manual success'], 'executions');
			const [execution] = await allExecutions(api, id);
			ensure(cluster.ranOn(execution?.id ?? '') !== undefined, 'No worker ran it');
		},
	);
	await checks.check('publishing registers the address that the proxy hands to the webhook process', async () => {
		await api.publish(id);
		ensure(slot().startsWith(`${router.url}/webhook/${node?.webhookId}/`), `The slot holds ${slot()}`);
		const [webhook = 0] = router.webhooks;
		const served = router.served.get(webhook) ?? 0;
		await control.incoming('chatalo', 'text', { overrides: { message: 'production event' } });
		await until('the execution', async () => (await runs()).length === 2);
		await allEnded(api, id, 30_000);
		equal((await runs())[0], 'webhook success', 'newest execution');
		equal((router.served.get(webhook) ?? 0) - served, 1, 'calls that reached the webhook process');
	});
	await checks.check('the main process takes no production calls', async () => {
		const address = new URL(slot());
		address.port = String(router.main);
		const { status } = await control.deliverRaw(address.toString(), '{}');
		ensure(status !== 200 && status !== 400, `It answered ${status}`);
	});
	await checks.check('a call without the secret is answered 401 and starts nothing', async () => {
		const address = new URL(slot());
		address.search = '';
		const { status } = await control.deliverRaw(address.toString(), '{}');
		equal(status, 401, 'answer');
		await sleep(SETTLE_MS);
		equal((await runs()).length, 2, 'executions');
	});
	await checks.check('taking it back empties the slot', async () => {
		await api.unpublish(id);
		equal(slot(), '', 'slot');
	});
}

/** Send and Wait for Response: asked on a worker, answered through a webhook process, gone on with on a worker. */
export async function waitingChecks(cluster: Cluster, checks: Checks, label: string): Promise<void> {
	const { api, router } = cluster;
	const { control } = cluster.sandbox;
	const count = 20;
	checks.about(`Send and Wait for Response, ${count} at a time (${label})`);
	const id = await askWorkflow(cluster, 'queueAsk');
	await api.publish(id);
	const before = control.messages('chatalo').length;
	const texts = () =>
		control
			.messages('chatalo')
			.slice(before)
			.map(({ text }) => text ?? '');
	const names = Array.from({ length: count }, (_, index) => `ask-${index}.`);
	const known = new Set((await allExecutions(api, id)).map((execution) => execution.id));
	const own = async () => (await allExecutions(api, id)).filter((execution) => !known.has(execution.id));
	await inParallel(names, 10, async (name) => {
		const headers = { 'content-type': 'application/json' };
		await fetch(`${router.url}/webhook/${ASK_PATH}`, { method: 'POST', headers, body: JSON.stringify({ name }) });
	});
	await until(
		'all to wait',
		async () => (await own()).filter(({ status }) => status === 'waiting').length === count,
		60_000,
	);
	const linkOf = (name: string): string => {
		const question = texts().find((text) => text.startsWith(`May ${name} `)) ?? '';
		return /Approve: (\S+)/.exec(question)?.[1] ?? '';
	};
	await checks.check('the link leads to the proxy, and opening it decides nothing', async () => {
		const link = linkOf(names[0] ?? '');
		ensure(link.startsWith(`${router.url}/webhook-waiting/`), `The link is ${link.split('?')[0]}`);
		equal((await fetch(link)).status, 200, 'answer to opening');
		equal(byStatus(await own()), { waiting: count }, 'executions');
	});
	const answers: Record<string, number> = {};
	await checks.check('each is answered by two clicks at once, goes on on a worker, and does so once', async () => {
		await inParallel(names, 5, async (name) => {
			const click = async () => (await fetch(linkOf(name), { method: 'POST' })).status;
			for (const status of await Promise.all([click(), click()])) answers[status] = (answers[status] ?? 0) + 1;
		});
		await until(
			'all to end',
			async () =>
				(await own()).every(({ status }) => status !== 'waiting' && status !== 'running' && status !== 'new'),
			60_000,
		);
		await sleep(SETTLE_MS);
		equal(byStatus(await own()), { success: count }, 'executions');
		const told = texts().filter((text) => text.includes(' answered: true'));
		checks.fact('answers to the clicks, by status', answers);
		equal(told.length, count, 'messages after the answer');
		equal(new Set(told).size, count, 'different ones');
	});
	await checks.check('a later click gets the page that says it is over', async () => {
		// n8n answers this itself, with a page and status 200.
		const page = await (await fetch(linkOf(names[0] ?? ''), { method: 'POST' })).text();
		ensure(
			page.includes('No action required'),
			`The page says ${page.replaceAll(/<[^>]*>|\s+/g, ' ').slice(0, 300)}`,
		);
		equal(texts().filter((text) => text.includes(' answered: ')).length, count, 'messages after the answer');
	});
	await api.unpublish(id);
}
