/* A workflow with an AI agent: a scripted model, and our nodes as its tools. */
import type { WorkflowNode } from '../n8n/api';
import { importWorkflows } from '../n8n/content';
import type { ScriptedModel } from './model';
import type { Stage } from './stage';

const START = 'Start';
const AGENT = 'AI Agent';
const MODEL = 'OpenAI Chat Model';

/** One of our nodes in an agent's workflow. */
export interface ToolNode {
	name: string;
	/** The node type without the package: `chataloTool`, `whacenterHitlTool`. */
	type: string;
	parameters: Record<string, unknown>;
	/** What it hangs on, where that is not the agent: the name of a human review. */
	reviewedBy?: string;
	/** More of the node: `retryOnFail` and the like. */
	settings?: Record<string, unknown>;
}

/** An agent's workflow in n8n. */
export class ToolWorkflow {
	private openAi: string | undefined;

	constructor(
		private readonly stage: Stage,
		private readonly model: ScriptedModel,
		readonly id = 'e2eAgent',
	) {}

	/** Stores it with these tools in place of those it had. */
	async setTools(tools: ToolNode[]): Promise<void> {
		const { api } = this.stage.n8n;
		this.openAi ??= await api.createCredential({ name: 'Scripted model', type: 'openAiApi', data: { apiKey: 'none', url: this.model.url } });
		const nodes: WorkflowNode[] = [
			node(START, 'n8n-nodes-base.manualTrigger', 1, {}),
			node(AGENT, '@n8n/n8n-nodes-langchain.agent', this.stage.installation.line === '2' ? 3.1 : 3, { promptType: 'define', text: 'Do it.', options: {} }),
			{
				...node(MODEL, '@n8n/n8n-nodes-langchain.lmChatOpenAi', 1.2, { model: { __rl: true, mode: 'id', value: 'scripted' }, options: {} }),
				credentials: { openAiApi: { id: this.openAi, name: 'Scripted model' } },
			},
			...tools.map((tool) => this.toolNode(tool)),
		];
		const connections = {
			[START]: { main: [[{ node: AGENT, type: 'main', index: 0 }]] },
			[MODEL]: { ai_languageModel: [[{ node: AGENT, type: 'ai_languageModel', index: 0 }]] },
			...Object.fromEntries(
				tools.map(({ name, reviewedBy }) => [name, { ai_tool: [[{ node: reviewedBy ?? AGENT, type: 'ai_tool', index: 0 }]] }]),
			),
		};
		if (await api.findWorkflow(this.id)) await api.updateWorkflow(this.id, { nodes, connections });
		else {
			// As n8n's editor sets it: in the older order the agent goes on before its tools have run.
			const file = { id: this.id, name: 'Agent', nodes, connections, settings: { executionOrder: 'v1' } };
			await importWorkflows(api, [file], this.stage.credentials, this.stage.credentialIds, this.stage.storeWorkflows);
		}
	}

	/** Starts it; answers with the execution's id. */
	async begin(): Promise<string> {
		return await this.stage.n8n.api.runManually(this.id, START);
	}

	private toolNode({ name, type, parameters, settings }: ToolNode): WorkflowNode {
		const credentialType = `${type.replace(/(Hitl)?Tool$/, '')}Api`;
		const credential = this.stage.credentials.find((each) => each.type === credentialType);
		const id = this.stage.credentialIds.get(credential?.id ?? '') ?? null;
		return {
			...node(name, `${this.stage.packageName}.${type}`, 1, parameters),
			...settings,
			credentials: { [credentialType]: { id, name: credential?.name ?? '' } },
			// Where n8n finds the webhooks of a human review.
			webhookId: nodeId(name),
		};
	}
}

function node(name: string, type: string, typeVersion: number, parameters: Record<string, unknown>): WorkflowNode {
	return { id: nodeId(name), name, type, typeVersion, position: [0, 0], parameters };
}

function nodeId(name: string): string {
	return `e2e-${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`;
}
