/* What arrives: encrypted files of WhatsApp become binaries, and equal words of a menu are messages each. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { installN8n } from '../../scripts/n8n/install';
import { sleep } from '../../scripts/n8n/process';
import { providerOf } from '../support/providers';
import { hasWebhooksByHand, providerNames } from './providers';
import { expect, fact, known, test } from './support/fixtures';
import { chain, node, ourNode } from './support/nodes';
import { temporaryFolder } from './support/settings';
import { setStage } from './support/stage';
import { startWhatsAppServers } from './support/whatsAppServers';

/** Long enough for one execution too many to appear. */
const SETTLE_MS = 1_500;

const FOLDER = '.n8n-files';

/** The hash that the payload has of the file, as Base64. */
function hashIn(body: string): string {
	return known(/"fileSha256":"([^"]+)"/.exec(body)?.[1], 'hash in the payload');
}

test('an encrypted photo and a voice note of Wapio become files on disk', async ({ n8nLine }) => {
	test.skip(n8nLine !== '2', 'n8n 1 fetches no files from other addresses');
	const folder = mkdtempSync(path.join(temporaryFolder, 'whatsapp-'));
	let sandboxUrl = '';
	const servers = await startWhatsAppServers(() => sandboxUrl, folder);
	const stage = await setStage(await installN8n(console.log, n8nLine), servers.env);
	const { api } = stage.n8n;
	try {
		sandboxUrl = stage.sandbox.url;
		const files = path.join(stage.userFolder, FOLDER);
		mkdirSync(files, { recursive: true });
		const { session } = providerOf('wapio').bench.sendText as { session?: unknown };
		const trigger = ourNode(
			stage,
			'Trigger',
			'wapioTrigger',
			{ session, events: ['message'], options: { downloadMedia: true } },
			{ webhookId: '7d1c2f0e-5b1d-4f43-9d55-0a3f8c3d2b31' },
		);
		const save = node('Save', 'n8n-nodes-base.readWriteFile', {
			operation: 'write',
			fileName: `=${files}/{{ $json.type }}.{{ $binary.data.fileExtension }}`,
			dataPropertyName: 'data',
		});
		await stage.store([{ id: 'e2eFiles', name: 'Keep files', ...chain(trigger, save) }]);
		await api.publish('e2eFiles');
		for (const [kind, name] of [
			['imageMessage', 'image'],
			['voiceNote', 'audio'],
		] as const) {
			const start = Date.now();
			const { bodies, deliveries } = await stage.sandbox.control.play('wapio', kind);
			expect(deliveries.map(({ status }) => status)).toEqual([200]);
			fact(`${kind}: answered after`, `${Date.now() - start} ms`);
			const saved = () => readdirSync(files).filter((file) => file.startsWith(name));
			await expect.poll(saved, name).toHaveLength(1);
			await sleep(SETTLE_MS);
			const bytes = readFileSync(path.join(files, known(saved()[0], name)));
			fact(`${kind}: file`, `${saved()[0]}, ${bytes.byteLength} bytes`);
			expect(createHash('sha256').update(bytes).digest('base64')).toBe(hashIn(bodies[0] ?? ''));
		}
		const executions = await api.executions('e2eFiles');
		expect(executions.map(({ status }) => status)).toEqual(['success', 'success']);
		// n8n itself asks nobody for anything.
		expect(new Set(servers.hosts)).toEqual(new Set(['mmg.whatsapp.net:443']));
	} finally {
		await stage.close();
		await servers.close();
	}
});

for (const [index, provider] of providerNames.entries()) {
	test(`"1", "2", "1" in a menu of ${provider} start three executions`, async ({ stage }) => {
		const { api } = stage.n8n;
		const { control } = stage.sandbox;
		const id = `e2eMenu${index}`;
		const webhookId = `7d1c2f0e-5b1d-4f43-9d55-0a3f8c3d2b4${index}`;
		const { session } = providerOf(provider).bench.sendText as { session?: unknown };
		const parameters = session === undefined ? {} : { session };
		const trigger = ourNode(stage, 'Trigger', `${provider}Trigger`, parameters, { webhookId });
		await stage.store([{ id, name: `Menu of ${provider}`, ...chain(trigger) }]);
		await api.publish(id);
		try {
			if (hasWebhooksByHand(provider))
				control.setWebhook(provider, `${stage.n8n.url}/webhook/${webhookId}/webhook`);
			const text = known(control.playable(provider).kinds[0], 'kind');
			expect(text.group).toBe('messages');
			for (const choice of ['1', '2', '1']) {
				const { deliveries } = await control.play(provider, text.name, { text: choice });
				expect(deliveries.map(({ status }) => status)).toEqual([200]);
				// Without an id, the same words within one second count once.
				await sleep(1_100);
			}
			const executions = async () => await api.executions(id);
			await expect.poll(executions, 'executions').toHaveLength(3);
			await sleep(SETTLE_MS);
			expect((await executions()).map(({ status }) => status)).toEqual(['success', 'success', 'success']);
		} finally {
			await api.unpublish(id);
			control.setWebhook(provider, null);
		}
	});
}
