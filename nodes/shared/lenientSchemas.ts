import { z } from 'zod';

/*
 * Values as providers write them in answers and webhooks: one and the same field comes as text here and as number
 * there. What a provider was not seen to send is not taken for a value.
 */

/** A text; a number counts as one, since ids come as both. */
export const textOrNumber = z.union([z.string(), z.number()]).transform(String);

/** {@link textOrNumber} of a payload that must not be lost for one field: what is neither counts as absent. */
export const payloadText = textOrNumber.nullish().catch(undefined);

/** Yes or no in the same way, where a provider sends nothing but booleans. */
export const payloadBoolean = z.boolean().nullish().catch(undefined);

/** A flag that a provider sends as boolean, as 0 and 1, or in a form as their words. Absent, null and empty are no. */
export const payloadFlag = z
	.union([z.boolean(), z.literal(0), z.literal(1), z.enum(['true', 'false', '1', '0', ''])])
	.nullish()
	.transform((flag) => flag === true || flag === 1 || flag === 'true' || flag === '1');

/** A number, or a text that is one. An empty text is not 0. */
export const numberOrText = z.union([z.number(), z.string().trim().min(1).transform(Number)]).pipe(z.number());

/** A number, or a text of digits, as ids and codes are. */
export const digitsOrNumber = z.union([
	z.number(),
	z
		.string()
		.trim()
		.regex(/^-?\d+$/)
		.transform(Number),
]);
