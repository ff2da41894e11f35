import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';
import { parsePhoneNumberFromString as parseMobile } from 'libphonenumber-js/mobile';
import { kindOfId } from './whatsAppId';

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

/**
 * Reads a recipient as people and spreadsheets write it. It never turns one valid international number into another:
 * the default country is only used for digits that carry none.
 *
 * - ids (`…@g.us`, `…@newsletter`, `…@lid`, `…@broadcast`) keep their form; the number of a user JID is its number;
 * - `+` or `00` in front: an international number;
 * - `0` in front: a national number of the default country, refused if there is none;
 * - anything else: an international number if it is a valid one, else a national mobile number of the default country
 *   that lost its 0. What could be either, a landline abroad or a mobile at home, is refused.
 *
 * @param defaultCountry two letters (ISO 3166-1), e.g. `ID`
 */
export function parseRecipient(written: unknown, defaultCountry?: string): ParsedRecipient {
	const text = asText(written);
	if (text === undefined) return refused('give it as text, for example 6281234567890');
	if (text.length > LONGEST) return refused('it is too long for a phone number or an ID');
	const bare = text.normalize('NFKC').replace(INVISIBLE, '');
	if (bare === '')
		return refused('it is empty. Give a phone number with its country code, for example 6281234567890');
	if (SCIENTIFIC.test(bare)) {
		return refused(`"${bare}" was rounded by a spreadsheet. Format its column as text`);
	}
	if (bare.includes('@')) return parseId(bare);

	const whole = toAscii(bare).replace(WHOLE_DECIMAL, '$1');
	const digits = whole.replace(GROUPING, '');
	if (!/^\+?\d+$/.test(digits) || FRACTION.test(whole)) {
		return refused(`"${bare}" is not a phone number. Use digits with the country code, for example 6281234567890`);
	}
	return parseDigits(digits, bare, country(defaultCountry));
}

/**
 * The two parts of an international number, for providers that take them apart.
 *
 * @param digits with country code, without "+"
 * @returns the national part as it is dialled from abroad, without a trunk 0; undefined if no country has this code
 */
export function splitNumber(digits: string): { countryCode: string; national: string } | undefined {
	const parsed = parsePhoneNumberFromString(`+${digits}`);
	return parsed && { countryCode: parsed.countryCallingCode, national: parsed.nationalNumber };
}

function parseDigits(digits: string, written: string, region: CountryCode | undefined): ParsedRecipient {
	if (digits.startsWith('+')) return international(digits.slice(1), written, true);
	if (digits.startsWith('00')) return international(digits.slice(2), written, false);
	if (digits.startsWith('0')) return national(digits, written, region);

	const found = international(digits, written, false);
	if (!region || parseMobile(`+${digits}`)?.isValid()) return found;
	const local = parseMobile(digits, region);
	if (!local?.isValid() || local.number === `+${digits}`) return found;
	if (!found.ok) return phone(local.number.slice(1));
	return refused(
		`"${written}" may be a number abroad or one in the Default Country (${region}) without its 0. Write it with + and its country code`,
	);
}

function international(digits: string, written: string, isMarked: boolean): ParsedRecipient {
	if (isMexicanMobile(digits)) return phone(digits);
	const canBe = /^[1-9]\d{0,14}$/.test(digits);
	const parsed = canBe ? parsePhoneNumberFromString(`+${digits}`) : undefined;
	// With a "+" the writer vouches for the country; without one only a valid number counts, since a national number
	// without its 0 may look like another country's.
	const isKnown = parsed !== undefined && (isMarked ? parsed.isPossible() : parsed.isValid());
	// A number whose national part was changed by parsing (a doubled trunk 0) is not the one that was written.
	if (!isKnown || parsed.number !== `+${digits}`) {
		return refused(
			`"${written}" is not a valid international phone number. Write it with its country code, for example 6281234567890 (with + in front if you are sure), or set Default Country for national numbers`,
		);
	}
	return phone(digits);
}

/** WhatsApp knows Mexican mobiles by the "1" after the country code that Mexico itself gave up in 2019. */
function isMexicanMobile(digits: string): boolean {
	const written = /^521(\d{10})$/.exec(digits);
	return written !== null && parsePhoneNumberFromString(`+52${written[1]}`)?.isValid() === true;
}

function national(digits: string, written: string, region: CountryCode | undefined): ParsedRecipient {
	if (!region) {
		return refused(
			`"${written}" has no country code. Write it in full, for example 6281234567890, or set Default Country in the credential or the options`,
		);
	}
	const parsed = parsePhoneNumberFromString(digits, region);
	if (!parsed?.isValid()) {
		return refused(`"${written}" is not a valid phone number in the Default Country (${region})`);
	}
	return phone(parsed.number.slice(1));
}

function parseId(id: string): ParsedRecipient {
	const user = id.slice(0, id.lastIndexOf('@'));
	const kind = kindOfId(id);
	if (kind === undefined) return refused(`"${id}" is neither a phone number nor a WhatsApp id`);
	if (kind === 'person') {
		// A linked device is written 62812…:7@s.whatsapp.net; the person is the part before the colon.
		const digits = user.split(':')[0] ?? '';
		return /^[1-9]\d{4,14}$/.test(digits) ? phone(digits) : refused(`"${id}" is not a WhatsApp id`);
	}
	const isId = /^\d+([:-]\d+)*$/.test(user) || id === 'status@broadcast';
	return isId ? { ok: true, recipient: { kind, id } } : refused(`"${id}" is not a WhatsApp id`);
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
