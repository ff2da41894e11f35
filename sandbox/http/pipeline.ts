import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type IncomingMessage, STATUS_CODES } from 'node:http';
import { Readable } from 'node:stream';
import { loggable, MalformedBody, readBody } from './body';
import type { Connections } from './connections';
import type { FaultAction, FaultPlan, Faults } from './faults';
import { readMultipart } from './multipart';
import type { RateLimiter } from './rateLimit';
import { type ProviderDefinition, type ProviderInstance, Refusal, type RequestRecord } from '../types';
import { named } from './named';

/** What every provider's requests pass through. */
interface PipelineParts {
	faults: Faults;
	connections: Connections;
	log(record: RequestRecord): void;
	/** Resolves after the time, or immediately when the sandbox closes. */
	wait(ms: number): Promise<void>;
}

export interface MountedProvider {
	definition: ProviderDefinition;
	instance: ProviderInstance;
	limiter: RateLimiter;
}

interface RequestState {
	record: RequestRecord;
	plan: FaultPlan;
	/** A fault has its own content type. */
	hasOwnType: boolean;
}

/** The status under which a websocket opens. */
const UPGRADED = 101;
const MAX_BODY = 256 * 1024 * 1024;
const HTML_PAGE =
	'<!DOCTYPE html>\n<html><head><title>Maintenance</title></head><body><h1>We will be back soon</h1></body></html>\n';
/** How much of a stream is read if it is to break off. */
const SAMPLE_BYTES = 64 * 1024;
/** What Fastify gives an object, and a placeholder for the provider's own type until the answer is sent. */
const JSON_TYPE = 'application/json; charset=utf-8';
/** An answer that never comes. */
const never = (): Promise<never> => new Promise(() => undefined);

