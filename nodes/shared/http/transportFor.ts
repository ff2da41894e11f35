import type { Transport } from './transport';
import { undiciTransport } from './undici/transport';

/**
 * Which transport does the work: the one place that decides it.
 *
 * @param _helpers of the n8n context that the request is made in, for a transport over n8n's own HTTP helper
 */
export function transportFor(_helpers: object): Transport {
	return undiciTransport;
}
