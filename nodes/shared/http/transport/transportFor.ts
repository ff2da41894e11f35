import { isMocked } from '../n8n/mocks';
import { n8nTransport } from '../n8n/transport';
import { undiciTransport } from '../undici/transport';
import type { RequestContext, Transport } from './transport';

/**
 * Which transport does the work. This is the one place that decides it; in packages for n8n Cloud, `http/n8n/transportFor.ts`
 * takes its place.
 *
 * Where n8n answers the requests of an execution itself, its own helper has to send them, or an evaluation would send real
 * messages.
 */
export function transportFor(context: RequestContext): Transport {
	return isMocked(context) ? n8nTransport(context) : undiciTransport;
}
