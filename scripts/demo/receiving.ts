/* The workflows that start when something arrives. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ProviderDefinition, providers } from '../../sandbox';
import { type Deployment, startTriggerHost } from '../../test/support/triggerHost';
import { expect, fields, type Play, say, type Stage } from './stage';

/** How often the auto-replies answer one person. */
const MOST_ANSWERS = 3;

/** Publishes the workflow, plays, and takes it back. An execution that failed ends the play. */
export async function published(stage: Stage, play: (workflow: Deployment) => Promise<number>): Promise<number> {
	const { engine, file, provider, sandbox } = stage;
	const { control } = sandbox;
	const host = await startTriggerHost(engine);
	try {
		const workflow = host.deploy({ workflow: file, workflowId: file.id });
		await workflow.activate();
		// Where there is no API for it, somebody has to paste the address into the provider's dashboard.
		const { webhooksByHand: isByHand }: ProviderDefinition = providers[provider];
		if (isByHand) control.setWebhook(provider, workflow.productionUrl);
		const how = isByHand ? 'was pasted by hand' : 'stands';
		say(`published: the webhook ${how} at ${control.webhook(provider)?.split('?')[0]}`);
		const due = await play(workflow);
		await workflow.deactivate();
		if (isByHand) control.setWebhook(provider, null);
		say(`unpublished: the webhook is ${control.webhook(provider) ?? 'gone'}`);
		return due;
	} finally {
		await host.close();
	}
}

/** How an event arrives. */
interface Arrival {
	times?: number;
	overrides?: Record<string, unknown>;
	/** How many executions to wait for, where a file is fetched after the provider has its answer. */
	starts?: number;
}

/** Files come from this machine. */
const FETCH_MS = 10_000;

/** Lets an event arrive as often as said, waits until n8n is done with it, and answers how many executions it started. */
export async function arrive(
	stage: Stage,
	workflow: Deployment,
	event: string,
	{ starts = 0, ...options }: Arrival = {},
): Promise<number> {
	const before = workflow.executions.length;
	// Which events there are depends on the provider; the sandbox refuses others by name.
	const incoming = stage.sandbox.control.incoming.bind(stage.sandbox.control) as (
		provider: string,
		event: string,
		options: Omit<Arrival, 'starts'>,
	) => ReturnType<typeof stage.sandbox.control.incoming>;
	const { deliveries } = await incoming(stage.provider, event, options);
	for (const end = Date.now() + FETCH_MS; workflow.executions.length < before + starts && Date.now() < end;)
		await sleep(20);
	await workflow.idle();
	const failed = workflow.executions.find(({ error }) => error);
	if (failed?.error) throw failed.error;
	for (const { status } of deliveries) expect(status, 200, 'the answer to the provider');
	return workflow.executions.length - before;
}

/** One message delivered twice, messages that want no answer, and a robot that answers each answer. */
export const autoReply: Play = async (stage) =>
	await published(stage, async (workflow) => {
		const { control } = stage.sandbox;
		const before = control.messages().length;
		const answers = () => control.messages().length - before;
		const executions = await arrive(stage, workflow, 'text', { times: 2 });
		say(`← one message, delivered twice: ${executions} execution, ${answers()} answer`);
		expect(answers(), 1, 'answers');
		const { events }: ProviderDefinition = providers[stage.provider];
		for (const event of ['own', 'echo', 'group', 'reaction'].filter((name) => events.includes(name))) {
			await arrive(stage, workflow, event);
			say(`← ${event}: no answer`);
			expect(answers(), 1, `answers after ${event}`);
		}
		for (let message = 0; message < 2 * MOST_ANSWERS; message++) await arrive(stage, workflow, 'text');
		say(`← ${2 * MOST_ANSWERS} more from the same robot: ${answers()} answers in all`);
		return MOST_ANSWERS;
	});

/** The part that is started by hand: a phone that is not connected, its QR code, and somebody who scans it; then the greeting. */
export const pairing: Play = async (stage) => {
	const { engine, sandbox, file, provider } = stage;
	const [device] = sandbox.control.devices(provider);
	if (device === undefined) throw new Error(`${provider} has no device`);
	sandbox.control.setDeviceStatus(provider, device.id, 'disconnected');
	const start = file.nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger');
	const result = await engine.runWorkflow(file, { startNode: start?.name });
	if (result.error) throw result.error;
	const binary = result.outputs(result.lastNode ?? '')[0]?.[0]?.binary?.data;
	say(`${result.lastNode}: ${binary?.mimeType} of ${binary?.fileSize}, to be scanned with the phone`);
	sandbox.control.setDeviceStatus(provider, device.id, 'connected');
	return await published(stage, async (workflow) => {
		const change = async (status: string, times: number) =>
			await arrive(stage, workflow, 'sessionStatus', { times, overrides: { data: { status } } });
		await change('connecting', 1);
		const before = sandbox.control.messages().length;
		await change('connected', 2);
		say('← the session is connecting: no greeting; then it is connected, told twice: one greeting');
		expect(sandbox.control.messages().length - before, 1, 'greetings');
		return 1;
	});
};

export const archive: Play = async (stage) => {
	const file = structuredClone(stage.file);
	const save = file.nodes.find(({ name }) => name === 'Save File');
	const { fileName } = save?.parameters ?? {};
	if (!save || typeof fileName !== 'string') throw new Error('There is no file to save');
	save.parameters.fileName = fileName.replace('/home/node/.n8n-files', stage.folder);
	const playing = { ...stage, file };
	return await published(playing, async (workflow) => {
		await arrive(playing, workflow, 'image', { times: 2, starts: 1 });
		await arrive(playing, workflow, 'document', { starts: 1, overrides: { pushName: '../../evil' } });
		await arrive(playing, workflow, 'text');
		const names = readdirSync(stage.folder).sort();
		for (const name of names)
			say(`← a file: ${name}, ${readFileSync(path.join(stage.folder, name)).length} bytes on disk`);
		expect(names.map((name) => path.extname(name)).sort(), ['.jpg', '.pdf'], 'files');
		await arrive(playing, workflow, 'image', {
			starts: 1,
			overrides: { media: `${stage.sandbox.url}/files/gone.jpg` },
		});
		const last = await workflow.executions.at(-1)?.finished;
		say(`← one that is gone: ${fields(last?.outputs('Not Fetched')[0]?.[0], 'mediaError')}`);
		expect(readdirSync(stage.folder).length, 2, 'files');
		return 0;
	});
};
