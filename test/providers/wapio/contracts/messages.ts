/** Contracts of the folders "Messages" and "Channels (Communities)" of Wapio, typed by hand from its API reference. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Contract, ContractAnswer } from '../../../contracts/types';
import {
	accountRequest,
	asAccount,
	CHANNEL,
	contract,
	empty,
	GROUP,
	group,
	invalid,
	JID,
	limited,
	MESSAGE,
	noSession,
	notFound,
	oddErrors,
	ok,
	PHONE,
	refusal,
	refusedInside,
	request,
	SESSION,
	session,
	unauthorized,
	UUID,
	withAccount,
} from './samples';

const taken = { msgId: 'wamid.example', jid: JID, status: 'queued' };

/** As put out. */
const takenOut = { messageId: 'wamid.example', jid: JID, status: 'queued' };

const accepted: ContractAnswer = { name: '202 Accepted', status: 202, body: taken, output: [takenOut], once: true };

/** Keyed messages are repeated after an ambiguous failure, and the server tells them by their key. */
const sent: ContractAnswer[] = [accepted, invalid, limited];

const moreAnswers: ContractAnswer[] = [
	{ ...accepted, name: '202 Accepted, wrapped', body: { success: true, data: taken }, inferred: true },
	{ ...empty(202), inferred: true },
	oddErrors,
	{ ...unauthorized, inferred: true },
	refusedInside,
	{
		name: '422 for another session',
		status: 422,
		body: refusal(
			'session_id in request does not match the session this API key is bound to.',
			'validation_failed',
		),
		inferred: true,
		error: { messageIncludes: ['session_id in request does not match'] },
		once: true,
	},
	{
		name: '500',
		status: 500,
		body: refusal('The worker stumbled', 'internal_error'),
		inferred: true,
		error: { messageIncludes: ['The worker stumbled', 'may have been sent'] },
	},
];

/** A send with a session chosen: the API reference's body, `session_id` included. */
function send(
	name: string,
	operation: string,
	parameters: INodeParameters,
	json: IDataObject,
	answers = sent,
): Contract {
	return contract(`Messages / ${name}`, 'message', operation, {
		parameters: { session, sendTo: 'person', phoneNumber: PHONE, options: {}, ...parameters },
		request: request('POST', '/api/send-message', {
			json: { session_id: SESSION, to: PHONE, ...json },
			headers: { 'idempotency-key': UUID, 'x-session-id': SESSION },
		}),
		answers,
	});
}

const byUrl = (fileUrl: string) => ({ mediaSource: 'url', fileUrl });
const text = { kind: 'text', text: 'Hello from Wapio' };
const textContract = send('Send Text Message', 'sendText', { text: text.text }, text, [...sent, ...moreAnswers]);

const variants: Contract[] = [
	{
		...textContract,
		variant: 'session-scoped key alone',
		parameters: { ...textContract.parameters, session: noSession },
		request: request('POST', '/api/send-message', {
			json: { to: PHONE, ...text },
			headers: { 'idempotency-key': UUID },
		}),
		answers: [accepted],
	},
	{
		...textContract,
		...asAccount,
		variant: 'account token, session of the credential',
		credential: { ...asAccount.credential, sessionId: SESSION },
		parameters: { ...textContract.parameters, session: noSession },
		request: accountRequest(textContract.request),
		answers: [accepted],
	},
	{
		...textContract,
		variant: 'to a group, with every option',
		parameters: {
			...textContract.parameters,
			sendTo: 'group',
			group,
			options: {
				replyToMessageId: 'bps_msg_before',
				mentions: '+212 600-000001, 212600000002',
				idempotencyKey: 'order-4711',
			},
		},
		request: request('POST', '/api/send-message', {
			json: {
				session_id: SESSION,
				to: GROUP,
				...text,
				quoted_message_id: 'bps_msg_before',
				mentions: ['212600000001@s.whatsapp.net', '212600000002@s.whatsapp.net'],
			},
			headers: { 'idempotency-key': 'order-4711', 'x-session-id': SESSION },
		}),
		answers: [accepted],
	},
];

const image = { kind: 'image', imageUrl: 'https://example.com/image.jpg' };
const place = { latitude: 33.5731, longitude: -7.5898 };

