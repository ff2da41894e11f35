import type { ReadParameter } from '../../operations/define/field';
import { listOf } from '../../text';
import type { GatewayEvent } from '../event/event';
import { ALL_EVENTS } from '../choices';
import { entriesIn, idsIn, isEmpty, isFrom, isIn, requireEntries } from './entries';
import { isMeant } from './mention';

/** Why an event starts nothing, as the log says it. */
type DropReason = 'event' | 'history' | 'story' | 'own' | 'api' | 'device' | 'chat' | 'sender' | 'mention';

/** A check of an event; null if it passes. */
type Check = (event: GatewayEvent) => DropReason | null;

/** Which events start the workflow, as the node's parameters say; made once for all events of a call. */
export interface EventFilter {
	/** What the payload alone decides. */
	first: Check;
	/** What is decided once the sender's number is looked up. */
	second: Check;
}

/** What a filter is made of beside the parameters. */
interface FilterFacts {
	/** See {@link GatewayTrigger.choiceOf}. */
	choiceOf?: (event: GatewayEvent) => string | undefined;
	/** Of national numbers in the options; two letters. */
	country?: string;
	/** The account's own numbers and LIDs. */
	ownIds?: readonly string[];
}

/** Options that name people or chats, where they are in the parameters. */
export const ENTRY_OPTIONS = [
	'options.senders',
	'options.notSenders',
	'options.onlyChats',
	'options.notChats',
	'options.ownNumbers',
];

/**
 * Refuses options that could never match anything.
 *
 * @throws FieldRefusal that names the entry and the option
 */
export function requireUsableFilter(parameter: ReadParameter, country?: string): void {
	for (const name of ENTRY_OPTIONS) requireEntries(parameter, name, country);
}

/** Hours after which what waited at the provider counts as history, unless the option says otherwise. */
const CATCH_UP_HOURS = 24;

/** An event that waited at the provider: live and late, or history. */
export function withAge(event: GatewayEvent, parameter: ReadParameter, now: number): GatewayEvent {
	if (event.isQueued !== true || event.isHistory !== undefined) return event;
	const given = parameter('options.catchUpHours');
	const hours = typeof given === 'number' && given >= 0 ? given : CATCH_UP_HOURS;
	const isOld = event.timestamp !== null && Date.parse(event.timestamp) < now - hours * 3_600_000;
	return { ...event, isHistory: isOld };
}

/** The filter of a node. */
export function filterOf(parameter: ReadParameter, { choiceOf, country, ownIds = [] }: FilterFacts = {}): EventFilter {
	const is = (name: string): boolean => parameter(name) === true;
	const entries = (name: string): ReturnType<typeof entriesIn> => entriesIn(parameter(name), country);
	const events = listOf(parameter('events'));
	const devices = listOf(parameter('devices'));
	const chats = parameter('chats') ?? 'all';
	const [includeOwn, includeStories, includeHistory] = [
		is('options.includeOwn'),
		is('options.includeStories'),
		is('options.includeHistory'),
	];
	const [onlyTyped, onlyMentioned] = [is('options.onlyTyped'), is('options.onlyWhenMentioned')];
	const [onlyChats, notChats] = [entries('options.onlyChats'), entries('options.notChats')];
	const [senders, notSenders] = [entries('options.senders'), entries('options.notSenders')];
	const own = idsIn(ownIds, country);

	const first: Check = (event) => {
		// "Image" is a message with an image, not an edit of one.
		const types = event.event === 'message' ? [event.type] : [];
		if (!isChosen(events, [...types, event.event, choiceOf?.(event) ?? event.event])) return 'event';
		// Whoever answers a story answers in public; what is old was answered long ago.
		if (event.isHistory === true && !includeHistory) return 'history';
		if (isStory(event) && !includeStories) return 'story';
		if (isOwn(event) && !includeOwn) return 'own';
		if (onlyTyped && event.source === 'api') return 'api';
		if (devices.length > 0 && !devices.includes(event.device ?? '')) return 'device';
		return chats === 'all' || event.chat.type === chats ? null : 'chat';
	};
	const second: Check = (event) => {
		if (!isEmpty(onlyChats) && !isIn(onlyChats, event)) return 'chat';
		if (!isEmpty(notChats) && isIn(notChats, event)) return 'chat';
		if (!isEmpty(senders) && !isFrom(senders, event)) return 'sender';
		if (!isEmpty(notSenders) && isFrom(notSenders, event)) return 'sender';
		return onlyMentioned && !isMeant(event, own) ? 'mention' : null;
	};
	return { first, second };
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
