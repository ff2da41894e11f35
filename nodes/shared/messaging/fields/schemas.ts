import { z } from 'zod';
import { textOf } from '../../text';

/** Text that must not be empty; numbers from spreadsheets count as text. */
export function requiredText(missing = 'fill this in'): z.ZodType<string> {
	return z
		.union([z.string(), z.number(), z.boolean()], { error: missing })
		.transform((value) => String(value))
		.refine((value) => value.trim() !== '', { error: missing });
}

/** An id, without the spaces that copying leaves around it. */
export function requiredId(missing: string): z.ZodType<string> {
	return requiredText(missing).transform((value) => value.trim());
}

/** A text without the spaces around it; an empty one counts as absent. */
export const trimmedText = z.unknown().transform((written) => textOf(written).trim() || undefined);

/** A switch: on or off. */
export const onOrOff = z.boolean({ error: 'turn it on or off' });

/** How long to wait, up to an hour. */
export const secondsToWait = z.coerce
	.number()
	.min(1, { error: 'enter 1 to 3600 seconds' })
	.max(3600, { error: 'enter 1 to 3600 seconds' });

/** For what may be left empty: an empty text counts as absent, anything else is judged by `schema`. */
export function ifFilled<T>(schema: z.ZodType<T>): z.ZodType<T | undefined> {
	const isEmpty = (value: unknown): boolean => value === null || (typeof value === 'string' && value.trim() === '');
	return z.preprocess((value) => (isEmpty(value) ? undefined : value), schema.optional()).optional();
}

/** An address that a provider fetches a file from or posts a webhook to. */
export function webAddress(example: string): z.ZodType<string> {
	return requiredId(`enter an address, for example ${example}`).refine(
		(value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol),
		{ error: `this is not a web address. It must start with https://, for example ${example}` },
	);
}
