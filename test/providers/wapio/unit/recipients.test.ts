import * as fc from 'fast-check';
import { inviteCode } from '../../../../nodes/Wapio/fields/groupSettings';
import { asUuid } from '../../../../nodes/Wapio/fields/idempotencyKey';
import {
	channel,
	chatJid,
	contactJid,
	contactPhone,
	group,
	mentionsOf,
	participants,
} from '../../../../nodes/Wapio/fields/recipients';

const digits = (min: number, max: number) =>
	fc.string({ unit: fc.constantFrom(...'123456789'), minLength: min, maxLength: max });

/** Valid mobile numbers of three countries. */
const number = fc.oneof(
	digits(7, 7).map((end) => `62812${end}`),
	digits(8, 8).map((end) => `2126${end}`),
	digits(7, 7).map((end) => `4915112${end.slice(0, 6)}`),
);

const spaced = (written: string) => `+${written.slice(0, 4)} ${written.slice(4, 7)}-${written.slice(7)}`;

describe('group', () => {
	it('takes ids with and without @g.us and gives them with it', () => {
		fc.assert(
			fc.property(
				fc.oneof(
					digits(16, 20),
					fc.tuple(digits(10, 13), digits(10, 10)).map((parts) => parts.join('-')),
				),
				(id) => {
					expect(group.schema.parse(id)).toBe(`${id}@g.us`);
					expect(group.schema.parse(` ${id}@g.us `)).toBe(`${id}@g.us`);
				},
			),
		);
	});

	it('never takes a phone number for a group', () => {
		fc.assert(
			fc.property(number, (written) => {
				expect(group.schema.safeParse(written).success).toBe(false);
				expect(group.schema.safeParse(spaced(written)).success).toBe(false);
			}),
		);
	});

	it.each(['', '12@newsletter', '1@s.whatsapp.net', 'Family', '../x', '120363@g.us/../x'])(
		'refuses "%s"',
		(written) => {
			expect(group.schema.safeParse(written).success).toBe(false);
		},
	);
});

describe('contact', () => {
	const judge = (field: typeof contactPhone, written: unknown, country = '') =>
		field.schema.safeParse({ contact: written, country });

	it('is digits, or the id made of them, however it is written', () => {
		fc.assert(
			fc.property(number, (digitsOnly) => {
				const jid = `${digitsOnly}@s.whatsapp.net`;
				for (const written of [digitsOnly, spaced(digitsOnly), jid]) {
					expect(judge(contactPhone, written).data).toBe(digitsOnly);
					expect(judge(contactJid, written).data).toBe(jid);
				}
			}),
		);
	});

	it('uses the default country', () => {
		expect(judge(contactPhone, '081234567890', 'ID').data).toBe('6281234567890');
		expect(judge(contactPhone, '081234567890').success).toBe(false);
	});

	it('a LID has a picture, but no number', () => {
		expect(judge(contactPhone, '123456789012345@lid').success).toBe(false);
		expect(judge(contactJid, '123456789012345@lid').data).toBe('123456789012345@lid');
	});

	it('a chat is any id', () => {
		const parse = (written: string) => chatJid.schema.parse({ chatJid: written, country: '' });
		expect(parse('+62 812 3456 7890')).toBe('6281234567890@s.whatsapp.net');
		expect(parse('120363000000000000@g.us')).toBe('120363000000000000@g.us');
	});
});

describe('participants and mentions', () => {
	it('keep their order', () => {
		fc.assert(
			fc.property(fc.uniqueArray(number, { minLength: 1, maxLength: 5 }), (numbers) => {
				const participant = numbers.map((phoneNumber) => ({ phoneNumber: spaced(phoneNumber) }));
				expect(participants.schema.parse({ participants: { participant }, country: '' })).toEqual(numbers);
				const mentioned = mentionsOf(numbers.map(spaced).join(', '), undefined);
				expect(mentioned).toEqual(numbers.map((each) => `${each}@s.whatsapp.net`));
			}),
		);
	});

	it('name the one that is wrong', () => {
		const participant = [{ phoneNumber: '6281234567890' }, { phoneNumber: 'nobody' }];
		const refused = participants.schema.safeParse({ participants: { participant }, country: '' });
		expect(refused.error?.issues[0]?.path).toEqual(['participants', 'participant', '1', 'phoneNumber']);
		expect(participants.schema.safeParse({ participants: {}, country: '' }).success).toBe(false);
		expect(participants.schema.safeParse({ participants: { participant: [{}] }, country: '' }).success).toBe(false);
	});

	it('an empty option mentions no one', () => {
		expect(mentionsOf(undefined, undefined)).toEqual([]);
		expect(mentionsOf(' , ', undefined)).toEqual([]);
	});
});

it('a channel is what ends with @newsletter; the refusal says how to find it', () => {
	expect(channel.schema.parse(' 120363000000000000@newsletter ')).toBe('120363000000000000@newsletter');
	for (const written of ['120363000000000000', '120363000000000000@g.us', 'News']) {
		expect(channel.schema.safeParse(written).error?.issues[0]?.message).toMatch(/Get Message Logs/);
	}
});

it.each(['AbCdEfGhIjKl', 'https://chat.whatsapp.com/AbCdEfGhIjKl', 'chat.whatsapp.com/invite/AbCdEfGhIjKl?mode=r'])(
	'"%s" is an invite',
	(written) => {
		expect(inviteCode.schema.parse(written)).toBe('AbCdEfGhIjKl');
	},
);

it('asUuid makes a UUID of a hash, always the same', () => {
	const hash = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 });
	fc.assert(
		fc.property(hash, (one) => {
			expect(asUuid(one)).toBe(asUuid(one));
			expect(asUuid(one).slice(0, 8)).toBe(one.slice(0, 8));
			expect(asUuid(one)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
		}),
	);
});
