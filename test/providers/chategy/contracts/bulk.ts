/** Contracts of one text of Chategy's to many recipients. */
import type { IDataObject } from 'n8n-workflow';
import type { Contract, ContractAnswer } from '../../../contracts/types';
import { asClient, emptyText, failures, inBody, ok } from './answers';
import { channels, later, laterInUtc, PHONE, v1, withKey } from './samples';

const bulk = {
	dispatch_routing: ['whatsapp'],
	phones_numbers: ['995598464533'],
	scheduled_at: '2023-12-11T20:30:00Z',
	sender_name: 'CHATEGY.IO',
	state: 2,
	text: 'test',
	url_shorting: false,
	utm_mark: 'example_mark',
};

/** One item for each recipient. The answer names no IDs, and its `state` is not explained. */
const outputOf = (recipient: IDataObject, status = 'accepted'): IDataObject => ({
	messageId: null,
	...recipient,
	status,
	providerStatus: '2',
	provider: 'chategy',
	dispatch_routing: ['whatsapp'],
	sender_name: 'CHATEGY.IO',
	scheduled_at: '2023-12-11T20:30:00Z',
	utm_mark: 'example_mark',
});

const taken = (...output: IDataObject[]): ContractAnswer => ok({ bulk_delivery: bulk }, { output, once: true });

/** One text to many. The API reference's address has lost its slash: api.chategy.ioapi/v1/bulk_delivery. */
export const bulkContracts: Contract[] = [
	{
		source: `${v1} / Bulk Delivery`,
		resource: 'delivery',
		operation: 'sendBulk',
		parameters: { numbersFrom: 'field', phoneNumbers: PHONE, text: 'test', channels: {}, options: {} },
		request: inBody(asClient, '/api/v1/bulk_delivery', { text: 'test', phones_numbers: [PHONE] }),
		answers: [taken(outputOf({ phone: PHONE })), emptyText, ...failures('send')],
	},
	{
		source: `${v1} / Bulk Delivery`,
		variant: 'many numbers in a text, one of them twice, with every option',
		resource: 'delivery',
		operation: 'sendBulk',
		parameters: {
			numbersFrom: 'field',
			phoneNumbers: '+995598464533, 995 598 464 534\n+995 598-464-533\n598464535',
			text: 'test',
			channels: channels('tdlib', 'whatsapp'),
			options: {
				defaultCountry: 'GE',
				sendAt: later,
				senderName: 'PUSHSMS.RU',
				utmMark: 'example_mark',
				usernames: 'ani, @budi',
				telegramUserId: '379163707',
			},
		},
		request: inBody(asClient, '/api/v1/bulk_delivery', {
			text: 'test',
			phones_numbers: ['995598464533', '995598464534', '995598464535'],
			dispatch_routing: ['tdlib', 'whatsapp'],
			scheduled_at: laterInUtc,
			sender_name: 'PUSHSMS.RU',
			utm_mark: 'example_mark',
			usernames: ['ani', '@budi'],
			tdlib_user_id: '379163707',
		}),
		answers: [
			taken(
				...['995598464533', '995598464534', '995598464535'].map((phone) => outputOf({ phone }, 'scheduled')),
				...['ani', '@budi'].map((username) => ({ ...outputOf({ phone: null }, 'scheduled'), username })),
				outputOf({ phone: null }, 'scheduled'),
			),
		],
	},
	{
		source: `${v1} / Bulk Delivery`,
		variant: 'numbers from a list, as an expression gives it',
		resource: 'delivery',
		operation: 'sendBulk',
		parameters: {
			numbersFrom: 'field',
			phoneNumbers: '={{ ["+995598464533", 995598464534] }}',
			text: 'test',
			channels: {},
			options: {},
		},
		request: inBody(asClient, '/api/v1/bulk_delivery', {
			text: 'test',
			phones_numbers: ['995598464533', '995598464534'],
		}),
		answers: [taken(outputOf({ phone: '995598464533' }), outputOf({ phone: '995598464534' }))],
	},
	{
		source: `${v1} / Bulk Delivery`,
		// The API reference gives this request no external_id, without which there is no idempotence.
		variant: 'with an idempotency key, which it does not use',
		credential: withKey,
		resource: 'delivery',
		operation: 'sendBulk',
		parameters: { numbersFrom: 'field', phoneNumbers: PHONE, text: 'test', channels: {}, options: {} },
		request: inBody(asClient, '/api/v1/bulk_delivery', { text: 'test', phones_numbers: [PHONE] }),
		answers: [taken(outputOf({ phone: PHONE })), ...failures('send')],
	},
];
