/* The nodes that our own are compared with, out of a real n8n. */
import { createRequire } from 'node:module';
import path from 'node:path';
import type { NodeSource } from '../../test/support/n8n/nodeTypes';
import type { WorkflowFile } from '../../test/support/workflows';
import type { INode, INodeParameters, INodeType, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

/** Classes of n8n-nodes-base by their full type name. */
export function nodesFromN8n(n8nModules: string): Record<string, NodeSource> {
	const load = createRequire(path.join(n8nModules, 'n8n-nodes-base', 'package.json'));
	const classOf = (file: string, name: string): NodeSource =>
		(load(`./dist/nodes/${file}.node.js`) as Record<string, NodeSource>)[name] as NodeSource;
	return {
		'n8n-nodes-base.httpRequest': classOf('HttpRequest/HttpRequest', 'HttpRequest'),
		'n8n-nodes-base.splitInBatches': classOf('SplitInBatches/SplitInBatches', 'SplitInBatches'),
		'n8n-nodes-base.webhook': called(classOf('Webhook/Webhook', 'Webhook') as new () => NodeOfNewStyle),
	};
}

/** The Webhook node is of the kind that gets its context as an argument. */
interface NodeOfNewStyle extends Pick<INodeType, 'description'> {
	webhook(context: IWebhookFunctions): Promise<IWebhookResponseData>;
}

/** Such a node as one of the usual kind. */
function called(type: new () => NodeOfNewStyle): INodeType {
	const node = new type();
	return {
		description: node.description,
		async webhook() {
			return await node.webhook(this);
		},
	};
}

/** Name of the node inside a loop. */
export const LOOPED = 'Looped';

/**
 * Start → Loop Over Items, one at a time → the node → back. This is how n8n does one item after the other where a node
 * does not do so by itself: the HTTP Request node starts all its requests at once, whatever its batching says, unless
 * there is a pause between the batches.
 */
export function oneByOne(type: string, typeVersion: number, parameters: INodeParameters): WorkflowFile {
	const node = (name: string, kind: string, version: number, its: INodeParameters = {}): INode => ({
		id: name,
		name,
		type: kind,
		typeVersion: version,
		position: [0, 0],
		parameters: its,
	});
	const to = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];
	return {
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', 1),
			node('Loop', 'n8n-nodes-base.splitInBatches', 3, { batchSize: 1, options: {} }),
			node(LOOPED, type, typeVersion, parameters),
			node('Done', 'n8n-nodes-base.noOp', 1),
		],
		connections: {
			Start: { main: [to('Loop')] },
			Loop: { main: [to('Done'), to(LOOPED)] },
			[LOOPED]: { main: [to('Loop')] },
		},
	};
}
