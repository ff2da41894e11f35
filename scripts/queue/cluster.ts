/* An n8n in queue mode: PostgreSQL, Redis, a main process, workers, webhook processes, the proxy before them, and a sandbox. */
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Sandbox, startSandbox } from '../../sandbox';
import type { N8nApi } from '../n8n/api';
import { type Credential, importCredentials } from '../n8n/content';
import type { N8nInstallation } from '../n8n/install';
import { newOwner } from '../n8n/localN8n';
import { packAndInstall } from '../n8n/package';
import { freePort, sleep } from '../n8n/process';
import { sandboxCredentials } from '../n8n/sandboxCredentials';
import { type N8nProcess, startN8n, startN8nProcess } from '../n8n/server';
import { queueEnvironment } from './environment';
import { type Router, startRouter } from './router';
import { findServicePrograms, startPostgres, startRedis } from './services';

/** What the checks work with. */
export interface Cluster {
	/** Logged in at the main process. */
	api: N8nApi;
	router: Router;
	sandbox: Sandbox;
	/** Our package's name, which node types begin with. */
	packageName: string;
	credentials: Credential[];
	credentialIds: Map<string, string>;
	/** Starts a worker; one of the same name goes on in the folder it had, as a restarted container does. */
	startWorker(name: string): Promise<void>;
	/** Ends a worker as a power cut does. */
	killWorker(name: string): Promise<void>;
	/** Starts one more webhook process, and lets the proxy use it. */
	startWebhook(name: string): Promise<void>;
	/** Takes a webhook process out of the proxy and ends it. */
	stopWebhook(name: string): Promise<void>;
	/** Which process ran an execution; undefined where none has logged it. */
	ranOn(executionId: string): string | undefined;
	close(): Promise<void>;
}

/** What is left to end, newest first. Ending goes on where one of them fails. */
class Endings {
	private readonly all: Array<() => Promise<void>> = [];
	private under?: Promise<void>;

	add(end: () => Promise<void>): void {
		this.all.unshift(end);
	}

	/** Whoever asks a second time waits for the same. */
	async run(): Promise<void> {
		this.under ??= this.runAll();
		await this.under;
	}

	private async runAll(): Promise<void> {
		for (const end of this.all.splice(0)) {
			await end().catch((error: unknown) => console.error(error instanceof Error ? error.message : error));
		}
	}
}

/** Starts everything: one main process, two workers, one webhook process. A signal ends all of it, and this program. */
export async function startCluster(installation: N8nInstallation): Promise<Cluster> {
	const programs = findServicePrograms();
	const endings = new Endings();
	const interrupted = () => void endings.run().finally(() => process.exit(130));
	const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
	for (const signal of signals) process.once(signal, interrupted);
	try {
		return await assemble();
	} catch (error) {
		await endings.run();
		throw error;
	}

	async function assemble(): Promise<Cluster> {
		const folder = mkdtempSync(path.join(tmpdir(), 'n8n-queue-'));
		endings.add(async () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));
		const postgres = await startPostgres(programs);
		endings.add(async () => await postgres.stop());
		const redis = await startRedis(programs);
		endings.add(async () => await redis.stop());
		const router = await startRouter();
		endings.add(async () => await router.close());
		const sandbox = await startSandbox();
		endings.add(async () => await sandbox.close());
		for (const provider of ['chatalo', 'wapio'] as const) sandbox.control.setRateLimit(provider, null);

		// A folder for each process, as containers have; the package is in all of them.
		const mainFolder = path.join(folder, 'main');
		const { name: packageName } = await packAndInstall(mainFolder);
		const folderOf = (name: string): string => {
			const own = path.join(folder, name);
			const nodes = path.join('.n8n', 'nodes');
			if (!existsSync(own)) {
				mkdirSync(path.join(own, '.n8n'), { recursive: true });
				cpSync(path.join(mainFolder, nodes), path.join(own, nodes), { recursive: true });
			}
			return own;
		};
		const env = queueEnvironment({
			postgres,
			redis,
			encryptionKey: randomBytes(24).toString('hex'),
			url: router.url,
		});
		const main = await startN8n({ userFolder: mainFolder, owner: newOwner(), installation, env });
		endings.add(async () => await main.stop());
		router.main = main.port;

		const running = new Map<string, { process: N8nProcess; port?: number }>();
		endings.add(
			async () =>
				void (await Promise.all([...running.values()].map(async ({ process }) => await process.stop()))),
		);
		const startWorker = async (name: string): Promise<void> => {
			const process = await startN8nProcess('worker', { userFolder: folderOf(name), env, installation });
			running.set(name, { process });
		};
		const startWebhook = async (name: string): Promise<void> => {
			const port = await freePort();
			const process = await startN8nProcess('webhook', {
				userFolder: folderOf(name),
				env: { ...env, N8N_PORT: String(port) },
				installation,
			});
			running.set(name, { process, port });
			router.webhooks.push(port);
		};
		// Where one fails, the others are up and can be ended.
		const starts = await Promise.allSettled([
			startWorker('worker 1'),
			startWorker('worker 2'),
			startWebhook('webhook 1'),
		]);
		for (const start of starts) if (start.status === 'rejected') throw start.reason;

		const credentials = await sandboxCredentials(main.api, sandbox);
		const credentialIds = await importCredentials(main.api, credentials);
		return {
			api: main.api,
			router,
			sandbox,
			packageName,
			credentials,
			credentialIds,
			startWorker,
			async killWorker(name) {
				await running.get(name)?.process.kill();
				running.delete(name);
			},
			startWebhook,
			async stopWebhook(name) {
				const webhook = running.get(name);
				router.webhooks = router.webhooks.filter((port) => port !== webhook?.port);
				// Calls under way are answered first.
				await sleep(500);
				await webhook?.process.stop();
				running.delete(name);
			},
			ranOn(executionId) {
				const started = new RegExp(`Worker started execution ${executionId}\\b`);
				return ['worker 1', 'worker 2'].find((name) =>
					started.test(readFileSync(path.join(folder, name, 'n8n.log'), 'utf8')),
				);
			},
			async close() {
				await endings.run();
				for (const signal of signals) process.off(signal, interrupted);
			},
		};
	}
}
