import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';
import { parsePhoneNumberFromString as parseMobile } from 'libphonenumber-js/mobile';
import { isRetired } from './renumbered';
import { kindOfId, phoneOfId } from './whatsAppId';

/** What a written recipient is. Ids keep their form; a phone number is digits with its country code, without "+". */
type Recipient = { kind: 'phone'; digits: string } | { kind: 'group' | 'channel' | 'lid' | 'broadcast'; id: string };

export type ParsedRecipient = { ok: true; recipient: Recipient } | { ok: false; problem: string };

/** Characters of a number or an ID at most, spaces and signs included. */
const LONGEST = 500;

/** Digits that are no address at all: what is left of a number that a spreadsheet has rounded. */
const SCIENTIFIC = /^\d+([.,]\d+)?e\+?\d+$/i;

/** A whole number that went through a decimal type: 6281234567890.0 */
const WHOLE_DECIMAL = /^(\+?\d{7,})[.,]0{1,2}$/;

/** A number with a fraction: none that a person would write for a phone number. */
const FRACTION = /^\+?\d{7,}[.,]\d{1,2}$/;

/** Spaces of all kinds, marks that steer writing direction, zero-width characters. */
const INVISIBLE =
	/[\s\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0]/g;

/** Dashes and other signs with which people group digits. */
const GROUPING = /[-().\/\u00B7\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/g;

/** What a refused number is answered with where it may have come from an event. */
const USE_ADDRESS = 'To reply to a trigger event, use {{ $json.chat.address }}';

/** What a refusal calls a recipient that does not fit a field. */
export function describeKind(kind: Recipient['kind']): string {
	if (kind === 'phone') return 'a phone number';
	return kind === 'lid' ? 'a LID' : `the ID of a ${kind === 'broadcast' ? 'broadcast list' : kind}`;
}

/** What a refusal says of an id where a person's number is asked for. */
export function wrongKind(kind: Recipient['kind']): string {
	const problem = `this is ${describeKind(kind)}, not a phone number`;
	if (kind === 'group') return `${problem}. To reply in a group, use the operation or Send To choice for groups`;
	if (kind !== 'lid') return problem;
	return `${problem}: WhatsApp hides the number behind it. ${USE_ADDRESS}, which is the number if it is known`;
}

/**
 * Reads a recipient as people and spreadsheets write it. It never turns one valid international number into another:
 * the default country is only used for digits that carry none.
 *
 * - ids (`…@g.us`, `…@newsletter`, `…@lid`, `…@broadcast`) keep their form; the number of a user JID is its number;
 * - `+` or `00` in front: an international number;
 * - `0` in front: a national number of the default country, refused if there is none;
 * - anything else: an international number if it is a valid one, or one that WhatsApp knows although no numbering plan does,
 *   else a national mobile number of the default country that lost its 0. What could be either, a landline abroad or a
 *   mobile at home, is refused.
 *
 * @param defaultCountry two letters (ISO 3166-1), e.g. `ID`
 */
export function parseRecipient(written: unknown, defaultCountry?: string): ParsedRecipient {
	const text = asText(written);
	if (text === undefined) return refused('enter it as text, for example 6281234567890');
	if (text.length > LONGEST) return refused('it is too long for a phone number or an ID');
	const bare = withoutMarks(text);
	if (bare === '')
		return refused('it is empty. Enter a phone number with its country code, for example 6281234567890');
	if (SCIENTIFIC.test(bare)) {
		return refused(`"${bare}" was rounded by a spreadsheet. Format the column as text`);
	}
	if (bare.includes('@')) return parseId(bare);

	const digits = digitsIn(bare);
	if (digits === undefined) {
		return refused(`"${bare}" is not a phone number. Use digits with the country code, for example 6281234567890`);
	}
	return parseDigits(digits, bare, country(defaultCountry));
}

/** Signs that normalizing makes digits of, although they are none of a number's: the mark of a footnote, a fraction, "①". */
const NUMBER_SIGNS = /(\p{No}+)/u;

/** A text without spaces and invisible marks, full-width signs as plain ones; nothing of one that is too long for a number. */
export function withoutMarks(text: string): string {
	return text.length > LONGEST ? '' : withPlainSigns(text).replace(INVISIBLE, '');
}

/** A text with plain signs for full-width and other decorated ones. */
export function withPlainSigns(text: string): string {
	return text
		.split(NUMBER_SIGNS)
		.map((part, index) => (index % 2 === 0 ? part.normalize('NFKC') : part))
		.join('');
}

/**
 * The digits of a number as people and spreadsheets write it, with "+" in front if it has one.
 *
 * @param bare {@link withoutMarks}
 * @returns undefined if there is anything else in it
 */
export function digitsIn(bare: string): string | undefined {
	const whole = toAscii(bare).replace(WHOLE_DECIMAL, '$1');
	const digits = whole.replace(GROUPING, '');
	return /^\+?\d+$/.test(digits) && !FRACTION.test(whole) ? digits : undefined;
}

/**
 * The two parts of an international number, for providers that take them apart. Together they are the digits that were given:
 * WhatsApp knows people by digits that numbering plans have dropped or added.
 *
 * @param digits with country code, without "+"
 * @returns undefined if no country has this code
 */
export function splitNumber(digits: string): { countryCode: string; national: string } | undefined {
	const countryCode = parsePhoneNumberFromString(`+${digits}`)?.countryCallingCode;
	return countryCode === undefined ? undefined : { countryCode, national: digits.slice(countryCode.length) };
}

/** Whether these digits are a valid number of a country, with its code. */
export function isInternational(digits: string): boolean {
	const parsed = parsePhoneNumberFromString(`+${digits}`);
	return parsed?.isValid() === true && parsed.number === `+${digits}`;
}

function parseDigits(digits: string, written: string, region: CountryCode | undefined): ParsedRecipient {
	if (digits.startsWith('+')) return international(digits.slice(1), written, true);
	if (digits.startsWith('00')) return international(digits.slice(2), written, false);
	if (digits.startsWith('0')) return national(digits, written, region);

	// Chinese mobile numbers look the same without their country code.
	if (region === 'CN' && isLent(digits)) return national(digits, written, region);
	const found = international(digits, written, false);
	if (!region || parseMobile(`+${digits}`)?.isValid()) return found;
	const local = parseMobile(digits, region);
	if (!local?.isValid() || local.number === `+${digits}`) return found;
	if (!found.ok) return phone(local.number.slice(1));
	return refused(
		`"${written}" may be a foreign number or one in the Default Country (${region}) without its 0. Write it with + and its country code. ${USE_ADDRESS}`,
	);
}

function international(digits: string, written: string, isMarked: boolean): ParsedRecipient {
	if (isRetired(digits) || isLent(digits)) return phone(digits);
	const canBe = /^[1-9]\d{0,14}$/.test(digits);
	const parsed = canBe ? parsePhoneNumberFromString(`+${digits}`) : undefined;
	// With a "+" the writer vouches for the country; without one only a valid number counts, since a national number
	// without its 0 may look like another country's.
	const isKnown = parsed !== undefined && (isMarked ? parsed.isPossible() : parsed.isValid());
	// A number whose national part was changed by parsing (a doubled trunk 0) is not the one that was written.
	if (!isKnown || parsed.number !== `+${digits}`) {
		return refused(
			`"${written}" is not a valid international phone number. Write it with its country code, for example 6281234567890 (with + in front if you are sure), or set Default Country for national numbers. ${USE_ADDRESS}`,
		);
	}
	return phone(digits);
}

/** A number of the area code 555, which no person has: Meta lends them to businesses and for tests. */
function isLent(digits: string): boolean {
	return /^1555\d{7}$/.test(digits);
}

function national(digits: string, written: string, region: CountryCode | undefined): ParsedRecipient {
	if (!region) {
		return refused(
			`"${written}" has no country code. Write it in full, for example 6281234567890, or set Default Country in the credential or the options. ${USE_ADDRESS}`,
		);
	}
	const parsed = parsePhoneNumberFromString(digits, region);
	if (!parsed?.isValid()) {
		return refused(`"${written}" is not a valid phone number in the Default Country (${region}). ${USE_ADDRESS}`);
	}
	return phone(parsed.number.slice(1));
}

function parseId(id: string): ParsedRecipient {
	const kind = kindOfId(id);
	if (kind === 'other' || kind === 'bare') {
		return refused(`"${id}" is neither a phone number nor a WhatsApp ID. ${USE_ADDRESS}`);
	}
	const isId = kind === 'story' || /^\d+([:-]\d+)*@[^@]*$/.test(id);
	// A number that WhatsApp gives an id is one, whatever a numbering plan knows of it.
	const digits = phoneOfId(id);
	if (digits !== null) return phone(digits);
	if (!isId || kind === 'person') return refused(`"${id}" is not a WhatsApp ID. ${USE_ADDRESS}`);
	return { ok: true, recipient: { kind: kind === 'story' ? 'broadcast' : kind, id } };
}

function phone(digits: string): ParsedRecipient {
	return { ok: true, recipient: { kind: 'phone', digits } };
}

/** Whether it is the two-letter code of a country, in upper or lower case. */
export function isCountry(code: string): boolean {
	return country(code) !== undefined;
}

function country(code: string | undefined): CountryCode | undefined {
	const upper = code?.trim().toUpperCase();
	return upper && isSupportedCountry(upper) ? upper : undefined;
}

function asText(written: unknown): string | undefined {
	if (typeof written === 'string') return written;
	const isWhole = typeof written === 'number' && Number.isSafeInteger(written) && written > 0;
	return isWhole ? String(written) : undefined;
}

/** Arabic and Persian digits as 0–9; full-width ones are already. */
function toAscii(text: string): string {
	return text.replace(/[\u0660-\u0669\u06F0-\u06F9]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));
}

function refused(problem: string): ParsedRecipient {
	return { ok: false, problem };
}
