import type { IDataObject } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import { isObject } from '../../object';
import { textOf } from '../../text';
import { isoTime } from './event';

/** Deliveries of the same words within this time are one event, where nothing in them tells two events apart. */
const SAME_EVENT_MS = 10 * 60_000;

/** Yes or no as gateways write it: a boolean, a number, or (in form bodies) a word. */
export function isYes(value: unknown): boolean {
	if (typeof value === 'string') return /^(true|yes|1)$/i.test(value.trim());
	return value === true || value === 1;
}

/** Whether it is an object with something in it; n8n gives an empty one for a call without a body. */
export function isFilledObject(value: unknown): value is IDataObject {
	return isObject(value) && Object.keys(value).length > 0;
}

/**
 * An identity for a payload that names none: the whole of it, since a redelivery is the same to the letter.
 *
 * @param isTimed whether the payload holds its own time. Without one, an event that happens again looks like a
 *   redelivery; only those that come soon after count as such then.
 */
export function contentId(payload: IDataObject, isTimed: boolean): string {
	const period = isTimed ? '' : String(Math.floor(Date.now() / SAME_EVENT_MS));
	return createHash('sha256')
		.update(period + textOf(payload))
		.digest('hex')
		.slice(0, 32);
}

/**
 * A time as payloads give it, as ISO 8601: Unix seconds or milliseconds, as number or text, or a date.
 *
 * @param offset what a date without a zone is ahead of UTC, for example `+07:00`
 */
export function timeOf(value: unknown, offset: string): string | null {
	if (typeof value === 'number') return isoTime(value);
	if (typeof value !== 'string') return null;
	const text = value.trim();
	if (/^\d+(\.\d+)?$/.test(text)) return isoTime(Number(text));
	const date = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(Z|[+-]\d{2}:?\d{2})?$/i.exec(text);
	if (!date) return null;
	const moment = Date.parse(`${date[1]}T${date[2]}${date[3] ?? offset}`);
	return Number.isNaN(moment) ? null : new Date(moment).toISOString();
}
