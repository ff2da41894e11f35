import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type RunningModel, startModel } from '../../sandbox/model';
import { SAMPLE_TRANSCRIPT } from '../../sandbox/model/transcript';
import { png, samples } from '../../sandbox/samples';
import { useSandbox } from './client';
import { AUTH, type Completion, customer, type Failure, KNOWLEDGE, type Message, post as postTo } from './modelClient';

const sandbox = useSandbox();
const post = async (path: string, body: unknown, headers?: Record<string, string>) =>
	await postTo(sandbox(), path, body, headers);

describe('voice notes', () => {
	const transcribe = async (bytes: Uint8Array, more: Record<string, string> = { model: 'whisper-1' }) => {
		const form = new FormData();
		for (const [name, value] of Object.entries(more)) form.append(name, value);
		form.append('file', new Blob([new Uint8Array(bytes)], { type: 'audio/ogg' }), 'voice.ogg');
		const response = await fetch(`${sandbox().modelUrl}/audio/transcriptions`, {
			method: 'POST',
			headers: AUTH,
			body: form,
		});
		return { status: response.status, text: await response.text() };
	};

	it('have a transcript if they are the sample, and else it says that it cannot hear', async () => {
		expect(await transcribe(samples.ogg())).toEqual({
			status: 200,
			text: JSON.stringify({ text: SAMPLE_TRANSCRIPT }),
		});
		const other = await transcribe(Buffer.from('no audio'));
		expect(other.text).toContain('(The simulated model cannot hear. This recording has 8 bytes of type audio/ogg.');
		const plain = await transcribe(samples.ogg(), { model: 'whisper-1', response_format: 'text' });
		expect(plain.text).toBe(SAMPLE_TRANSCRIPT);
	});

	it('are refused without a model, without a file, and beyond 25 MB', async () => {
		expect((await transcribe(samples.ogg(), {})).status).toBe(400);
		const form = new FormData();
		form.append('model', 'whisper-1');
		form.append('file', 'no file');
		const noFile = await fetch(`${sandbox().modelUrl}/audio/transcriptions`, {
			method: 'POST',
			headers: AUTH,
			body: form,
		});
		expect([noFile.status, ((await noFile.json()) as Failure).error.param]).toEqual([400, 'file']);
		const large = await transcribe(Buffer.alloc(26 * 1024 * 1024));
		expect([large.status, (JSON.parse(large.text) as Failure).error.message]).toEqual([
			413,
			expect.stringMatching(/^Maximum content size/),
		]);
		expect((await post('/audio/transcriptions', { model: 'whisper-1' })).status).toBe(400);
	});
});

