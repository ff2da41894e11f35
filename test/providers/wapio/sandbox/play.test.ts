import { type PlayRequest, wapioAccount } from '../../../../sandbox';
import {
	anyNumber,
	anyString,
	callProvider,
	matching,
	playKind,
	startReceiver,
	useSandbox,
} from '../../../sandbox/client';

const { pat, sessions, sender, groups, ownLid, channel } = wapioAccount;
const PERSON = `${sender.number}@s.whatsapp.net`;
const LID = `${sender.lid}@lid`;
const ME = '212611111111@s.whatsapp.net';
const sandbox = useSandbox();

const play = async (kind: string, options: PlayRequest = {}): Promise<Record<string, unknown>> =>
	(await playKind(sandbox(), 'wapio', kind, { text: 'Hello', ...options })).payloads[0] as Record<string, unknown>;

/** The message that reports a kind. */
const message = async (kind: string, options: PlayRequest = {}): Promise<Record<string, unknown>> =>
	((await play(kind, options)).data as { messages: Record<string, unknown> }).messages;

it('puts a message into the observed envelope, with phone and LID in its key', async () => {
	expect(await play('conversation', { id: 'A1', timestamp: 1_789_162_034 })).toEqual({
		event: 'messages.received',
		sessionId: sessions.connected,
		timestamp: 1_789_162_034,
		data: {
			messages: {
				key: {
					remoteJid: PERSON,
					fromMe: false,
					id: 'A1',
					remoteJidAlt: LID,
					senderPn: PERSON,
					cleanedSenderPn: sender.number,
					senderLid: LID,
				},
				messageBody: 'Hello',
				messageTimestamp: 1_789_162_034,
				pushName: sender.name,
				message: { conversation: 'Hello' },
			},
		},
	});
});

it.each<[string, PlayRequest, string, unknown]>([
	[
		'in a group',
		{ chat: 'group' },
		'messages-group.received',
		{ remoteJid: groups.family, participant: PERSON, participantAlt: LID },
	],
	[
		'in a group of LIDs',
		{ chat: 'group', addressing: 'lid' },
		'messages-group.received',
		{ participant: LID, participantPn: PERSON },
	],
	['from a hidden number', { phone: null }, 'messages.received', { remoteJid: LID, senderLid: LID }],
	['in a channel', { chat: 'channel' }, 'messages-newsletter.received', { remoteJid: channel, fromMe: false }],
	['in a story', { chat: 'story' }, 'messages.received', { remoteJid: 'status@broadcast', participant: PERSON }],
	['of the account', { own: true }, 'message.sent', { remoteJid: PERSON, fromMe: true, recipientLid: LID }],
	[
		'of the account, from a phone',
		{ own: true, source: 'app' },
		'message.sent',
		{ id: matching(/^3A[0-9A-F]{18}$/) },
	],
	['without an id', { withoutId: true }, 'messages.received', { remoteJid: PERSON }],
])('reports a message %s', async (_name, options, event, key) => {
	const payload = await play('conversation', options);
	expect(payload).toMatchObject({ event, data: { messages: { key } } });
	const told = (payload.data as { messages: { key: object } }).messages.key;
	if (options.phone === null) expect(JSON.stringify(told)).not.toContain('s.whatsapp.net');
	expect('id' in told).toBe(options.withoutId !== true);
});

it('reports what was queued and back-filled, and the envelope of the first SDK', async () => {
	expect(await play('conversation', { history: 'append' })).toMatchObject({
		event: 'messages.upsert',
		data: { type: 'append', messages: [{ message: { conversation: 'Hello' } }] },
	});
	expect(await play('conversation', { history: 'set' })).toMatchObject({
		event: 'messaging-history.set',
		data: { syncType: anyNumber, messages: [{ message: { conversation: 'Hello' } }] },
	});
	expect(await play('conversation', { envelope: 'sdk', timestamp: 1000 })).toMatchObject({
		event_type: 'message_received',
		session_id: sessions.connected,
		emitted_at: 1_000_000,
		payload: { messages: { message: { conversation: 'Hello' } } },
	});
	expect(await message('conversation', { own: true, source: 'api' })).toMatchObject({
		messageId: matching(/^bps_msg_/),
	});
});

