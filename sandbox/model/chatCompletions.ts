/* OpenAI's chat completions: https://platform.openai.com/docs/api-reference/chat */
import { z } from 'zod';
import type { Conversation, ModelAnswer, Turn } from './conversation';
import {
	argumentsOf,
	content,
	type ContentInput,
	MAX_TOOLS,
	MAX_TURNS,
	name,
	parsed,
	refused,
	textAndPictures,
} from './input';
import { pieces, tokens, type Written } from './written';

const calledFunction = z.object({ name, arguments: z.string() });
const message = z.object({
	role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
	content: content.nullish(),
	tool_calls: z
		.array(z.object({ id: name, function: calledFunction }))
		.max(MAX_TOOLS)
		.nullish(),
	tool_call_id: name.optional(),
});
const request = z.object({
	model: name,
	messages: z.array(message).min(1).max(MAX_TURNS),
	stream: z.boolean().nullish(),
	stream_options: z.object({ include_usage: z.boolean().optional() }).nullish(),
	tools: z
		.array(
			z.object({
				type: z.literal('function'),
				function: z.object({
					name,
					description: z.string().optional(),
					parameters: z.unknown().optional(),
				}),
			}),
		)
		.max(MAX_TOOLS)
		.nullish(),
	tool_choice: z.unknown().optional(),
	response_format: z.object({ type: z.string() }).nullish(),
});

export type ChatRequest = z.output<typeof request>;

/**
 * Reads the body of `POST /chat/completions`.
 *
 * @throws a Refusal with status 400 that names the field that is wrong
 */
export function readChat(body: unknown): { asked: ChatRequest; conversation: Conversation } {
	const asked = parsed(request, body);
	const { tool_choice: choice, response_format: format } = asked;
	if (choice !== undefined && choice !== null && choice !== 'auto' && choice !== 'none')
		throw refused("The simulated model supports 'auto' and 'none' only.", { param: 'tool_choice' });
	if (format && format.type !== 'text')
		throw refused('The simulated model writes text only.', { param: 'response_format' });
	const tools = choice === 'none' ? [] : (asked.tools ?? []);
	const system: string[] = [];
	const turns: Turn[] = [];
	const called = new Map<string, string>();
	for (const each of asked.messages) {
		const said = textAndPictures(each.content satisfies ContentInput | null | undefined);
		const calls = each.tool_calls ?? [];
		for (const { id, function: call } of calls) called.set(id, call.name);
		if (each.role === 'system' || each.role === 'developer') system.push(said.text);
		else if (each.role === 'tool')
			turns.push({ by: 'tool', ...said, calls: [], tool: called.get(each.tool_call_id ?? '') ?? '' });
		else
			turns.push({
				by: each.role === 'user' ? 'customer' : 'model',
				...said,
				calls: calls.map(({ function: call }) => ({
					tool: call.name,
					arguments: argumentsOf(call.arguments),
				})),
			});
	}
	return {
		asked,
		conversation: {
			model: asked.model,
			system: system.join('\n'),
			turns,
			tools: tools.map(({ function: { name: tool, description = '', parameters } }) => ({
				name: tool,
				description,
				parameters,
			})),
		},
	};
}

/** Writes an answer as `POST /chat/completions` returns it: one body, or the chunks of a stream. */
export function writeChat(asked: ChatRequest, answer: ModelAnswer, ids: () => string): Written {
	const calls = (answer.calls ?? []).map(({ tool, arguments: given }) => ({
		id: `call_${ids()}`,
		type: 'function',
		function: { name: tool, arguments: JSON.stringify(given) },
	}));
	const isCall = calls.length > 0;
	const text = isCall ? null : (answer.text ?? '');
	const finish = isCall ? 'tool_calls' : 'stop';
	const common = { id: `chatcmpl-${ids()}`, created: Math.floor(Date.now() / 1000), model: asked.model };
	const [prompt, completion] = [tokens(JSON.stringify(asked.messages)), tokens(text ?? JSON.stringify(calls))];
	const usage = {
		prompt_tokens: prompt,
		completion_tokens: completion,
		total_tokens: prompt + completion,
	};
	if (asked.stream !== true) {
		const whole = { role: 'assistant', content: text, refusal: null, ...(isCall ? { tool_calls: calls } : {}) };
		const choices = [{ index: 0, message: whole, logprobs: null, finish_reason: finish }];
		return { body: { ...common, object: 'chat.completion', choices, usage } };
	}
	const chunk = (delta: object, reason: string | null = null): object => ({
		...common,
		object: 'chat.completion.chunk',
		choices: [{ index: 0, delta, finish_reason: reason }],
	});
	// As OpenAI streams it: a call's name first, its arguments piece by piece.
	const deltas = calls.flatMap((call, index) => [
		chunk({ tool_calls: [{ index, ...call, function: { name: call.function.name, arguments: '' } }] }),
		...pieces(call.function.arguments).map((piece) =>
			chunk({ tool_calls: [{ index, function: { arguments: piece } }] }),
		),
	]);
	return {
		events: [
			{ data: chunk({ role: 'assistant', content: isCall ? null : '' }) },
			...deltas.map((data) => ({ data })),
			...pieces(text ?? '').map((piece) => ({ data: chunk({ content: piece }) })),
			{ data: chunk({}, finish) },
			...(asked.stream_options?.include_usage === true
				? [{ data: { ...common, object: 'chat.completion.chunk', choices: [], usage } }]
				: []),
			{ data: '[DONE]' },
		],
	};
}
