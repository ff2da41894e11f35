import { parseRecipient, splitNumber } from '../../../nodes/shared/messaging/phoneNumber';

/** The digits that a written number is taken for, or `refused`. */
function digitsOf(written: unknown, defaultCountry?: string): string {
	const parsed = parseRecipient(written, defaultCountry);
	if (!parsed.ok) return 'refused';
	return parsed.recipient.kind === 'phone' ? parsed.recipient.digits : parsed.recipient.kind;
}

function problemOf(written: unknown, defaultCountry?: string): string {
	const parsed = parseRecipient(written, defaultCountry);
	return parsed.ok ? '' : parsed.problem;
}

const INDONESIAN = '6281234567890';

describe('one number in the ways people write it', () => {
	it.each([
		['bare digits', '6281234567890'],
		['with plus and spaces', '+62 812-3456-7890'],
		['in brackets', '(62) 812 3456 7890'],
		['with dots', '62.812.3456.7890'],
		['with 00 in front', '0062 812 3456 7890'],
		['between marks of writing direction', '\u202A+62\u00A0812\u20113456\u20117890\u202C'],
		['with zero-width characters', '\u200B62812\u200D3456\u20607890\uFEFF'],
		['in full-width digits', '＋６２８１２３４５６７８９０'],
		['in Arabic digits', '+٦٢٨١٢٣٤٥٦٧٨٩٠'],
		['in Persian digits', '+۶۲۸۱۲۳۴۵۶۷۸۹۰'],
		['as a number', 6281234567890],
		['as a WhatsApp id', '6281234567890@s.whatsapp.net'],
		['as an older WhatsApp id', '6281234567890@c.us'],
		['as the id of a linked device', '6281234567890:12@s.whatsapp.net'],
	])('%s', (_way, written) => {
		for (const country of [undefined, 'ID', 'id', ' ID ', 'US', 'RU', 'ZZ', '']) {
			expect([country, digitsOf(written, country)]).toEqual([country, INDONESIAN]);
		}
	});
});

it.each(['+62 812-3456-789¹', '6281234567²', '+62 812 3456 789①', '+62 812-3456-789 ⑴', '6281234567₈', '4930123456⁷'])(
	'a sign that is no digit of the number makes no other number of it: %s',
	(written) => {
		for (const country of [undefined, 'ID', 'DE']) expect(digitsOf(written, country)).toBe('refused');
	},
);

describe('the default country', () => {
	it.each([
		['0812-3456-7890', 'ID', '6281234567890'],
		['012-345 6789', 'MY', '60123456789'],
		['0151 23456789', 'DE', '4915123456789'],
		['021 3456 7890', 'ID', '622134567890'],
		['8 999 111-22-33', 'RU', '79991112233'],
		['(202) 555-0123', 'US', '12025550123'],
		['011 62 812 3456 7890', 'US', '6281234567890'],
	])('completes the national number %s of %s', (written, country, expected) => {
		expect(digitsOf(written, country)).toBe(expected);
	});

	it.each(['0812-3456-7890', '0151 23456789'])('is needed for %s', (written) => {
		expect(problemOf(written)).toMatch(/Default Country/);
		expect(problemOf(written, 'ZZ')).not.toBe('');
	});

	it.each([
		['60123456789', 'ID'],
		['995598464533', 'RU'],
		['4915123456789', 'ID'],
		['553187654321', 'ID'],
	])('leaves the international number %s alone with %s', (written, country) => {
		expect(digitsOf(written, country)).toBe(written);
	});

	it.each(['812 3456 7890 12', '851 2345 6789', '895 1234 5678'])(
		'completes %s, whose 0 a spreadsheet dropped',
		(written) => {
			const digits = written.replace(/ /g, '');
			// Some of these are mobile numbers elsewhere as well; those may be refused, but not sent abroad as a landline.
			expect([`62${digits}`, 'refused', digits]).toContain(digitsOf(written, 'ID'));
		},
	);

	it.each([
		['81234567890', 'a landline in Japan'],
		['81345341700', 'a landline in Japan'],
		['85682247278', 'a landline in Laos'],
	])('does not send the Indonesian mobile number %s without its 0 to %s', (digits) => {
		expect([`62${digits}`, 'refused']).toContain(digitsOf(digits, 'ID'));
	});

	it.each([
		['62812345', 'an Indonesian number that was cut off'],
		['628123456', 'an Indonesian number that was cut off'],
		['601234567', 'a Malaysian number that lacks digits'],
		['6012345678', 'a Malaysian number that lacks digits'],
	])('does not turn %s, %s, into somebody else’s number', (digits) => {
		expect(digitsOf(digits, 'ID')).toBe('refused');
	});
});

