import { BoundedMap } from '../../boundedMap';

/** Events remembered for each trigger. */
const EVENTS = 1_000;

/** Last states, contents, chats and deliveries remembered for each trigger. */
const OTHERS = 500;

const TRIGGERS = 500;

/** A state, by when it was told. Times are in milliseconds. */
export interface LastState {
	/** Null if something that started nothing came after it. */
	value: string | null;
	at: number;
	/** The event's own time, ISO 8601. */
	time?: string | null;
}

/** A payload without an id. */
export interface LastContent {
	/** The id of the event that was made of it last. */
	id: string;
	/** Whether n8n has taken it, or is about to. */
	isTaken: boolean;
	/** When each delivery ended that got no answer: the provider delivers once more for each. */
	unanswered: number[];
}

/** The last message of a chat. */
export interface LastInChat {
	words: string;
	at: number;
}

/** What is known of a trigger's deliveries. Keys are short: ids of bearable length, and hashes. */
export interface TriggerMemory {
	/** Whether n8n has taken the event; until then it must not be stored, since it may yet be released. */
	events: BoundedMap<boolean>;
	states: BoundedMap<LastState>;
	contents: BoundedMap<LastContent>;
	chats: BoundedMap<LastInChat>;
	deliveries: BoundedMap<true>;
	/** The ids in static data, as they were written last, the oldest first. */
	written: { text: string; ids: Set<string> };
}

const memories = new BoundedMap<TriggerMemory>(TRIGGERS);

/** The memory of a trigger; a long unused one gives way when there are very many. */
export function memoryOf(trigger: string): TriggerMemory {
	const memory = memories.get(trigger) ?? {
		events: new BoundedMap<boolean>(EVENTS),
		states: new BoundedMap<LastState>(OTHERS),
		contents: new BoundedMap<LastContent>(OTHERS),
		chats: new BoundedMap<LastInChat>(OTHERS),
		deliveries: new BoundedMap<true>(OTHERS),
		written: { text: '', ids: new Set() },
	};
	memories.set(trigger, memory);
	return memory;
}

/** Forgets everything, as a restart does; for tests. */
export function forgetTrigger(trigger: string): void {
	memories.delete(trigger);
}
