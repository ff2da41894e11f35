/** Contracts of a file of Chategy's: parameters in the address, the file alone in the body. */
import type { INodeParameters } from 'n8n-workflow';
import type { Contract, ContractAnswer, ExpectedRequest } from '../../../contracts/types';
import { asClient, failures, ok, unprocessable } from './answers';
import { alreadyReceived, channels, checksumOf, later, laterInUtc, PHONE, v1, withKey } from './samples';

const PDF = Buffer.from('%PDF-1.4\n%âãÏÓ\r\n--boundary\r\n%%EOF\n', 'latin1');
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

const files = {
	data: { fileName: 'invoice 7.pdf', mimeType: 'application/pdf', content: PDF },
	photo: { fileName: 'photo.png', mimeType: 'image/png', content: PNG },
	letter: { fileName: 'letter', mimeType: DOCX, content: PDF },
};

const answer = {
	callback_url: 'example_url.com',
	dispatch_routing: ['whatsapp'],
	external_id: '12345',
	id: 108286044,
	phone: '+9951234567890',
	priority: 'high',
	scheduled_at: null,
	sender_name: 'SENDERNAME',
	reply_to_message_id: null,
	simulate_typing: false,
	status_description: 'Received',
	status_id: 6,
	sum: '0.0',
	total_sms: 3,
	traffic_category: 0,
	utm_mark: 'Doc',
};

/** As returned with Simplify on. */
const simple = {
	messageId: '108286044',
	phone: '9951234567890',
	status: 'accepted',
	providerStatus: 'Received',
	provider: 'chategy',
	dispatch_routing: ['whatsapp'],
	external_id: '12345',
	scheduled_at: null,
	sum: '0.0',
	total_sms: 3,
};

const sent: ContractAnswer = ok({ delivery: answer }, { output: [simple], once: true });

const { messageId, phone, status, providerStatus, provider, ...others } = simple;
const inCommon = { messageId, phone, status, providerStatus, provider };
const toGroup = { messageId, groupId: '-1001234567890', status, providerStatus, provider, ...others };

const source = `${v1} / Sending files`;

const upload = (
	file: Omit<NonNullable<ExpectedRequest['file']>, 'name'>,
	query: Array<[string, string]>,
	headers: ExpectedRequest['headers'] = {},
): ExpectedRequest => ({
	method: 'POST',
	path: '/api/v1/send_file',
	query,
	headers: { ...asClient, 'content-type': 'multipart/form-data', ...headers },
	file: { name: 'file', ...file },
});

const toPhone: INodeParameters = {
	sendTo: 'phone',
	phoneNumber: `+${PHONE}`,
	binaryPropertyName: 'data',
	caption: '',
	channels: {},
	options: {},
};

const one = (variant: string, parameters: INodeParameters, request: ExpectedRequest, answers = [sent]): Contract => ({
	source,
	variant,
	resource: 'delivery',
	operation: 'sendFile',
	binary: files,
	parameters: { ...toPhone, ...parameters },
	request,
	answers,
});

/** Sending a file from a field of the item. */
export const fileContracts: Contract[] = [
	{
		source,
		resource: 'delivery',
		operation: 'sendFile',
		binary: files,
		parameters: toPhone,
		request: upload(files.data, [
			['file_name', 'invoice 7.pdf'],
			['phone', PHONE],
		]),
		answers: [sent, unprocessable({ base: ['invalid mime type'] }, 'invalid mime type'), ...failures('send')],
	},
	{
		...one(
			'not simplified',
			{ simplify: false },
			upload(files.data, [
				['file_name', 'invoice 7.pdf'],
				['phone', PHONE],
			]),
		),
		answers: [ok({ delivery: answer }, { output: [{ ...answer, ...inCommon }], once: true })],
	},
	{
		...one(
			'with every option',
			{
				binaryPropertyName: 'photo',
				caption: 'The bird & its nest = 100%',
				channels: channels('whatsapp', 'sms'),
				options: {
					callbackUrl: 'https://example.com/status?order=7&lang=ka',
					customerId: '8143',
					externalId: 'order-7',
					fileName: 'bird.png',
					priority: 'medium',
					replyToMessageId: 'false_995598464533@c.us_3A2E74ED29DF',
					sendAt: later,
					sendAs: 'image',
					senderName: 'TESTNAME',
					showTyping: false,
					utmMark: 'Doc',
				},
			},
			upload({ ...files.photo, fileName: 'bird.png' }, [
				['file_name', 'bird.png'],
				['phone', PHONE],
				['caption', 'The bird & its nest = 100%'],
				['customer_id', '8143'],
				['type', 'image'],
				['sender_name', 'TESTNAME'],
				['utm_mark', 'Doc'],
				['callback_url', 'https://example.com/status?order=7&lang=ka'],
				['external_id', 'order-7'],
				['dispatch_routing[]', 'whatsapp'],
				['dispatch_routing[]', 'sms'],
				['scheduled_at', laterInUtc],
				['priority', 'medium'],
				['reply_to_message_id', 'false_995598464533@c.us_3A2E74ED29DF'],
				['simulate_typing', 'false'],
			]),
		),
		answers: [ok({ delivery: answer }, { output: [{ ...simple, status: 'scheduled' }], once: true })],
	},
	one(
		'a file without an extension gets its name here',
		{
			binaryPropertyName: 'letter',
			options: { fileName: 'letter.docx', sendAs: 'document', showTyping: true },
		},
		upload({ ...files.letter, fileName: 'letter.docx' }, [
			['file_name', 'letter.docx'],
			['phone', PHONE],
			['type', 'document'],
			['simulate_typing', 'true'],
		]),
	),
	one(
		'to a Telegram user name',
		{ sendTo: 'username', username: '@ani_tbilisi', channels: channels('tdlib') },
		upload(files.data, [
			['file_name', 'invoice 7.pdf'],
			['username', '@ani_tbilisi'],
			['dispatch_routing[]', 'tdlib'],
		]),
	),
	one(
		'to a Telegram group',
		{ sendTo: 'telegramId', telegramUserId: '-1001234567890', channels: channels('tdlib') },
		upload(files.data, [
			['file_name', 'invoice 7.pdf'],
			['tdlib_user_id', '-1001234567890'],
			['dispatch_routing[]', 'tdlib'],
		]),
		[ok({ delivery: { ...answer, phone: null } }, { inferred: true, output: [toGroup], once: true })],
	),
	{
		...one(
			'with an idempotency key',
			{
				caption: 'Page 1',
				channels: channels('whatsapp', 'tdlib'),
				options: { externalId: 'order-7', showTyping: false },
			},
			upload(
				files.data,
				[
					['file_name', 'invoice 7.pdf'],
					['phone', PHONE],
					['caption', 'Page 1'],
					['external_id', 'order-7'],
					['dispatch_routing[]', 'whatsapp'],
					['dispatch_routing[]', 'tdlib'],
					['simulate_typing', 'false'],
				],
				// caption, dispatch_routing, external_id, file_name, phone, simulate_typing
				{ checksum: checksumOf('Page 1whatsapptdliborder-7invoice 7.pdf995598464533false') },
			),
		),
		credential: withKey,
		answers: [sent, alreadyReceived('order-7')],
	},
];
