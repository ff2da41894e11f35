import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { digitsOrNumber } from '../../shared/lenientSchemas';
import { without } from '../../shared/operations/define/outputFields';
import { meaningOf, type StatusMeaning } from '../api/deliveryStatuses';
import { withFinalStatus } from '../api/outputs';

const state = z.object({ status_id: digitsOrNumber }).loose();

/**
 * API reference, Callback of the sending status: what is posted to a delivery's `callback_url`. The example has the status
 * inside the delivery, the table beside it; both are taken.
 */
const callback = z.object({
	delivery: z.object({ id: digitsOrNumber, status: state.nullish().catch(undefined) }).loose(),
	status: state.nullish().catch(undefined),
});

/** What a callback says, in its own terms and in those of the list of statuses. */
interface DeliveryReport {
	/** Of the delivery. */
	id: number;
	/** `status_id`. */
	code: number;
	meaning: StatusMeaning;
	/** The delivery with its status, which carries `name`, `final` and `delivered` beside what the provider says. */
	item: IDataObject;
}

/**
 * Reads a call to a delivery's callback address.
 *
 * @param body parsed JSON or form
 * @returns undefined if it is no such call
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
	/** Whether the delivery's story ends here. */
	final: boolean;
	item: IDataObject;
}

/**
 * Reads a callback for an execution that waits for it.
 *
 * @returns undefined if it is no callback of a delivery
 */
export function parseCallback(body: unknown): Callback | undefined {
	const report = readCallback(body);
	// Chategy calls when the status has become final; one that is not in the list is therefore taken for final.
	return report && { final: report.meaning.final ?? true, item: report.item };
}

/**
 * Reads a call to an execution that waits.
 *
 * @param waiting the delivery it waits for, as it was put out had nobody called
 * @returns undefined if it is no callback, or one about another delivery
 */
export function callbackOf(body: unknown, waiting: IDataObject): ReturnType<typeof parseCallback> {
	const call = parseCallback(body);
	const id = waiting.id ?? waiting.messageId ?? undefined;
	const isAnother = id !== undefined && Number(id) !== Number(call?.item.id);
	if (!call || isAnother) return undefined;
	return { ...call, item: withFinalStatus(without(waiting, 'timedOut', 'waitedMinutes'), call.item) };
}
