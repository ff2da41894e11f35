import type { ConnectionCounts, Connections } from '../http/connections';
import { deliver } from '../http/delivery';
import {
	type ChaosSpec,
	type FaultHandle,
	type FaultInfo,
	type Faults,
	type FaultSpec,
	type FaultTarget,
	matches,
} from '../http/faults';
import type { Download, MediaContent, MediaFault, MediaHandle, MediaStore } from '../media';
import type { MountedProvider } from '../http/pipeline';
import type { Journal, KnownMessage } from '../phone/journal';
import type { PlayOptions } from '../play/options';
import type { EventOf, ProviderName } from '../providers';
import {
	ControlError,
	type Delivery,
	type DeviceInfo,
	type IncomingResult,
	type OutgoingWebhook,
	type Playable,
	type PlayResult,
	type RateLimit,
	type RequestRecord,
	type ScheduledMessage,
	type SentMessage,
} from '../types';
import { buildPlayed, checkTimes, playableOf, postAll } from './playing';

/** The parts a control works on; put together by `startSandbox`. */
interface ControlParts {
	providers: ReadonlyMap<string, MountedProvider>;
	media: MediaStore;
	faults: Faults;
	connections: Connections;
	sent: SentMessage[];
	requested: RequestRecord[];
	/** Keeps what chats show. */
	journal: Journal;
	/** Aborted when the sandbox closes. */
	closing: AbortSignal;
}

export interface IncomingOptions {
	/** How often the same webhook is posted, as a provider does that saw no answer: the same bytes each time. Default 1. */
	times?: number;
	/** All at the same time instead of one after the other. */
	parallel?: boolean;
	/** Laid over the provider's body, field by field, in the provider's own names; undefined removes a field. */
	overrides?: Record<string, unknown>;
	/** The device or session it arrives at, for providers with a webhook for each. Default: the first with a webhook. */
	slot?: string;
	/** What the phone shows of it, where it is not to be read from the body. */
	shown?: { device: string | undefined; known: KnownMessage | undefined };
}

/** How a kind is played, and how often its webhooks are posted. */
export type PlayRequest = PlayOptions & Pick<IncomingOptions, 'times' | 'parallel'>;

/** How long an idle connection is kept, unless changed: the default of Node's own server. */
export const DEFAULT_IDLE_TIMEOUT_MS = 5_000;

/** The control side of the sandbox: reads what arrived, plays events, breaks things. */
export class SandboxControl {
	constructor(private readonly parts: ControlParts) {}

	/** State, faults, limits and logs as at the start. Connections and requests under way go on. */
	reset(): void {
		const { providers, media, faults, connections, sent, requested, journal } = this.parts;
		for (const { instance, limiter } of providers.values()) {
			instance.reset();
			limiter.reset();
		}
		media.reset();
		faults.clear();
		sent.length = 0;
		requested.length = 0;
		journal.reset();
		connections.resetCounts();
		connections.setIdleTimeout(DEFAULT_IDLE_TIMEOUT_MS, true);
	}

	/** The messages that were accepted, in order. */
	messages(provider?: ProviderName): SentMessage[] {
		return this.parts.sent.filter((message) => provider === undefined || message.provider === provider);
	}

	/** The requests that reached a provider, in order of arrival. The path is the one below the base URL. */
	requests(filter: FaultTarget = {}): RequestRecord[] {
		return this.parts.requested.filter((record) => matches(filter, record));
	}

	/** TCP connections clients opened. */
	connections(): ConnectionCounts {
		return this.parts.connections.read();
	}

	/** Lets something go wrong with the next matching requests. */
	fault(spec: FaultSpec): FaultHandle {
		if (spec.provider !== undefined) this.provider(spec.provider);
		return this.parts.faults.add(spec);
	}

	/** Lets something go wrong with a share of the requests, the same ones for the same seed. */
	chaos(spec: ChaosSpec): FaultHandle {
		if (spec.provider !== undefined) this.provider(spec.provider);
		return this.parts.faults.chaos(spec);
	}

