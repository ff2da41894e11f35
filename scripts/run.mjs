/*
 * Runs one of the project's programs, even in a checkout where nothing is installed yet: this installs what is missing,
 * so it is plain Node without dependencies.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import tools from './npm.cjs';
import { progress } from './progress.cjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

const programs = {
	demo: { file: 'scripts/demo.ts', build: true },
	start: { file: 'scripts/start.ts', build: true },
	sandbox: { file: 'sandbox/main.ts', build: false },
	packages: { file: 'scripts/packages.ts', build: false },
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
		await progress.step(
			'Installing the development packages',
			async () => await tools.installLocked(root),
			'1 to 2 minutes, once',
		);
	}
	const config = ['package.json', 'package-lock.json', 'tsconfig.json', 'gulpfile.js', 'scripts/build'];
	const sources = ['nodes', 'credentials', 'icons', 'index.js', ...config];
	if (build && latestChange(['dist']) < latestChange(sources)) {
		await progress.step(
			'Building the package',
			async () => void (await tools.npm(['run', 'build'], { cwd: root, quiet: true })),
			'about 10 seconds',
		);
	}
}

/** The two processes above us: npm starts a shell, and the shell starts us. */
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

/** A signal that a script sends to npm ends npm's shell, but the shell does not pass it on: without this the program would keep running. */
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
	// Ctrl-C reaches the child anyway; a signal from a script reaches only us. Passing it on twice does no harm.
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
const [major = 0, minor = 0, patch = 0] = process.versions.node.split('.').map(Number);
/** As "engines" in package.json: what undici needs. */
const isOld = major < 20 || (major === 20 && (minor < 18 || (minor === 18 && patch < 1)));

if (!program) {
	console.error(`Usage: node scripts/run.mjs <${Object.keys(programs).join('|')}> [options]`);
	process.exitCode = 2;
} else if (isOld) {
	console.error(`This needs Node.js 20.18.1 or newer. You have ${process.version}.`);
	process.exitCode = 2;
} else {
	try {
		await prepare(program.build && !args.includes('--help'));
		run(program.file, args);
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = 1;
	}
}
