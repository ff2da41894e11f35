/** The output of each operation of the node above the providers, from running it against the sandbox. */
import type { INodeParameters } from 'n8n-workflow';
import { type RoutingBench, startRoutingBench, through } from '../../test/whatsAppGateways/bench';
import { type Catalog, ROUTING_NODE } from './catalog';
import { type Example, exampleOf } from './examples';
import { answeredExample } from './sandboxExamples';

const PERSON = { sendTo: 'person', phoneNumber: '6281200000001' };

/** What a trigger returns, as far as a reply needs it. */
const EVENT = {
	event: 'message',
	provider: 'wapio',
	channel: 'whatsapp',
	device: null,
	chat: { type: 'private', address: PERSON.phoneNumber },
	messageId: null,
};

/** By `resource.operation`; the first provider fails where the next one can take over. */
const RUNS: Record<string, INodeParameters> = {
	'contact.checkNumber': { ...through('wapio'), phoneNumber: PERSON.phoneNumber },
	'message.reply': { ...through('wapio'), text: 'Yes, until six.', event: JSON.stringify(EVENT) },
	'message.sendFile': {
		...through('chatalo', 'wapio'),
		...PERSON,
		mediaSource: 'url',
		fileUrl: 'https://example.com/invoice.pdf',
		caption: 'Your invoice',
	},
	'message.sendText': { ...through('chatalo', 'wapio'), ...PERSON, text: 'Your order is on its way.' },
};

/** The examples by `resource.operation`. */
export async function routingExamples(catalog: Catalog): Promise<Map<string, Example>> {
	const node = catalog.node(ROUTING_NODE);
	const bench = await startRoutingBench({ nodes: { [ROUTING_NODE]: node } });
	try {
		const secrets = secretsOf(catalog, bench);
		const examples = new Map<string, Example>();
		for (const [key, parameters] of Object.entries(RUNS)) {
			bench.reset();
			bench.sandbox.control.fault({ kind: 'status', status: 401, provider: 'chatalo', times: Infinity });
			const [resource = '', operation = ''] = key.split('.');
			const start = Date.now();
			const options = { skipFailedFor: 0 };
			const result = await bench.run({ resource, operation, ...parameters, options });
			examples.set(key, exampleOf(key, result, { secrets, start, end: Date.now() }));
		}
		bench.reset();
		const question = { type: ROUTING_NODE, parameters: { ...through('wapio'), resource: 'message' } };
		examples.set('message.sendAndWait', await answeredExample(question, bench, secrets));
		return examples;
	} finally {
		await bench.close();
	}
}

/** Values of the credentials that the editor hides. */
function secretsOf(catalog: Catalog, { credentials }: RoutingBench): string[] {
	return Object.entries(credentials).flatMap(([type, values]) =>
		catalog
			.credential(type)
			.properties.filter(({ typeOptions }) => typeOptions?.password === true)
			.map(({ name }) => values[name])
			.filter((value) => typeof value === 'string'),
	);
}
