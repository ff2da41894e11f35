import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import type { Bytes } from '../../http/transport';

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
	/** A value of the chosen credential, where one is the default of a field left empty. Never a key to be put out. */
	credential: ReadParameter;
	/** The workflow's time zone (IANA name), by whose clock n8n's date picker goes. */
	timezone: () => string;
	/** The file in a binary field; undefined if there is none. */
	file: (property: string) => InputFile | undefined;
	/**
	 * Identifies this item, its execution, its node and the values of the other fields: the same when the node is tried
	 * again and when the failed execution is retried, so that an idempotency key made of it stays the same, too.
	 */
	key: () => string;
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

/** A field of one property. */
export function field<T>(
	property: INodeProperties,
	schema: z.ZodType<T>,
	options: { secret?: boolean } = {},
): Field<T> {
	return {
		properties: [property],
		read: ({ parameter }) => parameter(property.name),
		schema,
		...options,
	};
}

/**
 * A field that is a collection ("Options", "Filters"), its properties in alphabetical order.
 *
 * @param schema of the collection's values by name; all of them optional
 */
export function collectionField<T>(
	collection: Pick<INodeProperties, 'displayName' | 'name' | 'placeholder'>,
	properties: INodeProperties[],
	schema: z.ZodType<T>,
): Field<T> {
	const { name } = collection;
	const options = [...properties].sort((one, other) => one.displayName.localeCompare(other.displayName, 'en'));
	return {
		properties: [{ ...collection, type: 'collection', default: {}, options }],
		read: ({ parameter }) => ({ [name]: parameter(name) ?? {} }),
		schema: z.object({ [name]: schema }).transform((value) => value[name] as T),
	};
}
