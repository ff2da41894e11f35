import type { PlayRequest } from '../../../sandbox/control/control';
import { sleep } from '../../../scripts/n8n/process';
import { itemsOf } from '../../../scripts/n8n/runData';
import { messagesFromNow, published, setParameters, SETTLE_MS } from '../support/examples';
import { expect } from '../support/fixtures';
import type { Stage } from '../support/stage';
import type { Play } from './index';

const STAFF = '212600000002';

/** The whole way of a customer, with the sandbox's simulated model. */
export const playService: Play = async (stage, id) => {
	const { api } = stage.n8n;
	const { control } = stage.sandbox;
	await setParameters(stage, id, 'Wapio Trigger', (parameters) => ({
		...parameters,
		options: { ...(parameters.options as object), notSenders: STAFF },
	}));
	await setStaff(stage, id, STAFF);
	const { status } = await api.finished(await api.runManually(id, 'Set Up'));
	expect(status, 'setting up').toBe('success');
	await published(stage, id, async () => {
		const phone = '212600000035';
		const messages = messagesFromNow(stage, 'wapio');
		const sent = (to: string) =>
			messages()
				.filter(({ recipient }) => recipient.startsWith(to))
				.map(({ text }) => text ?? '');
		const writes = async (kind: string, request: PlayRequest) =>
			await control.play('wapio', kind, { phone, name: 'Salma', ...request });
		const next = async (count: number) => {
			await expect.poll(() => sent(phone), 'replies').toHaveLength(count);
			return sent(phone).at(-1);
		};
		const silent = async (count: number) => {
			// Longer than the example waits for another message.
			await sleep(8_000 + 2 * SETTLE_MS);
			expect(sent(phone), 'replies').toHaveLength(count);
		};

		// Two quick messages, one reply, from the table, in WhatsApp's format.
		await writes('conversation', { text: 'Hi', times: 2 });
		await writes('conversation', { text: 'When are you open on Sunday?' });
		expect(await next(1)).toContain('*When are you open?*\n\nMonday to Saturday, 9 to 18.');
		expect(sent(phone)[0]).not.toContain('**');
		const typing = control.requests({ provider: 'wapio', path: '/api/send-presence-update' });
		expect(typing, 'calls of typing').toHaveLength(1);

		await writes('voiceNote', {});
		expect(await next(2)).toContain('Monday to Saturday, 9 to 18.');
		await writes('imageMessage', { text: 'Do you deliver this?' });
		expect(await next(3)).toContain('on the next working day');
		const [latest] = await api.executions(id);
		const { data } = await api.finished(latest?.id ?? '');
		expect(itemsOf(data, 'Join the Messages')[0]?.json.text, 'the words under the picture').toBe(
			'Do you deliver this?',
		);

		// A long text comes in parts.
		await writes('conversation', { text: 'Please write me a long answer' });
		await expect.poll(() => sent(phone).length, 'parts').toBeGreaterThan(4);
		await sleep(SETTLE_MS);
		const count = sent(phone).length;

		await writes('conversation', { text: 'I want to talk to a person' });
		expect(await next(count + 1)).toContain('A person will write to you here soon.');
		await expect.poll(() => sent(STAFF), 'messages to the staff').toHaveLength(1);
		expect(sent(STAFF)[0]).toContain(`Salma (${phone}) wants a person: `);
		await writes('conversation', { text: 'Hello?' });
		await silent(count + 1);

		await writes('conversation', { text: 'Hi Salma, Youssef here', own: true, source: 'app' });
		await sleep(SETTLE_MS);
		await writes('conversation', { text: 'Do you deliver?' });
		await silent(count + 1);

		await writes('conversation', { text: '/bot', own: true, source: 'app' });
		await sleep(SETTLE_MS);
		await writes('conversation', { text: 'How can I pay?' });
		expect(await next(count + 2)).toContain('bank transfer');

		// Neither its staff, nor a group, nor what it sent itself.
		await control.play('wapio', 'conversation', { phone: STAFF, text: 'Done' });
		await writes('conversation', { chat: 'group', text: 'Are you open?' });
		await writes('conversation', { text: 'How can I pay?', own: true, source: 'api' });
		await silent(count + 2);
		expect(sent(STAFF)).toHaveLength(1);
	});
};

/** Fills in the node Staff. */
export async function setStaff(stage: Stage, id: string, number: string): Promise<void> {
	await setParameters(stage, id, 'Staff', (parameters) => {
		const { assignments } = parameters.assignments as { assignments: object[] };
		return { ...parameters, assignments: { assignments: assignments.map((each) => ({ ...each, value: number })) } };
	});
}
