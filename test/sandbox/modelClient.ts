import type { Sandbox } from '../../sandbox';

/* Talking to the simulated model as n8n's nodes do. */

export interface Message {
	role: string;
	content?: unknown;
	tool_calls?: Array<{ id: string; type: string; function: { name: string; arguments: string } }>;
	tool_call_id?: string;
}
export interface Completion {
	choices: Array<{ message: Message; finish_reason: string }>;
	usage: { total_tokens: number };
}
export interface Failure {
	error: { message: string; type: string; param: string | null; code: string | null };
}

export const AUTH = { Authorization: 'Bearer any' };

/** A request to the model of a sandbox. */
export async function post(sandbox: Sandbox, path: string, body: unknown, headers: Record<string, string> = AUTH) {
	const response = await fetch(`${sandbox.modelUrl}${path}`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json', ...headers },
		body: typeof body === 'string' ? body : JSON.stringify(body),
	});
	const text = await response.text();
	return { status: response.status, text, type: response.headers.get('content-type') };
}

export const tool = (name: string, description: string, properties: Record<string, unknown> = {}) => ({
	type: 'function',
	function: { name, description, parameters: { type: 'object', properties } },
});
export const KNOWLEDGE = tool('Knowledge', 'Finds what the shop knows', { question: { type: 'string' } });
export const TEAM = tool('Tell_the_Team', 'Sends a text to the team. Use it when you do not know the answer.', {
	text: { type: 'string' },
});

/** The model's answer to a conversation. */
export async function chat(
	sandbox: Sandbox,
	messages: Message[],
	tools: unknown[] = [],
	more: object = {},
): Promise<Message> {
	const { status, text } = await post(sandbox, '/chat/completions', {
		model: 'gpt-5-mini',
		messages,
		tools,
		...more,
	});
	expect([status, text.slice(0, 300)]).toEqual([200, text.slice(0, 300)]);
	const [choice] = (JSON.parse(text) as Completion).choices;
	if (choice === undefined) throw new Error('no choice');
	expect(choice.finish_reason).toBe(choice.message.tool_calls === undefined ? 'stop' : 'tool_calls');
	return choice.message;
}

export const customer = (content: unknown): Message => ({ role: 'user', content });
export const callsOf = ({ tool_calls: calls = [] }: Message) =>
	calls.map(({ function: { name, arguments: given } }) => [name, JSON.parse(given) as unknown]);

/** A conversation in which the model called a tool, which returned this. */
export function afterTool(question: string, name: string, result: unknown): Message[] {
	const call = { id: 'call_1', type: 'function', function: { name, arguments: '{}' } };
	const content = typeof result === 'string' ? result : JSON.stringify(result);
	return [
		customer(question),
		{ role: 'assistant', content: null, tool_calls: [call] },
		{ role: 'tool', tool_call_id: 'call_1', content },
	];
}
