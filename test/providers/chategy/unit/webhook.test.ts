import * as fc from 'fast-check';
import { chategyTrigger } from '../../../../nodes/Chategy/trigger/chategyTrigger';
import { choiceOf } from '../../../../nodes/Chategy/trigger/choices';
import type { GatewayEvent } from '../../../../nodes/shared/trigger/event/event';

function parse(body: unknown): GatewayEvent[] | undefined {
	return chategyTrigger.parse({ headers: {}, query: {}, body, rawBody: undefined });
}

function eventOf(body: unknown): GatewayEvent {
	const [event] = parse(body) ?? [];
	if (!event) throw new Error('this is an event of Chategy');
	return event;
}

const instance = { id: 6329, customer_id: 2707 };

/** API reference, whatsapp_incoming_msg: "Incoming". */
const WHATSAPP = {
	type: 'whatsapp_incoming_msg',
	payload: {
		instance,
		new_message: {
			message: {
				id: 'false_995555558974@c.us_3B55D8ECE08DAC8198EB',
				timestamp: 1_764_069_562,
				type: 'text',
				text: 'text',
				reply_to_message_id: null,
			},
			direction: 'incoming',
			sender_id: '995555558974@c.us',
			chat_id: '995555558974@c.us',
			sender_name: '\u202a+995555558974\u202c',
			chat_lid: '48464478093451@lid',
			pushname: 'Test',
			chat_phone: '995555558974',
			sender_phone_number: '995555558974',
		},
		delivery_id: null,
	},
};

/** API reference, tdlib_incoming_msg: "Incoming". */
const TELEGRAM = {
	payload: {
		chat_id: 379_163_707,
		chat_type: 'person',
		delivery_id: null,
		direction: 'incoming',
		instance: { customer_id: 530, id: 316 },
		message: { id: 49_283_072, text: 'text', timestamp: 1_700_828_134, type: 'formattedText' },
		sender_id: 379_163_707,
		sender_name: 'mdyageleva',
		sender_phone_number: '995550846453',
	},
	type: 'tdlib_incoming_msg',
};

/** API reference, whatsapp_status_msg. */
const STATUS = {
	type: 'message_status',
	payload: {
		instance: { id: 37, customer_id: 111 },
		delivery_id: null,
		message_status: {
			id: 'true_995555123456@c.us_8110THISISBOT',
			status: 'read',
			chat_id: '995555123456@c.us',
			chat_lid: '4846447809351@lid',
		},
	},
};

/** API reference, Incoming Call Webhook. */
const CALL = {
	type: 'whatsapp_call',
	payload: {
		instance: { id: 39, customer_id: 111 },
		incoming_call: {
			call: { id: '280F899CBF131466501CDA1B608', timestamp: 1_751_293_264, type: 'audio', is_group: false },
			direction: 'incoming',
			sender_id: '995555123456@c.us',
			chat_id: '995555123456@c.us',
			chat_lid: '48464478093451@lid',
			chat_phone: '995555123456',
			sender_phone_number: '995555123456',
		},
	},
};

/** API reference, Telegram call. */
const TELEGRAM_CALL = {
	payload: {
		call: { id: 9, is_video: false, reason: 'callDiscardReasonDisconnected', state: 'callStateDiscarded' },
		chat_id: 6_888_055,
		chat_type: 'person',
		direction: 'incoming',
		instance: { customer_id: 1011, id: 377 },
		sender_id: 68_880_855,
		sender_name: 'TestName',
		sender_phone_number: '995598464533',
	},
	type: 'tdlib_call',
};

/** API reference, whatsapp_log_in and whatsapp_log_out. */
const LOG_IN = {
	type: 'whatsapp_log_in',
	payload: {
		instance: {
			id: 368,
			status: { description: 'connected', status_id: 0 },
			phone: '+420774948868',
			email: 'name@example.com',
			customer_id: 1050,
		},
	},
};
const LOG_OUT = {
	type: 'whatsapp_log_out',
	payload: {
		customer_id: 591,
		email: 'name@example.com',
		phone: '+9959123456789',
		status: { status_id: 1, description: 'disconnected' },
	},
};

