import * as fc from 'fast-check';
import { type GatewayEvent, isoTime, messageTypeOf } from '../../../nodes/shared/trigger/event/event';
import { filterOf } from '../../../nodes/shared/trigger/receive/filter';
import { eventWith } from '../../support/gatewayEvent';

function passes(parameters: Record<string, unknown>, part: Partial<GatewayEvent> = {}): boolean {
	const { first, second } = filterOf((name) => parameters[name] ?? null);
	const event = eventWith(part);
	return (first(event) ?? second(event)) === null;
}

describe('filterOf', () => {
	it('passes everything incoming by default', () => {
		expect(passes({})).toBe(true);
		expect(passes({ events: ['*'], devices: [], chats: 'all', 'options.senders': '' })).toBe(true);
	});

	it('drops own messages unless they are wanted', () => {
		expect(passes({}, { direction: 'outgoing' })).toBe(false);
		expect(passes({ 'options.includeOwn': true }, { direction: 'outgoing' })).toBe(true);
	});

	it.each([
		['Stories', { isStory: true }],
		['Stories', { chat: { id: 'status@broadcast', type: 'story' as const } }],
		['History', { isHistory: true }],
	])('drops %s unless they are included: %j', (what, part) => {
		expect(passes({}, part)).toBe(false);
		expect(passes({ [`options.include${what}`]: true }, part)).toBe(true);
		expect(passes({}, { isHistory: false })).toBe(true);
	});

	it.each([
		[{ events: ['text'] }, true],
		[{ events: ['image', 'message'] }, true],
		[{ events: ['image'] }, false],
		[{ events: ['image', '*'] }, true],
		[{ devices: ['d1'] }, true],
		[{ devices: ['d2'] }, false],
		[{ chats: 'private' }, true],
		[{ chats: 'group' }, false],
	])('%j passes: %p', (parameters, expected) => {
		expect(passes(parameters)).toBe(expected);
	});

	it.each([
		'6281234567890',
		'+62 812-3456-7890',
		'0062 812 3456 7890',
		'\u202A+62 812 3456 7890\u202C',
		'6289876543210, 6281234567890',
		'6289876543210;\n+6281234567890,',
		'6281234567890@c.us',
		['6281234567890'],
		6281234567890,
		[6281234567890],
	])('knows the sender written as %j', (senders) => {
		expect(passes({ 'options.senders': senders })).toBe(true);
		expect(
			passes({ 'options.senders': senders }, { sender: { id: 'x', phone: '6285555555555', name: null } }),
		).toBe(false);
	});

	it('does not take an unknown sender for a wanted one', () => {
		const unknown = { sender: { id: null, phone: null, name: null } };
		expect(passes({ 'options.senders': '6281234567890' }, unknown)).toBe(false);
		expect(passes({ devices: ['d1'] }, { device: null })).toBe(false);
	});

	it('knows a sender by an id that is no number', () => {
		const lid = { sender: { id: '184467440737095@lid', phone: null, name: null } };
		expect(passes({ 'options.senders': '184467440737095@lid' }, lid)).toBe(true);
	});
});

describe('isoTime', () => {
	it.each([
		[1_700_000_000, '2023-11-14T22:13:20.000Z'],
		[1_700_000_000_123, '2023-11-14T22:13:20.123Z'],
		[0, null],
		[-5, null],
		[Number.NaN, null],
		[Infinity, null],
		[null, null],
		[undefined, null],
	])('reads %p as %p', (value, expected) => {
		expect(isoTime(value)).toBe(expected);
	});

	it('gives a time with a year of four digits, or null', () => {
		fc.assert(
			fc.property(fc.oneof(fc.double(), fc.maxSafeInteger(), fc.constantFrom(1.7e15, 1.7e18)), (value) => {
				const time = isoTime(value);
				if (time !== null) expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
			}),
		);
	});
});

describe('messageTypeOf', () => {
	it.each([
		['image/jpeg', 'image'],
		['video/mp4', 'video'],
		['audio/ogg; codecs=opus', 'audio'],
		['application/pdf', 'document'],
		['', 'document'],
		[null, 'document'],
	])('makes of %j a message of type "%s"', (mimeType, expected) => {
		expect(messageTypeOf(mimeType)).toBe(expected);
	});
});
