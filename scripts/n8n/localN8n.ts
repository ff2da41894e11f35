/* The local n8n that one develops with: its folder, its owner, and ports that stay the same from start to start. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { N8nApi, N8nWorkflow, Owner } from './api';

/** What is kept in the user folder between two starts. */
interface LocalN8n {
	owner: Owner;
	port?: number;
	sandboxPort?: number;
}

const fileOf = (userFolder: string) => path.join(userFolder, 'local.json');

/** A made-up owner. Not a secret: the instance listens on this machine only, and this file is beside its database. */
export function newOwner(): Owner {
	return {
		email: 'owner@example.com',
		password: `${randomBytes(6).toString('hex')}-A1`,
		firstName: 'Local',
		lastName: 'Owner',
	};
}

/** What was kept in this user folder; a new owner where nothing was. */
export function readLocalN8n(userFolder: string): LocalN8n {
	const file = fileOf(userFolder);
	if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as LocalN8n;
	return { owner: newOwner() };
}

/** Keeps it for the next start. */
export function writeLocalN8n(userFolder: string, local: LocalN8n): void {
	mkdirSync(userFolder, { recursive: true });
	writeFileSync(fileOf(userFolder), `${JSON.stringify(local, null, '\t')}\n`);
}

/** Whether one of our triggers is in the workflow. */
export function hasOurTrigger(workflow: Pick<N8nWorkflow, 'nodes'>, packageName: string): boolean {
	return workflow.nodes.some(({ type }) => type.startsWith(`${packageName}.`) && type.endsWith('Trigger'));
}

/** A workflow that could not be published, and the line that `npm start` prints about it. */
export interface Unpublished {
	id: string;
	problem: string;
}

/** What `registerAgain` needs of n8n. */
type Publisher = Pick<N8nApi, 'publishedWorkflows' | 'unpublish' | 'publish'>;

/**
 * Lets the triggers of all published workflows register again. n8n asks nothing of them when it starts (what is published
 * is taken to be registered), but the sandbox begins with empty slots each time. A slot goes to the workflow that was
 * published first: n8n shows a refused one as published too, and tries it again when it starts.
 *
 * @returns the workflows that could not be published
 */
export async function registerAgain(api: Publisher, packageName: string): Promise<Unpublished[]> {
	const workflows = (await api.publishedWorkflows()).filter((each) => hasOurTrigger(each, packageName));
	// All before any, so that none of them still holds a slot that another is about to get back.
	for (const { id } of workflows) await api.unpublish(id);
	const problems: Unpublished[] = [];
	for (const workflow of workflows) {
		const { id, activeVersionId } = workflow;
		try {
			// Not the draft, which may hold changes that are not published yet.
			await api.publish(id, activeVersionId ?? undefined);
		} catch (error) {
			problems.push(unpublished(workflow, error));
		}
	}
	return problems;
}

export function unpublished({ id, name }: { id: string; name: string }, error: unknown): Unpublished {
	return { id, problem: `"${name}" could not be published: ${(error as Error).message}` };
}
