import type { RequestContext } from '../transport/transport';

/**
 * Whether n8n answers the requests of this execution itself, as its evaluations of workflows do. n8n has no documented way
 * to ask: this is the field that its own helpers look at (n8n 2.41: `evalLlmMockHandler`).
 */
export function isMocked(context: RequestContext): boolean {
	const { additionalData } = context as { additionalData?: { evalLlmMockHandler?: unknown } };
	return typeof additionalData?.evalLlmMockHandler === 'function';
}
