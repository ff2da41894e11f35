import type { TriggerPanel } from './options';

/** What is no message, by the value of its choice, in the order of the description. */
const NOT_MESSAGES: Array<[value: string, what: string]> = [
	['message_edited', 'edits'],
	['message_deleted', 'deletions'],
	['message_reaction', 'reactions'],
	['poll_vote', 'poll votes'],
	['message_status', 'statuses'],
	['call', 'calls'],
	['notice', 'notices from WhatsApp itself'],
];

/** The description of a trigger's Events. It names only the events and options that this trigger has. */
export function describeEvents({
	events,
	tellsStories,
	tellsHistory,
}: Pick<TriggerPanel, 'events' | 'tellsStories' | 'tellsHistory'>): string {
	const ifChosen = NOT_MESSAGES.filter(([value]) => events.some((event) => event.value === value));
	const ifIncluded = [
		'Messages from the connected phone itself',
		...(tellsStories ? ['stories'] : []),
		...(tellsHistory ? ['old messages'] : []),
	];
	return [
		'Which events start the workflow.',
		`"Messages" is what people send: ${listed(ifChosen.map(([, what]) => what))} start it only if you choose them.`,
		`${listed(ifIncluded)} start it only if an option includes them.`,
	].join(' ');
}

/** "a", "a and b", "a, b and c". */
function listed(names: string[]): string {
	return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
