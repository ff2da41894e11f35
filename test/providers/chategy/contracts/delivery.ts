/** Contracts of a Chategy message to one recipient: recipients, channels, and the idempotency key. */
import type { INodeParameters } from 'n8n-workflow';
import { textLike } from '../../../contracts/textLike';
import type { Contract, ContractAnswer } from '../../../contracts/types';
import { asClient, emptyText, failures, inBody, ok, refusal } from './answers';
import { alreadyReceived, channels, checksumOf, later, laterInUtc, PHONE, v1, withKey } from './samples';

const TEXT = 'Your parcel is on its way 📦';

const toPhone = { sendTo: 'phone', phoneNumber: '+995 598-464-533', channels: {}, options: {} };

const delivery = {
	callback_url: null,
	dispatch_routing: ['sms'],
	external_id: null,
	id: 94396942,
	phone: '+995598464533',
	priority: 'low',
	scheduled_at: null,
	sender_name: 'CHATEGY.IO',
	status_description: 'Accepted',
	status_id: 6,
	sum: '0.0',
	total_sms: 1,
	traffic_category: 0,
	utm_mark: null,
};

/** As returned with Simplify on. */
const simple = {
	messageId: '94396942',
	phone: '995598464533',
	status: 'accepted',
	providerStatus: 'Accepted',
	provider: 'chategy',
	dispatch_routing: ['sms'],
	external_id: null,
	scheduled_at: null,
	sum: '0.0',
	total_sms: 1,
};

const sent = ok({ delivery }, { output: [simple], once: true });

const { messageId, phone, status, providerStatus, provider, ...others } = simple;
const inCommon = { messageId, phone, status, providerStatus, provider };
const toGroup = { messageId, groupId: '-1001234567890', status, providerStatus, provider, ...others };

/** In another state than the API reference's example: its list of statuses. */
const inState = (status_id: number, status_description: string, as: string | null): ContractAnswer =>
	ok(
		{ delivery: { ...delivery, status_id, status_description } },
		{
			name: `200 OK, ${status_description}`,
			inferred: true,
			output: [{ ...simple, status: as, providerStatus: status_description }],
		},
	);

/** A state that its list calls final and not delivered, in an answer that says "success". */
const undelivered = ok(
	{ delivery: { ...delivery, status_id: 13, status_description: 'Insufficient funds' } },
	{
		name: '200 OK, Insufficient funds',
		inferred: true,
		error: { messageIncludes: ['says both yes and no', 'Insufficient funds', 'may have been sent'] },
		once: true,
	},
);

/** Whom a LID or a name belongs to is what the provider may say. */
const withoutPhone = ok(
	{ delivery: { ...delivery, phone: null } },
	{ name: '200 OK, without a number', inferred: true, output: [{ ...simple, phone: null }] },
);

/** The two answers of the prose on idempotence, for a request without a checksum of ours: plain refusals. */
const checksumRefusals = [
	refusal(400, 'Invalid checksum'),
	refusal(409, 'Request with current params has already been received'),
];

/** One more kind of recipient. */
const to = (variant: string, parameters: INodeParameters, fields: object, answers = [sent]): Contract => ({
	source: `${v1} / Delivery`,
	variant,
	resource: 'delivery',
	operation: 'send',
	parameters: { text: TEXT, options: {}, ...parameters },
	request: inBody(asClient, '/api/v1/delivery', { text: TEXT, ...fields }),
	answers,
});

