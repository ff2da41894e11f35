import { isSamePerson, personOf } from '../../../nodes/shared/messaging/person';
import { kindOfId, withoutGroupSuffix } from '../../../nodes/shared/messaging/whatsAppId';

describe('the suffix says what an id is of', () => {
	it.each([
		['6281234567890@s.whatsapp.net', 'person'],
		['6281234567890@c.us', 'person'],
		['6281234567890@hosted', 'person'],
		['6281234567890@S.WHATSAPP.NET', 'person'],
		['203948576102938@lid', 'lid'],
		['203948576102938@hosted.lid', 'lid'],
		['120363037968000000@g.us', 'group'],
		['6281234567890-1612345678@g.us', 'group'],
		['6281234567890-1612345678', 'group'],
		['120363025246125486@newsletter', 'channel'],
		['1612345678@broadcast', 'broadcast'],
		['status@broadcast', 'story'],
		['13135550002@bot', 'other'],
		['ABCDEF@call', 'other'],
		['someone@example.com', 'other'],
		['6281234567890', 'bare'],
		['', 'bare'],
	])('%s is of a %s', (id, kind) => {
		expect(kindOfId(id)).toBe(kind);
	});
});

describe('phone and LID of an id', () => {
	const phone = (digits: string) => ({ phone: digits, lid: null });
	const lid = (digits: string) => ({ phone: null, lid: `${digits}@lid` });
	const nobody = { phone: null, lid: null };

	it.each([
		['6281234567890@s.whatsapp.net', phone('6281234567890')],
		['6281234567890:7@s.whatsapp.net', phone('6281234567890')],
		['6281234567890_1:7@s.whatsapp.net', phone('6281234567890')],
		['6281234567890@c.us', phone('6281234567890')],
		['6281234567890@hosted', phone('6281234567890')],
		// No numbering plan knows these, and WhatsApp does.
		['22507123456@s.whatsapp.net', phone('22507123456')],
		['99912345678@c.us', phone('99912345678')],
		['203948576102938@lid', lid('203948576102938')],
		['203948576102938:7@lid', lid('203948576102938')],
		['203948576102938@hosted.lid', lid('203948576102938')],
		['120363037968000000@g.us', nobody],
		['120363025246125486@newsletter', nobody],
		['1612345678@broadcast', nobody],
		['13135550002@bot', nobody],
		['ABCDEF@call', nobody],
		['0@s.whatsapp.net', nobody],
		['1234567890123456@s.whatsapp.net', nobody],
	])('%s', (id, person) => {
		expect(personOf(id)).toEqual(person);
		expect(personOf(id, 'phone')).toEqual(person);
		expect(personOf(id, 'lid')).toEqual(person);
	});

	it.each([
		['6281234567890', phone('6281234567890')],
		['+62 812-3456-7890', phone('6281234567890')],
		['22507123456', phone('22507123456')],
		['1234567', phone('1234567')],
		['123456', nobody],
		// An Indonesian number of 14 digits is one; other digits of that length are a LID.
		['62812345678901', phone('62812345678901')],
		['99912345678901', lid('99912345678901')],
		['203948576102938', lid('203948576102938')],
		['12036303796800000', lid('12036303796800000')],
		['words', nobody],
	])('bare digits: %s', (id, person) => {
		expect(personOf(id)).toEqual(person);
	});

	it('bare digits in a field that is named after what it holds', () => {
		expect(personOf('203948576102938', 'phone')).toEqual(phone('203948576102938'));
		expect(personOf('6281234567890', 'lid')).toEqual(lid('6281234567890'));
	});

	it.each([null, '', '@', '9'.repeat(100), `${'9'.repeat(60)}@lid`])('%s is nobody', (id) => {
		expect(personOf(id)).toEqual(nobody);
	});

	it('says whether two people are the same, where that is known', () => {
		expect(isSamePerson(phone('62812'), phone('62812'))).toBe(true);
		expect(isSamePerson(phone('62812'), phone('62813'))).toBe(false);
		expect(isSamePerson(lid('62812'), lid('62812'))).toBe(true);
		expect(isSamePerson(phone('62812'), lid('62812'))).toBeNull();
	});
});

it('takes the suffix off groups alone', () => {
	expect(withoutGroupSuffix('120363037968000000@g.us')).toBe('120363037968000000');
	expect(withoutGroupSuffix('6281234567890-1612345678')).toBe('6281234567890-1612345678');
	expect(withoutGroupSuffix('203948576102938@lid')).toBe('203948576102938@lid');
	expect(withoutGroupSuffix('Family')).toBe('Family');
});
