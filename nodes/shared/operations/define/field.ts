import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import type { Bytes } from '../../http/transport/transport';
import { isObject } from '../../object';

/** Reads one parameter of the current item, expressions resolved, resource locators reduced to their value. */
export type ReadParameter = (name: string) => unknown;

/** A file in an input item's binary field. */
export interface InputFile {
	fileName: string;
	mimeType: string;
	/** Bytes; unknown for items that older n8n versions stored. */
	size?: number;
	/** The content from its start, as often as it is asked for. */
	open: () => Promise<Bytes>;
}

/** The input item that an operation is prepared for. */
export interface ItemReader {
	parameter: ReadParameter;
	/** A parameter as every input item has it, in their order; for operations that take all items at once. */
	everyItem: (name: string) => unknown[];
	/** Number of input items. */
	count: () => number;
	/** A value of the chosen credential, where one is the default of a field left empty. Never a key to be returned. */
	credential: ReadParameter;
	/** The workflow's time zone (IANA name), by whose clock n8n's date picker goes. */
	timezone: () => string;
	/** The file in a binary field; undefined if there is none. */
	file: (property: string) => InputFile | undefined;
	/**
	 * Identifies this item by its place: execution, node, run, item. It is the same when the node is tried again and when the
	 * execution is retried, whatever the expressions give then, so that an idempotency key made of it stays the same, too. After
	 * a refusal it is another one.
	 *
	 * @param part which part of a text in several messages it is for; each has a key of its own
	 * @param recipient who gets it: an execution that n8n was killed in starts over when it is retried, and by then another
	 *   person may be at the same place
	 * @returns 64 hexadecimal digits
	 */
	key: (part?: number, recipient?: string) => string;
}

/**
 * What the user fills in and what it must be, defined once and used by every operation that asks for it. Mostly one
 * property; a choice with dependent properties ("Send To" and the person or group) is one field as well.
 */
export interface Field<T = unknown> {
	properties: INodeProperties[];
	/** The raw value that `schema` judges. */
	read: (item: ItemReader) => unknown;
	/**
	 * Judges and shapes the value. Issues of a field with several properties carry the property's name as the first
	 * element of their path, so that the refusal can name it as the user sees it.
	 */
	schema: z.ZodType<T>;
	/** Its value must not be seen in errors (device ids, one-time codes). */
	secret?: boolean;
}

export type Fields = Record<string, Field>;

/** The parsed values of an operation's fields. */
export type Values<F extends Fields> = {
	[K in keyof F]: F[K] extends Field<infer T> ? T : never;
};

/** A parameter that cannot be used; nothing was sent. */
export class FieldRefusal extends Error {
	/**
	 * @param property name of the n8n property
	 * @param problem what is wrong and how to put it right, without the property's name in front
	 */
	constructor(
		readonly property: string,
		readonly problem: string,
	) {
		super(problem);
		this.name = 'FieldRefusal';
	}
}

/**
 * What a value is judged with beside itself: the time zone, the number of items, another parameter. Its schema is then
 * given an object of them, with the value as `written`.
 */
export type Facts = (item: ItemReader) => Record<string, unknown>;

/** Marks a text parameter; it survives a copy of the property and is not seen by n8n. */
const TAKES_LISTS = Symbol.for('takesLists');

/** For a text parameter that may also be given as a list, by an expression: `{ …property, ...listsToo }`. */
export const listsToo = { [TAKES_LISTS]: true };

/** Whether a text parameter is one of {@link listsToo}. */
export function takesLists(property: INodeProperties): boolean {
	return TAKES_LISTS in property;
}

/** A field of one property. */
export function field<T>(
	property: INodeProperties,
	schema: z.ZodType<T>,
	{ secret, facts }: { secret?: boolean; facts?: Facts } = {},
): Field<T> {
	return {
		properties: [property],
		read: (item) => withFacts(item.parameter(property.name), item, facts),
		schema,
		...(secret === undefined ? {} : { secret }),
	};
}

/**
 * A field that is a collection ("Options", "Filters"), its properties in alphabetical order.
 *
 * @param schema of the collection's values by name; all of them optional
 * @param facts by name, of values that are judged with more than themselves
 */
export function collectionField<T>(
	collection: Pick<INodeProperties, 'displayName' | 'name' | 'placeholder'>,
	properties: INodeProperties[],
	schema: z.ZodType<T>,
	facts: Record<string, Facts> = {},
): Field<T> {
	const { name } = collection;
	const options = [...properties].sort((one, other) => one.displayName.localeCompare(other.displayName, 'en'));
	return {
		properties: [{ ...collection, type: 'collection', default: {}, options }],
		read: (item) => {
			const written = item.parameter(name) ?? {};
			if (!isObject(written)) return { [name]: written };
			const judged: Record<string, unknown> = { ...written };
			for (const [key, ofItem] of Object.entries(facts)) judged[key] = withFacts(written[key], item, ofItem);
			return { [name]: judged };
		},
		schema: z.object({ [name]: schema }).transform((value) => value[name] as T),
	};
}

function withFacts(written: unknown, item: ItemReader, facts: Facts | undefined): unknown {
	return facts ? { written, ...facts(item) } : written;
}

/** A property that is shown only for these values of other ones; what it depends on already stays. */
export function showFor(show: Record<string, string[]>, property: INodeProperties): INodeProperties {
	const { displayOptions } = property;
	return { ...property, displayOptions: { ...displayOptions, show: { ...displayOptions?.show, ...show } } };
}
