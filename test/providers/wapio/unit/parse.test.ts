import * as fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import type { GatewayEvent } from '../../../../nodes/shared/trigger/event/event';
import { eventsOf, groupOf, OFFICIAL_EVENTS, officialName } from '../../../../nodes/Wapio/trigger/eventNames';
import { parseCall } from '../../../../nodes/Wapio/trigger/parseCall';

const SECONDS = 1_789_162_034;
const TIME = new Date(SECONDS * 1000).toISOString();

function parse(body: unknown, headers: Record<string, string> = {}): GatewayEvent[] | undefined {
	return parseCall({ headers, query: {}, body, rawBody: undefined });
}

function one(body: unknown, headers: Record<string, string> = {}): GatewayEvent {
	const events = parse(body, headers) ?? [];
	expect(events).toHaveLength(1);
	return events[0] as GatewayEvent;
}

const key = { id: '3EB0A', fromMe: false, remoteJid: '6281234567890@s.whatsapp.net' };
const received = (message: IDataObject, event = 'messages.received') => ({
	event,
	sessionId: 'bps_sess_ws_1',
	data: { messages: { key, messageTimestamp: SECONDS, pushName: 'Budi', ...message } },
});

describe('messages', () => {
	it('a text', () => {
		expect(one(received({ messageBody: 'Halo', message: { conversation: 'Halo' } }))).toEqual({
			event: 'message',
			provider: 'wapio',
			id: '3EB0A',
			timestamp: TIME,
			direction: 'incoming',
			device: 'bps_sess_ws_1',
			chat: { id: key.remoteJid, type: 'private' },
			sender: { id: key.remoteJid, phone: '6281234567890', name: 'Budi' },
			type: 'text',
			text: 'Halo',
			media: null,
			location: null,
			replyTo: null,
			raw: received({ messageBody: 'Halo', message: { conversation: 'Halo' } }),
		});
	});

	it.each([
		['event, data.messages', (m: IDataObject) => ({ event: 'messages.received', data: { messages: m } })],
		['a list of one', (m: IDataObject) => ({ event: 'messages.received', data: { messages: [m] } })],
		['directly in data', (m: IDataObject) => ({ event: 'messages.received', data: m })],
		['a list in data', (m: IDataObject) => ({ event: 'messages.upsert', data: [m] })],
		['event_type, payload', (m: IDataObject) => ({ event_type: 'message_received', payload: m })],
		['type', (m: IDataObject) => ({ type: 'messages.received', data: { messages: m } })],
		[
			'personal.message.received',
			(m: IDataObject) => ({ event: 'personal.message.received', data: { message: m } }),
		],
		['no name at all', (m: IDataObject) => ({ data: { messages: m } })],
	])('whatever the envelope: %s', (_name, wrap) => {
		const event = one(wrap({ key, messageTimestamp: SECONDS, message: { conversation: 'Halo' } }));
		expect(event).toMatchObject({ event: 'message', id: '3EB0A', text: 'Halo', timestamp: TIME });
	});

	it('takes the name from the header', () => {
		const { data } = received({ message: { conversation: 'a' } });
		expect(one({ data }, { 'x-webhook-event': 'messages.received' })).toMatchObject({
			event: 'message',
			text: 'a',
		});
	});

	it('each of several, with the part of the call that is its own', () => {
		const messages = ['a', 'b'].map((id) => ({ key: { ...key, id }, message: { conversation: id } }));
		const events = parse({ event: 'messages.upsert', data: { messages } }) ?? [];
		expect(events.map(({ id }) => id)).toEqual(['a', 'b']);
		expect(events[1]?.raw).toEqual({ event: 'messages.upsert', data: { messages: [messages[1]] } });
	});

	it.each([
		SECONDS,
		String(SECONDS),
		SECONDS * 1000,
		{ low: SECONDS, high: 0, unsigned: true },
		{ low: (SECONDS * 1000) | 0, high: 416 },
	])('time %j', (messageTimestamp) => {
		expect(one(received({ messageTimestamp })).timestamp?.slice(0, 10)).toBe(TIME.slice(0, 10));
	});

	it('a LID is given its number where there is one', () => {
		const lid = { ...key, remoteJid: '99887766554433@lid' };
		expect(one(received({ key: lid })).sender).toMatchObject({ id: '99887766554433@lid', phone: null });
		for (const more of [{ cleanedSenderPn: '6281234567890' }, { senderPn: '6281234567890@s.whatsapp.net' }]) {
			expect(one(received({ key: { ...lid, ...more } })).sender.phone).toBe('6281234567890');
		}
	});

	it('in a group the participant is the sender', () => {
		const group = {
			...key,
			remoteJid: '120363000000000000@g.us',
			participant: '99887766554433@lid',
			participantPn: '6281234567890@s.whatsapp.net',
		};
		expect(one(received({ key: group }, 'messages-group.received'))).toMatchObject({
			chat: { id: '120363000000000000@g.us', type: 'group' },
			sender: { id: '99887766554433@lid', phone: '6281234567890' },
		});
	});

	it('own messages are outgoing, and nobody is their sender', () => {
		const own = one(received({ key: { ...key, fromMe: true } }));
		expect(own).toMatchObject({
			direction: 'outgoing',
			chat: { id: key.remoteJid },
			sender: { id: null, phone: null },
		});
		expect(one({ event: 'message.sent', data: { msgId: 'm', to: '6281234567890', text: 'x' } })).toMatchObject({
			id: 'm',
			direction: 'outgoing',
			chat: { id: '6281234567890', type: 'private' },
			text: 'x',
		});
	});

	it('a channel and a broadcast', () => {
		expect(one(received({ key: { ...key, remoteJid: '1@newsletter' } })).chat.type).toBe('channel');
		expect(one(received({ key: { ...key, remoteJid: 'status@broadcast' } })).chat.type).toBe('broadcast');
	});

	it('a file is described; an encrypted address is not given', () => {
		const imageMessage = {
			mimetype: 'image/jpeg',
			caption: 'Look',
			url: 'https://mmg.whatsapp.net/x.enc',
			mediaKey: 'k',
		};
		expect(one(received({ message: { viewOnceMessageV2: { message: { imageMessage } } } }))).toMatchObject({
			type: 'image',
			text: 'Look',
			media: { mimeType: 'image/jpeg', url: null, reference: null, fileName: null, caption: 'Look' },
		});
		const documentMessage = {
			mimetype: 'application/pdf',
			fileName: 'a.pdf',
			title: 'a.pdf',
			url: 'https://files.example.com/a.pdf',
		};
		expect(
			one(received({ message: { documentWithCaptionMessage: { message: { documentMessage } } } })),
		).toMatchObject({
			type: 'document',
			text: null,
			media: { url: 'https://files.example.com/a.pdf', fileName: 'a.pdf' },
		});
	});

	it('a reply, a place, a poll, a contact', () => {
		const extendedTextMessage = { text: 'yes', contextInfo: { stanzaId: 'Q1' } };
		expect(one(received({ message: { extendedTextMessage } }))).toMatchObject({
			type: 'text',
			text: 'yes',
			replyTo: 'Q1',
		});
		const locationMessage = { degreesLatitude: 1.5, degreesLongitude: -2 };
		expect(one(received({ message: { locationMessage } }))).toMatchObject({
			type: 'location',
			location: { latitude: 1.5, longitude: -2 },
		});
		expect(one(received({ message: { pollCreationMessageV3: { name: 'When?' } } }))).toMatchObject({
			type: 'poll',
			text: 'When?',
		});
		expect(one(received({ message: { contactMessage: { displayName: 'M' } } }))).toMatchObject({ type: 'contact' });
	});

	it('a reaction, in both of its forms', () => {
		const expected = {
			event: 'message',
			id: 'R1',
			type: 'reaction',
			text: '👍',
			replyTo: '3EB0A',
			direction: 'incoming',
		};
		const own = { ...key, id: 'R1' };
		expect(one(received({ key: own, message: { reactionMessage: { key, text: '👍' } } }))).toMatchObject(expected);
		expect(one({ event: 'messages.reaction', data: [{ key, reaction: { key: own, text: '👍' } }] })).toMatchObject(
			expected,
		);
	});
});

