import fc from 'fast-check';
import { recipientOf, type SendLanguage, sentMessage } from '../../../nodes/shared/messaging/sentMessage';
import { lackingFields } from '../../support/sentMessage';

const language: SendLanguage = { provider: 'pigeon', statuses: { gone: 'sent', waiting: 'queued' }, unlisted: null };
const asked = { phone: '6281234567890' };

describe('what a send returns', () => {
	it('has the common fields first and the others after them, none of them replaced', () => {
		const others = { status: 'theirs', provider: 'theirs', extra: 1 };
		expect(Object.entries(sentMessage(language, { messageId: 7, status: 'Gone.', others }, asked))).toEqual([
			['messageId', '7'],
			['phone', '6281234567890'],
			['status', 'sent'],
			['providerStatus', 'Gone.'],
			['provider', 'pigeon'],
			['extra', 1],
		]);
	});

	it.each([
		['a word that is listed', { status: 'waiting' }, 'queued', 'waiting'],
		[
			'a code that is listed, beside other words',
			{ status: 'Bitte warten', code: 'waiting' },
			'queued',
			'Bitte warten',
		],
		['a code without words', { code: 'waiting' }, 'queued', 'waiting'],
		['a word that is not listed', { status: 'on the moon' }, null, 'on the moon'],
		['no word', {}, 'accepted', null],
		['an object in place of a word', { status: { is: 'gone' } }, 'accepted', null],
	])('%s', (_name, answered, status, providerStatus) => {
		expect(sentMessage(language, answered, asked)).toMatchObject({ status, providerStatus });
	});

	it('a free text that is not listed comes with a yes', () => {
		const answered = { status: 'pesan terkirim' };
		expect(sentMessage({ ...language, unlisted: 'accepted' }, answered, asked).status).toBe('accepted');
	});

	it.each([
		['gone', 'scheduled'],
		[undefined, 'scheduled'],
		// It says something that nobody knows, perhaps that it was given up.
		['on the moon', null],
	])('a message for later that is said to be "%s"', (status, expected) => {
		expect(sentMessage(language, { status }, { ...asked, isScheduled: true }).status).toBe(expected);
	});

	it.each([
		['+62 812-9999-0000', '6281299990000'],
		['6281299990000@s.whatsapp.net', '6281299990000'],
		['628128xxxxx', '6281234567890'],
		['081299990000', '6281234567890'],
		['43445322325@lid', '6281234567890'],
		[undefined, '6281234567890'],
	])('the number %s of the answer makes %s', (phone, expected) => {
		expect(sentMessage(language, { phone }, asked)).toMatchObject({ phone: expected });
	});

	it('groups and people are distinguished by the request', () => {
		expect(sentMessage(language, {}, recipientOf({ kind: 'group', groupId: '1203' }))).toMatchObject({
			groupId: '1203',
		});
		expect(sentMessage(language, {}, recipientOf({ kind: 'person', number: '62812' }))).toMatchObject({
			phone: '62812',
		});
	});

	it('whatever the answer holds, the common fields are there and nothing is thrown', () => {
		const anything = fc.anything({ withBigInt: false });
		const answered = fc.record(
			{ messageId: anything, status: anything, code: anything, phone: anything, groupId: anything },
			{ requiredKeys: [] },
		);
		fc.assert(
			fc.property(answered, fc.boolean(), (said, isScheduled) => {
				expect(lackingFields(sentMessage(language, said, { ...asked, isScheduled }), 'pigeon')).toEqual([]);
				expect(lackingFields(sentMessage(language, said, { groupId: '1203' }), 'pigeon')).toEqual([]);
			}),
		);
	});
});
