/* The example workflows in a real n8n. */
import type { ProviderName } from '../../../sandbox';
import type { SentMessage } from '../../../sandbox/types';
import type { N8nApi } from '../../../scripts/n8n/api';
import { readWorkflows } from '../../../scripts/n8n/content';
import { itemsOf } from '../../../scripts/n8n/runData';
import { expect, known } from './fixtures';
import type { Stage } from './stage';

/** Long enough for a second message to arrive, if there were one. */
export const SETTLE_MS = 2_000;

/** Imports the example workflows; publishes those that are meant to be. */
export async function publishExamples(stage: Stage): Promise<void> {
	const files = readWorkflows();
	await stage.store(files);
	for (const { id, active } of files) if (active === true) await stage.n8n.api.publish(id);
}

/** Unpublishes all examples: a provider has one webhook, and other tests need it. */
export async function unpublishExamples({ n8n: { api } }: Stage): Promise<void> {
	for (const { id } of readWorkflows()) {
		const workflow = await api.findWorkflow(id);
		if (workflow && workflow.activeVersionId !== null) await api.unpublish(id);
	}
}

/** From now on: what a provider has been sent since. */
export function messagesFromNow({ sandbox: { control } }: Stage, provider: ProviderName): () => SentMessage[] {
	const before = control.messages(provider).length;
	return () => control.messages(provider).slice(before);
}

/** Publishes an example for as long as `play` takes, and unpublishes those with the same trigger for that time. */
export async function published({ n8n, packageName }: Stage, id: string, play: () => Promise<void>): Promise<void> {
	const { api } = n8n;
	const triggerOf = (nodes: Array<{ type: string }>) =>
		nodes.find(({ type }) => type.startsWith(`${packageName}.`) && type.endsWith('Trigger'))?.type;
	const trigger = triggerOf((await api.workflow(id)).nodes);
	const others = readWorkflows().filter(
		(other) =>
			other.id !== id && other.active === true && trigger !== undefined && triggerOf(other.nodes) === trigger,
	);
	for (const other of others) await api.unpublish(other.id);
	await api.publish(id);
	try {
		await play();
	} finally {
		await api.unpublish(id);
		for (const other of others) await api.publish(other.id);
	}
}

/** Starts a workflow as its button in the editor does; returns the execution's id. */
export async function begin(api: N8nApi, id: string): Promise<string> {
	const { nodes } = await api.workflow(id);
	const start = nodes.find(({ type }) => /\.(manualTrigger|scheduleTrigger)$/.test(type));
	return await api.runManually(id, known(start, `trigger in ${id} that starts by hand`).name);
}

/** Runs a workflow from the editor; returns how many items each of these nodes returned. */
export async function itemCounts({ n8n: { api } }: Stage, id: string, nodes: string[]): Promise<number[]> {
	const { status, data } = await api.finished(await begin(api, id));
	expect(status, 'status').toBe('success');
	return nodes.map((node) => itemsOf(data, node).length);
}

type Parameters = Record<string, unknown>;

/** Changes the parameters of a stored workflow's node. */
export async function setParameters(
	{ n8n: { api } }: Stage,
	id: string,
	node: string,
	change: (parameters: Parameters) => Parameters,
): Promise<void> {
	const { nodes } = await api.workflow(id);
	const changed = nodes.map((each) => (each.name === node ? { ...each, parameters: change(each.parameters) } : each));
	await api.updateWorkflow(id, { nodes: changed });
}