describe('what happens to messages', () => {
	it('a receipt, as it was observed', () => {
		const data = {
			key: { fromMe: false, id: 'A1', remoteJid: '99887766554433@lid' },
			messageTimestamp: SECONDS,
			status: 4,
		};
		expect(one({ event: 'message-receipt.update', data })).toMatchObject({
			event: 'message_status',
			id: 'A1:status:4',
			timestamp: TIME,
			status: { messageId: 'A1', name: 'read', code: 4, final: null, delivered: true },
		});
	});

	it.each([
		[
			'messages.receipt.update',
			{ key, status: 'DELIVERY_ACK' },
			{ name: 'DELIVERY_ACK', code: 3, final: false, delivered: true },
		],
		[
			'messages.update',
			[{ key, update: { status: 0 } }],
			{ name: 'error', code: 0, final: true, delivered: false },
		],
		[
			'message-receipt.update',
			[{ key, receipt: { userJid: '1@lid', readTimestamp: SECONDS } }],
			{ name: 'read', code: 4 },
		],
		['message-receipt.update', { key, status: 'held' }, { name: 'held', code: null, final: null, delivered: null }],
	])('%s %j', (event, data, status) => {
		expect(one({ event, data })).toMatchObject({
			event: 'message_status',
			status: { messageId: '3EB0A', ...status },
		});
	});

	it('statuses of one message are events of their own', () => {
		const ids = [2, 3, 4].map((status) => one({ event: 'message-receipt.update', data: { key, status } }).id);
		expect(new Set(ids).size).toBe(3);
	});

	it('an edit is the same event in both of its forms', () => {
		const editedMessage = { conversation: 'new' };
		const protocolMessage = { type: 14, key: { id: '3EB0A' }, editedMessage };
		const upsert = one({
			event: 'messages.upsert',
			data: {
				messages: [{ key: { ...key, id: 'E1' }, messageTimestamp: SECONDS, message: { protocolMessage } }],
			},
		});
		const update = { messageTimestamp: SECONDS, message: { editedMessage: { message: { protocolMessage } } } };
		const updated = one({ event: 'messages.update', data: [{ key, update }] });
		const flat = one({
			event: 'messages.update',
			data: [
				{ key, update: { messageTimestamp: SECONDS, message: { editedMessage: { message: editedMessage } } } },
			],
		});
		for (const event of [upsert, updated, flat]) {
			expect(event).toMatchObject({ event: 'message_edited', text: 'new', replyTo: '3EB0A', id: upsert.id });
		}
		expect(upsert.id).not.toBe('3EB0A');
	});

	it.each([
		['messages.delete', { keys: [key] }],
		['messages.delete', { key }],
		['messages.delete', [{ key }]],
		[
			'messages.upsert',
			{ messages: [{ key: { ...key, id: 'D1' }, message: { protocolMessage: { type: 0, key } } }] },
		],
		['messages.update', [{ key, update: { message: null, messageStubType: 1 } }]],
	])('a deletion: %s %j', (event, data) => {
		expect(one({ event, data })).toMatchObject({
			event: 'message_deleted',
			id: '3EB0A:deleted',
			replyTo: '3EB0A',
			chat: { id: key.remoteJid },
		});
	});
});

