/*
 * Runs one of the project's programs from a checkout in which nothing is installed yet.
 * Plain Node without dependencies: this is what installs them.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import tools from './npm.cjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

const programs = {
	demo: { file: 'scripts/demo.ts', build: true },
	start: { file: 'scripts/start.ts', build: true },
	sandbox: { file: 'sandbox/main.ts', build: false },
	docs: { file: 'scripts/docs.ts', build: true },
	e2e: { file: 'scripts/e2e.ts', build: true },
	queue: { file: 'scripts/queue.ts', build: true },
	soak: { file: 'scripts/soak.ts', build: true },
	bench: { file: 'bench/main.ts', build: true },
};

/** The latest change below the given files and folders, 0 where there is none. */
function latestChange(names) {
	let latest = 0;
	for (const name of names) {
		const at = path.join(root, name);
		if (!existsSync(at)) continue;
		const stat = statSync(at);
		if (!stat.isDirectory()) latest = Math.max(latest, stat.mtimeMs);
		else latest = Math.max(latest, latestChange(readdirSync(at).map((entry) => path.join(name, entry))));
	}
	return latest;
}

async function prepare(build) {
	if (!tools.isInstalled(root)) {
		console.log('Installing the development packages (npm ci, about a minute) …');
		await tools.npm(['ci', '--no-audit', '--no-fund'], { cwd: root });
	}
	const sources = ['nodes', 'credentials', 'icons', 'package.json', 'tsconfig.json', 'gulpfile.js', 'index.js'];
	if (build && latestChange(['dist']) < latestChange(sources)) {
		console.log('Building (npm run build) …');
		await tools.npm(['run', 'build'], { cwd: root, quiet: true });
	}
}

/** The processes we were started by, two up: npm starts a shell, and the shell starts us. */
function ancestors() {
	const above = [process.ppid];
	try {
		// Linux only: "pid (name) state ppid …". Elsewhere the parent has to do.
		const [, rest = ''] = readFileSync(`/proc/${process.ppid}/stat`, 'utf8').split(/\) (?!.*\) )/s);
		above.push(Number(rest.split(' ')[1]));
	} catch {
		// No such file system.
	}
	return above.join();
}

/** A signal that a script sends to npm ends npm's shell, but the shell tells nobody: without this the program would run on. */
function whenNpmIsGone(act) {
	if (!process.env.npm_lifecycle_event) return;
	const before = ancestors();
	const watch = setInterval(() => {
		if (ancestors() === before) return;
		clearInterval(watch);
		act();
	}, 500);
	watch.unref();
}

function run(file, args) {
	// tsx as a loader, not as a command: one process fewer for a signal to pass through.
	const child = spawn(process.execPath, ['--import', 'tsx', path.join(root, file), ...args], {
		cwd: root,
		stdio: 'inherit',
	});
	// Ctrl-C reaches the child by itself; a signal from a script reaches only us. Passing it on twice does no harm.
	const pass = (signal) => child.kill(signal);
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => pass(signal));
	whenNpmIsGone(() => pass('SIGTERM'));
	child.on('error', (error) => {
		console.error(error.message);
		process.exitCode = 1;
	});
	child.on('exit', (code, signal) => {
		process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143);
	});
}

const [name = '', ...args] = process.argv.slice(2);
const program = Object.hasOwn(programs, name) ? programs[name] : undefined;
const [major = 0] = process.versions.node.split('.').map(Number);

if (!program) {
	console.error(`Usage: node scripts/run.mjs <${Object.keys(programs).join('|')}> [options]`);
	process.exitCode = 2;
} else if (major < 20) {
	console.error(`Node 20 or newer is needed; this is ${process.version}.`);
	process.exitCode = 2;
} else {
	try {
		await prepare(program.build);
		run(program.file, args);
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = 1;
	}
}
