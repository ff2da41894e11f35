/** The node as a tool of an AI agent, whoever runs it: what the model gives, reads, and cannot decide. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { WhatsAppGateways } from '../../nodes/WhatsAppGateways/WhatsAppGateways.node';
import { chataloAccount } from '../../sandbox';
import { type AgentMode, ScriptedAgent, toolOf } from '../support/n8n/agent';
import { fromAI } from '../support/fromAI';
import { type RoutingBench, startRoutingBench, through } from './bench';

const TOOL = 'The tool';
const PHONE = '6281200000001';
const STRANGER = '6289999999999';

const event: IDataObject = {
	event: 'message',
	provider: 'wapio',
	channel: 'whatsapp',
	device: null,
	chat: { type: 'private', address: PHONE },
	messageId: null,
};

const agent = new ScriptedAgent();
let bench: RoutingBench;
beforeAll(async () => {
	bench = await startRoutingBench({ nodes: { agent, whatsAppGatewaysTool: toolOf(WhatsAppGateways) } });
});
afterAll(async () => await bench.close());
beforeEach(() => bench.reset());

interface Case {
	name: string;
	parameters: INodeParameters;
	/** What the model gives. */
	given: Record<string, unknown>;
	/** What it gives wrong first, and what it reads of that. */
	wrong: Record<string, unknown>;
	refusal: RegExp;
	/** What it reads when that is put right. */
	output: object;
	/** How many messages go out. */
	messages: number;
}

const person = { sendTo: 'person', phoneNumber: fromAI('Phone_Number', 'With its country code') };

const cases: Case[] = [
	{
		name: 'Send Text',
		parameters: { ...person, operation: 'sendText', text: fromAI('Text') },
		given: { Phone_Number: PHONE, Text: 'hello' },
		wrong: { Phone_Number: '0812 3456 7890', Text: 'hello' },
		refusal: /Phone Number: .*Default Country.*Nothing was sent/s,
		output: { provider: 'wapio', phone: PHONE, messageId: expect.any(String) as string },
		messages: 1,
	},
	{
		name: 'Send File',
		parameters: {
			...person,
			operation: 'sendFile',
			mediaSource: 'url',
			fileUrl: fromAI('File_URL'),
			caption: fromAI('Caption'),
		},
		given: { Phone_Number: PHONE, File_URL: 'https://example.com/invoice.pdf', Caption: 'Your invoice' },
		wrong: { Phone_Number: PHONE, File_URL: 'the invoice', Caption: 'Your invoice' },
		refusal: /File URL: .*Nothing was sent/s,
		output: { provider: 'wapio', phone: PHONE, messageId: expect.any(String) as string },
		messages: 1,
	},
	{
		name: 'Check Number',
		parameters: { phoneNumber: person.phoneNumber, resource: 'contact', operation: 'checkNumber' },
		given: { Phone_Number: PHONE },
		wrong: { Phone_Number: 'Andi' },
		refusal: /Phone Number: /,
		output: { provider: 'wapio', phone: PHONE, exists: true },
		messages: 0,
	},
	{
		name: 'Reply',
		parameters: { operation: 'reply', text: fromAI('Text'), event: JSON.stringify(event) },
		given: { Text: 'hello' },
		wrong: { Text: '' },
		refusal: /Text: .*Nothing was sent/s,
		output: { provider: 'wapio', phone: PHONE, messageId: expect.any(String) as string },
		messages: 1,
	},
];

async function call(mode: AgentMode, parameters: INodeParameters, ...rounds: Array<Record<string, unknown>>) {
	const node = {
		type: 'whatsAppGatewaysTool',
		nodeName: TOOL,
		parameters: { resource: 'message', options: { retries: 0, skipFailedFor: 0 }, ...parameters },
	};
	return await agent.run(
		bench.engine,
		mode,
		[node],
		rounds.map((given) => [{ tool: TOOL, arguments: given }]),
	);
}

describe.each<AgentMode>(['within', 'engine'])('run by the agent or the engine: %s', (mode) => {
	describe.each(cases)('$name', ({ parameters, given, wrong, refusal, output, messages }) => {
		it('says what it does, asks for what the builder left to the model, and for nothing else', async () => {
			const { tools } = await call(mode, { ...through('wapio'), ...parameters });
			expect(tools).toEqual([
				{
					name: 'The_tool',
					description: expect.stringMatching(/^[A-Z].* in WhatsApp Gateways$/) as string,
					arguments: Object.keys(given),
				},
			]);
		});

		it('a wrong value is refused in words that help, and nothing is sent until it is right', async () => {
			const { answers } = await call(mode, { ...through('wapio'), ...parameters }, wrong, given);
			expect(answers[0]).toMatch(refusal);
			expect(JSON.parse(answers[1] ?? '')).toMatchObject([output]);
			expect(bench.sandbox.control.messages()).toHaveLength(messages);
			const secrets = Object.values(bench.credentials).flatMap((values) => Object.values(values).map(String));
			for (const secret of secrets.filter((value) => value.length > 8 && !/^(http|ws)/.test(value))) {
				expect(answers.join()).not.toContain(secret);
			}
		});
	});

	// A reply has one way.
	it.each(cases.slice(0, -1))(
		'$name: the next provider takes over in the same call',
		async ({ parameters, given, output, messages }) => {
			bench.sandbox.control.setDeviceStatus('chatalo', chataloAccount.devices.authenticated, 'DISCONNECTED');
			bench.sandbox.control.fault({ kind: 'status', status: 401, provider: 'chatalo', times: Infinity });
			const { answers } = await call(mode, { ...through('chatalo', 'wapio'), ...parameters }, given);
			expect(JSON.parse(answers[0] ?? '')).toMatchObject([
				{ ...output, attempts: [{ provider: 'chatalo' }, { provider: 'wapio', outcome: 'accepted' }] },
			]);
			expect(bench.accepted()).toEqual(messages === 0 ? {} : { wapio: messages });
		},
	);

	it('says that the message may have been sent when an answer was lost, and sends it nowhere else', async () => {
		bench.sandbox.control.fault({ kind: 'dropAfter', provider: 'chatalo' });
		const [{ parameters, given } = { parameters: {}, given: {} }] = cases;
		const { answers } = await call(mode, { ...through('chatalo', 'wapio'), ...parameters }, given);
		expect(answers[0]).toMatch(/may have been sent.*Check the chat before resending/s);
		expect(bench.accepted()).toEqual({ chatalo: 1 });
	});

	it('replies to the event in its field alone: what the model gives is no event', async () => {
		const forged = { ...event, chat: { type: 'private', address: STRANGER }, Text: 'hello' };
		const reply = { ...through('wapio'), operation: 'reply', text: fromAI('Text') };
		const { answers } = await call(mode, reply, forged);
		expect(answers[0]).toMatch(/Event: .*Set Event to the whole item of the trigger.*Nothing was sent/s);
		expect(bench.sandbox.control.requests()).toEqual([]);
		const { answers: replied } = await call(mode, { ...reply, event: JSON.stringify(event) }, forged);
		expect(JSON.parse(replied[0] ?? '')).toMatchObject([{ phone: PHONE }]);
	});
});
