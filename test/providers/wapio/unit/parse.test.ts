import * as fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { choiceOf, eventsOf, OFFICIAL_EVENTS, officialName } from '../../../../nodes/Wapio/trigger/eventNames';
import { key, one, parse, received, SECONDS, TIME } from './parsing';

describe('messages', () => {
	it('a text', () => {
		expect(one(received({ messageBody: 'Halo', message: { conversation: 'Halo' } }))).toEqual({
			event: 'message',
			provider: 'wapio',
			id: '3EB0A',
			timestamp: TIME,
			direction: 'incoming',
			device: 'bps_sess_ws_1',
			chat: { id: key.remoteJid, type: 'private', phone: '6281234567890', address: key.remoteJid },
			sender: { id: key.remoteJid, phone: '6281234567890', name: 'Budi', isMe: false },
			type: 'text',
			text: 'Halo',
			media: null,
			location: null,
			replyTo: null,
			messageId: '3EB0A',
			channel: 'whatsapp',
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

	it.each(['notice', 'poll_vote', 'message_edited', 'log_out', 'delivery_status'])(
		'an event that claims to be "%s" and is none is not known',
		(event) => {
			expect(one({ event, data: { a: 1 } })).toMatchObject({ event: 'unknown' });
		},
	);

	it('a call without any details is still a call', () => {
		expect(one({ event: 'call', data: 'ringing' })).toMatchObject({
			event: 'call',
			call: { id: null, state: null },
		});
	});

	it.each([
		['words beside', { messageBody: 'Halo' }],
		['parts', { message: { conversation: 'Halo' } }],
	])('one without any id, recognized by its content: %s', (_name, written) => {
		const messages = { remoteJid: key.remoteJid, messageTimestamp: SECONDS, ...written };
		expect(one({ event: 'messages.received', data: { messages } })).toMatchObject({
			event: 'message',
			text: 'Halo',
			chat: { id: key.remoteJid, address: key.remoteJid },
			messageId: null,
			identity: 'timed',
		});
	});

	it.each(['message', 'message.new', 'messages-community.received', 'notice'])(
		'one under an unknown name: %s',
		(name) => {
			const messages = { key, messageTimestamp: SECONDS, message: { conversation: 'Halo' } };
			expect(one({ event: name, data: { messages } })).toMatchObject({
				event: 'message',
				id: '3EB0A',
				text: 'Halo',
			});
		},
	);

	it('nothing else is one, whatever it is called', () => {
		expect(one({ event: 'message', data: { pong: true } })).toMatchObject({ event: 'unknown' });
		expect(one({ event: 'message_edited', data: { pong: true } })).toMatchObject({ event: 'unknown' });
		expect(one({ event: 'pong', data: { message: {} } })).toMatchObject({ event: 'pong' });
	});

	it('none that says nothing, or in no chat', () => {
		const of = (messages: IDataObject) => parse({ event: 'messages.received', data: { messages } });
		expect(of({ remoteJid: key.remoteJid, messageTimestamp: SECONDS })).toBeUndefined();
		expect(of({ messageBody: 'Halo', messageTimestamp: SECONDS })).toBeUndefined();
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

	it('the digits of a LID are no number, wherever they are', () => {
		const [digits, lid] = ['99887766554433', '99887766554433@lid'];
		const unknown = { ...key, remoteJid: lid, cleanedSenderPn: digits, senderPn: digits };
		expect(one(received({ key: unknown }))).toMatchObject({
			chat: { lid, address: lid },
			sender: { phone: null, lid },
		});
		const known = { ...unknown, senderPn: '6281234567890@s.whatsapp.net' };
		expect(one(received({ key: known })).sender).toMatchObject({ phone: '6281234567890', lid });
		const group = { ...key, remoteJid: '120363000000000000@g.us', participant: lid, cleanedParticipantPn: digits };
		expect(one(received({ key: group })).sender).toMatchObject({ phone: null, lid });
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

	it('own messages are outgoing, without a sender', () => {
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

	it('a channel and a story', () => {
		expect(one(received({ key: { ...key, remoteJid: '1@newsletter' } })).chat.type).toBe('channel');
		expect(one(received({ key: { ...key, remoteJid: 'status@broadcast' } })).chat.type).toBe('story');
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
			media: {
				mimeType: 'image/jpeg',
				url: null,
				reference: expect.stringMatching(/^wa1\./) as string,
				fileName: null,
				caption: 'Look',
			},
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
			event: 'message_reaction',
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

	it.each(['messages.received', 'messages.update', 'session.status', 'call', 'poll.results', 'x'])(
		'%s nested 20,000 deep throws nothing',
		(event) => {
			let inner: unknown = { conversation: 'a' };
			for (let depth = 0; depth < 20_000; depth++) inner = { newMessage: { message: inner } };
			for (const data of [{ message: inner }, { key: {}, message: inner }, { key, message: inner }, inner]) {
				for (const { id } of parse({ event, data }) ?? []) expect(id).not.toBe('');
			}
		},
	);

	it('keeps the id of a message, and gives the same ids to a redelivery', () => {
		fc.assert(
			fc.property(
				fc.stringMatching(/^[0-9A-F]{1,20}$/),
				fc.constantFrom('messages.received', 'messages.upsert', 'message.sent'),
				fc.stringMatching(/^\S+$/),
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
	it('every official event is registered for a choice, and keeps its name', () => {
		for (const event of OFFICIAL_EVENTS) expect(officialName(event)).toBe(event);
		expect(new Set(OFFICIAL_EVENTS).size).toBe(22);
		expect(choiceOf({ event: 'something new' })).toBeUndefined();
		expect(choiceOf({ event: 'groups.upsert' })).toBe('groups');
		expect(choiceOf({ event: 'message' })).toBeUndefined();
	});

	it('a choice means its events; none and All mean all', () => {
		expect(eventsOf(['session', 'qr'])).toEqual(['session.status', 'qrcode.updated']);
		expect(eventsOf(['message'])).toContain('messages.update');
		expect(eventsOf(['message'])).not.toContain('messages.reaction');
		expect(eventsOf(['*', 'call'])).toHaveLength(OFFICIAL_EVENTS.length);
		expect(eventsOf([])).toHaveLength(OFFICIAL_EVENTS.length);
	});
});
