import type { InboundContract } from '../../../contracts/types';

/** Requests BalesOtomatis makes: its API reference shows none. What receivers read is played by the sandbox. */
export const balesOtomatisInbound: InboundContract[] = [];
