import type { IDataObject } from 'n8n-workflow';
import type { EventCall, EventStatus } from '../../shared/trigger/event/event';
import { flagIn, numberIn, objectIn, textIn } from './readValues';

/** WhatsApp's numbers for what became of a message (as its libraries name them; 4 was seen with this provider). */
const STATUS_NAMES = ['error', 'pending', 'sent', 'delivered', 'read', 'played'];

/** Other words for the same (WhatsApp libraries; the provider's answers to sends). */
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
 * What a receipt says.
 *
 * @param messageId the message it is about
 * @param sources where the status may stand, the likeliest first
 * @returns undefined if there is none
 */
export function statusOf(messageId: string | null, sources: IDataObject[]): EventStatus | undefined {
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
	if (/^\d+$/.test(written)) return Number(written);
	return SAME.find(([word]) => word.test(written.trim()))?.[1] ?? null;
}

/** Receipts in a group have times instead of a status (WhatsApp libraries). */
function codeOfReceipt(sources: IDataObject[]): number | null {
	const receipts = sources.map((source) => objectIn(source, 'receipt'));
	const has = (name: string): boolean =>
		receipts.some((receipt) => receipt[name] !== undefined && receipt[name] !== null);
	if (has('playedTimestamp')) return 5;
	if (has('readTimestamp')) return 4;
	return has('receiptTimestamp') ? 3 : null;
}

/** What is told of a call (the form of WhatsApp libraries; inferred). */
export function callOf(call: IDataObject): EventCall {
	return {
		id: textIn(call, 'id', 'callId', 'call_id'),
		isVideo: flagIn(call, 'isVideo', 'is_video'),
		isGroup: flagIn(call, 'isGroup', 'is_group'),
		state: textIn(call, 'status', 'state'),
		reason: textIn(call, 'reason'),
	};
}

/** Whether a message stub says that a message was deleted (1, REVOKE, in WhatsApp libraries). */
export function isRevoked(source: IDataObject): boolean {
	return numberIn(source, 'messageStubType') === 1 || textIn(source, 'messageStubType') === 'REVOKE';
}
