import { createHash } from 'node:crypto';
import type { MediaStore } from '../../media';
import { samples } from '../../samples';
import { callbackBody } from './delivery';
import type { HookType } from './hooks';
import { chategyAccount, type Instance } from './seed';
import type { DeliveryRecord } from './state';
import { DELIVERED } from './statuses';

/** The statuses of a message in WhatsApp (API reference, "List of transmitted statuses"), and the events that play them. */
const MESSAGE_STATUSES = {
	statusSent: 'sent',
	statusReceived: 'received',
	statusRead: 'read',
	statusPlayed: 'played',
	statusFailed: 'failed',
	statusExpired: 'expired',
	statusContentGone: 'content_gone',
	statusContentTooBig: 'content_too_big',
	statusContentUnuploadable: 'content_unuploadable',
	statusInactive: 'inactive',
} as const;

type StatusEvent = keyof typeof MESSAGE_STATUSES;

const isStatusEvent = (event: string): event is StatusEvent => Object.hasOwn(MESSAGE_STATUSES, event);

export const chategyEvents = [
	'text',
	'document',
	'ownImage',
	'echo',
	'group',
	'telegramText',
	'telegramFile',
	'telegramGroup',
	'telegramOwn',
	'maxText',
	...(Object.keys(MESSAGE_STATUSES) as StatusEvent[]),
	'call',
	'telegramCall',
	'logIn',
	'logOut',
	'deliveryCallback',
] as const;

export type ChategyEvent = (typeof chategyEvents)[number];

/** What an event is built from. */
interface World {
	media: MediaStore;
	instance: Instance;
	/** The last message that was sent; undefined before the first. */
	delivery: DeliveryRecord | undefined;
}

/** A webhook's body, and the type it must subscribe to; null: it is posted to every webhook. */
interface BuiltWebhook {
	type: HookType | null;
	payload: unknown;
}

/**
 * Builds the webhook for an event. Every shape is an example of the API reference (folder "Webhooks"); from people who use
 * the platform come the group (`chat_id` ends in `@g.us`, or is negative in Telegram) and MAX, which is like Telegram's.
 * `ownImage` has no `instance`, as its example; the echo of a sent message has the delivery's id in its own.
 */
export function chategyWebhook(event: ChategyEvent, count: number, world: World): BuiltWebhook {
	const { instance, delivery } = world;
	const { contact, group } = chategyAccount;
	const of = { instance: { id: instance.id, customer_id: instance.customerId } };
	const text = `Message ${count} from the sandbox`;
	if (isStatusEvent(event)) {
		const status = {
			id: `true_${contact.phone}@c.us_${hash(count)}THISISBOT`,
			status: MESSAGE_STATUSES[event],
			...chat(),
		};
		return {
			type: 'whatsapp_status_msg',
			payload: { type: 'message_status', payload: { ...of, delivery_id: null, message_status: status } },
		};
	}

	switch (event) {
		case 'text':
			return whatsApp(of, { new_message: incoming(count, { type: 'text', text }), delivery_id: null });
		case 'document':
			return whatsApp(of, {
				new_message: incoming(count, {
					type: 'document',
					file_data: file(world, samples.pdf(), 'application/pdf', text),
				}),
				delivery_id: null,
			});
		case 'ownImage':
			return whatsApp(
				{},
				{
					new_message: outgoing(hash(count), {
						type: 'image',
						file_data: file(world, samples.jpeg(), 'image/jpeg', null),
					}),
					delivery_id: null,
					customer_id: instance.customerId,
				},
			);
		case 'echo': {
			const id = delivery?.id ?? 292906746;
			return whatsApp(of, {
				new_message: outgoing(`d${id}THISISBOT`, { type: 'text', text: delivery?.text ?? text }),
				delivery_id: id,
			});
		}
		case 'group': {
			const message = incoming(count, { type: 'text', text }, group.whatsApp);
			return whatsApp(of, {
				new_message: { ...message, chat_id: group.whatsApp, chat_lid: null, chat_phone: null },
				delivery_id: null,
			});
		}
		case 'telegramText':
			return flat('tdlib_incoming_msg', telegram(of, count, { text, type: 'formattedText' }));
		case 'telegramFile':
			return flat(
				'tdlib_incoming_msg',
				telegram(of, count, {
					type: 'document',
					file_data: file(world, samples.pdf(), 'application/pdf', text),
				}),
			);
		case 'telegramGroup':
			return flat('tdlib_incoming_msg', {
				...telegram(of, count, { text, type: 'formattedText' }),
				chat_id: group.telegram,
				chat_type: 'group',
			});
		case 'telegramOwn':
			return flat('tdlib_incoming_msg', {
				...telegram(of, count, { text, type: 'FormattedText' }),
				direction: 'outgoing',
				sender_id: 4335465,
				sender_name: 'test',
				sender_phone_number: chategyAccount.ownPhone,
				recipient_id: contact.telegramId,
				recipient_phone_number: contact.phone,
				recipient_username: 'test2',
			});
		case 'maxText':
			return flat('max_incoming_msg', {
				...telegram(of, count, { text, type: 'text' }),
				chat_id: contact.maxId,
				sender_id: contact.maxId,
			});
		case 'call': {
			const call = { id: hash(count), timestamp: now(), type: 'audio', is_group: false };
			const calling = {
				call,
				direction: 'incoming',
				sender_id: `${contact.phone}@c.us`,
				...chat(),
				sender_phone_number: contact.phone,
			};
			return {
				type: 'whatsapp_incoming_msg',
				payload: { type: 'whatsapp_call', payload: { ...of, incoming_call: calling } },
			};
		}
		case 'telegramCall': {
			const call = {
				id: count,
				is_video: false,
				reason: 'callDiscardReasonDisconnected',
				state: 'callStateDiscarded',
			};
			const calling = { call, chat_id: contact.telegramId, chat_type: 'person', direction: 'incoming', ...of };
			const sender = {
				sender_id: contact.telegramId,
				sender_name: contact.name,
				sender_phone_number: contact.phone,
			};
			// That it belongs to the messages' type is inferred from WhatsApp's call.
			return { type: 'tdlib_incoming_msg', payload: { payload: { ...calling, ...sender }, type: 'tdlib_call' } };
		}
		case 'logIn': {
			const status = { description: 'connected', status_id: 0 };
			const { id, phone, email, customerId } = instance;
			return {
				type: 'whatsapp_log_in',
				payload: {
					type: 'whatsapp_log_in',
					payload: { instance: { id, status, phone: `+${phone}`, email, customer_id: customerId } },
				},
			};
		}
		case 'logOut': {
			const { customerId, email, phone } = instance;
			const status = { status_id: 1, description: 'disconnected' };
			return {
				type: 'whatsapp_log_out',
				payload: {
					type: 'whatsapp_log_out',
					payload: { customer_id: customerId, email, phone: `+${phone}`, status },
				},
			};
		}
		case 'deliveryCallback':
			return {
				type: null,
				payload: callbackBody({
					id: delivery?.id ?? 26,
					senderName: delivery?.senderName ?? chategyAccount.defaultSenderName,
					statusId: DELIVERED,
					channel: delivery?.channel ?? 'whatsapp',
				}),
			};
	}
}