	/** The faults that are waiting. */
	faults(): FaultInfo[] {
		return this.parts.faults.list();
	}

	/** Takes one fault away by its id, or all of them. */
	clearFaults(id?: number): void {
		if (id === undefined) this.parts.faults.clear();
		else if (!this.parts.faults.remove(id)) throw new ControlError(`There is no fault ${id}.`);
	}

	/** Sets a provider's rate limit and restarts its windows. null: no limit, and no headers that announce one. */
	setRateLimit(provider: ProviderName, limit: RateLimit | null): void {
		if (limit !== null) {
			if (!Number.isInteger(limit.limit) || limit.limit < 0)
				throw new ControlError('limit must be a whole number of at least 0');
			if (!(limit.windowMs > 0)) throw new ControlError('windowMs must be more than 0');
		}
		this.provider(provider).limiter.set(limit);
	}

	/** Closes kept-alive connections that were idle that long; `announce: false` leaves `Keep-Alive: timeout=` out. */
	setIdleTimeout(ms: number, options: { announce?: boolean } = {}): void {
		// With 0, Node would keep them forever.
		if (!(ms >= 1 && ms <= 2 ** 31 - 1)) throw new ControlError('ms must be from 1 to 2147483647');
		this.parts.connections.setIdleTimeout(ms, options.announce ?? true);
	}

	/** The devices of a provider's account. */
	devices(provider: ProviderName): DeviceInfo[] {
		return this.provider(provider).instance.devices();
	}

	/** Changes a device's status to one the provider knows, as when a phone logs out. */
	setDeviceStatus(provider: ProviderName, deviceId: string, status: string): void {
		this.provider(provider).instance.setDeviceStatus(deviceId, status);
	}

	/** The webhook URL registered now; null when there is none. `slot`: the device or session, for providers with one each. */
	webhook(provider: ProviderName, slot?: string): string | null {
		return this.provider(provider).instance.webhook(slot);
	}

	/** Puts a URL in the slot as if someone else had registered it; null clears it. */
	setWebhook(provider: ProviderName, url: string | null, slot?: string): void {
		if (url !== null && !URL.canParse(url)) throw new ControlError(`"${url}" is not a URL`);
		this.provider(provider).instance.setWebhook(url, slot);
	}

	/** The messages a provider keeps until their time. */
	scheduled(provider: ProviderName): ScheduledMessage[] {
		return this.provider(provider).instance.scheduled?.() ?? [];
	}

	/** Chooses a form of a provider for which the sources leave several open, until the next reset. */
	configure(provider: ProviderName, settings: Record<string, unknown>): void {
		const { instance } = this.provider(provider);
		if (!instance.configure) throw new ControlError(`${provider} has no settings.`);
		instance.configure(settings);
	}

	/** Lets a provider's other side do something only this provider has. Resolves with what came of it. */
	async action(provider: ProviderName, name: string, input: unknown = {}): Promise<unknown> {
		const { actions = {} } = this.provider(provider).instance;
		const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
		if (action !== undefined) return await action(input);
		throw new ControlError(
			`${provider} has no action "${name}". It has ${Object.keys(actions).join(', ') || 'none'}.`,
		);
	}

	/** Plays an event: posts it in the provider's form to the webhook that is registered. */
	async incoming<Name extends ProviderName>(
		provider: Name,
		event: EventOf<Name>,
		options: IncomingOptions = {},
	): Promise<IncomingResult> {
		const { definition, instance } = this.provider(provider);
		if (!definition.events.includes(event)) {
			throw new ControlError(`${provider} has no event "${event}". It has ${definition.events.join(', ')}.`);
		}
		checkTimes(options);
		return await this.postAll(provider, instance.incoming(event, options.overrides ?? {}, options.slot), options);
	}

