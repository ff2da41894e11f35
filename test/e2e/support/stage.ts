/* An n8n with the package in it, and a sandbox, in a folder of their own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { providers, startSandbox, type ProviderName, type Sandbox } from '../../../sandbox';
import type { WorkflowNode } from '../../../scripts/n8n/api';
import {
	importCredentials,
	importWorkflows,
	type Credential,
	type StoreWorkflows,
	type WorkflowFile,
} from '../../../scripts/n8n/content';
import type { N8nInstallation } from '../../../scripts/n8n/install';
import { newOwner } from '../../../scripts/n8n/localN8n';
import { packAndInstall } from '../../../scripts/n8n/package';
import { root } from '../../../scripts/n8n/paths';
import { sandboxCredentials } from '../../../scripts/n8n/sandboxCredentials';
import { runN8nCommand, startN8n, type RunningN8n } from '../../../scripts/n8n/server';
import { temporaryFolder } from './settings';

/** What the tests work with. `n8n` changes with every restart. */
export interface Stage {
	n8n: RunningN8n;
	sandbox: Sandbox;
	userFolder: string;
	/** Our package's name, the first part of its node types. */
	packageName: string;
	installation: N8nInstallation;
	credentials: Credential[];
	credentialIds: Map<string, string>;
	/** Stores workflows under the ids they bring; leaves alone those that are stored already. */
	store(workflows: WorkflowFile[]): Promise<void>;
	/** How a node names the stored credential of this type. */
	credentialOf(type: string): WorkflowNode['credentials'];
	/** Stops n8n and starts it again on the same port and data. */
	restart(how?: 'stop' | 'kill'): Promise<void>;
	close(): Promise<void>;
}

/**
 * Starts n8n and the sandbox on ports that the system chooses.
 *
 * @param env goes to n8n
 * @param packages the folders of the packages that n8n has, the stage's own first
 */
export async function setStage(
	installation: N8nInstallation,
	env: NodeJS.ProcessEnv = {},
	packages = [root],
): Promise<Stage> {
	const userFolder = mkdtempSync(path.join(temporaryFolder, 'n8n-e2e-'));
	const sandbox = await startSandbox();
	let running: Promise<RunningN8n> | undefined;
	const close = async () => {
		// An interrupted test may be in the middle of a restart.
		const n8n = await running?.catch(() => undefined);
		await n8n?.stop();
		await sandbox.close();
		rmSync(userFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
	};
	try {
		// The tests make more requests a minute than some providers allow, and are not about that.
		const limited = Object.entries(providers).filter(([, { rateLimit }]) => rateLimit !== null);
		for (const [name] of limited) sandbox.control.setRateLimit(name as ProviderName, null);
		let packageName = '';
		for (const folder of packages) {
			const { name } = await packAndInstall(userFolder, folder);
			packageName ||= name;
		}
		const owner = newOwner();
		// n8n lets workflows write files below the home folder: not the one of the person who runs this.
		const home = { HOME: userFolder, USERPROFILE: userFolder };
		const start = async (port?: number) =>
			await startN8n({ userFolder, owner, installation, env: { ...home, ...env }, port });
		running = start();
		const n8n = await running;
		const credentials = await sandboxCredentials(n8n.api, sandbox);
		const credentialIds = await importCredentials(n8n.api, credentials);
		const stage: Stage = {
			n8n,
			sandbox,
			userFolder,
			packageName,
			installation,
			credentials,
			credentialIds,
			async store(workflows) {
				const byCommand: StoreWorkflows = async (files) => await importByCommand(stage, files);
				const how = installation.line === '1.123' ? byCommand : undefined;
				await importWorkflows(stage.n8n.api, workflows, credentials, credentialIds, how);
			},
			credentialOf(type) {
				const credential = credentials.find((each) => each.type === type);
				if (credential === undefined) throw new Error(`The sandbox has no credential of type ${type}`);
				return { [type]: { id: credentialIds.get(credential.id) ?? null, name: credential.name } };
			},
			async restart(how = 'stop') {
				const { port } = stage.n8n;
				running = stage.n8n[how]().then(async () => await start(port));
				stage.n8n = await running;
			},
			close,
		};
		return stage;
	} catch (error) {
		await close();
		throw error;
	}
}

/** n8n 1 keeps the ids of workflows only when its command imports them. */
async function importByCommand(stage: Stage, workflows: Array<Record<string, unknown>>): Promise<void> {
	const file = path.join(stage.userFolder, 'import.json');
	writeFileSync(file, JSON.stringify(workflows.map((workflow) => ({ active: false, ...workflow }))));
	const { code, output } = await runN8nCommand(['import:workflow', `--input=${file}`], stage);
	if (code !== 0) throw new Error(`n8n import:workflow failed:\n${output.slice(-1_000)}`);
}