const sends: Contract[] = [
	textContract,
	...variants,
	send(
		'Send Image Message',
		'sendImage',
		{ ...byUrl(image.imageUrl), caption: 'Image caption', viewOnce: false },
		{ ...image, caption: 'Image caption' },
	),
	{
		...send(
			'Send Image Message',
			'sendImage',
			{ ...byUrl(image.imageUrl), caption: '', viewOnce: false, options: { mimeType: 'image/jpeg' } },
			{ ...image, mime_type: 'image/jpeg' },
			[accepted],
		),
		variant: 'without a caption',
	},
	send(
		'Send Video Message',
		'sendVideo',
		{ ...byUrl('https://example.com/video.mp4'), caption: 'Video caption', viewOnce: false },
		{
			kind: 'video',
			videoUrl: 'https://example.com/video.mp4',
			caption: 'Video caption',
		},
	),
	send(
		'Send Document Message',
		'sendDocument',
		{
			...byUrl('https://example.com/invoice.pdf'),
			fileName: 'invoice.pdf',
			mimeType: 'application/pdf',
			caption: 'Document caption',
		},
		{
			kind: 'document',
			documentUrl: 'https://example.com/invoice.pdf',
			file_name: 'invoice.pdf',
			mime_type: 'application/pdf',
			caption: 'Document caption',
		},
	),
	send('Send Audio Message', 'sendAudio', byUrl('https://example.com/audio.mp3'), {
		kind: 'audio',
		audioUrl: 'https://example.com/audio.mp3',
	}),
	{
		...send(
			'Send Audio Message',
			'sendAudio',
			{ ...byUrl('https://example.com/audio.mp3'), options: { voiceNote: true } },
			{ kind: 'audio', audioUrl: 'https://example.com/audio.mp3', ptt: true },
			[accepted],
		),
		variant: 'as a voice note',
	},
	send('Send Sticker Message', 'sendSticker', byUrl('https://example.com/sticker.webp'), {
		kind: 'sticker',
		stickerUrl: 'https://example.com/sticker.webp',
	}),
	send(
		'Send View Once Message',
		'sendImage',
		{ ...byUrl('https://example.com/private-image.jpg'), caption: 'Open once', viewOnce: true },
		{
			kind: 'image',
			imageUrl: 'https://example.com/private-image.jpg',
			caption: 'Open once',
			viewOnce: true,
		},
	),
	send(
		'Send Location Message',
		'sendLocation',
		{ ...place, locationName: 'Casablanca', address: 'Casablanca, Morocco' },
		{
			kind: 'location',
			location: { ...place, name: 'Casablanca', address: 'Casablanca, Morocco' },
		},
	),
	{
		...send(
			'Send Location Message',
			'sendLocation',
			{ ...place, locationName: '', address: '' },
			{ kind: 'location', location: place },
			[accepted],
		),
		variant: 'the coordinates only',
	},
	send(
		'Send Contact Message',
		'sendContact',
		{ contactName: 'M', contactPhone: PHONE },
		{ kind: 'contact', contact: { fullName: 'M', phoneNumber: `+${PHONE}` } },
	),
	send(
		'Send Poll Message',
		'sendPoll',
		{
			question: 'Which time works best?',
			pollOptions: { option: [{ text: 'Morning' }, { text: 'Afternoon' }] },
			multiSelect: false,
		},
		{
			kind: 'poll',
			poll: { question: 'Which time works best?', options: ['Morning', 'Afternoon'], multiSelect: false },
		},
	),
];

const info = {
	message_id: MESSAGE,
	session_id: SESSION,
	provider_msg_id: '3EB0C431C26A1916E07E',
	to: PHONE,
	kind: 'text',
	status: 'read',
	accepted_at: '2026-05-02T10:00:00Z',
	delivered_at: '2026-05-02T10:00:02Z',
	read_at: '2026-05-02T10:01:00Z',
	deleted_at: '',
	failed_at: '',
	failure_reason: '',
	updated_at: '2026-05-02T10:01:00Z',
	events: [
		{
			event_id: 'bps_evt_1',
			event_type: 'message.delivered',
			update_kind: 'status',
			emitted_at: '2026-05-02T10:00:02Z',
		},
		{
			event_id: 'bps_evt_2',
			event_type: 'message.read',
			update_kind: 'status',
			emitted_at: '2026-05-02T10:01:00Z',
		},
	],
};

/** As put out unless the whole answer is asked for. */
const simpleToAnybody = {
	messageId: MESSAGE,
	kind: 'text',
	status: 'read',
	accepted_at: '2026-05-02T10:00:00Z',
	delivered_at: '2026-05-02T10:00:02Z',
	read_at: '2026-05-02T10:01:00Z',
	failed_at: '',
	failure_reason: '',
	updated_at: '2026-05-02T10:01:00Z',
};

const simpleInfo = { ...simpleToAnybody, phone: PHONE };

const parameters = { messageId: MESSAGE };
const deletion = contract('Messages / Delete (revoke) a previously-sent message', 'message', 'delete', {
	parameters,
	request: request('DELETE', `/api/messages/${MESSAGE}`),
	answers: [{ ...empty(), output: [{ deleted: true, messageId: MESSAGE }] }, notFound],
});
const edit = contract('Messages / Edit a previously-sent text message', 'message', 'edit', {
	covers: ['Messages / Edit a message (alias)'],
	parameters: { ...parameters, text: 'The shop closes at five' },
	request: request('POST', `/api/messages/${MESSAGE}/edit`, { json: { text: 'The shop closes at five' } }),
	answers: [empty()],
});

