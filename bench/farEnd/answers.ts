/* What the server says: the fewest words that each contestant takes for a yes. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Agent, request } from 'undici';

/** What a line has seen. */
export interface Counts {
	connections: number;
	/** Requests that were answered with a yes. */
	requests: number;
	/** Bytes of request bodies. */
	bytes: number;
}

/** What one line of the server remembers. */
export interface LineState extends Counts {
	/** The address that a trigger has registered. */
	webhook: string | null;
}

/** A batch of webhook deliveries that a contestant asks for. */
export interface DeliveryOrder {
	url: string;
	/** Number of the first one: no two deliveries are the same. */
	first: number;
	count: number;
	atOnce: number;
}

const chatalo = (data: unknown): string => JSON.stringify({ data, meta: { code: 200, message: 'Success' } });

/** Chatalo: API reference, Send Text Message. */
const SENT = chatalo({ is_sent: true, number: '6281200000000', url: null, type: 'text' });
/** Chatalo: API reference, Check Number. */
const CHECKED = chatalo({ number: '6281200000000', on_whatsapp: true });

/** Evolution API v2: Send Plain Text. */
const EVOLUTION_SENT = JSON.stringify({
	key: { remoteJid: '6281200000000@s.whatsapp.net', fromMe: true, id: 'BAE594145F4C59B4' },
	message: { extendedTextMessage: { text: 'message' } },
	messageTimestamp: '1717689097',
	status: 'PENDING',
});
/** Evolution API v2: Check is WhatsApp. */
const EVOLUTION_CHECKED = JSON.stringify([
	{ exists: true, jid: '6281200000000@s.whatsapp.net', number: '6281200000000' },
]);

/** Answers one request of any contestant. */
export async function answer(request: IncomingMessage, response: ServerResponse, state: LineState): Promise<void> {
	const route = `${request.method} ${request.url}`;
	if (route === 'POST /api/v1/messages') return await say(request, response, state, SENT);
	if (route === 'POST /api/v1/contacts/check') return await say(request, response, state, CHECKED);
	if (route === 'POST /message/sendText/bench') return await say(request, response, state, EVOLUTION_SENT);
	if (route === 'POST /chat/whatsappNumbers/bench') return await say(request, response, state, EVOLUTION_CHECKED);
	if (route === 'POST /files') return await say(request, response, state, JSON.stringify({ ok: true }));
	if (route === 'GET /api/v1/webhook') return await say(request, response, state, chatalo({ url: state.webhook }));
	const body = await jsonOf(request, state);
	if (route === 'POST /api/v1/setWebhook') {
		state.webhook = String(body.url);
		return end(response, state, chatalo([]));
	}
	if (route === 'POST /api/v1/messages/download') return sendFile(response, state, Number(body.file_encoded));
	if (route === 'POST /deliver') {
		return end(response, state, JSON.stringify(await deliver(body)));
	}
	response.writeHead(404).end();
}

async function say(request: IncomingMessage, response: ServerResponse, state: LineState, text: string): Promise<void> {
	for await (const chunk of request) state.bytes += (chunk as Buffer).length;
	end(response, state, text);
}

function end(response: ServerResponse, state: LineState, text: string): void {
	state.requests += 1;
	response
		.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
		.end(text);
}

async function jsonOf(request: IncomingMessage, state: LineState): Promise<Record<string, unknown>> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const body = Buffer.concat(chunks);
	state.bytes += body.length;
	return body.length === 0 ? {} : (JSON.parse(body.toString()) as Record<string, unknown>);
}

/** A file of the size asked for, written as fast as it is taken. */
function sendFile(response: ServerResponse, state: LineState, size: number): void {
	state.requests += 1;
	response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': size });
	const piece = Buffer.alloc(64 * 1024, 0xa7);
	let left = size;
	const write = (): void => {
		while (left > 0) {
			const chunk = left < piece.length ? piece.subarray(0, left) : piece;
			left -= chunk.length;
			if (!response.write(chunk)) return void response.once('drain', write);
		}
		response.end();
	};
	write();
}

/** Posts webhooks in Chatalo's form, each with a text of its own, and counts the answers. */
async function deliver({
	url = '',
	first = 0,
	count = 0,
	atOnce = 1,
}: Partial<DeliveryOrder>): Promise<{ accepted: number }> {
	const dispatcher = new Agent({ connections: atOnce, pipelining: 1 });
	let next = first;
	let accepted = 0;
	const deliverSome = async (): Promise<void> => {
		while (next < first + count) {
			const body = webhookBody(next++);
			const headers = { 'content-type': 'application/json' };
			const { statusCode, body: answered } = await request(url, { method: 'POST', headers, body, dispatcher });
			await answered.dump();
			if (statusCode === 200) accepted += 1;
		}
	};
	await Promise.all(Array.from({ length: atOnce }, deliverSome));
	await dispatcher.close();
	return { accepted };
}

/** Chatalo: API reference, Example Webhook Request. */
function webhookBody(index: number): string {
	return JSON.stringify({
		device_id: 'c7276ae0-c306-4896-8fda-0123456789ab',
		chat_id: '3EB0C767D82B0A78A5C1',
		sender: { name: 'Ada', number: '6281200000000', in_group: false, group_id: null },
		from_me: false,
		is_forwarded: false,
		is_sticker: false,
		timestamp: 1_717_689_097 + index,
		broadcast: false,
		message: `message ${index}`,
		has_media: false,
		media_info: { mimetype: null, file_encoded: null },
		location_attached: { latitude: null, longitude: null },
	});
}
