/* The folder "Sessions" of Wapio, and what else belongs to a session: webhook, deliveries, queued operations. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { randomBytes } from 'node:crypto';
import { Refusal } from '../../types';
import { Fields, pageOf, phoneOf } from './fields';
import { fingerprint, newSession, qrText, type Session, SESSION_SETTINGS, SESSION_STATUSES } from './seed';
import { SUBSCRIBABLE } from './webhook';
import type { QueuedOperation, WapioWorld } from './world';

const MAX_PAGE = 100;
/** Enforced by the official node; that the API does so too is inferred. */
const SECRET_LENGTH = 16;

export function sessionRoutes(api: FastifyInstance, world: WapioWorld): void {
	const at = '/v1/whatsapp-sessions';
	api.get(at, async (request) => list(world, request));
	api.post(at, async (request, reply) => {
		world.accountOnly(request);
		return await world.once(request, reply, 'account', () => ({
			status: 201,
			body: world.wrap(create(world, new Fields(request.body))),
		}));
	});
	api.get(`${at}/:id`, async (request) => world.wrap(view(world.sessionInPath(request))));
	api.patch(`${at}/:id`, async (request) =>
		world.wrap(update(world.sessionInPath(request), new Fields(request.body))),
	);
	api.delete(`${at}/:id`, async (request, reply) => {
		world.accountOnly(request);
		return await reply.code(202).send(world.wrap(remove(world, world.sessionInPath(request))));
	});

	api.post(`${at}/:id/connect`, async (request, reply) => {
		const session = world.sessionInPath(request);
		if (session.status === 'connected') throw new Refusal(409, 'Session is already connected.');
		session.status = 'connecting';
		session.qr = qrText(randomBytes(2).readUInt16BE());
		return await empty(reply);
	});
	api.post(`${at}/:id/disconnect`, async (request, reply) => {
		world.sessionInPath(request).status = 'disconnected';
		return await empty(reply);
	});
	// A restarted worker comes back with the state it had.
	api.post(`${at}/:id/restart`, async (request, reply) => {
		world.sessionInPath(request).updatedAt = new Date().toISOString();
		return await empty(reply);
	});
	api.get(`${at}/:id/qrcode`, async (request) => {
		const session = world.sessionInPath(request);
		if (session.status === 'connected')
			throw new Refusal(409, 'Session is already connected: there is no QR code.');
		return world.wrap({ qr: session.qr });
	});
	api.post(`${at}/:id/regenerate-key`, async (request) => {
		world.accountOnly(request);
		return world.wrap({ session_api_key: newKey(world.sessionInPath(request)) });
	});
	api.get(`${at}/:id/settings`, async (request) =>
		world.wrap({ session_settings: world.sessionInPath(request).settings }),
	);
	api.patch(`${at}/:id/settings`, async (request) => {
		const session = world.sessionInPath(request);
		changeSettings(session, new Fields(request.body));
		return world.wrap({ session_settings: session.settings });
	});

	webhookRoutes(api, world, at);
	api.get('/v1/operations/:operation', async (request) => world.wrap(operation(world, request)));
}

/** From the provider's documentation; the API reference leaves the webhook out. */
function webhookRoutes(api: FastifyInstance, world: WapioWorld, at: string): void {
	api.get(`${at}/:id/webhook`, async (request, reply) => {
		const { webhook } = world.sessionInPath(request);
		const shown = webhook && {
			target_url: webhook.targetUrl,
			subscribed_events: webhook.events,
			is_active: webhook.isActive,
		};
		// Fastify would send null as no body at all.
		return await reply.type('application/json; charset=utf-8').send(JSON.stringify(world.wrap(shown)));
	});
	api.put(`${at}/:id/webhook`, async (request) => {
		world.accountOnly(request);
		const session = world.sessionInPath(request);
		const fields = new Fields(request.body);
		const targetUrl = fields.url('target_url');
		const events = fields.texts('subscribed_events');
		const unknown = events.find((event) => !SUBSCRIBABLE.some((known) => known === event));
		if (unknown !== undefined) throw fields.wrong('subscribed_events', `Unknown event ${unknown}`);
		const given = fields.optional('signing_secret');
		if (given !== undefined && given.length < SECRET_LENGTH)
			throw fields.wrong('signing_secret', `Must have at least ${SECRET_LENGTH} characters`);
		// Without a new one the secret stays (inferred).
		const signingSecret = given ?? session.webhook?.signingSecret ?? null;
		session.webhook = { targetUrl, events, signingSecret, isActive: fields.flag('is_active') ?? true };
		return world.wrap({ target_url: targetUrl, subscribed_events: events, is_active: session.webhook.isActive });
	});
	api.delete(`${at}/:id/webhook`, async (request, reply) => {
		world.accountOnly(request);
		world.sessionInPath(request).webhook = null;
		return await empty(reply);
	});
	api.get(`${at}/:id/webhook-deliveries`, async (request) => {
		const { deliveries } = world.sessionInPath(request);
		const query = new Fields(request.query);
		const status = query.has('status') ? query.oneOf('status', ['delivered', 'failed']) : undefined;
		const rows = deliveries.filter((delivery) => status === undefined || delivery.status === status);
		const page = {
			limit: query.count('limit', 50, MAX_PAGE),
			cursor: query.optional('cursor'),
			cursorName: 'cursor',
		};
		return world.wrap(pageOf(rows, ({ delivery_id }) => delivery_id, page));
	});
}

