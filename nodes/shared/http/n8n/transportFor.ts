import { n8nTransport } from '../n8n/transport';
import type { RequestContext, Transport } from '../transport/transport';

/** Takes the place of `transport/transportFor.ts` in packages for n8n Cloud: see scripts/packages. */
export function transportFor(context: RequestContext): Transport {
	return n8nTransport(context);
}
