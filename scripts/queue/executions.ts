/* What n8n shows of a workflow's executions. */
import type { ExecutionSummary, N8nApi } from '../n8n/api';
import { sleep } from '../n8n/process';

/** A page of n8n's list holds at most as many. */
const PAGE = 100;

interface Page {
	results: ExecutionSummary[];
	nextCursor?: string | null;
}

/**
 * All executions of a workflow, newest first. n8n sorts its pages by the time of the start and cuts them by number, so that
 * an execution near a cut may be on two pages or on none: those are asked for one by one.
 */
export async function allExecutions(api: N8nApi, workflowId: string, status?: string[]): Promise<ExecutionSummary[]> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId, ...(status === undefined ? {} : { status }) }));
	const found = new Map<string, ExecutionSummary>();
	let cursor = '';
	for (let pages = 1; ; pages++) {
		const { results, nextCursor } = await api.request<Page>(
			'GET',
			`/executions?filter=${filter}&limit=${PAGE}${cursor}`,
		);
		for (const execution of results) found.set(execution.id, execution);
		if (nextCursor) cursor = `&cursor=${nextCursor}`;
		else if (pages === 1 || status !== undefined) break;
		else {
			await addSkipped(api, workflowId, found);
			break;
		}
	}
	return [...found.values()].sort((one, other) => Number(other.id) - Number(one.id));
}

async function addSkipped(api: N8nApi, workflowId: string, found: Map<string, ExecutionSummary>): Promise<void> {
	const ids = [...found.keys()].map(Number);
	for (let id = Math.min(...ids); id <= Math.max(...ids); id++) {
		if (found.has(String(id))) continue;
		// Of a number that was given to no execution there is an error.
		const execution = await api.execution(String(id)).catch(() => undefined);
		if (execution?.workflowId === workflowId) found.set(execution.id, execution);
	}
}

/**
 * Waits until `left` is 0. Gives up when it has not become less for `patienceMs`: how long the whole takes depends on the machine.
 *
 * @param what that is left, for the message
 */
export async function untilNone(what: string, left: () => Promise<number> | number, patienceMs: number): Promise<void> {
	let least = Infinity;
	let progressAt = Date.now();
	for (;;) {
		const now = await left();
		if (now <= 0) return;
		if (now < least) progressAt = Date.now();
		least = Math.min(least, now);
		if (Date.now() - progressAt > patienceMs)
			throw new Error(`${now} ${what}, and for ${patienceMs / 1_000} s no fewer`);
		await sleep(500);
	}
}

/** Waits until none runs or waits for a worker, and answers with all of them. */
export async function allEnded(api: N8nApi, workflowId: string, patienceMs: number): Promise<ExecutionSummary[]> {
	const left = async () => (await allExecutions(api, workflowId, ['new', 'running'])).length;
	await untilNone('executions have not ended', left, patienceMs);
	return await allExecutions(api, workflowId);
}

/** How many there are of each status. */
export function byStatus(executions: ExecutionSummary[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { status } of executions) counts[status] = (counts[status] ?? 0) + 1;
	return counts;
}

/** Runs `work` for every entry, so many at once. */
export async function inParallel<T>(entries: T[], atOnce: number, work: (entry: T) => Promise<void>): Promise<void> {
	const queue = [...entries];
	const worker = async () => {
		for (let entry = queue.shift(); entry !== undefined; entry = queue.shift()) await work(entry);
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
}
