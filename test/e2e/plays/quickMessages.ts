import { sleep } from '../../../scripts/n8n/process';
import { messagesFromNow, published, SETTLE_MS } from '../support/examples';
import { expect } from '../support/fixtures';
import type { Play } from './index';

const ids = { main: 'wapioQuickMsgs', agent: 'wapioService' };

/** Longer than the sweep waits between two runs, and than it leaves a message to the workflow that stored it. */
const SWEEP_MS = 120_000;

/** Three quick messages, one of them delivered twice, get one reply. */
export const playQuickMessages: Play = async (stage, id) =>
	await published(stage, id, async () => {
		const { control } = stage.sandbox;
		const messages = messagesFromNow(stage, 'wapio');
		const texts = () => messages().map(({ text }) => text);
		const phone = '212600000031';
		await control.play('wapio', 'conversation', { phone, text: 'Hi', times: 2 });
		await control.play('wapio', 'imageMessage', { phone, text: 'like this' });
		await control.play('wapio', 'imageWithoutCaption', { phone });
		await expect.poll(texts, 'replies').toEqual(['You wrote:\nHi\n(image) like this\n(image)']);
		await control.play('wapio', 'conversation', { phone, text: 'Are you open?' });
		await expect.poll(texts, 'replies').toHaveLength(2);
		await sleep(SETTLE_MS);
		expect(texts().at(-1)).toBe('You wrote:\nAre you open?');
		expect(texts()).toHaveLength(2);
	});

/** n8n is killed while a message waits: the sweep has it answered, by the workflow that stored it. */
export const playSweep: Play = async (stage, id) => {
	const { control } = stage.sandbox;
	await stage.n8n.api.publish(id);
	for (const [main, phone] of [
		[ids.main, '212600000032'],
		[ids.agent, '212600000036'],
	] as const) {
		await published(stage, main, async () => {
			const replies = () => control.messages('wapio').filter(({ recipient }) => recipient.startsWith(phone));
			await control.play('wapio', 'conversation', { phone, text: 'Anybody there?' });
			await sleep(SETTLE_MS);
			await stage.restart('kill');
			expect(replies()).toHaveLength(0);
			await expect.poll(replies, { message: 'replies', timeout: SWEEP_MS }).toHaveLength(1);
		});
	}
};
