/*
 * Wapio, after its public API reference "Wapio API". Paths, fields, statuses and example answers are the API reference's, also
 * the form of a refusal: `{success: false, message, reason_code, errors}`. From the provider's own documentation and
 * packages: the webhook of a session, its deliveries, queued operations, uploads, how a request names its session, the
 * signature of webhooks. Inferred, where both are silent: most codes and wordings of refusals, and the fields of answers
 * that the API reference shows without a body; such answers to a change have none here either.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { isPlain, merge } from '../../merge';
import {
	ControlError,
	type DeviceInfo,
	type OutgoingWebhook,
	type Played,
	type ProviderContext,
	type ProviderDefinition,
	type ProviderInstance,
} from '../../types';
import { writeBody } from '../../play/body';
import type { PlayOptions } from '../../play/options';
import { directoryRoutes } from './directory';
import { mediaRoutes } from './media';
import { messageRoutes } from './messages';
import { buildWapio, wapioPlayable } from './play';
import { SESSION_STATUSES, type Session, wapioAccount } from './seed';
import { sessionRoutes } from './sessions';
import { eventName, signature, SUBSCRIBABLE, type WapioEvent, wapioEvents, wapioWebhook } from './webhook';
import { WapioWorld } from './world';

/** Attempts on the smallest plan (provider's page for developers). */
const TOTAL_ATTEMPTS = 3;

const REASONS: Record<number, string> = {
	400: 'bad_request',
	401: 'unauthorized',
	403: 'forbidden',
	404: 'not_found',
	409: 'conflict',
	422: 'validation_error',
	429: 'rate_limited',
};

export const wapio: ProviderDefinition<WapioEvent> = {
	// The paths of the API reference begin at the root.
	basePath: '',
	events: wapioEvents,
	secretNames: ['authorization', 'signing_secret'],
	// The smallest plan: 60 requests a minute (provider documentation).
	rateLimit: { limit: 60, windowMs: 60_000 },
	credential: { Token: wapioAccount.pat, 'Default Session ID': wapioAccount.sessions.connected },
	create: (context) => new Wapio(context),
};

class Wapio implements ProviderInstance {
	private readonly world: WapioWorld;
	readonly playable = wapioPlayable(SUBSCRIBABLE);
	private played = 0;

	constructor(context: ProviderContext) {
		this.world = new WapioWorld(context);
	}

	reset(): void {
		this.world.reset();
	}

	/** "Per-account rate limit" (API reference, List sessions): all keys of the account count together. */
	rateKey(request: FastifyRequest): string {
		return this.world.callerOf(request) === undefined
			? `stranger ${request.headers.authorization ?? ''}`
			: 'account';
	}

	refusal(status: number, message: string, detail?: unknown): unknown {
		const words = status === 429 ? 'Rate limit exceeded' : message;
		const reason_code = REASONS[status] ?? 'internal_error';
		return { success: false, message: words, reason_code, ...(isPlain(detail) ? detail : {}) };
	}

	devices(): DeviceInfo[] {
		return this.world.sessions.map(({ id, name, status, phoneNumber }) => ({
			id,
			name,
			status,
			...(phoneNumber === null ? {} : { number: phoneNumber }),
		}));
	}

	setDeviceStatus(deviceId: string, status: string): void {
		if (!SESSION_STATUSES.some((known) => known === status)) {
			throw new ControlError(`Wapio has no session status "${status}". It has ${SESSION_STATUSES.join(', ')}.`);
		}
		this.world.slot(deviceId).status = status;
	}

	qrCode(deviceId: string): string | null {
		const { status, qr } = this.world.slot(deviceId);
		return status === 'disconnected' || status === 'connecting' ? qr : null;
	}

	webhook(slot?: string): string | null {
		return this.world.slot(slot).webhook?.targetUrl ?? null;
	}

	/** As someone else would register it: for every event, with their own secret, unknown here. */
	setWebhook(url: string | null, slot?: string): void {
		const session = this.world.slot(slot);
		session.webhook =
			url === null
				? null
				: { targetUrl: url, events: [...SUBSCRIBABLE], signingSecret: randomUUID(), isActive: true };
	}

	configure(settings: Record<string, unknown>): void {
		this.world.configure(settings);
	}

	/** Plays it on the first session that has a webhook. One that is not subscribed to the event hears nothing of it. */
	incoming(
		event: WapioEvent,
		overrides: Record<string, unknown>,
		slot?: string,
	): ReturnType<ProviderInstance['incoming']> {
		const first = this.world.sessions.find(({ webhook }) => webhook !== null);
		const session = slot === undefined ? (first ?? this.world.slot()) : this.world.slot(slot);
		const payload = merge(
			wapioWebhook(event, ++this.played, { media: this.world.context.media, session }),
			overrides,
		);
		// An event's name may be changed by an override.
		const name = isPlain(payload) && typeof payload.event === 'string' ? payload.event : eventName(event);
		const body = JSON.stringify(payload);
		return { bodies: [body], webhooks: this.post(session, name, body) };
	}

	/** Plays it on the first session that has a webhook, which must be subscribed to each name it can subscribe to. */
	play(kind: string, options: PlayOptions): Played {
		const session = this.world.sessions.find(({ webhook }) => webhook !== null) ?? this.world.slot();
		const world = { media: this.world.context.media, session, count: ++this.played };
		const { messageId, events } = buildWapio(kind, options, world);
		const written = events.map(({ name, payload }) => ({
			name,
			...writeBody(merge(payload, options.overrides ?? {}), options.contentType),
		}));
		return {
			messageId,
			bodies: written.map(({ body }) => body),
			webhooks: written.flatMap(({ name, body, headers }) => this.post(session, name, body, headers)),
		};
	}

	/** The webhook for an event, unless the session's webhook is not subscribed to it. */
	private post(
		session: Session,
		name: string,
		body: string,
		typed: Record<string, string> = { 'Content-Type': 'application/json' },
	): OutgoingWebhook[] {
		const { webhook } = session;
		const isSubscribable = SUBSCRIBABLE.some((known) => known === name);
		if (webhook === null || !webhook.isActive || (isSubscribable && !webhook.events.includes(name))) return [];

		const ids = { event: `bps_evt_${randomUUID()}`, delivery: `bps_whd_${randomUUID()}` };
		const headers = (attempt: number): Record<string, string> => ({
			...typed,
			...(webhook.signingSecret === null
				? {}
				: { 'X-Webhook-Signature': signature(webhook.signingSecret, body) }),
			'X-Webhook-Event': name,
			'X-Webhook-Delivery-Id': ids.delivery,
			'X-Webhook-Event-Id': ids.event,
			'X-Webhook-Attempt': String(attempt),
			'X-Webhook-Total-Attempts': String(TOTAL_ATTEMPTS),
		});
		const delivered = (attempt: number, { status }: { status: number | null }): void => {
			const isDelivered = status !== null && status < 300;
			session.deliveries.unshift({
				delivery_id: `${ids.delivery}-${attempt}`,
				event_id: ids.event,
				event: name,
				status: isDelivered ? 'delivered' : 'failed',
				attempt,
				response_status: status,
				created_at: new Date().toISOString(),
			});
		};
		return [{ url: webhook.targetUrl, body, headers, delivered }];
	}

	routes(api: FastifyInstance): void {
		// An unknown path is answered before the token is checked (inferred).
		api.addHook('preHandler', async (request) => void this.world.known(request));
		sessionRoutes(api, this.world);
		messageRoutes(api, this.world);
		directoryRoutes(api, this.world);
		mediaRoutes(api, this.world);
	}
}
