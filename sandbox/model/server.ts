/* The model's address: OpenAI's API, as far as n8n's nodes use it. */
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { readMultipart } from '../http/multipart';
import { Refusal } from '../types';
import { readChat, writeChat } from './chatCompletions';
import type { Answerer } from './conversation';
import { type ErrorDetail, parsed, refused } from './input';
import { readResponses, writeResponses } from './responses';
import { MODELS, RULES } from './rules/described';
import { simulatedAnswer } from './rules';
import { transcriptOf } from './transcript';
import type { Written } from './written';
import { named } from '../http/named';

/** Below the sandbox's address. */
export const MODEL_PATH = '/model/v1';

/** Room for a few pictures in base64. */
const MAX_BODY = 32 * 1024 * 1024;
/** OpenAI takes audio files up to 25 MB; the rest is the form around it. */
const MAX_AUDIO = 25 * 1024 * 1024 + 64 * 1024;

const transcription = z.object({
	model: z.string().min(1).max(200),
	file: z.object({ fileName: z.string(), mimeType: z.string(), size: z.number(), sha256: z.string() }),
	response_format: z.enum(['json', 'text']).optional(),
});

/**
 * Puts a model under `/model/v1` of a server.
 *
 * @param answer what it answers; by default a few fixed rules
 */
export function addModel(app: FastifyInstance, answer: Answerer = simulatedAnswer): void {
	let count = 0;
	const ids = (): string => String(++count).padStart(8, '0');

	app.get('/model', async (_request, reply) => await reply.type('text/plain; charset=utf-8').send(RULES));
	app.register(
		named('model', async (api: FastifyInstance) => {
			api.addContentTypeParser(
				/^multipart\/form-data\b/i,
				async (request: FastifyRequest, body: IncomingMessage) =>
					await readMultipart(request.headers['content-type'] ?? '', atMost(MAX_AUDIO, body)),
			);
			api.addHook('onRequest', async ({ headers: { authorization } }) => {
				if (!/^Bearer +\S/i.test(authorization ?? ''))
					throw refused(
						'You didn\'t provide an API key. Send it in the Authorization header, as in "Bearer KEY". Any key will do here.',
						{},
						401,
					);
			});
			api.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
				const refusal = refusalOf(error);
				// A mistake of the sandbox itself must not look like the model's word.
				if (refusal === undefined) console.error(error);
				const { status, message } = refusal ?? { status: 500, message: 'The simulated model failed.' };
				const { param = null, code = null } = (refusal?.detail ?? {}) as ErrorDetail;
				const type = status >= 500 ? 'server_error' : 'invalid_request_error';
				return reply.code(status).send({ error: { message, type, param, code } });
			});
			api.setNotFoundHandler(async ({ method, url }) => {
				throw refused(`Invalid URL (${method} ${url.split('?')[0]})`, {}, 404);
			});

			api.get('/models', async () => ({
				object: 'list',
				data: MODELS.map((id) => ({ id, object: 'model', created: 0, owned_by: 'sandbox' })),
			}));
			api.post('/chat/completions', { bodyLimit: MAX_BODY }, (request, reply) => {
				const { asked, conversation } = readChat(request.body);
				return send(reply, writeChat(asked, answer(conversation), ids));
			});
			api.post('/responses', { bodyLimit: MAX_BODY }, (request, reply) => {
				const { asked, conversation } = readResponses(request.body);
				return send(reply, writeResponses(asked, answer(conversation), ids));
			});
			api.post('/audio/transcriptions', async (request, reply) => {
				const { file, response_format: format } = parsed(transcription, request.body);
				const text = transcriptOf(file);
				if (format === 'text') return await reply.type('text/plain; charset=utf-8').send(text);
				return { text };
			});
		}),
		{ prefix: MODEL_PATH },
	);
}

/** A model on a port of its own. */
export interface RunningModel {
	/** The base URL for a credential. */
	url: string;
	close(): Promise<void>;
}

/** Starts a model without a sandbox, on a free port of 127.0.0.1. */
export async function startModel(answer?: Answerer): Promise<RunningModel> {
	const app = Fastify({ forceCloseConnections: true });
	addModel(app, answer);
	await app.listen({ port: 0, host: '127.0.0.1' });
	const { port } = app.server.address() as AddressInfo;
	return { url: `http://127.0.0.1:${port}${MODEL_PATH}`, close: async () => await app.close() };
}

function send(reply: FastifyReply, written: Written): FastifyReply {
	if ('body' in written) return reply.send(written.body);
	const lines = written.events.map(
		({ event, data }) =>
			`${event === undefined ? '' : `event: ${event}\n`}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`,
	);
	return reply.type('text/event-stream; charset=utf-8').send(lines.join(''));
}

/** The refusal that an error stands for; undefined for an error of our own. */
function refusalOf(error: Error & { statusCode?: number }): Refusal | undefined {
	if (error instanceof Refusal) return error;
	if (error.cause instanceof Refusal) return error.cause;
	const { statusCode = 500, message } = error;
	return statusCode >= 400 && statusCode < 500 ? refused(message, {}, statusCode) : undefined;
}

/** The bytes of a body, as long as there are not too many. */
async function* atMost(limit: number, body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
	let length = 0;
	for await (const chunk of body) {
		length += chunk.length;
		if (length > limit) throw refused('Maximum content size limit (26214400) exceeded.', { param: 'file' }, 413);
		yield chunk;
	}
}
