/** n8n's names of the nodes in a package.json: `chatalo` for dist/nodes/Chatalo/Chatalo.node.js. */
export function nodeNames(manifest: { n8n: { nodes: string[] } }): string[];

/** The same workflow, whose nodes of these names come from another package; and how many nodes have moved. */
export function moveWorkflow<Workflow extends { nodes: Array<{ type: string }> }>(
	workflow: Workflow,
	names: string[],
	from: string,
	to: string,
): { workflow: Workflow; moved: number };
