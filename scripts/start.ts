/* `npm start`: the package in a real n8n editor, with the sandbox beside it in place of the providers. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { name } from '../package.json';
import { type ProviderDefinition, type ProviderName, providers, type Sandbox, startSandbox } from '../sandbox';
import { sides } from '../sandbox/phone/sides';
import type { N8nWorkflow, Owner } from './n8n/api';
import { importCredentials, importWorkflows, readWorkflows, type WorkflowFile } from './n8n/content';
import { installN8nWith } from './n8n/install';
import { readLocalN8n, registerAgain, type Unpublished, unpublished, writeLocalN8n } from './n8n/localN8n';
import { packAndInstall } from './n8n/package';
import { cacheFolder, packagesFolder, root } from './n8n/paths';
import { freePort, runToEnd } from './n8n/process';
import { sandboxCredentials } from './n8n/sandboxCredentials';
import { type RunningN8n, startN8n } from './n8n/server';
import { moveWorkflow } from './packages/move-workflow.cjs';
import { npm } from './npm.cjs';
import { progress } from './progress.cjs';

const usage = `Usage: npm start -- [options]

Starts n8n with this package installed, and the sandbox that plays the providers. Both run on this machine only.
The first start installs n8n (3 to 5 minutes, 2.4 GB). Your work in the editor is kept for the next start.

  --port <number>          the editor's port (default: the last one, or a free one)
  --sandbox-port <number>  the sandbox's port (default: the last one, or a free one)
  --folder <path>          where n8n keeps its data (default: .cache/n8n)
  --fresh                  delete that data first
  --single <provider>      install the package for one provider instead, e.g. wapio (keeps its data in .cache/n8n-wapio)
  --help                   show this text`;

/** Resolves when this should stop, with the reason: the name of a signal, or a sentence. */
function endWanted(): Promise<string> {
	return new Promise((resolve) => {
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(signal));
		// The program that started us may be killed before it can pass on a signal.
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

/** The provider of the README's first workflow, which needs its one webhook. */
const FIRST: ProviderName = 'chatalo';

/** The workflow that a newcomer opens first. */
const START_HERE = 'startHere';

/** The manual trigger of an example that fills in what it needs, such as a table. */
const SET_UP = 'Set Up';

/** Which package n8n gets, and what belongs to it. */
interface Chosen {
	/** The package's folder. */
	folder: string;
	/** The provider whose trigger is left to the user. */
	first: ProviderName;
	files: WorkflowFile[];
}

const triggerOf =
	(provider: ProviderName) =>
	({ type }: { type: string }): boolean =>
		type.endsWith(`.${provider}Trigger`);

/** The examples, with the first one to open last: n8n lists what was changed last at the top. */
function examplesInOrder(): WorkflowFile[] {
	const isStart = ({ id }: WorkflowFile): number => Number(id === START_HERE);
	return readWorkflows().sort((one, other) => isStart(one) - isStart(other));
}

/** The package with all providers, or the one for a provider, which is made first. */
async function choose(single: string | undefined): Promise<Chosen> {
	if (single === undefined) return { folder: root, first: FIRST, files: examplesInOrder() };
	const names = Object.keys(providers) as ProviderName[];
	const first = names.find((name) => name.toLowerCase() === single.toLowerCase());
	if (first === undefined)
		throw new Error(`--single takes the name of a provider: ${names.map((name) => name.toLowerCase()).join(', ')}`);
	const packageName = `n8n-nodes-${first.toLowerCase()}`;
	await progress.step(
		`Making ${packageName}`,
		async () => void (await npm(['run', 'packages', '--', '--only', first, '--build'], { cwd: root, quiet: true })),
		'about 20 seconds',
	);
	return { folder: path.join(packagesFolder, packageName), first, files: examplesOf(first, packageName) };
}

/** The examples that need no other provider, with their nodes from the provider's own package. */
function examplesOf(provider: ProviderName, packageName: string): WorkflowFile[] {
	const isOther = ({ type }: { type: string }): boolean => type.startsWith(`${name}.`);
	return examplesInOrder().flatMap((file) => {
		const { workflow, moved } = moveWorkflow(file, [provider, `${provider}Trigger`], name, packageName);
		return moved === 0 || workflow.nodes.some(isOther) ? [] : [workflow];
	});
}

/** Does what a user does in the dashboard of a provider whose API cannot register a webhook: pastes the production URL. */
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
			single: { type: 'string' },
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
	const userFolder = path.resolve(
		values.folder ??
			path.join(cacheFolder, values.single === undefined ? 'n8n' : `n8n-${values.single.toLowerCase()}`),
	);
	if (values.fresh) rmSync(userFolder, { recursive: true, force: true });

	const { folder, first, files } = await choose(values.single);
	const installation = await installN8nWith(progress);
	const local = readLocalN8n(userFolder);
	const manifest = await progress.step(
		'Adding the package to n8n',
		async () => await packAndInstall(userFolder, folder),
	);
	const sandbox = await startSandbox({ port: wantedSandboxPort ?? (await freePort(local.sandboxPort)) });
	try {
		const port = wantedPort ?? (await freePort(local.port));
		writeLocalN8n(userFolder, { ...local, port, sandboxPort: Number(new URL(sandbox.url).port) });

		const n8n = await progress.step(
			'Starting n8n',
			async () => await startN8n({ userFolder, owner: local.owner, port, installation }),
			'about 20 seconds',
		);
		try {
			const problems = await progress.step(
				'Importing and publishing the examples',
				async ({ count }) =>
					await fill(n8n, sandbox, files, {
						packageName: manifest.name,
						first,
						count: (done, total) => count(done, total, 'workflows'),
					}),
			);
			// n8n lists a refused workflow as published too.
			const refused = new Set(problems.map(({ id }) => id));
			const published = (await n8n.api.publishedWorkflows()).filter(({ id }) => !refused.has(id));
			console.log(welcome({ n8n, sandbox, files, first, owner: local.owner, published, problems }));
			const reason = await Promise.race([end, n8n.ended.then(() => undefined)]);
			if (reason === undefined)
				throw new Error(`n8n stopped unexpectedly. Its log is ${path.join(userFolder, 'n8n.log')}`);
			console.log(`\n${reason}: stopping …`);
		} finally {
			await n8n.stop();
		}
	} finally {
		await sandbox.close();
	}
	console.log('Stopped.');
}

/** Stores credentials and examples, sets up and publishes those that are meant to be. Returns the workflows that could not be published. */
async function fill(
	n8n: RunningN8n,
	sandbox: Sandbox,
	files: WorkflowFile[],
	{
		packageName,
		first,
		count,
	}: { packageName: string; first: ProviderName; count: (done: number, total: number) => void },
): Promise<Unpublished[]> {
	const credentials = await sandboxCredentials(n8n.api, sandbox);
	const ids = await importCredentials(n8n.api, credentials);
	const { imported, toPublish } = await importWorkflows(n8n.api, files, credentials, ids);
	const isNew = new Set(imported.map(({ id }) => id));
	const problems = await registerAgain(n8n.api, packageName);
	for (const [index, file] of toPublish.entries()) {
		count(index, toPublish.length);
		if (!isNew.has(file.id) || file.nodes.some(triggerOf(first))) continue;
		try {
			await n8n.api.publish(file.id);
		} catch (error) {
			problems.push(unpublished(file, error));
		}
	}
	for (const { id, nodes } of imported) {
		if (nodes.some(({ name }) => name === SET_UP)) await n8n.api.runManually(id, SET_UP);
	}
	pasteWebhooks(sandbox, files, n8n.url);
	return problems;
}

/** Says who gets the messages that arrive at the first provider. */
function webhookOfFirst(sandbox: Sandbox, first: ProviderName, published: N8nWorkflow[]): string {
	const { label } = sides[first];
	const url = sandbox.control.webhook(first);
	if (url === null) return `${label}'s webhook is free for your first workflow: docs/first-workflow.md.`;
	const holder = published.find(({ nodes }) =>
		nodes.some((node) => triggerOf(first)(node) && node.webhookId && url.includes(`/${node.webhookId}/`)),
	);
	const name = holder === undefined ? 'another workflow' : `"${holder.name}"`;
	return `${label}'s webhook is used by ${name}. Unpublish it before you publish another workflow with a ${label} Trigger (docs/first-workflow.md).`;
}

interface Welcome {
	n8n: RunningN8n;
	sandbox: Sandbox;
	files: WorkflowFile[];
	first: ProviderName;
	owner: Owner;
	published: N8nWorkflow[];
	problems: Unpublished[];
}

/** What to open, and in what order. */
function welcome({ n8n, sandbox, files, first, owner, published, problems }: Welcome): string {
	const examples = files.filter(({ id }) => id !== START_HERE);
	return [
		'',
		`  Phone       ${sandbox.url}/phone`,
		'              the WhatsApp side: write as a customer, see what your workflows send',
		...(files.length === examples.length
			? []
			: [
					`  Start here  ${n8n.url}/workflow/${START_HERE}`,
					'              send a first message, and reply to one',
				]),
		`  Workflows   ${n8n.url}/home/workflows`,
		`  Log in      ${owner.email}`,
		`  Password    ${owner.password}   (made up for this local n8n)`,
		'',
		...(published.length === 0
			? ['  No workflow is published.']
			: [
					'  These workflows are published. Open the phone, choose an account, and write something:',
					...published.map(({ name }) => `    ${name}`),
				]),
		`  ${webhookOfFirst(sandbox, first, published)}`,
		'',
		'  All examples:',
		...examples.map(({ id, name }) => `  ${n8n.url}/workflow/${id.padEnd(16)}  ${name}`),
		'',
		...problems.map(({ problem }) => `  ${problem}`),
		`  The sandbox plays the providers at ${sandbox.url}. To see its control calls: curl ${sandbox.url}/control`,
		'  Press Ctrl-C to stop both.',
	].join('\n');
}

runToEnd(main);
