/* The folders "Messages" and "Channels" of Wapio, and the upload of files that its documentation describes. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from '../../types';
import { Fields, recipientOf } from './fields';
import { logEntry, type Session } from './seed';
import { empty } from './sessions';
import type { StoredMessage, WapioWorld } from './world';

const PRESENCES = ['available', 'composing', 'paused', 'recording', 'unavailable'] as const;
const KINDS = ['text', 'image', 'video', 'document', 'audio', 'sticker', 'location', 'contact', 'poll'] as const;
/** Of a file, before it is written in base64. The number is inferred. */
const MAX_UPLOAD_BYTES = 16 * 1024 * 1024;

type Kind = (typeof KINDS)[number];

export function messageRoutes(api: FastifyInstance, world: WapioWorld): void {
	api.post('/api/send-message', async (request, reply) => {
		const session = world.connected(request);
		return await world.once(request, reply, session.id, () => ({
			status: 202,
			body: send(world, session, request.body),
		}));
	});
	api.get('/api/messages/:message/info', async (request) => world.wrap(info(found(world, request))));
	api.delete('/api/messages/:message', async (request, reply) => {
		const message = found(world, request);
		message.deleted_at = new Date().toISOString();
		note(world, message, 'message.deleted', 'delete');
		world.context.revise(message.provider_msg_id, { isDeleted: true });
		return await empty(reply);
	});
	const edit = (request: FastifyRequest): void => {
		const message = found(world, request);
		const text = new Fields(request.body).text('text');
		if (message.kind !== 'text') throw new Refusal(409, 'Only text messages can be edited.');
		message.text = text;
		note(world, message, 'message.edited', 'edit');
		world.context.revise(message.provider_msg_id, { text, isEdited: true });
	};
	api.put('/api/messages/:message', async (request, reply) => {
		edit(request);
		return await empty(reply);
	});
	api.post('/api/messages/:message/edit', async (request, reply) => {
		edit(request);
		return await empty(reply);
	});
	api.post('/api/messages/:message/resend', async (request, reply) => {
		const message = found(world, request);
		world.context.accept(message.accepted);
		note(world, message, 'message.sent', 'resend');
		return await empty(reply);
	});
	api.post('/api/messages/read', async (request, reply) => {
		world.connected(request);
		const fields = new Fields(request.body);
		fields.texts('message_ids');
		jid(fields, 'chat_jid');
		return await empty(reply);
	});
	api.post('/api/send-presence-update', async (request, reply) => {
		const session = world.connected(request);
		const fields = new Fields(request.body);
		const recipient = recipientOf(fields);
		const presence = fields.oneOf('presence', PRESENCES);
		world.context.showPresence(session.id, recipient.jid, presence);
		return await empty(reply);
	});
	api.post('/api/upload', async (request) => upload(world, request));
	api.get('/api/whatsapp-sessions/:id/message-logs', async (request) => ({
		success: true,
		data: world.sessionInPath(request).logs,
	}));
}

/** Takes a message, and answers as in the API reference. That `msgId` is the id for the paths of other requests is inferred. */
function send(world: WapioWorld, session: Session, raw: unknown): unknown {
	const fields = new Fields(raw);
	const to = whereTo(world, fields);
	const kind = fields.oneOf('kind', KINDS);
	if (to.recipientType === 'channel' && kind !== 'text') throw fields.wrong('kind', 'Channels take text only');
	const { text, url } = contentOf(kind, fields);
	fields.optional('quoted_message_id');
	fields.flag('viewOnce');
	fields.flag('ptt');
	if (fields.has('mentions')) fields.texts('mentions');

	const at = new Date().toISOString();
	const providerId = world.id('wa').slice(-20).toUpperCase();
	const message: StoredMessage = {
		message_id: world.id('msg'),
		session_id: session.id,
		provider_msg_id: providerId,
		to: to.jid,
		kind,
		text,
		status: 'queued',
		accepted_at: at,
		deleted_at: null,
		updated_at: at,
		events: [],
		accepted: {
			device: session.id,
			recipient: to.jid,
			recipientType: to.recipientType === 'person' ? 'person' : 'group',
			kind,
			text,
			url,
			raw,
			id: providerId,
		},
	};
	world.messages.push(message);
	world.context.accept(message.accepted);
	note(world, message, 'message.accepted', 'create');
	session.logs.unshift(logEntry(session.logs.length + 1, 'outgoing', to.jid, text, kind));
	return world.wrap({ msgId: message.message_id, jid: to.jid, status: 'queued' });
}

