import { type BinaryMode, setSsrfPolicy, type SsrfPolicy, useBinaryStore } from './n8n/services';

import { Container } from '@n8n/di';
import {
	BinaryDataService,
	ExecutionLifecycleHooks,
	ExternalSecretsProxy,
	LoadOptionsContext,
	prepareBinaryData,
	WorkflowExecute,
} from 'n8n-core';
import type {
	ExecuteWorkflowData,
	IBinaryData,
	ICredentialType,
	IDataObject,
	INodeExecutionData,
	INodeListSearchResult,
	INodeParameters,
	INodePropertyOptions,
	IRunExecutionData,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import type { Readable } from 'node:stream';

import { type CredentialSource, type CredentialValues, HarnessCredentials } from './n8n/credentials';
import { type NodeSource, NodeTypeRegistry, type PackageLoader } from './n8n/nodeTypes';
import {
	type ExecutionRecord,
	nodeResult,
	type NodeResult,
	refusedRun,
	type Started,
	workflowResult,
	type WorkflowResult,
} from './results';
import { type NodeOptions, startData, workflowBase, WorkflowBuilder, type WorkflowFile } from './workflows';

/** What an engine is made of. */
export interface EngineOptions {
	/** Node classes or instances by type name, e.g. `{ chatalo: Chatalo }`. */
	nodes?: Record<string, NodeSource>;
	/** A loader of a built package (n8n-core's PackageDirectoryLoader), beside or instead of `nodes`. */
	loader?: PackageLoader;
	/** Credential classes: their defaults and their `authenticate` are used. */
	credentialTypes?: CredentialSource[];
	/** Credential values by credential type. */
	credentials?: CredentialValues;
	/** n8n's SSRF protection; off unless given, as in n8n. */
	egress?: SsrfPolicy;
	/** Workflows that others may call, by their ids. */
	subWorkflows?: WorkflowFile[];
	/** Where binary data goes; `filesystem` unless given, as in n8n. */
	binaryData?: BinaryMode;
}

/** Settings that every kind of run takes. */
export interface RunOptions {
	/** Credential values that replace the engine's for this run. */
	credentials?: CredentialValues;
	/** How n8n was started: `trigger` (production) unless given; `manual` is a run in the editor. */
	mode?: WorkflowExecuteMode;
	/** Cancels the run when it aborts, as the Stop button does. */
	signal?: AbortSignal;
	workflowId?: string;
	staticData?: IDataObject;
	/** Answers requests in place of servers, as n8n does in an evaluation. */
	mockedBy?: IWorkflowExecuteAdditionalData['evalLlmMockHandler'];
}

export interface NodeRun extends NodeOptions, RunOptions {
	/** Items that reach the node; one empty item unless given. */
	items?: INodeExecutionData[];
}

export interface WorkflowRun extends RunOptions {
	/** Name of the node to start from; the workflow's own start node unless given. */
	startNode?: string;
	/** Items that enter the start node. */
	items?: INodeExecutionData[];
}

/** A lookup of a dropdown or a resource locator, as the editor does it. */
export interface LookUp {
	type: string;
	typeVersion?: number;
	/** Node parameters as they stand in the editor. */
	parameters?: INodeParameters;
	method: string;
	credentials?: CredentialValues;
	path?: string;
}

/** A prepared execution, for callers that build the run data themselves (the trigger host). */
export interface Execution {
	workflow: Workflow;
	data: IRunExecutionData;
	mode: WorkflowExecuteMode;
	executionId?: string;
	/** The execution that this one retries, for what the button "Retry" starts. */
	retryOf?: string;
	credentials?: CredentialValues;
	urls?: Partial<IWorkflowExecuteAdditionalData>;
	signal?: AbortSignal;
}

/** Runs nodes and workflows on n8n's engine: no hand-made contexts, no server, no database. */
export class Engine {
	readonly nodeTypes: NodeTypeRegistry;
	private readonly credentialTypes: ReadonlyMap<string, ICredentialType>;
	private readonly credentials: CredentialValues;
	private readonly builder: WorkflowBuilder;
	private readonly store: Promise<() => void>;
	private readonly subWorkflows: WorkflowFile[];
	private executions = 0;

	constructor(options: EngineOptions = {}) {
		this.nodeTypes = new NodeTypeRegistry(options.nodes ?? {}, options.loader);
		this.credentials = options.credentials ?? {};
		this.subWorkflows = options.subWorkflows ?? [];
		this.credentialTypes = new Map(
			(options.credentialTypes ?? []).map((source) => {
				const type = typeof source === 'function' ? new source() : source;
				return [type.name, type];
			}),
		);
		this.builder = new WorkflowBuilder(this.nodeTypes);
		this.setSsrfPolicy(options.egress);
		this.store = useBinaryStore(options.binaryData ?? 'filesystem');
	}

	/** Runs one node behind a node that emits `items`, and waits for the end. */
	async runNode(options: NodeRun): Promise<NodeResult> {
		return await this.startNode(options).result;
	}

	/** Like `runNode`, but returns at once, with a way to cancel the run. */
	startNode(options: NodeRun): Started<NodeResult> {
		const { workflow, start, node } = this.builder.single(options, this.valuesFor(options), options);
		const items = options.items ?? [{ json: {} }];
		const started = this.execute({
			workflow,
			data: startData(start, items),
			mode: options.mode ?? 'trigger',
			credentials: options.credentials,
			signal: options.signal,
			...(options.mockedBy && { urls: { evalLlmMockHandler: options.mockedBy } }),
		});
		return { ...started, result: started.result.then((run) => nodeResult(run, node.name)) };
	}

	/** Runs an importable workflow file from its start node and waits for the end. */
	async runWorkflow(file: WorkflowFile, options: WorkflowRun = {}): Promise<WorkflowResult> {
		const workflow = this.builder.fromFile(file, this.valuesFor(options), options);
		const start = options.startNode === undefined ? workflow.getStartNode() : workflow.getNode(options.startNode);
		if (!start) throw new UserError('The workflow has no node to start from');
		const { result } = this.execute({
			workflow,
			data: startData(start, options.items ?? [{ json: {} }]),
			mode: options.mode ?? 'trigger',
			credentials: options.credentials,
			signal: options.signal,
		});
		return workflowResult(await result);
	}

	/** Fills a dropdown: calls `methods.loadOptions[method]`. */
	async loadOptions(options: LookUp): Promise<INodePropertyOptions[]> {
		const { context, methods } = await this.lookUp(options);
		const method = methods?.loadOptions?.[options.method];
		if (method === undefined) throw new UserError(`No loadOptions method "${options.method}"`);
		return await method.call(context);
	}

	/** Fills a resource locator's list: calls `methods.listSearch[method]`. */
	async listSearch(options: LookUp & { filter?: string; paginationToken?: string }): Promise<INodeListSearchResult> {
		const { context, methods } = await this.lookUp(options);
		const method = methods?.listSearch?.[options.method];
		if (method === undefined) throw new UserError(`No listSearch method "${options.method}"`);
		return await method.call(context, options.filter, options.paginationToken);
	}

	/** Puts a file into n8n's binary store, for the `binary` of an input item. */
	async storeBinary(
		content: Buffer | Readable,
		{ fileName, mimeType }: { fileName?: string; mimeType?: string } = {},
	): Promise<IBinaryData> {
		await this.store;
		return await prepareBinaryData(content, 'input', 'harness', fileName, mimeType);
	}

	/** The content of an output item's binary property, wherever it is stored. */
	async binaryBuffer(item: INodeExecutionData | undefined, property = 'data'): Promise<Buffer> {
		const binary = item?.binary?.[property];
		if (binary === undefined) throw new UserError(`The item has no binary property "${property}"`);
		return await Container.get(BinaryDataService).getAsBuffer(binary);
	}

	/** Changes n8n's SSRF protection from now on, for the whole process; without a policy it is off. */
	setSsrfPolicy(policy?: SsrfPolicy): void {
		setSsrfPolicy(policy);
	}

	/** Removes stored files and puts n8n's settings back. */
	async close(): Promise<void> {
		setSsrfPolicy();
		const release = await this.store;
		release();
	}

	/** A workflow object for a node or a whole file; for callers that drive n8n's contexts themselves. */
	get workflows(): WorkflowBuilder {
		return this.builder;
	}

	/** Credential values of a run: the engine's, with the run's own on top. */
	valuesFor(options: { credentials?: CredentialValues }): CredentialValues {
		return { ...this.credentials, ...options.credentials };
	}

	/** A number for the next execution, unique in this engine. */
	nextExecutionId(): string {
		this.executions += 1;
		return String(this.executions);
	}

	/** n8n's "additional data" of an execution: base URLs, credentials, hooks. */
	additionalData(
		options: { credentials?: CredentialValues; urls?: Partial<IWorkflowExecuteAdditionalData> } = {},
	): IWorkflowExecuteAdditionalData {
		const base = 'http://127.0.0.1:5678';
		return {
			credentialsHelper: new HarnessCredentials(this.valuesFor(options), this.credentialTypes),
			executeWorkflow: async ({ id }, _data, { inputData: items }) =>
				await this.runSubWorkflow(id, { items, credentials: options.credentials }),
			getRunExecutionData: async () => undefined,
			getRuntimeCredential: async () => undefined,
			startRunnerTask: async () => await Promise.reject(new UserError('Task runners are not supported')),
			externalSecretsProxy: Container.get(ExternalSecretsProxy),
			currentNodeExecutionIndex: 0,
			currentNodeParameters: undefined,
			variables: {},
			logAiEvent: () => {},
			setExecutionStatus: () => {},
			restApiUrl: `${base}/rest`,
			instanceBaseUrl: `${base}/`,
			formBaseUrl: `${base}/form`,
			formWaitingBaseUrl: `${base}/form-waiting`,
			formTestBaseUrl: `${base}/form-test`,
			webhookBaseUrl: `${base}/webhook`,
			webhookWaitingBaseUrl: `${base}/webhook-waiting`,
			webhookTestBaseUrl: `${base}/webhook-test`,
			mcpBaseUrl: `${base}/mcp`,
			mcpTestBaseUrl: `${base}/mcp-test`,
			...options.urls,
		};
	}

	/** Runs prepared execution data. An execution that n8n refuses to start ends as a failed one. */
	execute({
		workflow,
		data,
		mode,
		executionId,
		retryOf,
		credentials,
		urls,
		signal,
	}: Execution): Started<ExecutionRecord> {
		const id = executionId ?? this.nextExecutionId();
		const messages: unknown[] = [];
		const additionalData: IWorkflowExecuteAdditionalData = {
			...this.additionalData({ credentials, urls }),
			executionId: id,
			sendDataToUI: (_type, message) => messages.push(message),
			hooks: new ExecutionLifecycleHooks(mode, id, workflowBase(workflow), retryOf),
		};
		let stop = () => {};
		let stopped = false;
		const cancel = () => {
			stopped = true;
			stop();
		};
		const run = async (): Promise<ExecutionRecord> => {
			await this.store;
			const engine = new WorkflowExecute(additionalData, mode, data);
			try {
				const running = engine.processRunExecutionData(workflow);
				stop = () => running.cancel();
				if (stopped) stop();
				return { executionId: id, run: await running, messages };
			} catch (error) {
				return { executionId: id, run: refusedRun(data, mode, error), messages };
			}
		};
		signal?.addEventListener('abort', cancel, { once: true });
		if (signal?.aborted) cancel();
		const result = run().finally(() => signal?.removeEventListener('abort', cancel));
		return { executionId: id, cancel, result };
	}

	/** Runs a workflow that another one calls; returns what its last node did. */
	private async runSubWorkflow(id: string | undefined, options: WorkflowRun): Promise<ExecuteWorkflowData> {
		const file = this.subWorkflows.find((each) => each.id === id);
		if (file === undefined) throw new UserError('Workflow does not exist.');
		const result = await this.runWorkflow(file, {
			...options,
			startNode: file.nodes.find(({ type }) => type.endsWith('.executeWorkflowTrigger'))?.name,
		});
		if (result.error) throw result.error;
		return { executionId: result.executionId, data: result.outputs(result.lastNode ?? '') };
	}

	private async lookUp(options: LookUp) {
		await this.store;
		const nodeType = this.nodeTypes.getByNameAndVersion(options.type, options.typeVersion);
		const parameters = options.parameters ?? {};
		const { workflow, node } = this.builder.lookUp(options, this.valuesFor(options));
		const additionalData = {
			...this.additionalData({ credentials: options.credentials }),
			currentNodeParameters: parameters,
		};
		const path = options.path ?? 'parameters';
		return { context: new LoadOptionsContext(workflow, node, additionalData, path), methods: nodeType.methods };
	}
}

/** Makes an engine. Close it when done: stored binary files are removed then. */
export function createEngine(options: EngineOptions = {}): Engine {
	return new Engine(options);
}
