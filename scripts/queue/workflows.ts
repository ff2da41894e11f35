/* The workflows that the checks run. */
import { randomUUID } from 'node:crypto';
import type { WorkflowNode } from '../n8n/api';
import { importWorkflows } from '../n8n/content';
import type { Cluster } from './cluster';

const RECIPIENT = '6281234567890';

type Parameters = Record<string, unknown>;

/** What tells one provider's nodes from another's here. */
const nodesOf = {
	chatalo: { account: 'device', trigger: { events: ['text'] } },
	wapio: { account: 'session', trigger: { events: ['message'], chats: 'private' } },
};

/** The providers whose nodes are used. */
export type QueueProvider = keyof typeof nodesOf;

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** Makes the nodes of a workflow, in a row. */
class Row {
	readonly nodes: WorkflowNode[] = [];

	constructor(private readonly cluster: Cluster) {}

	/** A node of n8n's own. */
	base(
		name: string,
		type: string,
		typeVersion: number,
		parameters: Parameters,
		more: Partial<WorkflowNode> = {},
	): this {
		return this.add({ name, type: `n8n-nodes-base.${type}`, typeVersion, parameters, ...more });
	}

	/** A node of ours. */
	own(
		name: string,
		type: string,
		provider: QueueProvider,
		parameters: Parameters,
		more: Partial<WorkflowNode> = {},
	): this {
		const credential = this.cluster.credentials.find((one) => one.type === `${provider}Api`);
		const credentials = { [`${provider}Api`]: { id: credential?.id ?? null, name: credential?.name ?? '' } };
		return this.add({
			name,
			type: `${this.cluster.packageName}.${type}`,
			typeVersion: 1,
			parameters,
			credentials,
			...more,
		});
	}

	/** Stores it as a workflow; answers with its id. */
	async store(id: string, name: string): Promise<string> {
		const pairs = this.nodes.slice(1).map((node, index) => [this.nodes[index]?.name ?? '', node.name] as const);
		const connections = Object.fromEntries(
			pairs.map(([from, to]) => [from, { main: [[{ node: to, type: 'main', index: 0 }]] }]),
		);
		const { api, credentials, credentialIds } = this.cluster;
		await importWorkflows(
			api,
			[{ id, name, nodes: this.nodes, connections, settings: { executionOrder: 'v1' } }],
			credentials,
			credentialIds,
		);
		return id;
	}

	private add(node: Omit<WorkflowNode, 'id' | 'position'>): this {
		this.nodes.push({ id: randomUUID(), position: [this.nodes.length * 240, 0], ...node });
		return this;
	}
}

/** Name of the trigger node in a reply workflow. */
export const TRIGGER = 'Trigger';

/** A trigger of ours, and a reply of ours that repeats the text. */
export async function replyWorkflow(
	cluster: Cluster,
	id: string,
	provider: QueueProvider,
	how: { removeDuplicates?: boolean; idempotencyKey?: string } = {},
): Promise<string> {
	const { account, trigger } = nodesOf[provider];
	const [device] = cluster.sandbox.control.devices(provider);
	const slot = provider === 'wapio' ? { session: byId(device?.id ?? '') } : {};
	const row = new Row(cluster).own(
		TRIGGER,
		`${provider}Trigger`,
		provider,
		{ ...slot, ...trigger, options: {} },
		{ webhookId: randomUUID() },
	);
	if (how.removeDuplicates) {
		const parameters = {
			operation: 'removeItemsSeenInPreviousExecutions',
			dedupeValue: '={{ $json.id }}',
			options: {},
		};
		row.base('Remove Duplicates', 'removeDuplicates', 2, parameters);
	}
	const options = how.idempotencyKey === undefined ? {} : { idempotencyKey: how.idempotencyKey };
	row.own('Reply', provider, provider, {
		resource: 'message',
		operation: 'sendText',
		[account]: byId('={{ $json.device }}'),
		sendTo: 'person',
		phoneNumber: '={{ $json.sender.phone }}',
		text: '=Reply to {{ $json.text }}',
		options,
	});
	return await row.store(id, `Reply (${id})`);
}

/** Where a workflow is started by a call. */
const webhookNode = (row: Row, path: string): Row =>
	row.base(
		'Webhook',
		'webhook',
		2,
		{ httpMethod: 'POST', path, responseMode: 'onReceived', options: {} },
		{ webhookId: randomUUID() },
	);

/** Path of the calls that start the sends. Their body: `{ name, texts }`. */
export const SENDS_PATH = 'queue-sends';

/** Sends each of the texts that a call brings; with an idempotency key made of the text, where the provider takes one. */
export async function sendsWorkflow(
	cluster: Cluster,
	id: string,
	provider: QueueProvider = 'chatalo',
	path = SENDS_PATH,
): Promise<string> {
	const [device] = cluster.sandbox.control.devices(provider);
	const row = webhookNode(new Row(cluster), path);
	row.base('Split Out', 'splitOut', 1, { fieldToSplitOut: 'body.texts', options: { destinationFieldName: 'text' } });
	row.own('Send', provider, provider, {
		resource: 'message',
		operation: 'sendText',
		[nodesOf[provider].account]: byId(device?.id ?? ''),
		sendTo: 'person',
		phoneNumber: RECIPIENT,
		text: '={{ $json.text }}',
		options: provider === 'wapio' ? { idempotencyKey: '={{ $json.text }}' } : {},
	});
	return await row.store(id, `Sends (${id})`);
}

/** Path of the calls that ask for an approval. Their body: `{ name }`. */
export const ASK_PATH = 'queue-ask';

/** Asks, waits for the answer, and sends it on. */
export async function askWorkflow(cluster: Cluster, id: string): Promise<string> {
	const [device] = cluster.sandbox.control.devices('chatalo');
	const message = {
		resource: 'message',
		device: byId(device?.id ?? ''),
		sendTo: 'person',
		phoneNumber: RECIPIENT,
		options: {},
	};
	const row = webhookNode(new Row(cluster), ASK_PATH);
	row.own(
		'Ask',
		'chatalo',
		'chatalo',
		{
			...message,
			operation: 'sendAndWait',
			message: '=May {{ $json.body.name }} go on?',
			responseType: 'approval',
		},
		{ webhookId: randomUUID() },
	);
	row.own('Tell', 'chatalo', 'chatalo', {
		...message,
		operation: 'sendText',
		text: "={{ $('Webhook').item.json.body.name }} answered: {{ $json.data.approved }}",
	});
	return await row.store(id, 'Ask');
}
