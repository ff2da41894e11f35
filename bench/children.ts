/* The processes of the bench: one far end, and one for each contestant and job. None outlives this one. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { cleanEnv } from '../scripts/npm.cjs';
import type { Counts } from './farEnd/answers';
import type { Certificate } from './farEnd/certificate';
import type { Ask, Told } from './farEnd/main';

const running = new Set<ChildProcess>();
process.once('exit', () => {
	for (const child of running) child.kill('SIGTERM');
});

/**
 * The environment of every process: trusts the certificate, no proxy comes between the two ends, and n8n drops what it would
 * log for debugging, as on a server.
 */
function environment(certFile: string): NodeJS.ProcessEnv {
	const kept = Object.entries(cleanEnv()).filter(([name]) => !/^(https?|all|no)_proxy$/i.test(name));
	return {
		...Object.fromEntries(kept),
		NODE_EXTRA_CA_CERTS: certFile,
		NODE_ENV: 'production',
		N8N_LOG_LEVEL: 'error',
	};
}

/** Starts a program of the bench, with a channel for messages. What it prints is kept for the error it may end with. */
function start(node: string, args: string[], certFile: string): { child: ChildProcess; said: () => string } {
	const child = spawn(node, args, {
		cwd: path.join(__dirname, '..'),
		env: environment(certFile),
		stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
		windowsHide: true,
	});
	running.add(child);
	child.once('exit', () => running.delete(child));
	child.once('error', () => running.delete(child));
	let said = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4_000)));
	}
	return { child, said: () => said };
}

/**
 * Runs a program of the bench to its end.
 *
 * @param node the Node to run it with
 * @param argument passed on as JSON
 * @param options `whenReady`: what a program that says it is ready has to wait for
 * @returns what it sent as its one message
 * @throws Error with what it printed, when it ends without a message or takes too long
 */
export async function perform<T extends object>(
	node: string,
	program: { args: string[]; file: string },
	argument: unknown,
	options: { certFile: string; timeoutMs: number; whenReady?: () => Promise<void> },
): Promise<T> {
	const args = [...program.args, path.join(__dirname, program.file), JSON.stringify(argument)];
	const { child, said } = start(node, args, options.certFile);
	const alarm = setTimeout(() => child.kill('SIGKILL'), options.timeoutMs);
	let answer: { error?: string } | undefined;
	child.on('message', (message: { ready?: true; error?: string }) => {
		if (message.ready)
			void (options.whenReady?.() ?? Promise.resolve()).then(() => child.connected && child.send('go'));
		else answer = message;
	});
	const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
	clearTimeout(alarm);
	if (answer?.error !== undefined) throw new Error(`${program.file}: ${answer.error}`);
	if (answer === undefined)
		throw new Error(`${program.file} ended (${signal ?? code}) without an answer:\n${said()}`);
	return answer as T;
}

/** A server of the far end with counters of its own. */
export interface Line {
	address: string;
	/** Ends it; answers with what it has seen. */
	close(): Promise<Counts>;
}

/** The running far end. */
export interface FarEnd {
	open(roundTripMs: number): Promise<Line>;
	close(): Promise<void>;
}

/** Starts the process that plays the network and the providers. */
export function startFarEnd(node: string, certificate: Certificate): FarEnd {
	const { certFile, keyFile } = certificate;
	const file = path.join(__dirname, 'farEnd', 'main.ts');
	const { child, said } = start(node, ['--import', 'tsx', file, keyFile, certFile], certFile);
	let asked = 0;
	let waiting = new Map<number, { resolve: (told: Told) => void; reject: (error: Error) => void }>();
	child.on('message', (told: Told) => {
		const asker = waiting.get(told.id);
		waiting.delete(told.id);
		if (told.error === undefined) asker?.resolve(told);
		else asker?.reject(new Error(`The far end: ${told.error}`));
	});
	child.once('exit', () => {
		const left = waiting;
		waiting = new Map();
		for (const { reject } of left.values()) reject(new Error(`The far end has ended:\n${said()}`));
	});
	const ask = async (question: { open: { roundTripMs: number } } | { close: { line: number } }): Promise<Told> =>
		await new Promise((resolve, reject) => {
			const id = ++asked;
			waiting.set(id, { resolve, reject });
			const message: Ask = { id, ...question };
			child.send(message, (error) => error && reject(error));
		});
	return {
		async open(roundTripMs) {
			const { line = 0, address = '' } = await ask({ open: { roundTripMs } });
			return {
				address,
				close: async () => {
					const { counts } = await ask({ close: { line } });
					if (!counts) throw new Error('The far end has counted nothing');
					return counts;
				},
			};
		},
		async close() {
			if (child.exitCode !== null || child.signalCode !== null) return;
			const exited = once(child, 'exit');
			child.kill('SIGTERM');
			await exited;
		},
	};
}
