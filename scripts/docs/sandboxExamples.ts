/** Examples of the operations that are more than one request, which no contract shows: they are run against the sandbox. */
import type { INodeParameters } from 'n8n-workflow';
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
	return await answeredExample({ type, parameters: sendAndWait }, bench, bench.secrets);
}

/**
 * The output of Send and Wait for Response once somebody pressed the button behind the first link of the message.
 *
 * @param secrets values that must not appear in it
 */
export async function answeredExample(
	{ type, parameters }: { type: string; parameters: INodeParameters },
	{ engine, sandbox }: Pick<DocsBench, 'engine' | 'sandbox'>,
	secrets: string[],
): Promise<Example> {
	const host = await startWaitingHost(engine);
	const start = Date.now();
	try {
		const question = {
			...parameters,
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
				{ id: 'ask', name: 'Ask', type, typeVersion: 1, position: [200, 0], parameters: question },
			],
			connections: { Start: { main: [[{ node: 'Ask', type: 'main', index: 0 }]] } },
		});
		await execution.paused;
		if (execution.status === 'waiting') {
			const link = /https?:\/\/\S+/.exec(sandbox.control.messages().at(-1)?.text ?? '');
			await fetch(link?.[0] ?? '', { method: 'POST' });
		}
		const result = await execution.finished;
		if (result.error) throw result.error;
		return exampleOfItems('sendAndWait', result.outputs('Ask')[0] ?? [], { secrets, start, end: Date.now() });
	} finally {
		await host.close();
	}
}
