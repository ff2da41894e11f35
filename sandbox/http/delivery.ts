import http from 'node:http';
import https from 'node:https';
import type { Delivery } from '../types';

const TIME_LIMIT_MS = 30_000;

/**
 * Posts a webhook and says what came back. Never throws: a refused connection is a result like any other.
 * Each goes over its own connection, so none stays open when the sandbox ends.
 */
export function deliver(
	url: string,
	body: string | Uint8Array,
	headers: Record<string, string>,
	signal: AbortSignal,
): Promise<Delivery> {
	const startedAt = Date.now();
	return new Promise((resolve) => {
		const finish = (part: Partial<Delivery>): void =>
			resolve({ url, status: null, headers: {}, body: '', ms: Date.now() - startedAt, ...part });
		const bytes = Buffer.from(body);
		try {
			const target = new URL(url);
			const { request: send } = target.protocol === 'https:' ? https : http;
			const request = send(
				target,
				{
					method: 'POST',
					agent: false,
					headers: { ...headers, 'Content-Length': String(bytes.length) },
					signal: AbortSignal.any([signal, AbortSignal.timeout(TIME_LIMIT_MS)]),
				},
				(response) => {
					const parts: Buffer[] = [];
					response.on('data', (part: Buffer) => parts.push(part));
					response.on('error', (error) => finish({ error: error.message }));
					response.on('end', () =>
						finish({
							status: response.statusCode ?? null,
							headers: response.headers,
							body: Buffer.concat(parts).toString('utf8'),
						}),
					);
				},
			);
			request.on('error', (error) => finish({ error: error.message }));
			request.end(bytes);
		} catch (error) {
			// An address or a header that cannot be sent at all.
			finish({ error: error instanceof Error ? error.message : String(error) });
		}
	});
}
