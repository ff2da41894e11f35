import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../../shared/object';
import type {
	EventCalendar,
	EventInvite,
	EventOrder,
	EventPayment,
	EventPoll,
	EventProduct,
} from '../../../shared/trigger/event/details';
import { told, toldOrNull } from '../../../shared/trigger/event/emptyEvent';
import {
	amountIn,
	fieldOf,
	flagIn,
	listIn,
	numberIn,
	objectIn,
	textIn,
	textOfValue,
	thousandthsIn,
	timeIn,
} from '../../../shared/trigger/whatsapp/values';

/*
 * Orders, products, polls and the like: in a separate field or, if the message's type names them, in the
 * message itself. The names are those of whatsapp-web.js and TDLib (inferred: the provider shows none).
 */

/** The part of this kind; undefined if the message has none. */
function partIn(message: IDataObject, isOfKind: boolean, ...names: string[]): IDataObject | undefined {
	const part = objectIn(message, ...names);
	if (Object.keys(part).length > 0) return part;
	return isOfKind ? message : undefined;
}

export function orderIn(message: IDataObject, isOrder: boolean): EventOrder | null {
	const part = partIn(message, isOrder, 'order');
	if (!part) return null;
	return toldOrNull<EventOrder>({
		id: textIn(part, 'orderId', 'order_id') ?? (part === message ? null : textIn(part, 'id')),
		token: textIn(part, 'token'),
		title: textIn(part, 'orderTitle', 'order_title'),
		itemCount: amountIn(part, 'itemCount', 'item_count'),
		total: thousandthsIn(part, 'totalAmount1000', 'total_amount_1000'),
		currency: textIn(part, 'totalCurrencyCode', 'currency'),
	});
}

export function productIn(message: IDataObject, isProduct: boolean): EventProduct | null {
	const part = partIn(message, isProduct, 'product');
	if (!part) return null;
	return toldOrNull<EventProduct>({
		id: textIn(part, 'productId', 'product_id') ?? (part === message ? null : textIn(part, 'id')),
		retailerId: textIn(part, 'retailerId', 'retailer_id'),
		title: textIn(part, 'title'),
		description: textIn(part, 'description'),
		price: thousandthsIn(part, 'priceAmount1000', 'price_amount_1000'),
		currency: textIn(part, 'currencyCode', 'currency'),
		url: textIn(part, 'url'),
	});
}

/** @param textValue reads a text that may be inside an object */
export function pollIn(
	message: IDataObject,
	isPoll: boolean,
	textValue: (source: unknown, name: string) => string | null,
): EventPoll | null {
	const part = partIn(message, isPoll, 'poll');
	if (!part) return null;
	const isMultiple = flagIn(part, 'allowMultipleAnswers', 'allows_multiple_answers', 'allow_multiple_answers');
	const options = listIn(part, 'options', 'pollOptions', 'poll_options').flatMap((option) => {
		const name = isObject(option) ? (textIn(option, 'name', 'optionName') ?? textValue(option, 'text')) : null;
		return name ?? textOfValue(option) ?? [];
	});
	const question = textValue(part, 'question') ?? textIn(part, 'pollName', 'poll_name', 'name');
	if (question === null && options.length === 0) return null;
	return told<EventPoll>({
		question,
		options,
		selectable: amountIn(part, 'selectable', 'selectableOptionsCount') ?? mostChoices(isMultiple),
	});
}

/** 0 means any number. */
function mostChoices(isMultiple: boolean | null): number | null {
	if (isMultiple === null) return null;
	return isMultiple ? 0 : 1;
}

export function inviteIn(message: IDataObject, isInvite: boolean): EventInvite | null {
	const part = partIn(message, isInvite, 'inviteV4', 'invite_v4', 'invite');
	if (!part) return null;
	const id = textIn(part, 'inviteGrp', 'groupId', 'group_id', 'newsletterJid');
	return told<EventInvite>({
		kind: id?.endsWith('@newsletter') ? 'channel' : 'group',
		id,
		code: textIn(part, 'inviteCode', 'invite_code', 'code'),
		name: textIn(part, 'inviteGrpName', 'groupName', 'group_name', 'newsletterName'),
		expiresAt: timeIn(part, 'inviteCodeExp', 'invite_code_exp', 'expiration'),
	});
}

export function calendarIn(message: IDataObject, isCalendar: boolean): EventCalendar | null {
	const part = partIn(message, isCalendar, 'event', 'scheduled_event');
	if (!part) return null;
	return toldOrNull<EventCalendar>({
		name: textIn(part, 'eventName', 'event_name', 'name'),
		description: textIn(part, 'eventDescription', 'event_description', 'description'),
		start: timeIn(part, 'eventStartTime', 'startTime', 'start_time'),
		end: timeIn(part, 'eventEndTime', 'endTime', 'end_time'),
		joinLink: textIn(part, 'eventJoinLink', 'joinLink', 'join_link'),
		isCanceled: flagIn(part, 'isEventCanceled', 'isCanceled', 'is_canceled'),
	});
}

/** Telegram's amounts are in the smallest unit of a currency, and the payload has no number of decimals, so they are left out. */
export function paymentIn(message: IDataObject, isPayment: boolean): EventPayment | null {
	const part = partIn(message, isPayment, 'payment');
	if (!part) return null;
	const amount = numberIn(part, 'paymentAmount1000', 'amount1000');
	const isInvoice = fieldOf(message, 'invoice') !== undefined;
	return told<EventPayment>({
		kind: isInvoice ? 'invoice' : 'sent',
		amount: amount === null ? null : amount / 1000,
		currency: textIn(part, 'paymentCurrency', 'currency'),
		note: textIn(objectIn(part, 'paymentNoteMsg'), 'body') ?? textIn(part, 'note'),
		expiresAt: timeIn(part, 'expiry_timestamp'),
	});
}
