import * as fc from 'fast-check';
import { getCountries, getExampleNumber, parsePhoneNumberFromString } from 'libphonenumber-js';
import examples from 'libphonenumber-js/examples.mobile.json';
import { parsePhoneNumberFromString as parseMobileNumber } from 'libphonenumber-js/mobile';
import { type ParsedRecipient, parseRecipient } from '../../../nodes/shared/messaging/phoneNumber';
import { processorMs } from '../../support/processorTime';

const COUNTRIES = getCountries();

/** Marks and spaces that copying leaves in a number. */
const MARKS = ['\u200E', '\u200F', '\u202A', '\u202C', '\u2068', '\u2069', '\u200B', '\uFEFF', '\u00AD', '\u00A0'];
const SEPARATORS = ['', ' ', '-', '\u2011', '\u2009', '\u202F', '\u2013', ...MARKS];

/** Valid international mobile numbers of all countries, as digits. */
const internationalNumber = fc
	.tuple(fc.constantFrom(...COUNTRIES), fc.integer({ min: 0, max: 9999 }))
	.map(([country, tail]) => {
		const example = getExampleNumber(country, examples)?.number.slice(1) ?? '';
		const varied = example.slice(0, -4) + String(tail).padStart(4, '0');
		const parsed = parsePhoneNumberFromString(`+${varied}`);
		return parsed?.isValid() && parsed.number === `+${varied}` ? varied : example;
	});

const defaultCountry = fc.option(fc.constantFrom<string>(...COUNTRIES), { nil: undefined });

/** The same text with separators between its characters. */
function grouped(text: string, separators: readonly string[]): string {
	return [...text].map((character, index) => character + (separators[index] ?? '')).join('');
}

const phone = (digits: string): ParsedRecipient => ({ ok: true, recipient: { kind: 'phone', digits } });

/**
 * Digits without a mark that are a landline abroad and a mobile of the default country without its 0 cannot be told:
 * refusing them is right, another number never is. Without a default country nothing is in doubt.
 */
function expectSameOrRefused(parsed: ParsedRecipient, digits: string, country: string | undefined): void {
	if (!parsed.ok && country !== undefined) {
		expect(parsed.problem).toMatch(/may be a foreign number/);
	} else {
		expect(parsed).toEqual(phone(digits));
	}
}

describe('valid international numbers of all countries', () => {
	it('stay the same number in every writing and with every default country', () => {
		fc.assert(
			fc.property(
				internationalNumber,
				defaultCountry,
				fc.constantFrom('+', '00', ''),
				fc.array(fc.constantFrom(...SEPARATORS), { maxLength: 20 }),
				(digits, country, prefix, separators) => {
					const written = grouped(prefix + digits, separators);
					if (prefix === '') expectSameOrRefused(parseRecipient(written, country), digits, country);
					else expect(parseRecipient(written, country)).toEqual(phone(digits));
				},
			),
			{ numRuns: 2_000 },
		);
	});

	it('stay the same as a number, a user id or the id of a linked device', () => {
		fc.assert(
			fc.property(
				internationalNumber,
				defaultCountry,
				fc.constantFrom('@s.whatsapp.net', '@c.us', ':7@s.whatsapp.net'),
				(digits, country, suffix) => {
					expectSameOrRefused(parseRecipient(Number(digits), country), digits, country);
					expect(parseRecipient(digits + suffix, country)).toEqual(phone(digits));
				},
			),
			{ numRuns: 500 },
		);
	});

	it('are accepted again as they were returned', () => {
		fc.assert(
			fc.property(internationalNumber, defaultCountry, defaultCountry, (digits, one, other) => {
				const first = parseRecipient(`+${digits}`, one);
				const again = first.ok && first.recipient.kind === 'phone' ? first.recipient.digits : '';
				expectSameOrRefused(parseRecipient(again, other), digits, other);
			}),
			{ numRuns: 500 },
		);
	});
});

