import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import manifest from '../../package.json';
import type { WorkflowFile } from './workflows';

const folder = path.join(__dirname, '..', '..', 'workflows');

/** What node types of this package begin with in a workflow. */
export const PACKAGE_PREFIX = `${manifest.name}.`;

/** Nodes that only a whole n8n has. */
const NEEDS_N8N = /^(@n8n\/n8n-nodes-langchain\.|n8n-nodes-base\.dataTable)/;

/** A file of the folder `workflows`. */
interface ExampleWorkflow {
	/** Name of the file. */
	name: string;
	file: WorkflowFile & { id: string; name: string };
	text: string;
	/** n8n's name of the provider: of the trigger, or else of the first action node, or else as the file is named. */
	provider: string;
	/** Whether it needs a whole n8n: its AI nodes, or its Data Tables. */
	needsN8n: boolean;
}

/** The example workflows, by the names of their files. */
export function exampleWorkflows(): ExampleWorkflow[] {
	const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
	return names.sort().map((name) => {
		const text = readFileSync(path.join(folder, name), 'utf8');
		const file = JSON.parse(text) as ExampleWorkflow['file'];
		const types = file.nodes.map(({ type }) => type);
		const needsN8n = types.some((type) => NEEDS_N8N.test(type));
		const provider = providerIn(types) || (name.split('-')[0] ?? '');
		return { name, file, text, provider, needsN8n };
	});
}

function providerIn(types: string[]): string {
	const own = types
		.filter((type) => type.startsWith(PACKAGE_PREFIX))
		.map((type) => type.slice(PACKAGE_PREFIX.length));
	return (own.find((type) => type.endsWith('Trigger')) ?? own[0] ?? '').replace(/(Trigger|Tool)$/, '');
}
