/* `npm run bench`: what the nodes cost, compared with the alternatives. */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runToEnd } from '../scripts/n8n/process';
import { duration, progress } from '../scripts/progress.cjs';
import type { Effect } from './jobs';
import { report, type Section } from './report';
import { files } from './sections/files';
import { growth } from './sections/growth';
import { load } from './sections/load';
import { messages, sideBySide, waitingJobs } from './sections/messages';
import { webhooks } from './sections/webhooks';
import { type Amounts, Stage } from './stage';

const parts = ['load', 'sends', 'reads', 'files', 'webhooks', 'growth'] as const;

const usage = `Usage: npm run bench -- [options]

Measures the nodes on n8n's engine, over TLS to a local server, and compares them with n8n's HTTP Request node, the
Evolution API node and a bare undici loop. Takes 8 minutes; the first run installs n8n (3 to 5 minutes, 2.4 GB).

  --only <part>   ${parts.join(', ')}
  --quick         fewer items, one round: shows that it works, not how fast
  --write         also write the tables to bench/RESULT.md
  --help          show this text`;

const whole: Amounts = {
	items: 1_000,
	rounds: 3,
	growth: [100, 1_000, 10_000],
	deliveries: 3_000,
	fileBytes: 100_000_000,
};
const quick: Amounts = { items: 100, rounds: 1, growth: [50, 100, 1_000], deliveries: 200, fileBytes: 100_000_000 };

const intro = (amounts: Amounts): string =>
	[
		`Every contestant in its own process, on n8n's Node (24), with n8n 2.41's engine; TLS 1.3 to a server in another process on this machine (${cpus().length} cores).`,
		'Distance comes from a TCP proxy that delays each direction by half of it, and a new connection by one more round trip.',
		`${amounts.rounds === 1 ? 'One round' : 'Several rounds'}, with the contestants taking turns; medians. Times depend on the machine; ratios barely do.`,
		'Times are whole runs of the workflow, at 0 ms after 2 s of other such runs, because an n8n that has been up for a while is warm. Memory is resident memory of the process; growth is what the run added to what the process held after the collector ran, with the room for young objects in use, as in an n8n at work. The HTTP Request node sends all its requests at once, so "one at a time" puts it in a Loop Over Items; the same goes for reads with the Evolution API node, which handles only the first item.',
	].join('\n');

async function measure(stage: Stage, wanted: (part: (typeof parts)[number]) => boolean): Promise<Section[]> {
	const sections: Section[] = [];
	const add = async (part: (typeof parts)[number], make: () => Promise<Section | Section[]>): Promise<void> => {
		if (!wanted(part)) return;
		const made = await progress.step(`Measuring: ${part}`, make);
		sections.push(...[made].flat());
	};
	await add('load', async () => await load(stage));
	const effects = (['sends', 'reads'] as const).filter(wanted);
	const waiting = effects.flatMap((effect: Effect) =>
		waitingJobs[effect].map((contestant) => ({ effect, contestant })),
	);
	const waited =
		waiting.length > 0
			? await progress.step(
					'Measuring: sends and reads over a slow network',
					async () => await sideBySide(stage, waiting),
				)
			: { sends: {}, reads: {} };
	await add('sends', async () => await messages(stage, 'sends', waited.sends));
	await add('reads', async () => await messages(stage, 'reads', waited.reads));
	await add('files', async () => await files(stage));
	await add('webhooks', async () => await webhooks(stage));
	await add('growth', async () => await growth(stage));
	return sections;
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			only: { type: 'string' },
			quick: { type: 'boolean', default: false },
			write: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	const only = values.only;
	if (values.help || (only !== undefined && !parts.some((part) => part === only))) {
		console.log(usage);
		process.exitCode = values.help ? 0 : 2;
		return;
	}
	// On exit, every process of the bench ends and the certificate is removed.
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130));
	const amounts = values.quick ? quick : whole;
	const start = Date.now();
	const stage = await Stage.set(amounts);
	try {
		const text = report(await measure(stage, (part) => only === undefined || only === part), intro(amounts));
		console.log(`\n${text}\n\nTook ${duration(Date.now() - start)}.`);
		if (values.write) writeFileSync(path.join(__dirname, 'RESULT.md'), `${text}\n`);
	} finally {
		await stage.close();
	}
}

runToEnd(main);
