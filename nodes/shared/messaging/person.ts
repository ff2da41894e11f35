import { isInternational } from './phoneNumber';
import { digitsOfId, kindOfId, lidOfId, phoneOfId } from './whatsAppId';

/** The phone number and LID behind an id; at most one of them by the id alone. */
export interface Person {
	/** Digits. */
	phone: string | null;
	/** With its suffix, without a device. */
	lid: string | null;
}

export const NOBODY: Person = { phone: null, lid: null };

/**
 * The person behind an id: its suffix decides. A phone number is not judged by any numbering plan.
 *
 * @param bare what digits without a suffix are: a field that is named after a phone or a LID says so; elsewhere, more than
 *   13 digits that are no valid number of a country are a LID (inferred; Indonesia has numbers of 14)
 */
export function personOf(id: string | null, bare: 'phone' | 'lid' | 'judged' = 'judged'): Person {
	if (id === null) return NOBODY;
	if (kindOfId(id.trim()) !== 'bare') return { phone: phoneOfId(id), lid: lidOfId(id) };
	const digits = digitsOfId(id);
	if (digits === null) return NOBODY;
	if (bare === 'lid' || digits.length > 15) return asLid(digits);
	if (bare === 'phone') return asPhone(digits);
	if (digits.length < 7) return NOBODY;
	return digits.length > 13 && !isInternational(digits) ? asLid(digits) : asPhone(digits);
}

/** A person without the phone number if that only repeats the LID's digits, as some gateways do when they don't know the number. */
export function withoutLidAsPhone({ phone, lid }: Person): Person {
	return { phone: lid !== null && lid === `${phone}@lid` ? null : phone, lid };
}

const asPhone = (phone: string): Person => ({ phone, lid: null });
const asLid = (digits: string): Person => ({ phone: null, lid: `${digits}@lid` });

/** Whether two people are definitely the same, or definitely not; null if one is known by phone and the other by LID alone. */
export function isSamePerson(one: Person, other: Person): boolean | null {
	if (one.phone !== null && other.phone !== null) return one.phone === other.phone;
	if (one.lid !== null && other.lid !== null) return one.lid === other.lid;
	return null;
}
