import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { RecordedRequest } from '../../support/scriptedServer';
import { inJson, type RoundTrip, same } from '../../support/roundTrip';

const send = { resource: 'delivery', operation: 'send', text: 'Hello' };
const channels = (name: string): INodeParameters => ({ channel: [{ name }] });
const PERSON = 'Send: Phone Number';

/** A number or a LID, each under its own name. */
const personIn = ({ json }: RecordedRequest): unknown => {
	const { phone, whatsapp_lid } = json as IDataObject;
	return phone === undefined ? { whatsapp_lid } : whatsapp_lid === undefined ? { phone } : json;
};

/** Chategy's fields that take values of its events. */
export const chategyRoundTrip: RoundTrip = {
	fields: [
		{
			title: PERSON,
			parameters: (phoneNumber) => ({ ...send, sendTo: 'phone', phoneNumber }),
			sent: personIn,
			takes: { person: (phone) => ({ phone }), lid: (whatsapp_lid) => ({ whatsapp_lid }) },
		},
		{
			title: 'Send: Phone Number, through WhatsApp',
			parameters: (phoneNumber) => ({ ...send, sendTo: 'phone', phoneNumber, channels: channels('whatsapp') }),
			sent: personIn,
			takes: { person: (phone) => ({ phone }), lid: (whatsapp_lid) => ({ whatsapp_lid }) },
		},
		{
			title: 'Send: WhatsApp LID',
			parameters: (whatsAppLid) => ({
				...send,
				sendTo: 'whatsAppLid',
				whatsAppLid,
				channels: channels('whatsapp'),
			}),
			sent: inJson('whatsapp_lid'),
			takes: { lid: same },
		},
		{
			title: 'Send: Telegram User or Group ID',
			parameters: (telegramUserId) => ({
				...send,
				sendTo: 'telegramId',
				telegramUserId,
				channels: channels('tdlib'),
			}),
			sent: inJson('tdlib_user_id'),
			takes: { telegram: same, telegramGroup: same },
		},
		{
			title: 'Send: Telegram User or Group ID, through a bot',
			parameters: (telegramUserId) => ({
				...send,
				sendTo: 'telegramId',
				telegramUserId,
				channels: channels('telegram'),
			}),
			sent: inJson('tdlib_user_id'),
			takes: { telegram: same, telegramGroup: same },
		},
		...['max', 'max_bot'].map((channel) => ({
			title: `Send: MAX User ID, through ${channel}`,
			parameters: (maxUserId: string) => ({ ...send, sendTo: 'maxId', maxUserId, channels: channels(channel) }),
			sent: inJson('max_user_id'),
			takes: { max: same },
		})),
		{
			title: 'Send: Reply to Message ID',
			parameters: (replyToMessageId) => ({
				...send,
				sendTo: 'phone',
				phoneNumber: '995598464533',
				options: { replyToMessageId },
			}),
			sent: inJson('reply_to_message_id'),
			takes: { message: same },
		},
		...['getStatus', 'delete'].map((operation) => ({
			title: `${operation}: Message ID`,
			parameters: (messageId: string) => ({ resource: 'delivery', operation, messageId }),
			sent: ({ path }: RecordedRequest) => path.split('/').at(-1),
			takes: { delivery: same },
		})),
	],
	senders: [
		{
			who: 'a person',
			event: 'text',
			overrides: {
				payload: {
					new_message: {
						sender_id: '22507123456@c.us',
						chat_id: '22507123456@c.us',
						chat_phone: '22507123456',
						sender_phone_number: '22507123456',
						message: { id: 'false_22507123456@c.us_3B55D8ECE08DAC8198EB' },
					},
				},
			},
			answers: [
				['sender.phone', PERSON, { phone: '22507123456' }],
				['chat.id', PERSON, { phone: '22507123456' }],
				['sender.id', PERSON, { phone: '22507123456' }],
				['messageId', 'Send: Reply to Message ID', 'false_22507123456@c.us_3B55D8ECE08DAC8198EB'],
			],
		},
		{
			who: 'a person known by LID alone',
			event: 'text',
			overrides: {
				payload: {
					new_message: {
						sender_id: '43445322325@lid',
						chat_id: '43445322325@lid',
						chat_lid: '43445322325@lid',
						chat_phone: null,
						sender_phone_number: null,
					},
				},
			},
			answers: [
				['chat.id', PERSON, { whatsapp_lid: '43445322325@lid' }],
				['chat.id', 'Send: WhatsApp LID', '43445322325@lid'],
			],
		},
		{
			who: 'a person in Telegram',
			event: 'telegramText',
			overrides: { payload: { chat_id: '379163707', message: { id: '123' } } },
			answers: [
				['chat.id', 'Send: Telegram User or Group ID', '379163707'],
				['messageId', 'Send: Reply to Message ID', '123'],
			],
		},
		{
			who: 'a group in Telegram',
			event: 'telegramGroup',
			overrides: { payload: { chat_id: '-1001234567890' } },
			answers: [['chat.id', 'Send: Telegram User or Group ID', '-1001234567890']],
		},
		{
			who: 'a person in MAX',
			event: 'maxText',
			events: ['message_max'],
			overrides: { payload: { chat_id: '14087921' } },
			answers: [['chat.id', 'Send: MAX User ID, through max', '14087921']],
		},
	],
};
