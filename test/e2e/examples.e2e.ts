/* The example workflows in a real n8n: what they send arrives once, and each message that arrives is answered once. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readWorkflows } from '../../scripts/n8n/content';
import { workflowsFolder } from '../../scripts/n8n/paths';
import { sleep } from '../../scripts/n8n/process';
import { runN8nCommand } from '../../scripts/n8n/server';
import { plays } from './plays';
import { hasWebhooksByHand, providerNames } from './providers';
import { begin, messagesFromNow, published, publishExamples, SETTLE_MS, unpublishExamples } from './support/examples';
import { expect, known, test } from './support/fixtures';
import type { Stage } from './support/stage';

const ids = { send: 'chataloSendList1', reply: 'chataloAutoReply' };

/** The part of a command's output that holds the reason of a failure. */
const endOf = (output: string) => output.slice(-1_000);

const senderOf = (body = '{}') => (JSON.parse(body) as { sender: { number: string } }).sender.number;

/** Lets something arrive; returns what Chatalo was sent in answer, after time for a second answer. */
async function repliesTo(stage: Stage, arrive: () => Promise<unknown>, count: number) {
	const replies = messagesFromNow(stage, 'chatalo');
	await arrive();
	await expect.poll(replies, 'replies').toHaveLength(count);
	await sleep(SETTLE_MS);
	expect(replies(), 'replies').toHaveLength(count);
	return replies();
}

test.beforeAll(async ({ stage }) => await publishExamples(stage));
test.afterAll(async ({ stage }) => await unpublishExamples(stage));

test.describe('auto-reply', () => {
	test('answers a message with exactly one reply, to its sender', async ({ stage }) => {
		const executions = async () => (await stage.n8n.api.executions(ids.reply)).map(({ status }) => status);
		const before = await executions();
		let bodies: string[] = [];
		const incoming = async () => ({ bodies } = await stage.sandbox.control.incoming('chatalo', 'text'));
		const [reply] = await repliesTo(stage, incoming, 1);
		expect(reply?.recipient).toBe(senderOf(bodies[0]));
		await expect.poll(executions, 'executions').toEqual(['success', ...before]);
	});
	test('does not answer its own messages', async ({ stage }) => {
		await repliesTo(stage, async () => await stage.sandbox.control.incoming('chatalo', 'own'), 0);
	});
	test('answers a message that is delivered three times once', async ({ stage }) => {
		const options = { times: 3, parallel: true };
		await repliesTo(stage, async () => await stage.sandbox.control.incoming('chatalo', 'text', options), 1);
	});
});

test.describe.serial('sending to a list', () => {
	let once = 0;

	test('started in the editor, sends each message once', async ({ stage }) => {
		const { api } = stage.n8n;
		const messages = messagesFromNow(stage, 'chatalo');
		const { status } = await api.finished(await begin(api, ids.send));
		expect(status, 'status').toBe('success');
		const sent = messages();
		once = sent.length;
		expect(once, 'messages').toBeGreaterThan(1);
		const texts = sent.map(({ recipient, text, url }) => JSON.stringify([recipient, text, url]));
		expect(new Set(texts).size, 'different messages').toBe(once);
	});
	test('started by n8n execute, sends as many', async ({ stage }) => {
		const messages = messagesFromNow(stage, 'chatalo');
		const { code, output } = await runN8nCommand(['execute', `--id=${ids.send}`], stage);
		expect(code, endOf(output)).toBe(0);
		expect(messages(), 'messages').toHaveLength(once);
	});
});

test.describe('by command', () => {
	test('the files are imported as they are', async ({ stage: { installation } }) => {
		const userFolder = mkdtempSync(path.join(tmpdir(), 'n8n-import-'));
		try {
			const command = ['import:workflow', '--separate', `--input=${workflowsFolder}`];
			const { code, output } = await runN8nCommand(command, { installation, userFolder });
			expect(code, endOf(output)).toBe(0);
			expect(endOf(output)).toContain(`imported ${readWorkflows().length} workflows`);
		} finally {
			rmSync(userFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
		}
	});
	test('those that are started by hand and wait for nobody run', async ({ stage }) => {
		for (const id of ['chataloCleanList', 'wapioAnnounce']) {
			const { code, output } = await runN8nCommand(['execute', `--id=${id}`], stage);
			expect(code, `${id}: ${endOf(output)}`).toBe(0);
		}
	});
});

test.describe('every example', () => {
	for (const { id, name, nodes, active } of readWorkflows()) {
		const own = plays[id];
		if (own) {
			test(`"${name}" ${own.does}`, async ({ stage }) => {
				test.skip(own.needs === 'n8n 2' && stage.installation.line !== '2', 'n8n 1 cannot do this');
				await own.play(stage, id);
			});
			continue;
		}
		if (!nodes.some(({ type }) => providerNames.some((each) => type.endsWith(`.${each}Trigger`)))) {
			test(`"${name}" runs to its end`, async ({ stage: { n8n } }) => {
				const { status } = await n8n.api.finished(await begin(n8n.api, id));
				expect(status, 'status').toBe('success');
			});
			continue;
		}
		test(`"${name}" answers a message once`, async ({ stage }) => {
			const answers = async () => {
				const { control } = stage.sandbox;
				const typeOf = (provider: string) => `${stage.packageName}.${provider}Trigger`;
				const provider = known(
					providerNames.find((each) => nodes.some(({ type }) => type === typeOf(each))),
					'trigger of ours in the example',
				);
				const trigger = nodes.find(({ type }) => type === typeOf(provider));
				const url = `${stage.n8n.url}/webhook/${trigger?.webhookId}/webhook`;
				if (hasWebhooksByHand(provider)) control.setWebhook(provider, url);
				const before = control.messages(provider).length;
				const replies = () => control.messages(provider).length - before;
				const { deliveries } = await control.incoming(provider, 'text', { times: 2 });
				expect(deliveries.map(({ status }) => status)).toEqual([200, 200]);
				await expect.poll(replies, 'replies').toBe(1);
				await sleep(SETTLE_MS);
				expect(replies(), 'replies').toBe(1);
			};
			await (active === true ? answers() : published(stage, id, answers));
		});
	}
});
