/*
 * Whacenter, after its public API reference "Whacenter | Whatsapp API Gateway". Paths, fields and example answers are the
 * API reference's: HTTP 200 with JSON as `text/html`, `status: false` for no. From third parties that use it: queries, forms
 * and JSON are all taken; the QR code is raw PNG bytes; `schedule` is UTC+7; a POST to setWebhook says yes and stores
 * nothing; a number that is none is answered like any other and its message vanishes. The API reference has one refusal,
 * "device not connected or not found"; every other wording below is inferred.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { bodyFields } from '../../http/body';
import { isPlain, merge } from '../../merge';
import { asForm, writeBody } from '../../play/body';
import type { PlayOptions } from '../../play/options';
import { png } from '../../samples';
import {
	ControlError,
	type Played,
	type ProviderContext,
	type ProviderDefinition,
	type ProviderInstance,
	Refusal,
	type ScheduledMessage,
} from '../../types';
import { playWhacenter, whacenterPlayable } from './play';
import { type Device, DEVICE_STATUSES, qrText, seedDevices, type Waiting, whacenterAccount } from './seed';
import { fromProviderTime, WEBHOOK_BODIES, type WhacenterEvent, whacenterEvents, whacenterWebhook } from './webhook';

export const whacenter: ProviderDefinition<WhacenterEvent> = {
	basePath: '/api',
	events: whacenterEvents,
	secretNames: ['device_id'],
	// No limit is documented or announced anywhere.
	rateLimit: null,
	takesForms: true,
	answerType: 'text/html; charset=UTF-8',
	credential: { 'Device ID': whacenterAccount.devices.connected },
	create: (context) => new Whacenter(context),
};

const UNKNOWN_DEVICE = 'device not connected or not found';

class Whacenter implements ProviderInstance {
	private deviceList = seedDevices();
	private waiting: Waiting[] = [];
	private webhookBody: (typeof WEBHOOK_BODIES)[number] = 'json';
	private lastId = 1_000_000;
	readonly playable = whacenterPlayable;
	private played = 0;
	private codes = 1;

	constructor(private readonly context: ProviderContext) {}

	reset(): void {
		this.deviceList = seedDevices();
		this.waiting = [];
		this.webhookBody = 'json';
		this.lastId = 1_000_000;
	}

	rateKey(request: FastifyRequest): string {
		return new Fields(request).optional('device_id') ?? '';
	}

	refusal(_status: number, message: string): unknown {
		return { status: false, message, data: [] };
	}

	/** "HTTP 200 to almost everything". That an unknown path is not among it is inferred. */
	httpStatus(): number {
		return 200;
	}

	devices(): Device[] {
		return this.deviceList.map((device) => ({ ...device, number: device.nomor }));
	}

	/** A device that logs out has to be logged in again before there is another QR code. */
	setDeviceStatus(deviceId: string, status: string): void {
		if (!DEVICE_STATUSES.some((known) => known === status)) {
			throw new ControlError(`Whacenter has no device status "${status}". It has ${DEVICE_STATUSES.join(', ')}.`);
		}
		const device = this.slot(deviceId);
		device.status = status;
		device.qr = status === 'CONNECTED' ? 'done' : 'timeout';
	}

	qrCode(deviceId: string): string | null {
		const { qr } = this.slot(deviceId);
		return qr === 'done' || qr === 'timeout' ? null : qr;
	}

	webhook(slot?: string): string | null {
		return this.slot(slot).webhook || null;
	}

	setWebhook(url: string | null, slot?: string): void {
		this.slot(slot).webhook = url ?? '';
	}

	scheduled(): ScheduledMessage[] {
		return this.waiting.map(({ id, recipient, text, at, written }) => ({ id, recipient, text, at, written }));
	}

	configure(settings: Record<string, unknown>): void {
		for (const [name, value] of Object.entries(settings)) {
			const chosen = WEBHOOK_BODIES.find((known) => known === value);
			if (name !== 'webhookBody' || chosen === undefined) {
				throw new ControlError(`Whacenter has only one setting, webhookBody: ${WEBHOOK_BODIES.join(' or ')}.`);
			}
			this.webhookBody = chosen;
		}
	}

	/** Plays it on the first device that has a webhook. */
	incoming(
		event: WhacenterEvent,
		overrides: Record<string, unknown>,
		slot?: string,
	): ReturnType<ProviderInstance['incoming']> {
		const first = this.deviceList.find(({ webhook }) => webhook !== '');
		const device = slot === undefined ? (first ?? this.slot()) : this.slot(slot);
		const payload = merge(whacenterWebhook(event, ++this.played, { media: this.context.media, device }), overrides);
		const isForm = this.webhookBody === 'form' && isPlain(payload);
		const body = isForm ? asForm(payload) : JSON.stringify(payload);
		const headers = { 'Content-Type': isForm ? 'application/x-www-form-urlencoded' : 'application/json' };
		const webhooks = device.webhook === '' ? [] : [{ url: device.webhook, body, headers: () => headers }];
		return { bodies: [body], webhooks };
	}

	play(kind: string, options: PlayOptions): Played {
		const device = this.deviceList.find(({ webhook }) => webhook !== '') ?? this.slot();
		const payload = playWhacenter(kind, options, ++this.played, { media: this.context.media, device });
		const label = options.contentType ?? this.webhookBody;
		const { body, headers } = writeBody(merge(payload, options.overrides ?? {}), label);
		const webhooks = device.webhook === '' ? [] : [{ url: device.webhook, body, headers: () => headers }];
		return { messageId: null, bodies: [body], webhooks };
	}

	routes(api: FastifyInstance): void {
		api.get('/statusDevice', async (request) => {
			const { status, nomor, name, qr } = this.known(new Fields(request));
			return ok('success get device status', { status, nomor, nama: name, qr });
		});
		api.get('/qr', async (request, reply) => await this.sendQr(this.known(new Fields(request)), reply));
		api.get('/getWebhook', async (request) =>
			ok('success get webhook', { webhook: this.known(new Fields(request)).webhook }),
		);
		// The API reference shows no answer. That it repeats the address is inferred.
		api.get('/setWebhook', async (request) => {
			const fields = new Fields(request);
			const device = this.known(fields);
			// Empty clears it (a third party's reading). A request without the parameter stores nothing, and says yes.
			if (fields.has('webhook')) device.webhook = fields.optional('webhook') ?? '';
			return ok('success set webhook', { webhook: device.webhook });
		});
		api.post('/setWebhook', async (request) => {
			this.known(new Fields(request));
			return ok('success set webhook', []);
		});

		for (const method of ['GET', 'POST'] as const) {
			api.route({ method, url: '/send', handler: async (request) => this.send(request) });
			api.route({ method, url: '/sendGroup', handler: async (request) => this.sendGroup(request) });
			api.route({ method, url: '/relogDevice', handler: async (request) => this.relog(request) });
		}
		// "SEND BUTTON SUDAH TIDAK BISA DIGUNAKAN" (API reference): the button can no longer be used.
		api.post('/sendButton', async (request) => {
			this.known(new Fields(request));
			throw new Refusal(400, 'send button sudah tidak bisa digunakan');
		});
		api.get('/deleteMessage', async (request) => {
			const fields = new Fields(request);
			const device = this.known(fields);
			const id = fields.text('id');
			const found = this.waiting.find((message) => message.id === id && message.device === device.id);
			if (found === undefined) throw new Refusal(400, 'message not found');
			this.waiting = this.waiting.filter((message) => message !== found);
			this.context.revise(id, { isDeleted: true });
			return ok('success delete message', []);
		});
	}

	private send(request: FastifyRequest): unknown {
		const fields = new Fields(request);
		const device = this.connected(fields);
		const number = fields.text('number');
		const url = fields.optional('file') ?? null;
		const message = url === null ? fields.text('message') : (fields.optional('message') ?? null);
		const written = fields.optional('schedule');
		const at = written === undefined ? undefined : fromProviderTime(written);
		if (written !== undefined && at === undefined) throw new Refusal(400, 'schedule must be Y-m-d H:i:s');

		const id = ++this.lastId;
		// "085…" and "6285…" are both in the API reference. Anything else vanishes, as an invisible mark was seen to make it.
		if (/^\d{8,15}$/.test(number)) {
			const kind = at !== undefined ? 'schedule' : url !== null ? 'file' : 'text';
			this.context.accept({
				device: device.nomor,
				recipient: number,
				recipientType: 'person',
				kind,
				text: message,
				url,
				raw: fields.raw,
				id: String(id),
				...(at !== undefined && at.getTime() > Date.now() ? { scheduledAt: at.toISOString() } : {}),
			});
			// A time that is over is none to wait for (inferred).
			if (written !== undefined && at !== undefined && at.getTime() > Date.now()) {
				this.waiting.push({
					id: String(id),
					device: device.id,
					recipient: number,
					text: message,
					at: at.toISOString(),
					written,
				});
			}
		}
		return ok('message sent', { id });
	}

	private sendGroup(request: FastifyRequest): unknown {
		const fields = new Fields(request);
		const device = this.connected(fields);
		const group = fields.text('group');
		const url = fields.optional('file') ?? null;
		const message = url === null ? fields.text('message') : (fields.optional('message') ?? null);
		if (!whacenterAccount.groups.some((known) => known === group)) throw new Refusal(400, 'group not found');
		this.context.accept({
			device: device.nomor,
			recipient: group,
			recipientType: 'group',
			kind: url === null ? 'text' : 'file',
			text: message,
			url,
			raw: fields.raw,
		});
		return ok('message sent', { id: ++this.lastId });
	}

	private relog(request: FastifyRequest): unknown {
		const device = this.known(new Fields(request));
		device.status = 'NOT CONNECTED';
		device.qr = qrText(++this.codes);
		return ok('berhasil relog device', []);
	}

	/** The bytes of an image, or JSON when there is none to show (third parties saw both). */
	private async sendQr({ qr }: Device, reply: FastifyReply): Promise<unknown> {
		if (qr === 'done') throw new Refusal(400, 'device already connected');
		if (qr === 'timeout') throw new Refusal(400, 'qr timeout');
		return await reply.header('content-type', 'image/png').send(png(64, 64, [18, 140, 126]));
	}

	private known(fields: Fields): Device {
		const id = fields.optional('device_id');
		const device = this.deviceList.find((one) => one.id === id);
		if (device === undefined) throw new Refusal(400, UNKNOWN_DEVICE);
		return device;
	}

	private connected(fields: Fields): Device {
		const device = this.known(fields);
		if (device.status !== 'CONNECTED') throw new Refusal(400, UNKNOWN_DEVICE);
		return device;
	}

	/** A device by its id; the first one without. */
	private slot(id?: string): Device {
		const device = id === undefined ? this.deviceList[0] : this.deviceList.find((one) => one.id === id);
		if (device !== undefined) return device;
		throw new ControlError(
			`There is no device "${id}". There are ${this.deviceList.map((one) => one.id).join(', ')}.`,
		);
	}
}

/** The fields of a request, from its query and its body, of which the body counts more. */
class Fields {
	readonly raw: Record<string, unknown>;

	constructor(request: FastifyRequest) {
		this.raw = { ...(request.query as Record<string, unknown>), ...bodyFields(request.body) };
	}

	has(name: string): boolean {
		return Object.hasOwn(this.raw, name);
	}

	/** Missing and empty are the same. */
	optional(name: string): string | undefined {
		const value = this.raw[name];
		return typeof value === 'string' || typeof value === 'number' ? String(value) || undefined : undefined;
	}

	text(name: string): string {
		const value = this.optional(name);
		if (value === undefined) throw new Refusal(400, `${name} is required`);
		return value;
	}
}

function ok(message: string, data: unknown): unknown {
	return { status: true, message, data };
}
