import { messageEvent } from '../../../../nodes/shared/trigger/whatsapp/message';
import type { EventSource } from '../../../../nodes/shared/trigger/whatsapp/reading';
import { payloadOf } from './fixtures/base';

const source: EventSource = { provider: 'gateway', device: null, raw: {}, timestamp: null, eventId: null };

/** The tables of section 4.5 of the specification, as they are written there. */
const STUBS: Record<string, string> = {
	message_deleted: '1 132',
	call: '40 41 45 46 169 170',
	unreadable: '2 3 68 47 48',
	group_created: '20 119 120 142 188',
	group_changed: '21–26 69 121 145 171 173 186 189 217 221',
	group_deleted: '43 149 203',
	'group_members add': '27 31 71 140 141 151 166 168',
	'group_members remove': '28',
	'group_members promote': '29 147',
	'group_members demote': '30 148',
	'group_members leave': '32',
	'group_members invite': '70 163 164 165 174 175',
	'join_requested request': '144 172',
	number_changed: '33 42',
	identity_changed: '213 193',
	community_changed: '134–139 146 150 152–154 157–161 167 176 181–183 185 190 191 204 207 208',
	encryption: '38 39 73 75 118 131',
	blocked: '122',
	disappearing_changed: '72 123 130 143',
	sync: '124 125',
	pinned: '177',
	story_mention: '210',
	business_changed: '4–19 60–67 76–117 126–129 192 194–197 201 202 209 211 212 214 215 218 219',
	payment_changed: '49–59 178–180',
	calendar_changed: '198–200 205 206 162 184',
	unknown: '216 220 133 155 156 34–37 74 44 187 222 1000',
};

const PROTOCOL: Record<string, string> = {
	message_deleted: '0',
	message_edited: '14',
	disappearing_changed: '3',
	phone_shared: '11',
	sync: '4–10 16 17 20 21 22',
	bot: '18 19 23 24 26 28 29',
	story_mention: '25',
	privacy_changed: '27',
	group_changed: '30',
	unknown: '1 2 12 31 1000',
};

function numbersIn(written: string): number[] {
	return written.split(' ').flatMap((range) => {
		const [from = 0, to = from] = range.split('–').map(Number);
		return Array.from({ length: to - from + 1 }, (_, index) => from + index);
	});
}

/** What a message became: its event, or the finer word of a notice with what it says of a group's members. */
function kindOf(payload: Parameters<typeof payloadOf>[0]): string {
	const { event, notice, group } = messageEvent(source, payloadOf(payload));
	return [notice?.name ?? event, group?.action].filter(Boolean).join(' ');
}

const rows = (table: Record<string, string>): Array<[string, number[]]> =>
	Object.entries(table).map(([kind, numbers]) => [kind, numbersIn(numbers)]);

it.each(rows(STUBS))('stubs are %s: %j', (kind, numbers) => {
	for (const messageStubType of numbers) {
		expect([messageStubType, kindOf({ parts: null, around: { messageStubType } })]).toEqual([
			messageStubType,
			kind,
		]);
		expect(kindOf({ parts: null, around: { messageStubType: String(messageStubType) } })).toBe(kind);
	}
});

it('has every stub once', () => {
	const all = rows(STUBS).flatMap(([, numbers]) => numbers);
	expect(new Set(all).size).toBe(all.length);
	expect(all.filter((number) => number < 222).length).toBe(221);
});

it.each(rows(PROTOCOL))('protocol messages are %s: %j', (kind, numbers) => {
	for (const type of numbers) {
		expect([type, kindOf({ parts: { protocolMessage: { type, key: { id: 'x' } } } })]).toEqual([type, kind]);
	}
});
