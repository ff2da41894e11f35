import type { FastifyRequest } from 'fastify';
import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { read } from '../../control/controlInput';
import { isPlain } from '../../merge';
import { ControlError, type ProviderContext, Refusal } from '../../types';
import { type Channel, chategyAccount, type Instance, seedInstances } from './seed';
import { ACCEPTED } from './statuses';

/** A message the provider took. */
export interface DeliveryRecord {
	id: number;
	customerId: number;
	/** Digits; null for recipients without a number. */
	phone: string | null;
	recipient: string;
	text: string | null;
	channels: Channel[];
	senderName: string;
	callbackUrl: string | null;
	externalId: string | null;
	priority: string;
	/** ISO 8601; and as the request wrote it. */
	scheduledAt: { at: string; written: string } | null;
	utmMark: string | null;
	totalSms: number;
	statusId: number;
	/** The channel the status came over; null while there is none. */
	channel: Channel | null;
}

/** A registered webhook. */
export interface Hook {
	id: number;
	url: string;
	types: string[];
}

const milliseconds = z
	.int()
	.min(1)
	.max(2 ** 31 - 1);

/** What `configure` accepts, with the defaults. */
const settingsSchema = z.strictObject({
	/** `ok`: refusals come with HTTP 200, as other clients of the platform saw. */
	refusalStatus: z.enum(['http', 'ok']).default('http'),
	/** The word in `meta.status` of a refusal; the API reference has both. */
	refusalWord: z.enum(['fail', 'failed']).default('fail'),
	/** Between repeated callbacks. The provider waits 2 minutes. */
	callbackIntervalMs: milliseconds.default(200),
	/** A status every new delivery reaches automatically, after a while. null: only when the control says so. */
	autoStatus: z.int().nullable().default(null),
	autoStatusMs: milliseconds.default(100),
	/** From joining a room to its first state, and between states. The provider waits about 5 seconds. */
	authStateDelayMs: milliseconds.default(50),
	authStateIntervalMs: milliseconds.default(200),
	/** How long a QR code is shown. The provider says 30 to 40 seconds. */
	qrLifeMs: milliseconds.default(2000),
	/** Whether Telegram requires a password after the code. */
	telegramPassword: z.boolean().default(true),
	/** A websocket nothing comes over for this long is closed. */
	socketIdleMs: milliseconds.default(60_000),
	/** Events on a websocket that get no answer; `*`: all of them, and no state is pushed. */
	ignore: z.array(z.string()).default([]),
	/** Events on a websocket that end the connection in place of an answer. */
	dropOn: z.array(z.string()).default([]),
	/** Sends references back as numbers, as the WhatsApp examples show them. */
	numericRefs: z.boolean().default(false),
	/** Where a websocket's reply has its content: `response` as the protocol says, `reply` as the API reference's prose does. */
	replyKey: z.enum(['response', 'reply']).default('response'),
});

export type Settings = z.output<typeof settingsSchema>;

/** Everything that changes while the sandbox plays Chategy. */
export class ChategyState {
	settings: Settings = settingsSchema.parse({});
	instances = seedInstances();
	deliveries: DeliveryRecord[] = [];
	/** Registered with the client's token, and with the developer's key. */
	hooks: Record<'client' | 'developer', Hook[]> = { client: [], developer: [] };
	/** Aborted by a reset: what waits then is over. */
	life = new AbortController();
	private lastId = 94_396_941;
	private lastHookId = 56;

	constructor(readonly context: ProviderContext) {}

	reset(): void {
		this.life.abort();
		this.life = new AbortController();
		this.settings = settingsSchema.parse({});
		this.instances = seedInstances();
		this.deliveries = [];
		this.hooks = { client: [], developer: [] };
	}

	/** Throws a ControlError for an unknown setting or value. */
	configure(settings: Record<string, unknown>): void {
		this.settings = read(settingsSchema, { ...this.settings, ...settings });
	}

	get main(): Instance {
		const [main] = this.instances;
		if (main === undefined) throw new Error('the seed data is incomplete');
		return main;
	}

	/** The client a Bearer token belongs to. Throws a Refusal without one. */
	client(request: FastifyRequest): Instance {
		const [, token = ''] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? [];
		return this.clientOf(token) ?? notAuthorized();
	}

	clientOf(token: string): Instance | undefined {
		return this.instances.find((instance) => isSame(instance.token, token));
	}

	/** Throws a Refusal unless the developer's key came, without "Bearer". */
	developer(request: FastifyRequest): void {
		if (!isSame(request.headers.authorization ?? '', chategyAccount.developerApiKey)) notAuthorized();
	}

	/** An instance by the id in a control call; the first one without. */
	controlled(customerId?: number): Instance {
		const found =
			customerId === undefined ? this.main : this.instances.find((one) => one.customerId === customerId);
		if (found !== undefined) return found;
		throw new ControlError(
			`There is no instance of customer ${customerId}. The first one is ${this.main.customerId}.`,
		);
	}

	/** Accepts a message: it is in the log and has a state from now on. */
	addDelivery(
		fields: Omit<DeliveryRecord, 'id' | 'statusId' | 'channel'>,
		kind: string,
		raw: unknown,
	): DeliveryRecord {
		const delivery: DeliveryRecord = { id: ++this.lastId, ...fields, statusId: ACCEPTED, channel: null };
		this.deliveries.push(delivery);
		const instance = this.controlled(fields.customerId);
		if (fields.utmMark !== null && !instance.utmMarks.includes(fields.utmMark))
			instance.utmMarks.push(fields.utmMark);
		this.context.accept({
			device: String(instance.id),
			recipient: fields.recipient,
			recipientType: fields.recipient.startsWith('-') ? 'group' : 'person',
			kind,
			text: fields.text,
			url: null,
			raw,
			id: String(delivery.id),
			...(fields.scheduledAt === null ? {} : { scheduledAt: fields.scheduledAt.at }),
		});
		return delivery;
	}

	addHook(owner: 'client' | 'developer', url: string, types: string[]): Hook {
		const hook = { id: ++this.lastHookId, url, types };
		this.hooks[owner].push(hook);
		return hook;
	}
}

/** The id in a path as a number; NaN, which is no record's, for anything else. */
export function idOf(request: FastifyRequest): number {
	return isPlain(request.params) ? Number(request.params['id']) : NaN;
}

export function notFound(): Refusal {
	return new Refusal(404, 'Not found');
}

/** The answer's last part, which every yes has (API reference). */
export const SUCCESS = { code: 200, status: 'success' } as const;

function notAuthorized(): never {
	throw new Refusal(401, 'Not authorized!');
}

function isSame(one: string, other: string): boolean {
	const [left, right] = [Buffer.from(one), Buffer.from(other)];
	return left.length === right.length && timingSafeEqual(left, right);
}
