/* Starting and ending other programs, so that none is left behind. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { cleanEnv } from '../npm.cjs';

/** Where progress goes. */
export type Log = (line: string) => void;

/** A promise that is kept after `ms` milliseconds. */
export const sleep = async (ms: number) => await new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Asks until the answer is neither undefined nor false, and fails with `what` when the time is up. */
export async function until<T>(
	what: string,
	ask: () => Promise<T | undefined | false> | T | undefined | false,
	timeoutMs = 30_000,
): Promise<T> {
	const end = Date.now() + timeoutMs;
	for (;;) {
		const answer = await ask();
		if (answer !== undefined && answer !== false) return answer;
		if (Date.now() > end) throw new Error(`Waited ${timeoutMs / 1000} s for ${what}`);
		await sleep(200);
	}
}

/** Whether nothing listens on this port of 127.0.0.1. */
async function isFree(port: number): Promise<boolean> {
	const server = createServer();
	return await new Promise((resolve) => {
		server.once('error', () => resolve(false));
		server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
	});
}

/** A port of 127.0.0.1 that nothing listens on: the preferred one where it is free, otherwise one that the system gives. */
export async function freePort(preferred?: number): Promise<number> {
	if (preferred !== undefined && (await isFree(preferred))) return preferred;
	const server = createServer();
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	server.close();
	await once(server, 'close');
	if (address === null || typeof address === 'string') throw new Error('No free port found');
	return address.port;
}

/** Ends a process that was started as the leader of its group, and all that it started. */
export function signalTree(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
	if (child.pid === undefined) return;
	try {
		if (process.platform === 'win32')
			spawn('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' });
		else process.kill(-child.pid, signal);
	} catch (error) {
		// Already gone.
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}

/**
 * Runs a program to its end. Answers with its exit code and what it printed; throws only where it cannot be started.
 *
 * @param options `env`: the whole environment; that of this process unless given
 */
export async function run(
	command: string,
	args: string[],
	options: { cwd?: string; env?: NodeJS.ProcessEnv; timeoutMs?: number } = {},
): Promise<{ code: number; stdout: string; output: string }> {
	const child = spawn(command, args, {
		cwd: options.cwd,
		env: options.env ?? cleanEnv(),
		stdio: ['ignore', 'pipe', 'pipe'],
		timeout: options.timeoutMs,
		windowsHide: true,
	});
	let stdout = '';
	let output = '';
	child.stdout.on('data', (chunk: Buffer) => {
		stdout += chunk.toString();
		output += chunk.toString();
	});
	child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
	const [code] = (await once(child, 'close')) as [number | null];
	return { code: code ?? 1, stdout, output };
}

/** A program's whole run: an error is told in its words and ends it with exit code 1. */
export function runToEnd(main: () => Promise<void>): void {
	void main()
		.catch((error: unknown) => {
			console.error(error instanceof Error ? error.message : error);
			process.exitCode = 1;
		})
		// Whatever might still hold the process open has been told to end.
		.finally(() => process.exit());
}
