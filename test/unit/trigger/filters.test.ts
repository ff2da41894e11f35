import type { GatewayEvent } from '../../../nodes/shared/trigger/event/event';
import { inOrder } from '../../../nodes/shared/trigger/event/emptyEvent';
import { byContent, isToTheSecond } from '../../../nodes/shared/trigger/event/payload';
import { filterOf, requireUsableFilter, withAge } from '../../../nodes/shared/trigger/receive/filter';
import { eventWith } from '../../support/gatewayEvent';

const GROUP = { id: '120363041234567890@g.us', type: 'group' as const };

const read = (options: Record<string, unknown>) => (name: string) =>
	name.startsWith('options.') ? (options[name.slice('options.'.length)] ?? null) : null;

/** Why an event is dropped by these options; null if it passes. */
function dropped(options: Record<string, unknown>, part: Partial<GatewayEvent>, ownIds?: string[]) {
	const { first, second } = filterOf(read(options), { ownIds });
	const event = eventWith(part);
	return first(event) ?? second(event);
}

describe('what waited at the provider', () => {
	const now = Date.parse('2026-01-10T00:00:00.000Z');
	it.each<[unknown, string | null, boolean]>([
		[null, '2026-01-09T01:00:00.000Z', false],
		[null, '2026-01-08T23:00:00.000Z', true],
		[48, '2026-01-08T23:00:00.000Z', false],
		[0, '2026-01-09T23:59:59.000Z', true],
		['soon', '2026-01-09T01:00:00.000Z', false],
		[null, null, false],
	])('with Catch Up On %j, of %s, is history: %p', (catchUpHours, timestamp, expected) => {
		const event = eventWith({ isQueued: true, timestamp });
		expect(withAge(event, read({ catchUpHours }), now).isHistory).toBe(expected);
	});

	it('is all that age decides: other messages are live, however late', () => {
		const old = { timestamp: '2020-01-01T00:00:00.000Z' };
		expect(withAge(eventWith(old), read({}), now).isHistory).toBeUndefined();
		expect(withAge(eventWith({ ...old, isHistory: false }), read({}), now).isHistory).toBe(false);
	});
});

describe('own messages', () => {
	it.each<[GatewayEvent['source'], string | null]>([
		['api', 'api'],
		['app', null],
		[undefined, null],
	])('from %s, where only those typed by people are wanted: %j', (source, expected) => {
		expect(dropped({ includeOwn: true, onlyTyped: true }, { direction: 'outgoing', source })).toBe(expected);
	});
});

describe('people and chats', () => {
	const lid = { id: '1234567890123@lid', phone: null, name: null, lid: '1234567890123@lid' };
	it.each<[string, Partial<GatewayEvent>, boolean]>([
		['1234567890123@lid', { sender: lid }, true],
		['1234567890123:7@hosted.lid', { sender: lid }, true],
		['1234567890123', { sender: lid }, false],
		[GROUP.id, { chat: GROUP }, true],
		['6281234567890@s.whatsapp.net', {}, true],
		['6281234567891@s.whatsapp.net', {}, false],
		['987654321', { sender: { id: '987654321', phone: null, name: null } }, true],
	])('the sender %s is in %j: %p', (senders, part, expected) => {
		expect(dropped({ senders }, part)).toBe(expected ? null : 'sender');
		expect(dropped({ notSenders: senders }, part)).toBe(expected ? 'sender' : null);
	});

	it.each<[string, GatewayEvent['chat'], boolean]>([
		['-1001234567890', { id: '-1001234567890', type: 'group' }, true],
		['120363041234567890', GROUP, true],
		['120363041234567890@g.us', { id: '120363041234567890', type: 'group' }, true],
		['6281234567890', { id: '1234567890123@lid', type: 'private', phone: '6281234567890' }, true],
		['1234567890123@lid', { id: '6281234567890@c.us', type: 'private', lid: '1234567890123@lid' }, true],
		['6281234567890@s.whatsapp.net', { id: '6281234567890@c.us', type: 'private' }, true],
		['6281234567890', { id: '6281234567891@c.us', type: 'private' }, false],
	])('the chat %s is %j: %p', (onlyChats, chat, expected) => {
		expect(dropped({ onlyChats }, { chat })).toBe(expected ? null : 'chat');
		expect(dropped({ notChats: onlyChats }, { chat })).toBe(expected ? 'chat' : null);
	});

	it.each(['my boss', '0812-3456-7890', '12', '@budi', 'x@', '6281234567890¹'])(
		'refuses %j, by its name',
		(entry) => {
			const refused = () => requireUsableFilter(read({ notSenders: ['6281234567890', entry] }));
			expect(refused).toThrow(`"${entry}" is neither a phone number nor an ID`);
		},
	);

	it.each(['+62 812-3456-7890', '5511987654321', '551187654321', '1@lid', '12036304-1234@g.us', '987654321'])(
		'takes %j',
		(entry) => {
			expect(() =>
				requireUsableFilter(read({ senders: entry, onlyChats: entry, ownNumbers: entry })),
			).not.toThrow();
		},
	);

	it('takes a national number where the country is known', () => {
		expect(() => requireUsableFilter(read({ senders: '0812-3456-7890' }), 'ID')).not.toThrow();
	});
});