describe('national numbers with their trunk prefix', () => {
	it('become the international number of the default country', () => {
		const withTrunkZero = COUNTRIES.filter((country) => {
			const example = getExampleNumber(country, examples);
			return example?.formatNational().replace(/\D/g, '') === `0${example?.nationalNumber}`;
		});
		expect(withTrunkZero.length).toBeGreaterThan(50);
		for (const country of withTrunkZero) {
			const example = getExampleNumber(country, examples);
			expect([country, parseRecipient(example?.formatNational(), country)]).toEqual([
				country,
				{ ok: true, recipient: { kind: 'phone', digits: example?.number.slice(1) } },
			]);
			expect([country, parseRecipient(example?.formatNational()).ok]).toEqual([country, false]);
		}
	});

	it('are of the default country or refused, however the digits fall', () => {
		fc.assert(
			fc.property(fc.constantFrom(...COUNTRIES), fc.stringMatching(/^0[1-9]\d{5,11}$/), (country, written) => {
				const parsed = parseRecipient(written, country);
				if (!parsed.ok || parsed.recipient.kind !== 'phone') return;
				const dialled = parsePhoneNumberFromString(written, country);
				expect(`+${parsed.recipient.digits}`).toBe(dialled?.number);
			}),
			{ numRuns: 1_000 },
		);
	});
});

describe('Indonesian mobile numbers as people there write them', () => {
	/** Without country code and trunk 0. */
	const indonesian = fc
		.tuple(
			fc.constantFrom('811', '812', '813', '821', '851', '857', '878', '895', '896'),
			fc.stringMatching(/^\d{6,8}$/),
		)
		.map(([operator, rest]) => operator + rest)
		.filter((national) => parsePhoneNumberFromString(`+62${national}`)?.isValid() === true);
	const wrapped = (text: string, [open, close]: readonly [string, string]) => `${open}${text}${close}`;
	const marks = fc.constantFrom<[string, string]>(
		['', ''],
		['\u202A', '\u202C'],
		['\u200E', ''],
		[' ', '\u00A0'],
		['\uFEFF', ''],
	);
	const separators = fc.array(fc.constantFrom('', '', ' ', '-', '\u2011'), { maxLength: 15 });

	it.each(['0', '62', '+62', '0062', '+62 0', '62(0)'])(
		'%s…: that number, or refused where the 0 follows the country code',
		(prefix) => {
			const hasDoubledZero = /62\D*0/.test(prefix);
			fc.assert(
				fc.property(indonesian, marks, separators, (national, pair, between) => {
					const written = wrapped(prefix + grouped(national, between), pair);
					const parsed = parseRecipient(written, 'ID');
					if (!hasDoubledZero || parsed.ok) expect(parsed).toEqual(phone(`62${national}`));
				}),
				{ numRuns: 500 },
			);
		},
	);

	it('8…, whose 0 a spreadsheet dropped: that number, or refused, or the mobile abroad that it also is', () => {
		fc.assert(
			fc.property(indonesian, (national) => {
				const parsed = parseRecipient(national, 'ID');
				const abroad = parseMobileNumber(`+${national}`)?.isValid() === true;
				if (parsed.ok) expect(parsed).toEqual(phone(abroad ? national : `62${national}`));
			}),
			{ numRuns: 1_000 },
		);
	});

	it('0… and 8… without a default country are never completed', () => {
		fc.assert(
			fc.property(indonesian, (national) => {
				expect(parseRecipient(`0${national}`).ok).toBe(false);
				const parsed = parseRecipient(national);
				if (parsed.ok) expect(parsed).toEqual(phone(national));
			}),
			{ numRuns: 500 },
		);
	});
});

