import type { RequestHelpers, Transport } from './transport';
import { undiciTransport } from '../undici/transport';

/**
 * Which transport does the work. This is the one place that decides it; in packages for n8n Cloud, `http/n8n/transportFor.ts`
 * takes its place, which sends by the helpers of the n8n context.
 */
export const transportFor: (helpers: RequestHelpers) => Transport = () => undiciTransport;