/** Puts a provider's routes under `/<name><basePath>`, with the log, the rate limit and the faults before and after them. */
export function mountProvider(
	app: FastifyInstance,
	name: string,
	provider: MountedProvider,
	parts: PipelineParts,
): void {
	const { definition, instance, limiter } = provider;
	const prefix = `/${name}${definition.basePath}`;
	const states = new WeakMap<FastifyRequest, RequestState>();

	app.register(
		named(name, async (api: FastifyInstance) => {
			api.removeAllContentTypeParsers();
			if (definition.takesForms === true) {
				api.addContentTypeParser(
					/^multipart\/form-data\b/i,
					async (request: FastifyRequest, body: IncomingMessage) =>
						await readMultipart(request.headers['content-type'] ?? '', body),
				);
			}
			api.addContentTypeParser(
				'*',
				{ parseAs: 'buffer', bodyLimit: MAX_BODY },
				async (request: FastifyRequest, body: Buffer) =>
					readBody(request.headers['content-type'] ?? '', body, definition.takesForms ?? false),
			);

			api.addHook('onRequest', async (request, reply) => {
				const record = newRecord(name, prefix, request, parts.connections.numberOf(request.raw.socket));
				states.set(request, { record, plan: { latencies: [], fault: undefined }, hasOwnType: false });
				parts.log(record);
				reply.raw.once('close', () => {
					// A websocket ends with its connection: nothing of the answer was missed.
					const answering =
						record.answered === 'pending' ||
						(typeof record.answered === 'number' && record.answered !== UPGRADED);
					if (answering && !reply.raw.writableFinished) record.answered = 'abandoned';
				});
			});

			api.addHook('preHandler', async (request, reply) => {
				const state = states.get(request);
				if (state === undefined) return undefined;
				state.record.body = loggable(request.body);
				countAgainstLimit(limiter, instance.rateKey(request), reply);
				state.plan = parts.faults.take(state.record);
				const { latencies, fault } = state.plan;
				state.hasOwnType =
					fault?.kind === 'status' &&
					Object.keys(fault.headers ?? {}).some((name) => name.toLowerCase() === 'content-type');
				if (fault !== undefined || latencies.length > 0)
					state.record.fault = [...latencies, fault].flatMap((one) => one?.kind ?? []).join('+');
				for (const latency of latencies) {
					if (latency.when === 'before') await parts.wait(latency.ms);
				}
				if (request.raw.socket.destroyed) return await never(); // left while waiting: as if it had never come
				// A websocket's handshake has no answer to spoil afterwards: whatever hits it, it fails.
				if (fault !== undefined && (request.ws || !isAccepted(fault))) {
					state.plan.fault = undefined; // so that the answer given here is not tampered with again
					return await refuseByFault(fault, state.record, request, reply, instance);
				}
				if (request.body instanceof MalformedBody)
					throw new Refusal(400, `The request body is not valid ${request.body.form}.`);
				if (request.ws) state.record.answered = UPGRADED;
				return undefined;
			});

			api.addHook('onSend', async (request, reply, payload: unknown) => {
				const state = states.get(request);
				if (state === undefined) return payload;
				const { latencies, fault } = state.plan;
				for (const latency of latencies) {
					if (latency.when !== 'before') await parts.wait(latency.ms);
				}
				const tampered =
					fault === undefined
						? payload
						: await tamper(fault, payload, state.record, request, reply, instance);
				const isJson = reply.getHeader('content-type') === JSON_TYPE;
				if (definition.answerType !== undefined && isJson && !state.hasOwnType)
					reply.header('content-type', definition.answerType);
				if (!reply.raw.destroyed) state.record.answered = reply.statusCode;
				return tampered;
			});

			api.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
				const status = error instanceof Refusal ? error.status : (error.statusCode ?? 500);
				// A bug in the sandbox must not look like a requested fault.
				if (status >= 500) console.error(error);
				const httpStatus = error instanceof Refusal ? (instance.httpStatus?.(status) ?? status) : status;
				const detail = error instanceof Refusal ? error.detail : undefined;
				return reply.code(httpStatus).send(instance.refusal(status, error.message, detail));
			});
			api.setNotFoundHandler(
				async (_request, reply) => await reply.code(404).send(instance.refusal(404, 'Not Found')),
			);
			await api.register(named(`${name} routes`, async (routes: FastifyInstance) => instance.routes(routes)));
		}),
		{ prefix },
	);
}

function newRecord(provider: string, prefix: string, request: FastifyRequest, connection: number): RequestRecord {
	return {
		provider,
		method: request.method,
		path: new URL(request.url, 'http://sandbox').pathname.slice(prefix.length) || '/',
		query: { ...(request.query as Record<string, unknown>) },
		headers: { ...request.headers },
		body: undefined,
		at: Date.now(),
		connection,
		answered: 'pending',
	};
}

function countAgainstLimit(limiter: RateLimiter, key: string, reply: FastifyReply): void {
	const verdict = limiter.count(key, Date.now());
	if (verdict === undefined) return;
	reply.header('X-RateLimit-Limit', String(verdict.limit));
	reply.header('X-RateLimit-Remaining', String(verdict.remaining));
	if (verdict.retryAfterMs === undefined) return;
	if (limiter.retryAfter) reply.header('Retry-After', String(Math.ceil(verdict.retryAfterMs / 1000)));
	throw new Refusal(429, 'Too Many Attempts.');
}

function isAccepted(fault: FaultAction): boolean {
	switch (fault.kind) {
		case 'truncated':
		case 'dropAfter':
		case 'dropDuring':
			return true;
		case 'status':
		case 'html':
		case 'hang':
			return fault.accepted ?? false;
		default:
			return false;
	}
}

