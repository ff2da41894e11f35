import type { IDataObject } from 'n8n-workflow';
import { hashOf } from '../event/hash';
import type { LastState, TriggerMemory } from './memory';

/** Events, and states, remembered over a restart, in the workflow's static data. */
const STORED = 50;

/** A state as it is stored. */
type StoredState = [key: string, value: string, at: number, time?: string | null];

/**
 * The ids of events in static data, one text with spaces between them. n8n watches every entry of a list for changes, and
 * all of it is copied several times for every call: text without anything to escape costs least.
 */
const BETWEEN = ' ';

/** An id as it is remembered: a provider's ids are far shorter and have no other characters, but anyone may send any. */
const PLAIN = /^[!#-[\]-~]{1,128}$/;

/** The id by which an event is remembered: its own, or the hash of one that is long, or not to be stored as it is. */
export function shortId(id: string): string {
	return PLAIN.test(id) ? id : hashOf(id);
}

/** The ids of events in static data. Mostly they are what this process has written itself. */
export function storedIds({ seenEvents: text }: IDataObject, memory: TriggerMemory): ReadonlySet<string> {
	if (text === memory.written.text) return memory.written.ids;
	return new Set(typeof text === 'string' ? text.split(BETWEEN).filter((id) => id !== '') : []);
}

/** The last state of a key in static data. */
export function storedState(stored: IDataObject, key: string): LastState | undefined {
	const found = storedStates(stored).find(([name]) => name === key);
	return found && { value: found[1], at: found[2], time: found[3] };
}

/**
 * Writes the newest of a memory into static data, each time all of it: executions that run beside it may have saved older
 * copies. Between several n8n processes the last writer wins, so it is a help and no guarantee there.
 *
 * @param id without spaces, see {@link shortId}
 */
export function store(stored: IDataObject, memory: TriggerMemory, id: string, stateKey: string | undefined): void {
	const { written } = memory;
	const isOwn = written.text !== '' && stored.seenEvents === written.text;
	memory.written = isOwn
		? withOneMore(written, id)
		: writtenOf([
				...storedIds(stored, memory),
				...memory.events.newestKeys(STORED).filter((key) => memory.events.get(key)),
			]);
	stored.seenEvents = memory.written.text;
	if (stateKey === undefined) return;
	const states = new Map(storedStates(stored).map((state) => [state[0], state]));
	for (const key of memory.states.newestKeys(STORED)) {
		const { value, at, time } = memory.states.get(key) ?? { value: null, at: 0 };
		states.delete(key);
		if (value !== null) states.set(key, time ? [key, value, at, time] : [key, value, at]);
	}
	stored.seenStates = JSON.stringify([...states.values()].slice(-STORED));
}

function writtenOf(ids: string[]): TriggerMemory['written'] {
	const newest = [...new Set(ids)].slice(-STORED);
	return { text: newest.join(BETWEEN), ids: new Set(newest) };
}

/** The text as it would be written anew, which takes longer than all else that is done for an event here. */
function withOneMore(written: TriggerMemory['written'], id: string): TriggerMemory['written'] {
	const { ids } = written;
	if (ids.has(id)) return written;
	ids.add(id);
	const text = written.text + BETWEEN + id;
	const [oldest = ''] = ids;
	if (ids.size <= STORED) return { text, ids };
	ids.delete(oldest);
	return { text: text.slice(oldest.length + BETWEEN.length), ids };
}

function storedStates(stored: IDataObject): StoredState[] {
	return listIn(stored.seenStates).filter(isStoredState);
}

function listIn(text: unknown): unknown[] {
	if (typeof text !== 'string') return [];
	try {
		const list: unknown = JSON.parse(text);
		return Array.isArray(list) ? list : [];
	} catch {
		return [];
	}
}

function isStoredState(value: unknown): value is StoredState {
	if (!Array.isArray(value)) return false;
	const [key, state, at] = value as unknown[];
	return typeof key === 'string' && typeof state === 'string' && typeof at === 'number';
}
