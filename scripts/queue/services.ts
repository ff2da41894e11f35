/* PostgreSQL and Redis of this machine, each in a folder of its own on a free port of 127.0.0.1, gone when stopped. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { accessSync, chownSync, constants, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort, run, signalTree, until } from '../n8n/process';
import { cleanEnv } from '../npm.cjs';

/** A running PostgreSQL or Redis. */
export interface Service {
	port: number;
	password: string;
	/** Ends it and removes its folder. */
	stop(): Promise<void>;
}

/** Where the programs are. */
interface ServicePrograms {
	initdb: string;
	postgres: string;
	redis: string;
}

/** The user that PostgreSQL runs as. It refuses to run as root. */
interface User {
	uid: number;
	gid: number;
}

function isProgram(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

/** Debian keeps PostgreSQL's server programs off PATH, in a folder for each version; the newest comes first. */
function postgresFolders(): string[] {
	const debian = '/usr/lib/postgresql';
	try {
		return readdirSync(debian)
			.sort((one, other) => Number(other) - Number(one))
			.map((version) => path.join(debian, version, 'bin'));
	} catch {
		return [];
	}
}

/**
 * Finds PostgreSQL and Redis on this machine: on PATH, and where Debian puts them.
 *
 * @throws an error that says what to install, where one is missing
 */
export function findServicePrograms(): ServicePrograms {
	const onPath = (process.env.PATH ?? '').split(path.delimiter);
	const findIn = (folders: string[], ...names: string[]) =>
		folders.find((folder) => names.every((name) => isProgram(path.join(folder, name))));
	// Both from one place: they have to be of the same version.
	const postgres = findIn([...postgresFolders(), ...onPath], 'initdb', 'postgres');
	const redis = findIn(onPath, 'redis-server');
	if (postgres !== undefined && redis !== undefined) {
		return {
			initdb: path.join(postgres, 'initdb'),
			postgres: path.join(postgres, 'postgres'),
			redis: path.join(redis, 'redis-server'),
		};
	}
	const missing = [postgres ? '' : 'PostgreSQL (initdb, postgres)', redis ? '' : 'Redis (redis-server)'].filter(
		Boolean,
	);
	throw new Error(
		[
			`Not found on this machine: ${missing.join(' and ')}. Install the servers and try again:`,
			'  Debian, Ubuntu: apt-get install postgresql redis-server',
			'  macOS:          brew install postgresql redis',
			'They need not be running: this starts its own servers and stops them again.',
		].join('\n'),
	);
}

/** Somebody who is not root: PostgreSQL's own user where there is one. undefined where we are not root ourselves. */
async function unprivileged(): Promise<User | undefined> {
	if (process.getuid?.() !== 0) return undefined;
	for (const name of ['postgres', 'nobody']) {
		const [uid, gid] = [await run('id', ['-u', name]), await run('id', ['-g', name])];
		if (uid.code === 0 && gid.code === 0) return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
	}
	throw new Error('PostgreSQL does not run as root, and there is no user "postgres" or "nobody" to run it as.');
}

const secret = () => randomBytes(16).toString('hex');

const guarded = (user: User | undefined, command: string, args: string[]) => [
	path.join(__dirname, 'guard.cjs'),
	String(user?.uid ?? '-'),
	String(user?.gid ?? '-'),
	command,
	...args,
];

/** Starts a program under the guard, and waits until it has printed `ready`. `input` goes to its standard input. */
async function start(
	what: string,
	command: string,
	args: string[],
	options: { folder: string; ready: string; input?: string; user?: User },
): Promise<() => Promise<void>> {
	const { folder, ready, input, user } = options;
	const child = spawn(process.execPath, guarded(user, command, args), {
		cwd: folder,
		env: cleanEnv(),
		detached: true,
		stdio: ['pipe', 'pipe', 'pipe'],
	});
	let said = '';
	for (const stream of [child.stdout, child.stderr])
		stream.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4_000)));
	child.stdin.end(input ?? '');
	let isOver = false;
	const end = new Promise<void>((resolve) => {
		const over = () => {
			isOver = true;
			resolve();
		};
		child.once('exit', over);
		child.once('error', over);
	});
	// A last resort, as for n8n: where this process ends without stopping it first.
	const onExit = () => {
		signalTree(child, 'SIGKILL');
		rmSync(folder, { recursive: true, force: true });
	};
	process.once('exit', onExit);
	const stop = async () => {
		if (!isOver) signalTree(child, 'SIGTERM');
		const patience = setTimeout(() => signalTree(child, 'SIGKILL'), 15_000);
		await end;
		clearTimeout(patience);
		process.off('exit', onExit);
		rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
	};
	try {
		await until(`${what} to start`, () => {
			if (isOver) throw new Error(`${what} ended while starting. Its output:\n${said.trim()}`);
			return said.includes(ready);
		});
		return stop;
	} catch (error) {
		await stop();
		throw error;
	}
}

/** The user and the database, by the names that initdb gives them. */
export const POSTGRES = { user: 'n8n', database: 'postgres' };

/** Starts a PostgreSQL with an empty database. It forgets everything when it stops. */
export async function startPostgres({ initdb, postgres }: ServicePrograms): Promise<Service> {
	const user = await unprivileged();
	const folder = mkdtempSync(path.join(tmpdir(), 'n8n-queue-postgres-'));
	if (user !== undefined) chownSync(folder, user.uid, user.gid);
	const [data, passwordFile, password] = [path.join(folder, 'data'), path.join(folder, 'password'), secret()];
	try {
		writeFileSync(passwordFile, password, { mode: 0o600 });
		if (user !== undefined) chownSync(passwordFile, user.uid, user.gid);
		const args = [
			'-D',
			data,
			'-U',
			POSTGRES.user,
			'--auth=scram-sha-256',
			`--pwfile=${passwordFile}`,
			'-E',
			'UTF8',
			'--locale=C',
			'--no-sync',
		];
		const made = await run(process.execPath, guarded(user, initdb, args), { cwd: folder });
		if (made.code !== 0) throw new Error(`initdb failed:\n${made.output.trim()}`);
		const port = await freePort();
		const settings = [
			'unix_socket_directories=',
			'fsync=off',
			'synchronous_commit=off',
			'full_page_writes=off',
			'max_connections=200',
		];
		const serverArgs = [
			'-D',
			data,
			'-h',
			'127.0.0.1',
			'-p',
			String(port),
			...settings.flatMap((setting) => ['-c', setting]),
		];
		const ready = 'database system is ready to accept connections';
		return { port, password, stop: await start('PostgreSQL', postgres, serverArgs, { folder, ready, user }) };
	} catch (error) {
		rmSync(folder, { recursive: true, force: true });
		throw error;
	}
}

/** Starts a Redis that keeps nothing on disk. */
export async function startRedis({ redis }: ServicePrograms): Promise<Service> {
	const folder = mkdtempSync(path.join(tmpdir(), 'n8n-queue-redis-'));
	const [port, password] = [await freePort(), secret()];
	// Over standard input, because whoever may list the processes of a machine sees their arguments.
	const input = [
		`port ${port}`,
		'bind 127.0.0.1',
		`requirepass ${password}`,
		'save ""',
		'appendonly no',
		`dir ${folder}`,
	].join('\n');
	return {
		port,
		password,
		stop: await start('Redis', redis, ['-'], { folder, ready: 'Ready to accept connections', input }),
	};
}
