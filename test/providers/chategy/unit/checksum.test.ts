import * as fc from 'fast-check';
import { createHmac } from 'node:crypto';
import { checksumOf } from '../../../../nodes/Chategy/api/checksum';
import { signed } from '../../../../nodes/Chategy/fields/idempotency';

/** The key of the API reference's example in Ruby. */
const KEY = 'Z5F2idBj';

describe('the checksum', () => {
	it('of the text in the API reference is the digest in the API reference', () => {
		const parameters = { text: 'text', phone: '71233456789', external_id: '100' };
		expect(checksumOf(parameters, KEY)).toBe('ebb290126ea4302ebca339f5efe419b4a67edfe57e1ea844e7cec85ccef53f23');
	});

	it('of the parameters in the API reference uses the same method', () => {
		const parameters = { text: 'text', phone: '9951233456789', external_id: '100' };
		const expected = createHmac('sha256', KEY).update('1009951233456789text').digest('hex');
		expect(checksumOf(parameters, KEY)).toBe(expected);
	});

	it('joins lists and writes switches as words', () => {
		const parameters = { dispatch_routing: ['whatsapp', 'sms'], simulate_typing: false, absent: undefined };
		const expected = createHmac('sha256', KEY).update('whatsappsmsfalse').digest('hex');
		expect(checksumOf(parameters, KEY)).toBe(expected);
	});

	it('does not depend on the order of the parameters', () => {
		fc.assert(
			fc.property(
				fc.dictionary(fc.stringMatching(/^[a-z_]+$/), fc.string({ unit: 'grapheme' })),
				(parameters) => {
					const reversed = Object.fromEntries(Object.entries(parameters).reverse());
					expect(checksumOf(reversed, KEY)).toBe(checksumOf(parameters, KEY));
				},
			),
		);
	});
});

describe('a message', () => {
	const parameters = { text: 'hello', phone: '995598464533' };

	it('without a key is sent as it is', () => {
		expect(signed(parameters, undefined)).toEqual({ parameters, request: {} });
	});

	it('with a key gets an external ID, is signed, and may be sent again', () => {
		const whole = { ...parameters, external_id: 'own' };
		expect(signed(parameters, { ownId: () => 'own' })).toEqual({
			parameters: whole,
			request: {
				signed: true,
				repeatable: true,
				alreadyDoneStatus: 409,
			},
		});
	});

	it('keeps the external ID that the user gave', () => {
		const given = { ...parameters, external_id: 'order-1001' };
		expect(signed(given, { ownId: () => 'own' }).parameters).toEqual(given);
	});
});
