import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../object';
import { isFilledObject, isToTheSecond, timeOf } from '../event/payload';
import { fieldOf, jsonObjectOf, numberOf, textOfValue } from '../whatsapp/values';

/** Names of unread fields that are shown at most, and the length of one: a payload may hold any. */
const MOST_UNREAD = 40;
const LONGEST_NAME = 100;

/**
 * The fields of a payload, which remembers what was read of it: what is left over is unknown.
 *
 * A field of another type than expected counts as absent, and as unread. Nothing here throws, and only the payload's own
 * fields are seen.
 */
export class PayloadFields {
	private readonly read = new Set<string>();
	private readonly parts: Array<[name: string, part: PayloadFields]> = [];

	constructor(readonly source: IDataObject = {}) {}

	/** The first of these that is a text or a number, as text; `false` says that there is none. */
	text(...names: string[]): string | null {
		return this.first(names, (value) => textOfValue(value));
	}

	/** An id: a text or a number, or an object that has it under `_serialized` or `id` (WhatsApp libraries). */
	id(...names: string[]): string | null {
		return this.first(names, (value) => {
			const written = textOfValue(value) ?? textOfValue(fieldOf(value, '_serialized') ?? fieldOf(value, 'id'));
			return written?.trim() ?? null;
		});
	}

	/** The first of these that says yes or no: a boolean, a number, or (in form bodies) a word. */
	flag(...names: string[]): boolean | null {
		return this.first(names, flagOf);
	}

	/**
	 * The first of these that is a time, as ISO 8601: Unix seconds or milliseconds, as number or text, or a date.
	 *
	 * @param offset what a date without a zone is ahead of UTC, for example `+07:00`
	 */
	time(offset: string, ...names: string[]): string | null {
		return this.first(names, (value) => timeOf(isObject(value) ? numberOf(value) : value, offset));
	}

	/** Whether one of these is a time to the second. */
	isToTheSecond(...names: string[]): boolean {
		const values = names.map((name) => fieldOf(this.source, name));
		return values.some((value) => isToTheSecond(isObject(value) ? numberOf(value) : value));
	}

	/** The first of these that is a number, or a text that is one. */
	number(...names: string[]): number | null {
		return this.first(names, numberOf);
	}

	/** A part that is an object, or one as JSON (in form bodies); undefined if there is none. */
	part(name: string): PayloadFields | undefined {
		const value = entryOf(fieldOf(this.source, name));
		const object = isObject(value) ? value : typeof value === 'string' ? jsonObjectOf(value) : undefined;
		if (object === undefined) return undefined;
		this.read.add(name);
		const part = new PayloadFields(object);
		this.parts.push([name, part]);
		return part;
	}

	/** An object with something in it, whose own fields are read elsewhere; undefined if there is none. */
	object(name: string): IDataObject | undefined {
		const value = fieldOf(this.source, name);
		if (!isFilledObject(value)) return undefined;
		this.read.add(name);
		return value;
	}

	/** Fields that are known and say nothing that an event shows. */
	ignore(...names: string[]): void {
		for (const name of names) this.read.add(name);
	}

	/** Whether anything in it holds something. */
	isFilled(): boolean {
		return Object.values(this.source).some((value) => !isNothing(value));
	}

	/** What was not read, by name. */
	left(): IDataObject {
		return Object.fromEntries(this.leftNames().map((name) => [name, this.source[name]]));
	}

	/** The names of what was not read, those within parts behind the part's. */
	unread(): string[] {
		const names = this.leftNames();
		for (const [name, part] of this.parts) names.push(...part.unread().map((inner) => `${name}.${inner}`));
		return names.slice(0, MOST_UNREAD).map((name) => name.slice(0, LONGEST_NAME));
	}

	private leftNames(): string[] {
		const names = Object.keys(this.source).filter((name) => !this.read.has(name) && !isNothing(this.source[name]));
		return names.slice(0, MOST_UNREAD);
	}

	private first<Value>(names: string[], valueOf: (value: unknown) => Value | null): Value | null {
		let first: Value | null = null;
		for (const name of names) {
			const value = entryOf(fieldOf(this.source, name));
			const found = valueOf(value);
			if (found !== null || value === false) this.read.add(name);
			first ??= found;
		}
		return first;
	}
}

/** A list of one counts as what is in it. */
function entryOf(value: unknown): unknown {
	return Array.isArray(value) && value.length === 1 ? value[0] : value;
}

function flagOf(value: unknown): boolean | null {
	if (typeof value === 'boolean') return value;
	const written = textOfValue(value)?.trim().toLowerCase() ?? '';
	if (['true', 'yes', '1'].includes(written)) return true;
	return ['false', 'no', '0'].includes(written) ? false : null;
}

/** Empty lists and objects are what PHP writes for null. */
function isNothing(value: unknown): boolean {
	if (value === undefined || value === null) return true;
	if (typeof value === 'string') return textOfValue(value) === null;
	return typeof value === 'object' && Object.keys(value).length === 0;
}
