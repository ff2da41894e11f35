/** Contracts of what comes after sending: the status of a message of Chategy's, and taking it back. */
import type { Contract, ContractAnswer } from '../../../contracts/types';
import { asClient, failures, inQuery, ok, refusal, unprocessable } from './answers';
import { v1 } from './samples';

const found = {
	callback_url: null,
	external_id: null,
	id: 94396942,
	operator: { brand_name: 'Georgia', country: 'Georgia', id: 81, name: 'Georgia', slug: 'georgia' },
	phone: '+995598464533',
	scheduled_at: null,
	sender_name: 'CHATEGY.IO',
	sum: '0.00',
	total_sms: 1,
	traffic_category: 0,
	utm_mark: null,
};

/** As returned with Simplify on. */
const simple = {
	messageId: '94396942',
	phone: '995598464533',
	operator: found.operator,
	external_id: null,
	scheduled_at: null,
	sum: '0.00',
};

/** One status of the API reference's list: its description there, its short name, and whether it is the last one. */
const statusAnswer = (
	[status_id, description, name, final, delivered]: [number, string, string, boolean, boolean | null],
	inferred?: true,
): ContractAnswer =>
	ok(
		{ delivery: { ...found, status: { description, status_id } } },
		{
			name: `200 OK, ${name}`,
			inferred,
			output: [{ ...simple, status: name, providerStatus: description, final, delivered }],
		},
	);

const statusOf: Contract = {
	source: `${v1} / Information about the delivery (the status of the shipment)`,
	resource: 'delivery',
	operation: 'getStatus',
	parameters: { messageId: '94396942' },
	request: inQuery(asClient, 'GET', '/api/v1/delivery/94396942'),
	answers: [
		statusAnswer([49, 'Forbidden', 'aggregate_forbidden', true, false]),
		statusAnswer([0, 'Operator error', 'telecommunication_company_error', true, false], true),
		statusAnswer([1, 'Passed to the operator', 'enroute', false, null], true),
		statusAnswer([2, 'Delivered', 'delivered', true, true], true),
		statusAnswer([6, 'Accepted', 'accepted', false, null], true),
		statusAnswer([14, 'Waiting to be sent', 'waiting_for_sending', false, null], true),
		statusAnswer([16, 'Read', 'read', true, true], true),
		statusAnswer([21, 'On moderation', 'moderating', false, null], true),
		statusAnswer([44, 'WhatsApp unregistered number', 'whatsapp_unregistered_number', true, false], true),
		statusAnswer([46, 'Waiting to be sent', 'smsc_dos_error', false, null], true),
		statusAnswer([1284, 'Rejected', 'smpp_msg_blacklisted', true, false], true),
		// From another white label's list.
		statusAnswer([58, 'Not in Telegram', 'user_not_found_in_telegram', true, false], true),
		refusal(404, 'Not found', { inferred: true }),
		...failures('read'),
	],
};

/** The whole answer: the provider's own, with what its status means. */
const wholeStatus: Contract = {
	...statusOf,
	variant: 'not simplified',
	parameters: { messageId: '94396942', simplify: false },
	answers: [
		ok(
			{ delivery: { ...found, status: { description: 'Delivered', status_id: 2 } } },
			{
				output: [
					{
						...found,
						status: {
							description: 'Delivered',
							status_id: 2,
							name: 'delivered',
							final: true,
							delivered: true,
						},
					},
				],
			},
		),
	],
};

const deletion: Contract = {
	source: `${v1} / Delete delivery`,
	resource: 'delivery',
	operation: 'delete',
	parameters: { messageId: '94396942' },
	request: inQuery(asClient, 'DELETE', '/api/v1/delivery/94396942'),
	answers: [
		ok({}, { output: [{ deleted: true, messageId: '94396942' }] }),
		unprocessable({ tdlib_delivery: ['tdlib_delivery not found'] }, 'tdlib_delivery not found'),
		unprocessable({ delivery: ['delivery not found'] }, 'delivery not found'),
		unprocessable({ dispatch_type: ['dispatch_type invalid'] }, 'dispatch_type invalid'),
		unprocessable({ delivery: ['delivery not_complete'] }, 'delivery not_complete'),
		...failures('change'),
	],
};

/** Asking after a message that was sent, and taking it back. */
export const afterSendingContracts: Contract[] = [statusOf, wholeStatus, deletion];
