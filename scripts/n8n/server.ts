/* Starting and stopping n8n. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { cleanEnv } from '../npm.cjs';
import { N8nApi, type Owner } from './api';
import { installN8n, type N8nInstallation, type N8nLine } from './install';
import { freePort, type Log, run, signalTree, until } from './process';

/** What an n8n is started with. */
export interface N8nOptions {
	/** The folder in which `.n8n` holds the database, settings and community packages. */
	userFolder: string;
	/** The editor's port; the system gives one when left out. */
	port?: number;
	/** Environment variables above the usual ones. */
	env?: NodeJS.ProcessEnv;
	/** Who owns the instance; made on the first start. */
	owner: Owner;
	installation?: N8nInstallation;
	log?: Log;
}

/** A running n8n. */
export interface RunningN8n extends N8nProcess {
	url: string;
	port: number;
	/** Logged in as the owner. */
	api: N8nApi;
}

/** What every n8n process gets: no calls home, plain HTTP, this machine only. */
function environment(node: string, userFolder: string): NodeJS.ProcessEnv {
	// Settings of another n8n, such as the one in the tests, are not meant for this one.
	const inherited = Object.fromEntries(Object.entries(cleanEnv()).filter(([name]) => !name.startsWith('N8N_')));
	return {
		...inherited,
		// n8n starts its code runner as "node": that has to be the same one.
		PATH: [path.dirname(node), inherited.PATH].filter(Boolean).join(path.delimiter),
		N8N_USER_FOLDER: userFolder,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_SECURE_COOKIE: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		// A proxy to the internet must not come between n8n and the sandbox.
		NO_PROXY: [inherited.NO_PROXY ?? inherited.no_proxy, '127.0.0.1', 'localhost'].filter(Boolean).join(','),
	};
}

/** Parts of n8n 2 that only fetch lists from api.n8n.io. */
const WITHOUT: Partial<Record<N8nLine, NodeJS.ProcessEnv>> = { '2': { N8N_DISABLED_MODULES: 'mcp-registry' } };

/** Runs one of n8n's commands (`import:workflow`, `execute`, …) to its end. */
export async function runN8nCommand(
	args: string[],
	options: { userFolder: string; env?: NodeJS.ProcessEnv; installation?: N8nInstallation },
): Promise<{ code: number; stdout: string; output: string }> {
	const { node, bin } = options.installation ?? (await installN8n());
	const brokerPort = await freePort();
	return await run(node, [bin, ...args], {
		env: { ...environment(node, options.userFolder), N8N_RUNNERS_BROKER_PORT: String(brokerPort), ...options.env },
		timeoutMs: 180_000,
	});
}

const ended = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

function endOf(file: string): string {
	return readFileSync(file, 'utf8').trim().split('\n').slice(-20).join('\n');
}

/** One of n8n's long-running processes. */
export interface N8nProcess {
	/** Ends it the way Ctrl-C does, and waits for that. */
	stop(): Promise<void>;
	/** Ends it the way a power cut does, and waits for that. */
	kill(): Promise<void>;
	/** Resolves when the process has ended for whatever reason. */
	ended: Promise<void>;
}

/** Printed when a process is ready; for `start`, that is after the published workflows have been started. */
const readyLine = {
	start: 'Editor is now accessible',
	worker: 'n8n worker is now ready',
	webhook: 'Webhook listener waiting for requests',
};

/** Starts one of n8n's long-running commands and waits until it is ready. What it prints goes to `n8n.log` in the user folder. */
export async function startN8nProcess(
	command: keyof typeof readyLine,
	{
		userFolder,
		env,
		installation: { line, node, bin },
	}: { userFolder: string; env: NodeJS.ProcessEnv; installation: N8nInstallation },
): Promise<N8nProcess> {
	mkdirSync(userFolder, { recursive: true });
	const logFile = path.join(userFolder, 'n8n.log');
	const log = createWriteStream(logFile, { flags: 'a' });

	const child = spawn(node, ['--require', path.join(__dirname, 'leash.cjs'), bin, command], {
		detached: process.platform !== 'win32',
		windowsHide: true,
		stdio: ['ignore', 'pipe', 'pipe'],
		env: {
			...environment(node, userFolder),
			...WITHOUT[line],
			N8N_RUNNERS_BROKER_PORT: String(await freePort()),
			...env,
		},
	});
	let ready = false;
	child.stdout.on('data', (chunk: Buffer) => {
		// The health address answers before that.
		if (chunk.toString().includes(readyLine[command])) ready = true;
	});
	child.stdout.pipe(log, { end: false });
	child.stderr.pipe(log, { end: false });
	const end = new Promise<void>((resolve) => {
		child.once('exit', () => resolve());
		child.once('error', () => resolve());
	});
	// A last resort: if this process ends without stopping n8n first, the group ends with it.
	const onExit = () => signalTree(child, 'SIGKILL');
	process.once('exit', onExit);
	void end.then(() => {
		process.off('exit', onExit);
		log.end();
	});

	const kill = async () => {
		signalTree(child, 'SIGKILL');
		await end;
	};
	const stop = async () => {
		if (ended(child)) return;
		signalTree(child, 'SIGTERM');
		const patience = setTimeout(() => signalTree(child, 'SIGKILL'), 20_000);
		await end;
		clearTimeout(patience);
		// The leader is gone; now end whatever it started.
		signalTree(child, 'SIGKILL');
	};

	try {
		await until(
			`n8n ${command} to be ready`,
			() => {
				if (ended(child))
					throw new Error(`n8n ended while starting. The end of ${logFile}:\n${endOf(logFile)}`);
				return ready;
			},
			180_000,
		);
		return { stop, kill, ended: end };
	} catch (error) {
		await kill();
		throw error;
	}
}

/** Starts n8n, waits until it is ready, and logs in. */
export async function startN8n(options: N8nOptions): Promise<RunningN8n> {
	const installation = options.installation ?? (await installN8n(options.log));
	const port = await freePort(options.port);
	if (options.port !== undefined && port !== options.port) throw new Error(`Port ${options.port} is taken`);
	const url = `http://127.0.0.1:${port}`;
	const env = { N8N_PORT: String(port), N8N_EDITOR_BASE_URL: `${url}/`, WEBHOOK_URL: `${url}/`, ...options.env };
	const n8n = await startN8nProcess('start', { userFolder: options.userFolder, env, installation });
	try {
		const api = new N8nApi(url);
		await api.logIn(options.owner);
		return { url, port, api, ...n8n };
	} catch (error) {
		await n8n.kill();
		throw error;
	}
}