describe('in groups only when mentioned', () => {
	it.each([
		['hi @6281200000009', null],
		['hi @6281200000008', 'mention'],
	])('knows the account by a national number: %s', (text, expected) => {
		const facts = { ownIds: ['0812-0000-0009'], country: 'ID' };
		const { second } = filterOf(read({ onlyWhenMentioned: true }), facts);
		expect(second(eventWith({ chat: GROUP, text }))).toBe(expected);
	});

	const inGroup = (part: Partial<GatewayEvent>, ownIds = ['6281200000009', '555000111222@lid']) =>
		dropped({ onlyWhenMentioned: true }, { chat: GROUP, ...part }, ownIds);
	it.each<[Partial<GatewayEvent>, string | null]>([
		[{ text: 'hi' }, 'mention'],
		[{ text: 'hi @6281200000009' }, null],
		[{ text: 'hi @555000111222!' }, null],
		[{ text: 'hi @6281200000008' }, 'mention'],
		[{ text: 'me@6281200000009999999999' }, 'mention'],
		[{ mentions: [{ id: '6281200000009@s.whatsapp.net' }] }, null],
		[{ mentions: [{ id: 'x', lid: '555000111222@lid' }] }, null],
		[{ mentionsMe: true }, null],
		[{ quoted: { id: 'Q', senderId: '6281200000009:3@s.whatsapp.net' } }, null],
		[{ quoted: { id: 'Q', senderId: '555000111222@lid' } }, null],
		[{ quoted: { id: 'Q', senderId: '6281200000008@s.whatsapp.net' } }, 'mention'],
		[{ quoted: { isMine: true } }, null],
		[{ event: 'message_reaction', text: '👍' }, null],
		[{ chat: { id: '6281', type: 'private' } }, null],
	])('%j: %j', (part, expected) => {
		expect(inGroup(part)).toBe(expected);
	});

	it('the payload itself may name the account', () => {
		expect(inGroup({ text: '@6281200000009', account: { phone: '6281200000009' } }, [])).toBeNull();
		expect(inGroup({ text: '@6281200000008', account: { phone: '6281200000009' } }, [])).toBe('mention');
	});

	it('passes all mentions while the account is unknown', () => {
		expect(inGroup({ text: '@6281200000008' }, [])).toBeNull();
		expect(inGroup({ text: 'hi' }, [])).toBe('mention');
	});
});

describe('the identity by content', () => {
	it('is the payload without what counts the attempts', () => {
		const { id, identity } = byContent({ from: '1', message: 'a', attempt: 1 }, false);
		expect(identity).toBe('untimed');
		expect(byContent({ from: '1', message: 'a', attempt: 2 }, true)).toEqual({ id, identity: 'timed' });
		expect(byContent({ from: '1', message: 'b', attempt: 1 }, false).id).not.toBe(id);
	});

	it.each([
		[1_700_000_000, true],
		['1700000000', true],
		['2026-01-01 10:00:01', true],
		['2026-01-01T10:00:01+07:00', true],
		['2026-01-01 10:00', false],
		['today', false],
		[0, false],
		[undefined, false],
	])('the time %j tells seconds: %p', (value, expected) => {
		expect(isToTheSecond(value)).toBe(expected);
	});
});

it('an event is returned in the order of reading, without what is only for us', () => {
	const event = eventWith({
		identity: 'timed',
		account: { phone: '62' },
		isQueued: true,
		receivedAt: 'now',
		isForwarded: false,
	});
	expect(Object.keys(inOrder(event))).toEqual([
		...['event', 'type', 'text', 'sender', 'chat', 'media', 'location', 'replyTo', 'timestamp', 'direction'],
		...['messageId', 'device', 'provider', 'id', 'receivedAt', 'channel', 'isForwarded', 'raw'],
	]);
});
