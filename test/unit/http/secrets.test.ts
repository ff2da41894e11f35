import * as fc from 'fast-check';
import { isSecretRight, maskerFor, withoutSecrets } from '../../../nodes/shared/http/secrets';
import { processorMs } from '../../support/processorTime';

/** Secrets as providers make them. */
const secret = fc.stringMatching(/^[A-Za-z0-9+/=_.~!*'()$ -]{8,40}$/).filter((value) => value.trim() === value);
/** Text that holds no secret itself. */
const around = fc.stringMatching(/^[#\n<>]{0,20}$/);

describe('withoutSecrets', () => {
	it('takes every secret out, written as it is or as in an address', () => {
		fc.assert(
			fc.property(
				fc.array(secret, { minLength: 1, maxLength: 4 }),
				fc.array(around, { minLength: 5, maxLength: 5 }),
				fc.boolean(),
				(secrets, parts, asAddress) => {
					const echoed = secrets.map((value) => (asAddress ? encodeURIComponent(value) : value));
					const words = parts.map((part, index) => part + (echoed[index] ?? '')).join('');
					const clean = withoutSecrets(words, secrets);
					for (const value of echoed) expect(clean).not.toContain(value);
				},
			),
		);
	});

	it('leaves the other words alone', () => {
		expect(withoutSecrets('key abcd1234 is not valid', ['abcd1234'])).toBe('key *** is not valid');
		expect(withoutSecrets('nothing here', ['abcd1234', ''])).toBe('nothing here');
		expect(withoutSecrets('no is no', ['no'])).toBe('no is no');
	});

	it('takes out a secret that holds another one', () => {
		expect(withoutSecrets('abcd1234-extra', ['abcd1234', 'abcd1234-extra'])).toBe('***');
	});

	it('does not read signs of a secret as a pattern', () => {
		expect(withoutSecrets('a.c$&+(x) axc$&+(x)', ['a.c$&+(x)'])).toBe('*** axc$&+(x)');
	});

	it.each([
		[
			'as in a form, with + for a space',
			'pass word/1',
			(value: string) => new URLSearchParams({ v: value }).toString().slice(2),
		],
		[
			'as in a URL made by URLSearchParams',
			"key!'()*~1",
			(value: string) => new URLSearchParams({ v: value }).toString().slice(2),
		],
		['as in JSON', 'pass"word\\1', (value: string) => JSON.stringify(value).slice(1, -1)],
		['with lower-case percent codes', 'abc+/=xyz', (value: string) => encodeURIComponent(value).toLowerCase()],
	])('takes out a secret written %s', (_way, value, write) => {
		expect(withoutSecrets(`x ${write(value)} y`, [value])).toBe('x *** y');
	});

	const percent = (text: string): string =>
		[...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
	const units = (text: string, write: (code: string) => string): string =>
		[...Array(text.length).keys()].map((index) => write(text.charCodeAt(index).toString(16))).join('');
	const ways: Array<[string, (value: string) => string]> = [
		['base64', (value) => Buffer.from(value).toString('base64')],
		['base64 for addresses', (value) => Buffer.from(value).toString('base64url')],
		['base64 in an address', (value) => encodeURIComponent(Buffer.from(value).toString('base64'))],
		['hexadecimal digits', (value) => Buffer.from(value).toString('hex')],
		['hexadecimal digits in capitals', (value) => Buffer.from(value).toString('hex').toUpperCase()],
		[
			'HTML',
			(value) =>
				value
					.replaceAll('&', '&amp;')
					.replaceAll('<', '&lt;')
					.replaceAll('"', '&quot;')
					.replaceAll("'", '&#039;'),
		],
		[
			'HTML, each character by its number',
			(value) => [...value].map((each) => `&#${each.codePointAt(0)};`).join(''),
		],
		['HTML, each character by its hexadecimal number', (value) => units(value, (code) => `&#x${code};`)],
		['HTML in HTML', (value) => value.replaceAll('&', '&amp;amp;').replaceAll('<', '&amp;lt;')],
		['JSON, each character escaped', (value) => units(value, (code) => `\\u${code.padStart(4, '0')}`)],
		['JSON as PHP writes it', (value) => JSON.stringify(value).slice(1, -1).replaceAll('/', '\\/')],
		['JSON in JSON', (value) => JSON.stringify(JSON.stringify(value)).slice(3, -3)],
		['JavaScript', (value) => units(value, (code) => `\\x${code.padStart(2, '0')}`)],
		['an address, each character escaped', percent],
		['an address, twice', (value) => encodeURIComponent(encodeURIComponent(value))],
		['an address, three times', (value) => encodeURIComponent(encodeURIComponent(encodeURIComponent(value)))],
		[
			'HTML, the signs by their names',
			(value) => {
				const names = Object.entries({ _: 'lowbar', '+': 'plus', '/': 'sol', '=': 'equals', '.': 'period' });
				const whole = value.replaceAll('&', '&amp;');
				return names.reduce((text, [sign, name]) => text.replaceAll(sign, `&${name};`), whole);
			},
		],
		[
			'HTML, by numbers with zeros before them',
			(value) => [...value].map((each) => `&#${String(each.codePointAt(0)).padStart(9, '0')};`).join(''),
		],
		['HTML, by hexadecimal numbers with zeros', (value) => units(value, (code) => `&#X0000${code};`)],
		[
			'HTML, by numbers without a semicolon',
			(value) => [...value].map((each) => `&#${each.codePointAt(0)}`).join(''),
		],
		['JavaScript with braces', (value) => units(value, (code) => `\\u{${code}}`)],
		['an address of old', (value) => units(value, (code) => `%u${code.padStart(4, '0')}`)],
		['an address, four times', (value) => percent(value).replaceAll('%', '%252525')],
		[
			'hexadecimal digits of both cases',
			(value) =>
				Buffer.from(value)
					.toString('hex')
					.replace(/[a-f]./g, (pair) => pair[0]?.toUpperCase() + pair.slice(1)),
		],
		...[' ', ':', '-'].map((sign): [string, (value: string) => string] => [
			`hexadecimal digits with "${sign}" between the bytes`,
			(value) => [...Buffer.from(value)].map((byte) => byte.toString(16).padStart(2, '0')).join(sign),
		]),
		[
			'base64 in lines',
			(value) =>
				Buffer.from(value)
					.toString('base64')
					.replace(/.{8}(?=.)/g, '$&\r\n'),
		],
		['base64 of base64', (value) => Buffer.from(Buffer.from(value).toString('base64')).toString('base64')],
		[
			'a form, then an address',
			(value) => encodeURIComponent(new URLSearchParams({ v: value }).toString().slice(2)),
		],
	];
	describe.each(ways)('written as %s', (_way, write) => {
		it.each(['sk_live-0123456789abcdef', 'p/q+r=s&t"u<v\'w\\x y', 'bps_pat_A1b2C3', 'kode rahasia/1'])(
			'%s is taken out',
			(value) => {
				const clean = withoutSecrets(`before ${write(value)} after`, ['other-secret', value]);
				expect(clean).toBe('before *** after');
			},
		);

		it('whatever it is made of', () => {
			fc.assert(
				fc.property(secret, (value) => {
					const written = write(value);
					const clean = withoutSecrets(`(${written})`, [value]);
					expect(clean).toContain('***');
					expect(clean.length).toBeLessThanOrEqual('(***)'.length);
				}),
				{ numRuns: 30 },
			);
		});
	});

	it.each<[string, string, (value: string) => string]>([
		['base64 with a user before it', 'user:', (value) => Buffer.from(`user:${value}`).toString('base64')],
		['base64 with "Bearer" before it', 'Bearer ', (value) => Buffer.from(`Bearer ${value}`).toString('base64')],
		['base64 with more behind it', ':more', (value) => Buffer.from(`${value}:more`).toString('base64')],
		[
			'base64 with a user before it, again in base64',
			'user:',
			(value) => Buffer.from(Buffer.from(`user:${value}`).toString('base64')).toString('base64'),
		],
	])('written as %s: nothing is left to decode it from', (_way, surroundings, write) => {
		fc.assert(
			fc.property(secret, (value) => {
				const clean = withoutSecrets(`(${write(value)})`, [value]);
				expect(clean).toContain('***');
				for (const left of clean.split(/[^\w+/=-]+/)) {
					// Whoever reads what is left finds at most two characters of the value, except those that the surroundings hold as well.
					const decoded = Buffer.from(left, 'base64').toString('latin1');
					for (let at = 0; at + 3 <= value.length; at++) {
						const part = value.slice(at, at + 3);
						if (!surroundings.includes(part)) expect(decoded).not.toContain(part);
					}
				}
			}),
			{ numRuns: 50, examples: [["earaa'!__aa"], ['user:more Bearer']] },
		);
	});

	it('does not take ordinary words for a secret in base64', () => {
		expect(withoutSecrets('The message was queued for 6281234567890', ['abcd', 'zzzz'])).toBe(
			'The message was queued for 6281234567890',
		);
	});

	it('cuts what it returns, and never a secret', () => {
		const value = 'x'.repeat(40) + 'SECRET';
		const mask = maskerFor([value]);
		for (let most = 0; most < 200; most += 7) {
			const clean = mask(`${'word '.repeat(3)}${value}`.repeat(30), most);
			expect(clean).not.toMatch(/x/);
			expect(clean.length).toBeLessThanOrEqual(most + 3);
		}
	});

	it('takes a time that grows with the text alone', async () => {
		const mask = maskerFor(['bps_pat_Ab+c/d=12', 'https://example.com/a?b=c&d', 'x'.repeat(60)]);
		for (const piece of ['&', '%25', '\\\\', '&#', '&#x0', '&#0', '\\u{0', '78 ', '7', 'eHh4', 'x', '\r\n']) {
			expect(await processorMs(() => mask(piece.repeat(30_000)))).toBeLessThan(5_000);
		}
	});

	it('does not fail on any text or secret', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), fc.array(fc.string({ unit: 'binary' })), (words, secrets) => {
				expect(typeof withoutSecrets(words, secrets)).toBe('string');
			}),
		);
		expect(withoutSecrets('words', ['\uD800\uD800\uD800\uD800'])).toBe('words');
	});
});

describe('a secret', () => {
	it('is right only as it is', () => {
		fc.assert(
			fc.property(fc.anything(), fc.string({ minLength: 1 }), (given, right) => {
				expect(isSecretRight(given, right)).toBe(given === right);
				expect(isSecretRight(right, right)).toBe(true);
			}),
		);
		expect(isSecretRight(['a'], 'a')).toBe(false);
	});
});
