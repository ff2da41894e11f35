/*
 * Runs the example workflows on n8n's engine against the sandbox: no account, no n8n install. The package is loaded the
 * way n8n loads it, from its built files.
 */
import 'reflect-metadata';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { PackageDirectoryLoader } from 'n8n-core';
import { startSandbox, type ProviderName, type Sandbox } from '../sandbox';
import { createEngine, type Engine } from '../test/support/engine';
import { startTriggerHost } from '../test/support/triggerHost';
import type { WorkflowFile } from '../test/support/workflows';

const root = path.join(__dirname, '..');

/** An example workflow and the node of ours that it starts from or sends with. */
interface Example {
	file: WorkflowFile;
	provider: ProviderName;
	isTriggered: boolean;
}

async function main(): Promise<void> {
	const loader = new PackageDirectoryLoader(root);
	await loader.loadAll();
	const packageName = loader.packageJson.name;
	const sandbox = await startSandbox();
	const engine = createEngine({
		loader,
		credentialTypes: Object.values(loader.credentialTypes).map(({ type }) => type),
		credentials: credentialsFor(sandbox),
	});
	try {
		const examples = readExamples(packageName);
		const wrong: string[] = [];
		for (const example of examples) {
			const before = sandbox.control.messages().length;
			console.log(`\n${example.file.name}`);
			const expected = example.isTriggered
				? await receive(engine, sandbox, example)
				: await send(engine, example);
			const sent = sandbox.control.messages().slice(before);
			for (const { recipient, text } of sent) console.log(`  → ${recipient}: ${text}`);
			console.log(`  ${sent.length} of ${expected} messages stand in the sandbox`);
			if (sent.length !== expected || expected === 0) wrong.push(example.file.name ?? '');
		}
		const providers = new Set(examples.map(({ provider }) => provider));
		console.log(`\n${examples.length} workflows, ${providers.size} provider(s): ${[...providers].join(', ')}`);
		if (wrong.length > 0) throw new Error(`Not as expected: ${wrong.join(', ')}`);
		console.log('Every message was delivered exactly once.');
	} finally {
		await sandbox.close();
		await engine.close();
	}
}

/** Values of each provider's credential for the sandbox, by the fields' names. */
function credentialsFor(sandbox: Sandbox) {
	return { chataloApi: { ...sandboxKeys, baseUrl: sandbox.baseUrl('chatalo') } };
}

const sandboxKeys = { publicKey: 'sandbox-public-key', secretKey: 'sandbox-secret-key' };

function readExamples(packageName: string): Example[] {
	const folder = path.join(root, 'workflows');
	return readdirSync(folder)
		.filter((name) => name.endsWith('.json'))
		.map((name) => {
			const file = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as WorkflowFile;
			const types = file.nodes.map(({ type }) => type).filter((type) => type.startsWith(`${packageName}.`));
			const trigger = types.find((type) => type.endsWith('Trigger'));
			const provider = (trigger ?? types[0] ?? '').slice(packageName.length + 1).replace(/Trigger$/, '');
			return { file, provider: provider as ProviderName, isTriggered: trigger !== undefined };
		});
}

/** Runs a workflow from its start and returns how many messages its last node reports. */
async function send(engine: Engine, { file }: Example): Promise<number> {
	const result = await engine.runWorkflow(file);
	if (result.error) throw result.error;
	return result.outputs(result.lastNode ?? '')[0]?.length ?? 0;
}

/** Publishes a workflow, lets a message arrive twice, and returns how many answers are due: one. */
async function receive(engine: Engine, sandbox: Sandbox, { file, provider }: Example): Promise<number> {
	const host = await startTriggerHost(engine);
	try {
		const workflow = host.deploy({ workflow: file, workflowId: file.id });
		await workflow.activate();
		console.log(`  published: the webhook stands at ${sandbox.control.webhook(provider)?.split('?')[0]}`);
		const { bodies, deliveries } = await sandbox.control.incoming(provider, 'text', { times: 2 });
		const answers = deliveries.map(({ status }) => status).join(' and ');
		console.log(`  ← one message of ${bodies[0]?.length} bytes, delivered twice, answered ${answers}`);
		await workflow.idle();
		const failed = workflow.executions.find(({ error }) => error);
		if (failed?.error) throw failed.error;
		console.log(`  ${workflow.executions.length} execution`);
		await workflow.deactivate();
		console.log(`  unpublished: the webhook is ${sandbox.control.webhook(provider) ?? 'gone'}`);
		return 1;
	} finally {
		await host.close();
	}
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