function whatsApp(of: Record<string, unknown>, rest: Record<string, unknown>): BuiltWebhook {
	return { type: 'whatsapp_incoming_msg', payload: { type: 'whatsapp_incoming_msg', payload: { ...of, ...rest } } };
}

function flat(type: HookType, payload: unknown): BuiltWebhook {
	return { type, payload: { payload, type } };
}

function incoming(count: number, message: Record<string, unknown>, chatId?: string): Record<string, unknown> {
	const { phone, name } = chategyAccount.contact;
	return {
		message: {
			id: `false_${chatId ?? `${phone}@c.us`}_${hash(count)}`,
			timestamp: now(),
			...message,
			reply_to_message_id: null,
		},
		direction: 'incoming',
		sender_id: `${phone}@c.us`,
		// The example has invisible marks around a number used as a name.
		sender_name: `\u202a+${phone}\u202c`,
		...chat(),
		pushname: name,
		sender_phone_number: phone,
	};
}

function outgoing(idEnd: string, message: Record<string, unknown>): Record<string, unknown> {
	const { phone, name } = chategyAccount.contact;
	return {
		message: { id: `true_${phone}@c.us_${idEnd}`, timestamp: now(), ...message, reply_to_message_id: null },
		direction: 'outgoing',
		sender_id: `${chategyAccount.ownPhone}@c.us`,
		sender_name: 'Sandbox',
		...chat(),
		pushname: name,
		sender_phone_number: chategyAccount.ownPhone,
		recipient_id: `${phone}@c.us`,
		recipient_phone_number: phone,
	};
}

function telegram(
	of: Record<string, unknown>,
	count: number,
	message: Record<string, unknown>,
): Record<string, unknown> {
	const { telegramId, name, phone } = chategyAccount.contact;
	return {
		chat_id: telegramId,
		chat_type: 'person',
		delivery_id: null,
		direction: 'incoming',
		...of,
		// Telegram's ids are numbers: of the time and the count, so none comes twice.
		message: { id: Date.now() * 1000 + (count % 1000), ...message, timestamp: now() },
		sender_id: telegramId,
		sender_name: name,
		sender_phone_number: phone,
	};
}

function chat(): Record<string, unknown> {
	const { phone, lid } = chategyAccount.contact;
	return { chat_id: `${phone}@c.us`, chat_lid: `${lid}@lid`, chat_phone: phone };
}

function file(world: World, bytes: Buffer, mimeType: string, caption: string | null): Record<string, unknown> {
	return { mime_type: mimeType, caption, download_url: world.media.add(bytes, mimeType).url };
}

/** New for each event, also after a restart: a receiver's memory of earlier ones may outlive the sandbox. */
function hash(count: number): string {
	return createHash('sha256').update(`${Date.now()} ${count}`).digest('hex').slice(0, 20).toUpperCase();
}

function now(): number {
	return Math.floor(Date.now() / 1000);
}