	/** What a provider can play by name, with what can be said about it. */
	playable(provider: ProviderName): Playable {
		return playableOf(provider, this.provider(provider).instance);
	}

	/** Plays a kind by its name: posts it in the provider's form, under one event name or several. */
	async play(provider: ProviderName, kind: string, request: PlayRequest = {}): Promise<PlayResult> {
		const { times, parallel, ...options } = request;
		checkTimes({ times });
		const { messageId, ...built } = buildPlayed(provider, this.provider(provider).instance, kind, options);
		return { messageId, ...(await this.postAll(provider, built, { times, parallel })) };
	}

	/** Lets something go wrong with a file, by its URL, path or reference, or with all files; null ends it. */
	setMediaFault(fault: MediaFault | null, where?: string): void {
		if (!this.parts.media.setFault(fault, where)) throw new ControlError(`There is no file "${where}".`);
	}

	/** The downloads of files by their address, WhatsApp's encrypted ones included. */
	downloads(): Download[] {
		return this.parts.media.downloads();
	}

	/** Posts anything anywhere: a forged or broken webhook. `{ provider }` means the URL registered there. */
	async deliverRaw(
		target: string | { provider: ProviderName; slot?: string },
		body: string | Uint8Array,
		headers: Record<string, string> = { 'Content-Type': 'application/json' },
	): Promise<Delivery> {
		const url = typeof target === 'string' ? target : this.webhook(target.provider, target.slot);
		if (url !== null) return await this.deliverNoted(target, url, body, headers);
		return {
			url: '',
			status: null,
			headers: {},
			body: '',
			ms: 0,
			error: 'No webhook is registered: nothing was posted.',
		};
	}

	/** Adds a file that can be downloaded by its reference (or URL). `{ size }`: made up while it is sent. */
	addMedia(content: MediaContent, mimeType: string): MediaHandle {
		if (!(content instanceof Uint8Array) && !(Number.isInteger(content.size) && content.size >= 0)) {
			throw new ControlError('size must be a whole number of at least 0');
		}
		return this.parts.media.add(content, mimeType);
	}

	private async postAll(
		provider: string,
		built: { bodies: string[]; webhooks: OutgoingWebhook[] },
		{ slot, shown = { device: slot, known: undefined }, ...repetition }: IncomingOptions,
	): Promise<IncomingResult> {
		const shownAs = { slot: shown.device, known: shown.known };
		const delivered = this.parts.journal.played(provider, built.bodies, shownAs);
		const result = await postAll(provider, built, repetition, (webhook, attempt) =>
			this.post(provider, webhook, attempt),
		);
		delivered(result.deliveries);
		return result;
	}

	/** Posts a webhook once more that was posted before. */
	async postAgain(provider: ProviderName, webhook: OutgoingWebhook, attempt: number): Promise<Delivery> {
		return await this.post(provider, webhook, attempt);
	}

	private async deliverNoted(
		target: string | { provider: ProviderName },
		url: string,
		body: string | Uint8Array,
		headers: Record<string, string>,
	): Promise<Delivery> {
		const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
		const provider = typeof target === 'string' ? '' : target.provider;
		return await this.parts.journal.follow(provider, { url, body: text, headers: () => headers }, 1, () =>
			deliver(url, body, headers, this.parts.closing),
		);
	}

	private async post(provider: string, webhook: OutgoingWebhook, attempt: number): Promise<Delivery> {
		const result = await this.parts.journal.follow(provider, webhook, attempt, (headers) =>
			deliver(webhook.url, webhook.body, headers, this.parts.closing),
		);
		webhook.delivered?.(attempt, result);
		return result;
	}

	private provider(name: string): MountedProvider {
		const provider = this.parts.providers.get(name);
		if (provider !== undefined) return provider;
		throw new ControlError(
			`The sandbox has no provider "${name}". It has ${[...this.parts.providers.keys()].join(', ')}.`,
		);
	}
}
