import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import type { Field } from './field';

/**
 * Collections by what they were extended from and with. Operations that share one go on sharing it, by which the editor's
 * list of properties stays short.
 */
const extended = new WeakMap<INodeProperties, Map<readonly INodeProperties[], INodeProperties>>();

/** Stands for the collection of operations that have none of their own. */
const empty: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [],
};

/**
 * Adds options that belong to no operation in particular. Whoever adds them reads them.
 *
 * @param added one list for all operations that get the same ones
 * @returns the fields with the options among their Options; the collection is added where there is none
 */
export function withOptions(fields: Field[], added: readonly INodeProperties[]): Field[] {
	if (added.length === 0) return fields;
	const isOptions = ({ name, type }: INodeProperties): boolean => name === 'options' && type === 'collection';
	const hasOptions = fields.some(({ properties }) => properties.some(isOptions));
	if (!hasOptions) {
		return [...fields, { properties: [extend(empty, added)], read: () => undefined, schema: z.unknown() }];
	}
	return fields.map((field) => ({
		...field,
		properties: field.properties.map((property) => (isOptions(property) ? extend(property, added) : property)),
	}));
}

function extend(property: INodeProperties, added: readonly INodeProperties[]): INodeProperties {
	const byList = extended.get(property) ?? new Map<readonly INodeProperties[], INodeProperties>();
	extended.set(property, byList);
	const known = byList.get(added);
	if (known) return known;
	const options = [...((property.options ?? []) as INodeProperties[]), ...added].sort((one, other) =>
		one.displayName.localeCompare(other.displayName, 'en'),
	);
	const made = { ...property, options };
	byList.set(added, made);
	return made;
}
