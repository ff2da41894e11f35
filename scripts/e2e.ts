/* `npm run e2e`: the package in a real n8n, against the sandbox. Turns its options into those of Playwright Test. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { findChromium } from '../test/e2e/support/chromium';
import { BROWSER_VARIABLE, FOLDER_VARIABLE, NO_CHROMIUM, SCREENSHOTS_VARIABLE } from '../test/e2e/support/settings';
import { installN8nWith, type N8nLine, n8nLines } from './n8n/install';
import { root } from './n8n/paths';
import { runToEnd } from './n8n/process';
import { progress } from './progress.cjs';

const parts = [
	'examples',
	'waiting',
	'killed',
	'incoming',
	'quickMessages',
	'response',
	'tools',
	'editor',
	'panels',
	'chat',
	'firstWorkflow',
	'trigger',
	'phone',
	'singlePackages',
	'screenshots',
];

const usage = `Usage: npm run e2e -- [options]

Tests the package in a real n8n, against the sandbox. The first run installs n8n (3 to 5 minutes, 2.4 GB).

  --screenshots <folder>  save screenshots of the editor and of each example there (needs Chromium)
  --n8n <line>            ${n8nLines.join(' or ')} (default: ${n8nLines[0]})
  --browser <path>        the Chromium to use (default: the one on PATH)
  --only <part>           ${parts.slice(0, -1).join(', ')} or ${parts.at(-1)}
  --help                  show this text

The tests are in test/e2e. When one fails, its trace and screenshot are in .cache/e2e/report:
npx playwright show-report .cache/e2e/report`;

const projects: Record<N8nLine, string[]> = {
	'2': ['n8n 2', 'n8n 2 without its publication service'],
	'1.123': ['n8n 1.123'],
};

/** The files of one part, as Playwright takes them: expressions for their paths. */
function filesOf(part: string): string[] {
	// First check that n8n has loaded the package at all.
	const names = ['editor', 'panels', 'firstWorkflow', 'trigger', 'phone', 'singlePackages'].includes(part)
		? [part]
		: ['package', part];
	return names.map((name) => `[\\\\/]${name}\\.([a-z]+\\.)?e2e\\.ts$`);
}

/** Runs Playwright Test to its end; returns its exit code. */
async function runPlaywright(args: string[], env: NodeJS.ProcessEnv): Promise<number> {
	const cli = createRequire(__filename).resolve('@playwright/test/cli');
	const child = spawn(process.execPath, [cli, 'test', ...args], {
		cwd: root,
		env: { ...process.env, ...env },
		stdio: 'inherit',
	});
	// Playwright stops what it started on SIGINT only. Ctrl-C reaches it directly as well; it treats the two as one.
	let isStopped = false;
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.on(signal, () => {
			if (!isStopped) child.kill('SIGINT');
			isStopped = true;
		});
	}
	const [code] = (await once(child, 'exit')) as [number | null];
	return code ?? 1;
}

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
	const { only } = values;
	const line = n8nLines.find((each) => each === values.n8n);
	if (line === undefined) throw new Error(`--n8n takes ${n8nLines.join(' or ')}`);
	if (only !== undefined && !parts.includes(only)) throw new Error(`--only takes ${parts.join(', ')}`);
	const folder = values.screenshots === undefined ? undefined : path.resolve(values.screenshots);
	const browser = values.browser ?? findChromium();
	const wanted = (part: string) => only === undefined || only === part;
	if (folder !== undefined && wanted('screenshots') && browser === undefined) {
		throw new Error(`Screenshots need a browser, but ${NO_CHROMIUM}. Debian: apt-get install chromium`);
	}

	// The phone is a page of the sandbox: its tests need no n8n.
	if (only !== 'phone') await installN8nWith(progress, line);
	const env: NodeJS.ProcessEnv = {};
	if (browser !== undefined) env[BROWSER_VARIABLE] = browser;
	if (folder !== undefined) env[SCREENSHOTS_VARIABLE] = folder;
	if (line === '2' && wanted('editor') && browser === undefined)
		console.log(`\nIn the editor: skipped, ${NO_CHROMIUM}`);
	const args = [
		...projects[line].map((project) => `--project=${project}`),
		...(only === undefined ? [] : filesOf(only)),
		// The editor of n8n 1 has no tests.
		'--pass-with-no-tests',
	];
	// An interrupted start of n8n leaves its folder behind, so this whole folder is removed at the end.
	const temporary = mkdtempSync(path.join(tmpdir(), 'n8n-e2e-'));
	try {
		process.exitCode = await runPlaywright(args, { ...env, [FOLDER_VARIABLE]: temporary });
	} finally {
		await rm(temporary, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
	}
}

runToEnd(main);
