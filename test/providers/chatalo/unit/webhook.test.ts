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

/** The hash of a payload's content in the id of its event; without a time in the payload, its arrival follows. */
function hashIn(body: unknown): string {
	const [event] = parse(body) ?? [];
	if (!event) throw new Error('this is a message of Chatalo');
	return event.id.slice(0, 32);
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

describe('a webhook of Chatalo', () => {
	it('has the same id when it is delivered again, byte for byte', () => {
		fc.assert(
			fc.property(payload, (body) => {
				fc.pre(parse(body) !== undefined);
				const written = JSON.stringify(body);
				expect(hashIn(JSON.parse(written))).toBe(hashIn(JSON.parse(written)));
			}),
		);
	});

	it('has another id when anything in it differs', () => {
		fc.assert(
			fc.property(payload, payload, (one, other) => {
				fc.pre(parse(one) !== undefined && parse(other) !== undefined);
				expect(hashIn(one) === hashIn(other)).toBe(JSON.stringify(one) === JSON.stringify(other));
			}),
		);
		expect(hashIn(EXAMPLE)).not.toBe(hashIn({ ...EXAMPLE, timestamp: EXAMPLE.timestamp + 1 }));
		expect(hashIn(EXAMPLE)).not.toBe(hashIn({ ...EXAMPLE, message: 'halo' }));
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
});

it('never identifies a message by its content alone if its text comes in WhatsApp parts', () => {
	const sender = { number: '6281234567890' };
	const [event] = parse({ device_id: 'D', sender, message: { conversation: '1' } }) ?? [];
	expect(event).toMatchObject({ event: 'message', text: '1', identity: 'untimed' });
	const [timed] = parse({ device_id: 'D', sender, message: { conversation: '1' }, timestamp: 1_689_930_829 }) ?? [];
	expect(timed).toMatchObject({ event: 'message', text: '1', identity: 'timed' });
	const [named] = parse({ device_id: 'D', sender, message: { conversation: '1' }, key: { id: 'M' } }) ?? [];
	expect(named).toMatchObject({ id: 'M' });
	expect(named?.identity).toBeUndefined();
});
