import * as fc from 'fast-check';
import { isSecretRight, withoutSecrets } from '../../../nodes/shared/http/secrets';

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
