import { mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { sleep } from '../../../scripts/n8n/process';
import { itemsOf } from '../../../scripts/n8n/runData';
import { published, setParameters, SETTLE_MS } from '../support/examples';
import { expect } from '../support/fixtures';
import type { Play } from './index';

/** A picture that is delivered twice is saved once; one that is gone is reported. n8n writes to its own folder only. */
export const playArchive: Play = async (stage, id) => {
	const { control } = stage.sandbox;
	const { api } = stage.n8n;
	const folder = path.join(stage.userFolder, '.n8n-files');
	mkdirSync(folder, { recursive: true });
	await setParameters(stage, id, 'Save File', ({ fileName, ...rest }) => ({
		...rest,
		fileName: (fileName as string).replace('/home/node/.n8n-files', folder),
	}));
	const executions = async () => await api.executions(id);
	await published(stage, id, async () => {
		await control.incoming('whacenter', 'image', { times: 2 });
		await expect.poll(() => readdirSync(folder), 'files').toHaveLength(1);
		await sleep(SETTLE_MS);
		expect(readdirSync(folder), 'files').toHaveLength(1);
		const [name = ''] = readdirSync(folder);
		expect(name).toMatch(/^\d{4}-\d\d-\d\d_\d+_[\w-]+\.(jpg|jpeg)$/);
		expect(statSync(path.join(folder, name)).size, 'size of the file').toBeGreaterThan(0);

		const missing = `${stage.sandbox.url}/files/gone.jpg`;
		await control.incoming('whacenter', 'image', { overrides: { media: missing } });
		await expect.poll(executions, 'executions').toHaveLength(2);
		const ids = (await executions()).map((execution) => execution.id);
		const [latest, earlier] = await Promise.all(ids.map(async (execution) => await api.finished(execution)));
		expect([latest?.status, earlier?.status], 'status').toEqual(['success', 'success']);
		expect(itemsOf(latest?.data ?? '', 'Not Fetched'), 'items of Not Fetched').toHaveLength(1);
	});
};
