import type { IDataObject } from 'n8n-workflow';

/** Events remembered for each trigger in memory. */
const IN_MEMORY = 1_000;

/** Events remembered over a restart, in the workflow's static data. */
const STORED = 50;

const MAX_TRIGGERS = 500;

const seenByTrigger = new Map<string, Set<string>>();

/**
 * Whether an event comes for the first time; notes it if so.
 *
 * Memory answers first and at once, so that deliveries that arrive together start one execution. The newest are also
 * kept in the workflow's static data for the time after a restart; n8n saves that after the call, the last writer wins,
 * so it is a help and no guarantee between several n8n processes.
 *
 * @param trigger identifies the node: workflow and webhook id
 * @param stored the node's static data
 */
export function isNewEvent(trigger: string, eventId: string, stored: IDataObject): boolean {
	const seen = seenOf(trigger);
	const storedIds = idsIn(stored);
	if (seen.has(eventId) || storedIds.includes(eventId)) return false;

	seen.add(eventId);
	if (seen.size > IN_MEMORY) seen.delete(seen.values().next().value as string);
	stored.seenEvents = [...storedIds, eventId].slice(-STORED);
	return true;
}

function seenOf(trigger: string): Set<string> {
	const seen = seenByTrigger.get(trigger) ?? new Set<string>();
	// Put at the end again: the first is then the one not used for longest.
	seenByTrigger.delete(trigger);
	seenByTrigger.set(trigger, seen);
	const longestUnused = seenByTrigger.keys().next();
	if (seenByTrigger.size > MAX_TRIGGERS && !longestUnused.done) seenByTrigger.delete(longestUnused.value);
	return seen;
}

function idsIn(stored: IDataObject): string[] {
	return Array.isArray(stored.seenEvents) ? (stored.seenEvents as string[]) : [];
}