const others: Contract[] = [
	contract('Messages / Get delivery info for a message', 'message', 'getInfo', {
		parameters,
		request: request('GET', `/api/messages/${MESSAGE}/info`),
		answers: [
			ok(info, [simpleInfo]),
			ok({ ...info, to: JID }, [simpleInfo], { name: '200 OK, to a WhatsApp id', inferred: true }),
			ok({ ...info, to: CHANNEL }, [{ ...simpleToAnybody, to: CHANNEL }], {
				name: '200 OK, to a channel',
				inferred: true,
			}),
			ok({ ...info, to: GROUP }, [{ ...simpleToAnybody, groupId: GROUP }], {
				name: '200 OK, to a group',
				inferred: true,
			}),
			notFound,
		],
	}),
	contract('Messages / Get delivery info for a message', 'message', 'getInfo', {
		variant: 'not simplified',
		parameters: { ...parameters, simplify: false },
		request: request('GET', `/api/messages/${MESSAGE}/info`),
		answers: [ok(info, [info])],
	}),
	deletion,
	withAccount(deletion),
	edit,
	withAccount(edit),
	contract('Messages / Re-dispatch a previously-sent message', 'message', 'resend', {
		parameters,
		request: request('POST', `/api/messages/${MESSAGE}/resend`),
		answers: [
			{ ...empty(), once: true },
			{
				name: '500',
				status: 500,
				body: refusal('The worker stumbled', 'internal_error'),
				inferred: true,
				// Without a key nobody could tell a repetition.
				error: { messageIncludes: ['The worker stumbled', 'may have been sent'] },
				once: true,
			},
		],
	}),
	contract('Messages / Mark one or more messages as read', 'message', 'markAsRead', {
		parameters: {
			messageIds: '3EB0C431C26A1916E07E, 3EB0C431C26A1916E07F',
			chatJid: { __rl: true, mode: 'id', value: '+212 600-000000' },
		},
		request: request('POST', '/api/messages/read', {
			json: { message_ids: ['3EB0C431C26A1916E07E', '3EB0C431C26A1916E07F'], chat_jid: JID },
		}),
		answers: [empty()],
	}),
	contract('Messages / Mark one or more messages as read', 'message', 'markAsRead', {
		variant: 'in a group',
		parameters: {
			messageIds: '3EB0C431C26A1916E07E',
			chatJid: { __rl: true, mode: 'list', value: GROUP, cachedResultName: 'Family' },
		},
		request: request('POST', '/api/messages/read', {
			json: { message_ids: ['3EB0C431C26A1916E07E'], chat_jid: GROUP },
		}),
		answers: [empty()],
	}),
	contract('Messages / Update typing / online presence', 'message', 'updatePresence', {
		parameters: { sendTo: 'person', phoneNumber: PHONE, presence: 'paused' },
		request: request('POST', '/api/send-presence-update', { json: { to: PHONE, presence: 'paused' } }),
		answers: [empty()],
	}),
];

const logs = [
	{ id: 'bps_log_1', remote_jid: CHANNEL, direction: 'incoming' },
	{ id: 'bps_log_2', remote_jid: JID, direction: 'outgoing' },
];

const channels: Contract[] = [
	contract('Channels (Communities) / How to get a Channel ID', 'channel', 'getMessageLogs', {
		parameters: { session, returnAll: true },
		// The session stands in the path.
		request: {
			...request('GET', `/api/whatsapp-sessions/${SESSION}/message-logs`),
			headers: { authorization: request('GET', '/').headers.authorization },
		},
		answers: [
			{ ...ok({ success: true, data: logs }, logs), inferred: true },
			{ ...ok({ data: logs, next_cursor: null }, logs, { name: '200 OK, with a cursor' }), inferred: true },
		],
	}),
	contract('Channels (Communities) / Send Channel Message', 'channel', 'sendText', {
		parameters: {
			session,
			channel: { __rl: true, mode: 'id', value: CHANNEL },
			text: 'Hello channel from Wapio',
			options: {},
		},
		request: request('POST', '/api/send-message', {
			json: { session_id: SESSION, channel_id: CHANNEL, kind: 'text', text: 'Hello channel from Wapio' },
			headers: { 'idempotency-key': UUID, 'x-session-id': SESSION },
		}),
		answers: sent,
	}),
	contract('Channels (Communities) / Send Channel Message', 'channel', 'sendText', {
		variant: 'session-scoped key alone',
		parameters: {
			channel: { __rl: true, mode: 'list', value: CHANNEL, cachedResultName: CHANNEL },
			text: 'Hello channel from Wapio',
			options: {},
		},
		request: request('POST', '/api/send-message', {
			json: { channel_id: CHANNEL, kind: 'text', text: 'Hello channel from Wapio' },
			headers: { 'idempotency-key': UUID },
		}),
		answers: [accepted],
	}),
];

/** Requests of both folders. */
export const wapioMessageContracts: Contract[] = [...sends, ...others, ...channels];
