/* 1,000 sends and 1,000 reads, without and with distance. */
import type { Effect, Messenger } from '../jobs';
import { atLeast, atMost, type Check, digits, mebibytes, median, type Section } from '../report';
import type { Outcome, Stage } from '../stage';

const FAR_MS = 50;

const names: Record<Messenger, string> = {
	chatalo: 'Chatalo node (this package)',
	single: 'n8n-nodes-chatalo, by n8n’s HTTP helper',
	undici: 'Bare undici loop',
	httpRequest: 'HTTP Request node, one at a time',
	httpRequestAtOnce: 'HTTP Request node, all at once',
	evolution: 'Evolution API node',
};

/** Outcomes by contestant, one for each round. */
type Outcomes = Partial<Record<Messenger, Outcome[]>>;

/** A job that mostly waits: it runs beside others of its kind. */
export type Waiting = { effect: Effect; contestant: Messenger };

/** Those whose time at a distance is the network's: three round trips for each new connection, one for a kept one. */
export const waitingJobs: Record<Effect, Messenger[]> = {
	sends: ['chatalo', 'single', 'undici', 'httpRequest', 'evolution'],
	reads: ['httpRequest', 'evolution'],
};

/** Runs jobs side by side. They begin together, when all are warm. */
export async function sideBySide(stage: Stage, jobs: Waiting[]): Promise<Record<Effect, Outcomes>> {
	let ready = 0;
	let go: () => void = () => undefined;
	const everybody = new Promise<void>((resolve) => (go = resolve));
	const whenReady = async (): Promise<void> => {
		if (++ready === jobs.length) go();
		await everybody;
	};
	const outcomes: Record<Effect, Outcomes> = { sends: {}, reads: {} };
	console.log(`  ${jobs.length} contestants at ${FAR_MS} ms, side by side: some minutes …`);
	await Promise.all(
		jobs.map(async ({ effect, contestant }) => {
			const job = { contestant, effect, items: stage.amounts.items };
			const outcome = await stage.messages(job, FAR_MS, whenReady).finally(go);
			outcomes[effect][contestant] = [outcome];
			say(effect, contestant, FAR_MS, outcome);
		}),
	);
	return outcomes;
}

/** Runs the contestants one after the other, in several rounds, each round beginning with another one. */
async function inTurn(
	stage: Stage,
	effect: Effect,
	roundTripMs: number,
	contestants: Messenger[],
	rounds: number,
): Promise<Outcomes> {
	const outcomes: Outcomes = {};
	for (let round = 0; round < rounds; round++) {
		const first = round % contestants.length;
		for (const contestant of [...contestants.slice(first), ...contestants.slice(0, first)]) {
			const outcome = await stage.messages({ contestant, effect, items: stage.amounts.items }, roundTripMs);
			(outcomes[contestant] ??= []).push(outcome);
			say(effect, contestant, roundTripMs, outcome);
		}
	}
	return outcomes;
}

function say(effect: Effect, contestant: Messenger, roundTripMs: number, { ms, cpuMs, connections }: Outcome): void {
	console.log(
		`  ${effect}, ${roundTripMs} ms, ${names[contestant]}: ${digits(ms)} ms, CPU ${digits(cpuMs)} ms, ${connections} connections`,
	);
}

/**
 * Measures sends or reads.
 *
 * @param waited what ran side by side before
 */
export async function messages(stage: Stage, effect: Effect, waited: Outcomes): Promise<Section[]> {
	const { rounds } = stage.amounts;
	// The limit is near, so it is looked at more often than the peers, which are far behind. Their reads have no target here.
	const near = {
		...(await inTurn(stage, effect, 0, ['chatalo', 'undici'], rounds === 1 ? 1 : rounds + 2)),
		...(await inTurn(stage, effect, 0, ['httpRequest', 'evolution'], effect === 'sends' ? Math.min(rounds, 2) : 1)),
		...(await inTurn(stage, effect, 0, ['single'], Math.min(rounds, 2))),
		...(await inTurn(stage, effect, 0, ['httpRequestAtOnce'], 1)),
	};
	const quick: Messenger[] = effect === 'reads' ? ['chatalo', 'undici', 'single'] : [];
	const far = {
		...waited,
		...(await inTurn(stage, effect, FAR_MS, quick, rounds)),
		...(await inTurn(stage, effect, FAR_MS, ['httpRequestAtOnce'], 1)),
	};
	return [section(stage, effect, 0, near), section(stage, effect, FAR_MS, far)];
}

