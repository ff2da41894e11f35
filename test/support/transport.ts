import type { IHttpRequestOptions } from 'n8n-workflow';
import type { Transport } from '../../nodes/shared/http/transport/transport';
import { transportFor } from '../../nodes/shared/http/transport/transportFor';

/** n8n's own client. Loading n8n-core takes seconds, and undici does without. */
async function loadClient() {
	await import('n8n-core');
	const { Container } = await import('@n8n/di');
	const { OutboundHttp } = await import('@n8n/backend-network');
	return Container.get(OutboundHttp).requests();
}

/** n8n's `httpRequest` as nodes have it. */
async function httpRequest(options: IHttpRequestOptions): Promise<unknown> {
	return await (await loadClient()).request(options);
}

/** The transport that the tests are run on: undici, or n8n's with `npm run test:n8n` (see jest.n8n.config.js). */
export const transport: Transport = transportFor({ helpers: { httpRequest } });

/** Whether that is n8n's own, which cannot promise all that undici does. */
export const isN8nTransport = process.env.TESTED_TRANSPORT === 'n8n';

/** For what only undici can promise; the table in docs/architecture.md lists it. */
export const itOnUndici = isN8nTransport ? it.skip : it;

// In n8n it is there long before the first request, whose time limit would be over by then.
if (isN8nTransport) beforeAll(loadClient);
