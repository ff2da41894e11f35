/* Holding what n8n shows of the executions against what arrived at the provider. */
import type { SentMessage } from '../../sandbox/types';
import type { ExecutionSummary } from '../n8n/api';
import { type Checks, ensure, equal } from './checks';
import type { Cluster } from './cluster';
import { inParallel } from './executions';

/** The outcome of a run over many executions. */
export interface Outcome {
	executions: number;
	finished: number;
	/** Shown as crashed or failed. */
	crashed: number;
	messages: number;
	accepted: number;
	doubles: number;
	/** Not accepted, and of an execution that n8n shows as finished. */
	lost: number;
	/** Of executions that did not finish. */
	unsure: { accepted: number; notAccepted: number };
}

const ENDED_WELL = 'success';

/**
 * Compares the two sides.
 *
 * @param wanted each text that is to be sent, by the name of what started its execution
 * @param names finds that name in an execution's data
 * @param sent what the sandbox accepted
 */
export async function outcomeOf(
	cluster: Cluster,
	executions: ExecutionSummary[],
	{ wanted, names, sent }: { wanted: Map<string, string[]>; names: RegExp; sent: SentMessage[] },
): Promise<Outcome> {
	const times = new Map<string, number>();
	for (const { text } of sent) times.set(text ?? '', (times.get(text ?? '') ?? 0) + 1);
	const crashed = executions.filter(({ status }) => status !== ENDED_WELL);
	// n8n keeps nothing of what a killed execution began with, so the others are asked, and what is left was theirs.
	const open = new Map(wanted);
	await inParallel(
		executions.filter(({ status }) => status === ENDED_WELL),
		10,
		async ({ id }) => {
			const { data } = await cluster.api.execution(id);
			const name = names.exec(data)?.[0];
			ensure(
				name !== undefined && open.delete(name),
				`Execution ${id} tells of nothing that was started, or of the same as another: ${name}`,
			);
		},
	);
	const unsure = new Set([...open.values()].flat());
	const texts = [...wanted.values()].flat();
	return {
		executions: executions.length,
		finished: executions.length - crashed.length,
		crashed: crashed.length,
		messages: texts.length,
		accepted: texts.filter((text) => times.has(text)).length,
		doubles: [...times.values()].filter((count) => count > 1).length,
		lost: texts.filter((text) => !times.has(text) && !unsure.has(text)).length,
		unsure: {
			accepted: [...unsure].filter((text) => times.has(text)).length,
			notAccepted: [...unsure].filter((text) => !times.has(text)).length,
		},
	};
}

/** The checks that hold for every such run, and its figures. */
export async function judge(checks: Checks, outcome: Outcome, started: number): Promise<void> {
	await checks.check('each start made one execution, and each has finished or is shown as crashed or failed', () => {
		equal(outcome.executions, started, 'executions');
	});
	await checks.check('no message was sent twice', () => equal(outcome.doubles, 0, 'messages sent twice'));
	await checks.check('each message of a finished execution was sent', () => equal(outcome.lost, 0, 'messages lost'));
	checks.fact('figures', outcome);
}
