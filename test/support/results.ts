import type {
	ExecutionError,
	ExecutionStatus,
	INodeExecutionData,
	IRun,
	IRunExecutionData,
	ITaskData,
	NodeExecutionHint,
	WorkflowExecuteMode,
} from 'n8n-workflow';

/** A finished execution as the engine reports it, with what was written to the editor's console. */
export interface ExecutionRecord {
	executionId: string;
	run: IRun;
	messages: unknown[];
}

/** An execution under way. */
export interface Started<T> {
	executionId: string;
	/** Stops the execution as n8n's Stop button does. */
	cancel(): void;
	result: Promise<T>;
}

/** The result of a run of one node. */
export interface NodeResult extends ExecutionRecord {
	status: ExecutionStatus;
	/** Items per output branch; with `continueErrorOutput` the last branch is the error output. */
	outputs: INodeExecutionData[][];
	/** The node's error, also when the workflow went on after it. */
	error?: ExecutionError;
	hints: NodeExecutionHint[];
}

/** The result of a run of a whole workflow. */
export interface WorkflowResult extends ExecutionRecord {
	status: ExecutionStatus;
	error?: ExecutionError;
	/** Name of the node that ran last. */
	lastNode?: string;
	/** Items per output branch of a node's last run; empty if it did not run. */
	outputs(nodeName: string): INodeExecutionData[][];
	/** How often a node ran. */
	runs(nodeName: string): number;
}

const branches = (task: ITaskData | undefined): INodeExecutionData[][] =>
	(task?.data?.main ?? []).map((items) => items ?? []);

/** Reads the outcome of one node out of a finished run. */
export function nodeResult(record: ExecutionRecord, nodeName: string): NodeResult {
	const { runData, error } = record.run.data.resultData;
	const task = runData[nodeName]?.at(-1);
	return {
		...record,
		status: record.run.status,
		outputs: branches(task),
		error: task?.error ?? error,
		hints: task?.hints ?? [],
	};
}

/** Reads the outcome of a workflow out of a finished run. */
export function workflowResult(record: ExecutionRecord): WorkflowResult {
	const { runData, error, lastNodeExecuted } = record.run.data.resultData;
	return {
		...record,
		status: record.run.status,
		error,
		lastNode: lastNodeExecuted,
		outputs: (nodeName) => branches(runData[nodeName]?.at(-1)),
		runs: (nodeName) => runData[nodeName]?.length ?? 0,
	};
}

/** The run of an execution that n8n refused to start, for example for a missing credential. */
export function refusedRun(data: IRunExecutionData, mode: WorkflowExecuteMode, cause: unknown): IRun {
	const now = new Date();
	data.resultData.error = (cause instanceof Error ? cause : new Error(String(cause))) as ExecutionError;
	return { data, mode, startedAt: now, stoppedAt: now, status: 'error', storedAt: 'db' };
}
