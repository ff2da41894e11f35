import type { IDataObject } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import { key, one, parse, received, SECONDS, TIME } from './parsing';

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

	it('an edit is about its target in all of its forms, and has its own id if there is one', () => {
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
			expect(event).toMatchObject({
				event: 'message_edited',
				text: 'new',
				replyTo: '3EB0A',
				target: { messageId: '3EB0A', isMine: false, senderPhone: '6281234567890' },
			});
		}
		expect(upsert.id).toBe('3EB0A:edited:E1');
		expect(updated.id).toMatch(/^3EB0A:edited:[0-9a-f]{12}$/);
		expect(flat.id).toBe(updated.id);
	});

	it('content that comes late is a message, not an edit, and has not the id of its placeholder', () => {
		const stub = one(received({ messageStubType: 2, message: null }));
		expect(stub).toMatchObject({ event: 'notice', notice: { kind: 'unreadable', reason: 'not_decrypted' } });
		const update = { message: { conversation: 'Halo' }, messageStubType: null };
		const late = one({ event: 'messages.update', data: [{ key, update }] });
		expect(late).toMatchObject({ event: 'message', id: '3EB0A', text: 'Halo' });
		expect(stub.id).not.toBe(late.id);
	});

	it('a message, deletion or reaction has one id, whichever event brings it', () => {
		const ids = (bodies: IDataObject[]) => new Set(bodies.map((body) => one(body).id));
		const message = { key, messageTimestamp: SECONDS, message: { conversation: 'a' } };
		expect(
			ids(
				['messages.received', 'messages-personal.received', 'messages.upsert', 'message.sent'].map((event) => ({
					event,
					data: { messages: message },
				})),
			).size,
		).toBe(1);
		const protocolMessage = { type: 0, key };
		expect(
			ids([
				{
					event: 'messages.upsert',
					data: { messages: [{ key: { ...key, id: 'D1' }, message: { protocolMessage } }] },
				},
				{ event: 'messages.update', data: [{ key, update: { message: null, messageStubType: 1 } }] },
				{ event: 'messages.delete', data: { keys: [key] } },
			]).size,
		).toBe(1);
	});

	it('votes: hashes of the options are named where the payload has the poll', () => {
		const hash = (text: string) => createHash('sha256').update(text).digest();
		const pollUpdates = [
			{
				pollUpdateMessageKey: { ...key, id: 'V1', fromMe: false },
				vote: { selectedOptions: [hash('Tea').toString('base64'), { type: 'Buffer', data: [...hash('Rum')] }] },
				senderTimestampMs: SECONDS * 1000,
			},
		];
		const poll = { pollCreationMessageV3: { name: 'Drink?', options: [{ optionName: 'Tea' }] } };
		const event = one({ event: 'messages.update', data: [{ key, message: poll, update: { pollUpdates } }] });
		expect(event).toMatchObject({
			event: 'poll_vote',
			id: `3EB0A:vote:${key.remoteJid}:${TIME}`,
			timestamp: TIME,
			replyTo: '3EB0A',
			sender: { phone: '6281234567890' },
			vote: { options: ['Tea', hash('Rum').toString('hex')], isEncrypted: false },
		});
		expect(event.type).toBe('unknown');
	});

	it('the tally of a poll', () => {
		const data = {
			key: { ...key, fromMe: true },
			pollResult: [
				{ name: 'Tea', voters: [key.remoteJid] },
				{ name: 'Rum', voters: [] },
			],
		};
		const event = one({ event: 'poll.results', timestamp: SECONDS, data });
		expect(event).toMatchObject({
			event: 'poll_vote',
			direction: 'incoming',
			sender: { id: null },
			target: { messageId: '3EB0A', isMine: true },
			vote: {
				results: [
					{ option: 'Tea', count: 1, voters: [{ id: key.remoteJid, phone: '6281234567890' }] },
					{ option: 'Rum', count: 0, voters: [] },
				],
			},
		});
		expect(event.id).toMatch(/^3EB0A:vote:/);
	});

	it('a message that was not sent', () => {
		const failed = {
			success: false,
			msgId: 'bps_msg_7',
			to: key.remoteJid,
			error: { code: 'no_whatsapp', message: 'Not on WhatsApp' },
		};
		expect(one({ event: 'message.sent', data: failed })).toMatchObject({
			event: 'message_status',
			direction: 'outgoing',
			status: {
				messageId: 'bps_msg_7',
				deliveryId: 'bps_msg_7',
				recipientPhone: '6281234567890',
				name: 'failed',
				final: true,
				delivered: false,
				error: { code: 'no_whatsapp', text: 'Not on WhatsApp' },
			},
		});
		expect(one({ event: 'message.sent', data: { success: false, error: 'Session is offline' } })).toMatchObject({
			event: 'message_status',
			status: { messageId: null, error: { text: 'Session is offline' } },
		});
	});

	it.each([
		[{ event: 'messages.upsert', data: { type: 'notify' } }, SECONDS, false],
		[{ event: 'messages.set', data: {} }, SECONDS, true],
		[{ event: 'messaging-history.set', data: {} }, SECONDS, true],
		[{ event: 'messages.upsert', data: { isHistorySync: true } }, SECONDS, true],
		[{ event: 'messages.received', data: {} }, 1_600_000_000, undefined],
	])('history: %j of %d is %p', (body, messageTimestamp, expected) => {
		const messages = [{ key, messageTimestamp, message: { conversation: 'a' } }];
		expect(one({ ...body, data: { ...body.data, messages } })).toMatchObject({ event: 'message', id: '3EB0A' });
		expect(one({ ...body, data: { ...body.data, messages } }).isHistory).toBe(expected);
	});

	it('what waited while the session was offline is marked; how old history is, is for the options to say', () => {
		const messages = [{ key, messageTimestamp: 1_600_000_000, message: { conversation: 'a' } }];
		const event = one({ event: 'messages.upsert', data: { type: 'append', messages } });
		expect(event).toMatchObject({ event: 'message', isQueued: true });
		expect(event.isHistory).toBeUndefined();
	});

	it("the account's own ids are used where the payload names them", () => {
		const group = { id: 'G1', fromMe: false, remoteJid: '120363@g.us', participant: '628999999@s.whatsapp.net' };
		const text = {
			extendedTextMessage: { text: '@x', contextInfo: { mentionedJid: ['628999999@s.whatsapp.net'] } },
		};
		const data = {
			me: { id: '628999999:4@s.whatsapp.net', lid: '777777@lid' },
			messages: [{ key: group, message: text }],
		};
		expect(one({ event: 'messages.upsert', data })).toMatchObject({
			direction: 'outgoing',
			sender: { isMe: true },
			mentionsMe: true,
		});
	});

	it('what is not signed decides nothing that the body can decide', () => {
		const headers = { 'x-webhook-event': 'call', 'x-webhook-event-id': 'forged' };
		expect(one(received({ message: { conversation: 'a' } }), headers)).toMatchObject({
			event: 'message',
			id: '3EB0A',
		});
		expect(one({ event: 'session.status', event_id: 'e1', data: { status: 'x' } }, headers).id).toBe('e1');
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

describe('other changes of a message', () => {
	const update = (change: IDataObject) =>
		one({ event: 'messages.update', timestamp: SECONDS, data: [{ key, update: change }] });

	it('a system message about it', () => {
		expect(update({ messageStubType: 2, message: null })).toMatchObject({
			event: 'notice',
			id: '3EB0A:notice:unreadable',
			notice: { reason: 'not_decrypted' },
		});
	});

	it('pins', () => {
		expect(update({ pinInChat: { type: 2, key } })).toMatchObject({
			event: 'notice',
			notice: { name: 'unpinned' },
		});
	});

	it('answers to an appointment, each a separate event', () => {
		const answer = (id: string) => ({ eventResponseMessageKey: { ...key, id }, timestampMs: SECONDS * 1000 });
		const ids = ['A1', 'A2'].map((id) => update({ eventResponses: [answer(id)] }));
		expect(ids.map(({ event, notice, target }) => [event, notice?.name, target?.messageId])).toEqual(
			Array(2).fill(['notice', 'calendar_changed', '3EB0A']),
		);
		expect(new Set(ids.map(({ id }) => id)).size).toBe(2);
	});

	it('reactions', () => {
		const event = update({ reactions: [{ key: { ...key, id: 'R1' }, text: '👍' }] });
		expect(event).toMatchObject({
			event: 'message_reaction',
			id: 'R1',
			reaction: { emoji: '👍' },
			replyTo: '3EB0A',
		});
	});

	it('a deletion by someone else in a group names both', () => {
		const about = { remoteJid: '120363@g.us', fromMe: false, id: 'G1', participant: '1111111@lid' };
		const own = { ...about, id: 'D1', participant: '2222222@lid' };
		const data = [{ key: about, update: { message: null, messageStubType: 1, key: own } }];
		expect(one({ event: 'messages.update', data })).toMatchObject({
			event: 'message_deleted',
			id: 'G1:deleted',
			sender: { id: '2222222@lid' },
			target: { messageId: 'G1', senderId: '1111111@lid' },
		});
	});

	it('an unknown one keeps its own name', () => {
		expect(update({ starred: true })).toMatchObject({ event: 'messages.update', chat: { id: key.remoteJid } });
		expect(one({ event: 'messages.delete', data: { jid: key.remoteJid, all: true } })).toMatchObject({
			event: 'messages.delete',
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
		expect(one({ event: 'call', data: { call } })).toMatchObject({ id: 'C1:offer', call: { isVideo: true } });
	});

	it('keep their own names, even unknown ones', () => {
		expect(one({ event: 'qr_updated', data: { qr: 'x' } }).event).toBe('qrcode.updated');
		expect(one({ event: 'session.status', data: { status: 'connected' } }).event).toBe('session.status');
		expect(one({ event: 'constructor', data: {} }).event).toBe('constructor');
		expect(one({ event: 'groups.update', data: { id: '1-2@g.us' } }).chat).toEqual({
			id: '1-2@g.us',
			type: 'group',
			address: '1-2@g.us',
		});
	});

	it('a change of members', () => {
		const data = {
			id: '120363@g.us',
			author: '777777@lid',
			authorPn: '628999999@s.whatsapp.net',
			participants: [
				'6281234567890@s.whatsapp.net',
				{ id: '888888@lid', phoneNumber: '628777777@s.whatsapp.net', admin: null },
			],
			action: 'add',
		};
		expect(one({ event: 'group-participants.update', data })).toMatchObject({
			event: 'group-participants.update',
			chat: { id: '120363@g.us', type: 'group' },
			sender: { id: '777777@lid', phone: '628999999', lid: '777777@lid' },
			group: {
				action: 'add',
				by: '777777@lid',
				participants: [
					{ id: '6281234567890@s.whatsapp.net', phone: '6281234567890' },
					{ id: '888888@lid', phone: '628777777', lid: '888888@lid' },
				],
			},
		});
	});

	it('the state of the session', () => {
		const data = { status: 'disconnected', reason: 'logged out' };
		expect(one({ event: 'session.status', data }).session).toEqual({ state: 'disconnected', reason: 'logged out' });
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
