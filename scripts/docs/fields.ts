import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import { isNeeded } from '../../nodes/shared/operations/define/properties';
import { isForExpression } from '../../nodes/shared/operations/define/wholeExpressions';
import { code, details, escaped, fromHtml, table } from './markdown';
import { choicesOf, conditionOf, defaultOf, entriesOf, membersOf, typeOf } from './words';

/** The fields that the editor can show for an operation, in its order. */
export function fieldsOf({ properties }: INodeTypeDescription, resource: string, operation: string): INodeProperties[] {
	return properties.filter((property) => {
		const { name, displayOptions } = property;
		if (isForExpression(property)) return false;
		if (name === 'resource' || name === 'operation') return false;
		const { show = {}, hide = {} } = displayOptions ?? {};
		const isIn = (values: unknown[] | undefined, value: string): boolean => (values ?? []).includes(value);
		if (isIn(hide.resource, resource) || isIn(hide.operation, operation)) return false;
		return (
			(show.resource === undefined || isIn(show.resource, resource)) &&
			(show.operation === undefined || isIn(show.operation, operation))
		);
	});
}

/** Tables of fields: those in the panel, then those of each collection, collapsed. */
export function fieldTables(fields: INodeProperties[]): string {
	const notices = fields
		.filter(({ type }) => type === 'notice')
		.map(({ displayName }) => `> ${fromHtml(displayName)}`);
	const plain = fields.filter(({ type }) => type !== 'collection' && type !== 'notice');
	const collections = fields.filter(({ type }) => type === 'collection');
	return [
		...notices,
		...(plain.length > 0 ? [fieldTable(plain, fields)] : []),
		...collections.map((collection) => collectionTable(collection, fields)),
	].join('\n\n');
}

/**
 * A table of fields, those of a list's entries below their list.
 *
 * @param siblings the fields that conditions may refer to
 */
export function fieldTable(fields: INodeProperties[], siblings: INodeProperties[]): string {
	return table(['Field', 'Takes', 'Default', 'Description'], rowsOf(fields, siblings));
}

function rowsOf(fields: INodeProperties[], siblings: INodeProperties[], above: string[] = []): string[][] {
	return fields.flatMap((property) => {
		const path = [...above, property.displayName];
		const entries = entriesOf(property);
		return [rowOf(property, siblings, path), ...rowsOf(entries, [...entries, ...siblings], path)];
	});
}

function rowOf(property: INodeProperties, siblings: INodeProperties[], path: string[]): string[] {
	const label = path
		.map((part, place) => (place === path.length - 1 ? `**${escaped(part)}**` : escaped(part)))
		.join(' › ');
	const required = isNeeded(property) ? ' (required)' : '';
	return [
		`${label}${required}<br>${code(property.name)}`,
		escaped(typeOf(property)),
		defaultOf(property),
		wordsOf(property, siblings),
	];
}

/** Everything there is to say of a field, in one cell. */
function wordsOf(property: INodeProperties, siblings: INodeProperties[]): string {
	const { description = '', hint = '' } = property;
	const condition = conditionOf(property, siblings);
	const choices = choicesOf(property);
	return [
		condition === '' ? '' : `Shown when ${condition}.`,
		sentence(fromHtml(description)),
		sentence(fromHtml(hint)),
		exampleOf(property),
		...choices.map(
			({ name, value, description: about }) =>
				`• ${escaped(name)} (${code(String(value))})${about === undefined || about === '' ? '' : `: ${fromHtml(about)}`}`,
		),
	]
		.filter((part) => part !== '')
		.join('<br>');
}

/** An example of a value, from the placeholder of a field. */
function exampleOf({ type, placeholder = '', modes = [] }: INodeProperties): string {
	// A list's placeholder is the label of a button; a locator's is in its modes.
	const texts =
		type === 'resourceLocator'
			? modes.map((mode) => mode.placeholder ?? '')
			: [type === 'fixedCollection' ? '' : placeholder];
	const examples = texts.filter((text) => text.startsWith('e.g. ')).map((text) => code(text.slice('e.g. '.length)));
	return examples.length === 0 ? '' : `Example: ${examples.join(' or ')}`;
}

const sentence = (text: string): string => (text === '' || /[.!?]$/.test(text) ? text : `${text}.`);

function collectionTable(collection: INodeProperties, siblings: INodeProperties[]): string {
	const members = membersOf(collection);
	const condition = conditionOf(collection, siblings);
	const shown = condition === '' ? '' : `Shown when ${condition}.\n\n`;
	const names = members.map(({ displayName }) => displayName);
	return details(collection.displayName, `${shown}${fieldTable(members, [...members, ...siblings])}`, names);
}
