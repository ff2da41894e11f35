/** n8n's names of the nodes in a package.json: `chatalo` for dist/nodes/Chatalo/Chatalo.node.js. */
export function nodeNames(manifest: { n8n: { nodes: string[] } }): string[];

/**
 * The same workflow, whose nodes of these names come from another package; how many nodes have moved; the types of the old
 * package that stay; and the names of nodes with a workflow inside that names the old package, and that cannot be read.
 */
export function moveWorkflow<Workflow extends { nodes: Array<{ type: string }> }>(
	workflow: Workflow,
	names: string[],
	from: string,
	to: string,
): { workflow: Workflow; moved: number; left: Set<string>; unread: string[] };
