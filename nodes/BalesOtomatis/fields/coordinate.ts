import type { z } from 'zod';
import { requiredText } from '../../shared/messaging/fields/schemas';

/**
 * A latitude or longitude in degrees.
 *
 * @param most degrees to either side: 90 or 180
 */
export function coordinate(most: number): z.ZodType<number> {
	const error = `give degrees between -${most} and ${most}, with a point: for example -6.2`;
	return requiredText(error)
		.transform((written) => Number(written.trim()))
		.refine((degrees) => Number.isFinite(degrees) && Math.abs(degrees) <= most, { error });
}
