import type { INodePropertyOptions } from 'n8n-workflow';
import type { GatewayEvent } from '../../shared/trigger/event/event';

/** Events of the provider that bring messages (provider's own trigger); the message's id is the same in each of them. */
const MESSAGES = [
	'messages.received',
	'messages-group.received',
	'messages-personal.received',
	'messages-newsletter.received',
	'messages.upsert',
	'message.sent',
] as const;

/**
 * The choices of the trigger, and the provider's events that may bring each. Edits, deletions, votes and notices come as
 * messages, too, and a message that could not be read at first comes as an update.
 */
const CHOICES = {
	message: [...MESSAGES, 'messages.update'],
	message_edited: [...MESSAGES, 'messages.update'],
	message_deleted: [...MESSAGES, 'messages.update', 'messages.delete'],
	message_reaction: [...MESSAGES, 'messages.update', 'messages.reaction'],
	poll_vote: [...MESSAGES, 'messages.update', 'poll.results'],
	message_status: ['message-receipt.update', 'messages.update', 'message.sent'],
	call: ['call', ...MESSAGES],
	notice: [...MESSAGES, 'messages.update'],
	groups: ['groups.update', 'groups.upsert', 'group-participants.update'],
	contacts: ['contacts.update', 'contacts.upsert'],
	chats: ['chats.update', 'chats.upsert', 'chats.delete'],
	session: ['session.status'],
	qr: ['qrcode.updated'],
} as const;

/** A name of {@link CHOICES}. */
type Choice = keyof typeof CHOICES;

/** Choices whose events keep the provider's own names. */
const OWN_NAMES: readonly Choice[] = ['groups', 'contacts', 'chats', 'session', 'qr'];

/** All events of the provider. */
export const OFFICIAL_EVENTS: readonly string[] = [...new Set(Object.values(CHOICES).flat())];

/** The same as options, with the provider's names: users know them from the dashboard and the documentation. */
export const EVENT_OPTIONS: INodePropertyOptions[] = [
	{ name: 'Call', value: 'call' },
	{ name: 'Chats Deleted', value: 'chats.delete' },
	{ name: 'Chats Updated', value: 'chats.update' },
	{ name: 'Chats Upserted', value: 'chats.upsert' },
	{ name: 'Contacts Updated', value: 'contacts.update' },
	{ name: 'Contacts Upserted', value: 'contacts.upsert' },
	{ name: 'Group Message Received', value: 'messages-group.received' },
	{ name: 'Group Participants Updated', value: 'group-participants.update' },
	{ name: 'Groups Updated', value: 'groups.update' },
	{ name: 'Groups Upserted', value: 'groups.upsert' },
	{ name: 'Message Deleted', value: 'messages.delete' },
	{ name: 'Message Reaction', value: 'messages.reaction' },
	{ name: 'Message Receipt Updated', value: 'message-receipt.update' },
	{ name: 'Message Received', value: 'messages.received' },
	{ name: 'Message Sent', value: 'message.sent' },
	{ name: 'Message Updated', value: 'messages.update' },
	{ name: 'Messages Upserted', value: 'messages.upsert' },
	{ name: 'Newsletter Message Received', value: 'messages-newsletter.received' },
	{ name: 'Personal Message Received', value: 'messages-personal.received' },
	{ name: 'Poll Results', value: 'poll.results' },
	{ name: 'QR Code Updated', value: 'qrcode.updated' },
	{ name: 'Session Status', value: 'session.status' },
];

/** Other names that were seen for the same events (observed in use, and in an earlier version of the provider's SDK). */
const ALIASES: Array<[string, string]> = [
	['message.received', 'messages.received'],
	['messages.sent', 'message.sent'],
	['messages.receipt.update', 'message-receipt.update'],
	['message.receipt', 'message-receipt.update'],
	['personal.message.received', 'messages-personal.received'],
	['group.message.received', 'messages-group.received'],
	['newsletter.message.received', 'messages-newsletter.received'],
	['qr.updated', 'qrcode.updated'],
	['session.status.updated', 'session.status'],
];

/** Official names by their letters, however the words are divided. */
const BY_LETTERS = new Map([
	...OFFICIAL_EVENTS.map((name) => [lettersOf(name), name] as const),
	...ALIASES.map(([alias, name]) => [lettersOf(alias), name] as const),
]);

function lettersOf(name: string): string {
	return name.toLowerCase().replace(/[^a-z]/g, '');
}

/** The official name of an event, however it is written; an unknown one keeps its own. */
export function officialName(written: string): string {
	return BY_LETTERS.get(lettersOf(written)) ?? written;
}

/** Whether it is the official name of an event. */
export function isOfficialEvent(name: string): boolean {
	return OFFICIAL_EVENTS.includes(name);
}

/** The provider's events for the choices made in the trigger; all of them for All, or if nothing was chosen. */
export function eventsOf(chosen: unknown): string[] {
	const names: unknown[] = Array.isArray(chosen) ? chosen : [];
	const choices = Object.entries(CHOICES).filter(([choice]) => names.includes(choice));
	return choices.length === 0 || names.includes('*')
		? [...OFFICIAL_EVENTS]
		: [...new Set(choices.flatMap(([, events]) => [...events]))];
}

/** The trigger's choice for an event with the provider's own name; none for unknown ones. */
export function choiceOf({ event }: Pick<GatewayEvent, 'event'>): Choice | undefined {
	return OWN_NAMES.find((choice) => CHOICES[choice].some((name) => name === event));
}

/** Whether an event of the provider is about messages, one by one. */
export function isMessageEvent(name: string): boolean {
	return (
		MESSAGES.some((message) => message === name) ||
		name === 'messages.update' ||
		name === 'messages.delete' ||
		name === 'messages.reaction'
	);
}
