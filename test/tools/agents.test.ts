import type { INodeParameters } from 'n8n-workflow';
import { chatalo } from '../providers/chatalo/bench';
import { type AgentCall, type AgentMode, ScriptedAgent, toolOf } from '../support/n8n/agent';
import { type Bench, startProviderBench } from '../support/bench';
import { providers } from '../support/providers';
import type { NodeOptions } from '../support/workflows';

const PHONE = '6281200000001';
const TOOL = 'Send a text';

const fromAI = (key: string, about: string, type = 'string'): string =>
	`={{ $fromAI('${key}', '${about}', '${type}') }}`;
const call = (given: Record<string, unknown>, tool = TOOL): AgentCall => ({ tool, arguments: given });

const modes: AgentMode[] = ['within', 'engine'];
const cases = providers.flatMap(({ name, bench, idempotency }) =>
	// A message that was lost is sent again with the same key.
	modes.map((mode) => ({ name, provider: bench, keyed: idempotency.kind === 'always', mode })),
);

describe.each(cases)('an agent with $name as a tool, run by: $mode', ({ provider, mode, keyed }) => {
	const agent = new ScriptedAgent();
	const type = `${provider.name}Tool`;
	let bench: Bench;
	beforeAll(async () => {
		const nodes = { [provider.name]: provider.node, [type]: toolOf(provider.node), agent };
		bench = await startProviderBench(provider, { nodes });
	});
	afterAll(async () => await bench.close());
	beforeEach(() => {
		bench.sandbox.control.reset();
		bench.sandbox.control.setRateLimit(provider.name, null);
	});

	const sent = () => bench.sandbox.control.messages();
	const tool = (
		parameters: INodeParameters = {},
		more: Partial<NodeOptions> = {},
	): NodeOptions & { nodeName: string } => ({
		type,
		nodeName: TOOL,
		parameters: {
			...bench.sendText,
			phoneNumber: fromAI('phone', 'The number with its country code'),
			text: fromAI('text', 'What to say'),
			...parameters,
		},
		...more,
	});
	const run = async (rounds: AgentCall[][], node = tool()) => await agent.run(bench.engine, mode, [node], rounds);
	const hello = { phone: PHONE, text: 'hello' };

	it('the model sees what it does and what to give, sends once, and reads the outcome', async () => {
		const { tools, answers, result } = await run([[call(hello)]]);
		expect(result.status).toBe('success');
		expect(tools).toEqual([
			{
				name: 'Send_a_text',
				description: expect.stringMatching(/^Send a .*(text|message).* in /) as string,
				arguments: ['phone', 'text'],
			},
		]);
		expect(sent()).toHaveLength(1);
		expect(sent()[0]).toMatchObject({ text: 'hello', recipient: expect.stringContaining(PHONE) as string });
		const [heard = ''] = answers;
		expect(Object.keys((JSON.parse(heard) as object[])[0] ?? {})).not.toHaveLength(0);
		expect(heard).not.toContain('error');
		for (const value of Object.values(provider.credentialFor(''))) {
			if (typeof value === 'string' && value.length > 8 && !/^(http|ws)/.test(value))
				expect(heard).not.toContain(value);
		}
	});

	it('a description of the builder’s own takes the place of ours', async () => {
		const { tools } = await run(
			[],
			tool({ descriptionType: 'manual', toolDescription: 'Tell the customer that the order is ready' }),
		);
		expect(tools[0]?.description).toBe('Tell the customer that the order is ready');
	});

	it('takes a number that is no text, and does without an option that the model leaves out', async () => {
		const number = fromAI('phone', 'The number', 'number');
		// An empty text is what n8n's editor puts where nothing is given.
		const options = { defaultCountry: fromAI('country', 'Its country'), timeLimit: fromAI('limit', 'Seconds') };
		const given = { phone: Number(PHONE), text: 'hello', country: '', limit: '20' };
		const { answers } = await run([[call(given)]], tool({ phoneNumber: number, options }));
		expect(answers[0]).not.toContain('Nothing was sent');
		expect(sent().map(({ text }) => text)).toEqual(['hello']);
	});

	it('a wrong number: nothing is sent, and the model learns how to fix it', async () => {
		const { answers, result } = await run([
			[call({ ...hello, phone: '0812 3456 7890' })],
			[call({ ...hello, text: '' })],
			[call(hello)],
		]);
		expect(result.status).toBe('success');
		expect(answers[0]).toMatch(/Phone Number: .*country.*Nothing was sent/s);
		expect(answers[1]).toMatch(/Text: .*Nothing was sent/s);
		expect(answers[2]).not.toContain('Nothing was sent');
		expect(sent()).toHaveLength(1);
	});

	it('a refusal comes in the provider’s words, with what to do', async () => {
		bench.sandbox.control.fault({ kind: 'status', status: 422, body: { message: 'The text is too rude' } });
		const { answers } = await run([[call(hello)]]);
		expect(answers[0]).toMatch(/refused the request.*Nothing was sent\./s);
		expect(sent()).toHaveLength(0);
	});

	it('the same call again, deliberately, is another message; calls at once are each their own', async () => {
		const retrying = tool({}, { retryOnFail: true, maxTries: 3 });
		const { answers } = await run([[call(hello)], [call(hello)], [call(hello), call(hello)]], retrying);
		expect(answers).toHaveLength(4);
		expect(sent().map(({ text }) => text)).toEqual(['hello', 'hello', 'hello', 'hello']);
	});

	it('a try of Retry On Fail is no other message: what may have been sent is not sent again', async () => {
		bench.sandbox.control.fault({ kind: 'dropAfter', times: keyed ? 5 : 1 });
		const options = keyed ? { options: { retries: 0 } } : {};
		const { answers } = await run([[call(hello)]], tool(options, { retryOnFail: true, maxTries: 3 }));
		expect(sent()).toHaveLength(1);
		expect(answers[0]).toContain('may have been sent');

		// After that a call is a new one again.
		bench.sandbox.control.reset();
		await run([[call(hello)]], tool(options, { retryOnFail: true, maxTries: 3 }));
		expect(sent()).toHaveLength(1);
	});

	it('a lost answer of one call is no answer to the next', async () => {
		bench.sandbox.control.fault({ kind: 'dropAfter', times: keyed ? 5 : 1 });
		const options = keyed ? { options: { retries: 0 } } : {};
		const { answers } = await run([[call(hello)], [call({ ...hello, text: 'and again' })]], tool(options));
		expect(answers[0]).toContain('may have been sent');
		expect(sent().map(({ text }) => text)).toContain('hello');
		if (!keyed) expect(sent().map(({ text }) => text)).toEqual(['hello', 'and again']);
	});

	it('waiting for a response is refused where the agent could not wait, before anything is sent', async () => {
		if (mode === 'engine') return;
		const ask = tool({ operation: 'sendAndWait', message: fromAI('text', 'What to ask') });
		const { answers } = await run([[call(hello)]], ask);
		expect(answers[0]).toMatch(/cannot wait inside this agent.*Nothing was sent/s);
		expect(bench.sandbox.control.requests()).toHaveLength(0);
	});
});

describe('what is in the workflow', () => {
	const agent = new ScriptedAgent();
	let bench: Bench;
	beforeAll(async () => {
		const nodes = { chatalo: chatalo.node, chataloTool: toolOf(chatalo.node), agent };
		bench = await startProviderBench(chatalo, { nodes });
	});
	afterAll(async () => await bench.close());

	it('within an agent, $json is what came into the agent, whatever the model calls its arguments', async () => {
		const parameters = {
			...bench.sendText,
			phoneNumber: '={{ $json.phone }}',
			text: fromAI('phone', 'What to say'),
		};
		const tool = { type: 'chataloTool', nodeName: TOOL, parameters };
		await agent.run(bench.engine, 'within', [tool], [[call({ phone: '6281299999999' })]], {
			items: [{ json: { phone: PHONE } }],
		});
		expect(bench.sandbox.control.messages()).toMatchObject([{ recipient: PHONE, text: '6281299999999' }]);
	});
});
