import { isSupportedCountry, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';

/** What a written recipient is. Ids keep their form; a phone number is digits with its country code, without "+". */
export type Recipient =
	| { kind: 'phone'; digits: string }
	| { kind: 'group' | 'channel' | 'lid' | 'broadcast'; id: string };

export type ParsedRecipient = { ok: true; recipient: Recipient } | { ok: false; problem: string };

/** Digits that are no address at all: what is left of a number that a spreadsheet has rounded. */
const SCIENTIFIC = /^\d+([.,]\d+)?e\+?\d+$/i;

/** Spaces of all kinds, marks that steer writing direction, zero-width characters. */
const INVISIBLE = /[\s\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0]/g;

/** Dashes and other signs with which people group digits. */
const GROUPING = /[-().\/\u00B7\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/g;

/**
 * Reads a recipient as people and spreadsheets write it. It never turns one valid international number into another:
 * the default country is only used for digits that carry none.
 *
 * - ids (`…@g.us`, `…@newsletter`, `…@lid`, `…@broadcast`) keep their form; the number of a user JID is its number;
 * - `+` or `00` in front: an international number;
 * - `0` in front: a national number of the default country, refused if there is none;
 * - anything else: an international number if it is a valid one, else a national one of the default country.
 *
 * @param defaultCountry two letters (ISO 3166-1), e.g. `ID`
 */
export function parseRecipient(written: unknown, defaultCountry?: string): ParsedRecipient {
	const text = asText(written);
	if (text === undefined) return refused('give it as text, for example 6281234567890');
	const bare = text.normalize('NFKC').replace(INVISIBLE, '');
	if (bare === '') return refused('it is empty. Give a phone number with its country code, for example 6281234567890');
	if (SCIENTIFIC.test(bare)) {
		return refused(`"${bare}" was rounded by a spreadsheet. Format its column as text`);
	}
	if (bare.includes('@')) return parseId(bare);

	const digits = toAscii(bare.replace(GROUPING, ''));
	if (!/^\+?\d+$/.test(digits)) {
		return refused(`"${bare}" is not a phone number. Use digits with the country code, for example 6281234567890`);
	}
	return parseDigits(digits, bare, country(defaultCountry));
}

function parseDigits(digits: string, written: string, region: CountryCode | undefined): ParsedRecipient {
	if (digits.startsWith('+')) return international(digits.slice(1), written, true);
	if (digits.startsWith('00')) return international(digits.slice(2), written, false);
	if (digits.startsWith('0')) return national(digits, written, region);

	const found = international(digits, written, false);
	if (found.ok || !region) return found;
	const local = national(digits, written, region);
	return local.ok ? local : found;
}

function international(digits: string, written: string, isMarked: boolean): ParsedRecipient {
	const parsed = digits.startsWith('0') ? undefined : parsePhoneNumberFromString(`+${digits}`);
	// With a "+" the writer vouches for the country; without one only a valid number counts, since a national number
	// without its 0 may look like another country's.
	const isKnown = parsed !== undefined && (isMarked ? parsed.isPossible() : parsed.isValid());
	// A number whose national part was changed by parsing (a doubled trunk 0) is not the one that was written.
	if (!isKnown || parsed.number !== `+${digits}`) {
		return refused(
			`"${written}" is not a valid international phone number. Write it with its country code, for example 6281234567890, or choose a Default Country for national numbers`,
		);
	}
	return { ok: true, recipient: { kind: 'phone', digits } };
}

function national(digits: string, written: string, region: CountryCode | undefined): ParsedRecipient {
	if (!region) {
		return refused(
			`"${written}" has no country code. Write it in full, for example 6281234567890, or choose a Default Country in the options`,
		);
	}
	const parsed = parsePhoneNumberFromString(digits, region);
	if (!parsed?.isValid()) {
		return refused(`"${written}" is not a valid phone number in the Default Country (${region})`);
	}
	return { ok: true, recipient: { kind: 'phone', digits: parsed.number.slice(1) } };
}

function parseId(id: string): ParsedRecipient {
	const at = id.lastIndexOf('@');
	const user = id.slice(0, at);
	switch (id.slice(at + 1).toLowerCase()) {
		case 'g.us':
			return { ok: true, recipient: { kind: 'group', id } };
		case 'newsletter':
			return { ok: true, recipient: { kind: 'channel', id } };
		case 'lid':
			return { ok: true, recipient: { kind: 'lid', id } };
		case 'broadcast':
			return { ok: true, recipient: { kind: 'broadcast', id } };
		case 's.whatsapp.net':
		case 'c.us': {
			// A linked device is written 62812…:7@s.whatsapp.net; the person is the part before the colon.
			const digits = user.split(':')[0] ?? '';
			if (/^\d{5,15}$/.test(digits)) return { ok: true, recipient: { kind: 'phone', digits } };
			return refused(`"${id}" is not a WhatsApp id`);
		}
		default:
			return refused(`"${id}" is neither a phone number nor a WhatsApp id`);
	}
}

function country(code: string | undefined): CountryCode | undefined {
	const upper = code?.trim().toUpperCase();
	return upper && isSupportedCountry(upper) ? upper : undefined;
}

function asText(written: unknown): string | undefined {
	if (typeof written === 'string') return written;
	return typeof written === 'number' && Number.isSafeInteger(written) ? String(written) : undefined;
}

/** Arabic and Persian digits as 0–9; full-width ones are already. */
function toAscii(text: string): string {
	return text.replace(/[\u0660-\u0669\u06F0-\u06F9]/g, (digit) =>
		String((digit.codePointAt(0) ?? 0) & 0xf),
	);
}

function refused(problem: string): ParsedRecipient {
	return { ok: false, problem };
}
