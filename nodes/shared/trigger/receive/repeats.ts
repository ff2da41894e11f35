import type { IDataObject } from 'n8n-workflow';
import type { GatewayEvent } from '../event/event';
import { isMadeOfTarget } from '../whatsapp/identity';
import { hashOf } from '../event/hash';
import { type LastContent, memoryOf, type TriggerMemory } from './memory';
import { type State, stateOf } from './states';
import { shortId, store, storedIds, storedState } from './stored';

/** A state without id and time that comes again after this is reported again (inferred). */
const SAME_STATE_MS = 30_000;

/** For so long a delivery that got no answer is expected once more. */
const REDELIVERY_MS = 24 * 60 * 60_000;

/** Unanswered deliveries of one payload that are remembered. */
const MOST_UNANSWERED = 10;

/** What is known of a call beside its events. */
export interface Delivery {
	/** Unix milliseconds. */
	arrivedAt: number;
	/** The provider's id of it, see {@link GatewayTrigger.deliveryHeaders}; the same for each attempt. */
	mark?: string;
	/** Whether the provider says that it is a further attempt; undefined where it counts none. */
	isFurtherAttempt?: boolean;
	/** The option Ignore Repeats Within; 0 if it is not set. */
	ignoreWithinMs?: number;
}

/** What was found out about an event. Only the one that comes for the first time is noted. */
export interface Claim {
	isRepeat: boolean;
	/** The event's id; of a payload without any, the id that distinguishes it from an equal one. */
	id: string;
	/**
	 * Notes it for good, n8n having its execution, or the call being answered by us.
	 *
	 * @param stored the node's static data; what is written into it is saved by n8n after the call
	 */
	keep: (stored: IDataObject) => void;
	/** Forgets it, n8n not having taken it: the provider delivers it again. */
	release: () => void;
	/** Notes that the connection was closed before the answer was out: the provider will deliver it again. */
	unanswered: (closedAt: number) => void;
}

/** What an event is compared by. */
interface Look {
	event: GatewayEvent;
	memory: TriggerMemory;
	/** The ids in the node's static data. */
	storedIds: ReadonlySet<string>;
	stored: IDataObject;
	delivery: Delivery;
	state: State | null;
	/** The payload without an id. */
	content: string | undefined;
	/** Undefined if the option Ignore Repeats Within is not set. */
	words: LastWords | undefined;
	/** Whether the provider marks the call as one that was taken before. */
	isMarked: boolean;
}

interface LastWords {
	chat: string;
	words: string;
}

/**
 * Decides whether an event comes for the first time, and claims it then. What has an id is recognized by it, a state by the last one;
 * the content alone never makes a repeat, since people write the same twice: only a mark of the transport does, a delivery
 * that got no answer, a time to the second, or the user's own option.
 *
 * Memory answers at once, so that deliveries that arrive together start one execution. The newest ids and states are also
 * kept in the workflow's static data for the time after a restart.
 *
 * @param trigger identifies the node: workflow and webhook id
 * @param stored the node's static data
 */
export function claimEvent(trigger: string, event: GatewayEvent, stored: IDataObject, delivery: Delivery): Claim {
	const memory = memoryOf(trigger);
	const { mark, isFurtherAttempt = true } = delivery;
	const state = stateOf(event);
	const look: Look = {
		...{ event, memory, stored, storedIds: storedIds(stored, memory), delivery },
		state: state && { ...state, key: hashOf(state.key) },
		content: event.identity === undefined ? undefined : shortId(event.id),
		words: (delivery.ignoreWithinMs ?? 0) > 0 ? lastWords(event) : undefined,
		isMarked: mark !== undefined && isFurtherAttempt && memory.deliveries.has(hashOf(mark)),
	};
	return isRepeat(look) ? repeat(look) : claim(look);
}

/** Notes an event that starts nothing as what came in between: the state or the message before it is no longer the last. */
export function passEvent(trigger: string, event: GatewayEvent, now: number): void {
	const memory = memoryOf(trigger);
	const state = stateOf(event);
	const key = state && hashOf(state.key);
	if (key !== null && memory.states.get(key)?.value !== state?.value)
		memory.states.set(key, { value: null, at: now, time: event.timestamp });
	if (memory.chats.isEmpty) return;
	const { chat, words } = lastWords(event);
	if (memory.chats.get(chat)?.words !== words) memory.chats.delete(chat);
}

function isRepeat(look: Look): boolean {
	const { event, state } = look;
	if (isPlaceholderOfKnown(look)) return true;
	const byState = state && stateVerdict(look, state);
	if (byState !== null) return byState;
	if (event.identity === 'untimed') return isContentRepeat(look);
	return isKnown(look, event.id) || isWithinWindow(look);
}

/** That a message cannot be read is no news once it was read. */
function isPlaceholderOfKnown(look: Look): boolean {
	const { event, notice, id } = look.event;
	const end = id.lastIndexOf(':notice:');
	return event === 'notice' && notice?.kind === 'unreadable' && end > 0 && isKnown(look, id.slice(0, end));
}

