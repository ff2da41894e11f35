/* A workflow with an AI agent: a scripted model, and our nodes as its tools. */
import type { ProviderName } from '../../../sandbox';
import type { WorkflowNode } from '../../../scripts/n8n/api';
import { fromAI } from '../../support/fromAI';
import { providerOf } from '../../support/providers';
import type { ScriptedModel } from './model';
import { manualTrigger, node, type NodeSettings, ourNode } from './nodes';
import type { Stage } from './stage';

const START = 'Start';
const AGENT = 'AI Agent';
const MODEL = 'OpenAI Chat Model';
const CREDENTIAL = 'Scripted model';

/** One of our nodes in an agent's workflow. */
export interface ToolNode {
	name: string;
	/** The node type without the package: `chataloTool`, `whacenterHitlTool`. */
	type: string;
	parameters: Record<string, unknown>;
	/** The name of the human review between the agent and this tool, if there is one. */
	reviewedBy?: string;
	/** More of the node: `retryOnFail` and the like. */
	settings?: NodeSettings;
}

/** The name under which a model calls `sendTool`. */
export const toolName = (provider: ProviderName): string => `Send_by_${provider}`;

/** Send Text of a provider as a tool. */
export function sendTool(provider: ProviderName, more: Partial<ToolNode> = {}): ToolNode {
	const parameters = {
		...providerOf(provider).e2e.textTool,
		phoneNumber: fromAI('Phone_Number'),
		text: fromAI('Text', 'What to say'),
	};
	return { name: `Send by ${provider}`, type: `${provider}Tool`, parameters, ...more };
}

/** An agent's workflow in n8n. */
export class ToolWorkflow {
	private modelCredential: string | undefined;

	constructor(
		private readonly stage: Stage,
		private readonly model: ScriptedModel,
		readonly id = 'e2eAgent',
	) {}

	/** Stores it with these tools in place of those it had, and with this trigger in place of the manual one. */
	async setTools(tools: ToolNode[], trigger = manualTrigger(START)): Promise<void> {
		const { api } = this.stage.n8n;
		this.modelCredential ??= await api.createCredential({
			name: CREDENTIAL,
			type: 'openAiApi',
			data: { apiKey: 'none', url: this.model.url },
		});
		const nodes = [trigger, ...this.nodes(this.modelCredential, tools)];
		const connections = connect(tools, trigger.name);
		if (await api.findWorkflow(this.id)) await api.updateWorkflow(this.id, { nodes, connections });
		else {
			// As n8n's editor sets it: in the older order the agent continues before its tools have run.
			const settings = { executionOrder: 'v1' };
			await this.stage.store([{ id: this.id, name: 'Agent', nodes, connections, settings }]);
		}
	}

	/** Starts it; returns the execution's id. */
	async begin(): Promise<string> {
		return await this.stage.n8n.api.runManually(this.id, START);
	}

	/** Runs it to its end; fails where it does not succeed. */
	async run(): Promise<void> {
		await this.expectSuccess(await this.begin());
	}

	/** Waits for the end of an execution; fails where it does not succeed. */
	async expectSuccess(execution: string): Promise<void> {
		const { status, data } = await this.stage.n8n.api.finished(execution);
		if (status !== 'success') throw new Error(`The execution ended with ${status}: ${data.slice(0, 1_500)}`);
	}

	private nodes(modelCredential: string, tools: ToolNode[]): WorkflowNode[] {
		const agentVersion = this.stage.installation.line === '2' ? 3.1 : 3;
		const agent = { promptType: 'define', text: 'Do it.', options: {} };
		const model = { model: { __rl: true, mode: 'id', value: 'scripted' }, options: {} };
		return [
			node(AGENT, '@n8n/n8n-nodes-langchain.agent', agent, { typeVersion: agentVersion }),
			node(MODEL, '@n8n/n8n-nodes-langchain.lmChatOpenAi', model, {
				typeVersion: 1.2,
				credentials: { openAiApi: { id: modelCredential, name: CREDENTIAL } },
			}),
			...tools.map((tool) => this.toolNode(tool)),
		];
	}

	private toolNode({ name, type, parameters, settings }: ToolNode): WorkflowNode {
		const tool = ourNode(this.stage, name, type, parameters, settings);
		// Where n8n finds the webhooks of a human review.
		return { ...tool, webhookId: `e2e-${tool.id}` };
	}
}

function connect(tools: ToolNode[], trigger: string): Record<string, unknown> {
	const to = (name: string, type: string) => ({ [type]: [[{ node: name, type, index: 0 }]] });
	return {
		[trigger]: to(AGENT, 'main'),
		[MODEL]: to(AGENT, 'ai_languageModel'),
		...Object.fromEntries(tools.map(({ name, reviewedBy }) => [name, to(reviewedBy ?? AGENT, 'ai_tool')])),
	};
}
