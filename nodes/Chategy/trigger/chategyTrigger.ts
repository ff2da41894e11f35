import { z } from 'zod';
import type { ReadParameter } from '../../shared/operations/define/field';
import { textOf } from '../../shared/text';
import type { GatewayTrigger } from '../../shared/trigger/definition';
import type { GatewayEvent } from '../../shared/trigger/event/event';
import { ALL_EVENTS } from '../../shared/trigger/choices';
import { fetchByUrl } from '../../shared/trigger/receive/fetchByUrl';
import { SlotRefusal } from '../../shared/trigger/register/oneSlot';
import { chategyApi, chategyDeveloperApi } from '../api/chategyApi';
import { createWebhook, deleteWebhook, listWebhooks, type WebhookOwner } from '../api/requests';
import { eventOf } from './toEvent';

/**
 * What is registered for each choice of the Events list. Calls come with the messages of their messenger (API reference,
 * Incoming Call Webhook); delivery statuses come to the address that a message names, nothing is registered for them.
 */
const TYPES: Record<string, string[]> = {
	call: ['whatsapp_incoming_msg', 'tdlib_incoming_msg'],
	delivery_status: [],
	log_in: ['whatsapp_log_in'],
	log_out: ['whatsapp_log_out'],
	message: ['whatsapp_incoming_msg', 'tdlib_incoming_msg'],
	message_max: ['max_incoming_msg'],
	message_status: ['whatsapp_status_msg'],
	message_telegram: ['tdlib_incoming_msg'],
	message_whatsapp: ['whatsapp_incoming_msg'],
	// Every service knows these; MAX is asked for by name only.
	[ALL_EVENTS]: [
		...['whatsapp_incoming_msg', 'tdlib_incoming_msg', 'whatsapp_status_msg'],
		...['whatsapp_log_in', 'whatsapp_log_out'],
	],
};

const webhooks = z.array(
	z.object({
		id: z.coerce.string(),
		url: z
			.string()
			.nullish()
			.transform((url) => url ?? ''),
		types: z
			.array(z.string())
			.nullish()
			.transform((types) => types ?? []),
	}),
);

/** The events that a node asks Chategy for, in the provider's names. */
export function typesFor(parameter: ReadParameter): string[] {
	const events: unknown[] = [parameter('events') ?? ALL_EVENTS].flat();
	const chosen = events.length > 0 ? events : [ALL_EVENTS];
	return [...new Set(chosen.flatMap((event) => TYPES[textOf(event)] ?? []))].sort();
}

/** The choice of the Events list that an event belongs to, where that is not its own name. */
export function choiceOf(event: GatewayEvent): string {
	if (event.event !== 'message') return event.event;
	const type = textOf(event.raw.type);
	if (type.startsWith('tdlib') || type.startsWith('telegram')) return 'message_telegram';
	return type.startsWith('max') ? 'message_max' : 'message_whatsapp';
}

function ownerOf(parameter: ReadParameter): WebhookOwner {
	return parameter('authentication') === 'developerApiKey' ? 'developer' : 'account';
}

/**
 * The account's API as the trigger uses it. The Idempotency Key is of no use here, and must not be part of the secret in
 * the address: filling it in later would turn away all calls to the registered one.
 */
const accountApi = {
	...chategyApi,
	secrets: ({ accessToken }: { accessToken?: unknown }) => [textOf(accessToken).trim()],
};

/** Several webhooks with different addresses are allowed, and nothing is signed (provider's documentation). */
export const chategyTrigger: GatewayTrigger = {
	provider: 'chategy',
	api: (parameter) => (ownerOf(parameter) === 'developer' ? chategyDeveloperApi : accountApi),
	choiceOf,
	registration: {
		kind: 'manySlots',
		list: async (client, parameter) => {
			const { data } = await client.send(listWebhooks(ownerOf(parameter)));
			const wanted = typesFor(parameter).join();
			return webhooks.parse(data ?? []).map(({ id, url, types }) => ({
				id,
				url,
				upToDate: [...new Set(types)].sort().join() === wanted,
			}));
		},
		create: async (client, url, parameter) => {
			const types = typesFor(parameter);
			if (types.length === 0) {
				throw new SlotRefusal(
					'Chategy has nothing to register for delivery statuses alone',
					'They come to the address that a message names as its Callback URL. Choose at least one other event as well.',
				);
			}
			await client.send(createWebhook(ownerOf(parameter), url, types));
		},
		remove: async (client, id, parameter) => {
			await client.send(deleteWebhook(ownerOf(parameter), id));
		},
	},
	parse: ({ body }) => {
		const event = eventOf(body);
		return event && [event];
	},
	// The link is signed for whoever has it.
	fetchMedia: fetchByUrl(),
};
