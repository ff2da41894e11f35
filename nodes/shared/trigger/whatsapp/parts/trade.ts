import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../../object';
import type {
	EventCalendar,
	EventInvite,
	EventLinkPreview,
	EventOrder,
	EventPayment,
	EventPoll,
	EventProduct,
} from '../../event/details';
import { told, toldOrNull } from '../../event/emptyEvent';
import type { EventLocation } from '../../event/event';
import { personOf } from '../../../messaging/person';
import {
	amountIn,
	enumIn,
	fieldOf,
	flagIn,
	numberIn,
	objectIn,
	objectsIn,
	textIn,
	thousandthsIn,
	timeIn,
} from '../values';

/** The place that a part describes; null without both coordinates. 0/0 is a place. */
export function readLocation(part: IDataObject): EventLocation | null {
	const latitude = numberIn(part, 'degreesLatitude', 'latitude');
	const longitude = numberIn(part, 'degreesLongitude', 'longitude');
	if (latitude === null || longitude === null) return null;
	return told<EventLocation>({
		latitude,
		longitude,
		name: textIn(part, 'name'),
		address: textIn(part, 'address'),
		url: textIn(part, 'url'),
		isLive: flagIn(part, 'isLive'),
		accuracyMeters: amountIn(part, 'accuracyInMeters'),
		comment: textIn(part, 'comment'),
		sequenceNumber: numberIn(part, 'sequenceNumber'),
	});
}

/** `pollCreationMessage` */
export function readPoll(part: IDataObject): EventPoll {
	const options = objectsIn(part, 'options')
		.map((option) => textIn(option, 'optionName'))
		.filter((option) => option !== null);
	return told<EventPoll>({
		question: textIn(part, 'name'),
		options,
		selectable: amountIn(part, 'selectableOptionsCount', 'selectableCount'),
	});
}

/** `eventMessage` */
export function readAppointment(part: IDataObject): EventCalendar {
	return told<EventCalendar>({
		name: textIn(part, 'name'),
		description: textIn(part, 'description'),
		start: timeIn(part, 'startTime'),
		end: timeIn(part, 'endTime'),
		joinLink: textIn(part, 'joinLink'),
		isCanceled: flagIn(part, 'isCanceled'),
		isCall: flagIn(part, 'isScheduleCall'),
	});
}

/** `scheduledCallCreationMessage` */
export function readPlannedCall(part: IDataObject): EventCalendar {
	return told<EventCalendar>({
		name: textIn(part, 'title'),
		start: timeIn(part, 'scheduledTimestampMs'),
		isCall: true,
	});
}

/** `groupInviteMessage` */
export function readGroupInvite(part: IDataObject): EventInvite {
	return told<EventInvite>({
		kind: 'group',
		id: textIn(part, 'groupJid'),
		code: textIn(part, 'inviteCode'),
		name: textIn(part, 'groupName'),
		expiresAt: timeIn(part, 'inviteExpiration'),
	});
}

/** `newsletterAdminInviteMessage`, `newsletterFollowerInviteMessage` */
export function readChannelInvite(part: IDataObject): EventInvite {
	return told<EventInvite>({
		kind: 'channel',
		id: textIn(part, 'newsletterJid'),
		name: textIn(part, 'newsletterName'),
		expiresAt: timeIn(part, 'inviteExpiration'),
	});
}

/** A link to a group within a text; `inviteLinkGroupTypeV2` alone comes with texts of all kinds. */
export function readInviteLink(part: IDataObject): EventInvite | null {
	const link = textIn(part, 'matchedText') ?? '';
	const code = /^(?:https?:\/\/)?chat\.whatsapp\.com\/(?:invite\/)?([\w-]{10,40})/i.exec(link)?.[1];
	return code === undefined ? null : told<EventInvite>({ kind: 'group', code, name: textIn(part, 'title') });
}

/** The page that a text links to. */
export function readLinkPreview(part: IDataObject): EventLinkPreview | null {
	return toldOrNull<EventLinkPreview>({
		url: textIn(part, 'matchedText', 'canonicalUrl'),
		title: textIn(part, 'title'),
		description: textIn(part, 'description'),
	});
}

const ORDER_STATES: ReadonlyMap<number, string> = new Map([
	[1, 'INQUIRY'],
	[2, 'ACCEPTED'],
	[3, 'DECLINED'],
]);

/** `orderMessage` */
export function readOrder(part: IDataObject): EventOrder {
	return told<EventOrder>({
		id: textIn(part, 'orderId'),
		token: textIn(part, 'token'),
		title: textIn(part, 'orderTitle'),
		itemCount: amountIn(part, 'itemCount'),
		total: thousandthsIn(part, 'totalAmount1000'),
		currency: textIn(part, 'totalCurrencyCode'),
		note: textIn(part, 'message'),
		status: ORDER_STATES.get(enumIn(part, 'status', ORDER_STATES) ?? 0)?.toLowerCase(),
		sellerPhone: personOf(textIn(part, 'sellerJid')).phone,
	});
}

/** `productMessage`: an article, or a whole catalog if it names none. */
export function readProduct(part: IDataObject): EventProduct {
	const product = objectIn(part, 'product');
	const catalogTitle = textIn(objectIn(part, 'catalog'), 'title');
	if (isCatalog(part)) return told<EventProduct>({ catalogTitle });
	return told<EventProduct>({
		id: textIn(product, 'productId'),
		retailerId: textIn(product, 'retailerId'),
		title: textIn(product, 'title'),
		description: textIn(product, 'description'),
		price: thousandthsIn(product, 'priceAmount1000'),
		currency: textIn(product, 'currencyCode'),
		url: textIn(product, 'url'),
		businessPhone: personOf(textIn(part, 'businessOwnerJid')).phone,
		catalogTitle,
	});
}

/** Whether it shows a catalog and no article of it. */
export function isCatalog(part: IDataObject): boolean {
	return isObject(fieldOf(part, 'catalog')) && textIn(objectIn(part, 'product'), 'productId') === null;
}

/** The note that a payment carries: a separate message. */
export function noteOf(part: IDataObject): string | null {
	const note = objectIn(part, 'noteMessage');
	return textIn(note, 'conversation') ?? textIn(objectIn(note, 'extendedTextMessage'), 'text');
}

/** `requestPaymentMessage`, `sendPaymentMessage`, `paymentInviteMessage`, `invoiceMessage` */
export function readPayment(kind: EventPayment['kind'], part: IDataObject): EventPayment {
	const money = objectIn(part, 'amount');
	const value = numberIn(money, 'value');
	const offset = numberIn(money, 'offset') ?? 1000;
	return told<EventPayment>({
		kind,
		amount: thousandthsIn(part, 'amount1000') ?? (value === null || offset === 0 ? null : value / offset),
		currency: textIn(part, 'currencyCodeIso4217') ?? textIn(money, 'currencyCode'),
		note: noteOf(part) ?? textIn(part, 'note'),
		expiresAt: timeIn(part, 'expiryTimestamp'),
	});
}
