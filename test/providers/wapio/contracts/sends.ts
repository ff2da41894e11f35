/** Contracts of the sends in the folder "Messages" of Wapio, typed by hand from its API reference. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Contract, ContractAnswer } from '../../../contracts/types';
import {
	accountRequest,
	asAccount,
	contract,
	empty,
	GROUP,
	group,
	invalid,
	JID,
	limited,
	noSession,
	oddErrors,
	PHONE,
	refusal,
	refusedInside,
	request,
	SESSION,
	session,
	unauthorized,
	UUID,
} from './samples';

const taken = { msgId: 'wamid.example', jid: JID, status: 'queued' };

/** What all outputs call the same, and the ID that the answer names. */
export const takenOut = (recipient: { phone: string } | { groupId: string } = { phone: PHONE }): IDataObject => ({
	messageId: 'wamid.example',
	...recipient,
	status: 'queued',
	providerStatus: 'queued',
	provider: 'wapio',
	jid: JID,
});

/** The API reference shows no body: the request is all that is known. */
const silent: ContractAnswer = {
	...empty(202),
	inferred: true,
	output: [{ messageId: null, phone: PHONE, status: 'accepted', providerStatus: null, provider: 'wapio' }],
};

/** A message that was taken. */
export const accepted: ContractAnswer = {
	name: '202 Accepted',
	status: 202,
	body: taken,
	output: [takenOut()],
	once: true,
};

/** Keyed messages are repeated after an ambiguous failure, and the server recognizes them by their key. */
export const sent: ContractAnswer[] = [accepted, invalid, limited];

const moreAnswers: ContractAnswer[] = [
	{ ...accepted, name: '202 Accepted, wrapped', body: { success: true, data: taken }, inferred: true },
	silent,
	{
		...accepted,
		name: '202 in_progress',
		body: { ...taken, status: 'in_progress' },
		inferred: true,
		output: [{ ...takenOut(), providerStatus: 'in_progress' }],
	},
	{
		...accepted,
		name: '202 with an unknown status',
		body: { ...taken, status: 'on_the_moon' },
		inferred: true,
		output: [{ ...takenOut(), status: null, providerStatus: 'on_the_moon' }],
	},
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
		answers: [{ ...accepted, output: [takenOut({ groupId: GROUP })] }],
	},
];

const image = { kind: 'image', imageUrl: 'https://example.com/image.jpg' };
const place = { latitude: 33.5731, longitude: -7.5898 };

/** Kinds with a text or caption, where mentions appear. */
const WITH_TEXT = ['sendText', 'sendImage', 'sendVideo', 'sendDocument'];

const mentionsIn = <T>({ operation }: Contract, mentions: T): { mentions?: T } =>
	WITH_TEXT.includes(operation) ? { mentions } : {};

/** What messages have in addition to their content. */
const withOptions = (kind: Contract): Contract => ({
	...kind,
	variant: 'with the options of every message',
	parameters: {
		...kind.parameters,
		options: {
			idempotencyKey: 'order-4711',
			replyToMessageId: 'bps_msg_before',
			...mentionsIn(kind, '+212 600-000001'),
		},
	},
	request: {
		...kind.request,
		headers: { ...kind.request.headers, 'idempotency-key': 'order-4711' },
		json: {
			...(kind.request.json as object),
			quoted_message_id: 'bps_msg_before',
			...mentionsIn(kind, ['212600000001@s.whatsapp.net']),
		},
	},
	answers: [accepted],
});

/** Requests that send a message. */
const kinds: Contract[] = [
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
		{ contactName: 'Mina Alaoui', contactPhone: PHONE },
		{ kind: 'contact', contact: { fullName: 'Mina Alaoui', phoneNumber: `+${PHONE}` } },
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

/** Requests that send a message, each kind with and without options. */
export const wapioSendContracts: Contract[] = [
	...kinds,
	...kinds.filter(({ variant }) => variant === undefined).map(withOptions),
];
