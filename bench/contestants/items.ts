/* What all contestants have in common. */
import type { INodeExecutionData } from 'n8n-workflow';
import type { Effect } from '../jobs';

/** A device of the account, as the provider names them. */
export const DEVICE = 'c7276ae0-c306-4896-8fda-0123456789ab';

/** The keys of the account. Nobody checks them here. */
export const KEYS = { publicKey: 'bench-public-key', secretKey: 'bench-secret-key' };

/** `count` items, each with a number and a text of its own. */
export function recipients(count: number): INodeExecutionData[] {
	return Array.from({ length: count }, (_none, index) => ({
		json: { phone: String(6_281_200_000_000 + index), text: `message ${index}` },
	}));
}

/** Where Chatalo's requests go. */
export const chataloPaths: Record<Effect, string> = { sends: '/api/v1/messages', reads: '/api/v1/contacts/check' };

/** One contestant, ready to go. */
export interface Running {
	/** Sends or reads so many times. Whatever it returns is held until the heap has been looked at. */
	run: (effect: Effect, items: number, address: string) => Promise<unknown>;
	close: () => Promise<void>;
}

/** @throws Error where items went missing */
export function ensureCount(found: number, wanted: number): void {
	if (found !== wanted) throw new Error(`${found} of ${wanted} items went through`);
}
