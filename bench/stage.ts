/* What every measurement needs: the installed contestants, the far end, and a certificate that both ends know. */
import { execFile } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { installN8nWith } from '../scripts/n8n/install';
import { packInto } from '../scripts/n8n/package';
import { unpackedPackage } from '../scripts/n8n/packed';
import { packagesFolder, root } from '../scripts/n8n/paths';
import { installLocked, isInstalled } from '../scripts/npm.cjs';
import { progress } from '../scripts/progress.cjs';
import { type FarEnd, type Line, perform, startFarEnd } from './children';
import type { Counts } from './farEnd/answers';
import { type Certificate, makeCertificate } from './farEnd/certificate';
import type { Cost, FileJob, Job, Loaded, MessagesJob, Places, Time, WebhooksJob } from './jobs';

/** How much is measured. */
export interface Amounts {
	items: number;
	rounds: number;
	/** Sizes at which growth is looked at. */
	growth: number[];
	deliveries: number;
	fileBytes: number;
}

/** What one job cost, and what the other side saw of it. */
export type Outcome = Cost & Counts;

/** For the runs before the measured one: an n8n that has been up for a while has compiled its code. The network needs no warm-up. */
const WARM_UP_MS = 2_000;
const WARM_UP_BYTES = 1_000_000;
const WARM_UP_DELIVERIES = 1_000;

/** No job takes longer, not even on a busy machine. */
const JOB_LIMIT_MS = 600_000;

const contestant = { args: ['--expose-gc', '--import', 'tsx'], file: 'contestants/main.ts' };

/** The folder of the bench's own dependencies. */
const benchFolder = __dirname;

/** Everything that runs during a measurement. */
export class Stage {
	private constructor(
		readonly amounts: Amounts,
		private readonly node: string,
		private readonly places: Places,
		private readonly certificate: Certificate,
		private readonly farEnd: FarEnd,
		private readonly warmUp: Line,
	) {}

	/** Installs what is missing, and starts the far end. */
	static async set(amounts: Amounts): Promise<Stage> {
		if (!isInstalled(benchFolder)) {
			await progress.step(
				'Installing the nodes to compare with',
				async () => await installLocked(benchFolder),
				'a few seconds',
			);
		}
		const { node, modules: n8nModules } = await installN8nWith(progress);
		const unpacked = await unpackedPackage();
		process.once('exit', unpacked.remove);
		const single = await progress.step(
			'Building n8n-nodes-chatalo',
			async () => await singlePackage(unpacked.folder),
		);
		const places = {
			ours: unpacked.folder,
			single,
			benchModules: path.join(benchFolder, 'node_modules'),
			n8nModules,
		};
		const certificate = await makeCertificate();
		process.once('exit', () => certificate.remove());
		const farEnd = startFarEnd(node, certificate);
		return new Stage(amounts, node, places, certificate, farEnd, await farEnd.open(0));
	}

	/** @param whenReady waited for between warming up and measuring */
	async messages(
		job: Pick<MessagesJob, 'contestant' | 'effect' | 'items'>,
		roundTripMs: number,
		whenReady?: () => Promise<void>,
	): Promise<Outcome> {
		const warmUp = { warmUpMs: roundTripMs > 0 ? 0 : WARM_UP_MS, warmUpAddress: this.warmUp.address };
		const outcome = await this.run(
			(address) => ({ kind: 'messages', ...job, ...warmUp, address }),
			roundTripMs,
			whenReady,
		);
		if (outcome.requests !== job.items)
			throw new Error(`${job.contestant}: ${outcome.requests} requests for ${job.items} items`);
		return outcome;
	}

	async file(job: Pick<FileJob, 'contestant' | 'direction'>): Promise<Outcome> {
		const warmUp = { warmUpBytes: WARM_UP_BYTES, warmUpAddress: this.warmUp.address };
		return await this.run(
			(address) => ({ kind: 'file', bytes: this.amounts.fileBytes, ...job, ...warmUp, address }),
			0,
		);
	}

	/** Memory is not looked at here, so the collector comes when V8 wants it. */
	async webhooks(job: Pick<WebhooksJob, 'contestant' | 'atOnce'>): Promise<Time> {
		const { deliveries } = this.amounts;
		return await this.run<Time>(
			(address) => ({ kind: 'webhooks', deliveries, warmUpDeliveries: WARM_UP_DELIVERIES, ...job, address }),
			0,
		);
	}

	/** @param whose our package, or the one of the bench by this name */
	async load(whose: 'ours' | 'n8n-nodes-evolution-api'): Promise<Loaded> {
		const folder = whose === 'ours' ? this.places.ours : path.join(this.places.benchModules, whose);
		const program = { args: [], file: 'contestants/load.ts' };
		return (await perform<{ loaded: Loaded }>(this.node, program, { folder, root }, this.limits())).loaded;
	}

	async close(): Promise<void> {
		await this.farEnd.close();
		this.certificate.remove();
	}

	private async run<Measured extends Time = Cost>(
		jobFor: (address: string) => Job,
		roundTripMs: number,
		whenReady?: () => Promise<void>,
	): Promise<Measured & Counts> {
		const line = await this.farEnd.open(roundTripMs);
		const argument = { job: jobFor(line.address), places: this.places };
		const { cost } = await perform<{ cost: Measured }>(this.node, contestant, argument, {
			...this.limits(),
			whenReady,
		});
		return { ...cost, ...(await line.close()) };
	}

	private limits() {
		return { certFile: this.certificate.certFile, timeoutMs: JOB_LIMIT_MS };
	}
}

/**
 * Makes the package for Chatalo alone, beside another one.
 *
 * @returns its folder
 */
async function singlePackage(neighbour: string): Promise<string> {
	const program = [path.join(root, 'scripts', 'run.mjs'), 'packages', '--only', 'chatalo', '--build'];
	await promisify(execFile)(process.execPath, program, { cwd: root });
	const modules = path.dirname(neighbour);
	const { folder } = await packInto(modules, path.join(packagesFolder, 'n8n-nodes-chatalo'));
	symlinkSync(n8nZod(), path.join(modules, 'zod'), 'junction');
	return folder;
}

/** The zod that n8n provides to such packages. */
function n8nZod(): string {
	const from = createRequire(require.resolve('@n8n/config/package.json'));
	return path.dirname(from.resolve('zod/package.json'));
}
