/* A contestant's process: does one job, answers with what it cost, and ends. */
import '../../test/support/n8n/environment';
import { once } from 'node:events';
import type { Cost, Job, MessagesJob, Places, Time } from '../jobs';
import type { Running } from './items';
import { measured } from './measure';

/** Of each run that nobody measures. */
const WARM_UP_ITEMS = 100;

/** Tells the bench that only the measured part is left, and waits for its word: what others do meanwhile would be in the way. */
async function signalToGo(): Promise<void> {
	const going = once(process, 'message');
	process.send?.({ ready: true });
	await going;
}

/** Loads what this contestant needs and nothing of the others: memory is counted. */
async function startMessenger(job: MessagesJob, places: Places): Promise<Running> {
	if (job.contestant === 'undici') return (await import('./undici.js')).startUndici();
	return await (await import('./messengers.js')).startNode(job.contestant, places);
}

async function sendOrRead(job: MessagesJob, places: Places): Promise<Cost> {
	const { run, close } = await startMessenger(job, places);
	try {
		const warmAt = performance.now() + job.warmUpMs;
		do await run(job.effect, WARM_UP_ITEMS, job.warmUpAddress);
		while (performance.now() < warmAt);
		await signalToGo();
		const { cost } = await measured(async () => await run(job.effect, job.items, job.address));
		return cost;
	} finally {
		await close();
	}
}

async function perform(job: Job, places: Places): Promise<Cost | Time> {
	switch (job.kind) {
		case 'messages':
			return await sendOrRead(job, places);
		case 'file':
			return await (await import('./files.js')).moveFile(job, places);
		case 'webhooks':
			return await (await import('./webhooks.js')).receive(job, places);
	}
}

// So that what the process has on disk is removed, whoever ends it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));
process.on('disconnect', () => process.exit(1));

const { job, places } = JSON.parse(process.argv[2] ?? '{}') as { job: Job; places: Places };
void perform(job, places)
	.then((cost) => ({ cost }))
	.catch((error: unknown) => ({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }))
	.then((answer) => process.send?.(answer, () => process.exit()));
