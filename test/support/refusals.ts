import type { AccountReason } from '../../nodes/shared/messaging/accountRefusals';

/** An answer as it goes over the wire. */
export interface Refused {
	status: number;
	headers?: Record<string, string>;
	body: unknown;
}

/** A refusal of a message, and what follows from it where several providers are chosen. */
export interface Refusal {
	says: string;
	answer: Refused;
	/** Why the next provider is tried; absent where the message is refused, so that none is. */
	reason?: AccountReason;
	/** What it refuses may have been sent by an earlier try. */
	isUnknown?: boolean;
	/** Where it is from; "inferred" where the API reference shows no such words. */
	source: string;
}

/** How a provider refuses messages; typed by hand from its API reference. */
export interface ProviderRefusals {
	/** Any words in the form of its refusals. */
	form: (says: string) => Refused;
	/** At least one for each account refusal of its own capabilities, and near misses. */
	own: Refusal[];
}
