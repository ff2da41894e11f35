/* Webhook deliveries: our trigger and n8n's Webhook node, each alone in its workflow. */
import { Agent, request } from 'undici';
import { loadPackage } from '../../scripts/n8n/packed';
import { createEngine } from '../../test/support/engine';
import { startTriggerHost, type Deploy } from '../../test/support/triggerHost';
import type { DeliveryOrder } from '../farEnd/answers';
import type { Places, Time, WebhooksJob } from '../jobs';
import { KEYS } from './items';
import { timed } from './measure';
import { nodesFromN8n } from './n8nNodes';

const triggers: Record<WebhooksJob['contestant'], Deploy> = {
	chataloTrigger: { type: 'n8n-nodes-whatsapp-gateways.chataloTrigger', parameters: { events: ['*'], options: {} } },
	webhook: { type: 'n8n-nodes-base.webhook', parameters: { httpMethod: 'POST', path: 'bench', options: {} } },
};

/** Receives so many deliveries and runs the workflow for each; from the first one's start to the last execution's end. */
export async function receive(job: WebhooksJob, places: Places): Promise<Time> {
	const dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0 });
	const engine = createEngine({
		...(await loadPackage(places.ours)),
		nodes: job.contestant === 'webhook' ? nodesFromN8n(places.n8nModules) : {},
		credentials: { chataloApi: { ...KEYS, baseUrl: `${job.address}/api/v1` } },
	});
	let started = 0;
	let executions: unknown[] = [];
	// n8n keeps no execution in memory once it has ended.
	const host = await startTriggerHost(engine, {
		look: () => {
			started += 1;
			executions.length = 0;
		},
	});
	try {
		const workflow = host.deploy(triggers[job.contestant]);
		executions = workflow.executions;
		await workflow.activate();
		let told = 0;
		const deliveries = async (count: number): Promise<void> => {
			const url =
				job.contestant === 'webhook' ? workflow.productionUrl : await registered(job.address, dispatcher);
			const order: DeliveryOrder = { url, first: told, count, atOnce: job.atOnce };
			told += count;
			const before = started;
			const { body } = await request(`${job.address}/deliver`, {
				method: 'POST',
				body: JSON.stringify(order),
				dispatcher,
			});
			const { accepted } = (await body.json()) as { accepted: number };
			await workflow.idle();
			if (accepted !== count || started - before !== count) {
				throw new Error(
					`${accepted} of ${count} deliveries were taken, ${started - before} started an execution`,
				);
			}
		};
		await deliveries(job.warmUpDeliveries);
		const { cost } = await timed(async () => await deliveries(job.deliveries));
		return cost;
	} finally {
		await host.close();
		await dispatcher.close();
		await engine.close();
	}
}

/** The address that the trigger has given to the provider. It holds a secret, so the host does not know it. */
async function registered(address: string, dispatcher: Agent): Promise<string> {
	const { body } = await request(`${address}/api/v1/webhook`, { dispatcher });
	const { data } = (await body.json()) as { data: { url: string } };
	return data.url;
}
