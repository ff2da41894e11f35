/** Examples of the operations that are more than one request, which no contract shows: they are run against the sandbox. */
import type { INodeParameters } from 'n8n-workflow';
import { chategyAccount } from '../../sandbox';
import { startWaitingHost } from '../../test/support/waitingHost';
import type { DocsBench } from './benches';
import type { ProviderTypes } from './catalog';
import { type Example, exampleOf, exampleOfItems } from './examples';

/** An operation's parameters, and what has to happen before it is run. */
interface Step {
	resource: string;
	operation: string;
	parameters?: INodeParameters;
	before?: (bench: DocsBench) => Promise<unknown>;
}

const { ownPhone, telegram } = chategyAccount;
const telegramStep = (operation: string, parameters: INodeParameters = {}): Step => ({
	resource: 'telegramAuthorization',
	operation,
	parameters,
});
const whatsAppStep = (operation: string, action: string, parameters: INodeParameters = {}): Step => ({
	resource: 'whatsAppAuthorization',
	operation,
	parameters,
	before: async ({ sandbox }) => await sandbox.control.action('chategy', action),
});

/** In the order in which a person goes through them: each step makes the next one possible. */
const steps: Partial<Record<ProviderTypes['name'], Step[]>> = {
	chategy: [
		telegramStep('reset'),
		telegramStep('getState'),
		telegramStep('sendPhone', { phoneNumber: `+${ownPhone}` }),
		telegramStep('sendCode', { code: telegram.code }),
		telegramStep('sendPassword', { password: telegram.password }),
		whatsAppStep('getQrCode', 'logOut', { binaryPropertyName: 'data' }),
		whatsAppStep('waitUntilScanned', 'scan'),
	],
};

/** The examples by `resource.operation`. */
export async function sandboxExamples(types: ProviderTypes, bench: DocsBench): Promise<Map<string, Example>> {
	const examples = new Map<string, Example>();
	for (const { resource, operation, parameters = {}, before } of steps[types.name] ?? []) {
		await before?.(bench);
		const start = Date.now();
		const result = await bench.run({ resource, operation, ...parameters });
		const key = `${resource}.${operation}`;
		examples.set(key, exampleOf(key, result, { secrets: bench.secrets, start, end: Date.now() }));
	}
	const { resource } = bench.sendText;
	if (typeof resource === 'string') examples.set(`${resource}.sendAndWait`, await responseExample(types, bench));
	return examples;
}

/** Asks for an approval, and presses the button behind the first link of the message. */
async function responseExample({ name }: ProviderTypes, bench: DocsBench): Promise<Example> {
	const host = await startWaitingHost(bench.engine);
	const start = Date.now();
	try {
		const parameters = {
			...bench.sendText,
			text: undefined,
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
				{ id: 'ask', name: 'Ask', type: name, typeVersion: 1, position: [200, 0], parameters },
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
