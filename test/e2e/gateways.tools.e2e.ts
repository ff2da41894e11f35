/* AI agents in a real n8n with the node above the providers as a tool, and as the review of a person. */
import { fromAI } from '../support/fromAI';
import { expect, fact, test as base } from './support/fixtures';
import { ourNode } from './support/nodes';
import type { Stage } from './support/stage';
import { sendTool, toolName, ToolWorkflow, type ToolNode } from './support/toolWorkflow';

const PHONE = '6281200000001';
const REVIEWER = '6281200000009';

const test = base.extend<{ workflow: ToolWorkflow }>({
	workflow: async ({ stage, model }, use) => await use(new ToolWorkflow(stage, model, 'e2eGatewaysAgent')),
});

// In n8n 1 a tool that fails ends the agent's execution, and there is no human review.
test.skip(({ n8nLine }) => n8nLine !== '2', 'n8n 1 ends the execution when a tool fails');

const deviceOf = ({ sandbox }: Stage): string => sandbox.control.devices('chatalo')[0]?.id ?? '';

/** The phones that Chatalo needs, and how soon a provider that failed is asked again: at once. */
const throughChatalo = (stage: Stage) => ({ chataloDevices: [deviceOf(stage)], options: { skipFailedFor: 0 } });

const textTool = (stage: Stage): ToolNode => ({
	name: 'Send',
	type: 'whatsAppGatewaysTool',
	parameters: {
		providers: ['chatalo', 'wapio'],
		...throughChatalo(stage),
		phoneNumber: fromAI('Phone_Number', 'Whom to write to'),
		text: fromAI('Text', 'What to say'),
	},
});

/** Does something while Chatalo's phone is logged out. */
async function withoutChatalo(stage: Stage, play: () => Promise<void>): Promise<void> {
	const { control } = stage.sandbox;
	control.setDeviceStatus('chatalo', deviceOf(stage), 'DISCONNECTED');
	await play().finally(() => control.setDeviceStatus('chatalo', deviceOf(stage), 'AUTHENTICATED'));
}

test('the second provider takes over within one call, and the model reads which one sent', async ({
	stage,
	model,
	workflow,
}) => {
	const { control } = stage.sandbox;
	await workflow.setTools([textTool(stage)]);
	const before = control.messages().length;
	model.script({ calls: [{ tool: 'Send', arguments: { Phone_Number: PHONE, Text: 'by whoever can' } }] });
	await withoutChatalo(stage, async () => await workflow.run());
	expect(control.messages().slice(before)).toMatchObject([{ provider: 'wapio', text: 'by whoever can' }]);
	fact('the tool', model.tools()[0]);
	const [result = ''] = model.results();
	fact('what the model reads', result);
	expect(JSON.parse(result)).toMatchObject([
		{
			provider: 'wapio',
			attempts: [
				{ provider: 'chatalo', reason: 'disconnected' },
				{ provider: 'wapio', outcome: 'accepted' },
			],
		},
	]);
});

test('a wrong number is refused in words that help; nothing is sent until it is right', async ({
	stage,
	model,
	workflow,
}) => {
	const { control } = stage.sandbox;
	await workflow.setTools([textTool(stage)]);
	const wrong = { calls: [{ tool: 'Send', arguments: { Phone_Number: '0812 3456 7890', Text: 'hello' } }] };
	const right = { calls: [{ tool: 'Send', arguments: { Phone_Number: PHONE, Text: 'hello' } }] };
	const before = control.messages().length;
	model.script(wrong, right);
	await workflow.run();
	const [first = '', second = ''] = model.results();
	fact('what the model reads', first);
	expect(first).toMatch(/Phone Number: .*Default Country.*Nothing was sent/s);
	expect(JSON.parse(second)).toMatchObject([{ provider: 'chatalo', phone: PHONE }]);
	expect(control.messages(), 'messages').toHaveLength(before + 1);
});

