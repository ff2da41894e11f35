import { sleep } from '../../../scripts/n8n/process';
import { published, SETTLE_MS } from '../support/examples';
import { expect } from '../support/fixtures';
import { startModel } from '../support/model';
import type { Play } from './index';

const TEAM = '6281200000009';

/** A customer writes twice to the agent, whose model says what it was told to. */
export const playAgent: Play = async (stage, id) => {
	const { api } = stage.n8n;
	const { control } = stage.sandbox;
	const model = await startModel();
	try {
		const name = 'Model of the example';
		const credential = await api.createCredential({
			name,
			type: 'openAiApi',
			data: { apiKey: 'none', url: model.url },
		});
		const { nodes } = await api.workflow(id);
		const withModel = nodes.map((node) =>
			node.type.endsWith('.lmChatOpenAi')
				? { ...node, credentials: { openAiApi: { id: credential, name } } }
				: node,
		);
		await api.updateWorkflow(id, { nodes: withModel });
		await published(stage, id, async () => {
			const before = control.messages('chatalo').length;
			const sent = () =>
				control
					.messages('chatalo')
					.slice(before)
					.map(({ recipient, text }) => `${recipient}: ${text}`);
			model.script({ text: 'We are open until six.' });
			const { bodies } = await control.incoming('chatalo', 'text', { times: 2 });
			const { sender } = JSON.parse(bodies[0] ?? '{}') as { sender: { number: string } };
			await expect.poll(sent, 'the answer').toHaveLength(1);
			model.script(
				{ calls: [{ tool: 'Tell_the_Team', arguments: { text: 'Arik wants a person' } }] },
				{ text: 'Somebody will write back.' },
			);
			await control.incoming('chatalo', 'text');
			await expect.poll(sent, 'the message to the team and the answer').toHaveLength(3);
			await control.incoming('chatalo', 'group');
			await control.incoming('chatalo', 'own');
			await sleep(SETTLE_MS);
			expect(sent()).toEqual([
				`${sender.number}: We are open until six.`,
				`${TEAM}: Arik wants a person`,
				`${sender.number}: Somebody will write back.`,
			]);
		});
	} finally {
		await model.close();
	}
};
