/* `npm run e2e`: the package in a real n8n, against the sandbox. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Checks } from './e2e/checks';
import { allExampleChecks, importExamples, messageChecks, packageChecks } from './e2e/messages';
import { takeScreenshots } from './e2e/screenshots';
import { setStage, type Stage } from './e2e/stage';
import { triggerChecks } from './e2e/trigger';
import { waitingChecks } from './e2e/waiting';
import { readWorkflows } from './n8n/content';
import { installN8n } from './n8n/install';

const usage = `Usage: npm run e2e -- [options]

Runs the package in a real n8n against the sandbox, and checks what arrives where.
The first run installs n8n (3 to 5 minutes, 2.4 GB).

  --screenshots <folder>  take pictures of the editor as well (needs Chromium)
  --browser <path>        the Chromium to use (default: the one on PATH)
  --only <part>           examples, waiting, trigger or screenshots
  --help                  this text`;

/** n8n registers triggers in one of two ways; both are in use. */
const publication = [
	{ label: 'publication service', env: {} },
	{ label: 'no publication service', env: { N8N_USE_WORKFLOW_PUBLICATION_SERVICE: 'false' } },
];

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			screenshots: { type: 'string' },
			browser: { type: 'string' },
			only: { type: 'string' },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		console.log(usage);
		return;
	}
	const wanted = (part: string) => values.only === undefined || values.only === part;
	const installation = await installN8n();
	const checks = new Checks();
	let stage: Stage | undefined;
	// An exit without stopping n8n first still takes it along; what is left to do is the folder.
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.once(signal, () => void (stage?.close() ?? Promise.resolve()).finally(() => process.exit(130)));
	}

	for (const [index, { label, env }] of publication.entries()) {
		const first = index === 0;
		if (!wanted('trigger') && !first) continue;
		stage = await setStage(installation, env);
		try {
			if (first && values.only !== 'trigger') {
				await packageChecks(stage, checks);
				await importExamples(stage);
				if (wanted('examples')) {
					await messageChecks(stage, checks);
					await allExampleChecks(stage, checks);
				}
				if (wanted('waiting')) await waitingChecks(stage, checks);
				if (values.screenshots !== undefined) await takeScreenshots(stage, checks, { folder: path.resolve(values.screenshots), browser: values.browser });
				// The provider has one slot, and the checks of the trigger want it to themselves.
				for (const { id } of readWorkflows()) {
					if ((await stage.n8n.api.workflow(id)).activeVersionId !== null) await stage.n8n.api.unpublish(id);
				}
			}
			if (wanted('trigger')) await triggerChecks(stage, checks, label);
		} finally {
			await stage.close();
			stage = undefined;
		}
	}
	console.log(`\n${checks.summary()}`);
	if (checks.failed > 0) process.exitCode = 1;
}

main()
	.catch((error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = 1;
	})
	.finally(() => process.exit());
