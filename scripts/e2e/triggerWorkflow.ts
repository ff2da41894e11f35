/* A small workflow around the Chatalo trigger, and what the checks ask about it. */
import type { N8nApi, WorkflowNode } from '../n8n/api';
import { importWorkflows } from '../n8n/content';
import { ensure } from './checks';
import type { Stage } from './stage';

/** The options of the trigger that decide about the slot. */
export interface TriggerOptions {
	replaceExistingWebhook?: boolean;
	takeOverProduction?: boolean;
}

const TRIGGER = 'Chatalo Trigger';
// n8n 1 stores static data only for ids of up to 16 characters.
const ID = 'e2eTrigger';
const WEBHOOK_ID = '7d1c2f0e-5b1d-4f43-9d55-0a3f8c3d2b11';

/** The workflow under test. */
export class TriggerWorkflow {
	readonly id = ID;

	constructor(private readonly stage: Stage) {}

	private get api(): N8nApi {
		return this.stage.n8n.api;
	}

	/** Stores it. */
	async create(): Promise<void> {
		const credential = this.stage.credentials.find(({ type }) => type === 'chataloApi');
		ensure(credential !== undefined, 'There is no Chatalo credential');
		const nodes: WorkflowNode[] = [
			{
				id: '2f0f3f57-8b2e-4d3b-8a39-1f3f8a0c7d01',
				name: TRIGGER,
				type: `${this.stage.packageName}.chataloTrigger`,
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
				webhookId: WEBHOOK_ID,
				credentials: { chataloApi: { id: credential.id, name: credential.name } },
			},
			{ id: '2f0f3f57-8b2e-4d3b-8a39-1f3f8a0c7d02', name: 'Done', type: 'n8n-nodes-base.noOp', typeVersion: 1, position: [220, 0], parameters: {} },
		];
		const connections = { [TRIGGER]: { main: [[{ node: 'Done', type: 'main', index: 0 }]] } };
		await importWorkflows(this.api, [{ id: ID, name: 'Trigger under test', nodes, connections }], this.stage.credentials, this.stage.credentialIds, this.stage.storeWorkflows);
	}

	/** Changes the trigger's options in the draft. */
	async setOptions(options: TriggerOptions): Promise<void> {
		const { nodes } = await this.api.workflow(ID);
		const changed = nodes.map((node) => (node.name === TRIGGER ? { ...node, parameters: { ...node.parameters, options } } : node));
		await this.api.updateWorkflow(ID, { nodes: changed });
	}

	publish = async () => await this.api.publish(ID);
	unpublish = async () => await this.api.unpublish(ID);
	listen = async () => await this.api.listenForTestEvent(ID, TRIGGER);
	stopListening = async () => await this.api.stopListening(ID);

	/** What stands in the provider's slot. */
	slot(): string | null {
		return this.stage.sandbox.control.webhook('chatalo');
	}

	/** Whose URL stands in the slot. */
	owner(): 'nobody' | 'production' | 'test' | 'somebody else' {
		const slot = this.slot();
		if (slot === null || slot === '') return 'nobody';
		if (slot.startsWith(`${this.stage.n8n.url}/webhook/${WEBHOOK_ID}/`)) return 'production';
		if (slot.startsWith(`${this.stage.n8n.url}/webhook-test/${WEBHOOK_ID}/`)) return 'test';
		return 'somebody else';
	}

	/** How many executions there were, by how they were started. */
	async runs(): Promise<{ production: number; test: number; failed: number }> {
		const executions = await this.api.executions(ID);
		const count = (test: (execution: { mode: string; status: string }) => boolean) => executions.filter(test).length;
		return {
			production: count(({ mode }) => mode === 'webhook'),
			test: count(({ mode }) => mode === 'manual'),
			failed: count(({ status }) => status !== 'success' && status !== 'running' && status !== 'new'),
		};
	}
}