describe('other events', () => {
	it('a call', () => {
		const call = { id: 'C1', from: '6281234567890@s.whatsapp.net', isVideo: true, isGroup: false, status: 'offer' };
		expect(one({ event: 'call', data: [call] })).toMatchObject({
			event: 'call',
			id: 'C1:offer',
			sender: { phone: '6281234567890' },
			call: { id: 'C1', isVideo: true, isGroup: false, state: 'offer', reason: null },
		});
	});

	it('come under their own names, even those that nobody knows', () => {
		expect(one({ event: 'qr_updated', data: { qr: 'x' } }).event).toBe('qrcode.updated');
		expect(one({ event: 'session.status', data: { status: 'connected' } }).event).toBe('session.status');
		expect(one({ event: 'constructor', data: {} }).event).toBe('constructor');
		expect(one({ event: 'groups.update', data: { id: '1-2@g.us' } }).chat).toEqual({
			id: '1-2@g.us',
			type: 'group',
		});
	});

	it('take their id from the event, not from the delivery', () => {
		const body = { event: 'session.status', data: { status: 'connected' } };
		const headers = { 'x-webhook-event-id': 'ev1', 'x-webhook-delivery-id': 'd1' };
		expect(one(body, headers).id).toBe('ev1');
		expect(one(body, { 'x-webhook-delivery-id': 'd1' }).id).toBe(one(body, { 'x-webhook-delivery-id': 'd2' }).id);
	});

	it.each([[undefined], [null], ['text'], [{}], [[]], [{ hello: 'world' }]])(
		'%j is not a webhook of Wapio',
		(body) => {
			expect(parse(body)).toBeUndefined();
		},
	);
});

