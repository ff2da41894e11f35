import type { MessageStatus } from '../../shared/operations/define/sentMessage';

/** A row of the provider's list. */
interface ListedStatus {
	/** `status_id`. */
	id: number;
	name: string;
	/** The provider's short explanation. */
	explanation: string;
	/** Whether no other status follows. */
	final: boolean;
}

/** A status that a delivery can have. */
interface DeliveryStatus extends ListedStatus {
	/** Whether the message arrived; null while that is not known. */
	delivered: boolean | null;
}

/** API reference, Additional information: List of service statuses, complete. */
const DOCUMENTED: ListedStatus[] = [
	{ id: 0, name: 'telecommunication_company_error', explanation: 'Operator error', final: true },
	{ id: 1, name: 'enroute', explanation: 'Passed to the operator', final: false },
	{ id: 2, name: 'delivered', explanation: 'Delivered', final: true },
	{ id: 3, name: 'expired', explanation: 'Expired', final: true },
	{ id: 4, name: 'deleted', explanation: 'Deleted', final: true },
	{ id: 5, name: 'undeliverable', explanation: 'Unable to deliver', final: true },
	{ id: 6, name: 'accepted', explanation: 'Accepted', final: false },
	{ id: 7, name: 'unknown', explanation: 'Failed to deliver', final: true },
	{ id: 8, name: 'rejected', explanation: 'Rejected', final: true },
	{ id: 9, name: 'internal_server_error', explanation: 'Server error', final: true },
	{ id: 10, name: 'unhandled_error', explanation: 'Unhandled error', final: true },
	{ id: 11, name: 'incorrect_number', explanation: 'Invalid number', final: true },
	{ id: 12, name: 'forbidden', explanation: 'Forbidden', final: true },
	{ id: 13, name: 'not_enough_money', explanation: 'Insufficient funds', final: true },
	{ id: 14, name: 'waiting_for_sending', explanation: 'Waiting to be sent', final: false },
	{ id: 15, name: 'in_progress', explanation: 'In processing', final: false },
	{ id: 16, name: 'read', explanation: 'Read', final: true },
	{ id: 17, name: 'too_many_requests', explanation: 'Request limit exceeded', final: true },
	{ id: 18, name: 'cancelled', explanation: 'Cancelled', final: true },
	{ id: 20, name: 'smpp_queue_expired', explanation: 'Unable to deliver', final: true },
	{ id: 21, name: 'moderating', explanation: 'On moderation', final: false },
	{ id: 22, name: 'moderation_declined', explanation: 'Moderation rejected', final: true },
	{ id: 25, name: 'external_restriction', explanation: 'Restrictions on sending', final: true },
	{ id: 26, name: 'length_restriction', explanation: 'Message length limits', final: true },
	{ id: 27, name: 'kazakhstan_restriction', explanation: 'Restrictions on sending to Kazakhstan', final: true },
	{ id: 28, name: 'operator_restriction', explanation: 'Operator restriction', final: true },
	{ id: 31, name: 'payment_transaction_error', explanation: 'Payment error', final: true },
	{
		id: 32,
		name: 'subscription_expired',
		explanation: 'The subscription to messengers has not been paid',
		final: true,
	},
	{ id: 33, name: 'incorrect_delivery_params', explanation: 'Invalid sending parameters', final: true },
	{ id: 34, name: 'foreign_delivery_restricted', explanation: 'Restrictions on sending', final: true },
	{ id: 35, name: 'rate_limit_error', explanation: 'The limit of delivery requests has been exceeded', final: true },
	{ id: 36, name: 'blocked_by_subscription_expired', explanation: 'Subscription suspended', final: true },
	{
		id: 37,
		name: 'daily_limit_error',
		explanation: 'The daily limit of delivery requests has been exceeded',
		final: true,
	},
	{ id: 44, name: 'whatsapp_unregistered_number', explanation: 'WhatsApp unregistered number', final: true },
	{ id: 45, name: 'whatsapp_session_doesnt_exist', explanation: 'WhatsApp session not started', final: true },
	{ id: 46, name: 'smsc_dos_error', explanation: 'Waiting to be sent', final: false },
	{ id: 47, name: 'smsc_not_enough_money', explanation: 'Unprocessed error', final: true },
	{ id: 48, name: 'smsc_unavailable_number', explanation: 'Unavailable number', final: true },
	{ id: 49, name: 'aggregate_forbidden', explanation: 'Prohibited', final: true },
	{ id: 50, name: 'tdlib_not_authorized', explanation: 'Telegram is not authorized', final: true },
	{
		id: 51,
		name: 'customer_settings_delivery_time_restriction_cancel',
		explanation: 'Restriction on sending time settings',
		final: true,
	},
	{ id: 69, name: 'smpp_connection_error', explanation: 'Unable to deliver', final: true },
	{ id: 88, name: 'smpp_sending_limit_error', explanation: 'Unable to deliver', final: true },
	{ id: 257, name: 'smpp_transmitter_not_allowed_region', explanation: 'Unable to deliver', final: true },
	{ id: 555, name: 'blacklisted_number_error', explanation: 'Blacklisted', final: true },
	{ id: 1281, name: 'source_addr_forbidden', explanation: 'Name blocked by operator', final: true },
	{ id: 1282, name: 'smpp_num_blacklisted', explanation: 'Unable to deliver', final: true },
	{ id: 1283, name: 'template_violation', explanation: 'Invalid text or template', final: true },
	{ id: 1284, name: 'smpp_msg_blacklisted', explanation: 'Rejected', final: true },
	{ id: 1285, name: 'smpp_not_enough_money', explanation: 'Unable to deliver', final: true },
	{ id: 1286, name: 'smpp_foreign_delivery_restricted', explanation: 'Restrictions on sending', final: true },
	{ id: 1287, name: 'smpp_down_msisdn', explanation: 'Operator error', final: true },
	{ id: 1288, name: 'smpp_megafon_wrong_provider', explanation: 'Unable to deliver', final: true },
	{ id: 1293, name: 'smpp_beeline_wrong_provider', explanation: 'Unable to deliver', final: true },
	{ id: 1299, name: 'smpp_beeline_partner_blocked', explanation: 'Unable to deliver', final: true },
	{ id: 2291, name: 'smpp_anti_spam_block', explanation: 'The subscriber has enabled the spam filter', final: true },
];

