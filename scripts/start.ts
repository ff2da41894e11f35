/* `npm start`: the package in a real n8n editor, with the sandbox beside it in place of the providers. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type ProviderDefinition, type ProviderName, providers, type Sandbox, startSandbox } from '../sandbox';
import { importCredentials, importWorkflows, readWorkflows, type WorkflowFile } from './n8n/content';
import { installN8n } from './n8n/install';
import { hasOurTrigger, readLocalN8n, registerAgain, writeLocalN8n } from './n8n/localN8n';
import { packAndInstall } from './n8n/package';
import { cacheFolder } from './n8n/paths';
import { freePort, runToEnd } from './n8n/process';
import { sandboxCredentials } from './n8n/sandboxCredentials';
import { startN8n } from './n8n/server';

const usage = `Usage: npm start -- [options]

Starts n8n with this package in it, and the sandbox that plays the providers, on this machine only.
The first start installs n8n (3 to 5 minutes, 2.4 GB). What you do in the editor is kept for the next start.

  --port <number>          the editor's port (default: the last one, or one that is free)
  --sandbox-port <number>  the sandbox's port (default: the last one, or one that is free)
  --folder <path>          where n8n keeps its data (default: .cache/n8n)
  --fresh                  delete that data first
  --help                   this text`;

/** Kept as soon as somebody wants this to end; the reason is the name of a signal or a sentence. */
function endWanted(): Promise<string> {
	return new Promise((resolve) => {
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(signal));
		// Whoever started us may be killed without being able to tell.
		const parent = process.ppid;
		const watch = setInterval(
			() => process.ppid !== parent && resolve('The program that started this is gone'),
			1_000,
		);
		watch.unref();
	});
}

function portOf(value: string | undefined, flag: string): number | undefined {
	if (value === undefined) return undefined;
	const port = Number(value);
	if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`${flag} takes a number from 1 to 65535`);
	return port;
}

/** The provider of the README's first workflow: its one webhook is left free for that. */
const FIRST: ProviderName = 'chatalo';

const isOfFirst = ({ nodes }: WorkflowFile): boolean => nodes.some(({ type }) => type.endsWith(`.${FIRST}Trigger`));

/** Does what a user does in the dashboard of a provider that has no way to register a webhook: pastes the production URL. */
function pasteWebhooks(sandbox: Sandbox, files: WorkflowFile[], n8nUrl: string): void {
	for (const name of Object.keys(providers) as ProviderName[]) {
		const { webhooksByHand: isByHand }: ProviderDefinition = providers[name];
		if (!isByHand) continue;
		const triggers = files.filter(({ active }) => active).flatMap(({ nodes }) => nodes);
		const trigger = triggers.find(({ type }) => type.endsWith(`.${name}Trigger`));
		if (trigger?.webhookId) sandbox.control.setWebhook(name, `${n8nUrl}/webhook/${trigger.webhookId}/webhook`);
	}
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			port: { type: 'string' },
			'sandbox-port': { type: 'string' },
			folder: { type: 'string' },
			fresh: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		console.log(usage);
		return;
	}
	const wantedPort = portOf(values.port, '--port');
	const wantedSandboxPort = portOf(values['sandbox-port'], '--sandbox-port');
	const end = endWanted();
	const userFolder = path.resolve(values.folder ?? path.join(cacheFolder, 'n8n'));
	if (values.fresh) rmSync(userFolder, { recursive: true, force: true });

	const installation = await installN8n();
	const local = readLocalN8n(userFolder);
	const manifest = await packAndInstall(userFolder, { log: console.log });
	const sandbox = await startSandbox({ port: wantedSandboxPort ?? (await freePort(local.sandboxPort)) });
	try {
		const port = wantedPort ?? (await freePort(local.port));
		writeLocalN8n(userFolder, { ...local, port, sandboxPort: Number(new URL(sandbox.url).port) });

		console.log('Starting n8n …');
		const n8n = await startN8n({ userFolder, owner: local.owner, port, installation });
		try {
			const credentials = await sandboxCredentials(n8n.api, sandbox);
			const ids = await importCredentials(n8n.api, credentials);
			const files = readWorkflows();
			const { imported, toPublish } = await importWorkflows(n8n.api, files, credentials, ids);
			const isNew = new Set(imported.map(({ id }) => id));
			for (const { id, name } of files) {
				const workflow = await n8n.api.workflow(id);
				const published = workflow.activeVersionId !== null;
				try {
					if (isNew.has(id) && toPublish.some((file) => file.id === id && !isOfFirst(file)))
						await n8n.api.publish(id);
					else if (published && hasOurTrigger(workflow, manifest.name)) await registerAgain(n8n.api, id);
				} catch (error) {
					console.log(`"${name}" could not be published: ${(error as Error).message}`);
				}
			}
			pasteWebhooks(sandbox, files, n8n.url);

			console.log(
				[
					'',
					`  Phone      ${sandbox.url}/phone   write as a customer, see what your workflows send`,
					`  Workflows  ${n8n.url}/home/workflows`,
					`  Log in as  ${local.owner.email}`,
					`  Password   ${local.owner.password}   (made up for this local n8n)`,
					'',
					'  The auto-replies are published: open the phone, choose an account and write something.',
					`  The one of Chatalo is not, so that its webhook is free for your first workflow (see README.md).`,
					'',
					...files.map(({ id, name }) => `  ${n8n.url}/workflow/${id}   ${name}`),
					'',
					`  The sandbox plays the providers at ${sandbox.url}; curl ${sandbox.url}/control lists its calls.`,
					'  Ctrl-C ends both.',
				].join('\n'),
			);
			const reason = await Promise.race([end, n8n.ended.then(() => undefined)]);
			if (reason === undefined)
				throw new Error(`n8n ended by itself; its log is ${path.join(userFolder, 'n8n.log')}`);
			console.log(`\n${reason}: stopping …`);
		} finally {
			await n8n.stop();
		}
	} finally {
		await sandbox.close();
	}
	console.log('Stopped.');
}

runToEnd(main);
