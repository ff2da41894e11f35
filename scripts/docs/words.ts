/** What n8n's properties say, in words. */
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { code, escaped } from './markdown';

/** The values that one can choose from, in the order of the list. */
export function choicesOf({ options = [] }: INodeProperties): INodePropertyOptions[] {
	return options.filter((option): option is INodePropertyOptions => 'value' in option);
}

/** The fields inside a collection. */
export function membersOf({ options = [] }: INodeProperties): INodeProperties[] {
	return options.filter((option): option is INodeProperties => 'type' in option);
}

/** The fields inside a fixed collection, of all its groups. */
export function entriesOf({ options = [] }: INodeProperties): INodeProperties[] {
	return options.flatMap((option) => ('values' in option ? option.values : []));
}

/**
 * What a field takes.
 *
 * @throws Error for a type that no field had so far: then its words have to be added here
 */
export function typeOf(property: INodeProperties): string {
	const { type, typeOptions = {}, modes = [] } = property;
	const isDynamic = typeOptions.loadOptionsMethod !== undefined;
	switch (type) {
		case 'string':
			if (typeOptions.password === true) return 'secret text';
			return (typeOptions.rows ?? 1) > 1 ? 'text, several lines' : 'text';
		case 'number':
			return ['number', rangeOf(typeOptions.minValue, typeOptions.maxValue)].filter(Boolean).join(', ');
		case 'boolean':
			return 'on or off';
		case 'options':
			return isDynamic ? 'one of a list that is loaded' : 'one of a list';
		case 'multiOptions':
			return isDynamic ? 'any of a list that is loaded' : 'any of a list';
		case 'resourceLocator':
			return modes.map(({ displayName }) => displayName).join(' or ');
		case 'dateTime':
			return 'date and time';
		case 'json':
			return 'JSON';
		case 'fixedCollection':
			return typeOptions.multipleValues === true ? 'list of entries' : 'group of fields';
		case 'collection':
			return 'options to add';
		default:
			throw new Error(
				`The field "${property.displayName}" has the type "${type}", for which scripts/docs/words.ts has no words yet`,
			);
	}
}

function rangeOf(from: number | undefined, to: number | undefined): string {
	if (from !== undefined && to !== undefined) return `${from} to ${to}`;
	if (from !== undefined) return `${from} or more`;
	return to === undefined ? '' : `${to} at most`;
}

/** A field's default value as the editor shows it; empty where there is none. */
export function defaultOf(property: INodeProperties): string {
	const { type, typeOptions, default: value } = property;
	if (typeOptions?.password === true || typeof value === 'undefined' || value === null) return '';
	if (typeof value === 'boolean') return value ? 'on' : 'off';
	if (type === 'options' || type === 'multiOptions') {
		return [value]
			.flat()
			.map((each) => labelOf(property, each))
			.filter(Boolean)
			.join(', ');
	}
	if (typeof value === 'object') return '';
	return value === '' ? '' : code(String(value));
}

/** The label of a value in a list. */
function labelOf(property: INodeProperties | undefined, value: unknown): string {
	const choice = property === undefined ? undefined : choicesOf(property).find((each) => each.value === value);
	if (choice !== undefined) return escaped(choice.name);
	if (typeof value === 'boolean') return value ? 'on' : 'off';
	return value === '' ? '' : code(String(value));
}

/** Conditions that only choose the operation, which its section has named already. */
const OPERATION = ['resource', 'operation', '/resource', '/operation'];

/**
 * When a field is shown within its operation, such as "*Send To* is Person"; empty for always.
 *
 * @param siblings the fields around it, by whose labels the condition is named
 * @throws Error for a kind of condition that no field had so far
 */
export function conditionOf(
	{ displayName, name: ownName, displayOptions }: INodeProperties,
	siblings: INodeProperties[],
): string {
	const said = (conditions: object | undefined, not = ''): string[] =>
		Object.entries((conditions ?? {}) as Record<string, unknown[]>)
			// A collection gives way to an expression in its own place.
			.filter(([name]) => !OPERATION.includes(name) && name !== `/${ownName}`)
			.map(([name, values]) => {
				const asked = siblings.find((sibling) => sibling.name === name.replace(/^\//, ''));
				const labels = values.map((value) => {
					if (typeof value !== 'object') return labelOf(asked, value);
					throw new Error(
						`"${displayName}" is shown by a condition for which scripts/docs/words.ts has no words yet`,
					);
				});
				const is = asked?.type === 'multiOptions' ? (not === '' ? 'includes' : 'does not include') : `is${not}`;
				return `*${escaped(asked?.displayName ?? name)}* ${is} ${labels.join(' or ')}`;
			});
	return [...said(displayOptions?.show), ...said(displayOptions?.hide, ' not')].join(', and ');
}
