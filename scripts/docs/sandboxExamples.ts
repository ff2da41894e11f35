/** Examples of the operations that are more than one request, which no contract shows: they are run against the sandbox. */
import { partOf, type Provider } from '../../test/support/provider';
import { startWaitingHost } from '../../test/support/n8n/waitingHost';
import type { DocsBench } from './benches';
import { type Example, exampleOf, exampleOfItems } from './examples';

/** The examples by `resource.operation`. */
export async function sandboxExamples(provider: Provider, bench: DocsBench): Promise<Map<string, Example>> {
	const examples = new Map<string, Example>();
	for (const { resource, operation, parameters = {}, before } of partOf(provider.exampleSteps) ?? []) {
		await before?.(bench);
		const start = Date.now();
		const result = await bench.run({ resource, operation, ...parameters });
		const key = `${resource}.${operation}`;
		examples.set(key, exampleOf(key, result, { secrets: bench.secrets, start, end: Date.now() }));
	}
	examples.set(`${provider.sendAndWait.resource}.sendAndWait`, await responseExample(provider, bench));
	return examples;
}

/** Asks for an approval, and presses the button behind the first link of the message. */
async function responseExample({ type, sendAndWait }: Provider, bench: DocsBench): Promise<Example> {
	const host = await startWaitingHost(bench.engine);
	const start = Date.now();
	try {
		const parameters = {
			...sendAndWait,
			operation: 'sendAndWait',
			phoneNumber: '6281200000001',
			message: 'Approve invoice INV-1?',
		};
		const execution = host.start({
			nodes: [
				{
					id: 'start',
					name: 'Start',
					type: 'n8n-nodes-base.manualTrigger',
					typeVersion: 1,
					position: [0, 0],
					parameters: {},
				},
				{ id: 'ask', name: 'Ask', type, typeVersion: 1, position: [200, 0], parameters },
			],
			connections: { Start: { main: [[{ node: 'Ask', type: 'main', index: 0 }]] } },
		});
		await execution.paused;
		if (execution.status === 'waiting') {
			const link = /https?:\/\/\S+/.exec(bench.sandbox.control.messages().at(-1)?.text ?? '');
			await fetch(link?.[0] ?? '', { method: 'POST' });
		}
		const result = await execution.finished;
		if (result.error) throw result.error;
		return exampleOfItems('sendAndWait', result.outputs('Ask')[0] ?? [], {
			secrets: bench.secrets,
			start,
			end: Date.now(),
		});
	} finally {
		await host.close();
	}
}
