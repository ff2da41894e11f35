import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../shared/object';
import { timeOf } from '../../shared/trigger/event/payload';

/*
 * Reading payloads whose form is known from receivers alone: a value is looked for under each of the names it was seen
 * under, and what has another type than expected counts as absent. Nothing here throws.
 */

/** The first of these that is a text or a number, as text; null if none is. */
export function textIn(source: unknown, ...names: string[]): string | null {
	if (!isObject(source)) return null;
	for (const name of names) {
		const value = source[name];
		const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
		if (text.trim() !== '') return text;
	}
	return null;
}

/** The first of these that is an object, or an empty one. */
export function objectIn(source: unknown, ...names: string[]): IDataObject {
	if (!isObject(source)) return {};
	const found = names.map((name) => source[name]).find(isObject);
	return found ?? {};
}

/** A list's objects, or the one object. */
export function objectsOf(value: unknown): IDataObject[] {
	const list: unknown[] = Array.isArray(value) ? value : [value];
	return list.filter(isObject);
}

/** The first of these that says yes or no; null if none does. */
export function flagIn(source: unknown, ...names: string[]): boolean | null {
	if (!isObject(source)) return null;
	for (const name of names) {
		const value = source[name];
		if (typeof value === 'boolean') return value;
		if (value === 1 || value === 'true') return true;
		if (value === 0 || value === 'false') return false;
	}
	return null;
}

/** The first of these that is a finite number. */
export function numberIn(source: unknown, ...names: string[]): number | null {
	const text = names
		.map((name) => textIn(source, name))
		.find((value) => value !== null && Number.isFinite(Number(value)));
	return text === undefined || text === null ? null : Number(text);
}

/**
 * The first of these that is a time, as ISO 8601: seconds or milliseconds, as number, text, or a Long of protocol buffers
 * (`{low, high}`, as libraries for WhatsApp put them into JSON).
 */
export function timeIn(source: unknown, ...names: string[]): string | null {
	if (!isObject(source)) return null;
	for (const name of names) {
		const time = timeOf(asNumber(source[name]), 'Z');
		if (time !== null) return time;
	}
	return null;
}

function asNumber(value: unknown): unknown {
	if (!isObject(value)) return value;
	const { low, high } = value;
	if (typeof low !== 'number') return undefined;
	return (typeof high === 'number' ? high : 0) * 2 ** 32 + (low >>> 0);
}
