/*
 * Chategy, after its public API reference "Chategy" and what is known of the platform it is one white label of. Paths, fields
 * and example answers are the API reference's. From the provider's other documentation: `/api/v1/webhooks`, the limits of
 * lengths and times, MAX's webhooks; from people who use it: parameters are taken from query, form and JSON, refusals may
 * come with HTTP 200. Where a comment says inferred, nobody says it.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { read } from '../../control/controlInput';
import { isPlain, merge } from '../../merge';
import {
	type ControlAction,
	ControlError,
	type DeviceInfo,
	type OutgoingWebhook,
	type Played,
	type ProviderContext,
	type ProviderDefinition,
	type ProviderInstance,
	type ScheduledMessage,
} from '../../types';
import { writeBody } from '../../play/body';
import type { PlayOptions } from '../../play/options';
import { addClientRoutes } from './client';
import { addDeliveryRoutes, moveDelivery } from './delivery';
import { addCreateInstanceRoute, addInstanceRoutes } from './developer';
import { addHookRoutes, HOOK_TYPES, type HookType } from './hooks';
import { buildChategy, chategyPlayable } from './play';
import { ChategyRooms, WEBSOCKET_PATH } from './rooms';
import { CHANNELS, chategyAccount, TELEGRAM_STATES } from './seed';
import { ChategyState } from './state';
import { type ChategyEvent, chategyEvents, chategyWebhook } from './webhook';
import { named } from '../../http/named';

export const chategy: ProviderDefinition<ChategyEvent> = {
	// The paths of the API begin at the host: the base URL has none.
	basePath: '',
	events: chategyEvents,
	secretNames: ['authorization', 'token', 'checksum', 'idempotency_key', 'password', 'code'],
	// No limit is documented or announced anywhere.
	rateLimit: null,
	takesForms: true,
	credential: {
		'Client Access Token': chategyAccount.accessToken,
		'Idempotency Key': chategyAccount.idempotencyKey,
	},
	webSockets: { 'WebSocket URL': WEBSOCKET_PATH, 'WhatsApp WebSocket URL': WEBSOCKET_PATH },
	otherCredentials: { chategyDeveloperApi: { 'API Key': chategyAccount.developerApiKey } },
	create: (context) => new Chategy(context),
};

/** WhatsApp's authorization as the events of a log-in and log-out describe it (API reference). */
const DEVICE_STATUSES = ['connected', 'disconnected'] as const;

const inputs = {
	customer: z.strictObject({ customerId: z.int().optional() }),
	deliveryStatus: z.strictObject({
		/** Default: the last delivery. */
		id: z.int().optional(),
		statusId: z.int(),
		/** The channel it came over. Default: the one it has, or its first. */
		channel: z.enum(CHANNELS).optional(),
		/** Default: as the provider does, for final statuses. */
		callback: z.boolean().optional(),
	}),
	telegram: z.strictObject({ customerId: z.int().optional(), status: z.enum(TELEGRAM_STATES) }),
	frame: z.strictObject({ text: z.string() }),
	close: z.strictObject({ code: z.int().min(1000).max(4999).optional() }),
};

class Chategy implements ProviderInstance {
	private readonly state: ChategyState;
	private readonly rooms: ChategyRooms;
	readonly playable = chategyPlayable;
	private played = 0;

	/**
	 * `deliveryStatus` moves a delivery and waits for its callbacks. `scan` and `logOut` are WhatsApp's phone, `telegram`
	 * sets how far that authorization came. The others are about the open websockets: `sockets` lists them, `dropSockets`
	 * ends them without a word, `closeSockets` with one, `crashRooms` ends the rooms only, `sendFrame` sends any text.
	 */
	readonly actions: Readonly<Record<string, ControlAction>> = {
		deliveryStatus: async (input) => ({
			callbacks: await moveDelivery(this.state, read(inputs.deliveryStatus, input)),
		}),
		scan: (input) => this.setWhatsApp(input, true),
		logOut: (input) => this.setWhatsApp(input, false),
		telegram: (input) => {
			const { customerId, status } = read(inputs.telegram, input);
			this.rooms.setTelegram(this.state.controlled(customerId), status);
			return { status };
		},
		sockets: () => this.rooms.list(),
		dropSockets: () => ({ dropped: this.rooms.each((socket) => socket.drop()) }),
		closeSockets: (input) => {
			const { code } = read(inputs.close, input ?? {});
			return { closed: this.rooms.each((socket) => socket.close(code)) };
		},
		crashRooms: () => ({ sockets: this.rooms.each((socket) => socket.crashRooms()) }),
		sendFrame: (input) => {
			const { text } = read(inputs.frame, input);
			return { sockets: this.rooms.each((socket) => socket.sendRaw(text)) };
		},
	};

	constructor(private readonly context: ProviderContext) {
		this.state = new ChategyState(context);
		this.rooms = new ChategyRooms(this.state);
	}

	/** Also ends the websockets: the instances they belong to are new ones. */
	reset(): void {
		this.state.reset();
		this.rooms.each((socket) => socket.close());
	}

	rateKey(request: FastifyRequest): string {
		return request.headers.authorization ?? '';
	}

