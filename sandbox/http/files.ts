import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import type { Media, MediaFault, MediaStore } from '../media';

/** What slow and endless answers go by. */
export interface Pacing {
	/** Resolves after the time, or immediately when the sandbox closes. */
	wait(ms: number): Promise<void>;
	isClosing(): boolean;
}

interface FileServerParts extends Pacing {
	media: MediaStore;
}

const DRIP_MS = 200;
export const FAULT_STATUSES: Partial<Record<MediaFault, number>> = {
	missing: 404,
	forbidden: 403,
	expired: 410,
	failing: 500,
	redirect: 302,
};

/**
 * Serves files by path, whatever the Host header: `/files/<key>` for those a gateway gives out, `/v/…` for those on
 * WhatsApp's server, so that a proxy that ends TLS can make this stand in for mmg.whatsapp.net.
 */
export function addFileServer(app: FastifyInstance, parts: FileServerParts): void {
	const { media } = parts;
	// A name may follow, as some gateways' addresses end in one.
	for (const path of ['/files/:key', '/files/:key/:name']) {
		app.get(path, async (request, reply) => {
			const { key = '' } = request.params as { key?: string };
			return await serve(request, reply, media.byUrlKey(key), parts);
		});
	}
	app.get('/v/*', async (request, reply) => await serve(request, reply, media.whatsAppFile(request.url), parts));
}

async function serve(
	request: FastifyRequest,
	reply: FastifyReply,
	file: Media | undefined,
	parts: FileServerParts,
): Promise<unknown> {
	const fault = parts.media.faultOf(file);
	const status = file === undefined ? 404 : ((fault && FAULT_STATUSES[fault]) ?? 200);
	parts.media.noteDownload({
		path: request.url.replace(/\?.*$/s, ''),
		host: request.headers.host ?? '',
		status,
		...(fault === undefined ? {} : { fault }),
		at: Date.now(),
	});
	reply.code(status);
	if (status === FAULT_STATUSES.redirect)
		return await reply.header('location', 'http://127.0.0.1:1/elsewhere').send();
	if (file === undefined || status !== 200) return await reply.send({ error: 'There is no such file.' });
	return await sendFile(reply, file, fault, parts);
}

/** Sends the bytes of a file, with what goes wrong with them. */
export async function sendFile(
	reply: FastifyReply,
	file: Media,
	fault: MediaFault | undefined,
	parts: Pacing,
): Promise<unknown> {
	reply.header('content-type', fault === 'wrongType' ? 'text/html; charset=utf-8' : file.mimeType);
	switch (fault) {
		case 'hang':
			return await new Promise(() => undefined);
		case 'corrupt':
			return await reply.send(await changed(file));
		case 'short':
			return await reply.send(await half(file));
		case 'endless':
			return await reply.send(Readable.from(endless(parts), { objectMode: false }));
		case 'drip':
			return await reply.send(Readable.from(drip(file, parts), { objectMode: false }));
		default:
			return await reply.header('content-length', file.size).send(file.open());
	}
}

/** The file with the bits of one byte in its middle turned over. */
async function changed(file: Media): Promise<Buffer> {
	const bytes = await all(file);
	const middle = Math.floor(bytes.length / 2);
	if (bytes.length > 0) bytes.writeUInt8(~bytes.readUInt8(middle) & 0xff, middle);
	return bytes;
}

async function half(file: Media): Promise<Buffer> {
	const bytes = await all(file);
	return bytes.subarray(0, Math.floor(bytes.length / 2));
}

async function all(file: Media): Promise<Buffer> {
	const parts: Buffer[] = [];
	for await (const part of file.open() as AsyncIterable<Uint8Array>) parts.push(Buffer.from(part));
	return Buffer.concat(parts);
}

/** Goes on until the client or the sandbox ends the connection. */
async function* endless(pacing: Pacing): AsyncGenerator<Buffer> {
	while (!pacing.isClosing()) {
		yield Buffer.alloc(64 * 1024, 1);
		await pacing.wait(1);
	}
}

/** A byte at a time, and the file again when it is over. */
async function* drip(file: Media, pacing: Pacing): AsyncGenerator<Buffer> {
	const bytes = await all(file);
	for (let index = 0; !pacing.isClosing(); index++) {
		yield bytes.length === 0 ? Buffer.alloc(1) : bytes.subarray(index % bytes.length, (index % bytes.length) + 1);
		await pacing.wait(DRIP_MS);
	}
}
