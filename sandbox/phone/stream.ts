import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Journal } from './journal';

/** Changes within this time are reported together. */
const TOGETHER_MS = 40;
const PING_MS = 15_000;

/** Server-sent events: one after each change, and one at the beginning. What changed, the other calls say. */
export function streamChanges(
	request: FastifyRequest,
	reply: FastifyReply,
	journal: Journal,
	closing: AbortSignal,
): FastifyReply {
	reply.hijack();
	const { raw } = reply;
	raw.writeHead(200, {
		'content-type': 'text/event-stream; charset=utf-8',
		'cache-control': 'no-store',
		'x-content-type-options': 'nosniff',
	});
	let version = 0;
	let waiting: NodeJS.Timeout | undefined;
	const send = (): void => {
		waiting = undefined;
		raw.write(`event: changed\ndata: {"version":${++version}}\n\n`);
	};
	raw.write('retry: 1000\n\n');
	send();
	const stop = journal.listen(() => (waiting ??= setTimeout(send, TOGETHER_MS)));
	const pings = setInterval(() => raw.write(': ping\n\n'), PING_MS);
	const end = (): void => {
		stop();
		clearTimeout(waiting);
		clearInterval(pings);
		closing.removeEventListener('abort', end);
		raw.end();
	};
	closing.addEventListener('abort', end);
	request.raw.socket.once('close', end);
	return reply;
}
