import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../object';
import { timeOf } from '../event/payload';

/*
 * Reading payloads whose form is not guaranteed: a value is looked for under each of the names it was seen under, and what
 * has another type than expected counts as absent. Nothing here throws, and only an object's own fields are seen: a
 * payload's "constructor" is a name like any other.
 */

/** Entries of a list that are read at most; no list of WhatsApp is longer than a group's members. */
export const MOST_ENTRIES = 1_024;

/** Fields of a message that are looked at; no message of WhatsApp has a tenth of them. */
const MOST_FIELDS = 500;

/** An object of bearable size: itself, or its first fields. */
export function boundedFields(source: IDataObject): IDataObject {
	const names = Object.keys(source);
	if (names.length <= MOST_FIELDS) return source;
	return Object.fromEntries(names.slice(0, MOST_FIELDS).map((name) => [name, source[name]]));
}

/** A field that the object itself has. */
export function fieldOf(source: unknown, name: string): unknown {
	return isObject(source) && Object.hasOwn(source, name) ? source[name] : undefined;
}

/** The first of these that is a text or a number, as text; null if none is. */
export function textIn(source: unknown, ...names: string[]): string | null {
	for (const name of names) {
		const text = textOfValue(fieldOf(source, name));
		if (text !== null) return text;
	}
	return null;
}

/** A text that has more than spaces in it, or a number, as text. */
export function textOfValue(value: unknown): string | null {
	if (typeof value === 'number' && Number.isFinite(value)) return String(value);
	return typeof value === 'string' && /\S/.test(value) ? value : null;
}

/** The first of these that is an object, or an empty one. */
export function objectIn(source: unknown, ...names: string[]): IDataObject {
	for (const name of names) {
		const value = fieldOf(source, name);
		if (isObject(value)) return value;
	}
	return {};
}

/** A list's objects, or the one object. */
export function objectsOf(value: unknown): IDataObject[] {
	const list: unknown[] = Array.isArray(value) ? value : [value];
	return list.filter(isObject);
}

/** The first of these that is a list, cut after {@link MOST_ENTRIES}; an empty one if none is. */
export function listIn(source: unknown, ...names: string[]): unknown[] {
	for (const name of names) {
		const value = fieldOf(source, name);
		if (Array.isArray(value)) return value.slice(0, MOST_ENTRIES);
	}
	return [];
}

/** The objects of the first of these that is a list. */
export function objectsIn(source: unknown, ...names: string[]): IDataObject[] {
	return listIn(source, ...names).filter(isObject);
}

/** The first of these that says yes or no; null if none does. */
export function flagIn(source: unknown, ...names: string[]): boolean | null {
	for (const name of names) {
		const value = fieldOf(source, name);
		if (typeof value === 'boolean') return value;
		if (value === 1 || value === 'true') return true;
		if (value === 0 || value === 'false') return false;
	}
	return null;
}

/** The first of these that is a number in any of the forms of {@link numberOf}. */
export function numberIn(source: unknown, ...names: string[]): number | null {
	for (const name of names) {
		const number = numberOf(fieldOf(source, name));
		if (number !== null) return number;
	}
	return null;
}

/**
 * A number, a text that is one, or a Long of protocol buffers (`{low, high, unsigned}`, as libraries for WhatsApp put 64-bit
 * numbers into JSON).
 */
export function numberOf(value: unknown): number | null {
	if (typeof value === 'number') return Number.isFinite(value) ? value : null;
	if (typeof value === 'string') {
		return value.length <= 40 && /^\s*[+-]?\d+(\.\d+)?\s*$/.test(value) ? Number(value) : null;
	}
	const low = fieldOf(value, 'low');
	if (typeof low !== 'number') return null;
	const high = fieldOf(value, 'high');
	const upper = typeof high === 'number' ? high : 0;
	return (fieldOf(value, 'unsigned') === true ? upper >>> 0 : upper | 0) * 2 ** 32 + (low >>> 0);
}