it.each<[string, PlayRequest, unknown]>([
	[
		'locationMessage',
		{},
		{
			locationMessage: {
				degreesLatitude: -6.175392,
				degreesLongitude: 106.827153,
				name: anyString,
				comment: 'Hello',
			},
		},
	],
	[
		'contactMessage',
		{},
		{
			contactMessage: {
				displayName: 'Budi Santoso',
				vcard: matching(/^BEGIN:VCARD\n[^]*item1\.TEL;waid=6281200000002:/),
			},
		},
	],
	[
		'pollCreationMessageV3',
		{},
		{
			pollCreationMessageV3: {
				name: 'Hello',
				options: [{ optionName: 'Morning' }, {}, {}],
				selectableOptionsCount: 1,
			},
		},
	],
	[
		'listResponseMessage',
		{},
		{
			listResponseMessage: {
				title: 'Hello',
				singleSelectReply: { selectedRowId: 'row_2' },
				description: anyString,
			},
		},
	],
	[
		'buttonsResponseMessage',
		{},
		{ buttonsResponseMessage: { selectedButtonId: 'size_l', selectedDisplayText: 'Hello' } },
	],
	[
		'interactiveResponseMessage',
		{},
		{
			interactiveResponseMessage: {
				nativeFlowResponseMessage: { name: 'flow', paramsJson: matching(/^\{.*"flow_token"/) },
			},
		},
	],
	[
		'voiceNote',
		{},
		{ audioMessage: { ptt: true, seconds: 3, mimetype: 'audio/ogg; codecs=opus', mediaKey: anyString } },
	],
	['gif', {}, { videoMessage: { gifPlayback: true, caption: 'Hello' } }],
	[
		'orderMessage',
		{},
		{
			orderMessage: {
				orderId: anyString,
				token: anyString,
				message: 'Hello',
				totalAmount1000: '125500000',
				totalCurrencyCode: 'IDR',
			},
		},
	],
	[
		'requestPaymentMessage',
		{},
		{ requestPaymentMessage: { amount1000: '250000', noteMessage: { extendedTextMessage: { text: 'Hello' } } } },
	],
	[
		'messageEdit',
		{ target: 'T1' },
		{ protocolMessage: { key: { id: 'T1', fromMe: false }, type: 14, editedMessage: { conversation: 'Hello' } } },
	],
	['messageEdit', { form: 'protobuf' }, { protocolMessage: { type: 'MESSAGE_EDIT' } }],
	['revoke', { target: 'T1' }, { protocolMessage: { key: { id: 'T1' }, type: 0 } }],
	[
		'reactionMessage',
		{ target: 'T1', emoji: null },
		{ reactionMessage: { key: { id: 'T1', fromMe: true }, text: '' } },
	],
	[
		'pollUpdateMessage',
		{},
		{
			pollUpdateMessage: {
				pollCreationMessageKey: { fromMe: true },
				vote: { encPayload: anyString, encIv: anyString },
			},
		},
	],
	['callLogMesssage', {}, { callLogMesssage: { callOutcome: 1, isVideo: false } }],
	['placeholderMessage', {}, { placeholderMessage: { type: 0 } }],
	['protocol.SHARE_PHONE_NUMBER', {}, { protocolMessage: { type: 11 } }],
	['pinInChat', { target: 'T1' }, { pinInChatMessage: { key: { id: 'T1' }, type: 1 } }],
	['unknownWithText', {}, { holographicMessage: { text: 'Hello' } }],
])('plays %s (%j)', async (kind, options, expected) => {
	const { message: content } = await message(kind, options);
	expect(content).toMatchObject(expected as object);
	expect(Object.keys(content as object)).toEqual(Object.keys(expected as object));
});

it.each<[string, PlayRequest, unknown]>([
	[
		'receipt',
		{ target: 'T1', status: 'played' },
		{ event: 'message-receipt.update', data: { key: { id: 'T1' }, status: 5 } },
	],
	['statusUpdate', { status: 3 }, { event: 'messages.update', data: [{ update: { status: 3 } }] }],
	[
		'sendFailed',
		{},
		{ event: 'message.sent', data: { success: false, error: { code: anyString, message: anyString } } },
	],
	['sessionStatus', { status: 'connected' }, { event: 'session.status', data: { status: 'connected', phone: ME } }],
	['videoCall', { status: 'timeout' }, { event: 'call', data: [{ from: PERSON, status: 'timeout', isVideo: true }] }],
	['nestedCall', {}, { event: 'call', data: { call: { status: 'offer' } } }],
	[
		'updateRevoke',
		{ target: 'T1' },
		{ event: 'messages.update', data: [{ key: { id: 'T1' }, update: { message: null, messageStubType: 1 } }] },
	],
	[
		'lateContent',
		{ id: 'A1' },
		{
			event: 'messages.update',
			data: [{ key: { id: 'A1' }, update: { message: { conversation: 'Hello' }, messageStubType: null } }],
		},
	],
	[
		'participantsPromote',
		{},
		{
			event: 'group-participants.update',
			data: { id: groups.family, action: 'promote', participants: [anyString] },
		},
	],
	['chatDelete', {}, { event: 'chats.delete', data: [PERSON] }],
])('plays %s as a separate event (%j)', async (kind, options, expected) => {
	expect(await play(kind, options)).toMatchObject(expected as object);
});

it.each<[string, PlayRequest, number | string, string[]]>([
	['stub.CIPHERTEXT', {}, 2, []],
	['stub.CIPHERTEXT', { form: 'protobuf' }, 'CIPHERTEXT', []],
	['stub.CALL_MISSED_VOICE', {}, 40, []],
	['stub.GROUP_CHANGE_SUBJECT', {}, 21, ['Friends & Family']],
	[
		'stub.GROUP_PARTICIPANT_LEAVE',
		{},
		32,
		['{"id":"99887766554433@lid","phoneNumber":"212600000003@s.whatsapp.net","admin":null}'],
	],
	['stub.COMMUNITY_LINK_SUB_GROUP', {}, 136, []],
	['stub.PINNED_MESSAGE_IN_CHAT', {}, 177, []],
	['stub.GROUP_MEMBER_SHARE_GROUP_HISTORY_MODE', {}, 221, ['admin_share']],
])('plays %s (%j)', async (kind, options, messageStubType, messageStubParameters) => {
	const told = await message(kind, options);
	expect(told).toMatchObject({ messageStubType, messageStubParameters });
	expect(told).not.toHaveProperty('message');
});

it('has every stub type from 0 to 221, and an unknown one', async () => {
	const stubs = sandbox()
		.control.playable('wapio')
		.kinds.filter(({ name }) => name.startsWith('stub.'));
	const numbers: unknown[] = [];
	for (const { name } of stubs) numbers.push((await message(name)).messageStubType);
	expect(numbers).toEqual([...Array(222).keys(), 999]);
});

it('puts wrappers around anything, the first one outermost', async () => {
	expect(
		(
			await message('listResponseMessage', {
				wrappers: ['ephemeralMessage', 'deviceSentMessage', 'viewOnceMessageV2'],
			})
		).message,
	).toMatchObject({
		ephemeralMessage: {
			message: {
				deviceSentMessage: {
					destinationJid: PERSON,
					message: { viewOnceMessageV2: { message: { listResponseMessage: { title: 'Hello' } } } },
				},
			},
		},
	});
	expect((await message('hdChildMessage', { target: 'T1' })).message).toMatchObject({
		associatedChildMessage: { message: { imageMessage: { caption: 'Hello' } } },
		messageContextInfo: { messageAssociation: { associationType: 5, parentMessageKey: { id: 'T1' } } },
	});
	await expect(message('conversation', { wrappers: ['paper'] })).rejects.toThrow('no wrapper "paper"');
});

it.each<[string, PlayRequest, unknown]>([
	[
		'a quote',
		{ quoted: { id: 'Q1', text: 'Size?' } },
		{ stanzaId: 'Q1', participant: ME, quotedMessage: { conversation: 'Size?' } },
	],
	['a quoted story', { quoted: { story: true } }, { remoteJid: 'status@broadcast' }],
	['that it is forwarded often', { forwarded: 7 }, { isForwarded: true, forwardingScore: 7 }],
	['that it is not forwarded', { forwarded: false }, { isForwarded: false, forwardingScore: 0 }],
	[
		'the channel it is from',
		{ forwarded: 'channel' },
		{ forwardedNewsletterMessageInfo: { newsletterJid: channel } },
	],
	[
		'mentions',
		{ mentions: ['me', '628123', 'all'] },
		{ mentionedJid: [ME, '628123@s.whatsapp.net'], nonJidMentions: 1 },
	],
	['an ad', { ad: true }, { externalAdReply: { sourceType: 'ad', ctwaClid: anyString }, conversionSource: 'FB_Ads' }],
	['an ad without details', { ad: 'opaque' }, { ctwaPayload: anyString, conversionData: anyString }],
	['a timer', { expiration: 86_400 }, { expiration: 86_400 }],
])('reports %s with the content', async (_name, options, contextInfo) => {
	expect((await message('conversation', options)).message).toMatchObject({
		extendedTextMessage: { text: 'Hello', contextInfo },
	});
	expect((await message('imageMessage', options)).message).toMatchObject({ imageMessage: { contextInfo } });
	expect((await message('viewOnceMessageV2', options)).message).toMatchObject({
		viewOnceMessageV2: { message: { imageMessage: { contextInfo } } },
	});
});

it('posts an event to subscribers only, and always one without a subscription', async () => {
	const receiver = await startReceiver();
	const path = `/v1/whatsapp-sessions/${sessions.connected}/webhook`;
	const body = { target_url: receiver.url, subscribed_events: ['call'], is_active: true };
	await callProvider(sandbox(), 'wapio', 'PUT', path, body, { Authorization: `Bearer ${pat}` });
	expect((await sandbox().control.play('wapio', 'conversation')).registered).toBe(false);
	expect((await sandbox().control.play('wapio', 'call')).deliveries).toHaveLength(1);
	expect((await sandbox().control.play('wapio', 'conversation', { history: 'set' })).deliveries).toHaveLength(1);
	await receiver.close();
});

describe('requests about files and people', () => {
	const call = async (method: string, path: string, body?: unknown): Promise<{ status: number; json: unknown }> =>
		await callProvider(sandbox(), 'wapio', method, path, body, {
			Authorization: `Bearer ${pat}`,
			'x-session-id': sessions.connected,
		});
	const image = async (): Promise<Record<string, string>> =>
		((await message('imageMessage')).message as { imageMessage: Record<string, string> }).imageMessage;
	const fileAt = async (url: unknown): Promise<string | null> =>
		(await fetch(String(url))).headers.get('content-type');

	it('decrypt by key and path, in two steps', async () => {
		const { mediaKey, directPath, url } = await image();
		const answer = await call('POST', '/api/decrypt-media', { mediaKey, directPath, url, type: 'image' });
		expect(answer).toMatchObject({
			status: 200,
			json: { success: true, data: { media_id: matching(/^bps_media_/) } },
		});
		const { media_id } = (answer.json as { data: { media_id: string } }).data;
		const { json } = await call('GET', `/v1/media/${media_id}/download-url`);
		expect(await fileAt((json as { download_url: string }).download_url)).toBe('image/jpeg');
		const wrong = { mediaKey: 'AAAA', directPath, url, type: 'image' };
		expect((await call('POST', '/api/decrypt-media', wrong)).status).toBe(422);
		expect((await call('GET', '/v1/media/bps_media_0/download-url')).status).toBe(404);
	});

	it('decrypt by the whole message, under any name', async () => {
		for (const name of ['download_url', 'public_url', 'publicUrl', 'url'] as const) {
			sandbox().control.configure('wapio', { mediaDecrypt: name });
			const { json } = await call('POST', '/v1/media/decrypt', { message: { imageMessage: await image() } });
			expect(await fileAt((json as Record<string, unknown>)[name])).toBe('image/jpeg');
		}
		expect((await call('POST', '/v1/media/decrypt', { message: { conversation: 'Hi' } })).status).toBe(422);
	});

	it('can be absent', async () => {
		sandbox().control.configure('wapio', {
			decryptMedia: 'absent',
			mediaDecrypt: 'notAllowed',
			lidLookup: 'absent',
		});
		expect((await call('POST', '/api/decrypt-media', {})).status).toBe(404);
		expect((await call('POST', '/v1/media/decrypt', {})).status).toBe(405);
		expect((await call('GET', `/api/pn-from-lid/${sender.lid}`)).status).toBe(404);
	});

	it('return phones, LIDs and the account', async () => {
		expect((await call('GET', `/api/pn-from-lid/${sender.lid}`)).json).toMatchObject({ data: { pn: PERSON } });
		expect((await call('GET', `/api/pn-from-lid/${sender.lid}@lid`)).json).toMatchObject({ data: { pn: PERSON } });
		expect((await call('GET', `/api/lid-from-pn/${sender.number}`)).json).toMatchObject({ data: { lid: LID } });
		expect((await call('GET', '/api/pn-from-lid/1')).status).toBe(404);
		expect((await call('GET', '/api/user')).json).toMatchObject({ data: { id: ME, lid: `${ownLid}@lid` } });
	});
});
