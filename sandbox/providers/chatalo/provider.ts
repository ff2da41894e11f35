/*
 * Chatalo, after its public API reference "Chatalo API Documentation". Paths, fields and example answers are the API reference's.
 * The API reference gives no example of a refusal. Its prose names the codes (200, 400 invalid fields or inputs,
 * 403 unauthorized, 500 fatal error); that a refusal has the same `{data, meta: {code, message}}` form, and every
 * wording of one below, is inferred, the wording in the style of the framework its answers look like (Laravel).
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { FAULT_STATUSES, sendFile } from '../../http/files';
import { isPlain, merge } from '../../merge';
import { writeBody } from '../../play/body';
import type { PlayOptions } from '../../play/options';
import { png } from '../../samples';
import {
	ControlError,
	type OutgoingWebhook,
	type Played,
	type ProviderContext,
	type ProviderDefinition,
	type ProviderInstance,
	Refusal,
} from '../../types';
import { chataloPlayable, playChatalo } from './play';
import {
	chataloAccount,
	type Device,
	DEVICE_STATUSES,
	type Group,
	seedContacts,
	seedDevices,
	seedGroups,
	seedLogs,
} from './seed';
import { type ChataloEvent, chataloEvents, chataloWebhook } from './webhook';

/** Default page size (API reference: "Numeric, default is 15"). That 100 is the most a page holds is inferred. */
const DEFAULT_LIMIT = 15;
const MAX_LIMIT = 100;

export const chatalo: ProviderDefinition<ChataloEvent> = {
	basePath: '/api/v1',
	events: chataloEvents,
	secretNames: ['x-public-key', 'x-secret-key'],
	// The limit is what the example answers announce in their headers; the window's length is inferred.
	rateLimit: { limit: 60, windowMs: 60_000 },
	credential: { 'Public Key': chataloAccount.publicKey, 'Secret Key': chataloAccount.secretKey },
	create: (context) => new Chatalo(context),
};

class Chatalo implements ProviderInstance {
	private readonly contacts = seedContacts();
	private readonly groups = seedGroups(this.contacts);
	private readonly logs = seedLogs();
	private deviceList = seedDevices();
	private webhookUrl: string | null = null;
	readonly playable = chataloPlayable;
	private played = 0;

	constructor(private readonly context: ProviderContext) {}

	reset(): void {
		this.deviceList = seedDevices();
		this.webhookUrl = null;
	}

	rateKey(request: FastifyRequest): string {
		return String(request.headers['x-public-key'] ?? '');
	}

	refusal(status: number, message: string): unknown {
		return { data: [], meta: { code: status, message } };
	}

	devices(): Device[] {
		return this.deviceList.map((device) => ({ ...device, number: device.whatsappNumber }));
	}

	setDeviceStatus(deviceId: string, status: string): void {
		if (!DEVICE_STATUSES.some((known) => known === status)) {
			throw new ControlError(`Chatalo has no device status "${status}". It has ${DEVICE_STATUSES.join(', ')}.`);
		}
		const device = this.deviceList.find(({ id }) => id === deviceId);
		if (device === undefined) {
			throw new ControlError(
				`There is no device "${deviceId}". There are ${this.deviceList.map(({ id }) => id).join(', ')}.`,
			);
		}
		device.status = status;
	}

	webhook(): string | null {
		return this.webhookUrl;
	}

	setWebhook(url: string | null): void {
		this.webhookUrl = url;
	}

	incoming(event: ChataloEvent, overrides: Record<string, unknown>): ReturnType<ProviderInstance['incoming']> {
		const [device] = this.deviceList;
		const [sender] = this.contacts;
		const group = this.groups[1];
		if (device === undefined || sender === undefined || group === undefined)
			throw new Error('the seed data is incomplete');
		const payload = chataloWebhook(event, ++this.played, { media: this.context.media, device, sender, group });
		const body = JSON.stringify(merge(payload, overrides));
		return { bodies: [body], webhooks: this.post(body, { 'Content-Type': 'application/json' }) };
	}

	play(kind: string, options: PlayOptions): Played {
		const [device] = this.deviceList;
		const [sender] = this.contacts;
		const group = this.groups[1];
		if (device === undefined || sender === undefined || group === undefined)
			throw new Error('the seed data is incomplete');
		const world = { media: this.context.media, device, sender, group };
		const { messageId, payload } = playChatalo(kind, options, ++this.played, world);
		const { body, headers } = writeBody(merge(payload, options.overrides ?? {}), options.contentType);
		return { messageId, bodies: [body], webhooks: this.post(body, headers) };
	}

	private post(body: string, headers: Record<string, string>): OutgoingWebhook[] {
		return this.webhookUrl === null ? [] : [{ url: this.webhookUrl, body, headers: () => headers }];
	}

