import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../object';
import { type GatewayEvent, isoTime, momentOf } from './event';
import { hashOf } from './hash';

/** What a provider counts its attempts by, in the payload itself: it differs between two deliveries of one event. */
const TRANSPORT_NOISE = /^(?:(?:delivery_?)?attempts?|retry|retries|retry_?count)$/i;

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
 * The identity of a payload that names none: the whole of it, since a redelivery is the same to the letter. What receives
 * the event decides whether an equal one is a repeat (see `receive/repeats.ts`).
 *
 * @param isTimed whether the payload holds its own time to the second, see {@link isToTheSecond}
 */
export function byContent(payload: IDataObject, isTimed: boolean): Pick<GatewayEvent, 'id' | 'identity'> {
	const isTold = (name: string): boolean => !TRANSPORT_NOISE.test(name);
	const told = Object.keys(payload).every(isTold)
		? payload
		: Object.fromEntries(Object.entries(payload).filter(([name]) => isTold(name)));
	return { id: hashOf(told), identity: isTimed ? 'timed' : 'untimed' };
}

/** The identity of a payload that names one. */
export function byId(id: string): Pick<GatewayEvent, 'id' | 'identity'> {
	return { id, identity: undefined };
}

/**
 * Whether a time, as payloads give it, distinguishes two messages that come after each other: Unix seconds do, a date with
 * minutes does not.
 */
export function isToTheSecond(value: unknown): boolean {
	if (typeof value === 'number') return momentOf(value) !== null;
	if (typeof value !== 'string') return false;
	const text = value.trim();
	return /^\d+(\.\d+)?$/.test(text) ? momentOf(Number(text)) !== null : /[T ]\d{2}:\d{2}:\d{2}/.test(text);
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
