import { parseRecipient, withPlainSigns } from '../../messaging/phoneNumber';
import { canonicalNumber, People } from '../../messaging/sameNumber';
import { FieldRefusal, type ReadParameter } from '../../operations/define/field';
import { before, listOf } from '../../text';
import type { GatewayEvent } from '../event/event';

/** People or chats as the options name them, for events to be compared with. */
interface Entries {
	numbers: Pick<People, 'has'>;
	/** Ids as they are written, in lower case, LIDs without their device. */
	ids: ReadonlySet<string>;
}

const NOBODY: Entries = { numbers: new People(), ids: new Set() };

/** Ids whose digits are a phone number. */
const PHONE_SUFFIX = /@(?:s\.whatsapp\.net|c\.us|hosted)$/;

const LID_SUFFIX = /@(?:hosted\.)?lid$/;

/** An id has something before its suffix. */
const ID = /^[^@\s]+@[^@\s]+$/;

/**
 * The people or chats that an option names.
 *
 * @param country of national numbers, two letters
 */
export function entriesIn(written: unknown, country?: string): Entries {
	if (written === null || written === undefined || written === '') return NOBODY;
	const numbers = new People();
	const ids = new Set<string>();
	for (const entry of listOf(written)) {
		ids.add(plainId(entry));
		const number = numberIn(entry, country);
		if (number !== null) numbers.add(number);
	}
	return { numbers, ids };
}

/** Entries with their numbers in international form; ids stay as they are. */
export function idsIn(entries: readonly string[], country?: string): string[] {
	return entries.map((entry) => numberIn(entry, country) ?? entry);
}

export function isEmpty({ ids }: Entries): boolean {
	return ids.size === 0;
}

/** Whether an event's sender is one of these; an id may also be of the chat. */
export function isFrom(entries: Entries, { sender, chat }: GatewayEvent): boolean {
	return hasNumber(entries, sender.phone) || hasId(entries, sender.lid, sender.id, suffixed(chat.id));
}

/** Whether an event's chat is one of these. */
export function isIn(entries: Entries, { chat }: GatewayEvent): boolean {
	if (chat.type === 'private' && hasNumber(entries, chat.phone ?? personIn(chat.id))) return true;
	// A group's id is written with its suffix or without.
	const bare = (id: string | null | undefined): string | undefined => (id ? before(id, '@') : undefined);
	return hasId(entries, chat.id, chat.address, chat.lid, bare(chat.id), bare(chat.address)) || isBare(entries, chat);
}

/**
 * Refuses an option that names something other than numbers and ids: nothing would ever match it, and the user would not notice.
 *
 * @param name of the option, where it is in the parameters
 * @throws FieldRefusal
 */
export function requireEntries(parameter: ReadParameter, name: string, country?: string): void {
	for (const entry of listOf(parameter(name))) {
		const text = visible(entry);
		const isKnown = text.includes('@') ? ID.test(text) : numberIn(entry, country) !== null || isGroupId(text);
		if (isKnown) continue;
		throw new FieldRefusal(
			name,
			`"${entry.slice(0, 100)}" is neither a phone number nor an ID. Write numbers with their country code, for example 6281234567890, and IDs as they appear in events`,
		);
	}
}

/** The number that an entry means; null for an id, and for a national number whose country is not known. */
function numberIn(entry: string, country: string | undefined): string | null {
	const text = visible(entry);
	if (text.includes('@')) return PHONE_SUFFIX.test(text) && canonicalNumber(text) !== null ? text : null;
	const parsed = parseRecipient(entry, country);
	if (parsed.ok) return parsed.recipient.kind === 'phone' ? parsed.recipient.digits : null;
	// A number that no numbering plan knows is one all the same, unless it lacks its country.
	const isNumber = /^\+?[\d\s().\/-]+$/.test(text);
	const isWhole = isNumber && !/^0(?!0)/.test(text.replace(/^\D+/, ''));
	return isWhole && canonicalNumber(text) !== null ? text : null;
}

function hasNumber({ numbers }: Entries, phone: string | null | undefined): boolean {
	return phone ? numbers.has(phone) : false;
}

function hasId({ ids }: Entries, ...given: Array<string | null | undefined>): boolean {
	return given.some((id) => id !== null && id !== undefined && ids.has(plainId(id)));
}

/** Whether an entry is the chat's id with the suffix that the provider leaves out. */
function isBare({ ids }: Entries, { id, type }: GatewayEvent['chat']): boolean {
	const suffix = { group: '@g.us', channel: '@newsletter' }[type as string];
	return suffix !== undefined && id !== null && !id.includes('@') && ids.has(plainId(id + suffix));
}

function plainId(id: string): string {
	const text = visible(id);
	return LID_SUFFIX.test(text) ? `${before(text, ':@')}@lid` : text;
}

/** Without the marks that come along when a number is copied. */
function visible(text: string): string {
	return withPlainSigns(text)
		.replace(/[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g, '')
		.trim()
		.toLowerCase();
}

function suffixed(id: string | null): string | null {
	return id?.includes('@') ? id : null;
}

function personIn(id: string | null): string | null {
	return id !== null && (PHONE_SUFFIX.test(id) || /^\+?\d+$/.test(id)) ? id : null;
}

/** Groups have long ids, old ones with a dash; Telegram's begin with one. */
function isGroupId(text: string): boolean {
	return /^-?[1-9]\d{4,24}(?:-\d{1,25})?$/.test(text);
}
