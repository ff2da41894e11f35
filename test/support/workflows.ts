import type {
	IConnections,
	IDataObject,
	INode,
	INodeCredentials,
	INodeExecutionData,
	INodeParameters,
	IRunExecutionData,
	IWorkflowBase,
	IWorkflowSettings,
	OnError,
} from 'n8n-workflow';
import { createRunExecutionData, NodeConnectionTypes, NodeHelpers, Workflow } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';

import { START_NODE_TYPE } from './n8n/baseNodes';
import type { CredentialValues } from './n8n/credentials';
import type { NodeTypeRegistry } from './n8n/nodeTypes';

/** The parts of an exported workflow that matter to the engine. */
export interface WorkflowFile {
	id?: string;
	name?: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
}

/** A node and its settings tab. */
export interface NodeOptions {
	type: string;
	typeVersion?: number;
	parameters?: INodeParameters;
	nodeName?: string;
	webhookId?: string;
	onError?: OnError;
	retryOnFail?: boolean;
	maxTries?: number;
	/** Milliseconds; 1 unless given, because n8n would wait a second. */
	waitBetweenTries?: number;
	executeOnce?: boolean;
	alwaysOutputData?: boolean;
}

interface WorkflowSettings {
	workflowId?: string;
	staticData?: IDataObject;
	active?: boolean;
}

const START_NAME = 'Start';

/** As n8n reads it from its database: from JSON. */
const copied = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** Builds n8n `Workflow` objects around the engine's node types. */
export class WorkflowBuilder {
	constructor(private readonly nodeTypes: NodeTypeRegistry) {}

	/** A node as the editor would save it, with the credentials its type asks for. */
	node(options: NodeOptions, values: CredentialValues): INode {
		const type = this.nodeTypes.getByName(options.type);
		const description = NodeHelpers.getVersionedNodeType(type, options.typeVersion).description;
		const versions = [description.version].flat();
		const retry = options.retryOnFail === true;
		return {
			id: randomUUID(),
			name: options.nodeName ?? String(description.defaults.name ?? description.displayName),
			type: options.type,
			typeVersion: options.typeVersion ?? description.defaultVersion ?? versions.at(-1) ?? 1,
			position: [220, 0],
			parameters: structuredClone(options.parameters ?? {}),
			credentials: this.credentialsFor(options.type, options.typeVersion, values),
			...(options.webhookId === undefined ? {} : { webhookId: options.webhookId }),
			...(options.onError === undefined ? {} : { onError: options.onError }),
			...(retry ? { retryOnFail: true, waitBetweenTries: options.waitBetweenTries ?? 1 } : {}),
			...(options.maxTries === undefined ? {} : { maxTries: options.maxTries }),
			...(options.executeOnce === true ? { executeOnce: true } : {}),
			...(options.alwaysOutputData === true ? { alwaysOutputData: true } : {}),
		};
	}

	/** A start node followed by the node. */
	single(options: NodeOptions, values: CredentialValues, settings: WorkflowSettings) {
		const node = this.node(options, values);
		const start: INode = {
			id: randomUUID(),
			name: START_NAME,
			type: START_NODE_TYPE,
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		};
		const connections: IConnections = {
			[START_NAME]: { main: [[{ node: node.name, type: NodeConnectionTypes.Main, index: 0 }]] },
		};
		const workflow = this.create({ nodes: [start, node], connections }, settings);
		return { workflow, start, node };
	}

	/** A workflow from an exported file, its nodes given the credentials they ask for. */
	fromFile(file: WorkflowFile, values: CredentialValues, settings: WorkflowSettings = {}): Workflow {
		const nodes = copied(file.nodes).map((node) => ({
			...node,
			credentials: { ...this.credentialsFor(node.type, node.typeVersion, values), ...node.credentials },
		}));
		return this.create({ ...file, nodes, connections: copied(file.connections) }, settings);
	}

	/** The temporary workflow the editor uses to fill dropdowns. */
	lookUp(options: NodeOptions, values: CredentialValues) {
		const node = this.node({ ...options, nodeName: 'Temp-Node' }, values);
		return { workflow: this.create({ nodes: [node], connections: {} }, {}), node };
	}

	private create(file: WorkflowFile, settings: WorkflowSettings): Workflow {
		return new Workflow({
			id: settings.workflowId ?? file.id ?? 'harnessWorkflow',
			name: file.name ?? 'Harness workflow',
			nodes: file.nodes,
			connections: file.connections,
			active: settings.active ?? false,
			nodeTypes: this.nodeTypes,
			staticData: settings.staticData ?? {},
			// v1 is what n8n writes into every new workflow.
			settings: { executionOrder: 'v1', ...file.settings },
		});
	}

	private credentialsFor(type: string, version: number | undefined, values: CredentialValues): INodeCredentials {
		const { description } = this.nodeTypes.getByNameAndVersion(type, version);
		const names = (description.credentials ?? []).map(({ name }) => name).filter((name) => name in values);
		return Object.fromEntries(names.map((name) => [name, { id: `id-of-${name}`, name }]));
	}
}

/** Run data of an execution that is about to start at `node` with `items`. */
export function startData(node: INode, items: INodeExecutionData[]): IRunExecutionData {
	return createRunExecutionData({
		executionData: { nodeExecutionStack: [{ node, data: { main: [items] }, source: null }] },
	});
}

/** The database entity n8n's hooks want to see beside the workflow. */
export function workflowBase(workflow: Workflow): IWorkflowBase {
	const now = new Date();
	return {
		id: workflow.id,
		name: workflow.name ?? '',
		active: workflow.active,
		activeVersionId: null,
		isArchived: false,
		createdAt: now,
		updatedAt: now,
		nodes: Object.values(workflow.nodes),
		connections: workflow.connectionsBySourceNode,
		settings: workflow.settings,
		staticData: workflow.staticData,
	};
}
