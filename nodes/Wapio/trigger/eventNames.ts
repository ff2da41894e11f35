import type { INodePropertyOptions } from 'n8n-workflow';
import type { GatewayEvent } from '../../shared/trigger/event/event';

/** What the trigger offers to choose from, and the provider's events behind it (provider's own trigger). */
const EVENT_GROUPS = {
	messages: [
		'messages.received',
		'messages-group.received',
		'messages-personal.received',
		'messages-newsletter.received',
		'messages.upsert',
		'message.sent',
		'messages.reaction',
		'messages.update',
		'messages.delete',
	],
	receipts: ['message-receipt.update'],
	groups: ['groups.update', 'groups.upsert', 'group-participants.update'],
	contacts: ['contacts.update', 'contacts.upsert'],
	chats: ['chats.update', 'chats.upsert', 'chats.delete'],
	calls: ['call'],
	polls: ['poll.results'],
	session: ['session.status'],
	qr: ['qrcode.updated'],
} as const;

/** A name of {@link EVENT_GROUPS}. */
type EventGroup = keyof typeof EVENT_GROUPS;

/** All events of the provider. */
export const OFFICIAL_EVENTS: readonly string[] = Object.values(EVENT_GROUPS).flat();

/** They as options, named after themselves: users know them from the dashboard and the documentation. */
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

/** The official name of an event, whichever way it is written; one that is not known keeps its own. */
export function officialName(written: string): string {
	return BY_LETTERS.get(lettersOf(written)) ?? written;
}

/** Whether it is the official name of an event. */
export function isOfficialEvent(name: string): boolean {
	return OFFICIAL_EVENTS.includes(name);
}

/** The provider's events behind what was chosen in the trigger; all of them if nothing was, or All. */
export function eventsOf(chosen: unknown): string[] {
	const names: unknown[] = Array.isArray(chosen) ? chosen : [];
	const groups = Object.entries(EVENT_GROUPS).filter(([group]) => names.includes(group));
	return groups.length === 0 || names.includes('*')
		? [...OFFICIAL_EVENTS]
		: groups.flatMap(([, events]) => [...events]);
}

/** Under which choice of the trigger an event falls; none for events that are not known. */
export function groupOf({ event }: Pick<GatewayEvent, 'event'>): EventGroup | undefined {
	switch (event) {
		case 'message':
		case 'message_edited':
		case 'message_deleted':
			return 'messages';
		case 'message_status':
			return 'receipts';
		default: {
			const found = Object.entries(EVENT_GROUPS).find(([, events]) => events.some((name) => name === event));
			return found?.[0] as EventGroup | undefined;
		}
	}
}
