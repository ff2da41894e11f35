/* What `npm start` gives a newcomer: its n8n, its phone, and what it prints. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../../scripts/n8n/paths';
import { until } from '../../../scripts/n8n/process';
import { known } from './fixtures';
import { temporaryFolder } from './settings';

/** The first start builds the package where it has changed. */
const START_MS = 10 * 60_000;

/** What is known from what the command prints. */
export interface Started {
	/** Where the sandbox is. */
	sandboxUrl: string;
	/** Where n8n is. */
	url: string;
	email: string;
	password: string;
	/** Milliseconds from the command to its last line. */
	startMs: number;
	close(): Promise<void>;
}

/** Runs the command as a person does, in an empty folder. */
export async function startAsNewcomer(): Promise<Started> {
	const folder = mkdtempSync(path.join(temporaryFolder, 'n8n-start-'));
	const begin = Date.now();
	const child = spawn(process.execPath, [path.join('scripts', 'run.mjs'), 'start', '--folder', folder], {
		cwd: root,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let printed = '';
	for (const stream of [child.stdout, child.stderr])
		stream.on('data', (part: Buffer) => (printed += part.toString()));
	const close = async () => {
		await end(child);
		rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
	};
	try {
		await until(
			'npm start to be ready',
			() => {
				if (child.exitCode !== null) throw new Error(`npm start ended:\n${printed}`);
				return printed.includes('Ctrl-C');
			},
			START_MS,
		);
		const find = (pattern: RegExp, what: string) => known(pattern.exec(printed)?.[1], `${what} in:\n${printed}`);
		return {
			sandboxUrl: find(/(http:\/\/\S+)\/phone\b/, 'phone'),
			url: find(/(http:\/\/\S+)\/home\/workflows/, 'list of workflows'),
			email: find(/(\S+@\S+\.\w+)/, 'e-mail address'),
			password: find(/[Pp]assword:?\s+(\S+)/, 'password'),
			startMs: Date.now() - begin,
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}

async function end(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = once(child, 'exit');
	child.kill('SIGINT');
	await ended;
}
