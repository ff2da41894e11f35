import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { MediaStore } from './media';
import type { Kind } from './play/kinds';
import type { PlayOption, PlayOptions } from './play/options';

/** A message a provider accepted, in the order of acceptance. Counting these is how "exactly once" is asserted. */
export interface SentMessage {
	provider: string;
	/** 1 for the first message accepted since the start or the last reset, over all providers. */
	sequence: number;
	device: string;
	recipient: string;
	recipientType: 'person' | 'group';
	/** The provider's own word for the kind of message, such as Chatalo's `text`, `caption` and `file`. */
	kind: string;
	text: string | null;
	url: string | null;
	/** Milliseconds since 1970. */
	acceptedAt: number;
	/** The body as the provider received it. */
	raw: unknown;
	/** What the provider's webhooks call it by, for providers whose webhooks point at messages. */
	id?: string;
	/** ISO 8601, UTC: when it is to go out, where that is later. */
	scheduledAt?: string;
}

/** The state of a message after it was accepted, as the phone shows it. */
export interface Revision {
	text?: string;
	isEdited?: true;
	isDeleted?: true;
	status?: 'delivered' | 'read' | 'failed';
	/** The provider's own words for the status. */
	note?: string;
}

/** How a request ended: the status that went out, or what happened in its place. */
export type Answered = number | 'pending' | 'dropped' | 'hung' | 'abandoned';

/** One HTTP request that reached a provider, also when a fault ended it. */
export interface RequestRecord {
	provider: string;
	method: string;
	/** Below the provider's base URL: `/messages`, not `/chatalo/api/v1/messages`. */
	path: string;
	query: Record<string, unknown>;
	headers: Record<string, string | string[] | undefined>;
	body: unknown;
	/** Milliseconds since 1970. */
	at: number;
	/** Number of the TCP connection it came over, from 1. */
	connection: number;
	/** `abandoned`: the client left before the whole answer was out. `hung` stays, also after the client left. */
	answered: Answered;
	/** The fault that hit it, if any. */
	fault?: string;
}

/** A fixed window: `limit` requests per key, counted from the first one, until `windowMs` are over. */
export interface RateLimit {
	limit: number;
	windowMs: number;
	/** Whether the 429 carries `Retry-After` in seconds. Default true. */
	retryAfter?: boolean;
}

/** A webhook as a provider would post it. */
export interface OutgoingWebhook {
	url: string;
	body: string;
	/** Computed for each attempt, because a signature may cover the time of sending. The body stays the same bytes. */
	headers(attempt: number): Record<string, string>;
	/** Told how an attempt went, for providers that keep a list of their deliveries. */
	delivered?(attempt: number, result: Delivery): void;
}

/** One webhook that was posted, and what came back. */
export interface Delivery {
	url: string;
	/** null when no answer came; `error` then says why. */
	status: number | null;
	headers: Record<string, string | string[] | undefined>;
	body: string;
	ms: number;
	error?: string;
}

/** What `incoming()` posted. */
export interface IncomingResult {
	/** false when no webhook was registered: then nothing was posted, and `note` says so. */
	registered: boolean;
	/** The bodies, one for each registered webhook, as posted. */
	bodies: string[];
	deliveries: Delivery[];
	note?: string;
}

/** What `play()` posted. */
export interface PlayResult extends IncomingResult {
	/** Id of the message, for what points at it later; null where it has none. */
	messageId: string | null;
}

/** What a provider can play by name. */
export interface Playable {
	kinds: readonly Kind[];
	/** What can be put around the content. */
	wrappers?: readonly Kind[];
	/** The names under which it delivers, where there is a choice. */
	eventNames?: readonly string[];
	/** The options it supports for an event; all others are refused. */
	options: readonly PlayOption[];
}

/** What a provider made of a kind. */
export interface Played {
	messageId: string | null;
	bodies: string[];
	webhooks: OutgoingWebhook[];
}

export interface DeviceInfo {
	id: string;
	name: string;
	status: string;
	/** Its phone number in digits, where it has one. */
	number?: string;
}

/** A message that a provider keeps until its time. The sandbox only stores it and never sends it on its own. */
export interface ScheduledMessage {
	/** What the provider calls it by, for deleting it. */
	id: string;
	recipient: string;
	text: string | null;
	/** ISO 8601, UTC. */
	at: string;
	/** As the request wrote it, in the provider's own form and time zone. */
	written: string;
}

