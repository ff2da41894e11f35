import { addressToRegister, type Holder, memoryOf, ownership, withMemory } from './webhookAddress';

/** What leaves a slot: the registration of a node in one mode, or in both. */
export interface Leaving {
	/** The node's address in the mode we are in. */
	base: string;
	secret?: string;
	holder?: Holder;
	modes: 'this' | 'both';
}

/**
 * What is left of an address and of all that it remembers when a node leaves, wherever in it the node is: at the top, or
 * beneath others that took the slot. Where a test goes that had taken production's place, production is back in that
 * place; where production goes whose place its test has, the test goes on and forgets it. So the slot works like a stack
 * from whose middle one can be taken out, and whoever is on top after all others have left gets the events again.
 *
 * @returns undefined if nothing is left; the same text if the node is nowhere in it
 */
export function withoutLeaving(address: string, leaving: Leaving): string | undefined {
	const { base, secret, holder, modes } = leaving;
	const { previous, production } = memoryOf(address);
	const kept = previous === undefined ? undefined : withoutLeaving(previous, leaving);
	const isOurs = ownership(address, base);
	if (modes === 'both' && (isOurs === 'same' || isOurs === 'otherMode')) return kept;
	switch (isOurs) {
		case 'same':
			return production ? addressToRegister(production, secret, { previous: kept }, holder) : kept;
		case 'otherMode':
			return kept === previous && production === undefined ? address : withMemory(address, { previous: kept });
		default:
			return kept === previous ? address : withMemory(address, { previous: kept, production });
	}
}