const sending: Contract[] = [
	{
		source: `${v1} / Delivery`,
		resource: 'delivery',
		operation: 'send',
		parameters: { ...toPhone, text: TEXT },
		request: inBody(asClient, '/api/v1/delivery', { phone: PHONE, text: TEXT }),
		answers: [
			sent,
			inState(14, 'Waiting to be sent', 'queued'),
			inState(1, 'Passed to the operator', 'sent'),
			undelivered,
			inState(4711, 'Something new', null),
			emptyText,
			...checksumRefusals,
			...failures('send'),
		],
	},
	{
		source: `${v1} / Delivery`,
		variant: 'not simplified',
		resource: 'delivery',
		operation: 'send',
		parameters: { ...toPhone, text: TEXT, simplify: false },
		request: inBody(asClient, '/api/v1/delivery', { phone: PHONE, text: TEXT }),
		// What all sends have in common, and the provider's own.
		answers: [ok({ delivery }, { output: [{ ...delivery, ...inCommon }], once: true })],
	},
	{
		source: `${v1} / Delivery`,
		variant: 'for later: times without a zone are in UTC',
		resource: 'delivery',
		operation: 'send',
		parameters: { ...toPhone, text: TEXT },
		request: inBody(asClient, '/api/v1/delivery', { phone: PHONE, text: TEXT }),
		answers: [
			ok(
				{ delivery: { ...delivery, scheduled_at: '2023-12-11 20:30:00' } },
				{ inferred: true, output: [{ ...simple, scheduled_at: '2023-12-11T20:30:00.000Z' }] },
			),
		],
	},
	{
		source: `${v1} / Delivery`,
		variant: 'with every option',
		resource: 'delivery',
		operation: 'send',
		parameters: {
			...toPhone,
			text: TEXT,
			// The order is that of the attempts.
			channels: channels('whatsapp', 'tdlib', 'max', 'notify', 'telegram', 'sms'),
			options: {
				callbackUrl: 'https://example.com/status?order=7&lang=ka',
				externalId: 'order-7',
				priority: 'high',
				replyToMessageId: 'false_995598464533@c.us_3A2E74ED29DF',
				sendAt: later,
				senderName: { __rl: true, mode: 'list', value: 'TESTNAME', cachedResultName: 'TESTNAME' },
				showTyping: false,
				utmMark: { __rl: true, mode: 'id', value: 'launch' },
			},
		},
		request: inBody(asClient, '/api/v1/delivery', {
			phone: PHONE,
			text: TEXT,
			dispatch_routing: ['whatsapp', 'tdlib', 'max', 'notify', 'telegram', 'sms'],
			callback_url: 'https://example.com/status?order=7&lang=ka',
			external_id: 'order-7',
			priority: 'high',
			reply_to_message_id: 'false_995598464533@c.us_3A2E74ED29DF',
			scheduled_at: laterInUtc,
			sender_name: 'TESTNAME',
			simulate_typing: false,
			utm_mark: 'launch',
		}),
		answers: [ok({ delivery }, { output: [{ ...simple, status: 'scheduled' }], once: true })],
	},
	to(
		'to a national number with a default country',
		{ ...toPhone, phoneNumber: '598 46 45 33', options: { defaultCountry: 'GE' } },
		{ phone: PHONE },
	),
	to(
		'the channels in the order of attempts',
		{ ...toPhone, channels: channels('sms', 'whatsapp') },
		{ phone: PHONE, dispatch_routing: ['sms', 'whatsapp'] },
	),
	to(
		'to a Telegram user name',
		{ sendTo: 'username', username: ' @ani_tbilisi ', channels: channels('tdlib') },
		{ username: '@ani_tbilisi', dispatch_routing: ['tdlib'] },
	),
	to(
		'to a Telegram user name without @, another channel first',
		{ sendTo: 'username', username: 'ani_tbilisi', channels: channels('whatsapp', 'tdlib') },
		{ username: 'ani_tbilisi', dispatch_routing: ['whatsapp', 'tdlib'] },
	),
	to(
		'to the id of a Telegram user',
		{ sendTo: 'telegramId', telegramUserId: '379163707', channels: channels('tdlib') },
		{ tdlib_user_id: '379163707', dispatch_routing: ['tdlib'] },
	),
	to(
		'to a Telegram group, whose id is negative',
		{ sendTo: 'telegramId', telegramUserId: -1001234567890, channels: channels('tdlib') },
		{ tdlib_user_id: '-1001234567890', dispatch_routing: ['tdlib'] },
		[ok({ delivery: { ...delivery, phone: null } }, { inferred: true, output: [toGroup], once: true })],
	),
	to(
		'to a WhatsApp LID of digits',
		{ sendTo: 'whatsAppLid', whatsAppLid: '43445322325', channels: channels('whatsapp') },
		{ whatsapp_lid: '43445322325', dispatch_routing: ['whatsapp'] },
		[withoutPhone],
	),
	to(
		'to a WhatsApp LID with its suffix',
		{ sendTo: 'whatsAppLid', whatsAppLid: '43445322325@lid', channels: channels('whatsapp', 'sms') },
		{ whatsapp_lid: '43445322325@lid', dispatch_routing: ['whatsapp', 'sms'] },
	),
];

const idempotent: Contract[] = [
	{
		source: `${v1} / Delivery`,
		variant: "with an idempotency key: the collection's own example",
		credential: withKey,
		resource: 'delivery',
		operation: 'send',
		parameters: { ...toPhone, phoneNumber: '+71233456789', text: 'text', options: { externalId: '100' } },
		request: inBody(
			// Its printed string is "10071233456789text", and this its printed digest.
			{ ...asClient, checksum: 'ebb290126ea4302ebca339f5efe419b4a67edfe57e1ea844e7cec85ccef53f23' },
			'/api/v1/delivery',
			{ text: 'text', phone: '71233456789', external_id: '100' },
		),
		answers: [sent, alreadyReceived('100', '71233456789'), emptyText, refusal(400, 'Invalid checksum')],
	},
	{
		source: `${v1} / Delivery`,
		variant: 'with an idempotency key and options',
		credential: withKey,
		resource: 'delivery',
		operation: 'send',
		parameters: {
			...toPhone,
			text: 'Hello',
			channels: channels('whatsapp', 'sms'),
			options: {
				externalId: 'order-7',
				priority: 'low',
				senderName: 'TESTNAME',
				showTyping: true,
				utmMark: 'launch',
			},
		},
		request: inBody(
			// dispatch_routing, external_id, phone, priority, sender_name, simulate_typing, text, utm_mark
			{ ...asClient, checksum: checksumOf('whatsappsmsorder-7995598464533lowTESTNAMEtrueHellolaunch') },
			'/api/v1/delivery',
			{
				phone: PHONE,
				text: 'Hello',
				dispatch_routing: ['whatsapp', 'sms'],
				external_id: 'order-7',
				priority: 'low',
				sender_name: 'TESTNAME',
				simulate_typing: true,
				utm_mark: 'launch',
			},
		),
		answers: [sent],
	},
	{
		source: `${v1} / Delivery`,
		variant: 'with an idempotency key and without an External ID: one is created',
		credential: withKey,
		resource: 'delivery',
		operation: 'send',
		parameters: { ...toPhone, text: TEXT },
		request: inBody({ ...asClient, checksum: /^[0-9a-f]{64}$/ }, '/api/v1/delivery', {
			phone: PHONE,
			text: TEXT,
			external_id: textLike(/^[0-9a-f]{32}$/),
		}),
		answers: [sent, alreadyReceived(textLike(/^[0-9a-f]{32}$/))],
	},
];

/** Sending a text. */
export const deliveryContracts: Contract[] = [...sending, ...idempotent];