/** What the sandbox gives a provider. */
export interface ProviderContext {
	/** Address of the sandbox without a slash at the end. Only known once it listens, hence a function. */
	origin(): string;
	media: MediaStore;
	/** Records a message as accepted. To be called once for each message, at the moment the provider would have queued it. */
	accept(message: Omit<SentMessage, 'provider' | 'sequence' | 'acceptedAt'>): void;
	/** Shows the state of a message on the phone, by the id it was accepted with. */
	revise(id: string, revision: Revision): void;
	/** Shows on the phone what a device does in a chat: `composing`, `recording`, or anything else for nothing. */
	showPresence(device: string, recipient: string, presence: string): void;
	/** Posts something unprompted, as a provider does that reports delivery statuses. Never throws. */
	post(webhook: OutgoingWebhook, attempt: number): Promise<Delivery>;
	/** Resolves after the time, or immediately when the sandbox closes or the signal is aborted. */
	wait(ms: number, signal?: AbortSignal): Promise<void>;
	/** Whether the sandbox is closing: then nothing more is to be started. */
	isClosing(): boolean;
}

/** A call of a provider's own, which the control offers under its name. Throws a ControlError for an input it cannot use. */
export type ControlAction = (input: unknown) => unknown;

/** A provider's state and behaviour. */
export interface ProviderInstance {
	/** Back to the seed data. */
	reset(): void;
	/** Whose requests are counted together against the rate limit. */
	rateKey(request: FastifyRequest): string;
	/** Adds the routes, relative to the base URL. */
	routes(api: FastifyInstance): void;
	/**
	 * An answer that says no, in the provider's own form. Also used for 404, 429 and injected errors.
	 *
	 * @param detail what the provider's own Refusal carried in addition to its words
	 */
	refusal(status: number, message: string, detail?: unknown): unknown;
	/** The HTTP status under which a refusal goes out, for providers that say no with 200. Without it: the refusal's own. */
	httpStatus?(status: number): number;
	devices(): DeviceInfo[];
	/** Throws a ControlError for an unknown device or status. */
	setDeviceStatus(deviceId: string, status: string): void;
	/** The registered URL; `slot` for providers that keep one per device or session. */
	webhook(slot?: string): string | null;
	setWebhook(url: string | null, slot?: string): void;
	/** The messages that wait for their time, for providers that take such. */
	scheduled?(): ScheduledMessage[];
	/** Chooses between forms the provider is known or suspected to use. Throws a ControlError for an unknown setting or value. */
	configure?(settings: Record<string, unknown>): void;
	/** What else can be done at this provider, beyond what all of them have. */
	readonly actions?: Readonly<Record<string, ControlAction>>;
	/** The text of the QR code that a device shows now; null while it shows none. */
	qrCode?(deviceId: string): string | null;
	/** What `play` can play. */
	readonly playable?: Playable;
	/** Builds the webhooks for a kind by its name. Throws a ControlError for what it does not support. */
	play?(kind: string, options: PlayOptions): Played;
	/**
	 * Builds the webhook for an event, one entry for each URL registered.
	 *
	 * @param slot the device or session it arrives at, for providers that keep a webhook for each; by default the first
	 *   with a webhook
	 */
	incoming(
		event: string,
		overrides: Record<string, unknown>,
		slot?: string,
	): { bodies: string[]; webhooks: OutgoingWebhook[] };
}

/** One provider: a file in `providers/` exports this, `providers/index.ts` lists it. */
export interface ProviderDefinition<Event extends string = string> {
	/** Below `/<name>`, as in `/api/v1`. */
	readonly basePath: string;
	/** The kinds of events `incoming` can play. */
	readonly events: readonly Event[];
	/** Names of headers, query parameters and body fields the HTTP control API shows as `***`. Lower case. */
	readonly secretNames: readonly string[];
	readonly rateLimit: RateLimit | null;
	/** Whether webhook addresses are pasted into its dashboard, as no API registers them. Default false. */
	readonly webhooksByHand?: boolean;
	/** Whether it reads urlencoded and multipart bodies, in addition to JSON. Default false: such a body has no fields. */
	readonly takesForms?: boolean;
	/** Content type of its JSON answers, where that is not `application/json`. */
	readonly answerType?: string;
	/** What to type into the credential in addition to the base URL. */
	readonly credential: Readonly<Record<string, string>>;
	/** Fields of that credential that hold the address of a websocket, each with its path below the base URL. */
	readonly webSockets?: Readonly<Record<string, string>>;
	/** What to type into further credentials, by their type in n8n, for providers with more than one. */
	readonly otherCredentials?: Readonly<Record<string, Readonly<Record<string, string>>>>;
	create(context: ProviderContext): ProviderInstance;
}

/** Thrown by a provider's route: the request is answered with this status in the provider's form. */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		message: string,
		/** What else the answer says, in the provider's own terms: a code, the fields that are wrong. */
		readonly detail?: unknown,
	) {
		super(message);
	}
}

/** A control call that cannot be done as asked; the HTTP control API answers 400 with the message. */
export class ControlError extends Error {}
