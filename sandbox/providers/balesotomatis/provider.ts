/*
 * BalesOtomatis, after its public API reference "BalesOtomatis.id REST API". Paths, fields, example answers and the list of
 * codes are the API reference's: all requests are POST with JSON and the key in the body, `code` is a string, totals are
 * strings. The API reference shows no refusal: that one has the form of a success, every wording beyond the list of codes,
 * and which code goes with what is inferred. From third parties: refusals come with HTTP 200 (or, as a setting here,
 * with their code as status); there is no webhook API, an address is pasted into the dashboard.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { randomInt } from 'node:crypto';
import { isPlain, merge } from '../../merge';
import { writeBody } from '../../play/body';
import type { PlayOptions } from '../../play/options';
import {
	ControlError,
	type Played,
	type ProviderContext,
	type ProviderDefinition,
	type ProviderInstance,
	Refusal,
} from '../../types';
import { BusinessApi } from './business';
import { balesOtomatisPlayable, playBalesOtomatis } from './play';
import { Fields, slice, sorted, wibDate, wrongParameter } from './fields';
import {
	type Audience,
	balesOtomatisAccount,
	type ContactList,
	type Device,
	DEVICE_STATUSES,
	seedAudiences,
	seedContactLists,
	seedDevices,
	seedGroups,
	seedPhoneBook,
} from './seed';
import { type BalesOtomatisEvent, balesOtomatisEvents, balesOtomatisWebhook, NUMBER_HEADER } from './webhook';

const REFUSAL_STATUSES = ['200', 'code'] as const;
const IN_DELIVERY = 'The message is in the delivery process';

export const balesOtomatis: ProviderDefinition<BalesOtomatisEvent> = {
	basePath: '/public/v1',
	events: balesOtomatisEvents,
	secretNames: ['api_key', 'secret_key', 'licenses_key', 'licenseskey', 'otp_code'],
	// "400 … Reached of Rate-Limited" is all that is said of one.
	rateLimit: null,
	webhooksByHand: true,
	credential: {
		'API Key': balesOtomatisAccount.apiKey,
		'Default Number ID': balesOtomatisAccount.numbers.connected,
		'Default License Key': balesOtomatisAccount.licenseKey,
	},
	create: (context) => new BalesOtomatis(context),
};

interface Otp {
	expiresAt: number;
}

class BalesOtomatis implements ProviderInstance {
	private readonly lists = seedContactLists();
	private readonly groups = seedGroups();
	private readonly phoneBook = seedPhoneBook();
	private readonly business: BusinessApi;
	private deviceList = seedDevices();
	private refusalStatus: (typeof REFUSAL_STATUSES)[number] = '200';
	private readonly codes = new Map<string, Otp>();
	readonly playable = balesOtomatisPlayable;
	private played = 0;

	constructor(private readonly context: ProviderContext) {
		this.business = new BusinessApi(context);
	}

	reset(): void {
		this.deviceList = seedDevices();
		this.refusalStatus = '200';
		this.codes.clear();
		this.business.reset();
	}

	rateKey(request: FastifyRequest): string {
		const { api_key, secret_key } = new Fields(request.body).values;
		return JSON.stringify(api_key ?? secret_key ?? '');
	}

	refusal(status: number, message: string): unknown {
		// A rate limit has no separate code.
		return status === 429 ? refused(400, 'Bad Request / Reached of Rate-Limited') : refused(status, message);
	}

	httpStatus(status: number): number {
		return this.refusalStatus === '200' ? 200 : status;
	}

	devices(): Device[] {
		return this.deviceList.map((device) => ({ ...device, number: device.whatsappNumber }));
	}

	setDeviceStatus(deviceId: string, status: string): void {
		if (!DEVICE_STATUSES.some((known) => known === status)) {
			throw new ControlError(
				`BalesOtomatis has no device status "${status}". It has ${DEVICE_STATUSES.join(', ')}.`,
			);
		}
		this.slot(deviceId).status = status;
	}

	webhook(slot?: string): string | null {
		return this.slot(slot).webhook;
	}

	setWebhook(url: string | null, slot?: string): void {
		this.slot(slot).webhook = url;
	}

	configure(settings: Record<string, unknown>): void {
		for (const [name, value] of Object.entries(settings)) {
			const chosen = REFUSAL_STATUSES.find((known) => known === value);
			if (name !== 'refusalStatus' || chosen === undefined) {
				throw new ControlError(
					`BalesOtomatis has only one setting, refusalStatus: ${REFUSAL_STATUSES.join(' or ')}.`,
				);
			}
			this.refusalStatus = chosen;
		}
	}

	/** Plays it on the first number that has a webhook. */
	incoming(
		event: BalesOtomatisEvent,
		overrides: Record<string, unknown>,
		slot?: string,
	): ReturnType<ProviderInstance['incoming']> {
		const first = this.deviceList.find(({ webhook }) => webhook !== null);
		const device = slot === undefined ? (first ?? this.slot()) : this.slot(slot);
		const body = JSON.stringify(merge(balesOtomatisWebhook(event, ++this.played), overrides));
		const headers = { 'Content-Type': 'application/json', [NUMBER_HEADER]: device.id };
		const webhooks = device.webhook === null ? [] : [{ url: device.webhook, body, headers: () => headers }];
		return { bodies: [body], webhooks };
	}

	play(kind: string, options: PlayOptions): Played {
		const device = this.deviceList.find(({ webhook }) => webhook !== null) ?? this.slot();
		const { messageId, payload } = playBalesOtomatis(kind, options, ++this.played);
		const { body, headers: typed } = writeBody(merge(payload, options.overrides ?? {}), options.contentType);
		const headers = { ...typed, [NUMBER_HEADER]: device.id };
		const webhooks = device.webhook === null ? [] : [{ url: device.webhook, body, headers: () => headers }];
		return { messageId, bodies: [body], webhooks };
	}

	routes(api: FastifyInstance): void {
		const post = (path: string, answer: (fields: Fields) => unknown): void => {
			api.post(path, async (request) => {
				const fields = new Fields(request.body);
				if (fields.values.api_key !== balesOtomatisAccount.apiKey) throw new Refusal(403, 'Invalid API Key');
				return answer(fields);
			});
		};
		post('/info', () => this.info());
		post('/validate_number', (fields) => {
			this.number(fields);
			const phone = fields.phonePair();
			if (balesOtomatisAccount.notOnWhatsApp.some((absent) => absent === phone))
				throw new Refusal(400, 'Invalid WhatsApp Number');
			return ok('Valid WhatsApp Number');
		});
		post('/get-list-contacts', (fields) => this.contactLists(fields));
		post('/get-list-audiences', (fields) => this.audiences(fields));
		post('/grab', (fields) => this.grab(fields));
		for (const to of ['group', 'personal'] as const) {
			post(`/send_${to}_message`, (fields) => this.send(fields, to, false));
			post(`/send_${to}_file`, (fields) => this.send(fields, to, true));
		}
		post('/send_otp', (fields) => this.sendOtp(fields));
		post('/validate_otp', (fields) => this.validateOtp(fields));
		this.business.routes(api);
	}

	private info(): unknown {
		return {
			code: '200',
			message: 'Successfully.',
			info: {
				package: { name: 'Enterprise', active_from: '2024-09-07', active_until: '2035-11-01' },
				user: { email: 'demo@example.com', registered_at: '2024-08-16 17:07:53' },
				timezone: 'Asia/Jakarta',
				devices: this.deviceList.map(({ id, whatsappNumber, status }) => ({
					number_id: id,
					number_whatsapp: whatsappNumber,
					state_connection: status,
					last_connected_at: '2024-09-17 13:00:04',
				})),
			},
		};
	}

	private contactLists(fields: Fields): unknown {
		const search = fields.optional('search')?.toLowerCase() ?? '';
		const found = this.lists.filter(({ name }) => name.toLowerCase().includes(search));
		const column = fields.optional('order_by') ?? 'contacts_created_at';
		const key = ({ name, audience, createdAt }: ContactList): string | number =>
			column === 'contacts_name' ? name : column === 'contacts_audience' ? audience : createdAt;
		const rows = sorted(found, key, fields.oneOf('order_dir', ['asc', 'desc'], 'desc'));
		const data = slice(rows, fields).map(({ id, name, audience, createdAt }) => ({
			contacts_id: id,
			contacts_name: name,
			contacts_type: 'sync_from_whatsapp',
			contacts_type_defined: 'Manual Input',
			contacts_audience: audience,
			contacts_created_at: wibDate(createdAt),
			contacts_last_updated: wibDate(createdAt),
		}));
		return listed(data, rows.length, this.lists.length, fields);
	}

	/** The search, the order and the columns are objects here, as a well-known table widget sends them. */
	private audiences(fields: Fields): unknown {
		const id = fields.text('contact_id');
		const list = this.lists.find((one) => one.id === id);
		if (list === undefined) throw wrongParameter('contact_id');
		const all = seedAudiences(list);
		const wanted = isPlain(fields.values.search) ? String(fields.values.search.value).toLowerCase() : '';
		const found = all.filter(
			({ name, waNumber }) => name.toLowerCase().includes(wanted) || waNumber.includes(wanted),
		);
		const [order] = fields.list('order');
		const columns = fields.list('columns');
		const place = isPlain(order) ? Number(order.column) : 0;
		const column = columns[place];
		if (isPlain(order) && column === undefined) throw wrongParameter('order');
		const name = isPlain(column) ? String(column.data) : 'name';
		const key = (row: Audience): string | number =>
			name === 'date_insert' ? row.addedAt : name === 'wa_number' ? row.waNumber : row.name;
		const rows = sorted(found, key, isPlain(order) ? String(order.dir) : 'asc');
		const data = slice(rows, fields).map((row) => ({
			audience_id: row.id,
			name: row.name,
			wa_number: row.waNumber,
			status: 'not_checked',
			status_defined: 'Pending',
			date_insert: wibDate(row.addedAt),
			custom_fields: [],
		}));
		return listed(data, rows.length, all.length, fields);
	}

	private grab(fields: Fields): unknown {
		this.connected(fields);
		if (fields.oneOf('type', ['contacts', 'group']) === 'contacts') {
			const data = this.phoneBook.map(({ name, number }) => ({ name, whatsapp_number: number }));
			return { ...ok(`Received (${data.length}) Contacts`), data };
		}
		const data = this.groups.map(({ id, name, members, isAdmin }) => {
			const one = (number: string, role: string): unknown => ({
				groupid: id,
				iscontact: false,
				name,
				number,
				role,
				groupname: name,
			});
			const own = this.slot().whatsappNumber;
			const participants = [
				one(own, isAdmin ? 'admin' : 'participant'),
				...members.map((member) => one(member, 'participant')),
			];
			return [id, { id, groupname: name, participants }] as const;
		});
		return { ...ok(`Received (${data.length}) Groups`), data: Object.fromEntries(data) };
	}

	private send(fields: Fields, to: 'group' | 'personal', isFile: boolean): unknown {
		const device = this.connected(fields);
		fields.oneOf('enable_typing', ['0', '1'], '0');
		fields.oneOf('method_send', ['async', 'sync'], 'async');
		const recipient = to === 'group' ? this.adminGroup(fields) : fields.phonePair();
		const isImage = !isFile && fields.optional('image_url') !== undefined;
		const url = isFile ? fields.url('file_url') : isImage ? fields.url('image_url') : null;
		if (isImage) fields.oneOf('send_as_caption', ['0', '1'], '1');
		const text = url === null ? fields.text('message') : (fields.optional('message') ?? null);
		const kind = isFile ? 'file' : isImage ? 'image' : 'text';
		this.context.accept({
			device: device.id,
			recipient,
			recipientType: to === 'group' ? 'group' : 'person',
			kind,
			text,
			url,
			raw: fields.values,
		});
		return ok(IN_DELIVERY);
	}

	private sendOtp(fields: Fields): unknown {
		const device = this.connected(fields);
		const recipient = fields.phonePair();
		const customer = fields.text('customer_name');
		const service = fields.text('service_name');
		const company = fields.text('company_name');
		const lifetime = fields.count('lifetime', 60);
		let code = '';
		do code = String(randomInt(1_000_000)).padStart(6, '0');
		while (this.codes.has(code));
		this.codes.set(code, { expiresAt: Date.now() + lifetime * 1000 });
		const text = `Hi ${customer}, ${code} is your ${service} code. ${company}`;
		this.context.accept({
			device: device.id,
			recipient,
			recipientType: 'person',
			kind: 'otp',
			text,
			url: null,
			raw: fields.values,
		});
		const req_id = Buffer.from(`${recipient} ${Date.now()}`).toString('base64');
		return { ...ok(IN_DELIVERY), otp_code: code, req_id };
	}

	/** Inferred: what a refusal says, and that a code can be used once. */
	private validateOtp(fields: Fields): unknown {
		const code = fields.text('otp_code');
		const known = this.codes.get(code);
		if (known === undefined) throw new Refusal(400, 'OTP Code is Invalid');
		this.codes.delete(code);
		if (known.expiresAt <= Date.now()) throw new Refusal(400, 'OTP Code is Expired');
		return { code: '200', message: 'OTP Code is Valid' };
	}

	private number(fields: Fields): Device {
		const id = fields.text('number_id');
		const device = this.deviceList.find((one) => one.id === id);
		if (device === undefined) throw new Refusal(404, 'Invalid Number ID');
		return device;
	}

	private connected(fields: Fields): Device {
		const device = this.number(fields);
		if (device.status !== 'connected') throw new Refusal(400, 'The number is not connected');
		return device;
	}

	/** "The sender's number must be a group admin" (API reference). */
	private adminGroup(fields: Fields): string {
		const id = fields.text('group_id');
		const group = this.groups.find((one) => one.id === id);
		if (group === undefined) throw wrongParameter('group_id');
		if (!group.isAdmin) throw new Refusal(400, "The sender's number must be a group admin");
		return id;
	}

	/** A number by its id; the first one without. */
	private slot(id?: string): Device {
		const device = id === undefined ? this.deviceList[0] : this.deviceList.find((one) => one.id === id);
		if (device !== undefined) return device;
		throw new ControlError(
			`There is no number "${id}". There are ${this.deviceList.map((one) => one.id).join(', ')}.`,
		);
	}
}

function ok(message: string): Record<string, unknown> {
	return { code: '200', message, type: 'successfully' };
}

function refused(code: number, message: string): unknown {
	return { code: String(code), message, type: 'error' };
}

/**
 * Totals are text, as in the examples, where both are the same. That the first counts all and the second what was found
 * is inferred from the table widget (DataTables) whose names they are.
 */
function listed(data: unknown[], found: number, total: number, fields: Fields): unknown {
	return {
		...ok('Successfully'),
		data,
		draw: fields.count('draw', 0),
		iTotalRecords: String(total),
		iTotalDisplayRecords: String(found),
	};
}
