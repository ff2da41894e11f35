import * as fc from 'fast-check';
import { chategyTrigger } from '../../../../nodes/Chategy/trigger/chategyTrigger';
import { withExactNumbers } from '../../../../nodes/Chategy/trigger/exactNumbers';
import type { GatewayEvent } from '../../../../nodes/shared/trigger/event/event';
import { expiryOf } from '../../../../nodes/shared/trigger/media/expiry';

function parse(body: unknown): GatewayEvent[] | undefined {
	return chategyTrigger.parse({ headers: {}, query: {}, body, rawBody: undefined });
}

const EVENTS = ['message', 'message_edited', 'message_deleted', 'message_reaction', 'poll_vote', 'notice', 'call'];

const TYPES = [
	...['text', 'image', 'ptt', 'document', 'sticker', 'location', 'vcard', 'multi_vcard', 'list_response'],
	...['template_button_reply', 'interactive', 'native_flow', 'order', 'product', 'groups_v4_invite', 'poll_creation'],
	...['reaction', 'revoked', 'ciphertext', 'oversized', 'e2e_notification', 'gp2', 'call_log', 'album', 'edited'],
	...['poll_vote', 'event_creation', 'payment', 'constructor', '__proto__', 'toString', ''],
];

const NAMES = [
	...[
		'id',
		'timestamp',
		'text',
		'body',
		'caption',
		'file_data',
		'reply_to_message_id',
		'location',
		'venue',
		'latitude',
	],
	...['longitude', 'contact', 'contacts', 'vCards', 'buttons', 'sections', 'list', 'selectedButtonId', 'paramsJson'],
	...[
		'listResponse',
		'order',
		'product',
		'poll',
		'pollOptions',
		'inviteV4',
		'event',
		'payment',
		'reaction',
		'subtype',
	],
	...['recipients', 'selected_options', 'content', 'media_album_id', 'imageMessage', 'ephemeralMessage', 'key'],
	...['__proto__', 'constructor', 'hasOwnProperty'],
];

const odd = fc.oneof(
	fc.jsonValue({ maxDepth: 3 }),
	fc.constantFrom(null, '', ' ', 0, -1, 1e308, true, [], {}, [null], '\u0000', '\ud800'),
	fc.constantFrom(...['true_1@c.us_A', '-100', '99999999999999999999', 'status@broadcast', '1@lid', '@', '@g.us']),
);

/** An object with some of these fields; "__proto__" is a field like any other, as JSON has it. */
const fields = (names: string[]): fc.Arbitrary<object> =>
	fc
		.uniqueArray(fc.tuple(fc.constantFrom(...names), odd), { selector: ([name]) => name, maxLength: 12 })
		.map(
			(entries) =>
				JSON.parse(
					`{${entries.map((entry) => entry.map((part) => JSON.stringify(part)).join(':')).join()}}`,
				) as object,
		);

const message = fc
	.tuple(fields(NAMES), fc.oneof(fc.constantFrom(...TYPES), odd))
	.map(([given, type]) => ({ ...given, type }));
const chat = fields([
	...[
		'direction',
		'chat_id',
		'chat_lid',
		'chat_phone',
		'chat_type',
		'chat_name',
		'sender_id',
		'sender_name',
		'pushname',
	],
	...[
		'sender_phone_number',
		'recipient_id',
		'recipient_phone_number',
		'recipient_username',
		'delivery_id',
		'instance',
	],
]);

const webhook = fc
	.tuple(message, chat, fc.constantFrom('whatsapp', 'tdlib', 'telegram_bot', 'max', 'max_bot', 'x'), fc.boolean())
	.map(([given, around, name, isNested]) => {
		const payload = { ...around, message: given };
		return { type: `${name}_incoming_msg`, payload: isNested ? { new_message: payload } : payload };
	});