/** Named in the provider's newer documentation only, without a type; that they are final is inferred from their names. */
const NEWER: ListedStatus[] = [
	{ id: 38, name: 'sender_name_error', explanation: 'Invalid sender name', final: true },
	{ id: 52, name: 'waba_not_authorized', explanation: 'WhatsApp Business API is not authorized', final: true },
	{ id: 53, name: 'mobile_operator_not_identified', explanation: 'Mobile operator not identified', final: true },
	{ id: 56, name: 'safe_sending_limit_exceeded', explanation: 'Limit of safe sending exceeded', final: true },
	{
		id: 57,
		name: 'too_many_messages_to_new_contacts',
		explanation: 'Too many messages to new contacts',
		final: true,
	},
	{ id: 58, name: 'user_not_found_in_telegram', explanation: 'User not found in Telegram', final: true },
];

/** The statuses of a message that has arrived: "delivered" and "read". */
const ARRIVED = [2, 16];

/** Every known status of a delivery. */
export const DELIVERY_STATUSES: readonly DeliveryStatus[] = [...DOCUMENTED, ...NEWER].map((status) => ({
	...status,
	delivered: status.final ? ARRIVED.includes(status.id) : null,
}));

/**
 * The status of a message by `status_id`: inferred from the explanations of the statuses that are not final, and of the two of
 * a message that has arrived. A message that will not arrive has none of these.
 */
export const MESSAGE_STATUS_BY_ID: Record<string, MessageStatus> = {
	1: 'sent',
	2: 'sent',
	6: 'accepted',
	14: 'queued',
	15: 'queued',
	16: 'sent',
	21: 'queued',
	46: 'queued',
};

/** What a status means for a workflow; all null for one that is not in the list. */
export interface StatusMeaning {
	name: string | null;
	final: boolean | null;
	delivered: boolean | null;
}

/** The meaning of a `status_id`, which may be a number or text. */
export function meaningOf(statusId: unknown): StatusMeaning {
	const wanted = typeof statusId === 'string' && statusId.trim() !== '' ? Number(statusId) : statusId;
	const { name = null, final = null, delivered = null } = DELIVERY_STATUSES.find(({ id }) => id === wanted) ?? {};
	return { name, final, delivered };
}
