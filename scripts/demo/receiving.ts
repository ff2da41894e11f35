/* The workflows that start when something arrives. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ProviderDefinition, providers } from '../../sandbox';
import { type Deployment, startTriggerHost } from '../../test/support/triggerHost';
import { expect, fields, type Play, type Stage } from './stage';

/** How many replies the auto-replies send to one chat. */
const MAX_REPLIES = 3;

/** Publishes the workflow, plays, and unpublishes it. A failed execution ends the play. */
export async function published(stage: Stage, play: (workflow: Deployment) => Promise<number>): Promise<number> {
	const { engine, file, provider, sandbox, say } = stage;
	const { control } = sandbox;
	const host = await startTriggerHost(engine);
	try {
		const workflow = host.deploy({ workflow: file, workflowId: file.id });
		await workflow.activate();
		// Without an API for it, someone has to paste the URL into the provider's dashboard.
		const { webhooksByHand: isByHand }: ProviderDefinition = providers[provider];
		if (isByHand) control.setWebhook(provider, workflow.productionUrl);
		const how = isByHand ? 'set by hand' : 'registered';
		say(`published: webhook ${how}: ${control.webhook(provider)?.split('?')[0]}`);
		const due = await play(workflow);
		await workflow.deactivate();
		if (isByHand) control.setWebhook(provider, null);
		say(`unpublished: webhook ${control.webhook(provider) ?? 'removed'}`);
		return due;
	} finally {
		await host.close();
	}
}

/** How an event arrives. */
interface Arrival {
	times?: number;
	overrides?: Record<string, unknown>;
	/** How many executions to wait for, if a file is fetched after the provider has its response. */
	starts?: number;
}

/** Files come from this machine. */
const FETCH_MS = 10_000;

/** Delivers an event, waits until n8n is done with it, and returns how many executions it started. */
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
	stage.tally.received += deliveries.length;
	for (const end = Date.now() + FETCH_MS; workflow.executions.length < before + starts && Date.now() < end;)
		await sleep(20);
	await workflow.idle();
	const failed = workflow.executions.find(({ error }) => error);
	if (failed?.error) throw failed.error;
	for (const { status } of deliveries) expect(status, 200, 'the response to the provider');
	return workflow.executions.length - before;
}

/** The same message delivered twice, events that need no reply, and a bot that replies to each reply. */
export const autoReply: Play = async (stage) =>
	await published(stage, async (workflow) => {
		const { sandbox, say, notice } = stage;
		const { control } = sandbox;
		const before = control.messages().length;
		const replies = () => control.messages().length - before;
		const executions = await arrive(stage, workflow, 'text', { times: 2 });
		say(`← one message, delivered twice: ${executions} execution, ${replies()} reply`);
		expect(replies(), 1, 'replies');
		const { events }: ProviderDefinition = providers[stage.provider];
		const others = ['own', 'echo', 'group', 'reaction'].filter((name) => events.includes(name));
		for (const event of others) {
			await arrive(stage, workflow, event);
			say(`← ${event}: no reply`);
			expect(replies(), 1, `replies after ${event}`);
		}
		for (let message = 0; message < 2 * MAX_REPLIES; message++) await arrive(stage, workflow, 'text');
		say(`← ${2 * MAX_REPLIES} more messages from the same bot: ${replies()} replies in all`);
		notice('A message delivered twice gets one reply. A bot that never stops gets three.');
		return MAX_REPLIES;
	});

/** Started by hand: a phone that is not connected, its QR code, and someone who scans it; then the greeting. */
export const pairing: Play = async (stage) => {
	const { engine, sandbox, file, provider, say, notice } = stage;
	const [device] = sandbox.control.devices(provider);
	if (device === undefined) throw new Error(`${provider} has no device`);
	sandbox.control.setDeviceStatus(provider, device.id, 'disconnected');
	const start = file.nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger');
	const result = await engine.runWorkflow(file, { startNode: start?.name });
	if (result.error) throw result.error;
	const binary = result.outputs(result.lastNode ?? '')[0]?.[0]?.binary?.data;
	say(`${result.lastNode}: ${binary?.mimeType}, ${binary?.fileSize}, to scan with the phone`);
	sandbox.control.setDeviceStatus(provider, device.id, 'connected');
	return await published(stage, async (workflow) => {
		const change = async (status: string, times: number) =>
			await arrive(stage, workflow, 'sessionStatus', { times, overrides: { data: { status } } });
		await change('connecting', 1);
		const before = sandbox.control.messages().length;
		await change('connected', 2);
		say('← the session is connecting: no greeting; then it is connected, reported twice: one greeting');
		expect(sandbox.control.messages().length - before, 1, 'greetings');
		notice('The QR code arrives as an image. Once the phone is connected, its first contact gets one greeting.');
		return 1;
	});
};

export const archive: Play = async (stage) => {
	const { say, notice, folder } = stage;
	const file = structuredClone(stage.file);
	const save = file.nodes.find(({ name }) => name === 'Save File');
	const { fileName } = save?.parameters ?? {};
	if (!save || typeof fileName !== 'string') throw new Error('There is no file to save');
	save.parameters.fileName = fileName.replace('/home/node/.n8n-files', folder);
	const playing = { ...stage, file };
	return await published(playing, async (workflow) => {
		await arrive(playing, workflow, 'image', { times: 2, starts: 1 });
		await arrive(playing, workflow, 'document', { starts: 1, overrides: { pushName: '../../evil' } });
		await arrive(playing, workflow, 'text');
		const names = readdirSync(folder).sort();
		for (const name of names)
			say(`← a file: ${name}, ${readFileSync(path.join(folder, name)).length} bytes on disk`);
		expect(names.map((name) => path.extname(name)).sort(), ['.jpg', '.pdf'], 'files');
		await arrive(playing, workflow, 'image', {
			starts: 1,
			overrides: { media: `${stage.sandbox.url}/files/gone.jpg` },
		});
		const last = await workflow.executions.at(-1)?.finished;
		say(`← a file that is gone: ${fields(last?.outputs('Not Fetched')[0]?.[0], 'mediaError')}`);
		expect(readdirSync(folder).length, 2, 'files');
		notice('A photo and a document are on disk, each once. A file that is gone comes out with the reason.');
		return 0;
	});
};
