import * as fc from 'fast-check';
import { chataloTrigger } from '../../../../nodes/Chatalo/chatalo.trigger';
import type { GatewayEvent } from '../../../../nodes/shared/trigger/event/event';

const EXAMPLE = {
	device_id: 'c7276ae0-c306-4896-8fda-0123456789ab',
	chat_id: 'D073D8B1234',
	sender: { name: 'Budi', number: '6281234567890', in_group: false, group_id: null },
	from_me: false,
	is_forwarded: false,
	is_sticker: false,
	timestamp: 1_689_930_829,
	broadcast: false,
	message: 'Halo',
	has_media: false,
	media_info: null,
	location_attached: { latitude: null, longitude: null },
};

function parse(body: unknown): GatewayEvent[] | undefined {
	return chataloTrigger.parse({ headers: {}, query: {}, body, rawBody: undefined });
}

function eventOf(body: unknown): GatewayEvent {
	const [event] = parse(body) ?? [];
	if (!event) throw new Error('this is a message of Chatalo');
	return event;
}

const odd = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(null, '', 0, 1, true, false, [], {}));

/** The example with some of its fields replaced by anything, or left out. */
const payload = fc
	.tuple(
		fc.record(
			{
				device_id: fc.oneof(fc.constant(EXAMPLE.device_id), odd),
				chat_id: odd,
				sender: fc.oneof(
					fc.record({ name: odd, number: odd, in_group: odd, group_id: odd }, { requiredKeys: [] }),
					odd,
				),
				from_me: odd,
				is_sticker: odd,
				timestamp: fc.oneof(fc.double({ noNaN: true }), odd),
				broadcast: odd,
				message: fc.oneof(fc.string({ unit: 'grapheme' }), odd),
				has_media: odd,
				media_info: fc.oneof(fc.record({ mimetype: odd, file_encoded: odd }), odd),
				location_attached: fc.oneof(fc.record({ latitude: odd, longitude: odd }), odd),
				surplus: odd,
			},
			{ requiredKeys: [] },
		),
		fc.subarray(Object.keys(EXAMPLE)),
	)
	.map(([changes, kept]) => ({
		...EXAMPLE,
		...Object.fromEntries(Object.entries(changes).filter(([name]) => !kept.includes(name))),
	}));

