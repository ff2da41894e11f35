import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../object';

/** An object without some of its entries, such as keys and codes that must not be in the output. */
export function without(data: IDataObject, ...names: string[]): IDataObject {
	return Object.fromEntries(Object.entries(data).filter(([name]) => !names.includes(name)));
}

/** Of an object these entries, in this order; those that it does not have are left out. */
export function pick(data: IDataObject, ...names: string[]): IDataObject {
	return Object.fromEntries(names.filter((name) => data[name] !== undefined).map((name) => [name, data[name]]));
}

/**
 * An object with some of its entries under other names, each in its place. The same thing has the same name in the outputs
 * of all providers: `messageId`, `phone`, `groupId`, `name`, `status`, `exists`, `url` and `events` of a webhook.
 *
 * @param names the provider's name → ours
 */
export function renamed(data: IDataObject, names: Record<string, string>): IDataObject {
	return Object.fromEntries(Object.entries(data).map(([name, value]) => [names[name] ?? name, value]));
}

/**
 * The `output` of an operation that shapes an object, or each one of a list. What is neither, such as an answer without
 * content, stays as it is.
 */
export function each(shape: (entry: IDataObject) => IDataObject) {
	const one = (entry: unknown): IDataObject => (isObject(entry) ? shape(entry) : (entry as IDataObject));
	return (data: unknown): IDataObject | IDataObject[] => (Array.isArray(data) ? data.map(one) : one(data));
}