describe('whatever a message holds', () => {
	it('it is delivered as itself or as a notice, in the form of an event', () => {
		fc.assert(
			fc.property(webhook, (body) => {
				const [event, ...others] = parse(body) ?? [];
				expect(others).toEqual([]);
				if (!event) throw new Error('a message was lost');
				expect(EVENTS).toContain(event.event);
				expect(event.id).not.toBe('');
				expect(['incoming', 'outgoing']).toContain(event.direction);
				const { text, messageId, replyTo, sender, device, whatsAppId, deliveryId } = event;
				const chatTexts: unknown[] = Object.values(event.chat);
				const texts: unknown[] = [text, messageId, replyTo, device, whatsAppId, deliveryId];
				for (const value of [...texts, ...chatTexts, sender.id, sender.phone, sender.name, sender.lid]) {
					expect(['string', 'undefined'].includes(typeof value) || value === null).toBe(true);
				}
				for (const phone of [sender.phone, event.chat.phone]) expect(phone ?? '12345').toMatch(/^\d{5,20}$/);
				expect(event.sender.lid ?? '12345@lid').toMatch(/^\d{5,20}@lid$/);
				if (event.event === 'notice') expect(event.text).toBeNull();
				if (event.location) expect(Math.abs(event.location.latitude)).toBeLessThanOrEqual(90);
				expect(({} as Record<string, unknown>).polluted).toBeUndefined();
			}),
			{ numRuns: 3_000 },
		);
	});

	it('the same body is the same event', () => {
		fc.assert(
			fc.property(webhook, (body) => {
				const [one, other] = [parse(body), parse(structuredClone(body))];
				if (one?.[0]?.timestamp) expect(other).toEqual(one);
			}),
			{ numRuns: 500 },
		);
	});

	it('never uses the own number of an outgoing message as that of the chat', () => {
		const phone = fc.constantFrom('995555558974', '628123456789', null);
		fc.assert(
			fc.property(
				phone,
				phone,
				fc.constantFrom('48464478093451@lid', '379163707', null),
				(chatPhone, to, chatId) => {
					const own = '996453558974';
					const payload = {
						message: { id: '1', type: 'text', text: 'x' },
						direction: 'outgoing',
						sender_id: `${own}@c.us`,
						sender_phone_number: own,
						chat_id: chatId,
						chat_phone: chatPhone,
						recipient_phone_number: to,
					};
					for (const type of ['whatsapp_incoming_msg', 'tdlib_incoming_msg']) {
						const [event] = parse({ type, payload }) ?? [];
						expect(event?.chat.phone ?? null).toBe(
							event?.chat.type === 'private' ? (chatPhone ?? to) : null,
						);
						expect(JSON.stringify(event?.chat)).not.toContain(own);
					}
				},
			),
		);
	});

	it('does not take too long for huge payloads', () => {
		const huge = 'BEGIN:VCARD\nTEL:+1\n'.repeat(200_000);
		const many = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`field${index}`, index]));
		for (const type of ['text', 'image', 'vcard', 'list_response', 'gp2', 'nobody_knows']) {
			const bodies = [
				{ type, text: huge },
				{ type, vCards: Array.from({ length: 100_000 }, () => 'BEGIN:VCARD') },
				{ type, ...many },
				{ type, id: 'true_'.repeat(500_000), text: 'x' },
				{ type, text: '_'.repeat(1_000_000), paramsJson: '['.repeat(100_000) },
			];
			for (const given of bodies) {
				const payload = {
					message: given,
					sender_name: '+'.repeat(1_000_000),
					chat_phone: '1'.repeat(1_000_000),
				};
				const started = performance.now();
				const [event] = parse({ type: 'whatsapp_incoming_msg', payload }) ?? [];
				expect(performance.now() - started).toBeLessThan(10_000);
				expect(EVENTS).toContain(event?.event);
				expect(event?.unread?.length ?? 0).toBeLessThanOrEqual(51);
				expect(event?.chat.phone).toBeUndefined();
			}
		}
	});

	it('reads deeply nested payloads', () => {
		const body = JSON.parse(
			`{"type":"whatsapp_incoming_msg","payload":{"message":{"text":"x","content":${'{"text":'.repeat(3_000)}1${'}'.repeat(3_000)}}}}`,
		) as unknown;
		expect(parse(body)?.[0]).toMatchObject({ event: 'message', text: 'x' });
	});
});

describe('long numbers', () => {
	const parsed = (text: string): unknown => withExactNumbers(JSON.parse(text), Buffer.from(text));

	it.each([
		['{"id":115904512303455789}', { id: '115904512303455789' }],
		['{"id": -9007199254740993 }', { id: '-9007199254740993' }],
		['[1,12345678901234567890]', [1, '12345678901234567890']],
		['{"text":"a:12345678901234567890,"}', { text: 'a:12345678901234567890,' }],
		['{"text":"\\"12345678901234567890","b":1}', { text: '"12345678901234567890', b: 1 }],
		['{"a":0.12345678901234567890}', { a: 0.123_456_789_012_345_68 }],
		['{"a":1234567890123456789.5}', { a: 1_234_567_890_123_456_789.5 }],
		['{"a":1E1234567890123456}', { a: Infinity }],
		['{"id":49283072}', { id: 49_283_072 }],
	])('%s', (text, expected) => {
		expect(parsed(text)).toEqual(expected);
	});

	it('leaves the body as it is if it is not JSON', () => {
		const body = { id: 1 };
		for (const raw of [
			undefined,
			Buffer.from('id=12345678901234567890'),
			Buffer.from(`"${'\\"'.repeat(500_000)}`),
		]) {
			expect(withExactNumbers(body, raw)).toBe(body);
		}
	});

	it('reads everything else as JSON does', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				const text = JSON.stringify(value);
				const exact = JSON.stringify(parsed(text));
				expect(exact.replace(/"(-?\d{16,})"/g, '$1')).toBe(text.replace(/"(-?\d{16,})"/g, '$1'));
			}),
		);
	});
});

describe('how long a URL is valid', () => {
	it.each([
		['https://a.example/b?X-Amz-Date=20251125T111456Z&X-Amz-Expires=172800', '2025-11-27T11:14:56.000Z'],
		['https://a.example/b?x-amz-expires=60&x-amz-date=20240229T235930Z', '2024-03-01T00:00:30.000Z'],
		['https://a.example/b?X-Goog-Date=20251125T111456Z&X-Goog-Expires=1', '2025-11-25T11:14:57.000Z'],
		// As garbled as in the API reference.
		['https://a.example/b?X-A-Date=20251125T111456Z&X-Amz-Expires=172800', null],
		['https://a.example/b?X-Amz-Date=20251325T111456Z&X-Amz-Expires=172800', null],
		['https://a.example/b?X-Amz-Date=20251125T111456Z&X-Amz-Expires=-1', null],
		['https://a.example/b?X-Amz-Date=20251125T111456Z&X-Amz-Expires=999999999', null],
		['https://a.example/b', null],
		['b', null],
	])('%s', (address, expected) => {
		expect(expiryOf(address)).toBe(expected);
	});
});
