/* An n8n with the package in it, and a sandbox, in a folder of their own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startSandbox, type Sandbox } from '../../sandbox';
import { importCredentials, type Credential, type StoreWorkflows } from '../n8n/content';
import type { N8nInstallation } from '../n8n/install';
import { newOwner } from '../n8n/localN8n';
import { packAndInstall } from '../n8n/package';
import { sandboxCredentials } from '../n8n/sandboxCredentials';
import { runN8nCommand, startN8n, type RunningN8n } from '../n8n/server';

/** What the checks work with. `n8n` changes when it is started again. */
export interface Stage {
	n8n: RunningN8n;
	sandbox: Sandbox;
	userFolder: string;
	/** Our package's name, which node types begin with. */
	packageName: string;
	installation: N8nInstallation;
	credentials: Credential[];
	credentialIds: Map<string, string>;
	/** How workflows are stored, where it is not by n8n's REST interface. */
	storeWorkflows?: StoreWorkflows;
	/** Stops n8n and starts it again on the same port and data. */
	restart(how?: 'stop' | 'kill'): Promise<void>;
	close(): Promise<void>;
}

/** Sets the stage. `env` goes to n8n. */
export async function setStage(installation: N8nInstallation, env: NodeJS.ProcessEnv = {}): Promise<Stage> {
	const userFolder = mkdtempSync(path.join(tmpdir(), 'n8n-e2e-'));
	const { name: packageName } = await packAndInstall(userFolder);
	const sandbox = await startSandbox();
	// The sandbox plays limits of 60 requests a minute; the checks are not about that, and they make more.
	for (const provider of ['chatalo', 'wapio'] as const) sandbox.control.setRateLimit(provider, null);
	const owner = newOwner();
	// The home, below which n8n lets workflows write files, is not the one of whoever runs this.
	const home = { HOME: userFolder, USERPROFILE: userFolder };
	const start = async (port?: number) => await startN8n({ userFolder, owner, installation, env: { ...home, ...env }, port });
	try {
		const n8n = await start();
		const credentials = await sandboxCredentials(n8n.api, sandbox);
		const stage: Stage = {
			n8n,
			sandbox,
			userFolder,
			packageName,
			installation,
			credentials,
			credentialIds: await importCredentials(n8n.api, credentials),
			storeWorkflows: installation.line === '1.123' ? async (workflows) => await importByCommand(stage, workflows) : undefined,
			async restart(how = 'stop') {
				await stage.n8n[how]();
				stage.n8n = await start(stage.n8n.port);
			},
			async close() {
				await stage.n8n.stop();
				await sandbox.close();
				rmSync(userFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
			},
		};
		return stage;
	} catch (error) {
		await sandbox.close();
		throw error;
	}
}

/** The way to store workflows under ids of one's own in n8n 1. */
async function importByCommand(stage: Stage, workflows: Array<Record<string, unknown>>): Promise<void> {
	const file = path.join(stage.userFolder, 'import.json');
	writeFileSync(file, JSON.stringify(workflows.map((workflow) => ({ active: false, ...workflow }))));
	const { code, output } = await runN8nCommand(['import:workflow', `--input=${file}`], stage);
	if (code !== 0) throw new Error(`n8n import:workflow failed:\n${output.slice(-1_000)}`);
}
