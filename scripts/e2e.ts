/* `npm run e2e`: the package in a real n8n, against the sandbox. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { findChromium } from './e2e/browser';
import { Checks } from './e2e/checks';
import { editorChecks } from './e2e/editor';
import { allExampleChecks, importExamples, messageChecks, packageChecks } from './e2e/messages';
import { responseChecks } from './e2e/response';
import { takeScreenshots } from './e2e/screenshots';
import { setStage, type Stage } from './e2e/stage';
import { toolChecks } from './e2e/tools';
import { triggerChecks } from './e2e/trigger';
import { waitingChecks } from './e2e/waiting';
import { readWorkflows } from './n8n/content';
import { installN8n, n8nLines, type N8nLine } from './n8n/install';
import { runToEnd } from './n8n/process';

const usage = `Usage: npm run e2e -- [options]

Runs the package in a real n8n against the sandbox, and checks what arrives where.
The first run installs n8n (3 to 5 minutes, 2.4 GB).

  --screenshots <folder>  keep pictures of the editor there, and take some of each example as well (needs Chromium)
  --n8n <line>            ${n8nLines.join(' or ')} (default: ${n8nLines[0]})
  --browser <path>        the Chromium to use (default: the one on PATH)
  --only <part>           examples, waiting, response, tools, editor, trigger or screenshots
  --help                  this text`;

/** n8n 2 registers triggers in one of two ways, and both are in use; n8n 1 knows one of them. */
const publication: Record<N8nLine, Array<{ label: string; env: NodeJS.ProcessEnv }>> = {
	'2': [
		{ label: 'publication service', env: {} },
		{ label: 'no publication service', env: { N8N_USE_WORKFLOW_PUBLICATION_SERVICE: 'false' } },
	],
	'1.123': [{ label: 'n8n 1.123', env: {} }],
};

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			screenshots: { type: 'string' },
			browser: { type: 'string' },
			only: { type: 'string' },
			n8n: { type: 'string', default: n8nLines[0] },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		console.log(usage);
		return;
	}
	const wanted = (part: string) => values.only === undefined || values.only === part;
	const folder = values.screenshots === undefined ? undefined : path.resolve(values.screenshots);
	const line = n8nLines.find((each) => each === values.n8n);
	if (line === undefined) throw new Error(`--n8n takes ${n8nLines.join(' or ')}`);
	const installation = await installN8n(console.log, line);
	const checks = new Checks();
	let stage: Stage | undefined;
	// An exit without stopping n8n first still takes it along; what is left to do is the folder.
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.once(signal, () => void (stage?.close() ?? Promise.resolve()).finally(() => process.exit(130)));
	}

	for (const [index, { label, env }] of publication[line].entries()) {
		const first = index === 0;
		if (!wanted('trigger') && !first) continue;
		stage = await setStage(installation, env);
		try {
			if (first && values.only !== 'trigger' && values.only !== 'editor') {
				await packageChecks(stage, checks);
				await importExamples(stage);
				if (wanted('examples')) {
					await messageChecks(stage, checks);
					await allExampleChecks(stage, checks);
				}
				if (wanted('waiting')) await waitingChecks(stage, checks);
				if (wanted('response')) await responseChecks(stage, checks);
				if (wanted('tools')) await toolChecks(stage, checks);
				if (wanted('screenshots') && folder !== undefined) await takeScreenshots(stage, checks, { folder, browser: values.browser });
				// The provider has one slot, and the checks of the trigger want it to themselves.
				for (const { id } of readWorkflows()) {
					if ((await stage.n8n.api.workflow(id)).activeVersionId !== null) await stage.n8n.api.unpublish(id);
				}
			}
			// The editor of n8n 1 is another one.
			if (first && wanted('editor') && line === '2') {
				if ((values.browser ?? findChromium()) === undefined) console.log('\nIn the editor: skipped, no Chromium was found on PATH (name one with --browser)');
				else await editorChecks(stage, checks, { folder, browser: values.browser });
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

runToEnd(main);
