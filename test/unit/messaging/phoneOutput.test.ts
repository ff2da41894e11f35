import { phoneDigits, withPhone } from '../../../nodes/shared/messaging/phoneOutput';

it.each([
	['+995 (598) 464-533', '995598464533'],
	[' 6281234567890 ', '6281234567890'],
	[6281234567890, '6281234567890'],
	// What is no international number is not made one.
	['083894904575', '083894904575'],
	['628xxx', '628xxx'],
	['6281234567890@s.whatsapp.net', '6281234567890'],
	['6281234567890:12@s.whatsapp.net', '6281234567890'],
	['6281234567890@c.us', '6281234567890'],
	['203948576102938@lid', '203948576102938@lid'],
	// Longer than a phone number can be.
	['120363000000000001', '120363000000000001'],
	['', ''],
	[null, null],
	[undefined, undefined],
])('%j is returned as %j', (written, digits) => {
	expect(phoneDigits(written)).toBe(digits);
});

it('the number keeps its place', () => {
	expect(Object.entries(withPhone({ name: 'Sari', wa_number: '+6281234567890', age: 7 }, 'wa_number'))).toEqual([
		['name', 'Sari'],
		['phone', '6281234567890'],
		['age', 7],
	]);
});