/** With a session-scoped key only its own session (API reference: List sessions). */
function list(world: WapioWorld, request: FastifyRequest): unknown {
	const caller = world.known(request);
	const query = new Fields(request.query);
	const status = query.has('status') ? query.oneOf('status', SESSION_STATUSES) : undefined;
	const rows = world.sessions
		.filter((session) => caller.kind === 'account' || session === caller.session)
		.filter((session) => (status === undefined ? session.status !== 'deleted' : session.status === status));
	const page = pageOf(rows, ({ id }) => id, {
		limit: query.count('limit', 50, MAX_PAGE),
		cursor: query.optional('before_id'),
		cursorName: 'before_id',
	});
	return world.wrap({ ...page, data: page.data.map(view) });
}

function create(world: WapioWorld, fields: Fields): unknown {
	const label = fields.text('label');
	const number = fields.optional('phone_number');
	const session = newSession(world.id('sess_ws'), 0, {
		name: label,
		phoneNumber: number === undefined ? null : phoneOf(number, 'phone_number'),
		createdAt: new Date().toISOString(),
	});
	if (fields.has('settings')) changeSettings(session, fields.inner('settings'));
	const session_api_key = newKey(session);
	world.sessions.unshift(session);
	return { session: view(session), session_api_key, warnings: [] };
}

function update(session: Session, fields: Fields): unknown {
	if (fields.has('label')) session.name = fields.text('label');
	const number = fields.optional('phone_number');
	if (number !== undefined) session.phoneNumber = phoneOf(number, 'phone_number');
	if (fields.has('settings')) changeSettings(session, fields.inner('settings'));
	session.updatedAt = new Date().toISOString();
	return view(session);
}

function changeSettings(session: Session, fields: Fields): void {
	const unknown = Object.keys(fields.values).find((name) => !SESSION_SETTINGS.some((known) => known === name));
	if (unknown !== undefined) throw fields.wrong(unknown, 'Unknown setting');
	for (const name of SESSION_SETTINGS) {
		const value = fields.flag(name);
		if (value !== undefined) session.settings[name] = value;
	}
}

/** The raw key is shown only once; the previous one is revoked immediately. */
function newKey(session: Session): unknown {
	const previous_fingerprint = session.key === null ? null : fingerprint(session.key);
	const raw = `bps_sk_${randomBytes(18).toString('hex')}`;
	session.key = raw;
	return { raw, fingerprint: fingerprint(raw), created_at: new Date().toISOString(), previous_fingerprint };
}

/** "Marks the session for deletion and immediately revokes its session-scoped API key." */
function remove(world: WapioWorld, session: Session): QueuedOperation {
	session.status = 'pending_deletion';
	session.key = null;
	const operation_id = world.id('op');
	const queued: QueuedOperation = {
		operation_id,
		session_id: session.id,
		operation_type: 'session.delete',
		status: 'queued',
		enqueued_at: new Date().toISOString(),
		started_at: null,
		finished_at: null,
		result: null,
		error: null,
		status_url: `/v1/operations/${operation_id}`,
	};
	world.operations.push(queued);
	return { ...queued };
}

/** Asked for the first time, an operation has begun; asked again, it is over, as set. */
function operation(world: WapioWorld, request: FastifyRequest): QueuedOperation {
	world.accountOnly(request);
	const { operation: id } = request.params as { operation: string };
	const found = world.operations.find(({ operation_id }) => operation_id === id);
	if (found === undefined) throw new Refusal(404, 'Resource not found, or not visible to this caller.');
	const now = new Date().toISOString();
	if (found.status === 'queued') {
		found.status = 'in_progress';
		found.started_at = now;
	} else if (found.status === 'in_progress' && world.operationEnd !== 'never') {
		found.status = world.operationEnd;
		found.finished_at = now;
		if (found.status === 'failed') found.error = 'The worker could not be stopped.';
		else {
			found.result = { deleted: true };
			const session = world.sessions.find((one) => one.id === found.session_id);
			if (session !== undefined) session.status = 'deleted';
		}
	}
	return { ...found };
}

function view(session: Session): Record<string, unknown> {
	return {
		session_id: session.id,
		account_id: 'bps_acc_sandbox',
		status: session.status,
		created_at: session.createdAt,
		label: session.name,
		phone_number: session.phoneNumber,
		worker_id: session.status === 'connected' ? 'worker-1' : null,
		last_activity_at: session.updatedAt,
		updated_at: session.updatedAt,
		session_api_key_fingerprint: session.key === null ? null : fingerprint(session.key),
	};
}

/** An answer without a body, where the API reference shows none. */
export async function empty(reply: FastifyReply, status = 200): Promise<unknown> {
	return await reply.code(status).send();
}
