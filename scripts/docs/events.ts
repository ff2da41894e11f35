/** What each trigger puts out, found out by publishing it on n8n's engine and posting an event to the address it registered. */
import type { IDataObject } from 'n8n-workflow';
import { wapioAccount } from '../../sandbox';
import { chataloInbound } from '../../test/providers/chatalo/contracts/inbound';
import { chategyExamples } from '../../test/providers/chategy/contracts/inbound';
import { whacenterInbound } from '../../test/providers/whacenter/contracts/inbound';
import { startTriggerHost } from '../../test/support/triggerHost';
import type { DocsBench } from './benches';
import type { ProviderTypes } from './catalog';
import { type Example, exampleOfItems } from './examples';

/** Posts an event to the registered address. */
type Sender = (bench: DocsBench) => Promise<unknown>;

/** The payload that an API reference shows. */
const documented =
	(provider: ProviderTypes['name'], payload: IDataObject | undefined): Sender =>
	async ({ sandbox }) =>
		await sandbox.control.deliverRaw({ provider }, JSON.stringify(payload));

const { sender } = wapioAccount;
const WAPIO_MOMENT = 1_789_162_034;

/** Where an API reference shows none, the sandbox's, with what it makes of the clock held fast. */
const senders: Record<ProviderTypes['name'], Sender> = {
	balesOtomatis: async ({ sandbox }) =>
		await sandbox.control.incoming('balesOtomatis', 'text', {
			overrides: { data: { message_id: 'false_6281234567890@c.us_3EB0C431C26A1916E07E', message_body: 'Hello' } },
		}),
	chatalo: documented('chatalo', chataloInbound[0]?.payload),
	chategy: documented('chategy', chategyExamples.incoming.payload),
	wapio: async ({ sandbox }) =>
		await sandbox.control.incoming('wapio', 'text', {
			overrides: {
				timestamp: WAPIO_MOMENT + 1,
				data: {
					messages: {
						key: { id: '3EB0C431C26A1916E07E' },
						messageBody: 'Hello',
						messageTimestamp: WAPIO_MOMENT,
						pushName: sender.name,
						message: { conversation: 'Hello' },
					},
				},
			},
		}),
	whacenter: documented('whacenter', whacenterInbound[0]?.payload),
};

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
		await senders[name](bench);
		await workflow.idle();
		const items = workflow.executions.flatMap((execution) => execution.items);
		return exampleOfItems(`${name}Trigger`, items, { secrets: bench.secrets, start, end: Date.now() });
	} finally {
		await host.close();
	}
}