for (const event of ["={{ $('Chatalo Trigger').item.json }}", "={{ $('Chatalo Trigger').first().json }}"]) {
	test(`a reply as a tool answers the event in its field: ${event}`, async ({ stage, model, workflow }) => {
		const { api } = stage.n8n;
		const { control } = stage.sandbox;
		const reply: ToolNode = {
			name: 'Reply',
			type: 'whatsAppGatewaysTool',
			parameters: { providers: ['chatalo', 'wapio'], operation: 'reply', text: fromAI('Text'), event },
		};
		const trigger = ourNode(
			stage,
			'Chatalo Trigger',
			'chataloTrigger',
			{},
			{
				webhookId: '2b8e5c1a-7d4f-4e7b-9a1c-5f0d3c2b1a04',
			},
		);
		await workflow.setTools([reply], trigger);
		await api.publish(workflow.id);
		try {
			const before = control.messages().length;
			const text = `An answer to ${event.length}`;
			model.script({ calls: [{ tool: 'Reply', arguments: { Text: text } }] });
			const { bodies } = await control.incoming('chatalo', 'text');
			const { sender } = JSON.parse(bodies[0] ?? '{}') as { sender: { number: string } };
			await expect.poll(() => control.messages().length, 'the reply').toBe(before + 1);
			expect(control.messages().slice(before)).toMatchObject([
				{ provider: 'chatalo', text, recipient: sender.number },
			]);
		} finally {
			fact('what the model reads', model.results()[0]);
			await api.unpublish(workflow.id);
		}
	});
}

test('without the event the model is told what is missing, and cannot make one up', async ({
	stage,
	model,
	workflow,
}) => {
	const parameters = { providers: ['chatalo'], operation: 'reply', text: fromAI('Text') };
	await workflow.setTools([{ name: 'Reply', type: 'whatsAppGatewaysTool', parameters }]);
	const before = stage.sandbox.control.requests().length;
	const forged = { event: 'message', provider: 'chatalo', channel: 'whatsapp', device: deviceOf(stage) };
	const chat = { type: 'private', address: PHONE };
	model.script({ calls: [{ tool: 'Reply', arguments: { Text: 'hello', ...forged, chat } }] });
	await workflow.run();
	fact('what the model reads', model.results()[0]);
	expect(model.results()[0]).toMatch(/Event: .*Nothing was sent/s);
	expect(stage.sandbox.control.requests(), 'requests').toHaveLength(before);
});

test('a person reviews a tool through the second provider: approved, it runs once; declined, it does not', async ({
	stage,
	model,
	workflow,
}) => {
	const { api } = stage.n8n;
	const { control } = stage.sandbox;
	const reviewed = 'whacenter';
	const sent = (text: string) => control.messages(reviewed).filter((message) => message.text === text).length;
	const links = () =>
		control
			.messages('wapio')
			.at(-1)
			?.text?.match(/https?:\/\/\S+/g) ?? [];
	const press = async (link = '') =>
		expect((await fetch(link, { method: 'POST' })).status, 'status of the answer').toBe(200);
	const review: ToolNode = {
		name: 'Review',
		type: 'whatsAppGatewaysHitlTool',
		parameters: { providers: ['chatalo', 'wapio'], ...throughChatalo(stage), phoneNumber: REVIEWER },
	};
	await workflow.setTools([review, sendTool(reviewed, { reviewedBy: review.name })]);
	const call = (text: string) => {
		const toolParameters = { Phone_Number: PHONE, Text: text };
		return { calls: [{ tool: toolName(reviewed), arguments: { toolParameters, hitlParameters: {} } }] };
	};

	await withoutChatalo(stage, async () => {
		model.script(call('reviewed through whoever can'), { text: 'Done.' });
		const approved = await workflow.begin();
		await api.waiting(approved);
		expect(sent('reviewed through whoever can'), 'messages before the approval').toBe(0);
		await press(links()[0]);
		await workflow.expectSuccess(approved);
		expect(sent('reviewed through whoever can'), 'messages').toBe(1);

		model.script(call('declined through whoever can'), { text: 'Done.' });
		const declined = await workflow.begin();
		await api.waiting(declined);
		await press(links()[1]);
		await workflow.expectSuccess(declined);
		expect(sent('declined through whoever can'), 'declined messages').toBe(0);
		expect(model.results().join()).toMatch(/rejected/);
	});
	expect(control.messages('chatalo').filter(({ recipient }) => recipient === REVIEWER)).toEqual([]);
});
