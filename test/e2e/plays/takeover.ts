import { sleep } from '../../../scripts/n8n/process';
import { messagesFromNow, published, SETTLE_MS } from '../support/examples';
import { expect } from '../support/fixtures';
import type { Play } from './index';

/** A person answers from the phone: silence in this chat, and only there, until the word is written. */
export const playTakeover: Play = async (stage, id) =>
	await published(stage, id, async () => {
		const { control } = stage.sandbox;
		const messages = messagesFromNow(stage, 'wapio');
		const replies = () => messages().map(({ recipient }) => recipient.replace(/@.*/, ''));
		const [phone, other] = ['212600000033', '212600000034'];
		const writes = async (text: string, from = phone) =>
			await control.play('wapio', 'conversation', { phone: from, text });
		const answers = async (text: string, source?: 'app' | 'api') =>
			await control.play('wapio', 'conversation', { phone, text, own: true, source });
		const stays = async (expected: string[]) => {
			await sleep(SETTLE_MS);
			expect(replies()).toEqual(expected);
		};
		await writes('Hello');
		await expect.poll(replies, 'replies').toEqual([phone]);
		// What the workflow itself sent, as it may come back: through the API, or without saying from where.
		const echo = messages()[0]?.text ?? '';
		await answers(echo, 'api');
		await answers(echo);
		// What a person wrote before, delivered late.
		const anHourAgo = Math.floor(Date.now() / 1000) - 3_600;
		await control.play('wapio', 'conversation', { phone, text: 'Hi', own: true, timestamp: anHourAgo });
		await sleep(SETTLE_MS);
		await writes('Are you open?');
		await expect.poll(replies, 'replies').toEqual([phone, phone]);
		// In WhatsApp Web, right after a reply of the workflow.
		await answers('I am on it');
		await sleep(SETTLE_MS);
		await writes('Thanks');
		await stays([phone, phone]);
		await writes('Hello', other);
		await expect.poll(replies, 'replies').toEqual([phone, phone, other]);
		await answers('/bot', 'app');
		await sleep(SETTLE_MS);
		await writes('One more thing');
		await expect.poll(replies, 'replies').toEqual([phone, phone, other, phone]);
		// Three an hour.
		await writes('And another');
		await stays([phone, phone, other, phone]);
	});
