import type { IConnections, INode, INodeExecutionData, IRunExecutionData } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import type { CredentialValues } from './n8n/credentials';
import type { Engine } from './engine';
import { type ExecutionRecord, workflowResult, type WorkflowResult } from './results';
import { type NodeOptions, startData, type WorkflowFile } from './workflows';

/** From node to node, by name; from the first output unless another one is given. */
export type Wire = [from: string, to: string, output?: number];

/** The name of the node that a workflow made by {@link workflowOf} starts from. */
export const START = 'Start';

/** A workflow as n8n would export it: a start node, these nodes, and the wires between them. */
export function workflowOf(engine: Engine, nodes: NodeOptions[], wires: Wire[]): WorkflowFile {
	const start: NodeOptions = { type: 'n8n-nodes-base.manualTrigger', nodeName: START };
	const built: INode[] = [start, ...nodes].map((node) => engine.workflows.node(node, engine.valuesFor({})));
	const connections: IConnections = {};
	for (const [from, to, output = 0] of wires) {
		const { main = [] } = (connections[from] ??= { main: [] });
		for (let index = main.length; index <= output; index++) main.push([]);
		main[output]?.push({ node: to, type: NodeConnectionTypes.Main, index: 0 });
	}
	return { nodes: built, connections };
}

/** The start node and these nodes, one after the other. */
export function chainOf(engine: Engine, nodes: Array<NodeOptions & { nodeName: string }>): WorkflowFile {
	const names = [START, ...nodes.map(({ nodeName }) => nodeName)];
	const wires = names.slice(1).map((name, index): Wire => [names[index] ?? START, name]);
	return workflowOf(engine, nodes, wires);
}

/**
 * Runs a workflow to its end. Where it waits, it is saved as n8n saves it, as text, and goes on as n8n's clock would let it.
 */
export async function runThroughWaits(
	engine: Engine,
	file: WorkflowFile,
	items: INodeExecutionData[],
): Promise<WorkflowResult & { waits: number }> {
	const workflow = engine.workflows.fromFile(file, engine.valuesFor({}));
	const start = workflow.getStartNode();
	if (!start) throw new Error('The workflow has no node to start from');
	let record = await engine.execute({ workflow, data: startData(start, items), mode: 'trigger' }).result;
	let waits = 0;
	for (; record.run.status === 'waiting'; waits++) {
		const data: IRunExecutionData = { ...saved(record), waitTill: new Date() };
		const { executionId } = record;
		record = await engine.execute({
			workflow: engine.workflows.fromFile(file, engine.valuesFor({})),
			data,
			mode: 'trigger',
			executionId,
		}).result;
	}
	return { ...workflowResult(record), waits };
}

/**
 * Retries a failed execution as n8n's button of that name does (its `ExecutionService.retry`): what was saved goes on with
 * the node that failed, under a new execution id.
 *
 * @param file the workflow of that execution, or the one as it is saved by now
 * @param credentials in place of the engine's, by type
 */
export async function retryExecution(
	engine: Engine,
	file: WorkflowFile,
	failed: ExecutionRecord,
	credentials: CredentialValues = {},
): Promise<WorkflowResult> {
	const data = saved(failed);
	const { lastNodeExecuted = '', runData } = data.resultData;
	delete data.resultData.error;
	const runs = runData[lastNodeExecuted] ?? [];
	if (runs.at(-1)?.error !== undefined) runs.pop();
	const workflow = engine.workflows.fromFile(file, engine.valuesFor({ credentials }));
	for (const entry of data.executionData?.nodeExecutionStack ?? []) {
		entry.node = workflow.getNode(entry.node.name) ?? entry.node;
	}
	const retryOf = failed.executionId;
	return workflowResult(await engine.execute({ workflow, data, mode: 'retry', retryOf, credentials }).result);
}

/**
 * Retries an execution that n8n was killed in: nothing was saved of it but what it began with, so it starts over under a new
 * execution id.
 *
 * @param items that it began with
 * @param killed its id
 */
export async function retryKilledExecution(
	engine: Engine,
	file: WorkflowFile,
	items: INodeExecutionData[],
	killed: string,
): Promise<WorkflowResult> {
	const workflow = engine.workflows.fromFile(file, engine.valuesFor({}));
	const start = workflow.getStartNode();
	if (!start) throw new Error('The workflow has no node to start from');
	const data = startData(start, items);
	return workflowResult(await engine.execute({ workflow, data, mode: 'retry', retryOf: killed }).result);
}

/** What outlives the process. */
function saved({ run }: ExecutionRecord): IRunExecutionData {
	return JSON.parse(JSON.stringify(run.data)) as IRunExecutionData;
}