	routes(api: FastifyInstance): void {
		// Here and not for the whole provider: an unknown path is answered before keys are checked (inferred).
		api.addHook('preHandler', async (request) => {
			const { headers } = request;
			const right =
				headers['x-public-key'] === chataloAccount.publicKey &&
				headers['x-secret-key'] === chataloAccount.secretKey;
			if (!right) throw new Refusal(403, 'Unauthorized');
		});

		api.get('/profile', async () =>
			ok({
				first_name: 'Trimun',
				last_name: 'Su',
				email: 'demo@example.com',
				expires_on: '20 Jul 2023, 09:50 am (10 days remaining)',
				plan: 'Premium',
				assigned_devices: this.deviceList.map(({ id, name, whatsappNumber, status }) => ({
					id,
					name,
					whatsapp_number: whatsappNumber,
					status,
				})),
			}),
		);
		api.get('/profile/logs', async (request) => this.listLogs(new Fields(request.query)));

		api.post('/contacts', async (request) => {
			this.usableDevice(new Fields(request.body));
			return paged(this.contacts, new Fields(request.query), 'limit');
		});
		api.post('/contacts/picture', async (request) => {
			const body = new Fields(request.body);
			const number = body.number('number');
			this.usableDevice(body);
			// That a contact without a picture has a null URL is inferred.
			return ok({ number, url: number === chataloAccount.withoutPicture ? null : this.pictureOf(number) });
		});
		api.post('/contacts/check', async (request) => {
			const body = new Fields(request.body);
			const number = body.number('number');
			this.usableDevice(body);
			return ok({ number, exists: isOnWhatsApp(number) });
		});

		api.post('/groups', async (request) => {
			this.usableDevice(new Fields(request.body));
			const rows = this.groups.map(({ id, name, participants }) => ({
				id,
				name,
				participants: participants.length,
			}));
			return paged(rows, new Fields(request.query), 'limit');
		});
		api.post('/groups/detail', async (request) => {
			const body = new Fields(request.body);
			this.usableDevice(body);
			const { id, name, desc, owner, creation, restrict, announce, participants } = this.knownGroup(body);
			return ok({ id, name, desc, owner, creation, restrict, announce, size: participants.length, participants });
		});

		api.post('/messages', async (request) => this.send(request.body, 'person'));
		api.post('/messages/group', async (request) => this.send(request.body, 'group'));
		api.post('/messages/download', async (request, reply) => {
			const body = new Fields(request.body);
			const reference = body.text('file_encoded');
			this.usableDevice(body);
			const media = this.context.media.byReference(reference);
			if (media === undefined) throw new Refusal(400, 'The file encoded is invalid.');
			const fault = this.context.media.faultOf(media);
			const status = fault && FAULT_STATUSES[fault];
			if (status !== undefined) throw new Refusal(status, 'The file is not available.');
			return await sendFile(reply, media, fault, this.context);
		});

		// Inferred: one URL per key, as Set Webhook names no device; and that `url` is null when none is set.
		api.get('/webhook', async () => ok({ url: this.webhookUrl }));
		api.post('/setWebhook', async (request) => {
			this.webhookUrl = new Fields(request.body).url('url');
			return ok({ url: this.webhookUrl });
		});
		api.delete('/unsetWebhook', async () => {
			this.webhookUrl = null;
			return ok([]);
		});
	}

	private send(raw: unknown, recipientType: 'person' | 'group'): unknown {
		const body = new Fields(raw);
		const type = body.oneOf('type', ['text', 'caption', 'file']);
		const recipientField = recipientType === 'person' ? 'number' : 'group_id';
		const recipient = recipientType === 'person' ? body.number('number') : body.groupId('group_id');
		const text = type === 'file' ? null : body.text('message');
		const url = type === 'text' ? null : body.url('url');
		const device = this.usableDevice(body);
		if (recipientType === 'group') this.knownGroup(body);
		// Inferred from there being an `is_sent` at all: a number that is not on WhatsApp is no bad input, but nothing is sent.
		const isSent = recipientType === 'group' || isOnWhatsApp(recipient);
		if (isSent) this.context.accept({ device: device.id, recipient, recipientType, kind: type, text, url, raw });
		return ok({ is_sent: isSent, [recipientField]: recipient, url, type });
	}

	private listLogs(query: Fields): unknown {
		const action = query.optional('action')?.toLowerCase();
		const ip = query.optional('ip');
		const from = query.date('date_from');
		const to = query.date('date_to');
		const rows = this.logs
			.filter((entry) => action === undefined || entry.action.toLowerCase().includes(action))
			.filter((entry) => ip === undefined || entry.ipAddress === ip)
			.filter(
				({ at }) => (from === undefined || at.getTime() >= from) && (to === undefined || at.getTime() <= to),
			)
			.map(({ id, at, action: done, ipAddress, browser }) => ({
				id,
				date: logDate(at),
				action: done,
				ip_address: ipAddress,
				browser,
			}));
		return paged(rows, query, 'per_page');
	}

