import type { InboundContract } from '../../../contracts/types';

/** Requests BalesOtomatis makes: its collection shows none. What receivers read is played by the sandbox. */
export const balesOtomatisInbound: InboundContract[] = [];
