import type { z } from 'zod';
import { coordinate } from '../../shared/messaging/fields/coordinate';

/** In fields of text, where a comma may be meant as the point. */
function degrees(most: 90 | 180): z.ZodType<number> {
	return coordinate(most, `give degrees between -${most} and ${most}, with a point: for example -6.2`);
}

/** API reference: Send Location, Create Template: `latitude`. */
export const latitude = degrees(90);

/** API reference: Send Location, Create Template: `longitude`. */
export const longitude = degrees(180);
