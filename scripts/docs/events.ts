/** The output of each trigger: it is published on n8n's engine, and an event is posted to the URL it registered. */
import type { EventOf, ProviderName } from '../../sandbox';
import { type Provider, providerOf } from '../../test/support/providers';
import { startTriggerHost } from '../../test/support/triggerHost';
import type { DocsBench } from './benches';
import type { ProviderTypes } from './catalog';
import { type Example, exampleOfItems } from './examples';

/** Posts the provider's example to the registered address. */
async function postExample({ type, exampleEvent }: Provider, { sandbox }: DocsBench): Promise<void> {
	if ('payload' in exampleEvent) {
		await sandbox.control.deliverRaw({ provider: type }, JSON.stringify(exampleEvent.payload));
		return;
	}
	const { event, overrides } = exampleEvent;
	// Which events there are depends on the provider; the sandbox refuses others by name.
	await sandbox.control.incoming<ProviderName>(type, event as EventOf<ProviderName>, { overrides });
}

/**
 * The first item that the trigger starts a workflow with.
 *
 * @throws Error if the event started none
 */
export async function eventExample({ name }: ProviderTypes, bench: DocsBench): Promise<Example> {
	const host = await startTriggerHost(bench.engine);
	const start = Date.now();
	try {
		const workflow = host.deploy({
			type: `${name}Trigger`,
			workflowId: 'documentation',
			webhookId: '3c8f9a52-5d7e-4b53-9c4e-0f6a1f6f7a11',
		});
		await workflow.activate();
		// Where no API registers it, somebody pastes the address into the provider's dashboard.
		if (bench.sandbox.control.webhook(name) === null)
			bench.sandbox.control.setWebhook(name, workflow.productionUrl);
		await postExample(providerOf(name), bench);
		await workflow.idle();
		const items = workflow.executions.flatMap((execution) => execution.items);
		return exampleOfItems(`${name}Trigger`, items, { secrets: bench.secrets, start, end: Date.now() });
	} finally {
		await host.close();
	}
}
