import { z } from 'zod';

/**
 * A latitude or longitude in degrees, as a number or as text. An empty field is not 0, a place off the coast of Africa.
 *
 * @param most degrees to either side
 * @param error the refusal of everything else
 */
export function coordinate(most: 90 | 180, error: string): z.ZodType<number> {
	return z.preprocess(
		(written) => (typeof written === 'string' && written.trim() !== '' ? Number(written) : written),
		z.number({ error }).min(-most, { error }).max(most, { error }),
	);
}
