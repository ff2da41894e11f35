import { parseRecipient } from '../../messaging/phoneNumber';
import type { ReadParameter } from '../../operations/define/field';
import { listOf } from '../../text';
import type { GatewayEvent } from '../event/event';
import { ALL_EVENTS } from '../choices';

/** Decides which events start the workflow, as the node's parameters say. */
type EventFilter = (event: GatewayEvent) => boolean;

/**
 * The filter of a node, made once for all events of a call.
 *
 * @param choiceOf see {@link GatewayTrigger.choiceOf}
 * @param country of national numbers among the senders
 */
export function filterOf(
	parameter: ReadParameter,
	choiceOf?: (event: GatewayEvent) => string | undefined,
	country?: string,
): EventFilter {
	const events = listOf(parameter('events'));
	const devices = listOf(parameter('devices'));
	const senders = listOf(parameter('options.senders')).map((sender) => asSender(sender, country));
	const chats = parameter('chats') ?? 'all';
	const includeOwn = parameter('options.includeOwn') === true;
	const includeStories = parameter('options.includeStories') === true;
	const includeHistory = parameter('options.includeHistory') === true;

	return (event) => {
		if (isOwn(event) && !includeOwn) return false;
		// Whoever answers a story answers in public; what is old was answered long ago.
		if (isStory(event) && !includeStories) return false;
		if (event.isHistory === true && !includeHistory) return false;
		// "Image" is a message with an image, not an edit of one.
		const types = event.event === 'message' ? [event.type] : [];
		const kinds = [...types, event.event, choiceOf?.(event) ?? event.event];
		if (!isChosen(events, kinds)) return false;
		if (devices.length > 0 && !devices.includes(event.device ?? '')) return false;
		if (chats !== 'all' && event.chat.type !== chats) return false;
		const { phone, id } = event.sender;
		return senders.length === 0 || senders.includes(phone ?? '') || senders.includes(id ?? '');
	};
}

/** Events that a person or the API makes on the connected phone: a workflow that answers them answers itself. */
const OWN_EVENTS: readonly string[] = ['message', 'message_edited', 'message_reaction', 'poll_vote'];

function isOwn({ event, direction }: GatewayEvent): boolean {
	return direction === 'outgoing' && OWN_EVENTS.includes(event);
}

function isStory({ chat, isStory: isMarked }: GatewayEvent): boolean {
	return chat.type === 'story' || isMarked === true;
}

function isChosen(chosen: string[], kinds: string[]): boolean {
	if (chosen.length === 0 || chosen.includes(ALL_EVENTS)) return true;
	return kinds.some((kind) => chosen.includes(kind));
}

/** A phone number as events have it, in digits; an id as it is. */
function asSender(written: string, country: string | undefined): string {
	const parsed = parseRecipient(written, country);
	return parsed.ok && parsed.recipient.kind === 'phone' ? parsed.recipient.digits : written;
}
