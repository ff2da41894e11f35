import * as fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { type GatewayEvent, isoTime, messageTypeOf } from '../../../nodes/shared/trigger/event/event';
import { claimEvent } from '../../../nodes/shared/trigger/receive/dedupe';
import { filterOf } from '../../../nodes/shared/trigger/receive/filter';

let triggers = 0;
const newTrigger = () => `workflow ${++triggers}`;

/** As a trigger does it that n8n takes every event from. */
function isNewEvent(trigger: string, id: string, stored: IDataObject): boolean {
	const claim = claimEvent(trigger, id, stored);
	claim?.keep(stored);
	return claim !== undefined;
}

describe('claimEvent', () => {
	it('says yes to each event once, in whatever order deliveries repeat', () => {
		fc.assert(
			fc.property(fc.array(fc.nat({ max: 40 }).map(String), { maxLength: 200 }), (deliveries) => {
				const [trigger, stored] = [newTrigger(), {}];
				const started = deliveries.filter((id) => isNewEvent(trigger, id, stored));
				expect(started).toEqual([...new Set(deliveries)]);
			}),
		);
	});

	it('gives an event once while n8n has not taken it, and again after it was released', () => {
		const [trigger, stored] = [newTrigger(), {}];
		const claim = claimEvent(trigger, 'event', stored);
		expect(claimEvent(trigger, 'event', stored)).toBeUndefined();
		claim?.release();
		expect(stored).toEqual({});
		expect(claimEvent(trigger, 'event', stored)).toBeDefined();
	});

	it('brings back what an execution beside it has overwritten with an older copy', () => {
		const trigger = newTrigger();
		const stored: IDataObject = {};
		for (const id of ['1', '2', '3']) isNewEvent(trigger, id, stored);
		stored.seenEvents = ['1'];
		isNewEvent(trigger, '4', stored);
		expect(stored.seenEvents).toEqual(['1', '2', '3', '4']);
	});

	it('keeps no more of a long id than its hash', () => {
		const [trigger, stored]: [string, IDataObject] = [newTrigger(), {}];
		const long = 'x'.repeat(1_000_000);
		expect([isNewEvent(trigger, long, stored), isNewEvent(trigger, long, stored)]).toEqual([true, false]);
		expect(isNewEvent(trigger, `${long}y`, stored)).toBe(true);
		expect(JSON.stringify(stored).length).toBeLessThan(200);
	});

	it('keeps triggers apart', () => {
		const [one, other] = [newTrigger(), newTrigger()];
		expect(isNewEvent(one, 'event', {})).toBe(true);
		expect(isNewEvent(other, 'event', {})).toBe(true);
	});

	it('knows the newest after a restart, from what was stored', () => {
		const stored: IDataObject = {};
		const before = newTrigger();
		for (let id = 0; id < 80; id++) isNewEvent(before, String(id), stored);
		const restored = JSON.parse(JSON.stringify(stored)) as IDataObject;
		expect((restored.seenEvents as string[]).length).toBeLessThanOrEqual(50);
		const after = newTrigger();
		for (let id = 40; id < 80; id++) expect(isNewEvent(after, String(id), restored)).toBe(false);
		expect(isNewEvent(after, 'later', restored)).toBe(true);
	});

	it('remembers a thousand events while it runs, and no more than it should', () => {
		const [trigger, stored] = [newTrigger(), {}];
		for (let id = 0; id < 1_000; id++) isNewEvent(trigger, String(id), stored);
		expect(isNewEvent(trigger, '0', stored)).toBe(false);
		for (let id = 1_000; id < 1_010; id++) isNewEvent(trigger, String(id), stored);
		expect(isNewEvent(trigger, '5', stored)).toBe(true);
	});

	it.each([undefined, 'text', 7, { a: 1 }, [1, null]])('is not troubled by %j in the stored data', (seenEvents) => {
		const stored = { seenEvents } as IDataObject;
		const trigger = newTrigger();
		expect(isNewEvent(trigger, 'event', stored)).toBe(true);
		expect(isNewEvent(trigger, 'event', stored)).toBe(false);
	});

	it('keeps what a busy trigger has seen when many others come', () => {
		const busy = newTrigger();
		isNewEvent(busy, 'event', {});
		for (let others = 0; others < 600; others++) {
			isNewEvent(newTrigger(), 'event', {});
			expect(isNewEvent(busy, 'event', {})).toBe(false);
		}
	});
});

function eventWith(part: Partial<GatewayEvent>): GatewayEvent {
	return {
		event: 'message',
		provider: 'gateway',
		id: '1',
		timestamp: null,
		direction: 'incoming',
		device: 'd1',
		chat: { id: '6281234567890', type: 'private' },
		sender: { id: '6281234567890@c.us', phone: '6281234567890', name: null },
		type: 'text',
		text: 'hi',
		media: null,
		location: null,
		replyTo: null,
		messageId: null,
		channel: 'whatsapp',
		raw: {},
		...part,
	};
}

function passes(parameters: Record<string, unknown>, part: Partial<GatewayEvent> = {}): boolean {
	return filterOf((name) => parameters[name] ?? null)(eventWith(part));
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
