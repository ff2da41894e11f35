import type { z } from 'zod';
import { coordinate } from '../../shared/messaging/fields/coordinate';

/** In text fields, where a comma may be meant as the decimal point. */
function degrees(most: 90 | 180): z.ZodType<number> {
	return coordinate(most, `enter degrees between -${most} and ${most}, with a decimal point, for example -6.2`);
}

/** API reference: Send Location, Create Template: `latitude`. */
export const latitude = degrees(90);

/** API reference: Send Location, Create Template: `longitude`. */
export const longitude = degrees(180);
