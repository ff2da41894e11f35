import type { INodeProperties } from 'n8n-workflow';
import { isObject } from '../../object';
import type { ReadParameter } from '../define/field';
import { unwrapLocator } from '../define/locator';
import { parameterValue, partOf } from './parameterValue';

/** Where parameters come from; a name with dots leads into a collection. */
interface ParameterSource {
	/** As it is in the node. */
	written: ReadParameter;
	/** With its expressions resolved. */
	evaluated: ReadParameter;
}

/** A context whose node is not bound to input items: hooks and webhooks. */
interface ItemlessContext {
	getNodeParameter: (name: string, fallback?: unknown, options?: { rawExpressions: boolean }) => unknown;
}

/**
 * Reads the parameters of a node that has no input items, as {@link parameterReader} does.
 *
 * @param properties of the node
 */
export function parametersOf(context: ItemlessContext, properties: INodeProperties[]): ReadParameter {
	return parameterReader(
		{
			written: (name) => context.getNodeParameter(name, null, { rawExpressions: true }),
			evaluated: (name) => context.getNodeParameter(name, null),
		},
		properties,
	);
}

/**
 * Reads parameters in the form in which the editor stores them, and resource locators as what was chosen.
 *
 * @param properties that say what form that is
 * @returns a function that throws FieldRefusal for a value of a form that cannot be meant
 */
export function parameterReader(source: ParameterSource, properties: INodeProperties[]): ReadParameter {
	// Evaluated once, so that all options come from one value.
	const wholes = new Map<string, unknown>();
	const collections = new Map<string, unknown>();

	const whole = (property: INodeProperties): unknown => {
		const { name } = property;
		if (!wholes.has(name)) wholes.set(name, parameterValue(source.evaluated(name), property));
		return wholes.get(name);
	};

	/** A collection as it is in the node; undefined for a parameter of another type. */
	const collection = ({ name, type }: INodeProperties): unknown => {
		if (type !== 'collection' && type !== 'fixedCollection') return undefined;
		if (!collections.has(name)) collections.set(name, source.written(name));
		return collections.get(name);
	};

	return (name) => {
		const [root = '', ...inner] = name.split('.');
		const property = properties.find((candidate) => candidate.name === root);
		const parts = property && collection(property);
		// A collection that is one expression, or one text of JSON; see `wholeExpressions`.
		if (property && typeof parts === 'string') return partOf(whole(property), inner);
		// Most options are not added, and to ask n8n for each takes time.
		if (isObject(parts) && inner[0] !== undefined && !Object.hasOwn(parts, inner[0])) return null;
		const value = source.evaluated(name);
		const described = property && descend(property, inner);
		return described ? parameterValue(value, described, name) : unwrapLocator(value);
	};
}

/** The property at a path below another one; undefined for a path that leads into an entry of a list. */
function descend(property: INodeProperties, path: string[]): INodeProperties | undefined {
	return path.reduce<INodeProperties | undefined>(
		(level, name) =>
			(level?.options ?? []).find(
				(option): option is INodeProperties => 'type' in option && option.name === name,
			),
		property,
	);
}