	/** "The device can be used when the status shows AUTHENTICATED" (API reference, Get Profile). */
	private usableDevice(body: Fields): Device {
		const id = body.text('device_id');
		const device = this.deviceList.find((one) => one.id === id);
		if (device === undefined) throw new Refusal(400, 'Device not found.');
		if (device.status !== 'AUTHENTICATED') {
			throw new Refusal(400, `Device is not authenticated. Current status is ${device.status}.`);
		}
		return device;
	}

	private knownGroup(body: Fields): Group {
		const id = body.groupId('group_id');
		const group = this.groups.find((one) => one.id === id);
		if (group === undefined) throw new Refusal(400, 'Group not found.');
		return group;
	}

	private pictureOf(number: string): string {
		const [red = 0, green = 0, blue = 0] = createHash('md5').update(number).digest();
		return this.context.media.add(png(64, 64, [red, green, blue]), 'image/png').url;
	}
}

/** Reads the fields of a body or a query, and refuses what is missing or of the wrong kind in the words of the provider. */
class Fields {
	private readonly values: Record<string, unknown>;

	constructor(values: unknown) {
		// Anything but a JSON object has no fields: "Sending data using JSON format" (API reference).
		this.values = isPlain(values) && !Buffer.isBuffer(values) ? values : {};
	}

	/** Missing, null and empty are the same; the API reference's own sample sends `action=` for no filter. */
	optional(name: string): string | undefined {
		const value = this.values[name];
		if (value === undefined || value === null || value === '') return undefined;
		if (typeof value !== 'string') throw new Refusal(400, `The ${label(name)} must be a string.`);
		return value;
	}

	text(name: string): string {
		const value = this.optional(name);
		if (value === undefined || value.trim() === '') throw new Refusal(400, `The ${label(name)} field is required.`);
		return value;
	}

	/** All examples are digits that begin with a country code; that others are refused is inferred. */
	number(name: string): string {
		return this.matching(name, /^[1-9]\d{6,14}$/);
	}

	/** Both forms of the examples, `1203630…` and `628…-15…`; never with a suffix. */
	groupId(name: string): string {
		return this.matching(name, /^\d{7,20}(-\d{6,12})?$/);
	}

	url(name: string): string {
		const value = this.text(name);
		if (!/^https?:\/\//i.test(value) || !URL.canParse(value))
			throw new Refusal(400, `The ${label(name)} format is invalid.`);
		return value;
	}

	oneOf(name: string, allowed: readonly string[]): string {
		const value = this.text(name);
		if (!allowed.includes(value)) throw new Refusal(400, `The selected ${label(name)} is invalid.`);
		return value;
	}

	/** A whole number from 1 in a query ("Numeric"). */
	count(name: string, standard: number): number {
		const value = this.optional(name);
		if (value === undefined) return standard;
		if (!/^\d{1,9}$/.test(value) || Number(value) < 1)
			throw new Refusal(400, `The ${label(name)} must be a number.`);
		return Number(value);
	}

	/** "Date with format Y-m-d H:i". */
	date(name: string): number | undefined {
		const value = this.optional(name);
		if (value === undefined) return undefined;
		const time = /^\d{4}-\d\d-\d\d \d\d:\d\d$/.test(value) ? Date.parse(`${value.replace(' ', 'T')}:00Z`) : NaN;
		if (Number.isNaN(time)) throw new Refusal(400, `The ${label(name)} does not match the format Y-m-d H:i.`);
		return time;
	}

	private matching(name: string, pattern: RegExp): string {
		const value = this.text(name);
		if (!pattern.test(value)) throw new Refusal(400, `The ${label(name)} format is invalid.`);
		return value;
	}
}

function label(name: string): string {
	return name.replaceAll('_', ' ');
}

function ok(data: unknown): unknown {
	return { data, meta: { code: 200, message: 'OK' } };
}

/** The API reference calls the page size `limit` in contacts and groups, and `per_page` in logs. */
function paged(rows: readonly unknown[], query: Fields, sizeName: 'limit' | 'per_page'): unknown {
	const page = query.count('page', 1);
	const size = Math.min(query.count('limit', DEFAULT_LIMIT), MAX_LIMIT);
	const pagination = {
		current_page: page,
		total: rows.length,
		[sizeName]: size,
		last_page: Math.max(1, Math.ceil(rows.length / size)),
	};
	return { data: rows.slice((page - 1) * size, page * size), meta: { code: 200, message: 'OK', pagination } };
}

function isOnWhatsApp(number: string): boolean {
	return !chataloAccount.notOnWhatsApp.some((absent) => absent === number);
}

/** As in the example: `20 Jul 2023, 11:35:04 am`. */
function logDate(at: Date): string {
	const two = (value: number): string => String(value).padStart(2, '0');
	const month = at.toLocaleString('en-US', { month: 'short', timeZone: 'UTC' });
	const hours = at.getUTCHours();
	const time = `${two(hours % 12 || 12)}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} ${hours < 12 ? 'am' : 'pm'}`;
	return `${two(at.getUTCDate())} ${month} ${at.getUTCFullYear()}, ${time}`;
}