/** How many times the time of one is the other's: the median over the rounds, each within itself where both had the same. */
function ratio(outcomes: Outcomes, of: Messenger, to: Messenger): number {
	const times = (who: Messenger): number[] => (outcomes[who] ?? []).map(({ ms }) => ms);
	const [ones, others] = [times(of), times(to)];
	if (ones.length !== others.length) return median(ones) / median(others);
	return median(ones.map((ms, round) => ms / (others[round] ?? NaN)));
}

function section(stage: Stage, effect: Effect, roundTripMs: number, outcomes: Outcomes): Section {
	const items = digits(stage.amounts.items);
	const rows = (Object.keys(names) as Messenger[])
		.filter((contestant) => outcomes[contestant] !== undefined)
		.map((contestant) => {
			const of = (pick: (outcome: Outcome) => number): number => median((outcomes[contestant] ?? []).map(pick));
			return [
				names[contestant],
				digits(of(({ ms }) => ms)),
				digits(of(({ ms }) => ms) / stage.amounts.items),
				digits(ratio(outcomes, contestant, 'chatalo')),
				digits(of(({ connections }) => connections)),
				digits(of(({ cpuMs }) => cpuMs)),
				mebibytes(of(({ peak }) => peak)),
				mebibytes(of(({ peak, baseline }) => peak - baseline)),
			];
		});
	return {
		title: `${items} ${effect}, round trip ${roundTripMs} ms`,
		notes: notes(effect, roundTripMs),
		columns: ['Contestant', 'ms', 'ms/item', 'times ours', 'connections', 'CPU ms', 'peak MiB', 'growth MiB'],
		rows,
		checks: checks(effect, roundTripMs, outcomes),
	};
}

function notes(effect: Effect, roundTripMs: number): string[] {
	const concurrency =
		effect === 'sends'
			? 'One at a time.'
			: 'Our node has 8 reads under way, bare undici 8 connections; the others are one at a time, as they come.';
	const distance =
		effect === 'sends'
			? 'The contestants ran side by side, since they mostly wait.'
			: 'The slow ones ran side by side, since they mostly wait; the others alone.';
	return roundTripMs === 0 ? [concurrency] : [concurrency, distance];
}

function checks(effect: Effect, roundTripMs: number, outcomes: Outcomes): Check[] {
	const what = (who: Messenger): string => `${effect}, ${roundTripMs} ms: ${names[who]}`;
	const faster = (who: Messenger, limit: number): Check =>
		atLeast(`${what(who)} ÷ ours`, ratio(outcomes, who, 'chatalo'), limit);
	const ours = outcomes.chatalo ?? [];
	const connections = Math.max(...ours.map((outcome) => outcome.connections));
	const limit = (most: number): Check =>
		atMost(`${effect}, ${roundTripMs} ms: ours ÷ bare undici`, ratio(outcomes, 'chatalo', 'undici'), most);
	const pool = atMost(`${effect}, ${roundTripMs} ms: our connections`, connections, 8);
	if (effect === 'sends') {
		const [evolution, httpRequest] = roundTripMs > 0 ? [2.5, 2.5] : [4, 3];
		return [faster('evolution', evolution), faster('httpRequest', httpRequest), limit(1.5), pool];
	}
	return roundTripMs > 0
		? [faster('evolution', 10), faster('httpRequest', 10), limit(1.3), pool]
		: [limit(1.7), pool];
}
