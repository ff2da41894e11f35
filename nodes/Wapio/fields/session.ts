import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { requiredId } from '../../shared/messaging/fields/schemas';
import { field, type Field, type ItemReader } from '../../shared/operations/define/field';
import { locator } from '../../shared/operations/define/locator';
import { cursors, type Paging } from '../../shared/operations/define/paging';
import { textOf } from '../../shared/text';
import { isPersonalToken, isSessionKey, nextCursor } from '../api/wapioApi';

/** A session of the account, from a list or by its id. */
export const sessionProperty: INodeProperties = locator({
	displayName: 'Session',
	name: 'session',
	description: 'The connected WhatsApp number that does the work',
	hint: 'Empty: the default session of the credential',
	search: 'searchSessions',
	byHand: { placeholder: 'e.g. bps_sess_ws_0123456789' },
});

/** The session that was chosen, else the credential's; empty if there is neither. */
export function chosenSession({ parameter, credential }: Pick<ItemReader, 'parameter' | 'credential'>): string {
	return textOf(parameter(sessionProperty.name)).trim() || textOf(credential('sessionId')).trim();
}

/** The session of a request that has it in its path. */
export const sessionId: Field<string> = {
	properties: [sessionProperty],
	read: chosenSession,
	schema: requiredId('choose a session from the list, give its ID, or fill in Default Session ID in the credential'),
};

/** The session of a request under `/api`: the key of a session needs none, a personal access token does. */
export const session: Field<string | undefined> = {
	properties: [sessionProperty],
	read: (item) => ({ id: chosenSession(item), needsOne: isPersonalToken(item.credential('token')) }),
	schema: z
		.object({ id: z.string(), needsOne: z.boolean() })
		.refine(({ id, needsOne }) => id !== '' || !needsOne, {
			error:
				'choose a session from the list, give its ID, or fill in Default Session ID in the credential. A personal access token (bps_pat_…) can use every session of the account and has none of its own',
		})
		.transform(({ id }) => id || undefined),
};

/**
 * For operations that the key of a session may not do (collection: "PAT only"). There is nothing to fill in, so the
 * refusal calls it by the name it has here, which is the credential's.
 */
export const personalTokenOnly: { Token: Field } = {
	Token: {
		properties: [],
		read: ({ credential }) => isSessionKey(credential('token')),
		schema: z.literal(false, {
			error:
				'the credential holds the key of a session (bps_sk_…), which may not do this. Put a personal access token (bps_pat_…) into the Wapio credential; it is made in the Wapio dashboard',
		}),
	},
};

/** The option with which a user takes the once-only promise into their own hands. */
export const idempotencyKeyOption: INodeProperties = {
	displayName: 'Idempotency Key',
	name: 'idempotencyKey',
	type: 'string',
	default: '',
	placeholder: 'e.g. {{ $json.orderId }}',
	description:
		'Wapio takes a request with the same key once. Left empty, the node makes a key for each item, which stays the same over Retry On Fail. Give one that differs from message to message to be safe over several executions, too.',
};

/** What {@link idempotencyKeyOption} must be: it goes into a header. */
export const idempotencyKeySchema = z.preprocess(
	(written) => textOf(written).trim(),
	z.string().regex(/^[\x21-\x7e]{0,255}$/, {
		error: 'use letters, digits and dashes, without spaces, at most 255',
	}),
);

/** The key of this item's request. */
export const idempotencyKey: Field<string> = {
	properties: [],
	read: ({ parameter, key }) => textOf(parameter('options.idempotencyKey')).trim() || asUuid(key()),
	schema: z.string(),
};

/**
 * The first digits of a hash in the form of a UUID, which the provider's documentation asks for. It is marked as one of
 * version 4, since some checks know no other.
 *
 * @param hash at least 32 hexadecimal digits
 */
export function asUuid(hash: string): string {
	const variant = '89ab'[parseInt(hash.charAt(16), 16) & 3];
	const digits = `${hash.slice(0, 12)}4${hash.slice(13, 16)}${variant}${hash.slice(17, 32)}`;
	return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The message that a request is about (collection: `bps_msg_…`). */
export const messageId: Field<string> = field(
	{
		displayName: 'Message ID',
		name: 'messageId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. bps_msg_0123456789',
		description: 'The ID of the message: messageId in the output of the operation that sent it',
	},
	requiredId('fill in the ID that sending the message gave, for example {{ $json.messageId }}'),
);

/** Collection: List sessions, `limit` and `before_id`, which the answer's `next_cursor` gives. Pages of 100 at most (inferred). */
export const sessionPages: Paging = cursors({ cursor: 'before_id', size: 'limit', maxSize: 100, next: nextCursor });

/** The deliveries of a webhook, `limit` and `cursor` (provider documentation). */
export const deliveryPages: Paging = cursors({ cursor: 'cursor', size: 'limit', maxSize: 100, next: nextCursor });

/**
 * Lists for which no pages are documented: everything comes at once. Should an answer name a cursor all the same, it is
 * followed (inferred from the other lists).
 */
export const wholeList: Paging = {
	maxSize: Number.MAX_SAFE_INTEGER,
	first: (request) => request,
	next: (request, answer) => {
		const cursor = nextCursor(answer.envelope);
		return cursor === undefined || cursor === request.query?.cursor
			? undefined
			: { ...request, query: { ...request.query, cursor } };
	},
};