/** Ends a request without carrying it out. */
async function refuseByFault(
	fault: FaultAction,
	record: RequestRecord,
	request: FastifyRequest,
	reply: FastifyReply,
	instance: ProviderInstance,
): Promise<unknown> {
	switch (fault.kind) {
		case 'dropBefore':
		case 'dropAfter':
			return await drop(fault.reset ?? false, record, request);
		case 'dropDuring':
		case 'truncated':
			return await drop(false, record, request);
		case 'hang':
			record.answered = 'hung';
			return await never();
		case 'bodyError':
			return await reply.code(200).send(instance.refusal(fault.code ?? 500, fault.message ?? 'Fatal Error'));
		default:
			return await reply.send(replacement(fault, reply, instance));
	}
}

/** Spoils the answer of a request that was carried out. */
async function tamper(
	fault: FaultAction,
	payload: unknown,
	record: RequestRecord,
	request: FastifyRequest,
	reply: FastifyReply,
	instance: ProviderInstance,
): Promise<unknown> {
	if (fault.kind === 'truncated' || fault.kind === 'dropDuring') {
		const bytes = await firstBytes(payload, Number(reply.getHeader('content-length') ?? NaN));
		const half = bytes.subarray(0, Math.floor(bytes.length / 2));
		if (fault.kind === 'truncated') {
			reply.removeHeader('content-length');
			return half;
		}
		record.answered = 'dropped';
		reply.raw.writeHead(reply.statusCode, { ...headersOf(reply), 'content-length': bytes.length });
		reply.raw.write(half, () => request.raw.socket.destroy());
		return await never();
	}
	if (payload instanceof Readable) payload.destroy();
	if (fault.kind === 'dropAfter') return await drop(fault.reset ?? false, record, request);
	if (fault.kind === 'hang') {
		record.answered = 'hung';
		return await never();
	}
	reply.removeHeader('content-length');
	const body = replacement(fault, reply, instance);
	return typeof body === 'string' ? body : JSON.stringify(body);
}

/** The body that takes the answer's place; sets the status and headers that go with it. */
function replacement(fault: FaultAction, reply: FastifyReply, instance: ProviderInstance): unknown {
	if (fault.kind === 'html') {
		reply.code(200).header('content-type', 'text/html; charset=utf-8');
		return fault.html ?? HTML_PAGE;
	}
	if (fault.kind !== 'status') throw new Error(`${fault.kind} replaces no body`);
	const isText = typeof fault.body === 'string';
	reply.code(fault.status).header('content-type', isText ? 'text/plain; charset=utf-8' : JSON_TYPE);
	// A provider that answers 429 has no requests left to announce.
	if (fault.status === 429 && reply.hasHeader('x-ratelimit-remaining')) reply.header('X-RateLimit-Remaining', '0');
	reply.headers(fault.headers ?? {});
	return fault.body ?? instance.refusal(fault.status, STATUS_CODES[fault.status] ?? 'Error');
}

function drop(reset: boolean, record: RequestRecord, request: FastifyRequest): Promise<never> {
	record.answered = 'dropped';
	if (reset) request.raw.socket.resetAndDestroy();
	else request.raw.socket.destroy();
	return never();
}

/** All bytes of an answer; of a stream, which may be large, only the first part. */
async function firstBytes(payload: unknown, declared: number): Promise<Buffer> {
	if (typeof payload === 'string' || payload instanceof Uint8Array) return Buffer.from(payload);
	if (!(payload instanceof Readable)) return Buffer.alloc(0);
	const wanted = Math.min(Number.isNaN(declared) ? SAMPLE_BYTES : declared, SAMPLE_BYTES);
	const parts: Buffer[] = [];
	let length = 0;
	for await (const part of payload as AsyncIterable<Uint8Array>) {
		parts.push(Buffer.from(part));
		length += part.byteLength;
		if (length >= wanted) break;
	}
	return Buffer.concat(parts);
}

function headersOf(reply: FastifyReply): Record<string, string | string[]> {
	const headers: Record<string, string | string[]> = {};
	for (const [header, value] of Object.entries(reply.getHeaders())) {
		if (value !== undefined) headers[header] = Array.isArray(value) ? value.map(String) : String(value);
	}
	return headers;
}
