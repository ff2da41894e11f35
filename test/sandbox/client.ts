import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
	chataloAccount,
	type PlayRequest,
	type ProviderName,
	providers,
	type Sandbox,
	startSandbox,
} from '../../sandbox';

export const DEVICE = chataloAccount.devices.authenticated;
export const NUMBER = '6281200000001';
export const KEYS = { 'X-Public-Key': chataloAccount.publicKey, 'X-Secret-Key': chataloAccount.secretKey };

/** Jest's own matchers are typed `any`, which would spread. */
export const anyString: unknown = expect.any(String);
export const anyNumber: unknown = expect.any(Number);
export const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);

export interface Answer {
	status: number;
	headers: Headers;
	text: string;
	/** The body as JSON; undefined when it is none. */
	json: unknown;
}

/**
 * Starts one sandbox for the tests of this file or block, and resets it before each of them.
 *
 * @param prepare what to do after each reset
 */
export function useSandbox(prepare: (sandbox: Sandbox) => void = () => {}): () => Sandbox {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox();
	});
	beforeEach(() => {
		sandbox.control.reset();
		prepare(sandbox);
	});
	afterAll(() => sandbox.close());
	return () => sandbox;
}

/** A request as a user of the API makes it. */
export async function call(
	sandbox: Sandbox,
	method: string,
	path: string,
	body?: unknown,
	headers: Record<string, string> = KEYS,
): Promise<Answer> {
	return await request(`${sandbox.baseUrl('chatalo')}${path}`, method, body, headers);
}

/** A request to any provider; without headers for one whose key is in the query or the body. */
export async function callProvider(
	sandbox: Sandbox,
	provider: ProviderName,
	method: string,
	path: string,
	body?: unknown,
	headers: Record<string, string> = {},
): Promise<Answer> {
	return await request(`${sandbox.baseUrl(provider)}${path}`, method, body, headers);
}

/** Fields as a multipart body. */
export function multipart(fields: Record<string, string>): FormData {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) form.append(name, value);
	return form;
}

/** A request to the HTTP control API. */
export async function controlCall(sandbox: Sandbox, method: string, path: string, body?: unknown): Promise<Answer> {
	return await request(`${sandbox.url}/control${path}`, method, body, {});
}

async function request(url: string, method: string, body: unknown, headers: Record<string, string>): Promise<Answer> {
	// A form brings its own content type, with the boundary in it.
	const isForm = body instanceof FormData || body instanceof URLSearchParams;
	const answer = await fetch(url, {
		method,
		headers: { ...(body === undefined || isForm ? {} : { 'Content-Type': 'application/json' }), ...headers },
		body: body === undefined ? undefined : typeof body === 'string' || isForm ? body : JSON.stringify(body),
	});
	const text = await answer.text();
	return { status: answer.status, headers: answer.headers, text, json: tryParse(text) };
}

function tryParse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** Sends a text message. */
export function sendText(sandbox: Sandbox, message = 'Hello', number = NUMBER): Promise<Answer> {
	return call(sandbox, 'POST', '/messages', { device_id: DEVICE, type: 'text', number, message });
}

/** All providers that the sandbox plays. */
export const PROVIDERS = Object.keys(providers) as ProviderName[];

/**
 * Plays a kind and reads what would be posted.
 *
 * @returns the payloads, one for each event name, and the id of the message
 */
export async function playKind(
	sandbox: Sandbox,
	provider: ProviderName,
	kind: string,
	options: PlayRequest = {},
): Promise<{ payloads: unknown[]; messageId: string | null }> {
	const { bodies, messageId } = await sandbox.control.play(provider, kind, options);
	return { payloads: bodies.map((body) => JSON.parse(body) as unknown), messageId };
}

interface Received {
	headers: IncomingHttpHeaders;
	body: string;
}

/** A receiver of webhooks that keeps what it gets and answers 200, or what `answer` says. */
export async function startReceiver(
	answer = { status: 200, body: 'ok' },
): Promise<{ url: string; received: Received[]; close(): Promise<void> }> {
	const received: Received[] = [];
	const server = createServer((incoming, response) => {
		const parts: Buffer[] = [];
		incoming.on('data', (part: Buffer) => parts.push(part));
		incoming.on('end', () => {
			received.push({ headers: incoming.headers, body: Buffer.concat(parts).toString('utf8') });
			response.writeHead(answer.status).end(answer.body);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`,
		received,
		close: () => new Promise((resolve) => server.close(() => resolve())),
	};
}
