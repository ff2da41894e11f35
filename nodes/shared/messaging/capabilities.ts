import type { IDataObject } from 'n8n-workflow';
import type { GatewayFailure } from '../http/gatewayError';
import type { Gateway } from '../operations/define/gateway';
import type { ListLoader } from '../operations/define/lists';
import type { Operation } from '../operations/define/operation';
import { isAboutMessage, NO_BALANCE, NO_PHONE, PHONE_OFF, QUOTA_USED, WHATSAPP_OFF } from './accountWords';

/** What is to be done, as far as it decides which of a provider's operations does it. */
export type Job =
	| { kind: 'text' | 'question'; to: 'person' | 'group' }
	| {
			kind: 'file';
			to: 'person' | 'group';
			/** By its address, or from a binary field of the item. */
			source: 'url' | 'binary';
			hasCaption: boolean;
			/** The MIME type, as far as the item or the address gives it away. */
			mimeType: string | undefined;
	  }
	| { kind: 'numberCheck'; to: 'person' };

/** An operation of a provider, and where its parameters come from. */
export interface Service {
	operation: Operation;
	/**
	 * Values of its parameters by their names. `{ from }` takes a parameter of the routing node that has another name there;
	 * `sender` takes the chosen phone, where the operation's parameter for it is not that of {@link Senders}. A parameter that
	 * is not listed is the routing node's of the same name.
	 */
	parameters?: Record<string, { value: unknown } | { from: string } | 'sender'>;
	/** For a number check: whether its output says that the number is on WhatsApp; null where it does not say. */
	exists?: (output: IDataObject) => boolean | null;
}

/** Parameters with fixed values. */
export function fixed(values: Record<string, unknown>): Record<string, { value: unknown }> {
	return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]));
}

/** What answering an event has to know of it. */
export interface ChatOfEvent {
	/** For a recipient field of the same provider. */
	address: string;
	isGroup: boolean;
	/** The messenger: `whatsapp`, `telegram`, … */
	channel: string;
	/** Of the message that is answered, for providers that can show it above the answer. */
	messageId: string | null;
}

/** Why an account cannot send, so that another may. */
export type AccountReason = 'balance' | 'credential' | 'disconnected' | 'limit';

/** A refusal that is about the account and would meet every message. All that is given has to match. */
export interface AccountRefusal {
	reason: AccountReason;
	/** HTTP status, or the provider's code. */
	code?: string;
	/** In the provider's words. */
	words?: RegExp;
	/** Where the provider says so; "inferred" where it does not. */
	source: string;
}

/** Several phones of one account, each of which can send. */
export interface Senders {
	/** What the provider calls one, in Title Case: "Device". */
	displayName: string;
	/** Name of the parameter that chooses one, in every operation of the capabilities. */
	parameter: string;
	/** Name of the credential's default; one must be chosen where it has none. */
	credentialDefault?: string;
	list: ListLoader;
}

/** How a provider addresses its groups. */
export interface Groups {
	/** Name of the parameter in the operations that write to groups. */
	parameter: string;
	/** An example of what is written by hand. */
	example: string;
	/** Absent where the provider cannot list its groups. */
	list?: ListLoader;
	description: string;
}

/** What a provider can do, as data: everything that the node above all providers knows of it. */
export interface Capabilities {
	/** n8n's name of the provider's action node, as in the events of its trigger. */
	provider: string;
	gateway: Gateway;
	/** Absent where the credential is one phone. */
	senders?: Senders;
	/** Absent where the provider cannot write to groups. */
	groups?: Groups;
	/** The operation for a job; undefined if the provider cannot do it. */
	serviceFor: (job: Job) => Service | undefined;
	/** How a text goes into the chat of an event of its trigger; undefined if it cannot. */
	replyTo: (chat: ChatOfEvent) => Service | undefined;
	accountRefusals: AccountRefusal[];
}

/** What any gateway may say of its account; each provider's own entries come before. */
export const usualRefusals: AccountRefusal[] = [
	{ reason: 'disconnected', words: PHONE_OFF, source: 'inferred: what all gateways call a phone' },
	{ reason: 'disconnected', words: NO_PHONE, source: 'inferred, from "invalid device" in third-party code' },
	{ reason: 'disconnected', words: WHATSAPP_OFF, source: 'inferred' },
	{ reason: 'balance', words: NO_BALANCE, source: 'inferred: all of them are paid by time or message' },
	{ reason: 'limit', words: QUOTA_USED, source: 'inferred' },
];

/** HTTP statuses by which a web server says that nothing is at an address, or nothing that takes a message. */
const NOTHING_THERE = [404, 405, 410];

/**
 * Why the account, and not the message, was refused.
 *
 * @returns undefined if the refusal may be about the message
 */
export function accountReasonOf(
	{ kind, outcome, status, code, words = '', foreign }: GatewayFailure,
	{ accountRefusals }: Pick<Capabilities, 'accountRefusals'>,
): AccountReason | undefined {
	if (kind === 'rateLimited' && outcome === 'not sent') return 'limit';
	if (outcome !== 'refused') return undefined;
	const codes = [status, code].map(String);
	if (codes.includes('401')) return 'credential';
	if (foreign === 'web page' && NOTHING_THERE.includes(status ?? 0)) return 'credential';
	// "You may not write to this group" comes with 403 as well.
	if (isAboutMessage(words)) return undefined;
	if (kind === 'unauthorized') return 'credential';
	// A code counts only where the provider itself gives it.
	if (foreign !== undefined) return undefined;
	return accountRefusals.find(
		(entry) =>
			(entry.code === undefined || codes.includes(entry.code)) &&
			(entry.words === undefined || entry.words.test(words)),
	)?.reason;
}
