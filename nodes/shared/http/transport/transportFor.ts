import type { Transport } from './transport';
import { undiciTransport } from '../undici/transport';

/** Which transport does the work. This is the one place that decides it; another one takes its place here. */
export function transportFor(): Transport {
	return undiciTransport;
}
