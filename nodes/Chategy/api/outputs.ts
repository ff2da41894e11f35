import type { IDataObject } from 'n8n-workflow';
import { phoneDigits, withPhone } from '../../shared/messaging/phoneOutput';
import { pick, renamed } from '../../shared/operations/define/outputFields';
import { textOf } from '../../shared/text';
import { timeOf } from '../../shared/trigger/event/payload';
import { meaningOf } from './deliveryStatuses';
import { sessionNames } from './sessionStates';

/**
 * A delivery with its most useful fields, in one form for all answers that hold one: those of the sends have the state
 * beside the delivery, that of Get Status and the callback in an object of its own.
 */
export function simpleDelivery(delivery: IDataObject): IDataObject {
	const { id, phone, status, status_id, status_description: description, scheduled_at } = delivery;
	// What was taken before comes without a delivery.
	if (id === undefined) return delivery;
	const state = status_id === undefined ? status : { status_id, description, ...meaningOf(status_id) };
	return {
		messageId: textOf(id),
		...(phone === undefined ? {} : { phone: phoneDigits(phone) }),
		...(state === undefined ? {} : { status: state }),
		...pick(delivery, 'dispatch_routing', 'operator', 'sender_name', 'external_id'),
		// API reference: times are in UTC; the examples show ISO 8601, the requests a form without a zone.
		...(scheduled_at === undefined ? {} : { scheduled_at: timeOf(scheduled_at, 'Z') ?? scheduled_at }),
		...pick(delivery, 'sum', 'total_sms'),
	};
}

/** An account with its most useful fields, what the numbers of its sessions mean among them; a token only if it is there. */
export function simpleAccount(account: IDataObject): IDataObject {
	return {
		...pick(account, 'customer_id', 'total_amount', 'subscription_status', 'subscription_paid_until'),
		...pick(account, 'dispatch_routing', 'sender_names'),
		...sessionNames(account),
		...pick(account, 'token'),
	};
}

/** An instance in the same way. */
export function simpleInstance(instance: IDataObject): IDataObject {
	const kept = pick(
		instance,
		...['id', 'customer_id', 'external_id', 'subscription_status', 'subscription_paid_until', 'renew_subscription'],
		'whatsapp_phone',
	);
	return { ...withPhone(kept, 'whatsapp_phone'), ...sessionNames(instance), ...pick(instance, 'token') };
}

/** API reference: what a webhook is called for are `types`. */
export function readableWebhook(webhook: IDataObject): IDataObject {
	return renamed(webhook, { types: 'events' });
}
