import type { INodeProperties } from 'n8n-workflow';

/** What a property, an option of a collection and a group of one have in common. */
interface Level {
	name: string;
	type?: unknown;
	options?: unknown[];
	values?: unknown[];
}

function isBooleanText(value: string): boolean {
	return /^\s*(true|false)\s*$/i.test(value);
}

/**
 * A parameter's value with each switch on or off that is written as text ("true", "False"), as models and spreadsheets write
 * them; in collections as well. Anything else stays as it is.
 *
 * @param name of the parameter; dots lead into a collection
 * @param properties of the operation, which say what is a switch
 */
export function readBooleanText(name: string, value: unknown, properties: INodeProperties[]): unknown {
	const isOpen = typeof value === 'string' ? isBooleanText(value) : typeof value === 'object' && value !== null;
	// Most values are neither, and are read for each item.
	if (!isOpen) return value;
	const [first = '', ...rest] = name.split('.');
	const top = properties.filter((property) => property.name === first);
	return converted(value, rest.reduce<Level[]>(below, top));
}

function converted(value: unknown, matching: Level[]): unknown {
	if (matching.length === 0) return value;
	if (typeof value === 'string') {
		const isSwitch = matching.some(({ type }) => type === 'boolean');
		return isSwitch && isBooleanText(value) ? /true/i.test(value) : value;
	}
	if (Array.isArray(value)) return value.map((each) => converted(each, matching));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, each]) => [name, converted(each, below(matching, name))]),
	);
}

function below(matching: Level[], name: string): Level[] {
	const inside = matching.flatMap(({ options = [], values = [] }) => [...options, ...values]);
	return inside.filter(isLevel).filter((level) => level.name === name);
}

function isLevel(value: unknown): value is Level {
	return typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string';
}
