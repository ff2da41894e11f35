import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../object';
import { told } from '../event/emptyEvent';
import type { EventStatus, GatewayEvent } from '../event/event';
import { byId } from '../event/payload';
import { personOf } from '../../messaging/person';
import { statusId } from './identity';
import { boundedId } from '../event/hash';
import { deliveryIdIn, type EventSource, messageIdIn, ownId, readingOf, timeOfMessage } from './reading';
import { fieldOf, flagIn, objectIn, textIn, timeIn } from './values';

/** WhatsApp's numbers for the status of a message, as its libraries name them. */
const STATUS_NAMES = ['error', 'pending', 'sent', 'delivered', 'read', 'played'];

/** Other words for the same (WhatsApp libraries; gateways' answers to sends). */
const SAME: Array<[RegExp, number]> = [
	[/^(error|failed|undelivered)$/i, 0],
	[/^(pending|queued|in_progress|accepted)$/i, 1],
	[/^(sent|server_?ack)$/i, 2],
	[/^(delivered|delivery_?ack)$/i, 3],
	[/^read$/i, 4],
	[/^played$/i, 5],
];

/** By number, whether no other status follows. After "read" a voice note may still be played. */
const FINAL = [true, false, false, false, null, true];

/** By number, whether the message arrived. */
const DELIVERED = [false, null, null, true, true, true];

/**
 * The status of a message: a receipt, or an update with a status.
 *
 * @param status if it is known already
 * @returns undefined if the element has none
 */
export function statusEvent(source: EventSource, element: IDataObject, status?: EventStatus): GatewayEvent | undefined {
	const update = objectIn(element, 'update');
	const receipt = objectIn(element, 'receipt');
	const messageId = messageIdIn(element);
	const found = status ?? statusOf(messageId, [update, element]);
	if (found === undefined) return undefined;
	const { base } = readingOf({ ...source, age: undefined }, element);
	const reader = textIn(receipt, 'userJid') ?? textIn(objectIn(element, 'key'), 'participant');
	const isMany = base.chat.type !== 'private';
	return {
		...base,
		event: 'message_status',
		...(messageId === null
			? ownId(source, null, base.timestamp)
			: byId(boundedId(statusId(messageId, found, reader)))),
		timestamp:
			timeOfMessage(element) ??
			timeIn(receipt, 'playedTimestamp', 'readTimestamp', 'receiptTimestamp') ??
			source.timestamp,
		status: {
			...found,
			...told<Partial<EventStatus>>({
				deliveryId: deliveryIdIn(element),
				recipientPhone: isMany ? personOf(reader).phone : base.chat.phone,
				participant: isMany ? reader : null,
			}),
		},
	};
}

/** A receipt without a status is still one about its message. */
export function receiptEvent(source: EventSource, element: IDataObject): GatewayEvent {
	const nothing = { messageId: messageIdIn(element), name: null, code: null, final: null, delivered: null };
	return statusEvent(source, element) ?? (statusEvent(source, element, nothing) as GatewayEvent);
}

/** A message that could not be sent: `{success: false, error}`; undefined if it was. */
export function failureEvent(source: EventSource, element: IDataObject): GatewayEvent | undefined {
	const error = fieldOf(element, 'error');
	const isFailed = flagIn(element, 'success') === false || (isFilled(error) && flagIn(element, 'success') !== true);
	if (!isFailed) return undefined;
	const status: EventStatus = {
		messageId: messageIdIn(element),
		name: 'failed',
		code: 0,
		final: true,
		delivered: false,
		...told<Partial<EventStatus>>({ error: isFilled(error) ? errorOf(error) : null }),
	};
	return statusEvent(source, element, status);
}

function isFilled(value: unknown): boolean {
	return value !== undefined && value !== null && value !== '' && value !== false;
}

function errorOf(error: unknown): NonNullable<EventStatus['error']> {
	if (!isObject(error)) return told({ text: textIn({ error }, 'error') });
	return told({
		code: textIn(error, 'code', 'reason_code', 'status'),
		text: textIn(error, 'message', 'text', 'error'),
	});
}

/**
 * What a receipt says.
 *
 * @param messageId the message it is about
 * @param sources where the status may stand, the likeliest first
 * @returns undefined if there is none
 */
function statusOf(messageId: string | null, sources: IDataObject[]): EventStatus | undefined {
	const written = sources
		.map((source) => textIn(source, 'status', 'ack', 'receipt_status'))
		.find((text) => text !== null);
	const code = written === undefined || written === null ? codeOfReceipt(sources) : codeOf(written);
	if (code === null && (written === undefined || written === null)) return undefined;
	const isNumber = /^\d+$/.test(written ?? '0');
	return {
		messageId,
		name: isNumber ? (STATUS_NAMES[code ?? -1] ?? written ?? null) : (written ?? null),
		code,
		final: FINAL[code ?? -1] ?? null,
		delivered: DELIVERED[code ?? -1] ?? null,
	};
}

function codeOf(written: string): number | null {
	if (/^\d{1,9}$/.test(written)) return Number(written);
	return SAME.find(([word]) => word.test(written.trim()))?.[1] ?? null;
}

/** Receipts in a group have times instead of a status (WhatsApp libraries). */
function codeOfReceipt(sources: IDataObject[]): number | null {
	const receipts = sources.map((source) => objectIn(source, 'receipt'));
	const has = (name: string): boolean => receipts.some((receipt) => isFilled(fieldOf(receipt, name)));
	if (has('playedTimestamp')) return 5;
	if (has('readTimestamp')) return 4;
	return has('receiptTimestamp') ? 3 : null;
}