/** A number that counts things or measures: never below 0. */
export function amountIn(source: unknown, ...names: string[]): number | null {
	const number = numberIn(source, ...names);
	return number !== null && number >= 0 ? number : null;
}

/** WhatsApp writes money in thousandths. */
export function thousandthsIn(source: unknown, ...names: string[]): number | null {
	const number = numberIn(source, ...names);
	return number === null ? null : number / 1000;
}

/** The first of these that is a time, as ISO 8601: seconds or milliseconds as a number, a text or a Long, or a date. */
export function timeIn(source: unknown, ...names: string[]): string | null {
	for (const name of names) {
		const value = fieldOf(source, name);
		const time = timeOf(isObject(value) ? numberOf(value) : value, 'Z');
		if (time !== null) return time;
	}
	return null;
}

/**
 * A value of a list of words that protocol buffers write as a number or as its word.
 *
 * @param words by number
 * @returns the number; null for what is neither
 */
export function enumIn(source: unknown, name: string, words: ReadonlyMap<number, string>): number | null {
	const value = fieldOf(source, name);
	const number = numberOf(value);
	if (number !== null) return number;
	if (typeof value !== 'string') return null;
	for (const [code, word] of words) if (word === value.toUpperCase()) return code;
	return null;
}

/**
 * Bytes, as base64 text, as Node's Buffer in JSON, as a list, or as an object of positions.
 *
 * @param most longer ones count as absent
 */
export function bytesOf(value: unknown, most = 4_096): Buffer | null {
	const bytes = typeof value === 'string' ? bytesOfText(value, most) : bytesOfNumbers(value, most);
	return bytes !== null && bytes.length > 0 && bytes.length <= most ? bytes : null;
}

function bytesOfText(text: string, most: number): Buffer | null {
	// A byte takes 1⅓ signs of base64.
	return text.length <= most * 2 && /^[\w+/-]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : null;
}

function bytesOfNumbers(value: unknown, most: number): Buffer | null {
	if (Array.isArray(value)) {
		const isBytes =
			value.length <= most && value.every((byte) => Number.isInteger(byte) && byte >= 0 && byte < 256);
		return isBytes ? Buffer.from(value as number[]) : null;
	}
	if (!isObject(value)) return null;
	const data = fieldOf(value, 'data');
	if (Array.isArray(data)) return bytesOfNumbers(data, most);
	if (typeof data === 'string') return bytesOfText(data, most);
	const length = Object.keys(value).length;
	if (length > most) return null;
	return bytesOfNumbers(
		Array.from({ length }, (_, index) => fieldOf(value, String(index))),
		most,
	);
}

/** How deep and large JSON within a text may be to be read. */
const DEEPEST = 32;
const MOST_VALUES = 5_000;

/** Names that lead to an object's prototype where a careless program copies them. */
const UNSAFE_NAMES: readonly string[] = ['__proto__', 'constructor', 'prototype'];

/**
 * The object in a text of JSON, or in a value that is parsed already.
 *
 * @returns undefined for what is no object, and for what is too deep or too large to be one that a person or shop made
 */
export function jsonObjectOf(value: unknown): IDataObject | undefined {
	let left = MOST_VALUES;
	const copy = (from: unknown, depth: number): unknown => {
		if (--left < 0 || depth > DEEPEST) throw new RangeError('oversized');
		if (Array.isArray(from)) return from.map((entry) => copy(entry, depth + 1));
		if (!isObject(from)) return from;
		const fields = Object.entries(from).filter(([name]) => !UNSAFE_NAMES.includes(name));
		return Object.fromEntries(fields.map(([name, field]) => [name, copy(field, depth + 1)]));
	};
	try {
		const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : value;
		return isObject(parsed) ? (copy(parsed, 0) as IDataObject) : undefined;
	} catch {
		return undefined;
	}
}

/** Those of the texts that say something, each on its own lines. */
export function paragraphs(...texts: Array<string | null>): string | null {
	const written = texts.filter((text) => text !== null);
	return written.length === 0 ? null : written.join('\n\n');
}
