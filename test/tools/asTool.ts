import type { INodeParameters, INodeProperties, INodePropertyCollection } from 'n8n-workflow';

/** Values that a model gives in place of what is set in a node. */
interface Opened {
	/** The node's parameters, each value that a model can give being `$fromAI(…)`. */
	parameters: INodeParameters;
	/** What the model gives. */
	arguments: Record<string, unknown>;
}

const WRITTEN = ['string', 'number', 'boolean', 'dateTime'];

/**
 * Opens every text, number, switch, date and resource locator of a node to the model, in collections as well.
 *
 * @param as gives what the model says for a value, and the type that the workflow asks for
 */
export function openedToModel(
	parameters: INodeParameters,
	properties: INodeProperties[],
	as: (value: unknown) => { value: unknown; type: string },
): Opened {
	const given: Record<string, unknown> = {};
	const ask = (value: unknown): string => {
		const key = `argument_${Object.keys(given).length}`;
		const { value: said, type } = as(value);
		given[key] = said;
		return `={{ $fromAI('${key}', 'what to give', '${type}') }}`;
	};
	const open = (value: unknown, matching: INodeProperties[]): unknown => {
		const isLocator = matching.some(({ type }) => type === 'resourceLocator');
		if (isLocator && isRecord(value)) return { ...value, mode: 'id', value: ask(value.value) };
		if (isRecord(value) || Array.isArray(value)) return openInside(value, matching);
		const isOpen =
			matching.some(({ type }) => WRITTEN.includes(type)) && value !== '' && !String(value).startsWith('=');
		return isOpen ? ask(value) : value;
	};
	const openInside = (value: object, matching: INodeProperties[]): unknown => {
		if (Array.isArray(value))
			return (value as unknown[]).map((each) => (isRecord(each) ? openEach(each, inner(matching)) : each));
		const isFixed = matching.some(({ type }) => type === 'fixedCollection');
		if (!isFixed) return openEach({ ...value }, inner(matching));
		const groups = matching.flatMap(({ options = [] }) => options as INodePropertyCollection[]);
		const entries = Object.entries(value).map(([name, content]) => {
			const values = groups.filter((group) => group.name === name).flatMap((group) => group.values);
			const list: unknown[] = Array.isArray(content) ? content : [content];
			const opened = list.map((each) => (isRecord(each) ? openEach(each, values) : each));
			return [name, Array.isArray(content) ? opened : opened[0]];
		});
		return Object.fromEntries(entries);
	};
	const openEach = (values: Record<string, unknown>, among: INodeProperties[]): Record<string, unknown> =>
		Object.fromEntries(
			Object.entries(values).map(([name, value]) => [
				name,
				open(
					value,
					among.filter((each) => each.name === name),
				),
			]),
		);

	const { resource, operation, ...rest } = parameters;
	return { parameters: { resource, operation, ...openEach(rest, properties) }, arguments: given };
}

function inner(matching: INodeProperties[]): INodeProperties[] {
	return matching.flatMap(({ options = [] }) => options as INodeProperties[]);
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