describe('the default country', () => {
	it('is never put before digits that carry a country code, also where the result would be a valid number', () => {
		// "60123456789" with ID could be +6260123456789, "995598464533" with RU +7995598464533.
		fc.assert(
			fc.property(internationalNumber, fc.constantFrom<string>(...COUNTRIES), (digits, country) => {
				const parsed = parseRecipient(digits, country);
				if (parsed.ok) expect(parsed).toEqual(phone(digits));
			}),
			{ numRuns: 2_000 },
		);
	});

	it('is never put before 00 and a country code', () => {
		fc.assert(
			fc.property(internationalNumber, fc.constantFrom<string>(...COUNTRIES), (digits, country) => {
				expect(parseRecipient(`00${digits}`, country)).toEqual(phone(digits));
			}),
			{ numRuns: 1_000 },
		);
	});

	it('makes no phone number of the digits of a group, a channel or a list, whose suffix was lost', () => {
		const ids = fc.oneof(
			fc.stringMatching(/^120363\d{12}$/),
			fc.stringMatching(/^[1-9]\d{9,14}-1[3-7]\d{8}$/),
			fc.stringMatching(/^[1-9]\d{15,19}$/),
		);
		fc.assert(
			fc.property(ids, defaultCountry, (id, country) => {
				expect(parseRecipient(id, country).ok).toBe(false);
			}),
			{ numRuns: 1_000 },
		);
	});
});

describe('ids of groups, channels, lists and LIDs', () => {
	const user = fc.oneof(
		fc.stringMatching(/^[1-9]\d{5,19}$/),
		fc.stringMatching(/^[1-9]\d{8,14}-\d{10}$/),
		internationalNumber,
	);
	const domain = fc.constantFrom(
		['g.us', 'group'],
		['newsletter', 'channel'],
		['lid', 'lid'],
		['broadcast', 'broadcast'],
	);

	it('are never changed, whatever the default country', () => {
		fc.assert(
			fc.property(user, domain, defaultCountry, (name, [host, kind], country) => {
				const id = `${name}@${host}`;
				expect(parseRecipient(id, country)).toEqual({ ok: true, recipient: { kind, id } });
			}),
		);
	});

	it('lose the invisible marks around them and nothing else', () => {
		fc.assert(
			fc.property(user, domain, fc.constantFrom(...MARKS), (name, [host], mark) => {
				const id = `${name}@${host}`;
				const parsed = parseRecipient(`${mark}${id}${mark} `);
				expect(parsed).toMatchObject({ ok: true, recipient: { id } });
			}),
		);
	});
});

describe('anything at all', () => {
	const pieces = fc.constantFrom(
		...['0', '1', '2', '6', '7', '8', '62', '812', '+', '00', '@', ' ', '-', '.', ',', 'e', 'E+', ':', '/'],
		...['g.us', 'lid', 'c.us', 's.whatsapp.net', 'newsletter', 'broadcast', 'x', '٣', '٩', '\u202A', '\u0000'],
	);
	const written: fc.Arbitrary<unknown> = fc.oneof(
		fc.array(pieces, { maxLength: 24 }).map((parts) => parts.join('')),
		fc.string({ unit: 'binary' }),
		fc.double(),
		fc.maxSafeInteger(),
		fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true, withSparseArray: true }),
	);
	const anyCountry = fc.oneof(defaultCountry, fc.string({ maxLength: 4 }));

	it('gives digits, an id, or a problem in words, and never throws', () => {
		fc.assert(
			fc.property(written, anyCountry, (value, country) => {
				const parsed = parseRecipient(value, country);
				if (!parsed.ok) {
					expect(parsed.problem).toMatch(/\S/);
				} else if (parsed.recipient.kind === 'phone') {
					expect(parsed.recipient.digits).toMatch(/^[1-9]\d{4,14}$/);
				} else {
					expect(parsed.recipient.id).toMatch(/^(\d[\d:-]*|status)@[a-z.]+$/i);
				}
			}),
			{ numRuns: 3_000 },
		);
	});

	it('answers quickly to very long texts', async () => {
		for (const piece of ['6', '0', '+', '@', '.', 'e', ' ', '6.', '\u202A'])
			expect(await processorMs(() => parseRecipient(piece.repeat(100_000), 'ID'))).toBeLessThan(5_000);
	});
});