	refusal(status: number, message: string, detail?: unknown): unknown {
		const word = this.state.settings.refusalWord;
		if (!isPlain(detail))
			return { meta: { status: word, message: status === 404 ? 'Not found' : message, code: status } };
		const { errors, statusId } = detail;
		return {
			meta: {
				code: status,
				errors,
				message,
				status: word,
				...(statusId === undefined ? {} : { status_id: statusId }),
			},
		};
	}

	httpStatus(status: number): number {
		return this.state.settings.refusalStatus === 'ok' ? 200 : status;
	}

	/** The first instances: the one the token belongs to, and the one without money. */
	devices(): DeviceInfo[] {
		return this.state.instances.slice(0, 2).map(({ id, email, phone, isWhatsAppAuthorized }) => ({
			id: String(id),
			name: email,
			status: isWhatsAppAuthorized ? 'connected' : 'disconnected',
			number: phone,
		}));
	}

	setDeviceStatus(deviceId: string, status: string): void {
		if (!DEVICE_STATUSES.some((known) => known === status)) {
			throw new ControlError(`Chategy has no status "${status}". It has ${DEVICE_STATUSES.join(', ')}.`);
		}
		const instance = this.state.instances.find(({ id }) => String(id) === deviceId);
		if (instance === undefined)
			throw new ControlError(`There is no instance "${deviceId}". The first one is ${this.state.main.id}.`);
		this.rooms.setWhatsApp(instance, status === 'connected');
	}

	/** The first webhook registered with the token; `slot` "developer": with the developer's key. */
	webhook(slot?: string): string | null {
		return this.state.hooks[ownerOf(slot)][0]?.url ?? null;
	}

	/** Replaces all webhooks of the token (or, with `slot` "developer", of the key) by one that subscribes to everything. */
	setWebhook(url: string | null, slot?: string): void {
		const owner = ownerOf(slot);
		this.state.hooks[owner] = [];
		if (url !== null) this.state.addHook(owner, url, [...HOOK_TYPES]);
	}

	scheduled(): ScheduledMessage[] {
		return this.state.deliveries.flatMap(({ id, recipient, text, scheduledAt }) =>
			scheduledAt === null ? [] : [{ id: String(id), recipient, text, ...scheduledAt }],
		);
	}

	configure(settings: Record<string, unknown>): void {
		this.state.configure(settings);
		this.rooms.each((socket) => socket.watchIdle());
	}

	/** Posts to every webhook that subscribes to the event's type, of the token and of the developer's key. */
	incoming(event: ChategyEvent, overrides: Record<string, unknown>): ReturnType<ProviderInstance['incoming']> {
		const { main: instance, deliveries } = this.state;
		const { type, payload } = chategyWebhook(event, ++this.played, {
			media: this.context.media,
			instance,
			delivery: deliveries.at(-1),
		});
		const body = JSON.stringify(merge(payload, overrides));
		return { bodies: [body], webhooks: this.post(type === null ? null : [type], body) };
	}

	/** Posts to every webhook that subscribes to one of the kind's types, of the token and of the developer's key. */
	play(kind: string, options: PlayOptions): Played {
		const { main: instance, deliveries } = this.state;
		const { deliveryId } = options;
		const delivery = deliveryId === undefined ? deliveries.at(-1) : deliveries.find(({ id }) => id === deliveryId);
		const world = { media: this.context.media, instance, delivery, count: ++this.played };
		const { messageId, posted } = buildChategy(kind, options, world);
		const written = posted.map(({ hookTypes, body }) => ({
			hookTypes,
			...writeBody(merge(body, options.overrides ?? {}), options.contentType),
		}));
		return {
			messageId,
			bodies: written.map(({ body }) => body),
			webhooks: written.flatMap(({ hookTypes, body, headers }) => this.post(hookTypes, body, headers)),
		};
	}

	/** @param asked the types a webhook must subscribe to; null: it is posted to every webhook */
	private post(
		asked: readonly HookType[] | null,
		body: string,
		headers: Record<string, string> = { 'Content-Type': 'application/json' },
	): OutgoingWebhook[] {
		const { client, developer } = this.state.hooks;
		const wanted = [...client, ...developer].filter(
			({ types }) => asked === null || asked.some((type) => types.includes(type)),
		);
		return wanted.map(({ url }) => ({ url, body, headers: () => headers }));
	}

	routes(api: FastifyInstance): void {
		api.register(
			named('chategy client API', async (client: FastifyInstance) => {
				addDeliveryRoutes(client, this.state);
				addClientRoutes(client, this.state);
				addHookRoutes(client, this.state, 'client');
			}),
			{ prefix: '/api/v1' },
		);
		api.register(
			named('chategy developer API', async (developer: FastifyInstance) => {
				addInstanceRoutes(developer, this.state);
				addHookRoutes(developer, this.state, 'developer');
			}),
			{ prefix: '/developer/v1' },
		);
		addCreateInstanceRoute(api, this.state);
		this.rooms.addRoute(api);
	}

	private setWhatsApp(input: unknown, isAuthorized: boolean): unknown {
		const { customerId } = read(inputs.customer, input ?? {});
		this.rooms.setWhatsApp(this.state.controlled(customerId), isAuthorized);
		return { auth: isAuthorized };
	}
}

function ownerOf(slot: string | undefined): 'client' | 'developer' {
	if (slot === undefined || slot === 'client') return 'client';
	if (slot === 'developer') return 'developer';
	throw new ControlError(`Chategy has no webhooks for "${slot}". It has webhooks for client and developer.`);
}
