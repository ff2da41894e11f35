import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import type { IncomingHttpHeaders } from 'node:http';
import type { FileAnswer, GatewayApi, GatewayClient } from '../http/client';
import type { FetchFile } from '../operations/context';
import type { ReadParameter } from '../operations/field';
import type { EventMedia, GatewayEvent } from './event';

/** What a provider's `<provider>.webhook.ts` says about its webhooks; the rest of a trigger is the same for all. */
export interface GatewayTrigger {
	/** n8n's name of the provider, as in the event shape. */
	provider: string;
	api: GatewayApi;
	registration: OneSlot | ManySlots | ByHand;
	/**
	 * The events in a call.
	 *
	 * @returns undefined if the call does not have the provider's form
	 */
	parse: (call: WebhookCall) => GatewayEvent[] | undefined;
	/** Checks the provider's signature, where it signs; without it, a secret in the registered address is checked. */
	verify?: (call: WebhookCall, credential: ICredentialDataDecryptedObject) => boolean;
	/** Fetches the file of an event: through the API, or by `fetchFile` from an address that stands in the event. */
	fetchMedia?: (
		client: GatewayClient,
		event: GatewayEvent,
		media: EventMedia,
		fetchFile: FetchFile,
	) => Promise<FileAnswer>;
}

/** An incoming call. */
export interface WebhookCall {
	headers: IncomingHttpHeaders;
	query: IDataObject;
	/** Parsed JSON or form. */
	body: unknown;
	rawBody: Buffer | undefined;
}

/** A provider that keeps one address: for each key, device or session. */
export interface OneSlot {
	kind: 'oneSlot';
	/** What the slot belongs to, for messages: "API key", "device". */
	owner: string;
	/** The address registered now; undefined or empty if none. */
	read: (client: GatewayClient, parameter: ReadParameter) => Promise<string | undefined>;
	write: (client: GatewayClient, url: string, parameter: ReadParameter) => Promise<void>;
	clear: (client: GatewayClient, parameter: ReadParameter) => Promise<void>;
}

/** A provider that keeps a list of addresses. */
export interface ManySlots {
	kind: 'manySlots';
	list: (client: GatewayClient, parameter: ReadParameter) => Promise<Array<{ id: string; url: string }>>;
	create: (client: GatewayClient, url: string, parameter: ReadParameter) => Promise<void>;
	remove: (client: GatewayClient, id: string, parameter: ReadParameter) => Promise<void>;
}

/**
 * A provider without an API for it: the user pastes the address somewhere. Where it signs nothing either, the user may
 * add a secret of their own to the pasted address (the Secret option).
 */
export interface ByHand {
	kind: 'byHand';
}
