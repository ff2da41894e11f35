import { z } from 'zod';

/** Text, which numbers are taken for as well: ids come as both. What is neither counts as absent. */
const writing = z
	.union([z.string(), z.number()])
	.transform((value) => String(value))
	.nullish()
	.catch(undefined);

const yesOrNo = z.boolean().nullish().catch(undefined);

/** Unix seconds. */
const moment = z.coerce.number().nullish().catch(undefined);

/** Who and where, the same for messages and calls of all messengers. */
const chatFields = {
	direction: writing,
	chat_id: writing,
	chat_lid: writing,
	chat_phone: writing,
	chat_type: writing,
	sender_id: writing,
	sender_name: writing,
	sender_phone_number: writing,
	pushname: writing,
};

export type ChatFields = z.output<z.ZodObject<typeof chatFields>>;

const message = z.object({
	id: writing,
	timestamp: moment,
	type: writing,
	// Telegram's own form of a formatted text is an object with the text in it (inferred).
	text: z.union([z.object({ text: z.string() }).transform(({ text }) => text), writing]),
	reply_to_message_id: writing,
	file_data: z.object({ mime_type: writing, caption: writing, download_url: writing }).nullish().catch(undefined),
});

/**
 * A message with its chatFields. API reference: in `payload.new_message` for WhatsApp, in `payload` itself for Telegram; MAX has
 * the latter form (observed in use).
 */
export const conversation = z.object({ ...chatFields, message });

export type Conversation = z.output<typeof conversation>;
export type IncomingMessage = Conversation['message'];

/** API reference: `whatsapp_call`, in `payload.incoming_call`. */
export const whatsAppCall = z.object({
	...chatFields,
	call: z.object({ id: writing, timestamp: moment, type: writing, is_group: yesOrNo }),
});

/** API reference: `tdlib_call`, in `payload` itself. */
export const telegramCall = z.object({
	...chatFields,
	call: z.object({ id: writing, is_video: yesOrNo, state: writing, reason: writing }),
});

/** API reference: `message_status`, in `payload.message_status`. */
export const messageStatus = z.object({
	...chatFields,
	id: z.union([z.string().min(1), z.number()]).transform(String),
	status: z.string().min(1),
});

const instance = z.object({ customer_id: writing }).nullish().catch(undefined);

/**
 * What every webhook has. `payload.instance` may be absent; the customer then stands in the payload itself (API reference,
 * Outgoing with the file).
 */
export const envelope = z.object({
	type: z.string().min(1),
	payload: z.object({ instance, customer_id: writing }).loose(),
});

/** The account that it is about. */
export function customerOf({ payload }: z.output<typeof envelope>): string | null {
	return payload.instance?.customer_id || payload.customer_id || null;
}
