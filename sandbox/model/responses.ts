/* OpenAI's Responses API: https://platform.openai.com/docs/api-reference/responses */
import { z } from 'zod';
import type { Conversation, ModelAnswer, Turn } from './conversation';
import { argumentsOf, content, MAX_TOOLS, MAX_TURNS, name, parsed, refused, textAndPictures } from './input';
import { pieces, tokens, type Written } from './written';

const item = z.union([
	z.object({
		type: z.literal('message').optional(),
		role: z.enum(['system', 'developer', 'user', 'assistant']),
		content,
	}),
	z.object({ type: z.literal('function_call'), call_id: name, name, arguments: z.string() }),
	z.object({ type: z.literal('function_call_output'), call_id: name, output: content.nullish() }),
	z.object({ type: z.literal('reasoning') }),
]);
const request = z.object({
	model: name,
	input: z.union([z.string().min(1), z.array(item).min(1).max(MAX_TURNS)]),
	instructions: z.string().nullish(),
	stream: z.boolean().nullish(),
	tools: z
		.array(
			z.union([
				z.object({
					type: z.literal('function'),
					name,
					description: z.string().nullish(),
					parameters: z.unknown().optional(),
				}),
				// OpenAI's own tools, such as web search: offered, and never used here.
				z.object({ type: z.string().refine((type) => type !== 'function') }),
			]),
		)
		.max(MAX_TOOLS)
		.nullish(),
	tool_choice: z.unknown().optional(),
	text: z.object({ format: z.object({ type: z.string() }).nullish() }).nullish(),
	previous_response_id: z.string().nullish(),
	conversation: z.unknown().optional(),
	background: z.boolean().nullish(),
});

export type ResponsesRequest = z.output<typeof request>;

/**
 * Reads the body of `POST /responses`.
 *
 * @throws a Refusal with status 400 that names the field that is wrong
 */
export function readResponses(body: unknown): { asked: ResponsesRequest; conversation: Conversation } {
	const asked = parsed(request, body);
	refuseUnsupported(asked);
	const system = asked.instructions ? [asked.instructions] : [];
	const turns: Turn[] = [];
	const called = new Map<string, string>();
	const items = typeof asked.input === 'string' ? [{ role: 'user' as const, content: asked.input }] : asked.input;
	for (const each of items) {
		if ('role' in each) {
			const said = textAndPictures(each.content);
			if (each.role === 'system' || each.role === 'developer') system.push(said.text);
			else turns.push({ by: each.role === 'user' ? 'customer' : 'model', ...said, calls: [] });
		} else if (each.type === 'function_call') {
			called.set(each.call_id, each.name);
			const call = { tool: each.name, arguments: argumentsOf(each.arguments) };
			turns.push({ by: 'model', text: '', pictures: [], calls: [call] });
		} else if (each.type === 'function_call_output') {
			const tool = called.get(each.call_id) ?? '';
			turns.push({ by: 'tool', ...textAndPictures(each.output), calls: [], tool });
		}
	}
	const tools = (asked.tool_choice === 'none' ? [] : (asked.tools ?? [])).flatMap((tool) =>
		'name' in tool ? [{ name: tool.name, description: tool.description ?? '', parameters: tool.parameters }] : [],
	);
	return { asked, conversation: { model: asked.model, system: system.join('\n'), turns, tools } };
}

function refuseUnsupported(asked: ResponsesRequest): void {
	const { tool_choice: choice } = asked;
	if (choice !== undefined && choice !== null && choice !== 'auto' && choice !== 'none')
		throw refused("The simulated model supports 'auto' and 'none' only.", { param: 'tool_choice' });
	if (asked.text?.format && asked.text.format.type !== 'text')
		throw refused('The simulated model writes text only.', { param: 'text.format' });
	for (const param of ['previous_response_id', 'conversation'] as const) {
		if (asked[param]) throw refused('The simulated model stores nothing. Send the whole conversation.', { param });
	}
	if (asked.background === true)
		throw refused('The simulated model has no background mode.', { param: 'background' });
}

/** Writes an answer as `POST /responses` returns it: one body, or the events of a stream. */
export function writeResponses(asked: ResponsesRequest, answer: ModelAnswer, ids: () => string): Written {
	const calls = (answer.calls ?? []).map(({ tool, arguments: given }) => ({
		type: 'function_call',
		id: `fc_${ids()}`,
		call_id: `call_${ids()}`,
		name: tool,
		arguments: JSON.stringify(given),
		status: 'completed',
	}));
	const text = answer.text ?? '';
	const part = { type: 'output_text', text, annotations: [], logprobs: [] };
	const message = {
		type: 'message',
		id: `msg_${ids()}`,
		role: 'assistant',
		status: 'completed',
		content: [part],
	};
	const output = calls.length > 0 ? calls : [message];
	const [input, made] = [tokens(JSON.stringify(asked.input)), tokens(JSON.stringify(output))];
	const response = {
		id: `resp_${ids()}`,
		object: 'response',
		created_at: Math.floor(Date.now() / 1000),
		status: 'completed',
		background: false,
		error: null,
		incomplete_details: null,
		instructions: asked.instructions ?? null,
		model: asked.model,
		output,
		parallel_tool_calls: true,
		previous_response_id: null,
		text: { format: { type: 'text' } },
		tool_choice: asked.tool_choice ?? 'auto',
		tools: asked.tools ?? [],
		usage: {
			input_tokens: input,
			input_tokens_details: { cached_tokens: 0 },
			output_tokens: made,
			output_tokens_details: { reasoning_tokens: 0 },
			total_tokens: input + made,
		},
		metadata: {},
	};
	if (asked.stream !== true) return { body: response };
	const begun = { ...response, status: 'in_progress', output: [], usage: null };
	const events: Array<{ type: string } & Record<string, unknown>> = [
		{ type: 'response.created', response: begun },
		{ type: 'response.in_progress', response: begun },
	];
	output.forEach((one, index) => {
		const place = { item_id: one.id, output_index: index };
		if ('arguments' in one) {
			const started = { ...one, arguments: '', status: 'in_progress' };
			events.push({ type: 'response.output_item.added', output_index: index, item: started });
			for (const delta of pieces(one.arguments))
				events.push({ type: 'response.function_call_arguments.delta', ...place, delta });
			events.push({ type: 'response.function_call_arguments.done', ...place, arguments: one.arguments });
		} else {
			const within = { ...place, content_index: 0 };
			const started = { ...one, content: [], status: 'in_progress' };
			events.push({ type: 'response.output_item.added', output_index: index, item: started });
			events.push({ type: 'response.content_part.added', ...within, part: { ...part, text: '' } });
			for (const delta of pieces(text)) events.push({ type: 'response.output_text.delta', ...within, delta });
			events.push({ type: 'response.output_text.done', ...within, text });
			events.push({ type: 'response.content_part.done', ...within, part });
		}
		events.push({ type: 'response.output_item.done', output_index: index, item: one });
	});
	events.push({ type: 'response.completed', response });
	return {
		events: events.map((data, index) => ({ event: data.type, data: { ...data, sequence_number: index } })),
	};
}