describe('what spreadsheets make of numbers', () => {
	it.each(['6.28123E+12', '6,28123E+12', '6E12', '6.28123e+12'])('refuses %s and says why', (written) => {
		expect(problemOf(written, 'ID')).toMatch(/spreadsheet/);
	});

	it.each(['6281234567890.0', '628123456789.0', '+6281234567890.0', '6281234567890.00'])(
		'does not take the decimals of %s for digits of the number',
		(written) => {
			const number = written.split('.')[0]?.replace('+', '') ?? '';
			for (const country of [undefined, 'ID']) {
				expect([number, 'refused']).toContain(digitsOf(written, country));
			}
		},
	);

	it.each([Number.NaN, Infinity, 1e21, 6281234567890.5, -6281234567890])('refuses the number %s', (written) => {
		expect(problemOf(written, 'ID')).not.toBe('');
	});
});

describe('ids', () => {
	it.each([
		['120363037968000000@g.us', 'group'],
		['1203630000@g.us', 'group'],
		['6281234567890-1612345678@g.us', 'group'],
		['120363025246125486@newsletter', 'channel'],
		['184467440737095@lid', 'lid'],
		['184467440737095:3@lid', 'lid'],
		['status@broadcast', 'broadcast'],
		['1612345678@broadcast', 'broadcast'],
	])('keeps %s', (id, kind) => {
		for (const country of [undefined, 'ID', 'US']) {
			expect(parseRecipient(id, country)).toEqual({ ok: true, recipient: { kind, id } });
		}
	});

	it.each([
		['@g.us', 'nobody'],
		['@lid', 'nobody'],
		['sales team@g.us', 'words'],
		['120363037968000000@g.us,120363037968000001@g.us', 'two ids'],
		['6281234567890@c.us 120363037968000000@g.us', 'two ids'],
		['6281234567890@c.us,6281234567891@c.us', 'two ids'],
		['someone@example.com', 'an e-mail address'],
		['081234567890@c.us', 'a user id without country code'],
		['0@s.whatsapp.net', 'a system id'],
		['6281234567890@', 'nothing after the @'],
	])('refuses %s: %s', (written) => {
		expect(problemOf(written, 'ID')).not.toBe('');
	});
});

describe('what WhatsApp itself calls a number', () => {
	// Answering a message means to send to the number that the webhook gave.
	it.each([
		['5215512345678', 'Mexico, where ids carry a 1 after the 52'],
		['5491123456789', 'Argentina, where ids carry a 9 after the 54'],
		['551187654321', 'Brazil, where older ids lack the ninth digit'],
		['553187654321', 'Brazil, where older ids lack the ninth digit'],
	])('takes %s as it is: %s', (digits) => {
		for (const country of [undefined, 'ID', 'MX', 'BR', 'AR']) {
			expect([country, digitsOf(digits, country)]).toEqual([country, digits]);
		}
	});
});

