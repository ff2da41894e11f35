import type { FastifyReply, FastifyRequest } from 'fastify';

const LOOPBACK = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/;
/** Names of this machine. Any other in `Host` is a name that someone pointed at it (DNS rebinding). */
const LOCAL_HOST = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i;

/**
 * Lets in programs on this machine and the sandbox's own page. A browser names the page a call comes from: a page of
 * another address has no business here, although its browser is on this machine.
 */
export async function localOnly(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
	const reason = refusalOf(request);
	return reason === undefined ? undefined : await reply.code(403).send({ error: reason });
}

function refusalOf(request: FastifyRequest): string | undefined {
	const { host = '', origin } = request.headers;
	if (!LOOPBACK.test(request.raw.socket.remoteAddress ?? '')) return 'The sandbox answers this machine only.';
	if (!LOCAL_HOST.test(host)) return 'The sandbox answers under the names of this machine only.';
	if (origin !== undefined && origin !== `http://${host}`) return 'The sandbox answers no other web page.';
	return undefined;
}
