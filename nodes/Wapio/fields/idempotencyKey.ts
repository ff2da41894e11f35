import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import type { Field } from '../../shared/operations/define/field';
import { textOf } from '../../shared/text';

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