/** @returns null where the state decides nothing */
function stateVerdict(look: Look, { key, value, hasOwnId }: State): boolean | null {
	const { memory, stored, delivery, event, isMarked } = look;
	const inMemory = memory.states.get(key);
	const last = inMemory ?? storedState(stored, key);
	if (last?.value !== value) {
		// The time in its id may be that of the message, and so the same for all its changes.
		const isSameTime = isMadeOfTarget(event.id) && last?.time === event.timestamp;
		return hasOwnId && !isSameTime ? null : isMarked && isKnown(look, event.id);
	}
	// What came in between and started nothing is not known after a restart.
	if (event.identity !== 'untimed') return inMemory === undefined && hasOwnId ? null : true;
	const isRecent = delivery.arrivedAt - last.at <= Math.max(SAME_STATE_MS, delivery.ignoreWithinMs ?? 0);
	return isRecent || isProven(look);
}

/** A payload with neither id nor time: the same words may well be meant twice. */
function isContentRepeat(look: Look): boolean {
	return isProven(look) || isWithinWindow(look);
}

/** Whether the transport says, or lets us know, that an equal payload is the same delivery. */
function isProven({ memory, content, delivery, isMarked }: Look): boolean {
	const known = content === undefined ? undefined : memory.contents.get(content);
	if (!known?.isTaken) return false;
	return isMarked || known.unanswered.some((closedAt) => delivery.arrivedAt - closedAt <= REDELIVERY_MS);
}

function isWithinWindow({ event, memory, delivery, words }: Look): boolean {
	const { arrivedAt, ignoreWithinMs = 0 } = delivery;
	if (event.identity === undefined || words === undefined) return false;
	const last = memory.chats.get(words.chat);
	return last?.words === words.words && arrivedAt - last.at <= ignoreWithinMs;
}

function isKnown(look: Look, id: string): boolean {
	const short = shortId(id);
	return look.memory.events.has(short) || look.storedIds.has(short);
}

function repeat(look: Look): Claim {
	const { memory, content, event } = look;
	const known = content === undefined ? undefined : memory.contents.get(content);
	// Each delivery without an answer is expected once more, not for ever.
	const expected = known?.unanswered.shift();
	return {
		isRepeat: true,
		id: known?.id ?? event.id,
		keep: () => undefined,
		release: () => {
			if (expected !== undefined) known?.unanswered.unshift(expected);
		},
		unanswered: (closedAt) => {
			if (known) expectAgain(known, closedAt);
		},
	};
}

function claim(look: Look): Claim {
	const { event, memory, delivery, state, content, words } = look;
	const known = content === undefined ? undefined : memory.contents.get(content);
	const id = content === undefined ? event.id : idOfContent(look, known);
	const short = shortId(id);
	const wasKnown = memory.events.has(short);
	const lastState = state && memory.states.get(state.key);
	const lastInChat = words && memory.chats.get(words.chat);
	const found: LastContent = known ?? { id, isTaken: true, unanswered: [] };
	Object.assign(found, { id, isTaken: true });

	const note = (): void => {
		memory.events.set(short, memory.events.get(short) ?? false);
		if (state) memory.states.set(state.key, { value: state.value, at: delivery.arrivedAt, time: event.timestamp });
		if (content !== undefined) memory.contents.set(content, found);
		if (words) memory.chats.set(words.chat, { words: words.words, at: delivery.arrivedAt });
		if (delivery.mark !== undefined) memory.deliveries.set(hashOf(delivery.mark), true);
	};
	note();
	return {
		isRepeat: false,
		id,
		keep: (stored) => {
			if (!memory.events.has(short)) note();
			memory.events.set(short, true);
			store(stored, memory, short, state?.key);
		},
		release: () => {
			if (!wasKnown) memory.events.delete(short);
			found.isTaken = false;
			if (state && memory.states.get(state.key)?.at === delivery.arrivedAt) {
				if (lastState) memory.states.set(state.key, lastState);
				else memory.states.delete(state.key);
			}
			if (words && lastInChat) memory.chats.set(words.chat, lastInChat);
			else if (words) memory.chats.delete(words.chat);
			if (delivery.mark !== undefined) memory.deliveries.delete(hashOf(delivery.mark));
		},
		unanswered: (closedAt) => {
			if (content !== undefined) expectAgain(found, closedAt);
		},
	};
}

/** An equal payload that n8n did not take keeps its id; one that is another event gets its own. */
function idOfContent(look: Look, known: LastContent | undefined): string {
	const { event, delivery } = look;
	if (event.identity === 'timed') return shortId(event.id);
	if (known && !known.isTaken && !isKnown(look, known.id)) return known.id;
	const content = shortId(event.id);
	let at = delivery.arrivedAt;
	while (isKnown(look, `${content}:${at}`)) at++;
	return `${content}:${at}`;
}

function expectAgain(content: LastContent, closedAt: number): void {
	content.unanswered.push(closedAt);
	if (content.unanswered.length > MOST_UNANSWERED) content.unanswered.shift();
}

/**
 * What is said in which chat, apart from ids and times. A payload without a time is what it says, whatever was read of it.
 */
function lastWords(event: GatewayEvent): LastWords {
	const { channel, device, chat, sender, direction, type, text, media, location, session, call } = event;
	const { contacts, interactive, order, product, poll, calendar, invite, payment, replyTo, unread } = event;
	const cards = [contacts, interactive, order, product, poll, calendar, invite, payment];
	const read = [type, text, media, location, session, call, ...cards, replyTo, unread];
	const said = event.identity === 'untimed' ? event.id : [event.event, direction, sender.id, ...read];
	return { chat: hashOf([channel, device, chat.id]), words: hashOf(said) };
}
