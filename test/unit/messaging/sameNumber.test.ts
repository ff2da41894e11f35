import * as fc from 'fast-check';
import { getCountries, getExampleNumber } from 'libphonenumber-js';
import examples from 'libphonenumber-js/examples.mobile.json';
import { canonicalNumber, People } from '../../../nodes/shared/messaging/sameNumber';

/** A different way to write the number: none of them changes whose it is. */
const WAYS: Array<(digits: string) => string> = [
	(digits) => digits,
	(digits) => `+${digits}`,
	(digits) => `00${digits}`,
	(digits) => `+${digits.slice(0, 2)} ${digits.slice(2, 5)}-${digits.slice(5)}`,
	(digits) => `\u202A+${digits}\u202C`,
	(digits) => `${digits}@s.whatsapp.net`,
	(digits) => `${digits}@c.us`,
	(digits) => `${digits}@hosted`,
	(digits) => `${digits}:7@s.whatsapp.net`,
	(digits) => `${digits}_1:12@s.whatsapp.net`,
	(digits) => `${digits}:7`,
];

describe('numbers of one person', () => {
	it.each([
		['a Brazilian mobile', '5511987654321', '551187654321'],
		['a Brazilian mobile elsewhere', '5585961234567', '558561234567'],
		['a Mexican mobile', '5215512345678', '525512345678'],
		['an Argentine mobile', '5491123456789', '541123456789'],
		['an Ivorian number of Moov', '2250101234567', '22501234567'],
		['an Ivorian number of MTN', '2250505123456', '22505123456'],
		['an Ivorian number of Orange', '2250707123456', '22507123456'],
		['an Ivorian landline', '2252720123456', '22520123456'],
		['a Beninese number', '2290197123456', '22997123456'],
	])('%s: %s and %s', (_who, longer, shorter) => {
		const found = WAYS.flatMap((way) => [canonicalNumber(way(longer)), canonicalNumber(way(shorter))]);
		expect(found.every((digits) => digits !== null)).toBe(true);
		expect(new Set(found).size).toBe(1);
	});
});

describe('numbers of two people', () => {
	it.each([
		['Brazilian landlines never had a 9', '551132654321', '5511932654321'],
		['newer Brazilian mobiles begin with 9 and 1 to 5', '5511951234567', '551151234567'],
		['Mexican numbers of ten digits that begin with 1', '5215512345678', '5215512345679'],
		['an Ivorian prefix that no operator got', '2250907123456', '22507123456'],
		['a Beninese number with other digits in front', '2290297123456', '22997123456'],
		['a trunk 0 is a digit like others', '6281234567890', '62081234567890'],
		['another country', '6281234567890', '6081234567890'],
	])('%s: %s and %s', (_why, one, other) => {
		expect(canonicalNumber(one)).not.toBeNull();
		expect(canonicalNumber(one)).not.toBe(canonicalNumber(other));
	});
});

describe('people', () => {
	const isAmong = (one: string, other: string): boolean => {
		const people = new People();
		people.add(one);
		return people.has(other);
	};

	it.each([
		['5511987654321', '551187654321'],
		['5215512345678', '525512345678'],
		['5491123456789', '541123456789'],
		['2250101234567', '22501234567'],
		['2252720123456', '22520123456'],
		['2290197123456', '22997123456'],
	])('are found by the longer form and the shorter one: %s and %s', (longer, shorter) => {
		for (const [one, other] of [
			[longer, shorter],
			[shorter, longer],
			[longer, longer],
			[shorter, shorter],
		] as const) {
			for (const way of WAYS) expect(isAmong(one, way(other))).toBe(true);
		}
	});

	it('are not others whose operator has another prefix', () => {
		const prefixes = ['01', '05', '07', '21', '25', '27'];
		for (const one of prefixes) {
			for (const other of prefixes) {
				expect([one, other, isAmong(`225${one}12345678`, `225${other}12345678`)]).toEqual([
					one,
					other,
					one === other,
				]);
			}
		}
	});

	it('are never found by what is no number', () => {
		const people = new People();
		for (const written of ['', 'call me', '203948576102938@lid', '0812']) people.add(written);
		for (const written of ['', 'call me', '203948576102938@lid', '0812']) expect(people.has(written)).toBe(false);
	});
});

describe('what is no number', () => {
	it.each([
		'203948576102938@lid',
		'203948576102938@hosted.lid',
		'120363037968000000@g.us',
		'120363025246125486@newsletter',
		'status@broadcast',
		'6281234567890@example.com',
		'0812-3456-7890',
		'call me',
		'',
		' ',
		'+',
		'62812, 62813',
		'6.28123E+12',
		'1203630379680000000',
		'6'.repeat(100_000),
		`6281234567890${' '.repeat(600)}x`,
	])('%.40s', (written) => {
		expect(canonicalNumber(written)).toBeNull();
	});

	it('reads a number that a spreadsheet made a decimal one', () => {
		expect(canonicalNumber('6281234567890.0')).toBe('6281234567890');
	});
});

describe('the numbers of all countries', () => {
	const number = fc
		.tuple(fc.constantFrom(...getCountries()), fc.integer({ min: 0, max: 9999 }))
		.map(([country, tail]) => {
			const example = getExampleNumber(country, examples)?.number.slice(1) ?? '';
			return example.slice(0, -4) + String(tail).padStart(4, '0');
		});

	it('are the same in every writing', () => {
		fc.assert(
			fc.property(number, fc.constantFrom(...WAYS), (digits, way) => {
				expect(canonicalNumber(digits)).not.toBeNull();
				expect(canonicalNumber(way(digits))).toBe(canonicalNumber(digits));
			}),
			{ numRuns: 2_000 },
		);
	});

	it('are different ones where their countries have not renumbered', () => {
		const others = number.filter((digits) => !/^(55|52|54|225|229)/.test(digits));
		fc.assert(
			fc.property(others, others, (one, other) => {
				expect(canonicalNumber(one)).toBe(one);
				expect(canonicalNumber(one) === canonicalNumber(other)).toBe(one === other);
			}),
			{ numRuns: 2_000 },
		);
	});

	it('that are read once stay the same when they are read again', () => {
		fc.assert(
			fc.property(number, (digits) => {
				const first = canonicalNumber(digits) ?? '';
				expect(canonicalNumber(first)).toBe(first);
			}),
		);
	});

	it('whatever is written, an answer comes', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (written) => {
				expect(canonicalNumber(written) ?? '1234567').toMatch(/^[1-9]\d{4,14}$/);
			}),
		);
	});
});
