import { sleep } from '../../../scripts/n8n/process';
import { messagesFromNow, published, SETTLE_MS } from '../support/examples';
import { expect } from '../support/fixtures';
import type { Play } from './index';

const TEAM = '6281200000009';

/** A customer writes to the agent, as under `npm start`: the sandbox's simulated model answers. */
export const playAgent: Play = async (stage, id) => {
	const { control } = stage.sandbox;
	await published(stage, id, async () => {
		const messages = messagesFromNow(stage, 'chatalo');
		const sent = () => messages().map(({ recipient, text }) => `${recipient}: ${text}`);
		const write = async (message: string, times = 1) =>
			await control.incoming('chatalo', 'text', { times, overrides: { message } });
		const { bodies } = await write('When are you open on Saturday?', 2);
		const { sender } = JSON.parse(bodies[0] ?? '{}') as { sender: { name: string; number: string } };
		await expect.poll(sent, 'the answer').toHaveLength(1);
		await write('I want to talk to a person');
		await expect.poll(sent, 'the message to the team and the answer').toHaveLength(3);
		await control.incoming('chatalo', 'group');
		await control.incoming('chatalo', 'own');
		await sleep(SETTLE_MS);
		const who = `${sender.name.split(' ')[0]} (${sender.number})`;
		expect(sent()).toEqual([
			`${sender.number}: Our opening hours are Monday to Saturday, 9 to 18.`,
			`${TEAM}: ${who} wants to talk to a person: "I want to talk to a person"`,
			`${sender.number}: I passed this on to our team. *A person will write to you here soon.*`,
		]);
	});
};