describe('what an event gives', () => {
	const COUNTRIES = [undefined, 'ID', 'US', 'MX', 'AR', 'CI', 'BJ', 'GB'];

	it.each([
		['22507123456@s.whatsapp.net', '22507123456'],
		['22997123456@c.us', '22997123456'],
		['551187654321@hosted', '551187654321'],
		['62812345:7@s.whatsapp.net', '62812345'],
		['6281234567890_1:7@s.whatsapp.net', '6281234567890'],
		['99912345678@s.whatsapp.net', '99912345678'],
		['15551234567@s.whatsapp.net', '15551234567'],
	])('the number in %s is taken unjudged', (id, digits) => {
		for (const country of [...COUNTRIES, 'BR', 'CN', 'DE']) expect(digitsOf(id, country)).toBe(digits);
	});

	it.each([
		['22507123456', 'Ivory Coast before 2021'],
		['22520123456', 'Ivory Coast before 2021'],
		['22997123456', 'Benin before 2024'],
		['5215512345678', 'Mexico with its 1'],
		['5219991234567', 'Mexico with its 1'],
		['551187654321', 'Brazil without its 9'],
		['559991234567', 'Brazil without its 9'],
		['15551234567', 'an area code that Meta lends'],
	])('%s is taken as it is: %s', (digits) => {
		for (const country of COUNTRIES) {
			expect([country, digitsOf(digits, country)]).toEqual([country, digits]);
			expect([country, digitsOf(`+${digits}`, country)]).toEqual([country, digits]);
			expect([country, digitsOf(`00${digits}`, country)]).toEqual([country, digits]);
		}
	});

	it('but a number without its country code goes to no one abroad', () => {
		expect(digitsOf('15551234567', 'CN')).toBe('8615551234567');
		// Eleven digits of Germany and of Brazil may look like those of the US and of Benin.
		expect(problemOf('15551234567', 'DE')).toMatch(/may be a foreign number/);
		expect(problemOf('22997123456', 'BR')).toMatch(/may be a foreign number/);
	});

	it.each([
		'225071234',
		'2250712345',
		'229971234567',
		'52551234567890',
		'55118765432',
		'155512345678',
		'5500987654321',
	])('%s is none of them', (digits) => {
		expect(digitsOf(digits)).toBe('refused');
	});

	it.each([
		['62812', undefined],
		['0812-3456-7890', undefined],
		['0812', 'ID'],
		['15551234567', 'DE'],
		['someone@example.com', undefined],
		['081234567890@c.us', undefined],
	])('what is refused names what to use in place of %s', (written, country) => {
		expect(problemOf(written, country)).toContain('{{ $json.chat.address }}');
	});

	it.each([
		['6281234567890', '62', '81234567890'],
		['5215512345678', '52', '15512345678'],
		['22507123456', '225', '07123456'],
		['22997123456', '229', '97123456'],
		['551187654321', '55', '1187654321'],
		['390212345678', '39', '0212345678'],
		['15551234567', '1', '5551234567'],
	])('%s is taken apart and nothing of it lost', (digits, countryCode, national) => {
		expect(splitNumber(digits)).toEqual({ countryCode, national });
	});
});

describe('what is no number', () => {
	it.each(['', '   ', '\u200B\u202A', '+', '++62', 'call me', '62812x', '{}', '12', '+0812 3456 7890', '000062812'])(
		'refuses %j with a problem that says what to do',
		(written) => {
			expect(problemOf(written, 'ID')).toMatch(/\S/);
		},
	);

	it.each([undefined, null, true, {}, [], ['6281234567890'], 6281234567890n, Symbol('x'), () => '62'])(
		'refuses a value that is neither text nor number',
		(written) => {
			expect(problemOf(written, 'ID')).toMatch(/\S/);
		},
	);

	it('refuses two numbers in one field', () => {
		for (const written of [
			'6281234567890, 6281234567891',
			'6281234567890;6281234567891',
			'6281234567890\n6281234567891',
			'6281234567890/6281234567891',
		]) {
			expect([written, digitsOf(written, 'ID')]).toEqual([written, 'refused']);
		}
	});
});
