/*
 * An AI agent whose model is a script. It takes its tools from n8n's own code, and uses them in the two ways in which n8n's
 * agents do: called from within the agent (before version 3, and MCP servers), or run by the engine (from version 3 on).
 */
import type {
	EngineRequest,
	EngineResponse,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodeType,
	NodeOutput,
} from 'n8n-workflow';
import { NodeConnectionTypes, NodeHelpers } from 'n8n-workflow';

import type { Engine, WorkflowRun } from '../engine';
import { workflowOf } from '../executions';
import type { NodeSource } from './nodeTypes';
import type { WorkflowResult } from '../results';
import type { NodeOptions } from '../workflows';

/** Who runs the tool: the agent itself, or the engine for it. */
export type AgentMode = 'within' | 'engine';

/** A call by the model: the name of the tool's node and what it gives. */
export interface AgentCall {
	tool: string;
	arguments: Record<string, unknown>;
}

/** A tool as the model sees it. */
interface SeenTool {
	name: string;
	description: string;
	/** Their names. What they say about themselves is lost here, where n8n-core works with a newer zod than its own. */
	arguments: string[];
}

/** What an agent needs of a tool that n8n-core built. */
interface BuiltTool {
	name: string;
	description: string;
	schema: { shape: object };
	metadata: { sourceNodeName: string };
	invoke(args: Record<string, unknown>): Promise<string>;
}

/** The result of a run. */
interface AgentRun {
	tools: SeenTool[];
	/** What the model reads of each call, in order. */
	answers: string[];
	result: WorkflowResult;
}

/**
 * A node as n8n makes a tool of it when it loads the package (n8n 2.41, tool-generation/ai-tools.js): under another name, with
 * another end, and with the description for the model among its properties.
 */
export function toolOf(source: NodeSource): INodeType {
	const node = NodeHelpers.getVersionedNodeType(typeof source === 'function' ? new source() : source);
	const { name, displayName, properties } = node.description;
	const added: INodeProperties[] = [
		{ displayName: 'Tool Description', name: 'descriptionType', type: 'options', options: [], default: 'auto' },
		{ displayName: 'Description', name: 'toolDescription', type: 'string', default: node.description.description },
	];
	const description = {
		...node.description,
		name: `${name}Tool`,
		displayName: `${displayName} Tool`,
		inputs: [],
		outputs: [NodeConnectionTypes.AiTool],
		usableAsTool: undefined,
		properties: [...added, ...properties],
	};
	return Object.create(node, { description: { value: description } }) as INodeType;
}

/** The agent; what its model says is set for each run. */
export class ScriptedAgent implements INodeType {
	description: INodeType['description'] = {
		displayName: 'Agent',
		name: 'agent',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'Agent' },
		inputs: [NodeConnectionTypes.Main, NodeConnectionTypes.AiTool],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	};

	private mode: AgentMode = 'engine';
	/** Calls of one answer are made at once, answers one after the other. */
	private rounds: AgentCall[][] = [];
	private tools: SeenTool[] = [];
	private answers: string[] = [];

	/** Runs an agent with these nodes as its tools. */
	async run(
		engine: Engine,
		mode: AgentMode,
		tools: Array<NodeOptions & { nodeName: string }>,
		rounds: AgentCall[][],
		options: WorkflowRun = {},
	): Promise<AgentRun> {
		Object.assign(this, { mode, rounds, tools: [], answers: [] });
		const agent: NodeOptions = { type: 'agent', nodeName: 'Agent' };
		const file = workflowOf(engine, [agent, ...tools], [['Start', 'Agent']]);
		const connection = { node: 'Agent', type: NodeConnectionTypes.AiTool, index: 0 };
		for (const { nodeName } of tools) file.connections[nodeName] = { ai_tool: [[connection]] };
		const result = await engine.runWorkflow(file, options);
		if (result.error) throw result.error;
		return { tools: this.tools, answers: this.answers, result };
	}

	execute: INodeType['execute'] = (() => {
		const act = async (context: IExecuteFunctions, response?: EngineResponse): Promise<NodeOutput> =>
			await this.act(context, response);
		return async function (this: IExecuteFunctions, response?: EngineResponse) {
			return await act(this, response);
		};
	})();

	private async act(context: IExecuteFunctions, response?: EngineResponse): Promise<NodeOutput> {
		const built = (await context.getInputConnectionData(NodeConnectionTypes.AiTool, 0)) as BuiltTool[];
		this.tools = built.map(({ name, description, schema }) => ({
			name,
			description,
			arguments: Object.keys(schema.shape),
		}));
		if (this.mode === 'within') await this.callWithin(built);
		else {
			this.answers.push(...heardFrom(response));
			const round = this.rounds.shift();
			if (round) return requestOf(round, this.rounds.length);
		}
		const json = { answers: this.answers };
		return [[{ json, pairedItem: { item: 0 } } satisfies INodeExecutionData]];
	}

	private async callWithin(built: BuiltTool[]): Promise<void> {
		for (const round of this.rounds) {
			const calls = round.map(async ({ tool: name, arguments: given }) => {
				const tool = built.find(({ metadata }) => metadata.sourceNodeName === name);
				if (!tool) throw new Error(`There is no tool ${name}`);
				// LangChain gives the model an error's message.
				return await tool
					.invoke(given)
					.catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
			});
			this.answers.push(...(await Promise.all(calls)));
		}
	}
}

function requestOf(round: AgentCall[], left: number): EngineRequest {
	return {
		actions: round.map(({ tool, arguments: given }, index) => ({
			actionType: 'ExecutionNodeAction',
			nodeName: tool,
			input: given as EngineRequest['actions'][number]['input'],
			type: NodeConnectionTypes.AiTool,
			id: `call_${left}_${index}`,
			metadata: { itemIndex: 0 },
		})),
		metadata: {},
	};
}

/** As n8n's agent words it for the model (n8n 2.41, agent-execution/buildSteps.js). */
function heardFrom(response: EngineResponse | undefined): string[] {
	return (response?.actionResponses ?? []).map(({ data }) => {
		const items = data.data?.ai_tool?.[0]?.map(({ json }) => json) ?? [];
		return JSON.stringify(items.length === 0 ? '' : items);
	});
}
