/* Workflows as the tests write them: nodes, one after the other. */
import type { WorkflowNode } from '../../../scripts/n8n/api';
import type { Stage } from './stage';

/** What else a node may have. */
export interface NodeSettings extends Partial<WorkflowNode> {
	retryOnFail?: boolean;
	maxTries?: number;
	waitBetweenTries?: number;
	onError?: string;
}

/** The distance at which n8n's editor puts nodes. */
const DISTANCE = 220;

/** A node of n8n. */
export function node(
	name: string,
	type: string,
	parameters: Record<string, unknown> = {},
	more: NodeSettings = {},
): WorkflowNode {
	const id = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
	return { id, name, type, typeVersion: 1, position: [0, 0], parameters, ...more };
}

/** A manual trigger. */
export function manualTrigger(name: string): WorkflowNode {
	return node(name, 'n8n-nodes-base.manualTrigger');
}

/**
 * One of our nodes, with its provider's credential; the node above the providers with those of the chosen ones.
 *
 * @param type the node type without the package: `chatalo`, `chataloTrigger`, `chataloHitlTool`, `whatsAppGateways`
 */
export function ourNode(
	stage: Stage,
	name: string,
	type: string,
	parameters: Record<string, unknown> = {},
	more: NodeSettings = {},
): WorkflowNode {
	const own = type.replace(/(Trigger|(Hitl)?Tool)$/, '');
	const providers = own === 'whatsAppGateways' ? (parameters.providers as string[]) : [own];
	const credentials = Object.assign(
		{},
		...providers.map((provider) => stage.credentialOf(`${provider}Api`)),
	) as WorkflowNode['credentials'];
	return node(name, `${stage.packageName}.${type}`, parameters, { credentials, ...more });
}

/** These nodes one after the other, as a workflow's nodes and connections. */
export function chain(...nodes: WorkflowNode[]) {
	const connections = Object.fromEntries(
		nodes.slice(0, -1).map(({ name }, index) => {
			return [name, { main: [[{ node: nodes[index + 1]?.name, type: 'main', index: 0 }]] }];
		}),
	);
	const placed = nodes.map((each, index): WorkflowNode => ({ ...each, position: [index * DISTANCE, 0] }));
	return { nodes: placed, connections };
}
