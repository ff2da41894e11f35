import type { Claim, Slot } from '../../../nodes/shared/trigger/register/oneSlot';
import { memoryOf } from '../../../nodes/shared/trigger/register/webhookAddress';

/** A provider's slot in memory, with what was written to it. */
interface MemorySlot extends Slot {
	value: string | undefined;
	writes: number;
}

/**
 * @param store how the provider keeps an address it was given
 */
export function memorySlot(value?: string, store: (url: string) => string = (url) => url): MemorySlot {
	const slot: MemorySlot = {
		owner: 'API key',
		provider: 'Gateway',
		value,
		writes: 0,
		read: async () => slot.value,
		write: async (url) => {
			slot.writes += 1;
			slot.value = store(url);
		},
		clear: async () => {
			slot.writes += 1;
			slot.value = undefined;
		},
	};
	return slot;
}

/** A node of n8n: its claims in test and in production. */
export function nodeAt(webhookId: string, host = 'https://n8n.example.com') {
	const claim = (isTest: boolean, rights: Partial<Claim> = {}): Claim => ({
		base: `${host}/${isTest ? 'webhook-test' : 'webhook'}/${webhookId}/webhook`,
		secret: `secret-of-${webhookId}`,
		isTest,
		mayReplace: false,
		mayTakeOver: false,
		...rights,
	});
	return {
		production: (rights?: Partial<Claim>) => claim(false, rights),
		test: (rights?: Partial<Claim>) => claim(true, rights),
	};
}

/** An address and all those it remembers, newest first. */
export function chainOf(address: string | undefined): string[] {
	const chain: string[] = [];
	for (let next = address; next !== undefined && next !== ''; next = memoryOf(next).previous) chain.push(next);
	return chain;
}
