/* What a local n8n is filled with: credentials that point at the sandbox, and the example workflows. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { N8nApi, N8nWorkflow, WorkflowNode } from './api';
import { workflowsFolder } from './paths';

/** A credential to import. Its key is what the workflow files call it by. */
export interface Credential {
	/** The id that the workflow files carry. */
	id: string;
	name: string;
	type: string;
	data: Record<string, unknown>;
}

/** A workflow file. */
export interface WorkflowFile {
	id: string;
	name: string;
	active?: boolean;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
	meta?: Record<string, unknown> | null;
}

/** The workflow files of a folder, by file name. */
export function readWorkflows(folder = workflowsFolder): WorkflowFile[] {
	if (!existsSync(folder)) return [];
	return readdirSync(folder)
		.filter((file) => file.endsWith('.json') && file !== 'manifest.json')
		.sort()
		.map((file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as WorkflowFile);
}

/**
 * Stores the credentials, or brings stored ones of the same name and type up to date.
 * Answers with the ids that n8n gave them, by the ids they came with: n8n lets nobody choose a credential's id.
 */
export async function importCredentials(api: N8nApi, credentials: Credential[]): Promise<Map<string, string>> {
	const stored = await api.credentials();
	const ids = new Map<string, string>();
	for (const { id, name, type, data } of credentials) {
		const known = stored.find((other) => other.name === name && other.type === type);
		if (known === undefined) ids.set(id, await api.createCredential({ name, type, data }));
		else {
			await api.updateCredential(known.id, { name, type, data });
			ids.set(id, known.id);
		}
	}
	return ids;
}

/**
 * The nodes with the credentials of this n8n in them: by the id in the file, else by type where there is one of that type only.
 *
 * @param stored ids that n8n has, which stay as they are
 */
function withCredentials(
	nodes: WorkflowNode[],
	credentials: Credential[],
	ids: Map<string, string>,
	stored: Set<string>,
): WorkflowNode[] {
	return nodes.map((node) => {
		if (node.credentials === undefined) return node;
		const entries = Object.entries(node.credentials).map(([type, reference]) => {
			if (reference.id !== null && stored.has(reference.id)) return [type, reference] as const;
			const credential =
				credentials.find(({ id }) => id === reference.id) ?? credentials.find((other) => other.type === type);
			const id = credential && ids.get(credential.id);
			return [type, credential && id ? { id, name: credential.name } : reference] as const;
		});
		return { ...node, credentials: Object.fromEntries(entries) };
	});
}

/** Stores workflows under the ids they bring. */
export type StoreWorkflows = (workflows: Array<Record<string, unknown>>) => Promise<void>;

/**
 * Stores the workflows that n8n does not have yet; one that it has is left alone, it may have been worked on.
 * Answers with those that are meant to be published. `store` takes the place of n8n's REST interface, which keeps ids from n8n 2 on.
 */
export async function importWorkflows(
	api: N8nApi,
	workflows: WorkflowFile[],
	credentials: Credential[],
	ids: Map<string, string>,
	store: StoreWorkflows = async (all) => {
		for (const workflow of all) await api.createWorkflow(workflow);
	},
): Promise<{ imported: N8nWorkflow[]; toPublish: WorkflowFile[] }> {
	const stored = new Set((await api.credentials()).map(({ id }) => id));
	const missing: Array<Record<string, unknown> & { id: string }> = [];
	for (const { id, name, nodes, connections, settings } of workflows) {
		if (await api.findWorkflow(id)) continue;
		missing.push({
			id,
			name,
			nodes: withCredentials(nodes, credentials, ids, stored),
			connections,
			settings: settings ?? {},
		});
	}
	if (missing.length > 0) await store(missing);
	const imported: N8nWorkflow[] = [];
	for (const { id } of missing) imported.push(await api.workflow(id));
	return { imported, toPublish: workflows.filter(({ active }) => active === true) };
}
