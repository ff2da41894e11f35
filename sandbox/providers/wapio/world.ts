import type { FastifyReply, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import type { WhatsAppFile } from '../../media';
import { bodyFields } from '../../http/body';
import { ControlError, type ProviderContext, Refusal } from '../../types';
import { invalid } from './fields';
import {
	type Contact,
	type Group,
	moreSessions,
	seedContacts,
	seedGroups,
	seedSessions,
	type Session,
	wapioAccount,
} from './seed';

/** How an operation of the account ends that was put in a queue. */
const OPERATION_ENDS = ['completed', 'failed', 'never'] as const;
/** How answers are wrapped: as the API reference shows them, or in `{success, data}` as the provider's SDK expects. */
const ENVELOPES = ['documented', 'success'] as const;

/**
 * How an endpoint answers that tells where a file is: by an id for another request, or by an address under one of the
 * names that the provider's packages read; or whether it is there at all.
 */
const DECRYPT_ANSWERS = [
	'media_id',
	'download_url',
	'public_url',
	'publicUrl',
	'url',
	'data',
	'absent',
	'notAllowed',
] as const;
const DECRYPT_ENDPOINTS = ['decryptMedia', 'mediaDecrypt', 'mediaDownloadUrl'] as const;
const PRESENCES = ['present', 'absent', 'notAllowed'] as const;

export type DecryptAnswer = (typeof DECRYPT_ANSWERS)[number];

/** An operation in the queue (API reference: Delete a session). The words of `status` are inferred. */
export interface QueuedOperation {
	operation_id: string;
	session_id: string;
	operation_type: string;
	status: 'queued' | 'in_progress' | 'completed' | 'failed';
	enqueued_at: string;
	started_at: string | null;
	finished_at: string | null;
	result: unknown;
	error: string | null;
	status_url: string;
}

/** A message that was taken (API reference: Get delivery info for a message). */
export interface StoredMessage {
	message_id: string;
	session_id: string;
	provider_msg_id: string;
	to: string;
	kind: string;
	text: string | null;
	status: string;
	accepted_at: string;
	deleted_at: string | null;
	updated_at: string;
	events: { event_id: string; event_type: string; update_kind: string; emitted_at: string }[];
	/** To accept it again when it is sent once more. */
	accepted: Parameters<ProviderContext['accept']>[0];
}

/** Who asks: the whole account, or one session. */
type Caller = { kind: 'account' } | { kind: 'session'; session: Session };

/** An answer. */
interface Answer {
	status: number;
	body: unknown;
}

/** An answer that is kept for the repetition of its request. */
interface Kept {
	request: string;
	answer: Answer;
}

/** Everything the account holds, and who may see what. */
export class WapioWorld {
	sessions = seedSessions();
	contacts: Contact[] = seedContacts();
	groups: Group[] = seedGroups();
	messages: StoredMessage[] = [];
	operations: QueuedOperation[] = [];
	operationEnd: (typeof OPERATION_ENDS)[number] = 'completed';
	envelope: (typeof ENVELOPES)[number] = 'documented';
	/** Rows per page of contacts; null: all come in one page, since no paging is documented. */
	contactsPerPage: number | null = null;
	/** The three endpoints of decryption: `/api/decrypt-media`, `/v1/media/decrypt`, `/v1/media/{id}/download-url`. */
	decryptMedia: DecryptAnswer = 'media_id';
	mediaDecrypt: DecryptAnswer = 'download_url';
	mediaDownloadUrl: DecryptAnswer = 'download_url';
	lidLookup: (typeof PRESENCES)[number] = 'present';
	/** Files by the ids that were given out for them. */
	readonly decrypted = new Map<string, Pick<WhatsAppFile, 'decrypted'>>();
	private readonly kept = new Map<string, Kept>();
	private count = 0;

	constructor(readonly context: ProviderContext) {}

	reset(): void {
		this.sessions = seedSessions();
		this.contacts = seedContacts();
		this.groups = seedGroups();
		this.messages = [];
		this.operations = [];
		this.operationEnd = 'completed';
		this.envelope = 'documented';
		this.contactsPerPage = null;
		this.decryptMedia = 'media_id';
		this.mediaDecrypt = 'download_url';
		this.mediaDownloadUrl = 'download_url';
		this.lidLookup = 'present';
		this.decrypted.clear();
		this.kept.clear();
	}

	configure(settings: Record<string, unknown>): void {
		for (const [name, value] of Object.entries(settings)) {
			const end = OPERATION_ENDS.find((known) => known === value);
			const envelope = ENVELOPES.find((known) => known === value);
			const answer = DECRYPT_ANSWERS.find((known) => known === value);
			const presence = PRESENCES.find((known) => known === value);
			const number =
				typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 10_000
					? value
					: undefined;
			if (name === 'operations' && end !== undefined) this.operationEnd = end;
			else if (name === 'envelope' && envelope !== undefined) this.envelope = envelope;
			else if (isDecryptEndpoint(name) && answer !== undefined) this[name] = answer;
			else if (name === 'lidLookup' && presence !== undefined) this.lidLookup = presence;
			else if (name === 'contactsPerPage' && number !== undefined) this.contactsPerPage = number;
			else if (name === 'moreSessions' && number !== undefined) this.sessions.push(...moreSessions(number));
			else {
				throw new ControlError(
					`Wapio has the settings operations (${OPERATION_ENDS.join(', ')}), envelope (${ENVELOPES.join(', ')}), ${DECRYPT_ENDPOINTS.join(', ')} (${DECRYPT_ANSWERS.join(', ')}), lidLookup (${PRESENCES.join(', ')}), and from 1 contactsPerPage and moreSessions.`,
				);
			}
		}
	}

	/** A new id with the provider's prefix. */
	id(prefix: string): string {
		const part = createHash('sha256').update(`wapio ${prefix} ${++this.count}`).digest('hex').slice(0, 24);
		return `bps_${prefix}_${part}`;
	}

	/** An object, wrapped as set. */
	wrap(data: unknown): unknown {
		return this.envelope === 'documented' ? data : { success: true, data };
	}

	/** @returns undefined for a token that there is not (any more) */
	callerOf(request: FastifyRequest): Caller | undefined {
		const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
		if (token === wapioAccount.pat) return { kind: 'account' };
		const session = token === undefined ? undefined : this.sessions.find(({ key }) => key === token);
		return session && { kind: 'session', session };
	}

	known(request: FastifyRequest): Caller {
		const caller = this.callerOf(request);
		if (caller === undefined) throw new Refusal(401, 'Missing or invalid Bearer token.');
		return caller;
	}

	/** For what session-scoped keys may not do. */
	accountOnly(request: FastifyRequest): void {
		if (this.known(request).kind !== 'account')
			throw new Refusal(403, 'Session-scoped keys cannot call this route. Use a personal access token.');
	}

	/** The session that a path names, if the caller may see it: "Resource not found, or not visible to this caller." */
	sessionInPath(request: FastifyRequest): Session {
		const { id } = request.params as { id: string };
		const caller = this.known(request);
		const session = this.sessions.find((one) => one.id === id && one.status !== 'deleted');
		if (session !== undefined && (caller.kind === 'account' || caller.session === session)) return session;
		throw new Refusal(404, 'Resource not found, or not visible to this caller.');
	}

	/**
	 * The session that a request is about. A session-scoped key need not name it, and may name no other one; an account
	 * token names it by `session_id` in body or query, or by the header (official node).
	 */
	sessionOf(request: FastifyRequest): Session {
		const caller = this.known(request);
		const named = [
			bodyFields(request.body).session_id,
			(request.query as Record<string, unknown>).session_id,
			request.headers['x-session-id'],
		].filter((value) => value !== undefined && value !== '');
		if (caller.kind === 'session') {
			if (named.some((id) => id !== caller.session.id)) {
				const message = 'session_id in request does not match the session this API key is bound to.';
				throw new Refusal(422, message, { reason_code: 'validation_failed' });
			}
			return caller.session;
		}
		if (named.length === 0) throw invalid({ session_id: ['Required'] });
		if (named.some((id) => id !== named[0]))
			throw invalid({ session_id: ['Differs from the x-session-id header'] });
		const session = this.sessions.find((one) => one.id === named[0] && one.status !== 'deleted');
		if (session === undefined) throw new Refusal(404, 'Resource not found, or not visible to this caller.');
		return session;
	}

	/** The session that a request is about, which must be able to send. That a 409 says so is inferred. */
	connected(request: FastifyRequest): Session {
		const session = this.sessionOf(request);
		if (session.status === 'connected') return session;
		throw new Refusal(409, `Session is not connected (${session.status}).`, {
			reason_code: 'session_not_connected',
		});
	}

	/**
	 * Carries a request out once for each `Idempotency-Key`; a repetition gets the first answer again. "Use a new unique
	 * value for every send request" (API reference); that another request with the same key is refused is inferred.
	 */
	async once(request: FastifyRequest, reply: FastifyReply, scope: string, carryOut: () => Answer): Promise<unknown> {
		const header = request.headers['idempotency-key'];
		if (typeof header !== 'string') return await send(reply, carryOut());
		const key = `${scope} ${header}`;
		const text = JSON.stringify(request.body) ?? '';
		const known = this.kept.get(key);
		if (known !== undefined && known.request !== text) {
			const message = 'Idempotency-Key was already used with a different request.';
			throw new Refusal(422, message, { reason_code: 'idempotency_key_reused' });
		}
		const answer = known?.answer ?? carryOut();
		this.kept.set(key, { request: text, answer });
		return await send(reply, answer);
	}

	/** A session by its id; the first one without. For the control API. */
	slot(id?: string): Session {
		const session = id === undefined ? this.sessions[0] : this.sessions.find((one) => one.id === id);
		if (session !== undefined) return session;
		throw new ControlError(
			`There is no session "${id}". There are ${this.sessions.map((one) => one.id).join(', ')}.`,
		);
	}
}

async function send(reply: FastifyReply, { status, body }: Answer): Promise<unknown> {
	return await reply.code(status).send(body);
}

function isDecryptEndpoint(name: string): name is (typeof DECRYPT_ENDPOINTS)[number] {
	return DECRYPT_ENDPOINTS.some((known) => known === name);
}
