import { createHash } from 'node:crypto';
import { z } from 'zod';
import { idempotencyKeyProperty } from '../../shared/messaging/fields/options';
import type { Field } from '../../shared/operations/define/field';
import { textOf } from '../../shared/text';

/** The option to set the idempotency key by hand. */
export const wapioKeyOption = idempotencyKeyProperty({
	description:
		'Wapio processes only one request with the same key. Leave empty to let the node create a key for each item, which stays the same on Retry On Fail. Set your own, different for each message, to prevent duplicates across executions, too.',
});

/** What {@link wapioKeyOption} must be: it goes into a header. */
export const idempotencyKeySchema = z.preprocess(
	(written) => textOf(written).trim(),
	z.string().regex(/^[\x21-\x7e]{0,255}$/, {
		error: 'use at most 255 letters, digits and dashes, without spaces',
	}),
);

/** A message's key; each part of a text has its own, and each recipient, unless the user has chosen it. */
export type KeyOfPart = (part?: number, recipient?: string) => string;

/** The key of this item's request. */
export const idempotencyKey: Field<KeyOfPart> = {
	properties: [],
	read: ({ parameter, key }): KeyOfPart => {
		const chosen = textOf(parameter('options.idempotencyKey')).trim();
		if (chosen === '') return (part, recipient) => asUuid(key(part, recipient));
		return (part = 0) => (part === 0 ? chosen : asUuid(hashOf(`${chosen} part ${part}`)));
	},
	schema: z.custom<KeyOfPart>(),
};

function hashOf(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}

/**
 * The first digits of a hash in the form of a UUID, as the provider's documentation requires. It is marked as version 4,
 * because some checks accept no other.
 *
 * @param hash at least 32 hexadecimal digits
 */
export function asUuid(hash: string): string {
	const variant = '89ab'[parseInt(hash.charAt(16), 16) & 3];
	const digits = `${hash.slice(0, 12)}4${hash.slice(13, 16)}${variant}${hash.slice(17, 32)}`;
	return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
