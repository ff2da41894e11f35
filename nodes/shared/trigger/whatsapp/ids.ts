import { parseRecipient } from '../../messaging/phoneNumber';
import type { ChatType } from '../event/event';

/** What a WhatsApp id is the id of. */
export type IdKind = 'person' | 'lid' | 'group' | 'channel' | 'broadcast' | 'story' | 'bare' | 'other';

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

/** Two ids of WhatsApp's own. */
const STORIES = 'status@broadcast';

/** The phone number and LID behind an id; at most one of them by the id alone. */
export interface Person {
	/** Digits. */
	phone: string | null;
	/** With its suffix, without a device. */
	lid: string | null;
}

export const NOBODY: Person = { phone: null, lid: null };

/** What an id is the id of. */
export function kindOf(id: string): IdKind {
	const at = id.lastIndexOf('@');
	if (at < 0) return /^\d{5,15}-\d{8,12}$/.test(id) ? 'group' : 'bare';
	if (id.toLowerCase() === STORIES) return 'story';
	return KINDS.get(id.slice(at + 1).toLowerCase()) ?? 'other';
}

/** What kind of chat an id is of. Bare digits are a person's, as is whatever has a suffix that is not known. */
export function chatTypeOf(id: string | null): ChatType {
	if (id === null) return 'unknown';
	const kind = kindOf(id);
	return kind === 'group' || kind === 'channel' || kind === 'broadcast' || kind === 'story' ? kind : 'private';
}

/**
 * The person behind an id: its suffix decides. A phone number is not judged by any numbering plan.
 *
 * @param bare what digits without a suffix are: a field that is named after a phone or a LID says so; elsewhere, more than
 *   13 digits that are no valid number of a country are a LID (inferred; Indonesia has numbers of 14)
 */
export function personOf(id: string | null, bare: 'phone' | 'lid' | 'judged' = 'judged'): Person {
	if (id === null || id.length > 64) return NOBODY;
	const written = id.trim();
	const at = written.lastIndexOf('@');
	const kind = kindOf(written);
	if (kind === 'person') return asPhone(digitsOf(written.slice(0, at)));
	if (kind === 'lid') return asLid(digitsOf(written.slice(0, at)));
	if (kind !== 'bare') return NOBODY;
	// As people write a number, with "+" and spaces, or with the device.
	const digits = digitsOf(written.replace(/[\s()-]/g, ''));
	if (bare === 'lid') return asLid(digits);
	if (bare === 'phone' || digits === null) return asPhone(digits);
	if (digits.length < 7 || digits.length > 15) return digits.length > 15 ? asLid(digits) : NOBODY;
	return digits.length > 13 && !parseRecipient(digits).ok ? asLid(digits) : asPhone(digits);
}

/** The digits in front of the agent and the device: `62812…_1:7`. */
function digitsOf(user: string): string | null {
	return /^\+?(\d{5,20})(?:_\d{1,5})?(?::\d{1,5})?$/.exec(user)?.[1] ?? null;
}

const asPhone = (phone: string | null): Person => ({ phone, lid: null });
const asLid = (digits: string | null): Person => ({ phone: null, lid: digits && `${digits}@lid` });

/** Whether two people are surely the same, or surely not; null if one is known by phone and the other by LID alone. */
export function isSamePerson(one: Person, other: Person): boolean | null {
	if (one.phone !== null && other.phone !== null) return one.phone === other.phone;
	if (one.lid !== null && other.lid !== null) return one.lid === other.lid;
	return null;
}

/** What to put into a recipient field to write into a chat; it carries its suffix, so that nothing has to be guessed. */
export function addressOf(type: ChatType, id: string | null, { phone, lid }: Person): string | null {
	if (type === 'private') return phone === null ? lid : `${phone}@s.whatsapp.net`;
	return (type === 'group' || type === 'channel') && id?.includes('@') ? id : null;
}
