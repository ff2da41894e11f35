/* The workflows that share one number, and those that they call. */
import { type ProviderDefinition, providers } from '../../sandbox';
import { arrive, published } from './receiving';
import { expect, type Play } from './stage';

/** One message for each of the two workflows, and events that nobody wrote. */
export const severalWorkflows: Play = async (stage) =>
	await published(stage, async (workflow) => {
		const { say, notice } = stage;
		const { control } = stage.sandbox;
		const before = control.messages().length;
		const replies = () => control.messages().slice(before);
		for (const [message, words] of [
			['Order 1234, please', 'order 1234'],
			['Are you open on Sunday?', 'thank you'],
		] as const) {
			await arrive(stage, workflow, 'text', { times: 2, overrides: { message } });
			say(`← "${message}", delivered twice`);
			expect(replies().at(-1)?.text?.toLowerCase().includes(words), true, `"${words}" in the reply`);
		}
		const { events }: ProviderDefinition = providers[stage.provider];
		for (const event of ['own', 'echo', 'group', 'reaction'].filter((name) => events.includes(name))) {
			await arrive(stage, workflow, event);
			say(`← ${event}: no reply`);
		}
		notice('One number, one trigger: questions about orders and all others go to different workflows.');
		return 2;
	});

/** A workflow that others call replies to the message it gets. */
export const called: Play = async ({ engine, file, notice }) => {
	const start = file.nodes.find(({ type }) => type === 'n8n-nodes-base.executeWorkflowTrigger');
	const message = { event: 'message', text: 'Order 77', sender: { phone: '6281200000001', name: 'Ahmad' } };
	const { error } = await engine.runWorkflow(file, { startNode: start?.name, items: [{ json: message }] });
	if (error) throw error;
	notice('Called by the other workflow with one message, it sends one reply.');
	return 1;
};
