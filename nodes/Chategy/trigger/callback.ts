import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { digitsOrNumber } from '../../shared/lenientSchemas';
import { without } from '../../shared/operations/define/outputFields';
import { meaningOf, type StatusMeaning } from '../api/deliveryStatuses';
import { withFinalStatus } from '../api/outputs';

const state = z.object({ status_id: digitsOrNumber }).loose();

/**
 * API reference, Callback of the sending status: what is posted to a delivery's `callback_url`. The example has the status
 * inside the delivery, the table next to it; both are accepted.
 */
const callback = z.object({
	delivery: z.object({ id: digitsOrNumber, status: state.nullish().catch(undefined) }).loose(),
	status: state.nullish().catch(undefined),
});

/** The content of a callback, with the meaning of its status. */
interface DeliveryReport {
	/** Of the delivery. */
	id: number;
	/** `status_id`. */
	code: number;
	meaning: StatusMeaning;
	/** The delivery with its status, which has `name`, `final` and `delivered` in addition to the provider's fields. */
	item: IDataObject;
}

/**
 * Reads a call to a delivery's callback URL.
 *
 * @param body parsed JSON or form
 * @returns undefined if it is not one
 */
export function readCallback(body: unknown): DeliveryReport | undefined {
	const parsed = callback.safeParse(body).data;
	const status = parsed?.delivery.status ?? parsed?.status;
	if (!parsed || !status) return undefined;
	const meaning = meaningOf(status.status_id);
	const item = { ...parsed.delivery, status: { ...status, ...meaning } };
	return { id: parsed.delivery.id, code: status.status_id, meaning, item };
}

/** A callback for an execution that waits for it. */
interface Callback {
	/** Whether no other status follows. */
	final: boolean;
	item: IDataObject;
}

/**
 * Reads a callback for an execution that waits for it.
 *
 * @returns undefined if it is not a delivery's callback
 */
export function parseCallback(body: unknown): Callback | undefined {
	const report = readCallback(body);
	// Chategy calls when the status is final, so an unlisted status counts as final.
	return report && { final: report.meaning.final ?? true, item: report.item };
}

/**
 * Reads a call to a waiting execution.
 *
 * @param waiting the delivery it waits for, in the form that is returned if no call comes
 * @returns undefined if it is not a callback, or is about another delivery
 */
export function callbackOf(body: unknown, waiting: IDataObject): ReturnType<typeof parseCallback> {
	const call = parseCallback(body);
	const id = waiting.id ?? waiting.messageId ?? undefined;
	const isAnother = id !== undefined && Number(id) !== Number(call?.item.id);
	if (!call || isAnother) return undefined;
	return { ...call, item: withFinalStatus(without(waiting, 'timedOut', 'waitedMinutes'), call.item) };
}
