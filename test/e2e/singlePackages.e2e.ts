/* The single-provider packages in a real n8n: without the big package, and beside it. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ProviderName } from '../../sandbox';
import { installN8n } from '../../scripts/n8n/install';
import { packagesFolder, root } from '../../scripts/n8n/paths';
import { recipients } from '../support/bench';
import { providerOf } from '../support/providers';
import { credentialTypesOf, hasWebhooksByHand, providerNames } from './providers';
import { expect, known, test } from './support/fixtures';
import { chain, manualTrigger, node, ourNode } from './support/nodes';
import { setStage, type Stage } from './support/stage';

const nameOf = (provider: ProviderName) => `n8n-nodes-${provider.toLowerCase()}`;
const folderOf = (provider: ProviderName) => path.join(packagesFolder, nameOf(provider));

/** The same stage, whose nodes are those of a provider's own package. */
const withPackageOf = (stage: Stage, provider: ProviderName): Stage => ({ ...stage, packageName: nameOf(provider) });

/** A webhook path for each test, since n8n keeps one for each workflow. */
let webhooks = 0;
const newWebhookId = () => `7d1c2f0e-5b1d-4f43-9d55-0a3f8c3d${(0x3000 + webhooks++).toString(16)}`;

/** Sends one text with these nodes, one after the other, and returns what arrived at the provider. */
async function sentBy(stage: Stage, id: string, provider: ProviderName, packages: Stage[]): Promise<string[]> {
	const { sendText } = providerOf(provider).bench;
	const [{ phone } = { phone: '' }] = recipients(1).map(({ json }) => json as { phone: string });
	const text = `sent by ${id}`;
	const sends = packages.map((each, index) =>
		ourNode(each, `Send ${index}`, provider, { ...sendText, phoneNumber: phone, text: `${text}, ${index}` }),
	);
	await stage.store([{ id, name: id, ...chain(manualTrigger('Start'), ...sends) }]);
	await expectSuccess(stage, id);
	const arrived = stage.sandbox.control.messages(provider).map((message) => String(message.text));
	return arrived.filter((each) => each.startsWith(text));
}

/** Runs a workflow by its manual trigger, and expects it to end well. */
async function expectSuccess({ n8n }: Stage, id: string): Promise<void> {
	await n8n.api.runManually(id, 'Start');
	await expect
		.poll(async () => (await n8n.api.executions(id))[0]?.status, `execution of ${id}`)
		.toMatch(/^(success|error|crashed)$/);
	const [execution] = await n8n.api.executions(id);
	expect(execution?.status, 'execution').toBe('success');
}

/** Publishes a workflow with the trigger of this package, has a message arrive, and expects one execution. */
async function expectReceived(stage: Stage, id: string, provider: ProviderName, own: Stage): Promise<void> {
	const { api, url } = stage.n8n;
	const { control } = stage.sandbox;
	const webhookId = newWebhookId();
	const { session } = providerOf(provider).bench.sendText as { session?: unknown };
	const parameters = session === undefined ? {} : { session };
	const trigger = ourNode(own, 'Trigger', `${provider}Trigger`, parameters, { webhookId });
	await stage.store([{ id, name: id, ...chain(trigger, node('Done', 'n8n-nodes-base.noOp')) }]);
	await api.publish(id);
	try {
		if (hasWebhooksByHand(provider)) control.setWebhook(provider, `${url}/webhook/${webhookId}/webhook`);
		const kind = known(control.playable(provider).kinds[0], 'kind');
		const { deliveries } = await control.play(provider, kind.name, { text: `to ${id}` });
		expect(deliveries.map(({ status }) => status)).toEqual([200]);
		const statuses = async () => (await api.executions(id)).map(({ status }) => status);
		await expect.poll(statuses, 'executions').toEqual(['success']);
	} finally {
		await api.unpublish(id);
		control.setWebhook(provider, null);
	}
}

test.describe.configure({ mode: 'serial' });

let stage: Stage;

/** Starts n8n with these packages before the tests of a group, and stops it after them. */
function inN8nWith(packages: () => string[]): void {
	test.beforeAll(async ({ n8nLine }) => {
		stage = await setStage(await installN8n(console.log, n8nLine), {}, packages());
	});
	test.afterAll(async () => await stage.close());
}

test.beforeAll(() => {
	execFileSync(process.execPath, [path.join('scripts', 'run.mjs'), 'packages', '--build'], { cwd: root });
});

test.describe('the single-provider packages alone', () => {
	inN8nWith(() => providerNames.map(folderOf));

	for (const provider of providerNames) {
		test(`${provider}: loads, tests its credential, sends a message and receives one`, async () => {
			const types = await stage.n8n.api.nodeTypes();
			const wanted = [provider, `${provider}Trigger`, `${provider}Tool`];
			expect(types).toEqual(expect.arrayContaining(wanted.map((name) => `${nameOf(provider)}.${name}`)));
			expect(types.filter((type) => type.startsWith('n8n-nodes-whatsapp-gateways.'))).toEqual([]);
			for (const type of credentialTypesOf(provider)) {
				const { id, name, data } = known(
					stage.credentials.find((each) => each.type === type),
					`credential of type ${type}`,
				);
				const storedId = stage.credentialIds.get(id) ?? '';
				const { status, message } = await stage.n8n.api.testCredential({ name, type, id: storedId, data });
				expect(status, message).toBe('OK');
			}
			const own = withPackageOf(stage, provider);
			expect(await sentBy(stage, `alone-${provider}`, provider, [own])).toHaveLength(1);
			await expectReceived(stage, `alone-in-${provider}`, provider, own);
		});
	}
});

test.describe('beside the big package', () => {
	inN8nWith(() => [root, ...providerNames.map(folderOf)]);

	for (const provider of providerNames) {
		test(`${provider}: both nodes use one credential, both triggers receive, and a workflow moves`, async () => {
			const own = withPackageOf(stage, provider);
			const types = await stage.n8n.api.nodeTypes();
			for (const { packageName } of [stage, own])
				expect(types).toEqual(expect.arrayContaining([`${packageName}.${provider}`]));
			expect(await sentBy(stage, `both-${provider}`, provider, [stage, own])).toHaveLength(2);
			await expectReceived(stage, `big-in-${provider}`, provider, stage);
			await expectReceived(stage, `single-in-${provider}`, provider, own);
			await expectMoved(provider);
		});
	}

	/** A workflow of the big package sends through the single one after the script of that package has moved it. */
	async function expectMoved(provider: ProviderName): Promise<void> {
		const id = `move-${provider}`;
		expect(await sentBy(stage, id, provider, [stage])).toHaveLength(1);
		const file = path.join(stage.userFolder, `${id}.json`);
		writeFileSync(file, JSON.stringify(await stage.n8n.api.workflow(id)));
		execFileSync(process.execPath, ['scripts/move-workflow.cjs', file], { cwd: folderOf(provider) });
		const moved = JSON.parse(readFileSync(file.replace('.json', '.moved.json'), 'utf8')) as { nodes: [] };
		await stage.n8n.api.updateWorkflow(id, { nodes: moved.nodes });
		const { nodes } = await stage.n8n.api.workflow(id);
		expect(nodes.map(({ type }) => type)).toContain(`${nameOf(provider)}.${provider}`);
		await expectSuccess(stage, id);
		const texts = stage.sandbox.control.messages(provider).map((message) => String(message.text));
		expect(texts.filter((text) => text.startsWith(`sent by ${id}`))).toHaveLength(2);
	}
});
