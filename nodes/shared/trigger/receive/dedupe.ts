import type { IDataObject } from 'n8n-workflow';
import { createHash } from 'node:crypto';

/** Events remembered for each trigger in memory. */
const IN_MEMORY = 1_000;

/** Events remembered over a restart, in the workflow's static data. */
const STORED = 50;

const MAX_TRIGGERS = 500;

/** A longer id is remembered by its hash: a provider's ids are far shorter, and what comes from outside takes any length. */
const MAX_ID_LENGTH = 128;

const seenByTrigger = new Map<string, Set<string>>();

/** An event that comes for the first time, until n8n has its execution. */
export interface Claim {
	/**
	 * Notes it for good, n8n having its execution, or the call being answered by us.
	 *
	 * @param stored the node's static data; what is written into it is saved by n8n after the call
	 */
	keep: (stored: IDataObject) => void;
	/** Forgets it, n8n not having taken it: the provider delivers it again. */
	release: () => void;
}

/**
 * Claims an event that comes for the first time.
 *
 * Memory answers at once, so that deliveries that arrive together start one execution. The newest are also kept in the
 * workflow's static data for the time after a restart. Each write holds what memory knows, since executions that run
 * beside it may have saved older copies; between several n8n processes the last writer wins, so it is a help and no
 * guarantee there.
 *
 * @param trigger identifies the node: workflow and webhook id
 * @param stored the node's static data
 * @returns undefined if it was seen before
 */
export function claimEvent(trigger: string, eventId: string, stored: IDataObject): Claim | undefined {
	const id = eventId.length > MAX_ID_LENGTH ? createHash('sha256').update(eventId).digest('hex') : eventId;
	const seen = seenOf(trigger);
	if (seen.has(id) || idsIn(stored).includes(id)) return undefined;
	note(seen, id);
	return {
		keep: (data) => {
			note(seen, id);
			data.seenEvents = [...new Set([...idsIn(data), ...[...seen].slice(-STORED)])].slice(-STORED);
		},
		release: () => seen.delete(id),
	};
}

function note(seen: Set<string>, id: string): void {
	seen.add(id);
	if (seen.size > IN_MEMORY) seen.delete(seen.values().next().value as string);
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