function whereTo(world: WapioWorld, fields: Fields): { jid: string; recipientType: 'person' | 'group' | 'channel' } {
	if (fields.has('channel_id')) {
		const channel = fields.text('channel_id');
		if (!/^\d+@newsletter$/.test(channel)) throw fields.wrong('channel_id', 'Must end with @newsletter');
		return { jid: channel, recipientType: 'channel' };
	}
	const { jid, kind } = recipientOf(fields);
	const isUnknown = kind === 'group' && !world.groups.some((group) => group.id === jid && group.isMember);
	if (isUnknown) throw fields.wrong('to', 'The session is not a member of this group');
	return { jid, recipientType: kind };
}

function contentOf(kind: Kind, fields: Fields): { text: string | null; url: string | null } {
	const caption = (): string | null => fields.optional('caption') ?? null;
	switch (kind) {
		case 'text':
			return { text: fields.text('text'), url: null };
		case 'image':
		case 'video':
			return { text: caption(), url: fields.url(`${kind}Url`) };
		case 'document':
			fields.optional('file_name');
			fields.optional('mime_type');
			return { text: caption(), url: fields.url('documentUrl') };
		case 'audio':
		case 'sticker':
			return { text: null, url: fields.url(`${kind}Url`) };
		case 'location': {
			const location = fields.inner('location');
			location.degrees('latitude', 90);
			location.degrees('longitude', 180);
			return { text: location.optional('name') ?? null, url: null };
		}
		case 'contact': {
			const contact = fields.inner('contact');
			if (!/^\+?\d{7,15}$/.test(contact.text('phoneNumber')))
				throw contact.wrong('phoneNumber', 'Must be a phone number');
			return { text: contact.text('fullName'), url: null };
		}
		case 'poll': {
			const poll = fields.inner('poll');
			poll.texts('options');
			poll.flag('multiSelect');
			return { text: poll.text('question'), url: null };
		}
	}
}

/** A message of the session that the request is about. */
function found(world: WapioWorld, request: FastifyRequest): StoredMessage {
	const session = world.sessionOf(request);
	const { message: id } = request.params as { message: string };
	const message = world.messages.find((one) => one.message_id === id && one.session_id === session.id);
	if (message !== undefined) return message;
	throw new Refusal(404, 'Resource not found, or not visible to this caller.');
}

function note(world: WapioWorld, message: StoredMessage, event_type: string, update_kind: string): void {
	message.updated_at = new Date().toISOString();
	message.events.push({ event_id: world.id('evt'), event_type, update_kind, emitted_at: message.updated_at });
}

/** The fields of the API reference, and the text, which shows edits. */
function info({ accepted, ...message }: StoredMessage): unknown {
	void accepted;
	return { ...message, delivered_at: null, read_at: null, failed_at: null, failure_reason: null };
}

function jid(fields: Fields, name: string): string {
	const value = fields.text(name);
	if (!/^[\d-]+@(s\.whatsapp\.net|g\.us|lid|newsletter|broadcast)$/.test(value))
		throw fields.wrong(name, 'Must be a JID');
	return value;
}

/** `{mimetype, base64}` with the file as a data URI, answered with the address to send it by (provider documentation; the answer is inferred). */
function upload(world: WapioWorld, request: FastifyRequest): unknown {
	world.sessionOf(request);
	const fields = new Fields(request.body);
	// The provider's first packages have one set of names, compatible services another; either is accepted, and both if they agree.
	const isFirst = fields.has('content_base64');
	const isOther = fields.has('base64') || !isFirst;
	const mimeType = fields.text(isFirst ? 'mime_type' : 'mimetype');
	const plain = isFirst ? /^([A-Za-z0-9+/]+=*)$/.exec(fields.text('content_base64'))?.[1] : undefined;
	if (isFirst && plain === undefined) throw fields.wrong('content_base64', 'Must be base64');
	const encoded = isOther ? /^data:[^,]*;base64,([A-Za-z0-9+/]+=*)$/.exec(fields.text('base64'))?.[1] : plain;
	if (encoded === undefined) throw fields.wrong('base64', 'Must be a data URI');
	if (plain !== undefined && plain !== encoded) throw fields.wrong('base64', 'Must be the same file');
	fields.optional('file_name');
	const content = Buffer.from(encoded, 'base64');
	if (content.length > MAX_UPLOAD_BYTES) throw fields.wrong('base64', 'Must be at most 16 MB');
	const { file_length: length = content.length } = fields.values;
	if (length !== content.length) throw fields.wrong('file_length', 'Must be the size of the file');
	return { success: true, publicUrl: world.context.media.add(content, mimeType).url };
}
