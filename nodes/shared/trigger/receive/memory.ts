/** Events remembered for each trigger. */
const EVENTS = 1_000;

/** Last states, contents, chats and deliveries remembered for each trigger. */
const OTHERS = 500;

const TRIGGERS = 500;

/** A map that forgets what was set longest ago. */
export class BoundedMap<Value> {
	private readonly values = new Map<string, Value>();

	constructor(private readonly most: number) {}

	get(key: string): Value | undefined {
		return this.values.get(key);
	}

	has(key: string): boolean {
		return this.values.has(key);
	}

	set(key: string, value: Value): void {
		this.values.delete(key);
		this.values.set(key, value);
		if (this.values.size <= this.most) return;
		const oldest = this.values.keys().next();
		if (!oldest.done) this.values.delete(oldest.value);
	}

	delete(key: string): void {
		this.values.delete(key);
	}

	get isEmpty(): boolean {
		return this.values.size === 0;
	}

	/** The keys that were set last, the oldest of them first. */
	newestKeys(count: number): string[] {
		const newest: string[] = [];
		let older = this.values.size - count;
		for (const key of this.values.keys()) if (older-- <= 0) newest.push(key);
		return newest;
	}
}

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

/** Ids of events as static data has them. */
interface StoredIds {
	text: string;
	ids: string[];
}

/** What is known of a trigger's deliveries. Keys are short: ids of bearable length, and hashes. */
export interface TriggerMemory {
	events: BoundedMap<true>;
	states: BoundedMap<LastState>;
	contents: BoundedMap<LastContent>;
	chats: BoundedMap<LastInChat>;
	deliveries: BoundedMap<true>;
	/** The ids in static data, as they were read and as they were written last. */
	read: StoredIds;
	written: StoredIds;
}

const memories = new BoundedMap<TriggerMemory>(TRIGGERS);

/** The memory of a trigger; a long unused one gives way when there are very many. */
export function memoryOf(trigger: string): TriggerMemory {
	const memory = memories.get(trigger) ?? {
		events: new BoundedMap<true>(EVENTS),
		states: new BoundedMap<LastState>(OTHERS),
		contents: new BoundedMap<LastContent>(OTHERS),
		chats: new BoundedMap<LastInChat>(OTHERS),
		deliveries: new BoundedMap<true>(OTHERS),
		read: { text: '', ids: [] },
		written: { text: '', ids: [] },
	};
	memories.set(trigger, memory);
	return memory;
}

/** Forgets everything, as a restart does; for tests. */
export function forgetTrigger(trigger: string): void {
	memories.delete(trigger);
}
