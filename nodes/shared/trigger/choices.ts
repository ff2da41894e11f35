import type { INodePropertyOptions } from 'n8n-workflow';

/** Value of the choice that means all events. */
export const ALL_EVENTS = '*';

/** A choice under Events; its value is the name of an event, or the kind of a message. */
type Choice = Omit<INodePropertyOptions, 'value'>;

/**
 * What triggers offer under Events, as far as more than one does. Whoever answers every message must not answer an edit, a
 * reaction or what WhatsApp itself says, so these are choices of their own.
 */
const CHOICES = {
	[ALL_EVENTS]: {
		name: 'All Events',
		action: 'On any event',
		description: 'Everything the provider reports, including events this node does not know yet',
	},
	call: { name: 'Call', action: 'On call', description: 'A call in any state, including missed calls' },
	message: {
		name: 'Messages',
		action: 'On message',
		description:
			'Everything people send: text, media, locations, contacts, orders, replies to buttons. Not edits, reactions or notices.',
	},
	message_deleted: {
		name: 'Message Deleted',
		action: 'On deleted message',
		description: 'A message was deleted for everyone',
	},
	message_edited: {
		name: 'Message Edited',
		action: 'On edited message',
		description: 'The new text of an earlier message',
	},
	message_reaction: {
		name: 'Reaction',
		action: 'On reaction',
		description: 'Someone reacted to a message or removed a reaction',
	},
	message_status: {
		name: 'Message Status',
		action: 'On message status',
		description: 'A message you sent was delivered, read or played, or it failed',
	},
	notice: {
		name: 'Notice',
		action: 'On notice',
		description: 'A system message from WhatsApp, or a message that could not be read',
	},
	poll_vote: { name: 'Poll Vote', action: 'On poll vote' },
	audio: { name: 'Messages: Audio', action: 'On audio message' },
	document: { name: 'Messages: Document', action: 'On document' },
	image: { name: 'Messages: Image', action: 'On image' },
	location: { name: 'Messages: Location', action: 'On location' },
	sticker: { name: 'Messages: Sticker', action: 'On sticker' },
	text: { name: 'Messages: Text', action: 'On text message' },
	video: { name: 'Messages: Video', action: 'On video' },
} as const satisfies Record<string, Choice>;

/**
 * The choices of a trigger, in the order of their names: what several triggers offer, by value, and its own.
 *
 * @param values "All Events" is always among them
 */
export function eventChoices(
	values: Array<keyof typeof CHOICES>,
	own: INodePropertyOptions[] = [],
): INodePropertyOptions[] {
	const shared = [ALL_EVENTS, ...values] as Array<keyof typeof CHOICES>;
	return [...shared.map((value) => ({ value, ...CHOICES[value] })), ...own].sort((one, other) =>
		one.name.localeCompare(other.name, 'en'),
	);
}
