import { sleep } from '../../../scripts/n8n/process';
import { messagesFromNow, published, SETTLE_MS } from '../support/examples';
import { expect } from '../support/fixtures';
import type { Play } from './index';

/** One lane sends a message when started by hand, the other one replies to a message once. */
export const playStartHere: Play = async (stage, id) => {
	const { api } = stage.n8n;
	const { control } = stage.sandbox;
	const messages = messagesFromNow(stage, 'chatalo');
	const texts = () => messages().map(({ text }) => text);
	const { status } = await api.finished(await api.runManually(id, 'When clicking Execute'));
	expect(status, 'status').toBe('success');
	expect(texts(), 'messages').toEqual(['Hello from n8n!']);
	await published(stage, id, async () => {
		await control.incoming('chatalo', 'text', { times: 2, overrides: { message: 'Are you open?' } });
		await expect.poll(texts, 'messages').toHaveLength(2);
		await sleep(SETTLE_MS);
		expect(texts(), 'messages').toEqual(['Hello from n8n!', 'You wrote: Are you open?']);
	});
};
