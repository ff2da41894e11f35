/* A language model that says what a test tells it to: OpenAI's chat completions, as far as n8n's OpenAI Chat Model needs them. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the model answers: tool calls, or a text if there are none. */
interface ModelAnswer {
	text?: string;
	calls?: Array<{ tool: string; arguments: unknown }>;
}

/** A tool as a model sees it. */
interface OfferedTool {
	name: string;
	description: string;
	/** JSON Schema of the arguments. */
	parameters: { properties?: Record<string, { type?: string; description?: string }>; required?: string[] };
}

interface ModelRequest {
	stream?: boolean;
	tools?: Array<{ function: OfferedTool }>;
	messages: Array<{ role: string; content: unknown }>;
}

/** The model and the requests it got. */
export interface ScriptedModel {
	/** The base URL for a credential. */
	url: string;
	/** Sets the next answers; after those it says "Done." Forgets earlier requests. */
	script(...answers: ModelAnswer[]): void;
	/** The tools that were offered in the latest request. */
	tools(): OfferedTool[];
	/** What the tools returned, according to the latest request. */
	results(): string[];
	close(): Promise<void>;
}

/** Starts the model on a free port of 127.0.0.1. */
export async function startModel(): Promise<ScriptedModel> {
	const requests: ModelRequest[] = [];
	const answers: ModelAnswer[] = [];
	let calls = 0;
	const server = createServer((request, response) => {
		void bodyOf(request).then((body) => {
			if (!request.url?.endsWith('/chat/completions'))
				return json(response, { object: 'list', data: [{ id: 'scripted', object: 'model' }] });
			const asked = JSON.parse(body) as ModelRequest;
			requests.push(asked);
			const { text = 'Done.', calls: wanted = [] } = answers.shift() ?? {};
			const toolCalls = wanted.map(({ tool, arguments: given }, index) => ({
				index,
				id: `call_${++calls}`,
				type: 'function',
				function: { name: tool, arguments: JSON.stringify(given) },
			}));
			const isCall = toolCalls.length > 0;
			const message = {
				role: 'assistant',
				content: isCall ? null : text,
				...(isCall ? { tool_calls: toolCalls } : {}),
			};
			complete(response, asked.stream === true, message, isCall ? 'tool_calls' : 'stop');
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		script(...next) {
			requests.length = 0;
			answers.splice(0, answers.length, ...next);
		},
		tools: () => requests.at(-1)?.tools?.map(({ function: tool }) => tool) ?? [],
		results: () =>
			(requests.at(-1)?.messages ?? [])
				.filter(({ role }) => role === 'tool')
				.map(({ content }) => (typeof content === 'string' ? content : JSON.stringify(content))),
		async close() {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}

function complete(response: ServerResponse, isStream: boolean, message: object, reason: string): void {
	const common = { id: 'answer', created: 0, model: 'scripted' };
	const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
	if (!isStream) {
		return json(response, {
			...common,
			object: 'chat.completion',
			choices: [{ index: 0, message, finish_reason: reason }],
			usage,
		});
	}
	const chunk = {
		...common,
		object: 'chat.completion.chunk',
		choices: [{ index: 0, delta: message, finish_reason: reason }],
	};
	response
		.writeHead(200, { 'content-type': 'text/event-stream' })
		.end(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`);
}

function json(response: ServerResponse, body: unknown): void {
	response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString();
}
