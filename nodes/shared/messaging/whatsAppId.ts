/** What a WhatsApp id is the id of; `bare` digits have no suffix that says it. */
type IdKind = 'person' | 'lid' | 'group' | 'channel' | 'broadcast' | 'story' | 'bare' | 'other';

/** By what follows the "@" (WhatsApp libraries; `c.us` is what its web client calls `s.whatsapp.net`). */
const KINDS = new Map<string, IdKind>([
	['s.whatsapp.net', 'person'],
	['c.us', 'person'],
	['hosted', 'person'],
	['lid', 'lid'],
	['hosted.lid', 'lid'],
	['g.us', 'group'],
	['newsletter', 'channel'],
	['broadcast', 'broadcast'],
	['bot', 'other'],
	['call', 'other'],
]);

/** The one list that WhatsApp itself keeps: everybody's stories. */
const STORIES = 'status@broadcast';

/** Groups made before 2022 have the number of their founder and the time in their id (WhatsApp libraries). */
const OLD_GROUP = /^\d{5,15}-\d{8,12}$/;

/** Characters of an id at most; longer ones do not exist. */
const LONGEST = 64;

/** What an id is the id of. */
export function kindOfId(id: string): IdKind {
	const at = id.lastIndexOf('@');
	if (at < 0) return OLD_GROUP.test(id) ? 'group' : 'bare';
	if (id.toLowerCase() === STORIES) return 'story';
	return KINDS.get(id.slice(at + 1).toLowerCase()) ?? 'other';
}

/** The id of a group without "@g.us". */
export function withoutGroupSuffix(id: string): string {
	return kindOfId(id) === 'group' ? userOf(id) : id;
}

/**
 * The digits in front of the agent, the device and the suffix (`62812…_1:7@…`), as people write a number: with "+", spaces
 * and dashes.
 *
 * @returns null if there is anything else, or too few or too many of them
 */
export function digitsOfId(id: string): string | null {
	if (id.length > LONGEST) return null;
	const user = userOf(id.trim()).replace(/[\s()-]/g, '');
	return /^\+?(\d{5,20})(?:_\d{1,5})?(?::\d{1,5})?$/.exec(user)?.[1] ?? null;
}

/** The digits of a number whose suffix says that it is one; null for all other ids. No numbering plan judges them. */
export function phoneOfId(id: string): string | null {
	const digits = kindOfId(id.trim()) === 'person' ? digitsOfId(id) : null;
	return digits !== null && /^[1-9]\d{4,14}$/.test(digits) ? digits : null;
}

/** The LID that its suffix says it is, without a device; null for all other ids. */
export function lidOfId(id: string): string | null {
	const digits = kindOfId(id.trim()) === 'lid' ? digitsOfId(id) : null;
	return digits && `${digits}@lid`;
}

/** What is in front of the suffix. */
function userOf(id: string): string {
	const at = id.lastIndexOf('@');
	return at < 0 ? id : id.slice(0, at);
}