const DELIVERY = {
	delivery: { sender_name: 'CHATEGY.IO', id: 26, status: { status_id: 2, description: 'Delivered' } },
};

function whatsApp(changes: object, message: object = {}): unknown {
	const { new_message } = WHATSAPP.payload;
	const changed = { ...new_message, ...changes, message: { ...new_message.message, ...message } };
	return { ...WHATSAPP, payload: { ...WHATSAPP.payload, new_message: changed } };
}

function telegram(changes: object, message: object = {}): unknown {
	const { payload } = TELEGRAM;
	return { ...TELEGRAM, payload: { ...payload, ...changes, message: { ...payload.message, ...message } } };
}

describe('a message', () => {
	it('of WhatsApp', () => {
		expect(eventOf(WHATSAPP)).toEqual({
			event: 'message',
			provider: 'chategy',
			id: 'false_995555558974@c.us_3B55D8ECE08DAC8198EB',
			timestamp: '2025-11-25T11:19:22.000Z',
			direction: 'incoming',
			device: '2707',
			chat: {
				id: '995555558974@c.us',
				type: 'private',
				phone: '995555558974',
				lid: '48464478093451@lid',
				address: '995555558974@s.whatsapp.net',
			},
			sender: {
				id: '995555558974@c.us',
				phone: '995555558974',
				name: 'Test',
				lid: '48464478093451@lid',
				isMe: false,
			},
			type: 'text',
			text: 'text',
			media: null,
			location: null,
			replyTo: null,
			messageId: 'false_995555558974@c.us_3B55D8ECE08DAC8198EB',
			channel: 'whatsapp',
			whatsAppId: '3B55D8ECE08DAC8198EB',
			raw: WHATSAPP,
		});
	});

	it('of Telegram', () => {
		expect(eventOf(TELEGRAM)).toMatchObject({
			event: 'message',
			timestamp: '2023-11-24T12:15:34.000Z',
			direction: 'incoming',
			device: '530',
			chat: { id: '379163707', type: 'private' },
			sender: { id: '379163707', phone: '995550846453', name: 'mdyageleva' },
			type: 'text',
			text: 'text',
		});
	});

	it('of MAX, which has the form of Telegram', () => {
		const event = eventOf({ ...(telegram({}) as object), type: 'max_incoming_msg' });
		expect(event).toMatchObject({ event: 'message', text: 'text' });
		expect(choiceOf(event)).toBe('message_max');
	});

	it('with a file', () => {
		const url = 'https://files.example.com/a/1764069615_media.jpg?X-Amz-Expires=172800';
		const file_data = { mime_type: 'image/jpeg', caption: 'under it', download_url: url };
		expect(eventOf(whatsApp({}, { type: 'document', text: undefined, file_data }))).toMatchObject({
			// The API reference sends a photo as a document.
			type: 'image',
			text: 'under it',
			media: {
				mimeType: 'image/jpeg',
				url,
				reference: null,
				fileName: '1764069615_media.jpg',
				caption: 'under it',
			},
		});
	});

	it.each([
		['image', 'image/jpeg', 'image'],
		['Document', 'image/jpeg', 'image'],
		['Document', 'application/pdf', 'document'],
		['voiceNote', 'audio/ogg', 'audio'],
		['messagePhoto', 'image/jpeg', 'image'],
		['something', 'video/mp4', 'video'],
		[undefined, 'application/pdf', 'document'],
	])('of the kind %j with %s is of type %s', (type, mime_type, expected) => {
		const file_data = { mime_type, caption: null, download_url: 'https://files.example.com/a' };
		expect(eventOf(whatsApp({}, { type, text: null, file_data })).type).toBe(expected);
	});

	it('sent from the account itself is outgoing, and may have its account in the payload', () => {
		const body = whatsApp({ direction: 'outgoing', sender_phone_number: null }) as typeof WHATSAPP;
		const { new_message } = body.payload;
		const event = eventOf({ ...body, payload: { new_message, customer_id: 4140 } });
		expect(event).toMatchObject({ direction: 'outgoing', device: '4140' });
	});

	it('names the message it replies to', () => {
		expect(eventOf(telegram({}, { reply_to_message_id: 77 })).replyTo).toBe('77');
	});

	it.each([
		[whatsApp({ chat_id: '120363037968000000@g.us' }), 'group'],
		[whatsApp({ chat_id: 'status@broadcast' }), 'story'],
		[whatsApp({ chat_id: null }), 'private'],
		[whatsApp({ chat_id: null, chat_lid: null }), 'unknown'],
		[telegram({ chat_type: 'group' }), 'group'],
		[telegram({ chat_type: undefined, chat_id: -1_001_234_567_890 }), 'group'],
		[telegram({ chat_type: 'channel', chat_id: -1_001_234_567_890 }), 'channel'],
		[telegram({ chat_type: undefined }), 'private'],
	])('%# is of its kind of chat', (body, type) => {
		expect(eventOf(body).chat.type).toBe(type);
	});

	it.each([
		[{ sender_phone_number: '+995 555 558 974' }, '995555558974'],
		[{ sender_phone_number: null }, '995555558974'],
		[{ sender_phone_number: null, sender_id: '48464478093451@lid' }, '995555558974'],
		[{ sender_phone_number: null, sender_id: '48464478093451@lid', chat_phone: null }, '995555558974'],
		[{ sender_phone_number: null, sender_id: '1@lid', chat_phone: null, chat_id: '48464478093451@lid' }, null],
		[{ sender_phone_number: null, sender_id: '1@lid', chat_id: '120363037968000000@g.us' }, null],
	])('with %j is from the number %j', (changes, phone) => {
		expect(eventOf(whatsApp(changes)).sender.phone).toBe(phone);
	});

	it('has another identity in another account or chat, where its ID alone is not enough', () => {
		const groups = [
			telegram({ chat_id: -1 }),
			telegram({ chat_id: -2 }),
			telegram({ chat_id: -2, instance: { customer_id: 531 } }),
		];
		expect(new Set(groups.map((body) => eventOf(body).id)).size).toBe(3);
	});
});

