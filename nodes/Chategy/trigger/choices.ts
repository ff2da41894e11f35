import type { ReadParameter } from '../../shared/operations/define/field';
import { textOf } from '../../shared/text';
import { ALL_EVENTS } from '../../shared/trigger/choices';
import type { GatewayEvent } from '../../shared/trigger/event/event';

/** In both documented messengers, everything that happens in a chat comes with the messages. */
const BOTH = ['whatsapp_incoming_msg', 'tdlib_incoming_msg'];

/**
 * What is registered for each choice of the Events list. Calls come with the messages of their messenger (API reference,
 * Incoming Call Webhook), and so does everything else about a message (inferred). Delivery statuses go to the callback URL
 * of a message, so nothing is registered for them. MAX and bots are registered only if they are chosen: not every service
 * on the platform knows them, and one that does not refuses the whole webhook.
 */
const TYPES: ReadonlyMap<string, string[]> = new Map([
	['call', BOTH],
	['delivery_status', []],
	['log_in', ['whatsapp_log_in']],
	['log_out', ['whatsapp_log_out']],
	['message', BOTH],
	['message_deleted', BOTH],
	['message_edited', BOTH],
	['message_max', ['max_incoming_msg']],
	['message_max_bot', ['max_bot_incoming_msg']],
	['message_reaction', BOTH],
	['message_status', ['whatsapp_status_msg']],
	['message_telegram', ['tdlib_incoming_msg']],
	['message_telegram_bot', ['telegram_bot_incoming_msg']],
	['message_whatsapp', ['whatsapp_incoming_msg']],
	['notice', BOTH],
	// Every service knows these.
	[ALL_EVENTS, [...BOTH, 'whatsapp_status_msg', 'whatsapp_log_in', 'whatsapp_log_out']],
]);

/** The events that a node registers with Chategy, in the provider's names. */
export function typesFor(parameter: ReadParameter): string[] {
	const events: unknown[] = [parameter('events') ?? ALL_EVENTS].flat();
	const chosen = events.length > 0 ? events : [ALL_EVENTS];
	return [...new Set(chosen.flatMap((event) => TYPES.get(textOf(event)) ?? []))].sort();
}

/** The choice of the Events list that an event belongs to, in addition to its own name: for messages, the messenger. */
export function choiceOf({ event, channel }: GatewayEvent): string {
	return event === 'message' ? `message_${channel}` : event;
}