describe('what it refuses, in the form of OpenAI', () => {
	const question = [customer('Hi')];
	const refusal = async (path: string, body: unknown, headers?: Record<string, string>) => {
		const { status, text, type } = await post(path, body, headers);
		expect(type).toMatch(/json/);
		return { status, error: (JSON.parse(text) as Failure).error };
	};

	it.each<Record<string, string>>([
		{},
		{ Authorization: '' },
		{ Authorization: 'Bearer ' },
		{ Authorization: 'Basic abc' },
	])('no key: %j', async (headers) => {
		const { status, error } = await refusal('/chat/completions', { model: 'a', messages: question }, headers);
		expect([status, error.type, error.code]).toEqual([401, 'invalid_request_error', null]);
		expect(error.message).toMatch(/^You didn't provide an API key/);
	});

	it.each<[string, string, unknown, string]>([
		['no messages', '/chat/completions', { model: 'a' }, 'messages'],
		['an empty list of messages', '/chat/completions', { model: 'a', messages: [] }, 'messages'],
		['a list as body', '/chat/completions', [], ''],
		['null as body', '/chat/completions', 'null', 'model'],
		['an unknown role', '/chat/completions', { model: 'a', messages: [{ role: 'god' }] }, 'messages.0.role'],
		['a number as content', '/chat/completions', { model: 'a', messages: [customer(1)] }, 'messages.0.content'],
		[
			'a part that it cannot read',
			'/chat/completions',
			{ model: 'a', messages: [customer([{ type: 'input_audio' }])] },
			'messages.0.content',
		],
		[
			'a forced tool',
			'/chat/completions',
			{ model: 'a', messages: question, tool_choice: 'required' },
			'tool_choice',
		],
		[
			'a JSON format',
			'/chat/completions',
			{ model: 'a', messages: question, response_format: { type: 'json_object' } },
			'response_format',
		],
		['no input', '/responses', { model: 'a' }, 'input'],
		['a stored conversation', '/responses', { model: 'a', input: 'Hi', conversation: 'c' }, 'conversation'],
		['an item of no kind', '/responses', { model: 'a', input: [{ type: 'function_call' }] }, 'input'],
		['a background run', '/responses', { model: 'a', input: 'Hi', background: true }, 'background'],
		[
			'a JSON format',
			'/responses',
			{ model: 'a', input: 'Hi', text: { format: { type: 'json_object' } } },
			'text.format',
		],
	])('%s', async (_name, path, body, param) => {
		const { status, error } = await refusal(path, body);
		expect([status, error.type]).toEqual([400, 'invalid_request_error']);
		expect(error.param).toMatch(new RegExp(`^${param}`));
	});

	it('a body that is no JSON, one of another type, and one that is too large', async () => {
		expect((await refusal('/chat/completions', '{"model":')).status).toBe(400);
		expect((await refusal('/chat/completions', '{"__proto__":{"a":1}}')).status).toBe(400);
		expect((await refusal('/chat/completions', 'a', { ...AUTH, 'Content-Type': 'text/xml' })).status).toBe(415);
		expect((await refusal('/chat/completions', `"${'a'.repeat(33 * 1024 * 1024)}"`)).status).toBe(413);
	});

	it('an address that it does not have', async () => {
		const { status, error } = await refusal('/embeddings', {});
		expect([status, error.message]).toEqual([404, 'Invalid URL (POST /model/v1/embeddings)']);
	});
});

describe('the Responses API', () => {
	interface Output {
		output: Array<{ type: string; name?: string; arguments?: string; content?: Array<{ text: string }> }>;
		status: string;
	}
	const respond = async (body: object): Promise<Output['output']> => {
		const { status, text } = await post('/responses', { model: 'gpt-5-mini', ...body });
		expect([status, text.slice(0, 300)]).toEqual([200, text.slice(0, 300)]);
		const { output, status: state } = JSON.parse(text) as Output;
		expect(state).toBe('completed');
		return output;
	};
	const { name, description, parameters } = KNOWLEDGE.function;
	const flat = { type: 'function', name, description, parameters };

	it('answers the same as the other one', async () => {
		const [hello] = await respond({ input: 'Hello!' });
		expect(hello?.content?.[0]?.text).toMatch(/^Hello!/);
		const tools = [{ type: 'web_search' }, flat];
		const [call] = await respond({ input: [{ role: 'user', content: 'Do you deliver?' }], tools });
		expect([call?.type, call?.name, call?.arguments]).toEqual([
			'function_call',
			'Knowledge',
			'{"question":"Do you deliver?"}',
		]);
		const [answer] = await respond({
			instructions: 'Be nice.',
			input: [
				{ role: 'user', content: [{ type: 'input_text', text: 'Do you deliver?' }] },
				{ type: 'reasoning', id: 'rs_1', summary: [] },
				{ type: 'function_call', call_id: 'c', name: 'Knowledge', arguments: '{}' },
				{ type: 'function_call_output', call_id: 'c', output: '[{"title":"Delivery","text":"2 days"}]' },
			],
			tools,
		});
		expect(answer?.content?.[0]?.text).toContain('**Delivery**\n\n2 days');
	});

	it('looks at a picture, as Analyze Image sends it', async () => {
		const image = `data:image/png;base64,${png(20, 10, [255, 255, 255]).toString('base64')}`;
		const content = [
			{ type: 'input_text', text: "What's in this image?" },
			{ type: 'input_image', detail: 'auto', image_url: image },
		];
		const [answer] = await respond({ input: [{ role: 'user', content }], max_output_tokens: 300 });
		expect(answer?.content?.[0]?.text).toContain('**20 × 10 pixels**, mostly **white**');
	});
});

/* The client library that n8n's own nodes use, where n8n is installed. */
const n8nNodes = path.join(__dirname, '../../tools/n8n/node_modules/@n8n/n8n-nodes-langchain/package.json');
const client = existsSync(n8nNodes) ? describe : describe.skip;

interface OpenAiClient {
	models: { list(): Promise<{ data: Array<{ id: string }> }> };
	chat: {
		completions: {
			create(body: Record<string, unknown> & { stream?: false }): Promise<Completion>;
			create(
				body: Record<string, unknown> & { stream: true },
			): Promise<
				AsyncIterable<{ choices: Array<{ delta: Message & { tool_calls?: unknown[] } }>; usage?: object }>
			>;
		};
	};
	responses: {
		stream(body: object): AsyncIterable<{ type: string }> & {
			finalResponse(): Promise<{ output_text: string; output: Array<{ type: string; arguments?: string }> }>;
		};
	};
}

client("n8n's OpenAI client", () => {
	let model: RunningModel;
	let openai: OpenAiClient;
	beforeAll(async () => {
		model = await startModel();
		const { OpenAI } = createRequire(n8nNodes)('openai') as {
			OpenAI: new (options: object) => OpenAiClient;
		};
		openai = new OpenAI({ apiKey: 'any', baseURL: model.url, maxRetries: 0 });
	});
	afterAll(async () => await model.close());
	const messages = [customer('Do you deliver?')];

	it('lists models', async () => {
		expect((await openai.models.list()).data.map(({ id }) => id)).toContain('gpt-5-mini');
	});

	it('reads a stream of text to its end', async () => {
		const long = { model: 'a', messages: [customer('long answer 👋')], stream_options: { include_usage: true } };
		const whole = await openai.chat.completions.create({ ...long, stream: false });
		let text = '';
		let usage: object | undefined;
		for await (const chunk of await openai.chat.completions.create({ ...long, stream: true })) {
			text += (chunk.choices[0]?.delta.content as string | undefined) ?? '';
			usage = chunk.usage ?? usage;
		}
		expect(text).toBe(whole.choices[0]?.message.content);
		expect(usage).toEqual(whole.usage);
	});

	it('reads a streamed tool call', async () => {
		const body = { model: 'a', messages, tools: [KNOWLEDGE], stream: true } as const;
		let given = '';
		for await (const chunk of await openai.chat.completions.create(body)) {
			for (const call of chunk.choices[0]?.delta.tool_calls ?? []) given += call.function.arguments;
		}
		expect(JSON.parse(given)).toEqual({ question: 'Do you deliver?' });
	});

	it('reads a stream of the Responses API to its end', async () => {
		const text = await openai.responses.stream({ model: 'a', input: 'long answer' }).finalResponse();
		expect(text.output_text.length).toBeGreaterThan(5_000);
		const { function: flat } = KNOWLEDGE;
		const call = await openai.responses
			.stream({ model: 'a', input: 'Do you deliver?', tools: [{ type: 'function', strict: false, ...flat }] })
			.finalResponse();
		expect(call.output.map(({ type }) => type)).toEqual(['function_call']);
	});

	it('turns a refusal into its own error', async () => {
		await expect(openai.chat.completions.create({ model: 'a', messages: [] })).rejects.toMatchObject({
			status: 400,
			param: 'messages',
		});
	});
});
