import { z } from 'zod';
import { FILE_KINDS } from './types';

/* What the phone's control calls accept. */

const text = z.string().min(1).max(65_536);
const bubble = z.int().min(1);
const where = {
	/** The device or session the customer writes to. */
	device: z.string().max(200),
	/** A chat as GET /control/chats lists it, or the phone number of a new person. */
	chat: z.string().min(1).max(200),
	isGroup: z.boolean().optional(),
	/** The account itself writes, on its own phone. */
	isOwn: z.boolean().optional(),
	/** Who writes: a phone number, and the name that is shown. */
	from: z.strictObject({
		id: z.string().regex(/^\d{1,20}$/, 'must be digits'),
		name: z.string().min(1).max(200),
	}),
};

export const customer = z.discriminatedUnion('do', [
	z.strictObject({ do: z.literal('text'), ...where, text, replyTo: bubble.optional() }),
	z.strictObject({
		do: z.literal('file'),
		...where,
		kind: z.enum(FILE_KINDS),
		text: text.optional(),
		replyTo: bubble.optional(),
		/** Without one, a small sample of the kind. */
		file: z
			.strictObject({ name: z.string().min(1).max(200), mimeType: z.string().max(200), base64: z.base64() })
			.optional(),
	}),
	z.strictObject({
		do: z.literal('location'),
		...where,
		latitude: z.number().min(-90).max(90),
		longitude: z.number().min(-180).max(180),
		name: z.string().max(200).optional(),
	}),
	z.strictObject({
		do: z.literal('contact'),
		...where,
		name: z.string().min(1).max(200),
		phone: z.string().regex(/^\+?[\d ()-]{5,30}$/, 'must be a phone number'),
	}),
	z.strictObject({ do: z.literal('reaction'), ...where, target: bubble, emoji: z.string().max(40) }),
	z.strictObject({ do: z.literal('choice'), ...where, target: bubble, text }),
	z.strictObject({ do: z.literal('edit'), ...where, target: bubble, text }),
	z.strictObject({ do: z.literal('delete'), ...where, target: bubble }),
	z.strictObject({ do: z.literal('call'), ...where, isVideo: z.boolean().optional() }),
]);

export type CustomerInput = z.output<typeof customer>;

export const status = z.strictObject({ status: z.enum(['delivered', 'read', 'failed']) });
export const connected = z.strictObject({ connected: z.boolean() });
export const chatFilter = z.strictObject({ provider: z.string(), device: z.string() });
export const logFilter = z.strictObject({
	provider: z.string().optional(),
	limit: z.coerce.number().int().min(1).max(500).optional(),
});
