import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { isObject } from '../../object';
import { onceEach, oncePer } from '../../once';
import type { ReadParameter } from '../define/field';
import { unwrapLocator } from '../define/locator';
import { parameterValue, partOf } from './parameterValue';
import { readPlainValue } from './plainValues';

/** Where parameters come from; a name with dots leads into a collection. */
interface ParameterSource {
	/** As it is in the node; asked often. */
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
	const written = onceEach((name) => context.getNodeParameter(name, null, { rawExpressions: true }));
	const evaluated = plainFirst(written, undefined, (name) => context.getNodeParameter(name, null));
	return parameterReader({ written, evaluated }, properties);
}

/**
 * Reads what is plain to see without n8n; see {@link readPlainValue}.
 *
 * @param json of the input item, if there is one
 * @param evaluated n8n's value
 */
export function plainFirst(
	written: ReadParameter,
	json: IDataObject | undefined,
	evaluated: ReadParameter,
): ReadParameter {
	return (name) => {
		const plain = readPlainValue(unwrapLocator(written(name)), json);
		return plain === undefined ? evaluated(name) : plain;
	};
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

	const whole = (property: INodeProperties): unknown => {
		const { name } = property;
		if (!wholes.has(name)) wholes.set(name, parameterValue(source.evaluated(name), property));
		return wholes.get(name);
	};

	const paths = pathsIn(properties);
	return (name) => {
		const { inner, property, described } = paths(name);
		const parts = property && isCollection(property) ? source.written(property.name) : undefined;
		// A collection that is one expression, or one text of JSON; see `wholeExpressions`.
		if (property && typeof parts === 'string') return partOf(whole(property), inner);
		// Most options are not added, and to ask n8n for each takes time.
		if (isObject(parts) && inner[0] !== undefined && !Object.hasOwn(parts, inner[0])) return null;
		const value = source.evaluated(name);
		return described ? parameterValue(value, described, name) : unwrapLocator(value);
	};
}

function isCollection({ type }: INodeProperties): boolean {
	return type === 'collection' || type === 'fixedCollection';
}

/** Where the name of a parameter leads. */
interface Path {
	inner: string[];
	/** The parameter itself; undefined if the node has none by this name. */
	property: INodeProperties | undefined;
	/** What the whole name leads to. */
	described: INodeProperties | undefined;
}

/** Found once: the same names are read for every item and every event. */
const pathsIn = oncePer((properties: INodeProperties[]) => onceEach((name) => pathOf(name, properties)));

function pathOf(name: string, properties: INodeProperties[]): Path {
	const [root = '', ...inner] = name.split('.');
	const property = properties.find((candidate) => candidate.name === root);
	return { inner, property, described: property && descend(property, inner) };
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