function expectFullEvent(event: GatewayEvent, body: unknown): void {
	const isOneOf = (value: unknown, allowed: unknown[]) => expect(allowed).toContainEqual(value);
	expect(Object.keys(event).sort()).toEqual(
		[
			...['channel', 'chat', 'device', 'direction', 'event', 'id', 'location', 'media', 'messageId', 'provider'],
			...['raw', 'replyTo', 'sender', 'text', 'timestamp', 'type'],
		].sort(),
	);
	expect(event).toMatchObject({ event: 'message', provider: 'chatalo' });
	expect(event.id).toMatch(/^[0-9a-f]{32}$/);
	expect(event.raw).toBe(body);
	if (event.timestamp !== null) expect(event.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
	isOneOf(event.direction, ['incoming', 'outgoing']);
	isOneOf(event.chat.type, ['private', 'group', 'broadcast']);
	for (const value of [event.text, event.device, event.chat.id, ...(Object.values(event.sender) as unknown[])]) {
		expect(typeof value === 'string' || value === null).toBe(true);
	}
	expect(Object.keys(event.sender)).toEqual(['id', 'phone', 'name']);
	if (event.media) {
		expect(Object.keys(event.media)).toEqual(['mimeType', 'url', 'reference', 'fileName', 'caption']);
	}
	if (event.location) {
		expect(Number.isFinite(event.location.latitude) && Number.isFinite(event.location.longitude)).toBe(true);
	}
}

describe('a webhook of Chatalo', () => {
	it('becomes a full event, or undefined, whatever it holds', () => {
		fc.assert(
			fc.property(fc.oneof(payload, odd), (body) => {
				for (const event of parse(body) ?? []) expectFullEvent(event, body);
			}),
			{ numRuns: 2_000 },
		);
	});

	it('has the same id when it is delivered again, byte for byte', () => {
		fc.assert(
			fc.property(payload, (body) => {
				const written = JSON.stringify(body);
				const ids = [written, written].map((bytes) => parse(JSON.parse(bytes))?.[0]?.id);
				expect(ids[0]).toBe(ids[1]);
			}),
		);
	});

	it('has another id when anything in it differs', () => {
		fc.assert(
			fc.property(payload, payload, (one, other) => {
				const [first, second] = [parse(one)?.[0], parse(other)?.[0]];
				fc.pre(first !== undefined && second !== undefined);
				expect(first?.id === second?.id).toBe(JSON.stringify(one) === JSON.stringify(other));
			}),
		);
		expect(eventOf(EXAMPLE).id).not.toBe(eventOf({ ...EXAMPLE, timestamp: EXAMPLE.timestamp + 1 }).id);
		expect(eventOf(EXAMPLE).id).not.toBe(eventOf({ ...EXAMPLE, message: 'halo' }).id);
	});

	it('is a text message of a person as in the example', () => {
		expect(eventOf(EXAMPLE)).toMatchObject({
			timestamp: '2023-07-21T09:13:49.000Z',
			direction: 'incoming',
			device: EXAMPLE.device_id,
			chat: { id: '6281234567890', type: 'private' },
			sender: { id: '6281234567890', phone: '6281234567890', name: 'Budi' },
			type: 'text',
			text: 'Halo',
			media: null,
			location: null,
		});
	});

	it.each([
		[{ has_media: true, media_info: { mimetype: 'image\\/jpeg', file_encoded: 'abc' } }, 'image'],
		[{ has_media: true, media_info: { mimetype: 'application/pdf', file_encoded: 'abc' } }, 'document'],
		[{ has_media: true, media_info: null }, 'document'],
		[{ is_sticker: true, has_media: true, media_info: { mimetype: 'image/webp', file_encoded: 'x' } }, 'sticker'],
		[{ message: false, location_attached: { latitude: -6.2, longitude: 106.8 } }, 'location'],
		[{ message: false, location_attached: { latitude: '-6.2', longitude: '106.8' } }, 'location'],
		[{ message: false }, 'unknown'],
		[{ message: '' }, 'unknown'],
		[{ location_attached: { latitude: '', longitude: '' } }, 'text'],
		[{ location_attached: { latitude: false, longitude: false } }, 'text'],
		[{ location_attached: false, media_info: false }, 'text'],
	])('with %j is of type "%s"', (changes, type) => {
		expect(eventOf({ ...EXAMPLE, ...changes }).type).toBe(type);
	});

	it.each([
		['from_me', null],
		['is_sticker', null],
		['broadcast', null],
		['has_media', null],
		['sender', { ...EXAMPLE.sender, in_group: null }],
	])('is not lost because its "%s" is null', (name, value) => {
		expect(parse({ ...EXAMPLE, [name]: value })).toHaveLength(1);
	});

	it.each([
		undefined,
		null,
		'',
		'text',
		7,
		[],
		{},
		{ sender: {} },
		{ ...EXAMPLE, device_id: '' },
		{ ...EXAMPLE, sender: 'x' },
	])('is not %j', (body) => {
		expect(parse(body)).toBeUndefined();
	});

	it('does not make words of a sender that is no text', () => {
		const event = eventOf({ ...EXAMPLE, sender: { ...EXAMPLE.sender, number: 6281234567890 } });
		expect(event.sender.phone).toBe('6281234567890');
		const strange = parse({ ...EXAMPLE, sender: { ...EXAMPLE.sender, number: { a: 1 } } });
		expect(strange?.[0]?.sender.phone ?? null).toBeNull();
	});

	it('of a group names the group as the chat and the person as the sender', () => {
		const sender = { ...EXAMPLE.sender, in_group: true, group_id: '120363037968000000' };
		expect(eventOf({ ...EXAMPLE, sender })).toMatchObject({
			chat: { id: '120363037968000000', type: 'group' },
			sender: { phone: '6281234567890' },
		});
	});
});