describe('other events', () => {
	it('a status', () => {
		expect(eventOf(STATUS)).toMatchObject({
			event: 'message_status',
			direction: 'outgoing',
			device: '111',
			chat: { id: '995555123456@c.us', type: 'private' },
			status: {
				messageId: 'true_995555123456@c.us_8110THISISBOT',
				name: 'read',
				code: null,
				final: true,
				delivered: true,
			},
		});
	});

	it('two statuses of one message are two events, a redelivery is one', () => {
		const received = {
			...STATUS,
			payload: { ...STATUS.payload, message_status: { ...STATUS.payload.message_status, status: 'received' } },
		};
		expect(eventOf(received).id).not.toBe(eventOf(STATUS).id);
		expect(eventOf(structuredClone(STATUS)).id).toBe(eventOf(STATUS).id);
	});

	it('calls', () => {
		expect(eventOf(CALL)).toMatchObject({
			event: 'call',
			timestamp: '2025-06-30T14:21:04.000Z',
			sender: { phone: '995555123456' },
			call: { id: '280F899CBF131466501CDA1B608', isVideo: false, isGroup: false, state: null, reason: null },
		});
		expect(eventOf(TELEGRAM_CALL)).toMatchObject({
			event: 'call',
			timestamp: null,
			device: '1011',
			sender: { id: '68880855', phone: '995598464533', name: 'TestName' },
			call: {
				id: '9',
				isVideo: false,
				isGroup: null,
				state: 'callStateDiscarded',
				reason: 'callDiscardReasonDisconnected',
			},
		});
	});

	it('log in and log out', () => {
		expect(eventOf(LOG_IN)).toMatchObject({ event: 'log_in', device: '1050' });
		expect(eventOf(LOG_OUT)).toMatchObject({ event: 'log_out', device: '591' });
	});

	it("a delivery's callback", () => {
		expect(eventOf(DELIVERY)).toMatchObject({
			event: 'delivery_status',
			id: 'delivery_26_2',
			status: { messageId: '26', name: 'delivered', code: 2, final: true, delivered: true },
		});
	});

	it('an unknown event keeps its name', () => {
		expect(eventOf({ type: 'whatsapp_moon_phase', payload: { customer_id: 1 } })).toMatchObject({
			event: 'whatsapp_moon_phase',
			device: '1',
		});
	});

	it.each([
		undefined,
		'text',
		[],
		{},
		{ type: 'whatsapp_incoming_msg' },
		{ type: 'whatsapp_incoming_msg', payload: {} },
		{ type: 'message_status', payload: {} },
		{ type: 'whatsapp_call', payload: { incoming_call: {} } },
		{ type: 7, payload: {} },
	])('%j is none of them', (body) => {
		expect(parse(body)).toBeUndefined();
	});
});

