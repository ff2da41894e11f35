import { z } from 'zod';
import { payloadBoolean, payloadText } from '../../shared/lenientSchemas';

/** Unix seconds. */
const moment = z.coerce.number().nullish().catch(undefined);

/** Who and where, the same for messages and calls of all messengers. */
const chatFields = {
	direction: payloadText,
	chat_id: payloadText,
	chat_lid: payloadText,
	chat_phone: payloadText,
	chat_type: payloadText,
	sender_id: payloadText,
	sender_name: payloadText,
	sender_phone_number: payloadText,
	pushname: payloadText,
};

export type ChatFields = z.output<z.ZodObject<typeof chatFields>>;

const message = z.object({
	id: payloadText,
	timestamp: moment,
	type: payloadText,
	// Telegram's own form of a formatted text is an object with the text in it (inferred).
	text: z.union([z.object({ text: z.string() }).transform(({ text }) => text), payloadText]),
	reply_to_message_id: payloadText,
	file_data: z
		.object({ mime_type: payloadText, caption: payloadText, download_url: payloadText })
		.nullish()
		.catch(undefined),
});

/**
 * A message with its chat and sender. API reference: in `payload.new_message` for WhatsApp, in `payload` itself for
 * Telegram; MAX has the latter form (observed in use).
 */
export const conversation = z.object({ ...chatFields, message });

type Conversation = z.output<typeof conversation>;
export type IncomingMessage = Conversation['message'];

/** API reference: `whatsapp_call`, in `payload.incoming_call`. */
export const whatsAppCall = z.object({
	...chatFields,
	call: z.object({ id: payloadText, timestamp: moment, type: payloadText, is_group: payloadBoolean }),
});

/** API reference: `tdlib_call`, in `payload` itself. */
export const telegramCall = z.object({
	...chatFields,
	call: z.object({ id: payloadText, is_video: payloadBoolean, state: payloadText, reason: payloadText }),
});

/** API reference: `message_status`, in `payload.message_status`. */
export const messageStatus = z.object({
	...chatFields,
	id: z.union([z.string().min(1), z.number()]).transform(String),
	status: z.string().min(1),
});

const instance = z.object({ customer_id: payloadText }).nullish().catch(undefined);

/**
 * What every webhook has. `payload.instance` may be absent; the customer then stands in the payload itself (API reference,
 * Outgoing with the file).
 */
export const envelope = z.object({
	type: z.string().min(1),
	payload: z.object({ instance, customer_id: payloadText }).loose(),
});

/** The account that it is about. */
export function customerOf({ payload }: z.output<typeof envelope>): string | null {
	return payload.instance?.customer_id || payload.customer_id || null;
}