describe('any payload', () => {
	const odd = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom(null, '', 0, true, [], {}));
	const parts = fc.oneof(
		fc.dictionary(
			fc.constantFrom(
				'conversation',
				'imageMessage',
				'extendedTextMessage',
				'protocolMessage',
				'editedMessage',
				'ephemeralMessage',
				'reactionMessage',
			),
			odd,
		),
		odd,
	);
	const message = fc.record(
		{
			key: fc.oneof(
				fc.record({ id: odd, remoteJid: odd, fromMe: odd, participant: odd }, { requiredKeys: [] }),
				odd,
			),
			message: parts,
			update: fc.oneof(
				fc.record({ message: parts, status: odd, messageStubType: odd }, { requiredKeys: [] }),
				odd,
			),
			reaction: odd,
			receipt: odd,
			status: odd,
			messageTimestamp: odd,
			pushName: odd,
		},
		{ requiredKeys: [] },
	);
	const content = fc.oneof(
		message,
		fc.array(message, { maxLength: 3 }),
		fc.record({ messages: fc.oneof(message, fc.array(message, { maxLength: 3 }), odd) }),
		odd,
	);
	const name = fc.oneof(fc.constantFrom(...OFFICIAL_EVENTS), fc.string());

	it('is read without a throw, into events with an id and the payload', () => {
		fc.assert(
			fc.property(name, content, (event, data) => {
				for (const read of parse({ event, data }) ?? []) {
					expect(read.id).not.toBe('');
					expect(read.event).not.toBe('');
					expect(read.raw).toMatchObject({ event });
					expect(['incoming', 'outgoing']).toContain(read.direction);
					expect(read.timestamp === null || !Number.isNaN(Date.parse(read.timestamp))).toBe(true);
				}
			}),
			{ numRuns: 500 },
		);
	});

	it('keeps the id of a message, and gives the same ids to a redelivery', () => {
		fc.assert(
			fc.property(
				fc.stringMatching(/^[0-9A-F]{1,20}$/),
				fc.constantFrom('messages.received', 'messages.upsert', 'message.sent'),
				odd,
				(id, event, conversation) => {
					const body = { event, data: { messages: { key: { ...key, id }, message: { conversation } } } };
					expect(one(body).id).toBe(id);
				},
			),
		);
		fc.assert(
			fc.property(name, content, (event, data) => {
				const ids = () => parse({ event, data, timestamp: SECONDS })?.map(({ id }) => id);
				expect(ids()).toEqual(ids());
			}),
		);
	});
});

describe('names of events', () => {
	it('every official event falls under one choice, and keeps its name', () => {
		for (const event of OFFICIAL_EVENTS) {
			expect(officialName(event)).toBe(event);
			expect(groupOf({ event })).toBeDefined();
		}
		expect(new Set(OFFICIAL_EVENTS).size).toBe(OFFICIAL_EVENTS.length);
		expect(groupOf({ event: 'something new' })).toBeUndefined();
	});

	it('a choice stands for its events; none and All for all', () => {
		expect(eventsOf(['receipts', 'calls'])).toEqual(['message-receipt.update', 'call']);
		expect(eventsOf(['*', 'calls'])).toHaveLength(OFFICIAL_EVENTS.length);
		expect(eventsOf([])).toHaveLength(OFFICIAL_EVENTS.length);
	});
});
