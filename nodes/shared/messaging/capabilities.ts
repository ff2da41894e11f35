import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import type { Gateway } from '../operations/define/gateway';
import type { ListLoader } from '../operations/define/lists';
import type { Operation } from '../operations/define/operation';
import type { AccountRefusal } from './accountRefusals';

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

/** How a provider recognizes a message that it has accepted before. */
export interface Keys {
	/** What it takes ("an Idempotency Key in its credential"); absent where every credential will do. */
	needs?: string;
	isOn: (credential: ICredentialDataDecryptedObject) => boolean;
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
	/** Absent where the provider sends whatever it is given. Its sends take the key of their item; see `ItemReader.key`. */
	keys?: Keys;
	/** The operation for a job; undefined if the provider cannot do it. */
	serviceFor: (job: Job) => Service | undefined;
	/** How a text goes into the chat of an event of its trigger; undefined if it cannot. */
	replyTo: (chat: ChatOfEvent) => Service | undefined;
	accountRefusals: AccountRefusal[];
}
