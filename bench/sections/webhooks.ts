/* Webhook deliveries a second. */
import type { Time, WebhooksJob } from '../jobs';
import { atLeast, digits, median, type Section } from '../report';
import type { Stage } from '../stage';

const AT_ONCE = 8;

const names: Record<WebhooksJob['contestant'], string> = {
	chataloTrigger: 'Chatalo Trigger (this package)',
	webhook: 'Webhook node',
};

/** Deliveries to our trigger and to n8n's Webhook node, on the same host. */
export async function webhooks(stage: Stage): Promise<Section> {
	const { deliveries, rounds } = stage.amounts;
	const contestants = Object.keys(names) as Array<WebhooksJob['contestant']>;
	const outcomes: Record<WebhooksJob['contestant'], Time[]> = { chataloTrigger: [], webhook: [] };
	for (let round = 0; round < rounds; round++) {
		for (const contestant of round % 2 === 0 ? contestants : contestants.toReversed()) {
			const time = await stage.webhooks({ contestant, atOnce: AT_ONCE });
			outcomes[contestant].push(time);
			console.log(`  ${names[contestant]}: ${digits((deliveries * 1000) / time.ms)} deliveries a second`);
		}
	}
	const of = (contestant: WebhooksJob['contestant'], pick: (time: Time) => number): number =>
		median(outcomes[contestant].map(pick));
	return {
		title: 'Webhook deliveries',
		notes: [
			`${digits(deliveries)} deliveries, ${AT_ONCE} at once, each starting an execution of a workflow that has the trigger alone; until the last execution has ended.`,
			'Our trigger checks the secret in the address, reads the message, leaves out what was delivered before, and keeps that in the workflow.',
			'Memory is not measured here, so the collector runs when V8 wants it: a forced one takes compiled code away, which no n8n at work is without.',
		],
		columns: ['Trigger', 'deliveries/s', 'times Webhook', 'CPU ms/delivery'],
		rows: contestants.map((contestant) => [
			names[contestant],
			digits((deliveries * 1000) / of(contestant, ({ ms }) => ms)),
			digits(of('webhook', ({ ms }) => ms) / of(contestant, ({ ms }) => ms)),
			digits(of(contestant, ({ cpuMs }) => cpuMs) / deliveries),
		]),
		checks: [
			atLeast(
				'webhook deliveries: times the Webhook node',
				of('webhook', ({ ms }) => ms) / of('chataloTrigger', ({ ms }) => ms),
				1,
			),
		],
	};
}
