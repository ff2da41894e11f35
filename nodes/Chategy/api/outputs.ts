import type { IDataObject } from 'n8n-workflow';
import { phoneDigits, withPhone } from '../../shared/messaging/phoneOutput';
import { type Asked, type SendLanguage, sentMessage } from '../../shared/messaging/sentMessage';
import { isObject } from '../../shared/object';
import { pick, renamed, without } from '../../shared/operations/define/outputFields';
import type { SentMessage } from '../../shared/operations/define/sentMessage';
import { textOf } from '../../shared/text';
import { timeOf } from '../../shared/trigger/event/payload';
import { meaningOf, MESSAGE_STATUS_BY_ID } from './deliveryStatuses';
import { sessionNames } from './sessionStates';

/** The code of a message that was accepted before (API reference, Idempotence of requests: HTTP 409). */
const TAKEN_BEFORE = 'repeated';

/** API reference: the response to a send has `status_id` and, in words, `status_description`. */
const language: SendLanguage = {
	provider: 'chategy',
	statuses: { ...MESSAGE_STATUS_BY_ID, [TAKEN_BEFORE]: 'accepted' },
	unlisted: null,
};

/** API reference: the response to Bulk Delivery has one unexplained `state` for all recipients. */
const bulkLanguage: SendLanguage = { ...language, statuses: {}, unlisted: 'accepted' };

/**
 * The response to Delivery and Sending files.
 *
 * @param isSimple whether only the most useful of the provider's fields are returned with those of all sends
 */
export function sentDelivery(answer: unknown, asked: Asked, isSimple: boolean): SentMessage {
	const delivery = isObject(answer) ? answer : {};
	const { id, phone, status_id, status_description, alreadyReceived, external_id, message } = delivery;
	if (alreadyReceived === true) {
		const others = { alreadyReceived, external_id };
		return sentMessage(language, { code: TAKEN_BEFORE, status: message, others }, asked);
	}
	const others = isSimple ? usefulOf(delivery) : delivery;
	return sentMessage(language, { messageId: id, phone, status: status_description, code: status_id, others }, asked);
}

/** The response to Bulk Delivery, for one of the recipients. */
export function sentBulk(answer: unknown, asked: Asked): SentMessage {
	const delivery = isObject(answer) ? answer : {};
	const others = pick(delivery, 'dispatch_routing', 'sender_name', 'scheduled_at', 'utm_mark');
	return sentMessage(bulkLanguage, { status: delivery.state, others }, asked);
}

/**
 * A message with its final status, replacing the one that waited for it.
 *
 * @param waiting what {@link sentDelivery} returned
 * @param delivery as the callback has it
 */
export function withFinalStatus(waiting: IDataObject, delivery: IDataObject): IDataObject {
	const status = isObject(delivery.status) ? delivery.status : {};
	const { status_id, description, final, delivered, dispatch_routing: channel } = status;
	// The provider's own form is only there if Simplify is off.
	const raw = waiting.id === undefined ? {} : { ...delivery, status_id, status_description: description };
	return {
		...waiting,
		...raw,
		status: MESSAGE_STATUS_BY_ID[textOf(status_id)] ?? null,
		providerStatus: textOf(description) || textOf(status_id),
		final,
		delivered,
		...(channel === undefined ? {} : { channel }),
	};
}

/** API reference: Information about the delivery, with its most useful fields and the meaning of its status. */
export function simpleDelivery(delivery: IDataObject): IDataObject {
	const { id, phone } = delivery;
	const {
		status_id,
		description = null,
		dispatch_routing: channel,
	} = isObject(delivery.status) ? delivery.status : {};
	const { name, final, delivered } = meaningOf(status_id);
	return {
		...(id === undefined ? {} : { messageId: textOf(id) }),
		...(phone === undefined ? {} : { phone: phoneDigits(phone) }),
		...{ status: name, providerStatus: description, final, delivered },
		...(channel === undefined ? {} : { channel }),
		...pick(delivery, 'operator'),
		...without(usefulOf(delivery), 'total_sms'),
	};
}

function usefulOf(delivery: IDataObject): IDataObject {
	const { scheduled_at } = delivery;
	return {
		...pick(delivery, 'dispatch_routing', 'external_id'),
		// API reference: times are in UTC; the examples show ISO 8601, the requests a form without a zone.
		...(scheduled_at === undefined ? {} : { scheduled_at: timeOf(scheduled_at, 'Z') ?? scheduled_at }),
		...pick(delivery, 'sum', 'total_sms'),
	};
}

/** An account with its most useful fields, including what its session numbers mean; with a token only if there is one. */
export function simpleAccount(account: IDataObject): IDataObject {
	return {
		...pick(account, 'customer_id', 'total_amount', 'subscription_status', 'subscription_paid_until'),
		...pick(account, 'dispatch_routing', 'sender_names'),
		...sessionNames(account),
		...pick(account, 'token'),
	};
}

/** An instance, likewise. */
export function simpleInstance(instance: IDataObject): IDataObject {
	const kept = pick(
		instance,
		...['id', 'customer_id', 'external_id', 'subscription_status', 'subscription_paid_until', 'renew_subscription'],
		'whatsapp_phone',
	);
	return { ...withPhone(kept, 'whatsapp_phone'), ...sessionNames(instance), ...pick(instance, 'token') };
}

/** API reference: a webhook's events are its `types`. */
export function readableWebhook(webhook: IDataObject): IDataObject {
	return renamed(webhook, { types: 'events' });
}
