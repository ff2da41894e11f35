/* `npm run queue`: the package in an n8n in queue mode, against the sandbox. */
import { parseArgs } from 'node:util';
import { installN8nWith } from './n8n/install';
import { runToEnd } from './n8n/process';
import { progress } from './progress.cjs';
import { Checks } from './queue/checks';
import { startCluster } from './queue/cluster';
import { registrationChecks, waitingChecks } from './queue/editor';
import { incomingChecks, limitChecks, repeatChecks, sendsChecks } from './queue/killed';
import { findServicePrograms } from './queue/services';
import { twoWebhooksChecks } from './queue/twoWebhooks';

const usage = `Usage: npm run queue -- [options]

Runs the package in n8n's queue mode: PostgreSQL, Redis, one main process, two workers, one webhook process and later
a second one. Kills workers, delivers messages twice, and checks what arrives. Takes 15 minutes or more.
Needs PostgreSQL and Redis on this machine (Debian: apt-get install postgresql redis-server); it starts its own servers
and stops them again. The first run installs n8n (3 to 5 minutes, 2.4 GB).

  --count <number>  number of incoming messages and of sends (default: 1000; a multiple of 10)
  --only <parts>    some of registration, incoming, sends, repeat, limit, waiting, webhooks; separated by commas
  --help            show this text`;

const parts = ['registration', 'incoming', 'sends', 'repeat', 'limit', 'waiting', 'webhooks'];

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			count: { type: 'string', default: '1000' },
			only: { type: 'string' },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		console.log(usage);
		return;
	}
	const count = Number(values.count);
	if (!Number.isInteger(count) || count < 10 || count % 10 !== 0) throw new Error('--count takes a multiple of 10');
	const chosen = values.only?.split(',') ?? parts;
	if (!chosen.every((part) => parts.includes(part))) throw new Error(`--only takes ${parts.join(', ')}`);
	const wanted = (part: string) => chosen.includes(part);

	// Before n8n is installed, which takes minutes.
	findServicePrograms();
	const installation = await installN8nWith(progress);
	const cluster = await progress.step(
		'Starting PostgreSQL, Redis and four n8n processes',
		async () => await startCluster(installation),
		'about a minute',
	);
	const checks = new Checks();
	try {
		if (wanted('registration')) await registrationChecks(cluster, checks);
		if (wanted('incoming')) await incomingChecks(cluster, checks, count);
		if (wanted('sends')) await sendsChecks(cluster, checks, count);
		if (wanted('repeat')) await repeatChecks(cluster, checks);
		if (wanted('limit')) await limitChecks(cluster, checks);
		if (wanted('waiting')) await waitingChecks(cluster, checks, 'one webhook process');
		if (wanted('webhooks') || wanted('waiting'))
			await progress.step(
				'Starting a second webhook process',
				async () => await cluster.startWebhook('webhook 2'),
			);
		if (wanted('waiting')) await waitingChecks(cluster, checks, 'two webhook processes');
		if (wanted('webhooks')) await twoWebhooksChecks(cluster, checks);
	} finally {
		await cluster.close();
	}
	console.log(`\n${checks.summary()}`);
	if (checks.failed > 0) process.exitCode = 1;
}

runToEnd(main);
