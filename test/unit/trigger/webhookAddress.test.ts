import * as fc from 'fast-check';
import {
	addressToRegister,
	isTooLong,
	isUpToDate,
	memoryOf,
	nameOf,
	ownership,
	webhookSecret,
} from '../../../nodes/shared/trigger/register/webhookAddress';

const ID = '11111111-1111-4111-8111-111111111111';
const PRODUCTION = `https://n8n.example.com/webhook/${ID}/webhook`;
const TEST = `https://n8n.example.com/webhook-test/${ID}/webhook`;

const secret = fc.stringMatching(/^[A-Za-z0-9_-]{32}$/);
const previous = fc.oneof(
	fc.webUrl({ withQueryParameters: true, withFragments: true }),
	fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => `https://x.example/${text}`),
);

describe('addressToRegister', () => {
	it('remembers any address to the letter, and is ours and up to date', () => {
		fc.assert(
			fc.property(
				secret,
				fc.option(previous, { nil: undefined }),
				fc.constantFrom(PRODUCTION, TEST),
				(own, replaced, base) => {
					const address = addressToRegister(base, own, { previous: replaced });
					expect(memoryOf(address).previous).toBe(replaced);
					expect(ownership(address, base)).toBe('same');
					expect(isUpToDate(address, base, own)).toBe(true);
					expect(isUpToDate(address, base, `${own}x`)).toBe(false);
					expect(new URL(address).searchParams.get('secret')).toBe(own);
				},
			),
		);
	});

	it('that is longer than providers keep is reported', () => {
		fc.assert(
			fc.property(fc.integer({ min: 30, max: 4_000 }), (length) => {
				const start = 'https://crm.example.org/?x=';
				const address = addressToRegister(PRODUCTION, 's'.repeat(32), {
					previous: start + 'y'.repeat(length - start.length),
				});
				expect(address.length < 2_000 || isTooLong(address)).toBe(true);
				expect(address.length > 1_000 || !isTooLong(address)).toBe(true);
			}),
		);
	});

	it('works for addresses of n8n with a path in front and without a secret', () => {
		const base = `http://localhost:5678/n8n/webhook/${ID}/webhook`;
		expect(addressToRegister(base, undefined)).toBe(base);
		expect(
			ownership(addressToRegister(base, undefined), `http://localhost:5678/n8n/webhook-test/${ID}/webhook`),
		).toBe('otherMode');
	});
});

describe('ownership', () => {
	it.each([
		[undefined, 'none'],
		['', 'none'],
		[' \n', 'none'],
		[PRODUCTION, 'same'],
		[`${PRODUCTION}?secret=x&prev=y`, 'same'],
		[TEST, 'otherMode'],
		['https://other.example.com' + new URL(PRODUCTION).pathname, 'foreign'],
		['https://n8n.example.com/webhook/another-id/webhook', 'foreign'],
		['https://crm.example.org/hook', 'foreign'],
		['no address', 'foreign'],
		['n8n.example.com/webhook', 'foreign'],
	])('of %j is "%s"', (address, expected) => {
		expect(ownership(address, PRODUCTION)).toBe(expected);
	});

	it('of anything in the slot is shown without failing', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.webUrl()), (address) => {
				expect(['none', 'foreign']).toContain(ownership(address, PRODUCTION));
				expect(typeof nameOf(address)).toBe('string');
				expect(Object.keys(memoryOf(address))).toEqual(['previous', 'production']);
			}),
		);
	});
});

describe('the secret in the address', () => {
	it('differs for each credential, workflow and node, and is the same each time', () => {
		const secrets = [
			webhookSecret(['key'], 'w1', 'n1'),
			webhookSecret(['key'], 'w1', 'n2'),
			webhookSecret(['key'], 'w2', 'n1'),
			webhookSecret(['other'], 'w1', 'n1'),
			webhookSecret(['key', 'other'], 'w1', 'n1'),
		];
		expect(new Set(secrets).size).toBe(secrets.length);
		expect(webhookSecret(['key'], 'w1', 'n1')).toBe(secrets[0]);
		for (const each of secrets) expect(each).toMatch(/^[\w-]{32}$/);
	});

	it('is not shown in messages', () => {
		expect(nameOf(addressToRegister(PRODUCTION, 'secret-value', { previous: 'https://crm.example.org/x' }))).toBe(
			`${PRODUCTION}?…`,
		);
	});
});
