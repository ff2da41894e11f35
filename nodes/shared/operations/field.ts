import type { INodeProperties } from 'n8n-workflow';
import type { z } from 'zod';

/** Reads one parameter of the current item, expressions resolved, resource locators reduced to their value. */
export type ReadParameter = (name: string) => unknown;

/**
 * What the user fills in and what it must be, defined once and used by every operation that asks for it. Mostly one
 * property; a choice with dependent properties ("Send To" and the person or group) is one field as well.
 */
export interface Field<T = unknown> {
	properties: INodeProperties[];
	/** The raw value that `schema` judges. */
	read: (parameter: ReadParameter) => unknown;
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

/** A field of one property. */
export function field<T>(
	property: INodeProperties,
	schema: z.ZodType<T>,
	options: { secret?: boolean } = {},
): Field<T> {
	return {
		properties: [property],
		read: (parameter) => parameter(property.name),
		schema,
		...options,
	};
}
