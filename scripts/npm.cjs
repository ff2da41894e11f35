'use strict';

/*
 * npm, and whether it has to run at all. Plain JavaScript without dependencies, because it runs before anything is installed.
 */
const { spawn } = require('node:child_process');
const { existsSync, readFileSync } = require('node:fs');
const path = require('node:path');

/** The variables that npm sets for the scripts it starts: they describe the outer run and are wrong for another folder. */
const OUTER_RUN = /^npm_(package|lifecycle|command$|node_execpath$|config_local_prefix$)/;

/** The environment without what belongs to the npm run around us. */
function cleanEnv(env = process.env) {
	return Object.fromEntries(Object.entries(env).filter(([name]) => !OUTER_RUN.test(name)));
}

/** The npm to use: the one that started us, or the one on PATH. */
function npmCommand() {
	const cli = process.env.npm_execpath;
	if (cli && /npm-cli\.c?js$/.test(cli)) return { command: process.execPath, args: [cli], shell: false };
	// npm is a .cmd file on Windows, and Node starts those through a shell only.
	return { command: 'npm', args: [], shell: process.platform === 'win32' };
}

/** Runs npm and waits for it; a failure is an error with the end of npm's output. */
function npm(args, { cwd, quiet = false, env } = {}) {
	const { command, args: first, shell } = npmCommand();
	const quoted = shell ? args.map((arg) => (/[\s"]/.test(arg) ? `"${arg.replaceAll('"', '\\"')}"` : arg)) : args;
	return new Promise((resolve, reject) => {
		const child = spawn(command, [...first, ...quoted], {
			cwd,
			shell,
			env: { ...cleanEnv(), ...env },
			stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
		});
		// An npm that outlives us would go on writing into a folder that somebody removes.
		const end = () => child.kill();
		process.once('exit', end);
		child.on('close', () => process.off('exit', end));
		let output = '';
		let said = '';
		child.stdout?.on('data', (chunk) => {
			output += chunk;
			said += chunk;
		});
		child.stderr?.on('data', (chunk) => (said += chunk));
		child.on('error', reject);
		child.on('close', (code, signal) => {
			if (code === 0) return resolve(output);
			const end = said.trim().split('\n').slice(-15).join('\n');
			reject(
				new Error(`npm ${args.join(' ')} failed (${signal ?? `exit code ${code}`})${end ? `:\n${end}` : ''}`),
			);
		});
	});
}

function readJson(file) {
	try {
		return JSON.parse(readFileSync(file, 'utf8'));
	} catch {
		return undefined;
	}
}

/** Installs exactly what a folder's lock file names. What npm prints is shown only if it fails. */
async function installLocked(folder) {
	await npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder, quiet: true });
}

/** How many of the packages in a folder's lock file have been unpacked, to show how far npm is. */
function unpackedPackages(folder) {
	const places = Object.keys(readJson(path.join(folder, 'package-lock.json'))?.packages ?? {}).filter(Boolean);
	const done = places.filter((place) => existsSync(path.join(folder, place, 'package.json'))).length;
	return { done, total: places.length };
}

/**
 * Whether node_modules holds what package-lock.json names. npm records what it installed in
 * node_modules/.package-lock.json, so this needs no stamp of our own and no dates, which a checkout changes.
 */
function isInstalled(folder) {
	const wanted = readJson(path.join(folder, 'package-lock.json'))?.packages;
	const installed = readJson(path.join(folder, 'node_modules', '.package-lock.json'))?.packages;
	if (!wanted || !installed) return false;
	return Object.entries(wanted).every(([place, entry]) => {
		// The root itself, packages for other platforms, and links to folders are not in the installed list.
		if (place === '' || entry.optional || entry.devOptional || entry.link) return true;
		return installed[place]?.version === entry.version;
	});
}

module.exports = { cleanEnv, installLocked, isInstalled, npm, npmCommand, unpackedPackages };
