import { n8nTransport } from '../n8n/transport';
import type { RequestHelpers, Transport } from '../transport/transport';

/** Takes the place of `transport/transportFor.ts` in packages for n8n Cloud: see scripts/packages. */
export function transportFor(helpers: RequestHelpers): Transport {
	return n8nTransport(helpers);
}
