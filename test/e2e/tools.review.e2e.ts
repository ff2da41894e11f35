/* Send and Wait in a real n8n as the review of a person between an agent and its tools. */
import type { ProviderName } from '../../sandbox';
import { providerOf } from '../support/providers';
import { providerNames } from './providers';
import { expect, fact, test as base } from './support/fixtures';
import type { Stage } from './support/stage';
import { sendTool, toolName, ToolWorkflow, type ToolNode } from './support/toolWorkflow';

const PHONE = '6281200000001';
const REVIEWER = '6281200000009';

/** The provider whose tool is reviewed. */
const TOOL = 'wapio';

const test = base.extend<{ workflow: ToolWorkflow }>({
	workflow: async ({ stage, model }, use) => await use(new ToolWorkflow(stage, model, 'e2eReview')),
});

/** A model's call of the reviewed tool. */
const call = (text: string) => {
	const toolParameters = { Phone_Number: PHONE, Text: text };
	return { calls: [{ tool: toolName(TOOL), arguments: { toolParameters, hitlParameters: {} } }] };
};

/** The review through a provider, and the tool behind it. */
function toolsReviewedBy(provider: ProviderName): ToolNode[] {
	// n8n itself sets resource, operation, message and kind of answer.
	const own = Object.entries(providerOf(provider).sendAndWait).filter(
		([name]) => !['resource', 'sendTo'].includes(name),
	);
	const parameters = { ...Object.fromEntries(own), phoneNumber: REVIEWER };
	const review = { name: 'Review', type: `${provider}HitlTool`, parameters };
	return [review, sendTool(TOOL, { reviewedBy: review.name })];
}

/** The links of the latest message to the reviewer. */
function linksTo({ sandbox }: Stage, provider: ProviderName): { approve: string; decline: string } {
	const text = sandbox.control.messages(provider).at(-1)?.text ?? '';
	const [approve = '', decline = ''] = text.match(/https?:\/\/\S+/g) ?? [];
	return { approve, decline };
}

async function press(link: string): Promise<void> {
	expect((await fetch(link, { method: 'POST' })).status, 'status of the answer').toBe(200);
}

test.skip(({ n8nLine }) => n8nLine !== '2', 'n8n 1 has no human review of tools');

for (const reviewer of providerNames) {
	test(`${reviewer}: approved, the tool runs once; declined, it does not, and the model learns of it`, async ({
		stage,
		model,
		workflow,
	}) => {
		const { api } = stage.n8n;
		const sent = (text: string) =>
			stage.sandbox.control.messages(TOOL).filter((message) => message.text === text).length;
		await workflow.setTools(toolsReviewedBy(reviewer));

		const text = `reviewed by ${reviewer}`;
		model.script(call(text), { text: 'Done.' });
		const approved = await workflow.begin();
		await api.waiting(approved);
		expect(sent(text), 'messages before the approval').toBe(0);
		const { approve } = linksTo(stage, reviewer);
		const page = await (await fetch(approve)).text();
		expect(page).toContain(PHONE);
		expect(page).toContain(text);
		expect((await api.execution(approved)).status, 'status after the page was opened').toBe('waiting');
		await press(approve);
		await workflow.expectSuccess(approved);
		expect(sent(text), 'messages').toBe(1);
		const accepted = model.results().filter((result) => !/"error"|rejected/.test(result));
		expect(accepted, model.results().join()).not.toHaveLength(0);

		model.script(call('declined'), { text: 'Done.' });
		const declined = await workflow.begin();
		await api.waiting(declined);
		await press(linksTo(stage, reviewer).decline);
		await workflow.expectSuccess(declined);
		expect(sent('declined'), 'declined messages').toBe(0);
		expect(model.results().join()).toMatch(/rejected/);
	});
}

test('of two reviews in one execution each page shows its own', async ({ stage, model, workflow }) => {
	const { api } = stage.n8n;
	const reviewer = 'whacenter';
	const question = () => stage.sandbox.control.messages(reviewer).at(-1)?.text ?? '';
	await workflow.setTools(toolsReviewedBy(reviewer));
	model.script(call('first of two'), call('second of two'), { text: 'Done.' });
	const id = await workflow.begin();
	await api.waiting(id);
	fact('the message to the reviewer', question());
	await press(linksTo(stage, reviewer).approve);
	await expect.poll(question, 'the second review').toContain('second of two');
	await api.waiting(id);
	const second = linksTo(stage, reviewer).approve;
	const page = await (await fetch(second)).text();
	expect(page).toContain('second of two');
	expect(page).not.toContain('first of two');
	await press(second);
	await workflow.expectSuccess(id);
});

test('a review across a restart of n8n', async ({ stage, model, workflow }) => {
	await workflow.setTools(toolsReviewedBy('whacenter'));
	model.script(call('before a restart'), { text: 'Done.' });
	const id = await workflow.begin();
	await stage.n8n.api.waiting(id);
	await stage.restart();
	// n8n 2.41 itself takes an agent that waits for one that crashed: so this only says what it does.
	const { data } = await stage.n8n.api.execution(id);
	fact('after the restart', data.includes('"WorkflowCrashedError"') ? 'taken for crashed' : 'continues');
});
