/* The example workflows in a real n8n: what is sent arrives once, what arrives is answered once. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { providers, type ProviderDefinition, type ProviderName } from '../../sandbox';
import { importWorkflows, readWorkflows } from '../n8n/content';
import { sleep, until } from '../n8n/process';
import { workflowsFolder } from '../n8n/paths';
import { runN8nCommand } from '../n8n/server';
import { ensure, equal, type Checks } from './checks';
import { plays, published } from './examples';
import type { Stage } from './stage';

/** Long enough for a second message to show up, if there were one. */
const SETTLE_MS = 2_000;

const files = { send: 'chatalo-send-to-a-list', reply: 'chatalo-auto-reply' };

/** Imports the example workflows and publishes those that are meant to be. */
export async function importExamples(stage: Stage): Promise<void> {
	const { api } = stage.n8n;
	const { toPublish } = await importWorkflows(api, readWorkflows(), stage.credentials, stage.credentialIds, stage.storeWorkflows);
	for (const { id } of toPublish) await api.publish(id);
}

function idOf(file: string): string {
	const workflow = readWorkflows().find(({ id, name }) => id === file || name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-') === file);
	ensure(workflow !== undefined, `There is no example workflow ${file}`);
	return workflow.id;
}

/** What has been sent, without the same message twice. */
function distinct(stage: Stage): { sent: number; distinct: number } {
	const sent = stage.sandbox.control.messages('chatalo').map(({ recipient, text, url }) => JSON.stringify([recipient, text, url]));
	return { sent: sent.length, distinct: new Set(sent).size };
}

/** The package as n8n sees it. */
export async function packageChecks(stage: Stage, checks: Checks): Promise<void> {
	checks.about('The package in n8n');
	for (const { name, type, id: key, data } of stage.credentials) {
		const node = type.replace(/(Developer)?Api$/, '');
		await checks.check(`both nodes of ${name} are loaded, and the action node also as an AI tool`, async () => {
			const types = (await stage.n8n.api.nodeTypes()).filter((known) => known.startsWith(`${stage.packageName}.`));
			for (const wanted of [node, `${node}Trigger`, `${node}Tool`]) {
				ensure(types.includes(`${stage.packageName}.${wanted}`), `${wanted} is missing among ${types.join(', ')}`);
			}
		});
		const id = stage.credentialIds.get(key) ?? '';
		await checks.check(`the credential test of ${name} accepts the right keys`, async () => {
			const { status, message } = await stage.n8n.api.testCredential({ name, type, id, data });
			equal(status, 'OK', message);
		});
		await checks.check(`the credential test of ${name} refuses wrong keys`, async () => {
			const wrong = Object.fromEntries(
				Object.entries(data).map(([field, value]) => [field, String(value).startsWith('http') ? value : 'wrong']),
			);
			const { status, message } = await stage.n8n.api.testCredential({ name, type, id, data: wrong });
			equal(status, 'Error', message);
			checks.fact('what the editor shows then', message);
		});
	}
}

/** The two examples. */
export async function messageChecks(stage: Stage, checks: Checks): Promise<void> {
	const { control } = stage.sandbox;
	checks.about('The example workflows');
	await checks.check('auto-reply answers a message with exactly one reply, to its sender', async () => {
		const id = idOf(files.reply);
		const before = control.messages('chatalo').length;
		const { bodies } = await control.incoming('chatalo', 'text');
		const { sender } = JSON.parse(bodies[0] ?? '{}') as { sender: { number: string } };
		await until('the reply', () => control.messages('chatalo').length > before);
		await sleep(SETTLE_MS);
		const replies = control.messages('chatalo').slice(before);
		equal(replies.length, 1, 'replies');
		equal(replies[0]?.recipient, sender.number, 'recipient');
		equal((await stage.n8n.api.executions(id)).map(({ status }) => status), ['success'], 'executions');
	});
	await checks.check('auto-reply does not answer its own messages', async () => {
		const before = control.messages('chatalo').length;
		await control.incoming('chatalo', 'own');
		await sleep(SETTLE_MS);
		equal(control.messages('chatalo').length, before, 'messages');
	});
	await checks.check('auto-reply answers a message that is delivered three times once', async () => {
		const before = control.messages('chatalo').length;
		await control.incoming('chatalo', 'text', { times: 3, parallel: true });
		await until('the reply', () => control.messages('chatalo').length > before);
		await sleep(SETTLE_MS);
		equal(control.messages('chatalo').length, before + 1, 'messages');
	});

	let once = 0;
	await checks.check('sending to a list, started in the editor, sends each message once', async () => {
		const { api } = stage.n8n;
		const id = idOf(files.send);
		const { nodes } = await api.workflow(id);
		const trigger = nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger');
		ensure(trigger !== undefined, 'The workflow has no manual trigger');
		const before = control.messages('chatalo').length;
		const execution = await api.finished(await api.runManually(id, trigger.name));
		equal(execution.status, 'success', 'status');
		once = control.messages('chatalo').length - before;
		ensure(once > 1, `${once} messages were sent`);
		const sent = control.messages('chatalo').slice(before);
		equal(new Set(sent.map(({ recipient, text, url }) => JSON.stringify([recipient, text, url]))).size, once, 'different messages');
	});
	await checks.check('the files are imported by command as they are', async () => {
		const userFolder = mkdtempSync(path.join(tmpdir(), 'n8n-import-'));
		try {
			const { code, output } = await runN8nCommand(['import:workflow', '--separate', `--input=${workflowsFolder}`], { ...stage, userFolder });
			equal(code, 0, output.slice(-1_000));
			ensure(output.includes(`imported ${readWorkflows().length} workflows`), output.slice(-1_000));
		} finally {
			rmSync(userFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
		}
	});
	await checks.check('those that are started by hand and wait for nobody run by command', async () => {
		for (const id of ['chataloCleanList', 'wapioAnnounce']) {
			const { code, output } = await runN8nCommand(['execute', `--id=${id}`], stage);
			equal(code, 0, `${id}: ${output.slice(-1_000)}`);
		}
	});
	await checks.check('sending to a list, started by n8n execute, sends as many', async () => {
		const { sent: before } = distinct(stage);
		const { code, output } = await runN8nCommand(['execute', `--id=${idOf(files.send)}`], stage);
		equal(code, 0, output.slice(-1_000));
		equal(distinct(stage).sent - before, once, 'messages');
	});
}

/** The example with two parts: the QR code of a phone that is not connected yet, and what happens when it is. */
async function pairs(stage: Stage, id: string): Promise<void> {
	const { control } = stage.sandbox;
	const { api } = stage.n8n;
	const [device] = control.devices('wapio');
	ensure(device !== undefined, 'wapio has no device');
	control.setDeviceStatus('wapio', device.id, 'disconnected');
	const start = (await api.workflow(id)).nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger');
	const execution = await api.finished(await api.runManually(id, start?.name ?? ''));
	equal(execution.status, 'success', 'status');
	ensure(execution.data.includes('image/png'), 'there is no QR code');
	control.setDeviceStatus('wapio', device.id, 'connected');

	await published(stage, id, async () => {
		const before = control.messages('wapio').length;
		await control.incoming('wapio', 'sessionStatus', { times: 2, overrides: { data: { status: 'connected' } } });
		await until('the greeting', () => control.messages('wapio').length > before);
		await sleep(SETTLE_MS);
		equal(control.messages('wapio').length, before + 1, 'greetings');
	});
}

/** Every example of every provider, in the way it is meant to start. */
export async function allExampleChecks(stage: Stage, checks: Checks): Promise<void> {
	const { control } = stage.sandbox;
	checks.about('Every example');
	for (const { id, name, nodes } of readWorkflows()) {
		if (nodes.some(({ parameters }) => parameters.operation === 'getQrCode')) {
			await checks.check(`"${name}" shows a QR code, and greets once somebody scanned it`, async () => await pairs(stage, id));
			continue;
		}
		const own = plays[id];
		if (own) {
			await checks.check(`"${name}" ${own.words}`, async () => await own.play(stage, id));
			continue;
		}
		const trigger = nodes.find(({ type }) => type.startsWith(`${stage.packageName}.`) && type.endsWith('Trigger'));
		const provider = trigger?.type.slice(stage.packageName.length + 1).replace(/Trigger$/, '') as ProviderName;
		await checks.check(`"${name}" answers a message once`, async () => {
			const { webhooksByHand: isByHand }: ProviderDefinition = providers[provider];
			if (isByHand) control.setWebhook(provider, `${stage.n8n.url}/webhook/${trigger?.webhookId}/webhook`);
			const before = control.messages(provider).length;
			const { deliveries } = await control.incoming(provider, 'text', { times: 2 });
			equal(deliveries.map(({ status }) => status).join(), '200,200', 'answers');
			await until('the reply', () => control.messages(provider).length > before);
			await sleep(SETTLE_MS);
			equal(control.messages(provider).length, before + 1, 'replies');
		});
	}
}
