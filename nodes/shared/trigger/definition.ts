import type { ICredentialDataDecryptedObject, IDataObject, IWebhookFunctions } from 'n8n-workflow';
import type { FileAnswer, GatewayClient } from '../http/client';
import type { GatewayApi } from '../http/gatewayApi';
import type { ReadParameter } from '../operations/define/field';
import type { FetchFile } from '../operations/n8n/context';
import type { EventMedia, GatewayEvent } from './event/event';

/** What a provider's `trigger` says about its webhooks; the rest of a trigger is the same for all. */
export interface GatewayTrigger {
	/** n8n's name of the provider, as in the event shape. */
	provider: string;
	/** With which credential it works; a function where the user chooses between several. */
	api: GatewayApi | ((parameter: ReadParameter) => GatewayApi);
	registration: OneSlot | ManySlots | ByHand;
	/**
	 * The events in a call.
	 *
	 * @returns undefined if the call does not have the provider's form
	 */
	parse: (call: WebhookCall) => GatewayEvent[] | undefined;
	/**
	 * What the user chooses an event by under Events, where that is neither its name nor the kind of its message: the
	 * channel it came by, for example.
	 */
	choiceOf?: (event: GatewayEvent) => string | undefined;
	/**
	 * Checks the provider's signature, where it signs; without it, a secret in the registered address is checked.
	 *
	 * @param secret of this node, made of credential, workflow and webhook, for a user who chose none
	 */
	verify?: (call: WebhookCall, credential: ICredentialDataDecryptedObject, secret: string) => boolean;
	/**
	 * Looks up what the payload leaves out, where the node's options ask for it. What cannot be found stays as it is: it
	 * throws nothing. An answer waits for it, together with files, for a few seconds at most.
	 */
	lookUp?: (client: GatewayClient, event: GatewayEvent, parameter: ReadParameter) => Promise<GatewayEvent>;
	/** The connected account's own phone numbers and LIDs, for what mentions them; asked for once in a while. */
	ownIds?: (client: GatewayClient, parameter: ReadParameter) => Promise<string[]>;
	/** Whether every message names the account's own number (`account`), so that mentions of it can be told. */
	tellsOwnNumber?: boolean;
	/**
	 * By which headers the provider marks a delivery that it repeats; only where it is known that it does. Nothing signs
	 * headers: they are asked only about events that have no id and no time of their own.
	 */
	deliveryHeaders?: DeliveryHeaders;
	/**
	 * Fetches the file of an event through the API, or by its reference. What has a plain address (`media.url`), or is in the
	 * payload as Base64, was tried before. An error of the kind `MediaFailure` says what the item is to say.
	 *
	 * @param fetchFile for addresses that others may have chosen
	 */
	fetchMedia?: (
		client: GatewayClient,
		event: GatewayEvent,
		media: EventMedia,
		fetchFile: FetchFile,
		limits: { maxBytes: number },
	) => Promise<FileAnswer>;
}

/** The headers of a provider that mark a repeated delivery; names in lower case. */
export interface DeliveryHeaders {
	/** The id of an event or delivery, the same for each attempt. */
	ids: readonly string[];
	/** Counts attempts from 1. Without it, an id that was seen before is a repeat. */
	attempt?: string;
}

/** An incoming call. */
export interface WebhookCall {
	headers: ReturnType<IWebhookFunctions['getHeaderData']>;
	query: IDataObject;
	/** Parsed JSON or form. */
	body: unknown;
	rawBody: Buffer | undefined;
}

/** Whose address is registered. */
export interface Registration {
	/** Of this node, made of credential, workflow and webhook; in the address itself where the provider signs nothing. */
	secret: string;
	/** Reads a value of the node's credential. */
	credential: ReadParameter;
	/** Whether the address that is written is one of this node's; false when someone else's is restored. */
	isOwn: boolean;
}

/** The credential that a trigger works with. */
export function apiOf(trigger: GatewayTrigger, parameter: ReadParameter): GatewayApi {
	return typeof trigger.api === 'function' ? trigger.api(parameter) : trigger.api;
}

/** A provider that keeps one address: for each key, device or session. */
export interface OneSlot {
	kind: 'oneSlot';
	/** What the slot belongs to, for messages: "API key", "device". */
	owner: string;
	/** Which one it is, where one credential has several: an ID that is no secret, for messages. */
	ownerId?: (parameter: ReadParameter, registration: Registration) => string;
	/**
	 * The address registered now; undefined or empty if none. Leave it out if the provider cannot show it: nothing is
	 * then verified, remembered or put back (see `register/writeOnlySlot.ts`).
	 */
	read?: (client: GatewayClient, parameter: ReadParameter, registration: Registration) => Promise<string | undefined>;
	/** May throw a SlotRefusal before it writes. */
	write: (client: GatewayClient, url: string, parameter: ReadParameter, registration: Registration) => Promise<void>;
	clear: (client: GatewayClient, parameter: ReadParameter, registration: Registration) => Promise<void>;
}

/** Whether it is one address that can be set and cleared, but not read. */
export function isWriteOnly(registration: GatewayTrigger['registration']): boolean {
	return registration.kind === 'oneSlot' && registration.read === undefined;
}

/** An address in a provider's list. */
interface SlotEntry {
	id: string;
	url: string;
	/** False where it is registered for other events than the node asks for now. */
	upToDate?: boolean;
}

/** A provider that keeps a list of addresses. */
export interface ManySlots {
	kind: 'manySlots';
	list: (client: GatewayClient, parameter: ReadParameter) => Promise<SlotEntry[]>;
	create: (client: GatewayClient, url: string, parameter: ReadParameter) => Promise<void>;
	remove: (client: GatewayClient, id: string, parameter: ReadParameter) => Promise<void>;
}

/**
 * A provider without an API for it: the user pastes the address somewhere. Where it signs nothing either, the user may
 * add a secret of their own to the pasted address (the Secret option).
 */
interface ByHand {
	kind: 'byHand';
}
