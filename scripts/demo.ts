/*
 * Runs the example workflows on n8n's engine against the sandbox: no account, no n8n install. The package is loaded the
 * way n8n loads it, from its built files.
 */
import 'reflect-metadata';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { PackageDirectoryLoader } from 'n8n-core';
import type { ICredentialDataDecryptedObject, ICredentialType } from 'n8n-workflow';
import { providers, startSandbox, type ProviderDefinition, type ProviderName, type Sandbox } from '../sandbox';
import { createEngine, type Engine } from '../test/support/engine';
import { startTriggerHost } from '../test/support/triggerHost';
import { startWaitingHost } from '../test/support/waitingHost';
import type { WorkflowFile } from '../test/support/workflows';

const root = path.join(__dirname, '..');

/** Chategy's number for it. */
const DELIVERED = 2;

/** An example workflow and the node of ours that it starts from or sends with. */
interface Example {
	file: WorkflowFile;
	provider: ProviderName;
	isTriggered: boolean;
	/** Whether it shows a QR code to pair a phone with. */
	isPairing: boolean;
}

async function main(): Promise<void> {
	const loader = new PackageDirectoryLoader(root);
	await loader.loadAll();
	const packageName = loader.packageJson.name;
	const sandbox = await startSandbox();
	const credentialTypes = Object.values(loader.credentialTypes).map(({ type }) => type);
	const engine = createEngine({ loader, credentialTypes, credentials: credentialsFor(sandbox, credentialTypes) });
	try {
		const examples = readExamples(packageName);
		const wrong: string[] = [];
		for (const example of examples) {
			const before = sandbox.control.messages().length;
			console.log(`\n${example.file.name}`);
			if (example.isPairing) await pair(engine, sandbox, example);
			const expected = example.isTriggered
				? await receive(engine, sandbox, example)
				: await send(engine, sandbox, example);
			const sent = sandbox.control.messages().slice(before);
			for (const { recipient, text } of sent) console.log(`  → ${recipient}: ${withoutCodes(text ?? '')}`);
			for (const { recipient, at } of sandbox.control.scheduled(example.provider)) console.log(`  … to ${recipient} waits until ${at}`);
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

/**
 * The credentials of all providers, pointing at the sandbox. The sandbox says what to type under which label, the package
 * which field that label stands for. So a new provider needs no line here.
 */
function credentialsFor(sandbox: Sandbox, types: ICredentialType[]): Record<string, ICredentialDataDecryptedObject> {
	const typed = (Object.keys(providers) as ProviderName[]).flatMap((provider) => sandbox.credentials(provider));
	const entries = typed.flatMap(({ type: name, values }) => {
		const type = types.find((each) => each.name === name);
		if (type === undefined) return [];
		const fields = Object.entries(values).map(([label, value]) => {
			const field = type.properties.find(({ displayName }) => displayName === label);
			if (field === undefined) throw new Error(`The credential "${type.displayName}" has no field "${label}"`);
			return [field.name, value] as const;
		});
		return [[name, Object.fromEntries(fields)] as const];
	});
	return Object.fromEntries(entries);
}

function readExamples(packageName: string): Example[] {
	const folder = path.join(root, 'workflows');
	return readdirSync(folder)
		.filter((name) => name.endsWith('.json'))
		.map((name) => {
			const file = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as WorkflowFile;
			const types = file.nodes.map(({ type }) => type).filter((type) => type.startsWith(`${packageName}.`));
			const trigger = types.find((type) => type.endsWith('Trigger'));
			const provider = (trigger ?? types[0] ?? '').slice(packageName.length + 1).replace(/Trigger$/, '');
			const isPairing = file.nodes.some(({ parameters }) => parameters.operation === 'getQrCode');
			return { file, provider: provider as ProviderName, isTriggered: trigger !== undefined, isPairing };
		});
}

/** One-time codes are nobody's business, not even in a demo. */
function withoutCodes(text: string): string {
	return text.replace(/\b\d{4,8}\b/g, '······');
}

/** Runs a workflow from its start to its end, and returns how many messages its last node of ours reports. */
async function send(engine: Engine, sandbox: Sandbox, { file, provider }: Example): Promise<number> {
	const host = await startWaitingHost(engine);
	try {
		const execution = host.start(file);
		await execution.paused;
		if (execution.status === 'waiting') {
			console.log('  the execution waits for what becomes of the message; the provider calls back');
			await sandbox.control.action(provider, 'deliveryStatus', { statusId: DELIVERED });
		}
		const result = await execution.finished;
		if (result.error) throw result.error;
		const ours = file.nodes.filter(({ type }) => type.endsWith(`.${provider}`)).at(-1);
		return result.outputs(ours?.name ?? '')[0]?.length ?? 0;
	} finally {
		await host.close();
	}
}

/** Runs the part that is started by hand: a phone that is not connected yet, its QR code, and somebody who scans it. */
async function pair(engine: Engine, sandbox: Sandbox, { file, provider }: Example): Promise<void> {
	const [device] = sandbox.control.devices(provider);
	if (device === undefined) throw new Error(`${provider} has no device`);
	sandbox.control.setDeviceStatus(provider, device.id, 'disconnected');
	const start = file.nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger');
	const result = await engine.runWorkflow(file, { startNode: start?.name });
	if (result.error) throw result.error;
	const binary = result.outputs(result.lastNode ?? '')[0]?.[0]?.binary?.data;
	console.log(`  ${result.lastNode}: ${binary?.mimeType} of ${binary?.fileSize}, to be scanned with the phone`);
	sandbox.control.setDeviceStatus(provider, device.id, 'connected');
}

/** Publishes a workflow, lets a message arrive twice, and returns how many answers are due: one. */
async function receive(engine: Engine, sandbox: Sandbox, { file, provider, isPairing }: Example): Promise<number> {
	const host = await startTriggerHost(engine);
	try {
		const workflow = host.deploy({ workflow: file, workflowId: file.id });
		await workflow.activate();
		// Where there is no API for it, somebody has to paste the address into the provider's dashboard.
		const { webhooksByHand: isByHand }: ProviderDefinition = providers[provider];
		if (isByHand) sandbox.control.setWebhook(provider, workflow.productionUrl);
		const how = isByHand ? 'was pasted by hand' : 'stands';
		console.log(`  published: the webhook ${how} at ${sandbox.control.webhook(provider)?.split('?')[0]}`);
		const event = isPairing ? 'sessionStatus' : 'text';
		const overrides = isPairing ? { data: { status: 'connected' } } : {};
		const { bodies, deliveries } = await sandbox.control.incoming(provider, event, { times: 2, overrides });
		const answers = deliveries.map(({ status }) => status).join(' and ');
		console.log(`  ← one ${isPairing ? 'change of the session' : 'message'} of ${bodies[0]?.length} bytes, delivered twice, answered ${answers}`);
		await workflow.idle();
		const failed = workflow.executions.find(({ error }) => error);
		if (failed?.error) throw failed.error;
		console.log(`  ${workflow.executions.length} execution`);
		await workflow.deactivate();
		if (isByHand) sandbox.control.setWebhook(provider, null);
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