describe('any payload', () => {
	const odd = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(null, '', 0, -1, true, [], {}));
	const message = fc.record(
		{
			id: odd,
			timestamp: odd,
			type: odd,
			text: odd,
			reply_to_message_id: odd,
			file_data: fc.oneof(fc.record({ mime_type: odd, caption: odd, download_url: odd }), odd),
		},
		{ requiredKeys: [] },
	);
	const content = {
		message: fc.oneof(message, odd),
		call: fc.oneof(fc.record({ id: odd, timestamp: odd, type: odd, is_video: odd, is_group: odd }), odd),
		id: odd,
		status: odd,
		direction: odd,
		sender_id: odd,
		chat_id: odd,
		chat_type: odd,
		sender_name: odd,
		sender_phone_number: odd,
	};
	const inner = fc.record(content, { requiredKeys: [] });
	const payload = fc.record(
		{
			...content,
			instance: fc.oneof(fc.record({ id: odd, customer_id: odd }), odd),
			customer_id: odd,
			new_message: fc.oneof(inner, odd),
			message_status: fc.oneof(inner, odd),
			incoming_call: fc.oneof(inner, odd),
		},
		{ requiredKeys: [] },
	);
	const types = [WHATSAPP, TELEGRAM, STATUS, CALL, TELEGRAM_CALL, LOG_IN, LOG_OUT].map(({ type }) => type);
	const body = fc.record({ type: fc.oneof(fc.constantFrom(...types), odd), payload: fc.oneof(payload, odd) });

	it('becomes a full event, or undefined, and never throws', () => {
		fc.assert(
			fc.property(fc.oneof(body, odd), (given) => {
				for (const event of parse(given) ?? []) {
					expect(event.id).not.toBe('');
					expect(event.provider).toBe('chategy');
					expect(['incoming', 'outgoing']).toContain(event.direction);
					const { id, phone, name } = event.sender;
					for (const value of [event.text, event.device, event.chat.id, id, phone, name]) {
						expect(typeof value === 'string' || value === null).toBe(true);
					}
					if (event.timestamp !== null) expect(event.timestamp).toMatch(/^\d{4}-.*Z$/);
					expect(choiceOf(event)).not.toBe('');
				}
			}),
			{ numRuns: 2_000 },
		);
	});
});

describe('choices', () => {
	it.each([
		[WHATSAPP, 'message_whatsapp'],
		[TELEGRAM, 'message_telegram'],
		[STATUS, 'message_status'],
		[CALL, 'call'],
		[TELEGRAM_CALL, 'call'],
		[LOG_IN, 'log_in'],
		[LOG_OUT, 'log_out'],
		[DELIVERY, 'delivery_status'],
	])('%# belongs to its choice', (body, choice) => {
		expect(choiceOf(eventOf(body))).toBe(choice);
	});
});

it.each(['message', 'message_edited', 'notice', 'delivery_status'])(
	'nothing unknown is one of our events: %s',
	(type) => {
		expect(eventOf({ type, payload: { pong: true } }).event).toBe('unknown');
		expect(eventOf({ type: `x_${type}`, payload: { pong: true } }).event).toBe(`x_${type}`);
	},
);
